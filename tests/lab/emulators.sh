# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# How each emulator boots a kernel and an initramfs. prepare_NAME DIR KERNEL
# makes what it boots from; start_NAME DIR KERNEL, run as a process of its own,
# lasts until the guest is off. DIR holds initrd.gz and takes "console" (first
# serial port) and "channel" (second serial port).
# Source lib.sh and conf.sh first.

qemu() {
	exec qemu-system-x86_64 -accel "tcg,thread=${G[threads]:-multi}" -cpu "${G[cpu]}" \
		-smp "${G[cpus]}" -m "${G[memory]}" -nodefaults -no-reboot \
		-display none -monitor none \
		-serial "file:$1/console" -serial "file:$1/channel" "${@:2}"
}

prepare_qemu() {
	:
}

start_qemu() {
	qemu "$1" -kernel "$2/vmlinuz" -initrd "$1/initrd.gz" \
		-append "console=ttyS0 ${G[append]:-}"
}

# Xen has the first serial port, its dom0's console comes out there as well;
# the second one is dom0's own. QEMU parts modules by commas.
prepare_xen() {
	local xen
	xen=$("$LAB/kernel" xen)
	gunzip -c "$xen"/boot/xen-*.gz >"$1/xen.elf"
}

start_xen() {
	qemu "$1" -kernel "$1/xen.elf" \
		-append "console=com1 com1=115200,8n1 ${G[xen]:-}" \
		-initrd "$2/vmlinuz console=hvc0 ${G[append]:-},$1/initrd.gz"
}

# Bochs' configuration.
bochsrc() {
	cat <<-EOF
	display_library: term
	megs: ${G[memory]}
	cpu: count=${G[cpus]}, ips=500000000, reset_on_triple_fault=0, ${G[cpu]}
	clock: sync=none
	romimage: file=/usr/share/bochs/BIOS-bochs-latest
	vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
	ata0-master: type=cdrom, path=/mnt/boot.iso, status=inserted
	boot: cdrom
	com1: enabled=1, mode=file, dev=/mnt/console
	com2: enabled=1, mode=file, dev=/mnt/channel
	log: /mnt/bochs.log
	panic: action=fatal
	error: action=report
	info: action=ignore
	sound: waveoutdrv=dummy
	speaker: enabled=0
	EOF
}

# GRUB's menu.
grub_cfg() {
	printf 'set timeout=0\nmenuentry lab {\n'
	printf '%s' "${G[grub]:-}" | tr ';' '\n'
	printf '\nlinux /vmlinuz console=ttyS0,115200 %s\ninitrd /initrd.gz\n}\n' \
		"${G[append]:-}"
}

# Bochs comes from a root of the release that has the version wanted, whatever
# this machine's own is. Debian's has its debugger: "c" lets it run.
prepare_bochs() {
	local dir=$1 kernel=$2
	"$LAB/root" "${G[release]}" bochs bochsbios vgabios bochs-term >"$dir/root"
	mkdir -p "$dir/iso/boot/grub"
	cp "$kernel/vmlinuz" "$dir/initrd.gz" "$dir/iso/"
	grub_cfg >"$dir/iso/boot/grub/grub.cfg"
	grub-mkrescue -d /usr/lib/grub/i386-pc -o "$dir/boot.iso" "$dir/iso" >"$dir/grub.log" 2>&1 ||
		die "grub-mkrescue failed, see $dir/grub.log"
	rm -rf "$dir/iso"
	bochsrc >"$dir/bochsrc"
	echo c >"$dir/bochs.rc"
}

# Reads the terminal that Bochs opens for the guest's screen, beside its own.
# Without a reader Bochs waits forever when 20 kB are in it, which the cursor's
# blinking alone makes if the guest takes long enough.
read_screen() {
	local name=''
	until [ -n "$name" ]; do
		sleep 1
		name=$(sed -n 's,.*connected to screen "\(/dev/pts/[0-9]*\)".*,\1,p' \
			"$1/screen") || true
	done
	as_root stty -F "$name" raw -echo || true
	as_root cat "$name" >/dev/null || true
}

# "script" stops reading Bochs's screen when its own input ends, and Bochs then
# waits for it forever: the input is a pipe that nobody closes.
start_bochs() {
	local reader
	[ -p "$1/stdin" ] || mkfifo "$1/stdin"
	read_screen "$1" 2>/dev/null &
	reader=$!
	# shellcheck disable=SC2016 # expanded by the inner shell
	as_root unshare --mount --pid --fork --kill-child bash -euc '
		mount -t proc proc "$1/proc"
		mount --rbind /dev "$1/dev"
		mount --bind "$2" "$1/mnt"
		exec chroot "$1" env -i PATH=/usr/bin:/bin TERM=xterm HOME=/tmp \
			script -qec "bochs -q -f /mnt/bochsrc -rc /mnt/bochs.rc" /dev/null
	' bash "$(cat "$1/root")" "$1" <>"$1/stdin" >"$1/screen" 2>&1 || true
	end_tree "$reader"
}
