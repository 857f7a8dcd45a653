#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# How long the module takes to group 8,192 CPUs; see groups.c.
set -euo pipefail
cd "$(dirname "$0")/../.."

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/linux"
# tests/bench/kernel.h stands for all of them.
for header in cpumask jiffies kref mm overflow slab time64; do
	: >"$dir/linux/$header.h"
done
gcc -std=gnu11 -O2 -Wall -Wextra -I"$dir" -include tests/bench/kernel.h \
	-Wl,--wrap=vi_sample_alike -o "$dir/groups" tests/bench/groups.c \
	module/snapshot.c common/sample.c common/summary.c common/registers.c \
	common/hypervisor.c
"$dir/groups"
