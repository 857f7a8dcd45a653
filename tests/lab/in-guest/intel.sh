# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# An Intel machine with VMX and EPT that firmware has switched on.
. /lab/lib.sh
. /lab/settings

load
equal extension vmx "$(value extension)"
equal paging ept "$(value paging)"
equal feature-control 0x0000000000000005 "$(msr 0x0000003a)"
unread=''
for index in 0 1 2 3 4 5 6 7 8 9 a b c d e f 10 11; do
	address=0x00000$(printf %x $((0x480 + 0x$index)))
	is_hex64 "$(msr "$address")" || unread="$unread $address"
done
equal all-vmx-registers-read '' "$unread"
modprobe msr
for address in 0x0000003a 0x00000480 0x0000048b 0x0000048c 0x00000491; do
	equal "$address-as-the-msr-device" "$(read_msr $address)" "$(msr $address)"
done
