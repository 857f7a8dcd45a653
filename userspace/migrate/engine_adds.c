// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/engine_adds.h"

#include "base/array.h"

static const struct {
	enum register_id reg;
	enum field_id field;
	int capability; /* 0: none is needed */
} rows[] = {
#define ENGINE_ADDS(register, name, number)                                    \
	{ .reg = REG_##register,                                               \
	  .field = FIELD_##register##_##name,                                  \
	  .capability = (number) },
#include "tables/migration.def"
};

static enum answer has(const struct kvm_caps *caps, int capability)
{
	const struct kvm_cap *cap;

	if (!capability)
		return ANSWER_YES;
	cap = caps ? kvm_caps_get(caps, capability) : NULL;
	if (!cap || !cap->asked || cap->error)
		return ANSWER_UNKNOWN;
	return cap->value > 0 ? ANSWER_YES : ANSWER_NO;
}

u32 engine_adds(enum register_id reg, const struct kvm_caps *caps,
		enum answer answer)
{
	u32 bits = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].reg == reg &&
		    has(caps, rows[i].capability) == answer)
			bits |= (u32)field_mask(field_info(rows[i].field));
	return bits;
}
