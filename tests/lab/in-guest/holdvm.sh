# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# KVM switches VMX or SVM on with its first VM and off with its last, or (from
# 6.12) as it loads and unloads: the text names the CPUs where it is on.
. /lab/lib.sh
. /lab/settings

extension=$(value extension)
kvm=kvm
case $extension in
vmx) kvm=kvm_intel ;;
svm) kvm=kvm_amd ;;
esac
all=0
[ "$LAB_CPUS" -eq 1 ] || all="0-$((LAB_CPUS - 1))"

equal off-before none "$(value "$extension on")"
check "load-$kvm" modprobe "$kvm"
holdvm >/tmp/holdvm 2>&1 &
holder=$!
for _ in $(seq 300); do
	grep -q . /tmp/holdvm && break
	sleep 0.1
done
equal vm-runs running "$(cat /tmp/holdvm)"
# What changes is refreshed at most once a second.
sleep 2
equal on-with-vm "$all" "$(value "$extension on")"
equal vm-splits-no-group 1 "$(groups)"
cp "$TEXT" /tmp/text.vm
sendfile virtinfo-with-vm /tmp/text.vm
kill $holder
wait $holder 2>/dev/null
check "unload-$kvm" rmmod "$kvm"
sleep 2
equal off-after-vm none "$(value "$extension on")"
