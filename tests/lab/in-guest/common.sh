# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# What holds on every machine: loading, the text's shape, who sees what, how
# little a read disturbs, unloading.
. /lab/lib.sh
. /lab/settings

check load insmod "$MODULE"
check text-is-there grep -q . "$TEXT"
equal format '1' "$(value virtinfo)"
equal first-line 'virtinfo' "$(head -n 1 "$TEXT" | tr -d ' \t' | cut -d: -f1)"
equal read-only '444' "$(stat -c %a "$TEXT")"
cat "$TEXT" >/tmp/text.root
sendfile virtinfo /tmp/text.root
sendfile cpuinfo /proc/cpuinfo

for key in cpus vendor signature 'model name' extension state paging hypervisor; do
	check "key-$(echo "$key" | tr ' ' -)" value "$key"
done

# Every register line is well formed: four words, a value, a fault or a reason.
malformed() {
	awk '
		function hex(s, digits) {
			return length(s) == digits + 2 && s ~ /^0x[0-9a-f]+$/
		}
		{ colon = index($0, ":"); left = substr($0, 1, colon - 1)
		  right = substr($0, colon + 1); n = split(right, v, " ") }
		$1 == "cpuid" {
			if (right ~ /^[ \t]*not attempted/)
				next
			if (n != 4 || !hex(v[1], 8) || !hex(v[2], 8) ||
			    !hex(v[3], 8) || !hex(v[4], 8))
				print
			seen++
		}
		$1 == "msr" {
			if (!hex($2, 8))
				print
			if (right !~ /^[ \t]*(#GP|not attempted|set|clear)/ &&
			    !(n == 1 && hex(v[1], 16)))
				print
			seen++
		}
		END { if (!seen) print "no register at all" }' "$1"
}
equal register-lines '' "$(malformed /tmp/text.root | head -n 1)"

# The signature is leaf 1's EAX, the vendor the kernel's own.
equal vendor "$(awk -F ': ' '/^vendor_id/ { print $2; exit }' /proc/cpuinfo)" "$(value vendor)"
equal model-name "$(awk -F ': ' '/^model name/ { print $2; exit }' /proc/cpuinfo |
	sed 's/  */ /g; s/ *$//')" "$(value 'model name' | sed 's/  */ /g; s/ *$//')"
equal one-group 1 "$(groups)"
if [ "$LAB_CPUS" -gt 1 ]; then
	equal all-cpus "0-$((LAB_CPUS - 1))" "$(value cpus)"
else
	equal all-cpus 0 "$(value cpus)"
fi

# A reader without CAP_SYS_RAWIO sees no physical address.
unprivileged cat "$TEXT" >/tmp/text.nobody
leaks() {
	awk '$1 == "msr" && $3 ~ /^(VM_HSAVE_PA|RMP_BASE|RMP_END|SEAMRR_BASE|IA32_SEAMRR_PHYS_BASE)$/ &&
		!/:[ \t]*(set|clear|#GP|not attempted)/' "$1"
}
equal no-address-for-nobody '' "$(leaks /tmp/text.nobody | head -n 1)"
check nobody-reads-the-rest grep -q '^cpuid' /tmp/text.nobody

# 1,000 opens by an unprivileged user broadcast at most once a second. The
# kernel's own threads also make function calls, so they are kept on CPU 0 with
# the reader, and the CAL line may tell of a few more than the reader made; a
# probe tells exactly how often the reader did.
tracing=/sys/kernel/tracing
open_often() {
	unprivileged taskset 1 opens 1000 "$1" >/tmp/opens 2>&1
}

quiet_opens() {
	for _ in 1 2 3 4 5; do
		sleep 1
		open_often "$TEXT" || break
		awk '{ v[$1] = $2 }
			END { exit v["broadcasts"] > v["seconds"] + 20 }' \
			/tmp/opens && return 0
	done
	tr '\n' ' ' </tmp/opens
	return 1
}

# Prints how many broadcasts 1,000 opens of a file make, by a probe.
probe_opens() {
	echo >"$tracing"/trace
	sleep 1
	open_often "$1"
	grep -c ' opens-.*broadcast:' "$tracing"/trace
}

# A process makes a few broadcasts as it starts and ends (on Xen): those of
# opening another file are not ours.
probed_opens() {
	mountpoint -q "$tracing" || mount -t tracefs trace "$tracing" || return 1
	echo 'p:broadcast smp_call_function_many_cond' >"$tracing"/kprobe_events || return 1
	echo 1 >"$tracing"/events/kprobes/broadcast/enable
	others=$(probe_opens /proc/version)
	probed=$(probe_opens "$TEXT")
	echo 0 >"$tracing"/events/kprobes/broadcast/enable
	echo >"$tracing"/kprobe_events
	awk -v probed=$((probed - others)) '{ v[$1] = $2 } END {
		printf "%d in %s seconds\n", probed, v["seconds"]
		exit probed < 1 || probed > int(v["seconds"]) + 1
	}' /tmp/opens
}

if [ "$LAB_CPUS" -gt 1 ]; then
	for process in /proc/[0-9]*; do
		taskset -p 1 "${process#/proc/}" >/dev/null 2>&1
	done
	check cal-line-stays quiet_opens
	check one-broadcast-a-second probed_opens
	taskset -p "$(printf %x $(((1 << LAB_CPUS) - 1)))" $$ >/dev/null
fi

check unload rmmod virtinfo
check text-is-gone test ! -e "$TEXT"
check load-again insmod "$MODULE"
