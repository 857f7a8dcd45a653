// SPDX-License-Identifier: GPL-2.0-only
#include "model/parameters.h"

const struct kvm_parameter kvm_parameters[] = {
#define PARAMETER(of, title, other)                                            \
	{ .module = #of, .name = #title, .beside = (other) },
#include "tables/parameters.def"
};

const size_t kvm_parameter_count = ARRAY_SIZE(kvm_parameters);

/* A bool is Y or N in sysfs, and some are a number. */
enum answer kvm_parameter_answer(const struct host *host,
				 const struct kvm_parameter *parameter)
{
	const char *value = facts_getf(host->facts, "parameter %s.%s",
				       parameter->module, parameter->name);

	if (!value)
		return ANSWER_UNKNOWN;
	if (!strcmp(value, "Y") || !strcmp(value, "1"))
		return ANSWER_YES;
	if (!strcmp(value, "N") || !strcmp(value, "0"))
		return ANSWER_NO;
	return ANSWER_UNKNOWN;
}
