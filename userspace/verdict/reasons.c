// SPDX-License-Identifier: GPL-2.0-only
#include "verdict/reasons.h"

static const struct reason_info reasons[NR_REASONS] = {
#define REASON(id, title, status, its_stage, can, text, advice)                \
	[REASON_##id] = { .name = (title),                                     \
			  .exit_status = (status),                             \
			  .stage = STAGE_##its_stage,                          \
			  .usable = ANSWER_##can,                              \
			  .meaning = (text),                                   \
			  .remedy = (advice) },
#include "verdict/reasons.def"
};

static const char *const stage_names[NR_STAGES] = {
	[STAGE_PROCESSOR] = "processor",
	[STAGE_FIRMWARE] = "firmware",
	[STAGE_KERNEL] = "kernel",
	[STAGE_DEVICE] = "device",
	[STAGE_KVM] = "kvm",
	[STAGE_PROFILE_PROCESSOR] = "profile-processor",
	[STAGE_PROFILE_FIRMWARE] = "profile-firmware",
	[STAGE_PROFILE_KERNEL] = "profile-kernel",
	[STAGE_PROFILE_DEVICE] = "profile-device",
	[STAGE_PROFILE_KVM] = "profile-kvm",
};

const struct reason_info *reason_info(enum reason reason)
{
	return &reasons[reason];
}

const char *stage_name(enum stage_id stage)
{
	return stage < NR_STAGES ? stage_names[stage] : NULL;
}
