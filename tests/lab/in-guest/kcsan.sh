# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# No data race has virtinfo in it. Reports are blocks between lines of "=".
. /lab/lib.sh

mount -t debugfs debug /sys/kernel/debug 2>/dev/null
if [ -r /sys/kernel/debug/kcsan ]; then
	setups=$(awk '/^setup_watchpoints/ { print $2 }' /sys/kernel/debug/kcsan)
	cat /sys/kernel/debug/kcsan
	check kcsan-watched test "${setups:-0}" -gt 1000
else
	fail kcsan-watched 'this kernel has no KCSAN'
fi
dmesg | sed 's/^\[[^]]*\] //' | awk '
	/^=====/ { inside = !inside; text = ""; ours = 0; next }
	inside { text = text $0 "\n"; if (/\[virtinfo\]|vi_/) ours = 1 }
	/Reported by Kernel Concurrency/ { if (ours) printf "%s", text }' >/tmp/races
sendfile races /tmp/races
equal no-race-in-virtinfo '' "$(head -n 8 /tmp/races)"
