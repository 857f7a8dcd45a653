// SPDX-License-Identifier: GPL-2.0-only
#include "verdict/kvm_requirements.h"

#include <limits.h>
#include <stdio.h>

#include "base/array.h"
#include "base/release.h"
#include "model/register_name.h"
#include "summary.h"

#define FIRST 0
#define LAST  INT_MAX

enum level { OPTIONAL, REQUIRED };
enum width { ANY, LONG };
enum relation { IS, AT_MOST };

static const struct control {
	enum field_id field;
	enum level level;
	enum width width;
	int from;
	int to;
} controls[] = {
#define VMX_CONTROL(is, reg, control, wide, first, end)                        \
	{ .field = FIELD_##reg##_##control,                                    \
	  .level = (is),                                                       \
	  .width = (wide),                                                     \
	  .from = (first),                                                     \
	  .to = (end) },
#include "tables/kvm_requirements.def"
};

static const struct pair {
	enum field_id entry;
	enum field_id exit;
	int from;
	int to;
} pairs[] = {
#define VMX_PAIR(of_entry, of_exit, first, end)                                \
	{ .entry = FIELD_IA32_VMX_ENTRY_CTLS_##of_entry,                       \
	  .exit = FIELD_IA32_VMX_EXIT_CTLS_##of_exit,                          \
	  .from = (first),                                                     \
	  .to = (end) },
#include "tables/kvm_requirements.def"
};

static const struct orphan {
	enum field_id control;
	enum register_id reg;
	unsigned char low; /* of the 32 bits */
	int from;
	int to;
} orphans[] = {
#define VMX_ORPHAN(parent, id, bottom, first, end)                             \
	{ .control = FIELD_IA32_VMX_PROCBASED_CTLS2_##parent,                  \
	  .reg = REG_##id,                                                     \
	  .low = (bottom),                                                     \
	  .from = (first),                                                     \
	  .to = (end) },
#include "tables/kvm_requirements.def"
};

static const struct value {
	enum vi_extension extension;
	enum field_id field;
	enum relation relation;
	u64 number;
	const char *words;
	enum width width;
	int from;
	int to;
	const char *function;
} values[] = {
#define VALUE(ext, reg, name, is, limit, wrong, wide, first, end, asks)        \
	{ .extension = VI_##ext,                                               \
	  .field = FIELD_##reg##_##name,                                       \
	  .relation = (is),                                                    \
	  .number = (limit),                                                   \
	  .words = (wrong),                                                    \
	  .width = (wide),                                                     \
	  .from = (first),                                                     \
	  .to = (end),                                                         \
	  .function = (asks) },
#include "tables/kvm_requirements.def"
};

static const struct alike {
	enum field_id field;
	int from;
	int to;
} alikes[] = {
#define ALIKE(reg, name, first, end)                                           \
	{ .field = FIELD_##reg##_##name, .from = (first), .to = (end) },
#include "tables/kvm_requirements.def"
};

/* Where the kernel keeps what it asks for. */
#define SETUP "setup_vmcs_config"

static enum answer in_force(int from, int to, int release)
{
	if (release)
		return release >= from && release < to ? ANSWER_YES : ANSWER_NO;
	if (to != LAST)
		return ANSWER_NO;
	return from == FIRST ? ANSWER_YES : ANSWER_UNKNOWN;
}

/* A processor without 64-bit mode runs a 32-bit kernel. */
static bool is_asked(const struct host_group *group, enum width width)
{
	return width == ANY ||
	       field_answer(group, FIELD_CPUID_L80000001_EDX_lm) == ANSWER_YES;
}

/* adjust_vmx_controls(): what must be 1 is there as well. */
static bool is_allowed(const struct host_group *group, enum field_id field)
{
	const struct field_info *info = field_info(field);
	u64 value = register_value(group, info->reg).value;

	return (value | value >> 32) >> info->low & 1;
}

static bool is_read(const struct host_group *group, enum register_id id)
{
	return register_value(group, id).status == VI_READ;
}

static void name_lack(struct kvm_lack *lack, const struct host_group *group,
		      const char *wrong)
{
	const struct field_info *field = field_info(lack->field);
	const struct register_info *info = register_info(field->reg);
	struct register_value value = register_value(group, field->reg);
	char address[REGISTER_ADDRESS_SIZE];

	if (field->high == field->low)
		snprintf(lack->name, sizeof(lack->name), "%s (%s bit %u)",
			 field->name, info->name, field->low);
	else
		snprintf(lack->name, sizeof(lack->name), "%s (%s bits %u-%u)",
			 field->name, info->name, field->low, field->high);
	snprintf(lack->text, sizeof(lack->text), "%s (%s) is 0x%0*llx: %s",
		 info->name, register_address(address, info, &value),
		 register_digits(info), value.value, wrong);
}

struct finder {
	const struct host_group *group;
	int release;
	void (*found)(void *data, const struct kvm_lack *lack);
	void *data;
};

/* Of the field, if this kernel asks for it. */
static struct kvm_lack lack_of(const struct finder *finder, enum field_id field,
			       int from, int to)
{
	return (struct kvm_lack){ .field = field,
				  .refuses =
					  in_force(from, to, finder->release),
				  .from = from,
				  .function = SETUP };
}

static void find_controls(const struct finder *finder)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(controls); i++) {
		const struct control *row = &controls[i];
		const struct field_info *info = field_info(row->field);
		struct kvm_lack lack =
			lack_of(finder, row->field, row->from, row->to);
		char wrong[96];

		if (row->level != REQUIRED || lack.refuses == ANSWER_NO ||
		    !is_read(finder->group, info->reg) ||
		    !is_asked(finder->group, row->width) ||
		    is_allowed(finder->group, row->field))
			continue;
		snprintf(wrong, sizeof(wrong), "bit %u (%s) must be 0",
			 info->low, info->name);
		name_lack(&lack, finder->group, wrong);
		finder->found(finder->data, &lack);
	}
}

static void find_pairs(const struct finder *finder)
{
	size_t i;

	if (!is_read(finder->group, REG_IA32_VMX_ENTRY_CTLS) ||
	    !is_read(finder->group, REG_IA32_VMX_EXIT_CTLS))
		return;
	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		const struct pair *row = &pairs[i];
		bool entry = is_allowed(finder->group, row->entry);
		bool exit = is_allowed(finder->group, row->exit);
		struct kvm_lack lack =
			lack_of(finder, entry ? row->exit : row->entry,
				row->from, row->to);
		enum field_id other = entry ? row->entry : row->exit;
		char wrong[128];

		if (lack.refuses == ANSWER_NO || entry == exit)
			continue;
		lack.inconsistent = true;
		snprintf(wrong, sizeof(wrong),
			 "bit %u (%s) must be 0, though %s of VM %s may be 1",
			 field_info(lack.field)->low,
			 field_info(lack.field)->name, field_info(other)->name,
			 entry ? "entry" : "exit");
		name_lack(&lack, finder->group, wrong);
		finder->found(finder->data, &lack);
	}
}

static bool has_secondary(const struct host_group *group)
{
	return field_answer(
		       group,
		       FIELD_IA32_VMX_PROCBASED_CTLS_activate_secondary_controls) ==
	       ANSWER_YES;
}

static void find_orphans(const struct finder *finder)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(orphans); i++) {
		const struct orphan *row = &orphans[i];
		struct kvm_lack lack =
			lack_of(finder, row->control, row->from, row->to);
		u32 part =
			(u32)(register_value(finder->group, row->reg).value >>
			      row->low);
		char wrong[128];

		if (lack.refuses == ANSWER_NO || !part ||
		    !is_read(finder->group, row->reg) ||
		    !has_secondary(finder->group) ||
		    !is_read(finder->group, field_info(row->control)->reg) ||
		    is_allowed(finder->group, row->control))
			continue;
		lack.inconsistent = true;
		snprintf(
			wrong, sizeof(wrong),
			"bit %u (%s) must be 0, though bits %u-%u of %s are not 0",
			field_info(row->control)->low,
			field_info(row->control)->name, row->low,
			row->low + 31U, register_info(row->reg)->name);
		name_lack(&lack, finder->group, wrong);
		finder->found(finder->data, &lack);
	}
}

static bool holds(const struct value *row, u64 number)
{
	return row->relation == IS ? number == row->number :
				     number <= row->number;
}

static void find_values(const struct finder *finder)
{
	enum vi_extension extension = vi_extension(&finder->group->sample);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		const struct value *row = &values[i];
		struct field_value value =
			field_value(finder->group, row->field);
		struct kvm_lack lack =
			lack_of(finder, row->field, row->from, row->to);

		if (lack.refuses == ANSWER_NO || row->extension != extension ||
		    !value.known || holds(row, value.number) ||
		    !is_asked(finder->group, row->width))
			continue;
		lack.function = row->function;
		name_lack(&lack, finder->group, row->words);
		finder->found(finder->data, &lack);
	}
}

void kvm_lacks(const struct host_group *group, int release,
	       void (*found)(void *data, const struct kvm_lack *lack),
	       void *data)
{
	const struct finder finder = {
		.group = group,
		.release = release,
		.found = found,
		.data = data,
	};

	if (vi_extension(&group->sample) == VI_VMX) {
		find_controls(&finder);
		find_pairs(&finder);
		find_orphans(&finder);
	}
	find_values(&finder);
}

/* The bit of the field, where it is of that register and in force. */
static u32 bit_in_force(enum field_id field, int from, int to,
			enum register_id id, int release)
{
	return field_info(field)->reg == id &&
			       in_force(from, to, release) == ANSWER_YES ?
		       1U << field_info(field)->low :
		       0;
}

/*
 * The controls of the word that KVM of that release uses, in the lower half. A
 * kernel that is not known may be one that does not, and hybrid processors
 * differ in some.
 */
static u32 used_controls(enum register_id id, int release)
{
	u32 used = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(controls); i++)
		used |= bit_in_force(controls[i].field, controls[i].from,
				     controls[i].to, id, release);
	return used;
}

/* Features of CPUID of that register which every CPU must have or none. */
static u32 alike_features(enum register_id id, int release)
{
	u32 features = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(alikes); i++)
		features |= bit_in_force(alikes[i].field, alikes[i].from,
					 alikes[i].to, id, release);
	return features;
}

/* VMX_BASIC above the size of the VMCS, IA32_VMX_MISC, what is for nesting. */
#define BASIC_WHOLE	KERNEL_RELEASE(4, 19)
#define BASIC_SIZE	0x1fffffffffffULL
#define COMPARES_MISC	KERNEL_RELEASE(6, 1)
#define COMPARES_NESTED KERNEL_RELEASE(5, 0)
/* Execute-only, walks of 4 and 5 levels, write-back, INVEPT. */
#define NESTED_EPT_CAPS 0x1040c1ULL

static u64 compared_bits(enum register_id id, int release, bool nested)
{
	switch (id) {
	case REG_IA32_VMX_BASIC:
		return release < BASIC_WHOLE ? BASIC_SIZE : ~0ULL;
	case REG_IA32_VMX_MISC:
		return release < COMPARES_MISC ? 0 : ~0ULL;
	case REG_IA32_VMX_CR0_FIXED1:
	case REG_IA32_VMX_CR4_FIXED1:
		return nested && release >= COMPARES_NESTED ? ~0ULL : 0;
	case REG_IA32_VMX_EPT_VPID_CAP:
		return nested && release >= COMPARES_NESTED ? NESTED_EPT_CAPS :
							      0;
	default:
		return 0;
	}
}

struct kvm_comparison kvm_compares(enum register_id id, int release,
				   bool nested)
{
	u32 used;

	if (register_info(id)->class == REGISTER_CPUID)
		return (struct kvm_comparison){ .bits = alike_features(
							id, release) };
	/* The controls are MSRs, all of them. */
	used = used_controls(id, release);
	if (id == REG_IA32_VMX_PROCBASED_CTLS3)
		return (struct kvm_comparison){ .bits = used };
	return (struct kvm_comparison){
		.bits = compared_bits(id, release, nested),
		.used = used,
	};
}

/* As adjust_vmx_controls() does. */
u64 kvm_compared(const struct kvm_comparison *comparison, u64 value)
{
	if (comparison->used)
		return (u32)((value >> 32 & comparison->used) | (u32)value);
	return value & comparison->bits;
}
