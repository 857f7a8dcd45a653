/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts about the live system for the verdict: what the kernel has of KVM, who
 * may open /dev/kvm, what stands beside it. docs/ABI/capture has the keys.
 * Files are read; nothing is run and nothing changed, unless try_load asks.
 */
#ifndef VIRTINFO_INPUT_SYSTEM_H
#define VIRTINFO_INPUT_SYSTEM_H

#include <stdbool.h>

#include "base/facts.h"

struct system_options {
	/* A folder laid out as /, for tests; NULL or "" is this system. */
	const char *root;
	/* KVM's module for this processor, or NULL: look only at what is loaded. */
	const char *vendor_module;
	/* Try to load vendor_module, and tell what the kernel answers. */
	bool try_load;
	/* Also what only a capture needs: programs, processes, configuration. */
	bool everything;
	/*
	 * Also what profiles ask for beside KVM: devices, memory, and of every
	 * module that is known whether it is there to be loaded. Without it the
	 * disk is asked for kvm and vendor_module; what is loaded is told in
	 * any case.
	 */
	bool profiles;
};

/* Append to facts. Returns 0, or -1 when there is no memory. */
int system_gather(struct facts *facts, const struct system_options *options);

#endif
