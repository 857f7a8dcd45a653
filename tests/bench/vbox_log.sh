#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A VBox.log of 1 MB judged, against grep -c . of it: whole processes, in one
# run, the best of several of each turn by turn. And 100 MB of each seed of each
# form, which are to be read in 2 seconds of processor time, whatever comes of it;
# beside it stands how many times as long as grep -c . of the same file that is.
# Exit status 1 where it takes longer.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${PROGRAM:-userspace/virtinfo}
runs=30 times=4 megabyte=1000000 large=100000000

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# A log as of a long run: what the host is, then what the machine did.
{
	cat tests/fuzz/seeds/vbox_log/7.1-intel
	awk -v size=$megabyte 'BEGIN {
		for (n = 2000; written < size; n++) {
			line = sprintf("00:%02d:%02d.%06d VMMDev: Guest Log: %08x vboxguest: something that a guest says, number %d",
				       n / 60 % 60, n % 60, n, n * 7919, n)
			print line
			written += length(line) + 1
		}
	}' </dev/null
} >"$dir/VBox.log"

# In microseconds.
timed() {
	local i start=${EPOCHREALTIME/[.,]/}
	for ((i = 0; i < times; i++)); do
		# Into /dev/null grep would stop at the first match.
		"$@" >"$dir/out" 2>&1 || true
	done
	echo $((${EPOCHREALTIME/[.,]/} - start))
}

status=0 best=0 best_grep=0
for ((i = 0; i < runs; i++)); do
	time=$(timed "$program" check --input "$dir/VBox.log")
	[ "$best" -ne 0 ] && [ "$best" -le "$time" ] || best=$time
	time=$(timed grep -c . "$dir/VBox.log")
	[ "$best_grep" -ne 0 ] && [ "$best_grep" -le "$time" ] || best_grep=$time
done
awk -v a="$best" -v b="$best_grep" 'BEGIN {
	printf "%-58s %9.2f  (at most 3)\n",
	       "check of a VBox.log of 1 MB / grep -c .", a / b
	exit a / b > 3
}' || status=1

# repeat FILE: it again and again, to that size.
repeat() {
	yes -- "$(cat "$1")" 2>/dev/null | head -c $large
}

# Of the processor, in milliseconds.
processor_time() {
	local TIMEFORMAT='%3U %3S'

	{ time "$@" >"$dir/out" 2>&1; } 2>&1 |
		awk '{ printf "%.0f\n", 1000 * ($1 + $2) }'
}

for seeds in tests/fuzz/seeds/*/; do
	form=$(basename "$seeds")
	# No forms of a machine.
	case $form in
	strings | fleet) continue ;;
	esac
	for seed in "$seeds"*; do
		repeat "$seed" >"$dir/large" || true # yes ends by SIGPIPE
		grep=$(processor_time grep -c . "$dir/large") || true
		time=$(processor_time "$program" check --input "$dir/large") || true
		awk -v what="100 MB of $form/${seed##*/}, in seconds" \
			-v time="$time" -v grep="$grep" 'BEGIN {
			printf "%-58s %9.2f  (at most 2; grep -c . x %.0f)\n",
			       what, time / 1e3, time / (grep ? grep : 1)
			exit time > 2e3
		}' || status=1
	done
done
exit $status
