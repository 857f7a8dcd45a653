/* SPDX-License-Identifier: GPL-2.0-only */
/* The reasons of the ladder (model/reasons.def). */
#ifndef VIRTINFO_MODEL_REASONS_H
#define VIRTINFO_MODEL_REASONS_H

#include "model/decode.h"

/* In the order in which they are judged. */
enum rung_id {
	RUNG_PROCESSOR,
	RUNG_FIRMWARE,
	RUNG_KERNEL,
	RUNG_DEVICE,
	RUNG_KVM,
	/* What a profile asks for beyond the above, only where one is judged. */
	RUNG_PROFILE_PROCESSOR,
	RUNG_PROFILE_FIRMWARE,
	RUNG_PROFILE_KERNEL,
	RUNG_PROFILE_DEVICE,
	RUNG_PROFILE_KVM,
	NR_RUNGS,
	RUNG_NONE = NR_RUNGS,
};

enum reason {
#define REASON(id, name, status, rung, usable, meaning, remedy) REASON_##id,
#include "model/reasons.def"
	NR_REASONS,
	REASON_NONE = NR_REASONS,
};

struct reason_info {
	const char *name;
	int exit_status;
	enum rung_id rung; /* RUNG_NONE where it may be any */
	enum answer usable;
	const char *meaning;
	const char *remedy; /* "" where every case has its own */
};

const struct reason_info *reason_info(enum reason reason);

/* The reason of that name, NR_REASONS if there is none. */
enum reason reason_find(const char *name);

/* One word: "processor"; NULL for RUNG_NONE. */
const char *rung_name(enum rung_id rung);

#endif
