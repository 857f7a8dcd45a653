# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Linux as Xen's privileged domain: the MSRs of VMX and SVM fault, and what
# faults reads "#GP", never 0.
. /lab/lib.sh
. /lab/settings

load
check kernel-runs-on-xen grep -q xen /sys/hypervisor/type
modprobe msr
# Each MSR that the text has, against the kernel's own reading of it.
awk '$1 == "msr" { print $2 }' "$TEXT" >/tmp/msrs
wrong=''
faults=0
while read -r address; do
	got=$(msr "$address")
	case $got in
	'#GP')
		faults=$((faults + 1))
		[ "$(read_msr "$address")" = fault ] || wrong="$wrong $address=$got"
		;;
	'not attempted') ;;
	set | clear) ;;
	*) [ "$(read_msr "$address")" = "$got" ] || wrong="$wrong $address=$got" ;;
	esac
done </tmp/msrs
equal msrs-as-the-msr-device '' "$wrong"
echo "xen: $faults of $(wc -l </tmp/msrs) MSRs fault"
check no-firmware-verdict sh -c "! grep -qi 'disabled.*firmware\|firmware.*disabled' $TEXT"
virtinfo >/tmp/verdict 2>&1
check program-blames-no-firmware sh -c '! grep -qi "disabled by firmware\|firmware-disabled" /tmp/verdict'
