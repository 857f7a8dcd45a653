# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# SVM without NX, which kvm_amd refuses to load without; and a kernel's log that
# not everybody may read.
. /lab/verdict.sh

load
unload_kvm
verdict no-nx extension-incomplete
says no-nx 'kvm_amd needs: nx (0x80000001:0:edx bit 20)'
check kvm-refuses sh -c '! modprobe kvm_amd 2>/dev/null'
judged no-nx-tried extension-incomplete virtinfo check --try-load --json
says no-nx-tried 'loading kvm_amd: EOPNOTSUPP'
says no-nx-tried 'kernel log: .*NX (Execute Disable) not supported'

echo 1 >/proc/sys/kernel/dmesg_restrict
verdict log-unreadable extension-incomplete unprivileged
says log-unreadable 'kernel log: unreadable (EPERM)'
echo 0 >/proc/sys/kernel/dmesg_restrict
verdict log-readable extension-incomplete unprivileged
says log-readable 'kernel log: .*NX (Execute Disable) not supported'
