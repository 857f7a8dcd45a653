# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# What libvirt and QEMU say here of a guest that has all that another machine
# offers: a line of guest, who is asked, exit status and answer for each.
. /lab/verdict.sh

ROOT=/peers
PATH_INSIDE=/usr/sbin:/usr/bin

inside() {
	chroot $ROOT /usr/bin/env -i PATH=$PATH_INSIDE HOME=/ "$@" 2>&1
}

virsh() {
	inside virsh -q -c qemu:///system "$@"
}

answer() {
	"$@" >/tmp/answer </dev/null
	status=$?
	printf '%s\t%s\t%s\t%s\n' "$guest" "$peer" $status \
		"$(tr -s '\n\t' '  ' </tmp/answer)" >>/tmp/peers
}

# It answers once the machine is made.
enforce() {
	printf '{"execute":"qmp_capabilities"}{"execute":"quit"}' |
		inside qemu-system-x86_64 -accel kvm -M q35 -S -m 16 \
			-nodefaults -display none -qmp stdio -cpu "$1" >/tmp/said
	grep -v '^{' /tmp/said
	grep -q '"return"' /tmp/said
}

load
check modprobe-kvm modprobe "$(kvm_module)"
mkdir $ROOT
check unpack tar -x -C $ROOT -f /lab/migration.tar
for place in dev proc sys; do
	mount -o bind /$place $ROOT/$place
done
cp /bin/busybox $ROOT/usr/bin/env
check libvirtd inside libvirtd -d
for _ in 1 2 3 4 5 6 7 8 9 10; do
	virsh version >/tmp/version && break
	sleep 5
done
check libvirtd-answers virsh version
for file in "$ROOT"/guests/*.xml; do
	guest=$(basename "$file" .xml)
	peer=cpu-compare
	answer virsh cpu-compare --error "/guests/$guest.xml"
	peer=hypervisor-cpu-compare
	answer virsh hypervisor-cpu-compare --virttype kvm --error \
		"/guests/$guest.xml"
	peer=enforce
	answer enforce "$(cat "$ROOT/guests/$guest.cpu")"
	ok "asked-of-$guest"
done
sendfile peers /tmp/peers
