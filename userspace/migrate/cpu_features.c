// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/cpu_features.h"

#include "base/release.h"
#include "migrate/compare.h"

#define SAME		      ((const char *)&same)
#define VERSION(major, minor) KERNEL_RELEASE(major, minor)

static const char same;

const struct cpu_feature cpu_features[NR_CPU_FEATURES] = {
#define CPU_FEATURE(reg, id, qemu, qemu_since, libvirt, libvirt_since, how)    \
	{ .word = WORD_##reg,                                                  \
	  .field = FIELD_##reg##_##id,                                         \
	  .use = FEATURE_##how,                                                \
	  .called = { [NAMES_QEMU] = { qemu, qemu_since },                     \
		      [NAMES_LIBVIRT] = { libvirt, libvirt_since } } },
#include "tables/cpu_features.def"
};

static const struct {
	enum cpu_word word;
	u64 bits;
	enum cpu_word needed;
	enum field_id field;
} needs[] = {
#define CPU_NEEDS(reg, mask, by, id)                                           \
	{ WORD_##reg, mask, WORD_##by, FIELD_##by##_##id },
#include "tables/cpu_features.def"
};

enum register_id cpu_word_register(enum cpu_word word)
{
	static const enum register_id registers[] = {
#define CPU_WORD(reg) REG_##reg,
#include "tables/cpu_features.def"
	};

	return registers[word];
}

u64 cpu_feature_bit(const struct cpu_feature *feature)
{
	return field_mask(field_info(feature->field));
}

const char *cpu_feature_name(const struct cpu_feature *feature,
			     enum cpu_names names, int version)
{
	const char *name = feature->called[names].name;

	if (!name || (version && version < feature->called[names].since))
		return NULL;
	return name == SAME ? feature->called[NAMES_QEMU].name : name;
}

bool cpu_set_has(const struct cpu_set *set, enum cpu_word word,
		 enum field_id field)
{
	return set->word[word] & field_mask(field_info(field));
}

/* Without a comparison only KVM's own list says what it offers. */
static void take_plain(const struct side *side, enum cpu_word word,
		       struct cpu_set *set, struct cpu_set *unknown)
{
	struct register_value value =
		register_value(side->offer, cpu_word_register(word));

	if (!side->cpuid_from_kvm || value.status == VI_ABSENT)
		unknown->word[word] = ~0ULL;
	else if (value.status == VI_READ)
		set->word[word] = value.value;
}

/* A control that must be 1 is none that a guest can switch. */
static u64 can_be_set(u64 controls)
{
	return controls >> 32 & ~controls & 0xffffffff;
}

static void take_compared(const struct comparison *comparison,
			  const struct compared *compared, enum cpu_word word,
			  struct cpu_set *set, struct cpu_set *unknown)
{
	u64 value = compared->value;

	if (!compared->known) {
		unknown->word[word] |= comparison->how == CONTROLS ?
					       0xffffffff :
					       comparison->bits;
		return;
	}
	if (!compared->from_kvm)
		value &= comparison->offers;
	set->word[word] |=
		comparison->how == CONTROLS ? can_be_set(value) : value;
}

void cpu_set_of(struct cpu_set *set, struct cpu_set *unknown,
		const struct side *side)
{
	enum cpu_word word;
	size_t i;

	*set = (struct cpu_set){ { 0 } };
	*unknown = (struct cpu_set){ { 0 } };
	for (word = 0; word < NR_CPU_WORDS; word++) {
		enum register_id reg = cpu_word_register(word);
		bool compared = false;

		for (i = 0; i < NR_COMPARISONS; i++) {
			if (comparisons[i].reg != reg)
				continue;
			take_compared(&comparisons[i], &side->values[i], word,
				      set, unknown);
			compared = true;
		}
		if (!compared)
			take_plain(side, word, set, unknown);
	}
	for (word = 0; word < NR_CPU_WORDS; word++)
		set->word[word] &= ~unknown->word[word];
}

static bool take_out_needy(struct cpu_set *set, const struct cpu_set *with)
{
	bool changed = false;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(needs); i++) {
		u64 *bits = &set->word[needs[i].word];

		if (!(*bits & needs[i].bits) ||
		    cpu_set_has(with, needs[i].needed, needs[i].field))
			continue;
		*bits &= ~needs[i].bits;
		changed = true;
	}
	return changed;
}

void cpu_set_close(struct cpu_set *set)
{
	size_t i;

	for (i = 0; i < NR_CPU_FEATURES; i++)
		if (cpu_features[i].use == FEATURE_NEVER)
			set->word[cpu_features[i].word] &=
				~cpu_feature_bit(&cpu_features[i]);
	while (take_out_needy(set, set))
		;
}

void cpu_set_strip_nested(struct cpu_set *set)
{
	set->word[WORD_CPUID_L1_ECX] &=
		~field_mask(field_info(FIELD_CPUID_L1_ECX_vmx));
	set->word[WORD_CPUID_L80000001_ECX] &=
		~field_mask(field_info(FIELD_CPUID_L80000001_ECX_svm));
	while (take_out_needy(set, set))
		;
}

void cpu_set_visible(struct cpu_set *set, const struct cpu_set *with)
{
	take_out_needy(set, with);
}
