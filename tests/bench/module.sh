#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# How fast /proc/virtinfo is: guests with 2 and 16 CPUs, ratios in one run.
set -euo pipefail
cd "$(dirname "$0")/../.."

bin=build/lab/bin
mkdir -p $bin
gcc -std=gnu11 -O2 -static -D_GNU_SOURCE -Wall -Wextra -Icommon \
	-o $bin/readers tests/bench/readers.c common/registers.c
cp "$(PATH=$PATH:/usr/sbin command -v rdmsr)" $bin/msr-tools-rdmsr
tests/lab/guest bench-2 bench-16 >&2

figure() {
	awk -v key="$2" '$1 == key { print $2 }' "build/lab/bench-$1/files/bench"
}

ratio() {
	awk -v a="$1" -v b="$2" -v limit="$3" -v what="$4" 'BEGIN {
		printf "%-58s %9.1f  (%s)\n", what, a / b, limit }'
}

echo "One read of /proc/virtinfo: $(figure 2 proc) ns with 2 CPUs, $(figure 16 proc) ns with 16"
ratio "$(figure 16 devices)" "$(figure 16 proc)" 'at least 10' \
	'C program through /dev/cpu / one read, 16 CPUs'
ratio "$(figure 16 rdmsr)" "$(figure 16 proc)" 'at least 1000' \
	'rdmsr -a for each register / one read, 16 CPUs'
ratio "$(figure 16 proc)" "$(figure 2 proc)" 'at most 1.5' \
	'one read with 16 like CPUs / one with 2'
size=$(size -A "$(tests/lab/build-module bookworm-6.1)" | awk '$1 ~ /^\.(text|rodata|data)/ || $1 ~ /^\.(init|exit)\.text/ { n += $2 } END { print n }')
printf '%-58s %9d  (under 32768)\n' 'virtinfo.ko: bytes of text, rodata and data' "$size"
