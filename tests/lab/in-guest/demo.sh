# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# What "make run" shows where the machine's own kernel cannot load the module.
. /lab/lib.sh

run() {
	printf '\n$ %s\n' "$*"
	"$@"
}

echo "Linux $(uname -r) on $(value 'model name' /proc/cpuinfo)"
if run insmod "$MODULE" && run cat "$TEXT"; then
	ok demo
else
	fail demo "the module did not load or has no text"
fi
run virtinfo
run rmmod virtinfo
