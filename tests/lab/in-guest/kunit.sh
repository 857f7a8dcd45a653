# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# The module's logic over a fake processor: KUnit's own results, one by one; of
# the suite LAB_SUITE alone, where that is set.
. /lab/lib.sh
. /lab/settings

mount -t debugfs debug /sys/kernel/debug
wanted=5
[ -z "${LAB_SUITE:-}" ] || wanted=1
check kunit-load insmod /lab/virtinfo_kunit.ko ${LAB_SUITE:+only="$LAB_SUITE"}
suites=0
for suite in /sys/kernel/debug/kunit/virtinfo-${LAB_SUITE:-*}; do
	[ -r "$suite/results" ] || continue
	suites=$((suites + 1))
	name=$(basename "$suite")
	sendfile "kunit.$name" "$suite/results"
	# "    ok 1 name" and "    not ok 2 name" are the cases of the suite.
	sed -n 's/^ \{1,\}\(ok\|not ok\) [0-9]* \(- \)\{0,1\}\([a-z_0-9]*\).*/\1 \3/p' \
		"$suite/results" >/tmp/cases
	while read -r line; do
		case $line in
		'ok '*) ok "$name/${line#ok }" ;;
		*) fail "$name/${line#not ok }" "$(grep -m 1 -A 2 'EXPECTATION\|ASSERTION' "$suite/results")" ;;
		esac
	done </tmp/cases
	check "$name-has-cases" test -s /tmp/cases
	# KUnit's log is short: what a failure prints may take the place of its
	# own line. The suite's line is in a log of its own.
	check "$name-passes" grep -q "^ok [0-9]* \(- \)\{0,1\}$name" "$suite/results"
done
equal kunit-suites $wanted "$suites"
check kunit-unload rmmod virtinfo_kunit
