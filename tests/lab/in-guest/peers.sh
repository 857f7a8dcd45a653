# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source-path=SCRIPTDIR
# What others say of this machine beside what virtinfo says, before and after
# KVM's module is loaded. docs/PEERS.md has the table.
. ./lib.sh

peers() {
	echo "== $1"
	kvm-ok
	echo "kvm-ok: exit status $?"
	virt-host-validate qemu 2>&1 | sed -n 1,3p
	lscpu | grep -E 'Virtualization|Hypervisor' || echo 'lscpu: nothing'
	virtinfo check --quiet
	echo "virtinfo check: exit status $?"
	virtinfo check | sed -n 1,3p
}

load
peers 'as booted' >/tmp/peers 2>&1
modprobe kvm_amd 2>/dev/null || modprobe kvm_intel 2>/dev/null
peers 'after modprobe of KVM' >>/tmp/peers 2>&1
sendfile peers /tmp/peers
check 'peers: virtinfo came to a verdict' grep -q 'virtinfo check: exit status' /tmp/peers
