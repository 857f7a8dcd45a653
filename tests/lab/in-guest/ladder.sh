# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# The verdicts of check on a machine that can, with one thing in the way after
# the other. Each is captured too, and must be judged alike from the capture.
. /lab/lib.sh
. /lab/settings

grep -q ' svm' /proc/cpuinfo && vendor=kvm_amd || vendor=kvm_intel

# verdict NAME WANTED COMMAND...: COMMAND runs virtinfo check --json.
verdict() {
	name=$1
	wanted=$2
	shift 2
	"$@" >"/tmp/$name.json" 2>/tmp/error
	status=$?
	got=$(sed -n 's/^    "reason": "\(.*\)",$/\1/p' "/tmp/$name.json" | head -n 1)
	if [ "$got" = "$wanted" ]; then
		ok "$name-$wanted"
	else
		fail "$name-$wanted" "status $status, reason '$got': $(tail -n 1 /tmp/error)"
		sendfile "$name.json" "/tmp/$name.json"
	fi
}

replay() {
	virtinfo capture >"/tmp/$1.virtinfo"
	verdict "$1-replayed" "$2" virtinfo check --json --input "/tmp/$1.virtinfo"
}

load
modprobe -r "$vendor" kvm 2>/dev/null
# Who only asks must not load it: not even by opening a node made in advance.
[ -e /dev/kvm ] || mknod -m 0600 /dev/kvm c 10 232
verdict not-loaded kvm-not-loaded virtinfo check --json
replay not-loaded kvm-not-loaded
case $(cat /proc/modules) in
*kvm*) fail asking-loads-nothing "kvm was loaded" ;;
*) ok asking-loads-nothing ;;
esac

mkdir -p /etc/modprobe.d
printf 'options kvm nx_huge_pages=0\nblacklist %s\n' "$vendor" >/etc/modprobe.d/no.conf
verdict blacklisted kvm-refused virtinfo check --json
check blacklist-names-the-line grep -q '/etc/modprobe.d/no.conf:2' /tmp/blacklisted.json
replay blacklisted kvm-refused
echo "install $vendor /bin/false" >/etc/modprobe.d/no.conf
verdict install-false kvm-refused virtinfo check --json
rm /etc/modprobe.d/no.conf

modprobe "$vendor"
[ -e /dev/kvm ] || mknod -m 0600 /dev/kvm c 10 232
verdict loaded ready virtinfo check --json
check a-guest-ran grep -q 'a guest ran and gave the right value' /tmp/loaded.json
replay loaded ready
verdict no-run ready virtinfo check --json --no-run
check check-in-words virtinfo check
check for-qemu virtinfo check --quiet --for qemu
check for-firecracker virtinfo check --quiet --for firecracker
check for-nested virtinfo check --quiet --for nested

chmod 0600 /dev/kvm
verdict nobody permission-denied unprivileged virtinfo check --json
chmod 0666 /dev/kvm
verdict nobody-allowed ready unprivileged virtinfo check --json

# Four files at most: the device opens, the virtual machine does not.
verdict no-files create-failed sh -c 'exec 3>&-; ulimit -n 4; exec virtinfo check --json'

rm /dev/kvm
verdict no-node device-missing virtinfo check --json
replay no-node device-missing
mknod /dev/kvm c 10 231
verdict nothing-behind device-blocked virtinfo check --json
rm /dev/kvm
mknod -m 0666 /dev/kvm c 10 232
