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

# nobody NAME MASK COMMAND...: runs it as a user without rights on the CPUs of
# the mask. $most is how often a CPU may be interrupted meanwhile.
nobody() {
	name=$1
	shift
	begin=$(cut -d. -f1 /proc/uptime)
	check "$name" unprivileged taskset "$@"
	most=$(($(cut -d. -f1 /proc/uptime) - begin + 1))
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
nobody open 3 crowd 4 $seconds "$TEXT"
for cpu in 0 1; do
	between opens-cpu$cpu $cpu 1 "$most"
done
for cpu in 2 3; do
	between opens-isolated-cpu$cpu $cpu 0 0
done

# The kernel has reasons of its own for a few, on some kernels in some seconds:
# one quiet run is enough, as readers who interrupt do so each second.
quiet() {
	for _ in 1 2 3 4 5; do
		before=$(($(cal 2) + $(cal 3)))
		unprivileged taskset 1 crowd 1 $seconds "$TEXT" || return 1
		made=$(($(cal 2) + $(cal 3) - before))
		[ $made -ge $seconds ] || return 0
	done
	echo "$made calls"
	return 1
}
check cal-line-of-isolated quiet

# One that works is interrupted, one that sleeps is not, an isolated one that
# works neither.
taskset 2 sh -c 'while :; do :; done' &
busy1=$!
taskset 8 sh -c 'while :; do :; done' &
busy3=$!
sleep 1
forget
nobody open-beside-busy 1 crowd 1 $seconds "$TEXT"
between busy-cpu1 1 2 "$most"
between busy-isolated-cpu3 3 0 0
busy=$(calls 1)
kill $busy1 $busy3
wait $busy1 $busy3 2>/dev/null
forget
nobody open-beside-idle 1 crowd 1 $seconds "$TEXT"
between idle-cpu1 1 0 $((busy - 1))

# What is older is named, with its age; for one with privilege nothing is.
unprivileged taskset 3 cat "$TEXT" >/tmp/text.nobody
check older-names-the-isolated grep -q '^older[[:space:]]*: \(1-\|1,\)\{0,1\}\(2-3\|3\)$' /tmp/text.nobody
check older-by-so-much test "$(value 'older by' /tmp/text.nobody)" -ge $((3 * seconds))
forget
cat "$TEXT" >/tmp/text.root
for cpu in 1 2 3; do
	between privileged-cpu$cpu $cpu 1 1
done
equal privileged-has-nothing-older '' "$(grep '^older' /tmp/text.root)"

# A constant interrupts nobody.
forget
nobody constants 3 cat $cpus/cpu*/virtinfo/extension $cpus/cpu*/virtinfo/paging
for cpu in 0 1 2 3; do
	between constant-cpu$cpu $cpu 0 0
done

# One that may change interrupts its own CPU, once a second.
forget
nobody volatile 3 crowd 2 $seconds $cpus/cpu3/virtinfo/CR4
for cpu in 0 1 2; do
	between volatile-cpu$cpu $cpu 0 0
done
between volatile-cpu3 3 2 "$most"

# Everything at once, by nobody and by root: no CPU more than once a second.
find $cpus/cpu[0-9]*/virtinfo -type f >/tmp/everything
cat >/tmp/reader <<-'END'
	end=$(($(cut -d. -f1 /proc/uptime) + $1))
	while [ "$(cut -d. -f1 /proc/uptime)" -lt "$end" ]; do
		cat /proc/virtinfo $(cat /tmp/everything) >/dev/null || exit 1
	done
END
forget
sh /tmp/reader $seconds &
unprivileged taskset 3 crowd 2 $seconds "$TEXT" >/dev/null &
nobody everything 3 sh /tmp/reader $((2 * seconds))
for cpu in 0 1 2 3; do
	between everything-cpu$cpu $cpu 2 "$most"
done
wait
cp $tracing/trace /tmp/trace
sendfile trace /tmp/trace

echo 0 >$tracing/events/kprobes/enable
echo >$tracing/kprobe_events
check unload rmmod virtinfo
