// SPDX-License-Identifier: GPL-2.0-only
#include "model/reasons.h"

#include <string.h>

static const struct reason_info reasons[NR_REASONS] = {
#define REASON(id, title, status, its_rung, can, text, advice)                 \
	[REASON_##id] = { .name = (title),                                     \
			  .exit_status = (status),                             \
			  .rung = RUNG_##its_rung,                             \
			  .usable = ANSWER_##can,                              \
			  .meaning = (text),                                   \
			  .remedy = (advice) },
#include "model/reasons.def"
};

static const char *const rung_names[NR_RUNGS] = {
	[RUNG_PROCESSOR] = "processor",
	[RUNG_FIRMWARE] = "firmware",
	[RUNG_KERNEL] = "kernel",
	[RUNG_DEVICE] = "device",
	[RUNG_KVM] = "kvm",
	[RUNG_PROFILE_PROCESSOR] = "profile-processor",
	[RUNG_PROFILE_FIRMWARE] = "profile-firmware",
	[RUNG_PROFILE_KERNEL] = "profile-kernel",
	[RUNG_PROFILE_DEVICE] = "profile-device",
	[RUNG_PROFILE_KVM] = "profile-kvm",
};

const struct reason_info *reason_info(enum reason reason)
{
	return &reasons[reason];
}

enum reason reason_find(const char *name)
{
	int reason;

	for (reason = 0; reason < NR_REASONS; reason++)
		if (!strcmp(reasons[reason].name, name))
			return reason;
	return NR_REASONS;
}

const char *rung_name(enum rung_id rung)
{
	return rung < NR_RUNGS ? rung_names[rung] : NULL;
}
