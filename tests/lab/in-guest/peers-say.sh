# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
# What kvm-ok, virt-host-validate and lscpu say of the machine, and virtinfo.
# Needs none of the lab: tests/lab/peers runs it on this machine too.

kvm-ok
echo "kvm-ok: exit status $?"
said=$(virt-host-validate qemu 2>&1)
validate=$?
echo "$said" | grep -E 'hardware virtualization|/dev/kvm'
echo "virt-host-validate qemu: exit status $validate"
lscpu | grep -E '^Virtualization|^Hypervisor' || echo 'lscpu: nothing of virtualization'
${VIRTINFO:-virtinfo} check --quiet
echo "virtinfo check: exit status $?"
${VIRTINFO:-virtinfo} check | sed '/^$/,$d'
