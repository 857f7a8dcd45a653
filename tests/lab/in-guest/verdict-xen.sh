# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Xen's dom0: the machine can, and Xen has it.
. /lab/verdict.sh

nobody_blames_firmware() {
	if grep -qi 'disabled by firmware\|firmware-disabled\|locked off' "/tmp/$1.json"; then
		fail "$1-blames-no-firmware" "$(grep -i -m 1 firmware "/tmp/$1.json")"
	else
		ok "$1-blames-no-firmware"
	fi
}

rmmod virtinfo 2>/dev/null
verdict without-module owned-by-hypervisor
nobody_blames_firmware without-module
load
verdict with-module owned-by-hypervisor
nobody_blames_firmware with-module
says with-module Xen
# The module's text alone, without a fact about the system.
judged text-alone owned-by-hypervisor virtinfo check --json --input "$TEXT"
