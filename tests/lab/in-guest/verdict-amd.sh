# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# A machine that can, with one thing in the way after the other.
. /lab/verdict.sh

load
unload_kvm
verdict not-loaded kvm-not-loaded
says not-loaded 'modprobe kvm_amd'
# A node that is made in advance loads KVM when it is opened.
mknod -m 0666 /dev/kvm c 10 232
judged not-loaded-with-node kvm-not-loaded virtinfo check --json
if loaded kvm; then
	fail asking-loads-nothing 'kvm was loaded'
else
	ok asking-loads-nothing
fi
rm -f /dev/kvm

mkdir -p /etc/modprobe.d
printf '# no guests here\nblacklist kvm_amd\n' >/etc/modprobe.d/no-kvm.conf
verdict blacklisted kvm-refused
says blacklisted '/etc/modprobe.d/no-kvm.conf:2'
echo 'install kvm_amd /bin/false' >/etc/modprobe.d/no-kvm.conf
verdict install-false kvm-refused
says install-false '/etc/modprobe.d/no-kvm.conf:1'
rm /etc/modprobe.d/no-kvm.conf

judged try-load-as-nobody kvm-refused unprivileged virtinfo check --try-load --json
judged try-load ready virtinfo check --try-load --json
check try-load-loaded-it loaded kvm_amd
verdict loaded ready
says loaded 'a guest ran and gave the right value'
judged no-run ready virtinfo check --no-run --json
says no-run 'no test guest was run'
check in-words virtinfo check
for profile in qemu firecracker nested; do
	check "for-$profile" virtinfo check --quiet --for $profile
done

# Who may open it.
chmod 0600 /dev/kvm
verdict nobody permission-denied unprivileged
echo 'kvm:x:106:nobody' >>/etc/group
chown 0:106 /dev/kvm
chmod 0660 /dev/kvm
verdict member-of-group ready unprivileged
says member-of-group 'a guest ran and gave the right value'
chown 0:77 /dev/kvm
verdict unnamed-group permission-denied unprivileged
says unnamed-group 'groupadd -g 77'
# A user namespace without a map: the group is not one that can be joined.
in_namespace() {
	unprivileged unshare -U "$@"
}
verdict unmapped-group permission-denied in_namespace
says unmapped-group 'not mapped into this user namespace'
# Put into the group after the session began.
sed -i '/^kvm:/d' /etc/group
chown 0:106 /dev/kvm
joined_late() {
	rm -f /tmp/joined
	(
		sleep 1
		grep -q '^kvm:' /etc/group || echo 'kvm:x:106:nobody' >>/etc/group
		touch /tmp/joined
	) &
	unprivileged "until [ -e /tmp/joined ]; do sleep 1; done; $*"
	joined_status=$?
	wait
	sed -i '/^kvm:/d' /etc/group
	return $joined_status
}
verdict joined-late permission-denied joined_late
says joined-late 'since this session began'
echo 'kvm:x:106:nobody' >>/etc/group
chown 0:0 /dev/kvm
verdict no-longer-the-group permission-denied unprivileged
check acl-set setacl /dev/kvm 65534
verdict user-of-acl ready unprivileged
says user-of-acl 'user:65534:rw'

# The device opens; there is no room for a virtual machine beside it.
few_files() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	sh -c 'exec 3>&-; ulimit -n 4; exec "$@"' sh "$@"
}
verdict no-room create-failed few_files
says no-room EMFILE

# Who else may have it.
rm /dev/kvm
verdict no-node device-missing
mknod -m 0666 /dev/kvm c 10 250
verdict nothing-behind device-blocked
says nothing-behind 'nothing behind it'
rm /dev/kvm
mknod -m 0666 /dev/kvm c 1 3
verdict not-kvm kvm-api
rm /dev/kvm
mkdir /tmp/nodev
mount -t tmpfs -o nodev nodev /tmp/nodev
mknod -m 0666 /tmp/nodev/kvm c 10 232
touch /dev/kvm
mount --bind /tmp/nodev/kvm /dev/kvm
verdict nodev device-blocked
says nodev nodev
umount /dev/kvm
rm /dev/kvm
mknod -m 0666 /dev/kvm c 10 232
mkdir -p /tmp/cgroup
if mount -t cgroup -o devices devices /tmp/cgroup; then
	mkdir /tmp/cgroup/no-kvm
	echo a >/tmp/cgroup/no-kvm/devices.deny
	echo 'c 1:* rwm' >/tmp/cgroup/no-kvm/devices.allow
	ruled() {
		# shellcheck disable=SC2016 # expanded by the inner shell
		sh -c 'echo $$ >/tmp/cgroup/no-kvm/cgroup.procs; exec "$@"' sh "$@"
	}
	verdict device-rules device-blocked ruled
	says device-rules EPERM
else
	skip device-rules 'this kernel has no control group of devices'
fi

# Another hypervisor holds SVM: EFER.SVME is set, and not by KVM.
modprobe msr
efer=$(read_msr 0xc0000080)
check efer-written write_msr 0xc0000080 $((efer | 0x1000))
sleep 2
verdict svm-held in-use
says svm-held EBUSY
unload_kvm
verdict svm-held-without-kvm in-use
says svm-held-without-kvm 'EFER bit 12'
check efer-restored write_msr 0xc0000080 $((efer))
sleep 2

# KVM is there and does not offer what a profile asks for.
modprobe kvm_amd nested=0
judged nested-is-off profile-unmet virtinfo check --for nested --json
says nested-is-off 'nested=1'
unload_kvm

# The running kernel's package was replaced by a newer one.
running=/lib/modules/$(uname -r)
mv "$running" /lib/modules/newer
verdict modules-gone restart-needed
says modules-gone 'installed for: newer'
mv /lib/modules/newer "$running"

# The module's file is not installed.
mkdir /tmp/away
mv "$(module_file kvm-amd)" /tmp/away/
dep=$(find /lib/modules -name modules.dep)
cp "$dep"* /tmp/away/
rm -f "$dep".bin
sed -i '/^[^:]*kvm-amd/d' "$dep"
verdict no-module no-kvm
cp /tmp/away/modules.dep* "${dep%/*}/"
mv /tmp/away/kvm-amd.ko "${dep%/*}/kernel/arch/x86/kvm/"
judged as-before kvm-not-loaded virtinfo check --json
