/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts about the live system: what the kernel has of KVM, who may open
 * /dev/kvm, what stands beside it. docs/ABI/capture has the keys. Files are
 * read; nothing is run, unless migration asks, and nothing changed, unless
 * try_load does.
 */
#ifndef VIRTINFO_INPUT_SYSTEM_H
#define VIRTINFO_INPUT_SYSTEM_H

#include <stdbool.h>

#include "base/facts.h"

/* Each has what those before it have. */
enum system_scope {
	/*
	 * For a verdict: the disk is asked for kvm and vendor_module; other
	 * modules are facts where they are loaded.
	 */
	SYSTEM_VERDICT,
	/*
	 * For profiles: devices beside KVM's, memory, and of every module that
	 * is known whether it is there to be loaded.
	 */
	SYSTEM_PROFILES,
	/* For a capture: programs, processes, the kernel's configuration. */
	SYSTEM_EVERYTHING,
};

struct system_options {
	/* "" is this system; else a folder laid out as /, for tests. */
	const char *root;
	enum system_scope scope;
	/* KVM's module for this processor, or NULL: look only at what is loaded. */
	const char *vendor_module;
	/* Try to load vendor_module, and keep what the kernel answers. */
	bool try_load;
	/* Also what keeps virtinfo's own module out. */
	bool own_module;
	/*
	 * Also what a guest that moves between hosts depends on: microcode,
	 * vulnerabilities, the date of the firmware, and the versions of QEMU
	 * and libvirt, which are run for it with --version.
	 */
	bool migration;
};

/* Append to facts. Returns 0, or -1 when there is no memory. */
int system_gather(struct facts *facts, const struct system_options *options);

#endif
