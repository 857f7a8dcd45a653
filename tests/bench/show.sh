#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The program against others that do a part of its work, whole processes: show
# of the dump of a hybrid with 24 CPUs against cpuid -f on the same CPUID, the
# program on a captured file against lscpu, and its diff of two captures against
# diff. The best of several runs of each, turn by turn. Exit status 1 where a
# ratio is above what is asked for.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${PROGRAM:-userspace/virtinfo}
runs=30 times=4

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
tests/data/make-dump 16 8 >"$dir/hybrid.aida64"
tests/data/make-dump --cpuid-r 16 8 >"$dir/hybrid.cpuid-r"
tests/bench/make-captures "$dir/captures" 1 60000
capture=$(echo "$dir"/captures/*)

# In microseconds.
timed() {
	local i start=${EPOCHREALTIME/[.,]/}
	for ((i = 0; i < times; i++)); do
		"$@" >/dev/null || return
	done
	echo $((${EPOCHREALTIME/[.,]/} - start))
}


status=0
# compare WHAT LIMIT COMMAND... -- PEER...
compare() {
	local what=$1 limit=$2 best=0 best_peer=0 time i
	shift 2
	command=()
	while [ "$1" != -- ]; do
		command+=("$1")
		shift
	done
	shift
	if ! command -v "$1" >/dev/null; then
		printf '%-58s %9s  (%s is not installed)\n' "$what" - "$1"
		return
	fi
	for ((i = 0; i < runs; i++)); do
		time=$(timed "${command[@]}")
		[ "$best" -ne 0 ] && [ "$best" -le "$time" ] || best=$time
		time=$(timed "$@")
		[ "$best_peer" -ne 0 ] && [ "$best_peer" -le "$time" ] || best_peer=$time
	done
	awk -v what="$what" -v a="$best" -v b="$best_peer" -v limit="$limit" 'BEGIN {
		printf "%-58s %9.2f  (at most %s)\n", what, a / b, limit
		exit a / b > limit
	}' || status=1
}

compare 'show, CPUID and MSRs of 24 CPUs / cpuid -f' 2 \
	"$program" show --input "$dir/hybrid.aida64" -- \
	cpuid -f "$dir/hybrid.cpuid-r"
compare 'show, the same CPUID / cpuid -f' 2 \
	"$program" show --input "$dir/hybrid.cpuid-r" -- \
	cpuid -f "$dir/hybrid.cpuid-r"
compare 'show --json, CPUID and MSRs of 24 CPUs / cpuid -f' 2 \
	"$program" show --json --input "$dir/hybrid.aida64" -- \
	cpuid -f "$dir/hybrid.cpuid-r"
compare 'status of a captured file / lscpu' 1 \
	"$program" --input "$capture" -- lscpu

# Both tell by their status that there are differences.
pair=(tests/captures/ready.{icelake,tigerlake}.virtinfo)
ours() {
	"$program" diff "${pair[@]}" || [ $? -ge 70 ]
}
theirs() {
	diff "${pair[@]}" || [ $? -eq 1 ]
}
compare 'diff of two captures / diff of the files' 3 ours -- theirs
exit $status
