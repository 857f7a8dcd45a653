/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines of cpuid -r, which cpuid also prints of leaves that it has no words for. */
#ifndef VIRTINFO_INPUT_CPUID_R_H
#define VIRTINFO_INPUT_CPUID_R_H

#include "input/dump.h"

/*
 * Take the dump's line, for which input_is_cpuid_r() is FORM_CERTAIN, as a leaf
 * of that CPU. Returns 0, or -1 with the error filled.
 */
int cpuid_r_leaf(struct dump *dump, struct dump_cpu *cpu);

#endif
