# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Without CONFIG_PROC_FS the module does not load, says why, and leaves nothing.
. /lab/lib.sh

if insmod "$MODULE" >/tmp/insmod 2>&1; then
	fail refused 'it loaded'
else
	ok refused
fi
check says-why sh -c 'dmesg | grep -q "virtinfo: .*CONFIG_PROC_FS"'
check not-for-lack-of-memory sh -c '! grep -qi memory /tmp/insmod'
check no-files test ! -e /sys/devices/system/cpu/cpu0/virtinfo
check not-loaded test ! -e /sys/module/virtinfo
