# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# CPU 1 goes offline and comes back: the text is right each time.
. /lab/lib.sh
. /lab/settings

cpu1=/sys/devices/system/cpu/cpu1/online
last=$((LAB_CPUS - 1))
if [ "$last" -gt 1 ]; then
	without="0,2-$last"
else
	without=0
fi

load
# Everything but the time of the sample and the lists of CPUs.
registers() {
	grep -E '^(cpuid|msr|CR)' "$TEXT"
}
registers >/tmp/registers.before
check cpu1-goes-offline sh -c "echo 0 >$cpu1"
equal offline-cpus "$without" "$(value cpus)"
equal offline-covered "$without" "$(value 'cpus covered')"
check cpu1-comes-back sh -c "echo 1 >$cpu1"
equal online-cpus "0-$last" "$(value cpus)"
equal online-covered "0-$last" "$(value 'cpus covered')"
equal online-one-group 1 "$(groups)"
registers >/tmp/registers.after
check registers-as-before cmp /tmp/registers.before /tmp/registers.after

# Loaded while CPU 1 is off, the module meets it when it comes.
rmmod virtinfo
echo 0 >$cpu1
load
equal loaded-without-cpu1 "$without" "$(value cpus)"
echo 1 >$cpu1
equal met-cpu1-later "0-$last" "$(value cpus)"
check sysfs-of-cpu1 test -d /sys/devices/system/cpu/cpu1/virtinfo
rmmod virtinfo
check sysfs-gone test ! -e /sys/devices/system/cpu/cpu1/virtinfo
load
