// SPDX-License-Identifier: GPL-2.0-only
#include "model/known_modules.h"

const struct known_module known_modules[NR_KNOWN_MODULES] = {
#define MODULE(id, is_kvm, of_tree)                                            \
	[MODULE_##id] = { .name = #id, .kvm = (is_kvm), .in_tree = (of_tree) },
#include "tables/modules.def"
};
