# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# CPUs 2 and 3 are isolated: whom do readers without privilege interrupt? A
# probe in the function that a CPU's interrupt runs counts the calls that each
# CPU received; the kernel's own count of function calls must agree.
. /lab/lib.sh

tracing=/sys/kernel/tracing
cpus=/sys/devices/system/cpu
seconds=5

# How many calls CPU N received since forget().
calls() {
	grep -c "\[00$1\].* refresh:" $tracing/trace
}

# The kernel's count of the function calls that CPU N received.
cal() {
	awk -v cpu="$1" '$1 == "CAL:" { print $(cpu + 2) }' /proc/interrupts
}

# What was read before is a second old, and counts no more.
forget() {
	sleep 1.2
	echo >$tracing/trace
}

# between NAME CPU LEAST MOST
between() {
	got=$(calls "$2")
	if [ "$got" -ge "$3" ] && [ "$got" -le "$4" ]; then
		ok "$1"
	else
		fail "$1" "CPU $2 got $got calls, not $3 to $4"
	fi
}

# Readers keep to CPUs 0 and 1, as the scheduler would have it.
nobody() {
	unprivileged taskset 3 "$@"
}

# Reads FILES in turn for some seconds.
read_for() {
	end=$(($(cut -d. -f1 /proc/uptime) + $1))
	shift
	while [ "$(cut -d. -f1 /proc/uptime)" -lt "$end" ]; do
		cat "$@" >/dev/null || return 1
	done
}

everything() {
	find $cpus/cpu[0-9]*/virtinfo -type f
	echo $TEXT
}

equal isolated 2-3 "$(cat $cpus/isolated)"
# Nobody else runs where the readers do not.
taskset -p 1 $$ >/dev/null

mount -t tracefs trace $tracing
{
	echo 'p:refresh virtinfo:refresh_this_cpu'
	echo 'p:reread virtinfo:reread_this_cpu'
} >/tmp/probes
cat /tmp/probes >$tracing/kprobe_events
echo 1 >$tracing/events/kprobes/enable
load
equal loading-sends-none 0 "$(grep -c 're[a-z]*:' $tracing/trace)"

# Opening the text: never the isolated ones, the others once a second.
forget
before2=$(cal 2)
before3=$(cal 3)
check open nobody crowd 4 $seconds $TEXT
for cpu in 0 1; do
	between opens-cpu$cpu $cpu 1 $((seconds + 1))
done
for cpu in 2 3; do
	between opens-isolated-cpu$cpu $cpu 0 0
done
# Not one each second; the kernel has reasons of its own for a few.
check cal-line-cpu2 test $(($(cal 2) - before2)) -lt $((seconds - 1))
check cal-line-cpu3 test $(($(cal 3) - before3)) -lt $((seconds - 1))

# One that works is interrupted, one that sleeps is not, an isolated one that
# works neither.
taskset 2 sh -c 'while :; do :; done' &
busy1=$!
taskset 8 sh -c 'while :; do :; done' &
busy3=$!
sleep 1
forget
check open-beside-busy unprivileged taskset 1 crowd 1 $seconds $TEXT
between busy-cpu1 1 $((seconds - 1)) $((seconds + 1))
between busy-isolated-cpu3 3 0 0
kill $busy1 $busy3
wait $busy1 $busy3 2>/dev/null
forget
check open-beside-idle unprivileged taskset 1 crowd 1 $seconds $TEXT
between idle-cpu1 1 0 $((seconds - 3))

# What is older is named, with its age; for one with privilege nothing is.
nobody cat $TEXT >/tmp/text.nobody
check older-names-the-isolated grep -q '^older[[:space:]]*: \(1-\|1,\)\{0,1\}\(2-3\|3\)$' /tmp/text.nobody
check older-by-so-much test "$(value 'older by' /tmp/text.nobody)" -ge $((3 * seconds))
forget
cat $TEXT >/tmp/text.root
for cpu in 1 2 3; do
	between privileged-cpu$cpu $cpu 1 1
done
equal privileged-has-nothing-older '' "$(grep '^older' /tmp/text.root)"

# A constant interrupts nobody.
forget
check constants nobody cat $cpus/cpu*/virtinfo/extension $cpus/cpu*/virtinfo/paging
for cpu in 0 1 2 3; do
	between constant-cpu$cpu $cpu 0 0
done

# One that may change interrupts its own CPU, once a second.
forget
check volatile nobody crowd 2 $seconds $cpus/cpu3/virtinfo/CR4
for cpu in 0 1 2; do
	between volatile-cpu$cpu $cpu 0 0
done
between volatile-cpu3 3 $((seconds - 1)) $((seconds + 1))

# Everything at once: no CPU more than once a second.
everything >/tmp/everything
forget
start=$(cut -d. -f1 /proc/uptime)
# shellcheck disable=SC2046 # a list of files
(
	su -s /bin/sh nobody -c "taskset 3 crowd 2 $((2 * seconds)) $TEXT" >/dev/null &
	for _ in 1 2 3; do
		cat $(cat /tmp/everything) >/dev/null
	done
	read_for $seconds $(cat /tmp/everything)
	wait
)
took=$(($(cut -d. -f1 /proc/uptime) - start + 1))
for cpu in 0 1 2 3; do
	between everything-cpu$cpu $cpu 1 $took
done
cp $tracing/trace /tmp/trace
sendfile trace /tmp/trace

echo 0 >$tracing/events/kprobes/enable
echo >$tracing/kprobe_events
check unload rmmod virtinfo
