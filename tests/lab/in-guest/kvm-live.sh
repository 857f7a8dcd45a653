# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# The programs of tests/kvm: the proof many times and under bad conditions, the
# guests of "virtinfo exits", what KVM can give. Their TAP lines are results here.
. /lab/verdict.sh

load
modprobe "$(kvm_module)"

tap proof_soak
tap exits_live
tap offer_live
tap restore_live
check exits virtinfo exits
sendfile exits.txt /tmp/check
unload_kvm
