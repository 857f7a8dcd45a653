# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Watching and ending a process with all that it has started. What is healthy
# takes as much processor time on a busy machine as on an idle one, only later;
# so a limit is processor time, and silence counts while nothing below the
# process runs or waits for a processor or a disk. For run-tests and lab/guest.

# The processes PID and those below it, but for BUT and what is below that:
# "SECONDS PID...", first the processor time that they, and those of theirs that
# have ended, took. utime, stime, cutime, cstime of proc(5).
tree() {
	cat /proc/[0-9]*/stat 2>/dev/null |
		awk -v root="$1" -v but="${2:-0}" -v hz="$(getconf CLK_TCK)" '
		{
			pid = $1
			sub(/.*\) /, "")
			parent[pid] = $2
			ticks[pid] = $12 + $13 + $14 + $15
		}
		END {
			for (pid in ticks) {
				up = pid
				while ((up in ticks) && up != root && up != but)
					up = parent[up]
				if (up != root)
					continue
				sum += ticks[pid]
				list = list " " pid
			}
			print int(sum / hz) list
		}'
}

# Does a thread of one of the processes run or wait for a processor or a disk?
any_runs() {
	# shellcheck disable=SC2046 # a list of patterns
	grep -qs ') [RD] ' $(printf '/proc/%s/task/*/stat ' "$@")
}

# Ends what is below the process PID, but for BUT; KILL is the command that does.
end_below() {
	local pids
	read -r _ pids < <(tree "$@")
	pids=" $pids "
	pids=${pids/ $1 / }
	# shellcheck disable=SC2086 # a list
	[ -z "${pids// /}" ] || ${KILL:-kill} -KILL $pids 2>/dev/null || true
}

# Ends the process PID and what is below it.
end_tree() {
	local pids
	read -r _ pids < <(tree "$1")
	# shellcheck disable=SC2086 # a list
	[ -z "$pids" ] || ${KILL:-kill} -KILL $pids 2>/dev/null || true
}

# watch PID BUT CPU IDLE FAR FILE...: begins to watch the tree() of PID and BUT.
# It has run for too long, overdue() then says, when it took CPU seconds of
# processor time; when it was idle for IDLE seconds and none of the FILEs grew;
# when FAR seconds have passed.
watch() {
	W_PID=$1 W_BUT=$2 W_CPU=$3 W_IDLE=$4 W_FAR=$5
	shift 5
	W_FILES=("$@") W_SIZE=0 W_START=$SECONDS W_LAST=$SECONDS W_QUIET=0 WHY=''
}

# To be asked every second or so: true, and WHY has the words, when what is
# watched has run for too long.
overdue() {
	local seconds size step=$((SECONDS - W_LAST))
	local -a pids
	W_LAST=$SECONDS
	read -r -a pids < <(tree "$W_PID" "$W_BUT")
	seconds=${pids[0]}
	size=$(stat -L -c %s "${W_FILES[@]}" 2>/dev/null | paste -s -d +)
	if [ "$size" != "$W_SIZE" ]; then
		W_SIZE=$size W_QUIET=0
	elif [ $step -gt 0 ] && ! any_runs "${pids[@]:1}"; then
		# However late this look is: this process waits for a processor
		# as well, and the machine may have been stopped for hours.
		W_QUIET=$((W_QUIET + 1))
	fi
	if [ "$seconds" -ge "$W_CPU" ]; then
		WHY="no end after $W_CPU seconds of processor time"
	elif [ "$W_QUIET" -ge "$W_IDLE" ]; then
		WHY="nothing for $W_IDLE seconds, and idle"
	elif [ $((SECONDS - W_START)) -ge "$W_FAR" ]; then
		WHY="no end after $W_FAR seconds"
	fi
	[ -n "$WHY" ]
}
