# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# What others say of this machine beside what virtinfo says, in one state after
# the other. LAB_MACHINE names the machine; tests/lab/peers-table makes the table
# of docs/PEERS.md.
. /lab/lib.sh
. /lab/settings

# state TITLE TRUTH WORKS HAS [RUNNER...]: WORKS and HAS are yes or no. Can guests
# be run by KVM now? Has the processor what it takes?
state() {
	states=$((states + 1))
	printf '== %s | %s | %s | %s\n' "$1" "$2" "$3" "$4"
	shift 4
	"$@" sh /lab/peers-say.sh
} >>/tmp/peers 2>&1

# One thing in the way after the other.
amd() {
	state 'AMD with SVM, KVM not loaded' 'one modprobe is missing' no yes
	mkdir -p /etc/modprobe.d
	echo 'blacklist kvm_amd' >/etc/modprobe.d/no-kvm.conf
	state 'the same, kvm_amd blacklisted' \
		'a line in /etc/modprobe.d keeps it out' no yes
	rm /etc/modprobe.d/no-kvm.conf
	running=/lib/modules/$(uname -r)
	mv "$running" /lib/modules/newer
	state 'the same, the kernel was updated and its modules are gone' \
		'a restart is missing' no yes
	mv /lib/modules/newer "$running"
	# msr-tools' rdmsr prints hexadecimal without 0x.
	efer=$((0x$(rdmsr 0xc0000080)))
	write_msr 0xc0000080 $((efer | 0x1000))
	sleep 2
	state 'the same, EFER.SVME set by another hypervisor' \
		'another hypervisor holds SVM' no yes
	write_msr 0xc0000080 $efer
	sleep 2
	modprobe kvm_amd
	state 'the same, KVM loaded' 'it works' yes yes
	chmod 0600 /dev/kvm
	state 'the same, /dev/kvm closed to this user' \
		'the mode of the node' no yes unprivileged
	chown 0:77 /dev/kvm
	chmod 0660 /dev/kvm
	state 'the same, in a group that has no name here' \
		'the group, by its number' no yes unprivileged
	rm /dev/kvm
	state 'the same, without a node' 'the node is missing' no yes
	mknod -m 0666 /dev/kvm c 10 250
	state 'the same, a node of other numbers' \
		'nothing is behind the node' no yes
}

# As it booted, and with KVM's module where that loads.
twice() {
	machine=$1
	truth=$2
	has=$3
	state "$machine" "$truth" no "$has"
	modprobe kvm_amd 2>/dev/null || modprobe kvm_intel 2>/dev/null
	[ ! -e /dev/kvm ] || state 'the same, KVM loaded' 'it works' yes "$has"
}

# msr-tools' own, which kvm-ok asks, is on the PATH in place of ours.
load
modprobe msr
states=0
case $LAB_MACHINE in
amd) amd ;;
intel) twice 'Intel with VMX (Bochs), KVM not loaded' 'one modprobe is missing' yes ;;
no-nx) twice 'AMD with SVM without NX' 'NX is off, without which kvm_amd does not load' yes ;;
none) twice 'Intel model without VMX, a guest of QEMU' 'the host does not offer it' yes ;;
xen) twice "AMD with SVM, Linux as Xen's dom0" 'Xen has it' yes ;;
off) twice 'AMD with SVM locked off by firmware' 'one setting of the firmware' yes ;;
esac
sendfile peers /tmp/peers
equal virtinfo-came-to-a-verdict $states "$(grep -c '^virtinfo check: exit status' /tmp/peers)"
equal each-peer-ran '' "$(grep -m 1 ': not found' /tmp/peers)"
