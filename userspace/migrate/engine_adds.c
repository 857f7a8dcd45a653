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

static bool is_there(const struct kvm_caps *caps, int capability)
{
	const struct kvm_cap *cap;

	if (!capability)
		return true;
	cap = caps ? kvm_caps_get(caps, capability) : NULL;
	return cap && cap->value > 0;
}

u32 engine_adds(enum register_id reg, const struct kvm_caps *caps)
{
	u32 bits = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].reg == reg && is_there(caps, rows[i].capability))
			bits |= (u32)field_mask(field_info(rows[i].field));
	return bits;
}
