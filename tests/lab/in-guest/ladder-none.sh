# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# A guest to whom nothing is offered: only its host's owner can change it.
. /lab/lib.sh
. /lab/settings

virtinfo check >/tmp/check.txt
equal without-module 11 $?
check tells-of-the-host grep -q 'whoever runs the host' /tmp/check.txt
load
virtinfo check --quiet
equal with-module 11 $?
sendfile check.txt /tmp/check.txt
