# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# A kernel that takes signed modules only, by lockdown or module.sig_enforce:
# KVM's own module loads, ours does not, and what has lost its signature is
# refused.
. /lab/verdict.sh

if insmod "$MODULE" 2>/tmp/refusal; then
	fail ours-is-refused 'the kernel took an unsigned module'
else
	ok ours-is-refused
fi
# It is installed where modprobe looks, so the program can tell why.
virtinfo >/tmp/status.txt
check ours-says-why grep -Eq 'enforces signatures|locked down' /tmp/status.txt
sendfile status.txt /tmp/status.txt
modprobe msr
unload_kvm
verdict not-loaded kvm-not-loaded
says not-loaded 'signed modules only\|lockdown'
check kvm-loads modprobe kvm_amd
verdict loaded ready
unload_kvm

file=$(module_file kvm-amd)
cp "$file" /tmp/signed.ko
# Its last byte is the end of the mark that makes a signature one.
printf x >>"$file"
verdict unsigned kvm-refused
says unsigned 'no signature'
judged unsigned-tried kvm-refused virtinfo check --try-load --json
says unsigned-tried 'loading kvm_amd: E'
# A signature that does not fit its module: only the attempt tells.
size=$(stat -c %s /tmp/signed.ko)
cp /tmp/signed.ko "$file"
printf 0123456789abcdef |
	dd of="$file" bs=1 seek=$((size - 100)) conv=notrunc 2>/dev/null
check signature-changed sh -c "! cmp -s /tmp/signed.ko $file"
verdict other-signature kvm-not-loaded
judged other-signature-tried kvm-refused virtinfo check --try-load --json
says other-signature-tried 'loading kvm_amd: E'
cp /tmp/signed.ko "$file"

echo 1 >/proc/sys/kernel/modules_disabled
verdict modules-disabled kvm-refused
says modules-disabled 'modules_disabled'
