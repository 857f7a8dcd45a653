// SPDX-License-Identifier: GPL-2.0-only
#include "verdict/processors.h"

#include <string.h>

#include "base/array.h"
#include "summary.h"

static const struct cap_need {
	const char *cap;
	struct processor_feature feature;
} cap_needs[] = {
#define CAP_NEEDS(capability, reg, bit, feature_name)                          \
	{ .cap = "KVM_CAP_" #capability,                                       \
	  .feature = { .field = FIELD_##reg##_##bit,                           \
		       .name = (feature_name) } },
#include "tables/processors.def"
};

static const struct parameter_need {
	const char *module;
	const char *parameter;
	struct processor_feature feature;
} parameter_needs[] = {
#define PARAMETER_NEEDS(of, name_of_it, reg, bit, feature_name)                \
	{ .module = (of),                                                      \
	  .parameter = (name_of_it),                                           \
	  .feature = { .field = FIELD_##reg##_##bit,                           \
		       .name = (feature_name) } },
#include "tables/processors.def"
};

struct models {
	const char *vendor;
	u32 family;
	u32 first;
	u32 last;
};

static const struct models without_ept[] = {
#define WITHOUT_EPT(of_family, from, to)                                       \
	{ .vendor = VI_INTEL,                                                  \
	  .family = (of_family),                                               \
	  .first = (from),                                                     \
	  .last = (to) },
#include "tables/processors.def"
};

static const struct models usually[] = {
#define USUALLY(maker, of_family, from, to)                                    \
	{ .vendor = (maker),                                                   \
	  .family = (of_family),                                               \
	  .first = (from),                                                     \
	  .last = (to) },
#include "tables/processors.def"
};

/* All of a signature that vi_signature() takes apart. */
#define SIGNATURE 0x0fff0fff

static bool is_one_of(const struct host_group *group,
		      const struct models *models, size_t count)
{
	const struct vi_sample *sample = &group->sample;
	struct vi_signature signature =
		vi_signature(sample->leaf[VI_L1][VI_EAX]);
	char vendor[12];
	size_t i;

	if (!vendor_is_known(group) ||
	    SIGNATURE & ~host_group_known(group, VI_L1, VI_EAX))
		return false;
	vi_vendor(sample, vendor);
	for (i = 0; i < count; i++)
		if (!memcmp(vendor, models[i].vendor, sizeof(vendor)) &&
		    signature.family == models[i].family &&
		    signature.model >= models[i].first &&
		    signature.model <= models[i].last)
			return true;
	return false;
}

static bool all_are(const struct host *host, const struct models *models,
		    size_t count)
{
	size_t i;

	for (i = 0; i < host->nr_groups; i++)
		if (!is_one_of(host->groups[i], models, count))
			return false;
	return host->nr_groups > 0;
}

bool processor_usually_can(const struct host *host)
{
	return all_are(host, usually, ARRAY_SIZE(usually));
}

/* Where no register tells, the model does; a guest's may be made up. */
static enum answer has_feature(const struct host *host, enum field_id field)
{
	enum answer answer = host_answer(host, field);

	if (answer == ANSWER_UNKNOWN &&
	    field == FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept &&
	    host_answer(host, FIELD_CPUID_L1_ECX_hypervisor) == ANSWER_NO &&
	    all_are(host, without_ept, ARRAY_SIZE(without_ept)))
		return ANSWER_NO;
	return answer;
}

static const struct processor_feature *
feature_of(const struct requirement *requirement)
{
	size_t i;

	if (requirement->kind == REQUIRE_CAP)
		for (i = 0; i < ARRAY_SIZE(cap_needs); i++)
			if (!strcmp(cap_needs[i].cap, requirement->key))
				return &cap_needs[i].feature;
	if (requirement->kind == REQUIRE_PARAMETER)
		for (i = 0; i < ARRAY_SIZE(parameter_needs); i++)
			if (!strcmp(parameter_needs[i].module,
				    requirement->key) &&
			    !strcmp(parameter_needs[i].parameter,
				    requirement->parameter))
				return &parameter_needs[i].feature;
	return NULL;
}

const struct processor_feature *
processor_lacks(const struct host *host, const struct requirement *requirement)
{
	const struct processor_feature *feature = feature_of(requirement);

	return feature && has_feature(host, feature->field) == ANSWER_NO ?
		       feature :
		       NULL;
}
