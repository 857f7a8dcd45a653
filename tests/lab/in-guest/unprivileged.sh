# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# What a user without any right can do: no address, no flood of broadcasts, no
# hold on the module. LAB_PROBE is the module that counts.
. /lab/lib.sh
. /lab/settings

calls() {
	cat /sys/module/virtinfo_probe/parameters/calls
}

load
unprivileged cat "$TEXT" >/tmp/text.nobody
# The registers that tell an address, by number.
for register in 0x0000009b 0x00000983 0x00000984 0x00001400 0x00001401 \
	0xc0010117 0xc0010130 0xc0010132 0xc0010133 0xc0010138 0xc001f000 \
	0x00000011 0x00000012 0x4b564d00 0x4b564d01 0x4b564d02 0x4b564d03 0x4b564d04; do
	case $(msr $register /tmp/text.nobody) in
	set | clear | '#GP' | 'not attempted') ;;
	*) echo "$register" ;;
	esac
done >/tmp/leaks
equal no-address-in-the-text '' "$(cat /tmp/leaks)"
# HSAVE_PA is there as a word in sysfs too.
case $(unprivileged cat /sys/devices/system/cpu/cpu0/virtinfo/VM_HSAVE_PA) in
set | clear | '#GP') ok no-address-in-sysfs ;;
*) fail no-address-in-sysfs "$(unprivileged cat /sys/devices/system/cpu/cpu0/virtinfo/VM_HSAVE_PA)" ;;
esac
# No kernel pointer anywhere in what the module tells.
equal no-pointer '' "$(cat "$TEXT" /sys/devices/system/cpu/cpu*/virtinfo/* |
	grep -v '^cpuid' | grep -m 1 'ffff[0-9a-f]\{12\}')"
equal nothing-writable '' "$(find /proc/virtinfo /sys/devices/system/cpu/cpu*/virtinfo \
	-type f -perm /222)"
equal no-parameter '' "$(ls /sys/module/virtinfo/parameters 2>/dev/null)"
check not-writable sh -c "! su -s /bin/sh nobody -c 'echo x >$TEXT' 2>/dev/null"

# 64 processes at once cause at most one broadcast a second.
check probe-load insmod /lab/virtinfo_probe.ko function=on_each_cpu_cond_mask
start=$(cut -d. -f1 /proc/uptime)
check crowd unprivileged crowd 64 10 "$TEXT"
echo "crowd: $(cat /tmp/check)"
seconds=$(($(cut -d. -f1 /proc/uptime) - start + 1))
broadcasts=$(calls)
echo "crowd: $broadcasts broadcasts in $seconds seconds"
if [ "$broadcasts" -ge 2 ] && [ "$broadcasts" -le "$seconds" ]; then
	ok one-broadcast-a-second
else
	fail one-broadcast-a-second "$broadcasts broadcasts in $seconds seconds"
fi
rmmod virtinfo_probe

# Those who read as hard as they can do not keep the module from unloading,
# nor does one who holds files open or stands in its directory.
# None of them stops before the module is gone: would it wait for one, this
# guest would not end.
unprivileged crowd 16 3600 "$TEXT" >/tmp/crowd 2>&1 &
crowd=$!
unprivileged 'cd /sys/devices/system/cpu/cpu0/virtinfo && exec sleep 3600 <state 4</proc/virtinfo' &
sleep 2
start=$(cut -d. -f1 /proc/uptime)
check unload-under-readers rmmod virtinfo
echo "unload under 16 readers: $(($(cut -d. -f1 /proc/uptime) - start)) seconds"
check readers-still-read kill -0 $crowd
check text-is-gone test ! -e "$TEXT"
check load-under-readers insmod "$MODULE"
killall crowd
wait $crowd
check crowd-saw-no-error grep -q '^opens [1-9]' /tmp/crowd
check unload rmmod virtinfo
