# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Firmware has locked SVM off: CPUID still has it.
. /lab/lib.sh

load
equal extension svm "$(value extension)"
equal vm-cr 0x0000000000000018 "$(msr 0xc0010114)"
check kernel-has-no-svm-flag sh -c '! grep -qw svm /proc/cpuinfo'
