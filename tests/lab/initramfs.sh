# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# What a guest boots into: busybox, kernel modules with what they depend on,
# virtinfo.ko, programs with their libraries, and the scripts of in-guest/.
# Source lib.sh first.

# Copies the libraries that FILE needs to TREE.
add_libraries() {
	local file=$1 tree=$2 library
	{ ldd "$file" 2>/dev/null || true; } |
		sed -nE 's,.*[[:space:]](/[^ ]*) \(0x.*,\1,p' |
		while read -r library; do
			mkdir -p "$tree$(dirname "$library")"
			cp -Lu "$library" "$tree$library"
		done
}

# Copies the program PATH of the tree and the libraries it needs to TREE.
# libkmod is loaded by virtinfo when it is asked about modules.
add_program() {
	local path=$TOP/$1 tree=$2 kmod
	[ -x "$path" ] || die "$1 is not built"
	cp "$path" "$tree/bin/"
	add_libraries "$path" "$tree"
	[ "$1" = userspace/virtinfo ] || return 0
	kmod=$(gcc -print-file-name=libkmod.so.2)
	[ -e "$kmod" ] || die 'there is no libkmod.so.2'
	mkdir -p "$tree/usr/lib"
	cp -L "$kmod" "$tree/usr/lib/libkmod.so.2"
	add_libraries "$kmod" "$tree"
}

# Copies modules and what they depend on to TREE: KERNEL's directory, TREE,
# names. A name the kernel does not have is left out: other guests need it.
add_modules() {
	local kernel=$1 tree=$2 version name word file
	version=$(cat "$kernel/version")
	shift 2
	mkdir -p "$tree/lib/modules/$version"
	cp "$kernel/lib/modules/$version"/modules.{builtin,builtin.modinfo,order} \
		"$tree/lib/modules/$version/"
	for name; do
		/sbin/modprobe -C /dev/null -d "$kernel" -S "$version" -q \
			--show-depends "$name" || true
	done | while read -r word file _; do
		[ "$word" = insmod ] || continue
		name=${file#"$kernel"/}
		mkdir -p "$tree/$(dirname "$name")"
		case $name in
		*.xz) xz -dc "$file" >"$tree/${name%.xz}" ;;
		*.zst) zstd -qdc "$file" >"$tree/${name%.zst}" ;;
		*) cp "$file" "$tree/$name" ;;
		esac
	done
	/sbin/depmod -b "$tree" "$version"
}

# make_initramfs KERNEL VIRTINFO.KO FILE: for the stanza in G.
make_initramfs() {
	local kernel=$1 module=$2 file=$3 tree name
	tree=$file.tree
	mkdir -p "$tree"/{bin,dev,etc,lab,lib,proc,sys,tmp,root}
	cp "$OUT/bin/busybox" "$tree/bin/busybox"
	printf 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/tmp:/bin/sh\n' \
		>"$tree/etc/passwd"
	printf 'root:x:0:\nnogroup:x:65534:\n' >"$tree/etc/group"
	cp "$LAB/in-guest/init" "$tree/init"
	cp "$LAB"/in-guest/*.sh "$tree/lab/"
	strip --strip-debug -o "$tree/lab/virtinfo.ko" "$module"
	printf "LAB_RUN='%s'\nLAB_CPUS='%s'\n" "${G[run]}" "${G[cpus]}" \
		>"$tree/lab/settings"
	# shellcheck disable=SC2086 # a list of words
	printf '%s\n' ${G[settings]:-} >>"$tree/lab/settings"
	if [ "${G[install]:-no}" = yes ]; then
		name=$tree/lib/modules/$(cat "$kernel/version")/updates
		mkdir -p "$name"
		cp "$tree/lab/virtinfo.ko" "$name/"
	fi
	# shellcheck disable=SC2086 # lists of names
	add_modules "$kernel" "$tree" ${G[modules]}
	for name in ${G[programs]:-}; do
		add_program "$name" "$tree"
	done
	for name in ${G[files]:-}; do
		cp "$TOP/$name" "$tree/lab/"
	done
	chmod 755 "$tree" "$tree/init"
	(cd "$tree" && find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet) |
		gzip -1 >"$file"
	rm -rf "$tree"
}
