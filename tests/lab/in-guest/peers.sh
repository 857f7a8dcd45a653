# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# What others say of this machine beside what virtinfo says, before and after
# KVM's module is loaded. docs/PEERS.md has the table.
. /lab/lib.sh

# msr-tools' own, which kvm-ok asks, is on the PATH in place of ours.
load
modprobe msr
{
	echo '== as booted'
	sh /lab/peers-say.sh
	modprobe kvm_amd 2>/dev/null || modprobe kvm_intel 2>/dev/null
	echo '== after modprobe of KVM'
	sh /lab/peers-say.sh
} >/tmp/peers 2>&1
sendfile peers /tmp/peers
equal virtinfo-came-to-a-verdict 2 "$(grep -c '^virtinfo check: exit status' /tmp/peers)"
equal each-peer-ran '' "$(grep -m 1 ': not found' /tmp/peers)"
