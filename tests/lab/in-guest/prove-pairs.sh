# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# This guest's KVM is asked about a guest of each of the machines in
# /lab/*.virtinfo: "proved" compares its word with that of each rule.
. /lab/verdict.sh

# From 70 on the exit status is the answer.
compared() {
	virtinfo diff "$1" --prove --json >/tmp/proof.json
	status=$?
	[ $status -eq 0 ] || [ $status -ge 70 ]
}

load
modprobe "$(kvm_module)"
for file in /lab/*.virtinfo; do
	[ -e "$file" ] || continue
	from=$(basename "$file" .virtinfo)
	check "diff-$from" compared "$file"
	gzip -c /tmp/proof.json >/tmp/packed
	sendfile "${from#ready.}.proof.gz" /tmp/packed
done
check capture sh -c 'virtinfo capture >/tmp/capture'
gzip -c /tmp/capture >/tmp/packed
sendfile prove.capture.gz /tmp/packed
unload_kvm
