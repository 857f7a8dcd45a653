#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# How fast fleets are read, and in how much memory: COUNT captures of 60 KB of
# ten kinds against wc -w on the same files, the best of several runs of each;
# and COUNT of which no two are alike, up to 10,000. fleet.sh [COUNT...] fails
# where fleets of 1,000 and more take longer than wc -w, or 10,000 more than
# 150 MB.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ $# -gt 0 ] || set -- 100 1000 10000
program=userspace/virtinfo
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
tests/bench/make-captures "$dir/kinds" 10 60000

# Alike but for what is each one's own.
make_fleet() {
	local i
	mkdir "$dir/fleet"
	for ((i = 0; i < $1; i++)); do
		sed "3i host\t\t: node$i" "$dir/kinds/000$((i % 10)).virtinfo" \
			>"$dir/fleet/$i"
	done
}

# In microseconds; fleet's status is about what it found.
timed() {
	local start=${EPOCHREALTIME/[.,]/}
	"$@" >/dev/null || [ $? -eq 80 ]
	echo $((${EPOCHREALTIME/[.,]/} - start))
}

words() {
	find "$1" -type f -print0 | xargs -0 -n 100000 wc -w
}

measure() {
	local best_ours=0 best_wc=0 ours wc memory
	for _ in 1 2 3 4 5; do
		ours=$(timed $program fleet "$2")
		wc=$(timed words "$2")
		[ "$best_ours" -ne 0 ] && [ "$best_ours" -le "$ours" ] || best_ours=$ours
		[ "$best_wc" -ne 0 ] && [ "$best_wc" -le "$wc" ] || best_wc=$wc
	done
	# time ends with the program's status.
	memory=$({ /usr/bin/time -f %M $program fleet "$2" || true; } 2>&1 >/dev/null |
		tail -n 1)
	awk -v name="$1" -v ours="$best_ours" -v wc="$best_wc" -v memory="$memory" '
		BEGIN { printf "%-44s %8.3f s %6.2f of wc -w %7.1f MB\n", name,
			ours / 1e6, ours / wc, memory / 1024 }'
	if [ "$3" -ge 1000 ] && [ "$best_ours" -gt "$best_wc" ]; then
		echo "$1: slower than wc -w" >&2
		status=1
	fi
	if [ "$3" -eq 10000 ] && [ "$memory" -gt $((150 * 1024)) ]; then
		echo "$1: more than 150 MB" >&2
		status=1
	fi
}

status=0
for count; do
	make_fleet "$count"
	measure "fleet of $count hosts of 10 kinds" "$dir/fleet" "$count"
	rm -rf "$dir/fleet"
done
for count; do
	# 100,000 of them are 6 GB.
	[ "$count" -le 10000 ] || continue
	tests/bench/make-captures "$dir/different" "$count" 60000
	measure "fleet of $count hosts, no two alike" "$dir/different" "$count"
	rm -rf "$dir/different"
done
exit $status
