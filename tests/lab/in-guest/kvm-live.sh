# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# The programs of tests/kvm: the proof many times and under bad conditions, the
# guests of "virtinfo exits", what KVM can give. Their TAP lines are results here.
. /lab/verdict.sh

load
modprobe "$(kvm_module)"

# A guest's CPU is slow: fewer times than on a machine.
tap() {
	PROOF_SOAK_RUNS=100 CMOCKA_MESSAGE_OUTPUT=TAP "$1" >/tmp/tap 2>&1
	echo $? >/tmp/tap.status
	while read -r line; do
		case $line in
		*'# SKIP'*) skip "$1-${line##* - }" 'no device' ;;
		'ok '*) ok "$1-${line##* - }" ;;
		'not ok '*) fail "$1-${line##* - }" 'see its output' ;;
		esac
	done </tmp/tap
	sendfile "$1.tap" /tmp/tap
	equal "$1-status" 0 "$(cat /tmp/tap.status)"
}
tap proof_soak
tap exits_live
tap offer_live
check exits virtinfo exits
sendfile exits.txt /tmp/check
unload_kvm
