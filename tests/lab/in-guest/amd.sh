# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# An AMD machine with SVM and nested paging, under QEMU's TCG.
. /lab/lib.sh
. /lab/settings

load
equal extension svm "$(value extension)"
equal paging npt "$(value paging)"
equal hypervisor TCGTCGTCGTCG "$(value hypervisor)"
check vm-cr is_hex64 "$(msr 0xc0010114)"
check efer is_hex64 "$(msr 0xc0000080)"
modprobe msr
for address in 0xc0010114 0xc0000080; do
	equal "$address-as-the-msr-device" "$(read_msr $address)" "$(msr $address)"
done
check hsave-in-full-for-root is_hex64 "$(msr 0xc0010117)"
unprivileged cat "$TEXT" >/tmp/text.nobody
case $(msr 0xc0010117 /tmp/text.nobody) in
set | clear) ok hsave-hidden-from-nobody ;;
*) fail hsave-hidden-from-nobody "nobody reads '$(msr 0xc0010117 /tmp/text.nobody)'" ;;
esac
