# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Xen's dom0: the machine can, and Xen has it. The kernel says so even where
# the module is not loaded and CPUID shows the hardware's bits.
. /lab/lib.sh
. /lab/settings

verdict() {
	virtinfo check --json >"/tmp/$1.json" 2>/tmp/error
	status=$?
	equal "$1-status" 12 $status
	check "$1-owned" grep -q '"reason": "owned-by-hypervisor"' "/tmp/$1.json"
	check "$1-says-xen" grep -q 'Xen' "/tmp/$1.json"
	if grep -q 'firmware-disabled' "/tmp/$1.json"; then
		fail "$1-not-the-firmware" "firmware is blamed for what Xen does"
	else
		ok "$1-not-the-firmware"
	fi
	sendfile "$1.json" "/tmp/$1.json"
}

verdict without-module
load
verdict with-module
# The module's text alone, without a fact about the system.
virtinfo check --quiet --input "$TEXT"
equal text-alone 12 $?
