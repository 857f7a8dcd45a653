# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# What the scripts that judge a guest share: a verdict with its exit status,
# and the capture that must replay to the same one on the host (replay).
. /lab/lib.sh
. /lab/settings

# The exit status of each reason is ABI.
status_of() {
	case $1 in
	ready) echo 0 ;;
	hidden-by-hypervisor) echo 11 ;;
	owned-by-hypervisor) echo 12 ;;
	extension-incomplete) echo 13 ;;
	firmware-disabled) echo 20 ;;
	no-kvm) echo 30 ;;
	kvm-not-loaded) echo 31 ;;
	kvm-refused) echo 32 ;;
	in-use) echo 33 ;;
	restart-needed) echo 34 ;;
	device-missing) echo 40 ;;
	permission-denied) echo 41 ;;
	device-blocked) echo 42 ;;
	kvm-api) echo 50 ;;
	create-failed) echo 51 ;;
	profile-unmet) echo 53 ;;
	*) echo '?' ;;
	esac
}

reason_in() {
	sed -n 's/^    "reason": "\(.*\)",$/\1/p' "$1" | head -n 1
}

# judged NAME REASON COMMAND...: the command is a check --json.
judged() {
	name=$1
	wanted="$2 $(status_of "$2")"
	shift 2
	"$@" >"/tmp/$name.json" 2>/tmp/error
	status=$?
	got="$(reason_in "/tmp/$name.json") $status"
	if [ "$got" = "$wanted" ]; then
		ok "$name"
	else
		fail "$name" "wanted '$wanted', got '$got': $(tail -n 1 /tmp/error)"
	fi
}

# verdict NAME REASON [RUNNER...]: the runner is put before both commands.
verdict() {
	verdict_name=$1
	verdict_reason=$2
	shift 2
	judged "$verdict_name" "$verdict_reason" "$@" virtinfo check --json
	"$@" virtinfo capture >"/tmp/$verdict_name.virtinfo"
	for verdict_file in "$verdict_name.json" "$verdict_name.virtinfo"; do
		gzip -c "/tmp/$verdict_file" >/tmp/packed
		sendfile "$verdict_file.gz" /tmp/packed
	done
}

# says NAME TEXT: the evidence or the remedy of that verdict has the text.
says() {
	check "$1-says-$(echo "$2" | tr -c 'a-zA-Z0-9\n' '-')" \
		grep -q "$2" "/tmp/$1.json"
}

loaded() {
	grep -q "^$1 " /proc/modules
}

# KVM's module for this processor.
kvm_module() {
	case $(value extension) in
	vmx) echo kvm_intel ;;
	*) echo kvm_amd ;;
	esac
}

unload_kvm() {
	rmmod kvm_amd 2>/dev/null
	rmmod kvm_intel 2>/dev/null
	rmmod kvm 2>/dev/null
	rm -f /dev/kvm
}

# A file of a module in this guest's /lib/modules.
module_file() {
	find /lib/modules -name "$1.ko"
}

# tap PROGRAM [RUNS]: its TAP lines are results here. A guest's CPU is slow: what
# repeats does so fewer times than on a machine.
tap() {
	PROOF_SOAK_RUNS=${2:-100} CMOCKA_MESSAGE_OUTPUT=TAP "$1" >/tmp/tap 2>&1
	echo $? >/tmp/tap.status
	while read -r line; do
		case $line in
		*'# SKIP '*) skip "$1-${line##*# SKIP }" 'see its output' ;;
		'ok '*) ok "$1-${line##* - }" ;;
		'not ok '*) fail "$1-${line##* - }" 'see its output' ;;
		esac
	done </tmp/tap
	sendfile "$1.tap" /tmp/tap
	equal "$1-status" 0 "$(cat /tmp/tap.status)"
}
