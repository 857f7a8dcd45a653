# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# Xen keeps SVM to itself.
. /lab/lib.sh

load
equal vm-cr-faults '#GP' "$(msr 0xc0010114)"
