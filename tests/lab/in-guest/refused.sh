# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# A kernel that is locked down or enforces signatures refuses our unsigned module.
. /lab/lib.sh

if insmod "$MODULE" 2>/tmp/refusal; then
	fail refused "the kernel took an unsigned module"
else
	ok refused
fi
check no-text test ! -e "$TEXT"
