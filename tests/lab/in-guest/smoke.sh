# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# The least that must hold on every kernel: it loads, publishes, follows CPUs
# that go and come, and unloads.
. /lab/lib.sh

check load insmod "$MODULE"
equal format 1 "$(value virtinfo)"
equal kernel "$(uname -r)" "$(value kernel)"
equal extension svm "$(value extension)"
equal cpus 0-1 "$(value cpus)"
cp "$TEXT" /tmp/text
sendfile virtinfo /tmp/text
check offline sh -c 'echo 0 >/sys/devices/system/cpu/cpu1/online'
equal cpus-offline 0 "$(value cpus)"
check online sh -c 'echo 1 >/sys/devices/system/cpu/cpu1/online'
equal cpus-online 0-1 "$(value cpus)"
check unload rmmod virtinfo
check text-is-gone test ! -e "$TEXT"
