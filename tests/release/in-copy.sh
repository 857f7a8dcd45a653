# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# A copy of a root of the lab, gone when the command ends. Source lab/lib.sh first.

# in_copy ROOT DIR COMMAND...: runs COMMAND in a copy of ROOT that is gone
# afterwards, DIR on its /mnt.
in_copy() {
	# shellcheck disable=SC2016 # expanded by the inner shell
	as_root unshare --mount --pid --fork --kill-child bash -euc '
		root=$1 dir=$2
		shift 2
		mkdir -p "$dir/copy"
		mount -t tmpfs -o mode=755 tmpfs "$dir/copy"
		cd "$dir/copy"
		mkdir root upper work
		mount -t overlay -o "lowerdir=$root,upperdir=upper,workdir=work" \
			overlay root 2>/dev/null || cp -a "$root/." root/
		mount -t proc proc root/proc
		mount --bind "$dir" root/mnt
		exec chroot root env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"
	' bash "$@"
}
