/* SPDX-License-Identifier: GPL-2.0-only */
/* What a processor cannot, whatever the kernel (tables/processors.def). */
#ifndef VIRTINFO_VERDICT_PROCESSORS_H
#define VIRTINFO_VERDICT_PROCESSORS_H

#include "verdict/profile.h"

struct processor_feature {
	enum field_id field;
	const char *name; /* "XSAVE" */
};

/*
 * The feature of the processor that a requirement to KVM (a capability, a
 * parameter) stands on, where the processor is known to lack it; else NULL.
 */
const struct processor_feature *
processor_lacks(const struct host *host, const struct requirement *requirement);

/* Are all CPUs of models that are known with VMX or SVM only? */
bool processor_usually_can(const struct host *host);

#endif
