# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=dash source=/dev/null
# A guest to whom nothing is offered: only its host's owner can change it.
. /lab/verdict.sh

rmmod virtinfo 2>/dev/null
verdict without-module hidden-by-hypervisor
load
verdict with-module hidden-by-hypervisor
says with-module 'EPYC,+svm'
