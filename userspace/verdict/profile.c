// SPDX-License-Identifier: GPL-2.0-only
#include "verdict/profile.h"

#include <stdio.h>
#include <string.h>

#include "kvm/caps.h"
#include "model/kernel_log.h"

static const struct profile profiles[NR_PROFILES] = {
#define KVM true
#define OWN false
#define PROFILE(profile_id, title_name, full, kvm)                             \
	[PROFILE_##profile_id] = { .id = PROFILE_##profile_id,                 \
				   .name = (title_name),                       \
				   .title = (full),                            \
				   .needs_kvm = kvm },
#include "tables/profiles.def"
#undef KVM
#undef OWN
};

#define ANY "any"
#define VMX "vmx"
#define SVM "svm"
#define ROW(id, sort, at, level_name, with)                                    \
	.profile = PROFILE_##id, .kind = REQUIRE_##sort, .stage = STAGE_##at,  \
	.level = LEVEL_##level_name, .extension = with

const struct requirement requirements[] = {
#define CAP(id, level, cap, from)                                              \
	{ ROW(id, CAP, KVM, level, ANY), .key = "KVM_CAP_" #cap,               \
	  .why = "This KVM does not have it: a newer kernel may.",             \
	  .source = (from) },
#define VM_TYPE(id, level, bit, title, from)                                   \
	{ ROW(id, VM_TYPE, KVM, level, ANY), .number = (bit), .name = (title), \
	  .why = "KVM does not make them here.", .source = (from) },
#define BIT(id, level, stage, with, its_field, title, advice, from)            \
	{ ROW(id, BIT, stage, level, with), .field = FIELD_##its_field,        \
	  .name = (title), .why = (advice), .source = (from) },
#define NUMBER(id, level, stage, with, its_field, title, advice, from)         \
	{ ROW(id, NUMBER, stage, level, with), .field = FIELD_##its_field,     \
	  .name = (title), .why = (advice), .source = (from) },
#define ABOVE(id, level, stage, with, its_field, limit, title, advice, from)   \
	{ ROW(id, ABOVE, stage, level, with),                                  \
	  .field = FIELD_##its_field,                                          \
	  .number = (limit),                                                   \
	  .name = (title),                                                     \
	  .why = (advice),                                                     \
	  .source = (from) },
#define MODULE(id, level, with, module, from)                                  \
	{ ROW(id, MODULE, KERNEL, level, with), .key = (module),               \
	  .why = "As root: modprobe " module ".", .source = (from) },
#define PARAMETER(id, level, with, module, its_parameter, advice, from)        \
	{ ROW(id, PARAMETER, KERNEL, level, with), .key = (module),            \
	  .parameter = (its_parameter), .why = (advice), .source = (from) },
#define DEVICE(id, level, node, advice, from)                                  \
	{ ROW(id, DEVICE, DEVICE, level, ANY), .key = (node), .why = (advice), \
	  .source = (from) },
#define MSR(id, level, with, index, title, advice, from)                       \
	{ ROW(id, MSR, KVM, level, with), .number = (index), .name = (title),  \
	  .why = (advice), .source = (from) },
#define FACT(id, level, stage, with, its_key, title, advice, from)             \
	{ ROW(id, FACT, stage, level, with), .key = (its_key),                 \
	  .name = (title), .why = (advice), .source = (from) },
#define OFF(id, level, stage, its_key, title, advice, from)                    \
	{ ROW(id, OFF, stage, level, ANY), .key = (its_key), .name = (title),  \
	  .why = (advice), .source = (from) },
#define KERNEL(id, level, major, minor, from)                                  \
	{ ROW(id, KERNEL, KERNEL, level, ANY),                                 \
	  .number = KERNEL_RELEASE(major, minor),                              \
	  .name = "Linux " #major "." #minor " or newer",                      \
	  .why = "Boot a newer kernel, or one whose vendor has added it.",     \
	  .source = (from) },
#define IOMMU(id, level, advice, from)                                         \
	{ ROW(id, IOMMU, KERNEL, level, ANY),                                  \
	  .name = "IOMMU on, not in passthrough mode", .why = (advice),        \
	  .source = (from) },
#define LINE(id, at, claim, advice, from)                                      \
	{ ROW(id, LINE, at, MUST, ANY), .number = LOG_##claim,                 \
	  .why = (advice), .source = (from) },
#define SHARED(id, level, from)                                                \
	{ ROW(id, SHARED, KERNEL, level, ANY),                                 \
	  .name = "VMX or SVM shared with KVM", .source = (from) },
#define FREE(id, level, from)                                                                                                       \
	{ ROW(id, FREE, KERNEL, level, ANY), .name = "VMX or SVM not in use",                                                       \
	  .why = "Shut down KVM's guests; from Linux 6.12 on unload kvm_intel or kvm_amd, or load kvm with enable_virt_at_load=0.", \
	  .source = (from) },
#include "tables/profiles.def"
};

const struct profile *profile_at(enum profile_id id)
{
	return &profiles[id];
}

const struct profile *profile_find(const char *name)
{
	for (int id = 0; id < NR_PROFILES; id++)
		if (!strcmp(profiles[id].name, name))
			return &profiles[id];
	return NULL;
}

const size_t requirement_count = ARRAY_SIZE(requirements);

const char *requirement_name(const struct requirement *requirement,
			     char text[REQUIREMENT_TEXT])
{
	if (requirement->name)
		return requirement->name;
	switch (requirement->kind) {
	case REQUIRE_MODULE:
		snprintf(text, REQUIREMENT_TEXT, "module %s", requirement->key);
		break;
	case REQUIRE_PARAMETER:
		snprintf(text, REQUIREMENT_TEXT, "parameter %s.%s",
			 requirement->key, requirement->parameter);
		break;
	case REQUIRE_DEVICE:
		snprintf(text, REQUIREMENT_TEXT, "/dev/%s", requirement->key);
		break;
	case REQUIRE_LINE:
		snprintf(
			text, REQUIREMENT_TEXT, "kernel log without: %s",
			log_claim_meaning((enum log_claim)requirement->number));
		break;
	default:
		return requirement->key;
	}
	return text;
}
