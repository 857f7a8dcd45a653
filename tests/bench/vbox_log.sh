#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A VBox.log of 1 MB judged, against grep -c . of it: whole processes, in one
# run, the best of several of each turn by turn. And 60 MB of each form that has
# seeds, which are to be read in 2 seconds, whatever comes of it. Exit status 1
# where it takes longer.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${PROGRAM:-userspace/virtinfo}
runs=30 times=4 megabyte=1000000 large=60000000

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
		"$@" >/dev/null 2>&1 || true
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
	awk -v size=$large '{ text = text $0 "\n" }
		END { for (; n < size; n += length(text)) printf "%s", text }' "$1"
}

times=1
for seeds in tests/fuzz/seeds/*/; do
	form=$(basename "$seeds")
	[ "$form" != strings ] || continue
	for seed in "$seeds"*; do
		repeat "$seed" >"$dir/large"
		time=$(timed "$program" check --input "$dir/large")
		awk -v what="60 MB of $form/${seed##*/}, in seconds" -v time="$time" 'BEGIN {
			printf "%-58s %9.2f  (at most 2)\n", what, time / 1e6
			exit time > 2e6
		}' || status=1
	done
done
exit $status
