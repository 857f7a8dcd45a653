#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The verdict on this machine against others that give one, whole processes:
# without and with the guest that proves it, against lscpu and against
# virt-host-validate. The median of many runs of each, turn by turn. Exit
# status 1 where a ratio is above what is asked for.
set -euo pipefail
cd "$(dirname "$0")/../.."

program=${PROGRAM:-userspace/virtinfo}
runs=${RUNS:-51}

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# The exit status of each is its verdict, which may well be no.
timed() {
	local start=${EPOCHREALTIME/[.,]/}
	"${@:2}" >/dev/null 2>&1 || true
	echo $((${EPOCHREALTIME/[.,]/} - start)) >>"$dir/$1"
}

median() {
	sort -n "$dir/$1" | sed -n "$((runs / 2 + 1))p"
}

status=0
# ratio WHAT LIMIT A B
ratio() {
	if [ ! -s "$dir/$4" ]; then
		printf '%-58s %9s  (%s is not installed)\n' "$1" - "$4"
		return
	fi
	awk -v what="$1" -v a="$(median "$3")" -v b="$(median "$4")" -v limit="$2" 'BEGIN {
		printf "%-58s %9.2f  (at most %s)\n", what, a / b, limit
		exit a / b > limit
	}' || status=1
}

for ((i = 0; i < runs; i++)); do
	timed no-run "$program" check --no-run
	timed lscpu lscpu
	timed proof "$program" check
	! command -v virt-host-validate >/dev/null ||
		timed virt-host-validate virt-host-validate qemu
done
ratio 'check --no-run / lscpu' 1 no-run lscpu
ratio 'check with the proof / lscpu' 3 proof lscpu
ratio 'check --no-run / virt-host-validate qemu' 0.5 no-run virt-host-validate
ratio 'check with the proof / virt-host-validate qemu' 0.5 proof virt-host-validate
exit $status
