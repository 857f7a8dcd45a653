# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What every program of the lab shares: where things are, messages, root's
# rights, locks, and artefacts sealed with the checksums of their files.
set -euo pipefail

# shellcheck disable=SC2034 # for those that source this
{
	LAB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
	TOP=$(cd "$LAB/../.." && pwd)
	CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/virtinfo
	OUT=$TOP/build/lab
	PROGRAM=$(basename "$0")
}

say() {
	printf '%s: %s\n' "$PROGRAM" "$*" >&2
}

die() {
	say "$*"
	exit 1
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo -- "$@"
	fi
}

# The lab builds and boots in mount namespaces of their own.
needs_namespaces() {
	local said
	said=$(as_root unshare --mount true 2>&1) || die "$said
no mount namespace can be made here: that needs root's rights (CAP_SYS_ADMIN), and a root directory that is a mount point, which that of a plain chroot is not: mount --bind DIR DIR; chroot DIR"
}

# Waits for and holds the lock NAME until this process (or subshell) ends.
hold_lock() {
	local fd
	mkdir -p "$CACHE/locks"
	exec {fd}>"$CACHE/locks/$1"
	flock "$fd"
}

# The files of the tree DIR that a seal covers: what is not volatile.
sealed_files() {
	as_root find "$1" -xdev \( -path "$1/proc" -o -path "$1/tmp" -o \
		-path "$1/run" -o -path "$1/var/cache" -o -path "$1/var/lib/apt" \
		-o -path "$1/var/log" \) -prune -o -type f -print0
}

# Writes DIR.sha256, the checksum of every file of the finished tree DIR.
seal() {
	sealed_files "$1" | as_root xargs -0 -n 500 -P 2 sha256sum >"$1.sha256.new"
	mv "$1.sha256.new" "$1.sha256"
}

# Is the tree DIR there, complete and unchanged since it was sealed? A program that
# asks hundreds of times may have the answer kept, in its folder VIRTINFO_VERIFIED.
sealed() {
	local kept=${VIRTINFO_VERIFIED:+$VIRTINFO_VERIFIED/${1//\//_}}
	[ -d "$1" ] && [ -s "$1.sha256" ] || return 1
	[ -z "$kept" ] || [ ! "$kept" -nt "$1.sha256" ] || return 0
	as_root xargs -d '\n' -n 500 -P 2 \
		sh -c 'printf "%s\n" "$@" | sha256sum --status -c' sh \
		<"$1.sha256" || return 1
	[ -z "$kept" ] || : >"$kept"
}

# Takes away the tree DIR and its seal.
unmake() {
	rm -f "$1.sha256"
	as_root rm -rf --one-file-system "$1"
}

# The fragment of the kernel NAME, FLAVOUR-VERSION, that is built from source
# (tests/debug, tests/configs); nothing, and false, where Debian has built it.
fragment() {
	local dir
	for dir in debug configs; do
		if [ -e "$TOP/tests/$dir/${1%-*}.config" ]; then
			printf '%s\n' "$TOP/tests/$dir/${1%-*}.config"
			return 0
		fi
	done
	return 1
}

# What compiles a kernel with that fragment, and its modules: gcc or llvm.
toolchain() {
	if grep -qx CONFIG_CC_IS_CLANG=y "$1"; then
		echo llvm
	else
		echo gcc
	fi
}

# The Debian release that has linux-source-VERSION and its compiler.
source_release() {
	awk -v version="$1" '$1 == $2 "-" version { print $2; exit }' \
		"$LAB/kernels.conf"
}
