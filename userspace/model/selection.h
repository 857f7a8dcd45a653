/* SPDX-License-Identifier: GPL-2.0-only */
/* Which registers and fields a person asked for. */
#ifndef VIRTINFO_MODEL_SELECTION_H
#define VIRTINFO_MODEL_SELECTION_H

#include "model/decode.h"

struct selection {
	bool everything;
	bool registers[NR_REGISTERS]; /* at least one field of it */
	bool fields[NR_FIELDS];
};

void selection_all(struct selection *selection);

/*
 * Add what word names: a register by its name or address, all registers of a
 * CPUID leaf by its number, a field by its name in whatever register.
 * False when it names nothing.
 */
bool selection_add(struct selection *selection, const char *word);

#endif
