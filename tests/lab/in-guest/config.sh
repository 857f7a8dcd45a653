# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# The smoke test for any configuration: what the kernel lacks is not tried, and
# what it has must work.
. /lab/lib.sh
. /lab/settings

last=$((LAB_CPUS - 1))
cpus=0
[ "$last" -eq 0 ] || cpus=0-$last
folder=/sys/devices/system/cpu/cpu$last

check load insmod "$MODULE"
equal format 1 "$(value virtinfo)"
equal kernel "$(uname -r)" "$(value kernel)"
equal extension svm "$(value extension)"
equal state enabled "$(value state)"
equal cpus "$cpus" "$(value cpus)"
cp "$TEXT" /tmp/text
sendfile virtinfo /tmp/text
# What may change is read again after a second.
sleep 2
equal refreshed svm "$(value extension)"
if [ -e "$folder" ]; then
	equal sysfs svm "$(cat "$folder/virtinfo/extension")"
	equal sysfs-efer "$(msr 0xc0000080)" "$(cat "$folder/virtinfo/IA32_EFER")"
fi
if [ -e "$folder/online" ]; then
	check offline sh -c "echo 0 >$folder/online"
	equal cpus-offline 0 "$(value cpus)"
	check online sh -c "echo 1 >$folder/online"
	equal cpus-online "$cpus" "$(value cpus)"
fi
check unload rmmod virtinfo
check text-is-gone test ! -e "$TEXT"
check load-again insmod "$MODULE"
check unload-again rmmod virtinfo
