/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of the VMCS, and which of them a processor has. */
#ifndef VIRTINFO_EXPLAIN_VMCS_TABLE_H
#define VIRTINFO_EXPLAIN_VMCS_TABLE_H

#include "model/decode.h"

enum vmcs_group {
	VMCS_CONTROL,
	VMCS_EXIT_INFO, /* read-only, but for IA32_VMX_MISC bit 29 */
	VMCS_GUEST,
	VMCS_HOST,
	VMCS_GROUPS,
};

#define VMCS_NATURAL 0 /* the width of a register */

enum vmcs_exists {
	VMCS_ALWAYS,
	VMCS_IF,	 /* where one of the controls may be 1 */
	VMCS_CR3_TARGET, /* where there are more CR3-target values than target */
	VMCS_NOT_KNOWN,	 /* no register tells */
};

struct vmcs_field {
	unsigned int encoding;
	const char *name;
	const char *title;
	const char *source;
	unsigned int width; /* in bits, or VMCS_NATURAL */
	enum vmcs_group group;
	enum vmcs_exists exists;
	enum field_id controls[2]; /* NR_FIELDS where there is none */
	unsigned int target;
};

extern const struct vmcs_field vmcs_fields[];
extern const size_t vmcs_field_count;

const char *vmcs_group_name(enum vmcs_group group);

/* "16", "32", "64" or "natural". */
const char *vmcs_width_name(const struct vmcs_field *field);

/*
 * Has the processor this field? A field that depends on a control that may
 * not be set is not there; unknown where the input lacks the register.
 */
enum answer vmcs_field_answer(const struct host *host,
			      const struct vmcs_field *field);

/* The field of that name or encoding (0x201a, or 0x201b for its high half). */
const struct vmcs_field *vmcs_field_find(const char *name);

/* How many fields of a group, or of all with VMCS_GROUPS, get that answer. */
size_t vmcs_field_total(const struct host *host, enum vmcs_group group,
			enum answer answer);

#endif
