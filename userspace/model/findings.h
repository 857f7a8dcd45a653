/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What does not fit together in the registers of a group, by the rules of the
 * manuals: a control that must be 1 and may not be, one that needs another
 * which is not offered, reserved bits that are set. A real processor has no
 * finding or a known erratum; a hypervisor that makes registers up has some.
 */
#ifndef VIRTINFO_MODEL_FINDINGS_H
#define VIRTINFO_MODEL_FINDINGS_H

#include "model/decode.h"

struct finding {
	enum register_id reg;
	enum field_id field; /* NR_FIELDS: the register as a whole */
	char text[192];	     /* one sentence without its full stop */
};

struct findings {
	struct finding *list;
	size_t count;
	size_t capacity;
};

/*
 * Fill *findings, which was zeroed, in the order of the table's registers.
 * Only registers that were read are judged. Returns 0, or -1 without memory;
 * findings_free() it either way.
 */
int findings_of(struct findings *findings, const struct host_group *group);
void findings_free(struct findings *findings);

#endif
