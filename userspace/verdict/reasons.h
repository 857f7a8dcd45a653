/* SPDX-License-Identifier: GPL-2.0-only */
/* The reasons of the verdict (verdict/reasons.def). */
#ifndef VIRTINFO_VERDICT_REASONS_H
#define VIRTINFO_VERDICT_REASONS_H

#include "model/decode.h"

/* In the order in which they are judged. */
enum stage_id {
	STAGE_PROCESSOR,
	STAGE_FIRMWARE,
	STAGE_KERNEL,
	STAGE_DEVICE,
	STAGE_KVM,
	/* What a profile asks for beyond the above, only where one is judged. */
	STAGE_PROFILE_PROCESSOR,
	STAGE_PROFILE_FIRMWARE,
	STAGE_PROFILE_KERNEL,
	STAGE_PROFILE_DEVICE,
	STAGE_PROFILE_KVM,
	NR_STAGES,
	STAGE_NONE = NR_STAGES,
};

enum reason {
#define REASON(id, name, status, stage, usable, meaning, remedy) REASON_##id,
#include "verdict/reasons.def"
	NR_REASONS,
	REASON_NONE = NR_REASONS,
};

struct reason_info {
	const char *name;
	int exit_status;
	enum stage_id stage; /* STAGE_NONE where it may be any */
	enum answer usable;
	const char *meaning;
	const char *remedy; /* "" where every case has its own */
};

const struct reason_info *reason_info(enum reason reason);

/* One word: "processor"; NULL for STAGE_NONE. */
const char *stage_name(enum stage_id stage);

#endif
