# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# What KVM says beside the rules of migration (tests/kvm/prove_live.c): with each
# bit of each VMX feature MSR flipped where it offers VMX, and to itself.
. /lab/verdict.sh

load
modprobe "$(kvm_module)"
tap prove_live 10
check capture virtinfo capture
sendfile prove.capture /tmp/check
unload_kvm
