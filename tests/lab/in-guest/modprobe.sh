# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source-path=SCRIPTDIR
# virtinfo.ko from where dkms installed it, loaded by its name.
. /lab/lib.sh

tar -x -C / -f /bin/modules.tar
check 'depmod' depmod
check 'modprobe virtinfo' modprobe virtinfo
equal 'format' 1 "$(value virtinfo)"
equal 'kernel' "$(uname -r)" "$(value kernel)"
check 'modprobe -r virtinfo' modprobe -r virtinfo
check 'unloaded' test ! -e "$TEXT"
