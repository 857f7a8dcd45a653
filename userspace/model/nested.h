/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The hardware's VMX capabilities beside those that KVM offers to a guest
 * which wants to be a hypervisor itself.
 */
#ifndef VIRTINFO_MODEL_NESTED_H
#define VIRTINFO_MODEL_NESTED_H

#include "kvm/caps.h"
#include "model/decode.h"

#define NESTED_WORD 40

enum nested_relation {
	NESTED_UNKNOWN, /* one side is not known */
	NESTED_SAME,
	NESTED_WITHHELD, /* the hardware can, KVM does not pass it on */
	NESTED_EMULATED, /* KVM offers what the hardware does not have */
	NESTED_DIFFERS,	 /* a number, or how a control may be set */
};

struct nested_row {
	enum field_id field;
	char hardware[NESTED_WORD]; /* "yes", "0x7f", "unknown", ... */
	char kvm[NESTED_WORD];
	enum nested_relation relation;
};

/*
 * The fields of the VMX capability MSRs that either side has, in the table's
 * order. Returns their number with *rows to be freed, or -1 without memory.
 */
int nested_compare(const struct host *host, const struct kvm_caps *caps,
		   struct nested_row **rows);

/* "same", "withheld", ... */
const char *nested_relation_name(enum nested_relation relation);

/*
 * The name of an MSR that KVM offers, NULL if it has none here. What
 * common/registers.def lacks because virtinfo does not read it is named too.
 */
const char *nested_msr_name(uint32_t index);

#endif
