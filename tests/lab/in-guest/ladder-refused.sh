# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# A kernel that loads signed modules only, and a KVM without a signature. First
# judged without trying, then by what the kernel answers.
. /lab/lib.sh
. /lab/settings

reason() {
	sed -n 's/^    "reason": "\(.*\)",$/\1/p' "$1" | head -n 1
}

module=$(find /lib/modules -name 'kvm-amd.ko')
if [ -z "$module" ]; then
	skip unsigned "the module is compressed"
	exit 0
fi
modprobe -r kvm_amd 2>/dev/null
virtinfo check --json >/tmp/signed.json
equal signed-is-not-refused kvm-not-loaded "$(reason /tmp/signed.json)"

# The mark at its end is what makes a signature one.
size=$(stat -c %s "$module")
head -c $((size - 28)) "$module" >/tmp/unsigned
cp /tmp/unsigned "$module"
virtinfo check --json >/tmp/unsigned.json
equal unsigned-is-refused kvm-refused "$(reason /tmp/unsigned.json)"
if modprobe kvm_amd 2>/tmp/error; then
	fail the-kernel-refuses-too "an unsigned kvm_amd was loaded"
else
	ok the-kernel-refuses-too
fi
LD_LIBRARY_PATH=/bin virtinfo check --try-load --json >/tmp/tried.json
equal tried-is-refused kvm-refused "$(reason /tmp/tried.json)"
if grep -q 'loading kvm_amd:' /tmp/tried.json; then
	check tried-tells-the-error grep -q 'loading kvm_amd: E[A-Z]*' /tmp/tried.json
	grep 'loading kvm_amd:' /tmp/tried.json
else
	skip tried-tells-the-error "libkmod is not in this guest"
fi
