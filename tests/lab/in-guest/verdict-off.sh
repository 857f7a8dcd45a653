# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Firmware has locked SVM off. KVM's word for it is that the processor has none.
. /lab/verdict.sh

load
verdict locked-off firmware-disabled
says locked-off 'VM_CR'
says locked-off 'kernel.*\(clear\|hid\)'
modprobe kvm_amd 2>/dev/null
dmesg >/tmp/log
check kernel-says-not-supported grep -qi 'svm.*not supported\|not supported.*svm' /tmp/log
