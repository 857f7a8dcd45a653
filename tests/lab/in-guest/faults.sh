# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Every allocation of loading and of opening fails once in turn, and so does
# every step of loading that can.
. /lab/lib.sh
. /lab/settings

mount -t debugfs debug /sys/kernel/debug
# An allocation of the kernel's own that fails prints pages of warnings; errors
# still come through, and a WARNING is a panic here.
dmesg -n 4
debug=/sys/kernel/debug
# Allocations that may wait fail too, and say nothing about it.
for kind in failslab fail_page_alloc; do
	echo N >$debug/$kind/ignore-gfp-wait
	echo 0 >$debug/$kind/verbose
done
echo N >$debug/fail_page_alloc/ignore-gfp-highmem
echo 0 >$debug/fail_page_alloc/min-order

# The process number of the kernel thread NAME.
thread() {
	grep -lx "$1" /proc/[0-9]*/comm | cut -d/ -f3
}

# fails FUNCTION NTH VALUE: loading is refused when that call fails.
fails() {
	insmod /lab/virtinfo_probe.ko function="$1" nth="$2" value="$3" || return
	loads once "$MODULE"
	refused=$?
	called=$(cat /sys/module/virtinfo_probe/parameters/calls)
	rmmod virtinfo_probe
	[ $refused -ne 0 ] || rmmod virtinfo
	left=$(ls -d "$TEXT" /sys/module/virtinfo /sys/devices/system/cpu/cpu*/virtinfo 2>/dev/null)
	[ $refused -ne 0 ] || { echo "loaded all the same, $called calls"; return 1; }
	[ -z "$left" ] || { echo "left: $left"; return 1; }
	insmod "$MODULE" && grep -q . "$TEXT" && rmmod virtinfo
}
# What the module calls for memory per CPU: a macro of it in newer kernels.
alloc_percpu=__alloc_percpu
grep -q ' __alloc_percpu$' /proc/kallsyms || alloc_percpu=pcpu_alloc_noprof
check step-percpu fails $alloc_percpu 1 0
check step-hotplug fails __cpuhp_setup_state 1 -28
cpu=1
while [ $cpu -le "$LAB_CPUS" ]; do
	check step-sysfs-$cpu fails sysfs_create_group $cpu -12
	cpu=$((cpu + 1))
done
check step-notifier fails register_pm_notifier 1 -17
check step-proc fails proc_create 1 0

failed_loads() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		fails proc_create 1 0 || return 1
	done
}

# Of 10 that fail, it has all that it keeps.
check failed-loads failed_loads
before=$(percpu)
check failed-loads-again failed_loads
check no-percpu-leak test $(($(percpu) - before)) -lt 10

# A CPU that comes up without its files goes down again without harm.
load
insmod /lab/virtinfo_probe.ko function=sysfs_create_group nth=1 value=-12
echo 0 >/sys/devices/system/cpu/cpu1/online
check cpu-comes-up-without-files sh -c 'echo 1 >/sys/devices/system/cpu/cpu1/online'
check no-files test ! -e /sys/devices/system/cpu/cpu1/virtinfo
equal its-registers-are-there "0-$((LAB_CPUS - 1))" "$(value 'cpus covered')"
check cpu-goes-down sh -c 'echo 0 >/sys/devices/system/cpu/cpu1/online'
echo 1 >/sys/devices/system/cpu/cpu1/online
check files-are-back test -e /sys/devices/system/cpu/cpu1/virtinfo/state
rmmod virtinfo_probe
rmmod virtinfo

# The first thing that loading does is to ask for per-CPU memory.
insmod /lab/virtinfo_probe.ko function=$alloc_percpu
check load-faults faults load "$MODULE"
echo "faults of loading: $(cat /tmp/check)"
rmmod virtinfo_probe
if [ -n "${LAB_ALL_FAULTS:-}" ]; then
	check load-all-faults faults load-all "$MODULE"
	echo "faults of loading, the kernel's own: $(cat /tmp/check)"
fi
# On the last CPU all others have theirs, which must go again. With
# LAB_ALL_FAULTS on every CPU.
cpu=$((LAB_CPUS - 1))
while [ $cpu -ge 0 ]; do
	check load-faults-cpu$cpu faults load "$MODULE" "$(thread "cpuhp/$cpu")"
	echo "faults of loading on CPU $cpu: $(cat /tmp/check)"
	[ -n "${LAB_ALL_FAULTS:-}" ] || break
	cpu=$((cpu - 1))
done
load
check read-faults faults read "$TEXT"
echo "faults of reading: $(cat /tmp/check)"
check read-faults-sysfs faults read /sys/devices/system/cpu/cpu0/virtinfo/state
rmmod virtinfo
