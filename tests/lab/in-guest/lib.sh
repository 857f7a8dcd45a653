# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash
# What the scripts of a guest share: telling results over descriptor 3, and
# reading the text of /proc/virtinfo.

TEXT=/proc/virtinfo
MODULE=/lab/virtinfo.ko
RESULTS=/tmp/results

# Text from anywhere, made fit for one line of the protocol.
lab_line() {
	printf '%s' "$*" | tr '\n' ' ' | sed 's/[^ -~]/ /g' | cut -c 1-300
}

# The kernel's log is told too, so that it shows what a message came after.
lab_result() {
	echo "$1" | tee -a $RESULTS >&3
	echo "$1"
	echo "<6>lab: ${1%%:*}" >/dev/kmsg
}

# ok NAME; fail NAME WHY...; skip NAME WHY...
ok() {
	lab_result "ok $1"
}

fail() {
	name=$1
	shift
	lab_result "not ok $name: $(lab_line "$*")"
}

skip() {
	name=$1
	shift
	lab_result "skip $name: $(lab_line "$*")"
}

# check NAME COMMAND...: ok when the command succeeds, else its last words.
check() {
	check_name=$1
	shift
	if "$@" >/tmp/check 2>&1; then
		ok "$check_name"
	else
		check_status=$?
		fail "$check_name" "$* ended with $check_status: $(tail -n 1 /tmp/check)"
	fi
}

# equal NAME WANTED GOT
equal() {
	if [ "$2" = "$3" ]; then
		ok "$1"
	else
		fail "$1" "wanted '$2', got '$3'"
	fi
}

# sendfile NAME PATH: the host keeps the file among the guest's results.
sendfile() {
	echo "file $1" >&3
	base64 "$2" >&3
	echo end >&3
}

finish() {
	echo "done $(grep -c . $RESULTS)" >&3
}

# The value of a key of the text: the first one, trimmed. "value KEY [FILE]"
value() {
	awk -v key="$1" '
		{ colon = index($0, ":"); name = substr($0, 1, colon - 1)
		  sub(/[ \t]+$/, "", name) }
		colon && name == key {
			text = substr($0, colon + 1); sub(/^[ \t]+/, "", text)
			print text; found = 1; exit
		}
		END { exit !found }' "${2:-$TEXT}"
}

# The value of an MSR in the text, its name left out: "msr 0x0000003a".
msr() {
	awk -v address="$1" '
		$1 == "msr" && $2 == address {
			sub(/^[^:]*:[ \t]*/, ""); print; found = 1; exit
		}
		END { exit !found }' "${2:-$TEXT}"
}

# How many groups of CPUs the text has.
groups() {
	awk '$1 == "vendor" { n++ } END { print n + 0 }' "${1:-$TEXT}"
}

# An MSR of CPU 0 as the kernel's msr device reads it, in the text's own form,
# or "fault".
read_msr() {
	rdmsr "$1" 2>/dev/null || echo fault
}

# A word as eight bytes, the lowest first.
bytes() {
	for shift in 0 8 16 24 32 40 48 56; do
		printf '\\%03o' $((($1 >> shift) & 255))
	done
}

# write_msr ADDRESS VALUE: on CPU 0, by the kernel's msr module.
write_msr() {
	# shellcheck disable=SC2059 # octal numbers
	printf "$(bytes "$2")" |
		dd of=/dev/cpu/0/msr bs=8 count=1 seek=$(($1 / 8)) conv=notrunc 2>/dev/null
}

# Runs a command as a user without any right.
unprivileged() {
	su -s /bin/sh nobody -c "$*"
}

load() {
	grep -q '^virtinfo ' /proc/modules || insmod "$MODULE"
}

# Is this a value as the text writes it: 0x and 16 digits?
is_hex64() {
	case $1 in
	0x????????????????) [ -z "$(printf %s "${1#0x}" | tr -d 0-9a-f)" ] ;;
	*) return 1 ;;
	esac
}

# What kmemleak does not see: memory that each CPU has its own of, in KiB. A
# sample of virtinfo is more than one on each CPU.
percpu() {
	awk '$1 == "Percpu:" { print $2 }' /proc/meminfo
}
