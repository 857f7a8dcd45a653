// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/cpu_models.h"

#include <string.h>

#include "base/release.h"

#define VERSION(major, minor) KERNEL_RELEASE(major, minor)
#define W(reg, bits)	      [WORD_##reg] = bits,

static const struct cpu_model cpu_models[] = {
#define CPU_MODEL(qemu, qemu_since, maker, family_id, model_id, libvirt,       \
		  libvirt_since, proxmox, proxmox_since, words)                \
	{ .vendor = CPU_VENDOR_##maker,                                        \
	  .family = (family_id),                                               \
	  .model = (model_id),                                                 \
	  .called = { [MODELS_QEMU] = { qemu, qemu_since },                    \
		      [MODELS_LIBVIRT] = { libvirt, libvirt_since },           \
		      [MODELS_PROXMOX] = { proxmox, proxmox_since } },         \
	  .set = { { words } } },
#include "tables/cpu_models.def"
};

const struct cpu_model *cpu_model_at(size_t at)
{
	return at < ARRAY_SIZE(cpu_models) ? &cpu_models[at] : NULL;
}

const char *cpu_model_name(const struct cpu_model *model,
			   enum model_names names, int version)
{
	int since = model->called[names].since;

	/* Proxmox VE's names are QEMU's. */
	if (names == MODELS_PROXMOX && since < model->called[MODELS_QEMU].since)
		since = model->called[MODELS_QEMU].since;
	if (version && version < since)
		return NULL;
	return model->called[names].name;
}

enum cpu_vendor cpu_vendor_of(const struct host_group *group)
{
	static const struct {
		const char *name;
		enum cpu_vendor vendor;
	} makers[] = {
		{ VI_INTEL, CPU_VENDOR_INTEL },
		{ VI_AMD, CPU_VENDOR_AMD },
		{ "HygonGenuine", CPU_VENDOR_HYGON },
	};
	const u32 *reg = group->sample.leaf[VI_L0];
	u32 name[3] = { reg[VI_EBX], reg[VI_EDX], reg[VI_ECX] };
	size_t i;

	if (group->sample.leaf_status[VI_L0] == VI_READ)
		for (i = 0; i < ARRAY_SIZE(makers); i++)
			if (!memcmp(name, makers[i].name, sizeof(name)))
				return makers[i].vendor;
	return CPU_VENDOR_ANY;
}

static unsigned int count_bits(const struct cpu_set *set)
{
	unsigned int count = 0;
	enum cpu_word word;

	for (word = 0; word < NR_CPU_WORDS; word++)
		count += (unsigned int)__builtin_popcountll(set->word[word]);
	return count;
}

/* Has each of them a name? */
static bool all_named(const struct cpu_set *set, enum cpu_names names,
		      int version)
{
	size_t i;

	for (i = 0; i < NR_CPU_FEATURES; i++)
		if (set->word[cpu_features[i].word] &
			    cpu_feature_bit(&cpu_features[i]) &&
		    !cpu_feature_name(&cpu_features[i], names, version))
			return false;
	return true;
}

bool cpu_model_excess(const struct cpu_model *model, const struct cpu_set *set,
		      enum cpu_names names, int version, struct cpu_set *excess)
{
	enum cpu_word word;

	*excess = model->set;
	cpu_set_visible(excess, set);
	for (word = 0; word < NR_CPU_WORDS; word++)
		excess->word[word] &= ~set->word[word];
	return all_named(excess, names, version);
}

/* How many of the set the model has. */
static unsigned int count_common(const struct cpu_model *model,
				 const struct cpu_set *set)
{
	struct cpu_set common = model->set;
	enum cpu_word word;

	for (word = 0; word < NR_CPU_WORDS; word++)
		common.word[word] &= set->word[word];
	return count_bits(&common);
}

/* A feature too many is worse than one too few: guests know the model. */
#define EXCESS_COST 3

const struct cpu_model *cpu_model_nearest(const struct cpu_set *set,
					  enum cpu_vendor vendor,
					  enum model_names models,
					  enum cpu_names names, int version)
{
	const struct cpu_model *nearest = NULL;
	struct cpu_set plain = *set;
	unsigned int least = 0;
	size_t i;

	cpu_set_strip_nested(&plain);
	for (i = 0; i < ARRAY_SIZE(cpu_models); i++) {
		const struct cpu_model *model = &cpu_models[i];
		struct cpu_set excess;
		unsigned int cost;

		if ((model->vendor != CPU_VENDOR_ANY &&
		     model->vendor != vendor) ||
		    !cpu_model_name(model, models, version) ||
		    !cpu_model_excess(model, &plain, names, version, &excess))
			continue;
		cost = EXCESS_COST * count_bits(&excess) + count_bits(&plain) -
		       count_common(model, &plain);
		if (nearest && cost >= least)
			continue;
		nearest = model;
		least = cost;
	}
	return nearest;
}
