# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Loads and unloads, readers on every CPU while CPUs go off and on, every way
# to read, suspend and resume. LAB_LOADS and LAB_STRESS say how much.
. /lab/lib.sh
. /lab/settings

all() {
	echo "0-$((LAB_CPUS - 1))"
}

check loads loads "${LAB_LOADS:-50}" "$MODULE"
echo "loads: $(cat /tmp/check)"
check unload-while-held loads held "$MODULE"

check load insmod "$MODULE"
check reads-text reads "$TEXT"
check reads-sysfs reads /sys/devices/system/cpu/cpu0/virtinfo/VM_CR
check stress stress "${LAB_STRESS:-60}"
echo "stress: $(cat /tmp/check)"
equal all-cpus-after-stress "$(all)" "$(value 'cpus covered')"
equal one-group-after-stress 1 "$(groups)"

grep -vE '^(sampled|svm on|msr 0xc0010117)' "$TEXT" >/tmp/before
files() {
	ls /sys/devices/system/cpu/cpu*/virtinfo
}
files >/tmp/files.before
for level in freezer devices platform processors core; do
	if grep -q "$level" /sys/power/pm_test 2>/dev/null; then
		echo "$level" >/sys/power/pm_test
		check "suspend-$level" sh -c 'echo mem >/sys/power/state'
		grep -vE '^(sampled|svm on|msr 0xc0010117)' "$TEXT" >/tmp/after
		check "same-after-$level" cmp /tmp/before /tmp/after
		equal "cpus-after-$level" "$(all)" "$(value 'cpus covered')"
		files >/tmp/files.after
		check "files-after-$level" cmp /tmp/files.before /tmp/files.after
	else
		fail "suspend-$level" 'this kernel cannot'
	fi
done
check unload rmmod virtinfo
