# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# One without rights opens and reads 100,000 times: no memory stays behind.
. /lab/lib.sh

# Kilobytes that the kernel itself holds.
held() {
	sync
	echo 3 >/proc/sys/vm/drop_caches
	sleep 1
	awk '$1 == "Slab:" || $1 == "VmallocUsed:" || $1 == "Percpu:" ||
		$1 == "KernelStack:" { sum += $2 } END { print sum }' /proc/meminfo
}

load
# The first ones fill what stays filled.
unprivileged opens 2000 "$TEXT" >/dev/null
unprivileged opens 2000 /sys/devices/system/cpu/cpu0/virtinfo/state >/dev/null
before=$(held)
check opens-text unprivileged opens 100000 "$TEXT"
echo "opens: $(tr '\n' ' ' </tmp/check)"
after=$(held)
echo "memory: $before KiB before, $after KiB after 100,000 opens"
# 100,000 leaks of the smallest object there is would be 781 KiB.
check no-growth test $((after - before)) -lt 600
check opens-sysfs unprivileged opens 100000 /sys/devices/system/cpu/cpu0/virtinfo/state
again=$(held)
echo "memory: $again KiB after 100,000 opens in sysfs"
check no-growth-sysfs test $((again - after)) -lt 600
check unload rmmod virtinfo
