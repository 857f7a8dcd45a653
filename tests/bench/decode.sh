#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# How fast files are read: 1,000 captures of 60 KB parsed and decoded in one
# process against wc -w on the same files. The best of several runs of each,
# turn by turn; a ratio of 1 or less is what is asked for.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=build/tests/bench/decode_many
make -s $program
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
tests/bench/make-captures "$dir" 1000 60000

# In microseconds.
timed() {
	local start=${EPOCHREALTIME/[.,]/}
	"$@" >/dev/null
	echo $((${EPOCHREALTIME/[.,]/} - start))
}

files=("$dir"/*)
best_ours=0 best_wc=0
for _ in 1 2 3 4 5 6 7; do
	ours=$(timed $program "${files[@]}")
	wc=$(timed wc -w "${files[@]}")
	[ "$best_ours" -ne 0 ] && [ "$best_ours" -le "$ours" ] || best_ours=$ours
	[ "$best_wc" -ne 0 ] && [ "$best_wc" -le "$wc" ] || best_wc=$wc
done
$program "${files[@]}"
awk -v ours="$best_ours" -v wc="$best_wc" 'BEGIN {
	printf "%-58s %9.2f  (at most 1)\n",
	       "parse and decode 1000 captures of 60 KB / wc -w", ours / wc }'
