/* SPDX-License-Identifier: GPL-2.0-only */
/* The kernel modules that verdicts ask for: tables/modules.def. */
#ifndef VIRTINFO_MODEL_KNOWN_MODULES_H
#define VIRTINFO_MODEL_KNOWN_MODULES_H

#include <stdbool.h>

enum known_module_id {
#define MODULE(name, kvm, in_tree) MODULE_##name,
#include "tables/modules.def"
	NR_KNOWN_MODULES
};

struct known_module {
	const char *name; /* as sysfs and lsmod have it */
	bool kvm;	  /* it is one of KVM's */
	bool in_tree; /* of the kernel's own source, and so of its package */
};

extern const struct known_module known_modules[NR_KNOWN_MODULES];

#endif
