# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source-path=SCRIPTDIR
# How long one read of the machine takes: by /proc/virtinfo, by the fastest C
# program through /dev/cpu, by rdmsr -a in a loop of the shell. Sends the
# figures; tests/bench/module.sh makes ratios of them.
. ./lib.sh

modprobe msr
modprobe cpuid
load
proc=$(readers proc 5)
devices=$(readers devices 5)

# The registers that the text shows as read, one process for each.
addresses=$(awk '$1 == "msr" && $NF ~ /^0x/ { print $2 }' "$TEXT")
start=$(cut -d ' ' -f 1 /proc/uptime)
for address in $addresses; do
	msr-tools-rdmsr -a "$address" >/dev/null
done
end=$(cut -d ' ' -f 1 /proc/uptime)

{
	echo "cpus $(grep -c ^processor /proc/cpuinfo)"
	echo "proc $proc"
	echo "devices $devices"
	awk -v start="$start" -v end="$end" \
		'BEGIN { printf "rdmsr %.0f\n", (end - start) * 1e9 }'
} >/tmp/bench
sendfile bench /tmp/bench
# shellcheck disable=SC2016 # the program is awk's
check 'bench: every figure is a number' \
	awk 'NF != 2 || $2 !~ /^[1-9][0-9]*$/ { exit 1 }' /tmp/bench
