# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# The same of VMX, the short of it: the emulator is slow.
. /lab/verdict.sh

load
unload_kvm
verdict not-loaded kvm-not-loaded
says not-loaded 'modprobe kvm_intel'
modprobe kvm_intel
verdict loaded ready
says loaded 'a guest ran and gave the right value'
# A set lock bit is normal.
says loaded '0x5'
check exits virtinfo exits
sendfile exits.txt /tmp/check
unload_kvm
