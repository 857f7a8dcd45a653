// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/compare.h"

#include "migrate/engine_adds.h"

#define EAX VI_EAX
#define EBX VI_EBX
#define ECX VI_ECX
#define EDX VI_EDX

const struct comparison comparisons[NR_COMPARISONS] = {
#define COMPARE(rule_id, register, mask, kind, passes, makes)                  \
	{ .rule = RULE_##rule_id,                                              \
	  .how = (kind),                                                       \
	  .reg = REG_##register,                                               \
	  .bits = (mask),                                                      \
	  .offers = (passes),                                                  \
	  .adds = (makes) },
#define COMPARE_LEAF(rule_id, leaf_id, register, mask, kind, passes, makes)    \
	{ .rule = RULE_##rule_id,                                              \
	  .how = (kind),                                                       \
	  .reg = NR_REGISTERS,                                                 \
	  .leaf = VI_##leaf_id,                                                \
	  .output = (register),                                                \
	  .bits = (mask),                                                      \
	  .offers = (passes),                                                  \
	  .adds = (makes) },
#include "tables/migration.def"
};

/* What is certainly not there is 0; all other reads without a value are open. */
static bool known_absent(const struct host_group *group,
			 const struct comparison *comparison)
{
	const struct register_info *info;

	/* State components: leaf 0DH has said which there are. */
	if (comparison->reg == NR_REGISTERS)
		return group->sample.leaf_status[VI_LD_0] == VI_READ &&
		       group->sample.leaf_status[VI_LD_1] == VI_READ &&
		       !vi_leaf_possible(&group->sample, comparison->leaf);
	info = register_info(comparison->reg);
	return info->nr_fields &&
	       field_answer(group, info->first_field) == ANSWER_NO;
}

static struct register_value value_of(const struct side *side,
				      const struct comparison *comparison)
{
	const struct vi_sample *sample = &side->offer->sample;

	if (comparison->reg != NR_REGISTERS)
		return register_value(side->offer, comparison->reg);
	return (struct register_value){
		.status = sample->leaf_status[comparison->leaf],
		.value = sample->leaf[comparison->leaf][comparison->output],
	};
}

static bool is_msr(const struct comparison *comparison)
{
	return comparison->reg != NR_REGISTERS &&
	       register_info(comparison->reg)->class == REGISTER_MSR;
}

/* What KVM's list need not name, by a capability that the input does not have. */
static u64 open_bits(const struct side *side,
		     const struct comparison *comparison)
{
	if (!side->host || !side->cpuid_from_kvm ||
	    comparison->reg == NR_REGISTERS)
		return 0;
	return engine_adds(comparison->reg, &side->host->system.kvm,
			   ANSWER_UNKNOWN) &
	       comparison->bits;
}

static struct compared compared(const struct side *side,
				const struct comparison *comparison)
{
	struct register_value raw = value_of(side, comparison);
	struct compared value = {
		.from_kvm = is_msr(comparison) ? side->msrs_from_kvm :
						 side->cpuid_from_kvm,
	};

	if (raw.status == VI_READ) {
		value.known = true;
		value.value = raw.value & comparison->bits;
		value.open = open_bits(side, comparison) & ~value.value;
	} else if (raw.status == VI_NOT_ATTEMPTED) {
		value.known = true;
	} else if (!value.from_kvm && comparison->how != REVERSE) {
		/* KVM may have what the processor has not: then 0 is no answer. */
		value.known = known_absent(side->offer, comparison);
	}
	return value;
}

void compare_values(const struct side *side, struct compared *values)
{
	size_t i;

	for (i = 0; i < NR_COMPARISONS; i++)
		values[i] = compared(side, &comparisons[i]);
}

/*
 * The processor has at least what KVM passes on of it, besides what KVM makes
 * itself.
 */
static enum migration_answer subset(const struct comparison *comparison,
				    struct compared from, struct compared to,
				    u64 *bits)
{
	bool nothing = !comparison->offers && !comparison->adds;
	u64 has = from.value, may_have = from.open, finds = to.value;

	if (!from.from_kvm) {
		if (nothing && has)
			return MIGRATION_UNKNOWN;
		may_have |= comparison->adds & ~has;
		has &= comparison->offers;
	}
	if (from.known && !has && !may_have)
		return MIGRATION_SAFE;
	if (!from.known || !to.known || (!to.from_kvm && nothing))
		return MIGRATION_UNKNOWN;
	if (!to.from_kvm)
		finds |= comparison->adds;
	*bits = has & ~finds & ~to.open;
	if (*bits)
		return MIGRATION_UNSAFE;
	may_have |= has & to.open;
	return to.from_kvm && !(may_have & ~finds) ? MIGRATION_SAFE :
						     MIGRATION_UNKNOWN;
}

static enum migration_answer controls(struct compared from, struct compared to,
				      u64 *bits)
{
	u64 must = to.value & ~from.value & 0xffffffff;
	u64 may = from.value & ~to.value & 0xffffffff00000000;

	*bits = must | may;
	return *bits ? MIGRATION_UNSAFE : MIGRATION_SAFE;
}

/* Whatever it finds. */
static enum migration_answer none(const struct comparison *comparison,
				  struct compared from, u64 *bits)
{
	if (from.known && !from.value)
		return MIGRATION_SAFE;
	if (!from.known || (!from.from_kvm && !comparison->offers))
		return MIGRATION_UNKNOWN;
	*bits = from.value;
	return MIGRATION_UNSAFE;
}

static bool holds(enum compare_how how, u64 has, u64 finds)
{
	switch (how) {
	case EQUAL:
		return has == finds;
	case EQUAL_IF_ANY:
		return !has || has == finds;
	case AT_MOST:
	case AT_MOST_NOTE:
		return has <= finds;
	case AT_LEAST:
		return has >= finds;
	default:
		return false;
	}
}

enum migration_answer compare_sides(const struct comparison *comparison,
				    struct compared from, struct compared to,
				    u64 *bits)
{
	*bits = 0;
	if (comparison->how == SUBSET)
		return subset(comparison, from, to, bits);
	if (comparison->how == NONE)
		return none(comparison, from, bits);
	if (from.known && !from.value && comparison->how == EQUAL_IF_ANY)
		return MIGRATION_SAFE;
	if (!from.known || !to.known)
		return MIGRATION_UNKNOWN;
	/* Of other registers the processor tells what KVM gives, or nothing. */
	if ((!from.from_kvm || !to.from_kvm) && !comparison->offers)
		return MIGRATION_UNKNOWN;
	switch (comparison->how) {
	case REVERSE:
		*bits = to.value & ~from.value;
		return *bits ? MIGRATION_UNSAFE : MIGRATION_SAFE;
	case CONTROLS:
		return controls(from, to, bits);
	default:
		if (holds(comparison->how, from.value, to.value))
			return MIGRATION_SAFE;
		*bits = comparison->bits;
		return MIGRATION_UNSAFE;
	}
}

u64 compare_merge(const struct comparison *comparison, u64 a, u64 b)
{
	switch (comparison->how) {
	case SUBSET:
		return a & b;
	case REVERSE:
		return a | b;
	case AT_MOST:
	case AT_MOST_NOTE:
		return a < b ? a : b;
	case AT_LEAST:
		return a > b ? a : b;
	case CONTROLS:
		return ((a | b) & 0xffffffff) | (a & b & 0xffffffff00000000);
	case EQUAL_IF_ANY:
		return a == b ? a : 0;
	case NONE:
		return 0;
	default:
		return a;
	}
}
