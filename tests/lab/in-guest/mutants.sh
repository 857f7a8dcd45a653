# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Wrong modules, one after the other (tests/mutants/code): which does a suite
# notice? /lab/mutants.list has a line for each: its name, its module, scripts of
# this folder, kunit.sh:NAME for one suite of KUnit's. Each is reported as
# "started/NAME", then "killed/NAME" or "survived/NAME". A kernel that a mutant
# has hurt is of no use for the next: there the list ends.
. /lab/lib.sh

trouble='BUG|WARNING|Call Trace|Oops|general protection|KASAN|UBSAN|unreferenced|INFO: task'

mount -t debugfs debug /sys/kernel/debug
echo scan=off >/sys/kernel/debug/kmemleak
# Ends what waits for a lock that nobody gives back.
echo 1 >/proc/sys/kernel/hung_task_panic

# The first failure that a script reported, or the kernel's complaint.
first_failure() {
	for script; do
		: >/tmp/said
		LAB_SUITE=$(expr "$script" : '.*:\(.*\)')
		export LAB_SUITE
		sh "/lab/${script%:*}" 3>/tmp/said >/tmp/out 2>&1 </dev/null ||
			echo "not ok $script: ended with status $?" >>/tmp/said
		if grep -m 1 '^not ok ' /tmp/said; then
			return
		fi
		if dmesg | grep -m 1 -E "$trouble"; then
			return
		fi
	done
}

while read -r name module scripts; do
	ok "started/$name"
	cp "$RESULTS" /tmp/mine
	dmesg -c >/dev/null
	# What the module before it has left, or KUnit, is not this one's. Only what
	# was found can be cleared: what is older than 5 seconds and has not changed
	# since the scan before.
	sleep 6
	echo scan >/sys/kernel/debug/kmemleak
	echo scan >/sys/kernel/debug/kmemleak
	echo clear >/sys/kernel/debug/kmemleak
	cp "/lab/$module" "/lab/${module%%-*}.ko"
	# shellcheck disable=SC2086 # a list
	why=$(first_failure $scripts)
	cp /tmp/mine "$RESULTS"
	if [ -n "$why" ]; then
		ok "killed/$name: $(lab_line "$why")"
	else
		ok "survived/$name"
	fi
	for loaded in virtinfo_kunit virtinfo_probe virtinfo; do
		rmmod $loaded 2>/dev/null
	done
	if grep -qE '^virtinfo' /proc/modules || dmesg | grep -qE "$trouble" ||
		[ "$(awk '$1 == "debug_locks:" { print $2 }' /proc/lockdep_stats)" != 1 ]; then
		echo "the kernel is hurt"
		break
	fi
done </lab/mutants.list
