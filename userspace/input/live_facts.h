/* SPDX-License-Identifier: GPL-2.0-only */
/* The facts about this system that are not registers. */
#ifndef VIRTINFO_INPUT_LIVE_FACTS_H
#define VIRTINFO_INPUT_LIVE_FACTS_H

#include "model/host.h"

#define LIVE_SYSTEM   0x1 /* what the kernel has of KVM, who may open it */
#define LIVE_BESIDE   0x2 /* with LIVE_SYSTEM: also what else can host guests */
#define LIVE_CAPS     0x4 /* KVM's capabilities */
#define LIVE_PROOF    0x8 /* run a guest */
#define LIVE_TRY_LOAD 0x10 /* load KVM's module for this processor */
#define LIVE_MODULE                                                            \
	0x20 /* with LIVE_SYSTEM: why virtinfo's own module is not there */
/* With LIVE_SYSTEM and LIVE_CAPS: what a guest that moves to or from here needs */
#define LIVE_MIGRATION 0x80
/* Of registers: hypervisor leaves at the first places only, see input_live(). */
#define LIVE_FIRST_HV_LEAVES 0x40

/*
 * Add the facts named by what to those of a host that is this system.
 * Returns 0, or -1 when there is no memory.
 */
int live_facts(struct host *host, unsigned int what);

#endif
