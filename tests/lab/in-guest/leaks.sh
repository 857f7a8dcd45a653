# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# kmemleak finds nothing, after everything else has run; lockdep is still on.
. /lab/lib.sh

mount -t debugfs debug /sys/kernel/debug 2>/dev/null
rmmod virtinfo 2>/dev/null

loads() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		insmod "$MODULE" && rmmod virtinfo || return 1
	done
}

# Of 10 loads before, it has all that it keeps.
if [ -e "$MODULE" ]; then
	check leaks-loads loads
	before=$(percpu)
	check leaks-loads-again loads
	check no-percpu-leak test $(($(percpu) - before)) -lt 10
fi
if [ -e /sys/kernel/debug/kmemleak ]; then
	echo scan >/sys/kernel/debug/kmemleak
	# Only what is older than 5 seconds counts.
	sleep 6
	echo scan >/sys/kernel/debug/kmemleak
	# KUnit of 6.1 leaks a suite's log.
	awk '/^unreferenced object/ { if (!kunit) printf "%s", object; object = ""; kunit = 0 }
		{ object = object $0 "\n" }
		/kunit_debugfs_create_suite/ { kunit = 1 }
		END { if (!kunit) printf "%s", object }' \
		/sys/kernel/debug/kmemleak >/tmp/kmemleak
	sendfile kmemleak /tmp/kmemleak
	equal kmemleak '' "$(head -n 20 /tmp/kmemleak)"
else
	fail kmemleak 'this kernel has none'
fi
if [ -e /proc/lockdep_stats ]; then
	equal lockdep-on 1 "$(awk '$1 == "debug_locks:" { print $2 }' /proc/lockdep_stats)"
else
	fail lockdep-on 'this kernel has none'
fi
