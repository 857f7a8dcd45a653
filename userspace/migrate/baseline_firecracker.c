// SPDX-License-Identifier: GPL-2.0-only
/*
 * A custom CPU template of Firecracker: docs/cpu_templates/cpu-templates.md. It
 * starts from the host's CPU and takes away what is not in the baseline, so it
 * names no features but their bits. JSON has no comments.
 */
#include "migrate/baseline_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "migrate/compare.h"
#include "output/json.h"

/* What becomes of the bits of one output of a leaf; the others stay. */
struct modifier {
	u32 leaf;
	u32 subleaf;
	enum vi_cpuid_register reg;
	u32 clear;
	u32 set;
};

struct template
{
	struct modifier *list;
	size_t count;
	size_t capacity;
};

static int modify(struct template *template, enum register_id id, u32 clear,
		  u32 set)
{
	const struct register_info *info = register_info(id);
	struct modifier *modifier;
	size_t i;

	if (!clear && !set)
		return 0;
	for (i = 0; i < template->count; i++) {
		modifier = &template->list[i];
		if (modifier->leaf != info->address ||
		    modifier->subleaf != info->subleaf ||
		    modifier->reg != info->reg)
			continue;
		modifier->clear |= clear;
		modifier->set |= set;
		return 0;
	}
	if (ARRAY_GROW(template->list, template->count, template->capacity))
		return -1;
	template->list[template->count++] =
		(struct modifier){ .leaf = info->address,
				   .subleaf = info->subleaf,
				   .reg = info->reg,
				   .clear = clear,
				   .set = set };
	return 0;
}

/*
 * A host without the leaf refuses a template that modifies it, so only those
 * that every host has are; the maximum leaf hides the others.
 */
static bool in_template(const struct side *baseline, enum register_id id)
{
	const struct register_info *info = register_info(id);

	return info->class == REGISTER_CPUID &&
	       vi_leaf_possible(&baseline->offer->sample, info->sampled);
}

static int take_away(struct template *template, const struct side *baseline)
{
	size_t i;

	for (i = 0; i < NR_COMPARISONS; i++) {
		const struct comparison *comparison = &comparisons[i];
		const struct compared *value = &baseline->values[i];
		u64 clear = comparison->bits & ~value->value;

		if (comparison->how != SUBSET ||
		    comparison->reg == NR_REGISTERS || !value->known ||
		    !in_template(baseline, comparison->reg))
			continue;
		/* KVM may make these where the processor has none. */
		if (!value->from_kvm)
			clear &= ~comparison->adds;
		if (modify(template, comparison->reg, (u32)clear, 0))
			return -1;
	}
	return 0;
}

static int put_number(struct template *template, const struct side *baseline,
		      enum field_id id)
{
	const struct field_info *field = field_info(id);
	struct field_value value = field_value(baseline->offer, id);
	u32 mask = (u32)field_mask(field);
	u32 bits = (u32)(value.number << field->low);

	if (!value.known || !in_template(baseline, field->reg))
		return 0;
	return modify(template, field->reg, mask & ~bits, bits);
}

static int put_numbers(struct template *template, const struct side *baseline)
{
	static const enum field_id numbers[] = {
		FIELD_CPUID_L0_EAX_max_leaf,
		FIELD_CPUID_L7_0_EAX_max_subleaf,
		FIELD_CPUID_L80000000_EAX_max_ext_leaf,
		FIELD_CPUID_L80000008_EAX_phys_addr_size,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(numbers); i++)
		if (put_number(template, baseline, numbers[i]))
			return -1;
	return 0;
}

/* Firecracker's guests run none themselves. */
static int take_away_nested(struct template *template,
			    const struct side *baseline)
{
	static const enum field_id nested[] = {
		FIELD_CPUID_L1_ECX_vmx,
		FIELD_CPUID_L80000001_ECX_svm,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nested); i++) {
		const struct field_info *field = field_info(nested[i]);

		if (in_template(baseline, field->reg) &&
		    modify(template, field->reg, (u32)field_mask(field), 0))
			return -1;
	}
	return 0;
}

static int by_place(const void *a, const void *b)
{
	const struct modifier *x = a, *y = b;

	if (x->leaf != y->leaf)
		return x->leaf < y->leaf ? -1 : 1;
	if (x->subleaf != y->subleaf)
		return x->subleaf < y->subleaf ? -1 : 1;
	return (int)x->reg - (int)y->reg;
}

/* "0b01xx...": the highest bit first; x stays as the host has it. */
static void put_bitmap(struct json *json, u64 clear, u64 set, int bits)
{
	char text[sizeof("0b") + 64] = "0b";
	int i;

	for (i = 0; i < bits; i++) {
		u64 bit = 1ULL << (bits - 1 - i);

		text[2 + i] = set & bit ? '1' : clear & bit ? '0' : 'x';
	}
	text[2 + bits] = '\0';
	json_string(json, "bitmap", text);
}

/* KVM_CPUID_FLAG_SIGNIFCANT_INDEX of Linux arch/x86/kvm/cpuid.c. */
static bool has_subleaves(u32 leaf)
{
	static const u32 leaves[] = { 0x7,  0xd,  0x12, 0x14,
				      0x1d, 0x1e, 0x24, 0x8000001d };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(leaves); i++)
		if (leaves[i] == leaf)
			return true;
	return false;
}

static void put_cpuid(struct json *json, const struct template *template)
{
	static const char *const names[] = {
		[VI_EAX] = "eax",
		[VI_EBX] = "ebx",
		[VI_ECX] = "ecx",
		[VI_EDX] = "edx",
	};
	size_t i = 0;

	json_begin_array(json, "cpuid_modifiers");
	while (i < template->count) {
		u32 leaf = template->list[i].leaf;
		u32 subleaf = template->list[i].subleaf;

		json_begin_object(json, NULL);
		json_hex(json, "leaf", leaf, 1);
		json_hex(json, "subleaf", subleaf, 1);
		json_uint(json, "flags", has_subleaves(leaf));
		json_begin_array(json, "modifiers");
		for (; i < template->count && template->list[i].leaf == leaf &&
		       template->list[i].subleaf == subleaf;
		     i++) {
			const struct modifier *modifier = &template->list[i];

			json_begin_object(json, NULL);
			json_string(json, "register", names[modifier->reg]);
			put_bitmap(json, modifier->clear, modifier->set, 32);
			json_end(json);
		}
		json_end(json);
		json_end(json);
	}
	json_end(json);
}

static void put_msrs(struct json *json, const struct side *baseline)
{
	u64 clear = 0, set = 0;
	size_t i;

	for (i = 0; i < NR_COMPARISONS; i++) {
		const struct compared *value = &baseline->values[i];

		if (comparisons[i].reg != REG_IA32_ARCH_CAPABILITIES ||
		    !value->known)
			continue;
		if (comparisons[i].how == REVERSE)
			set |= value->value;
		else
			clear |= comparisons[i].bits & ~value->value &
				 (value->from_kvm ? ~0ULL :
						    ~comparisons[i].adds);
	}
	json_begin_array(json, "msr_modifiers");
	if ((clear || set) &&
	    field_answer(baseline->offer,
			 FIELD_CPUID_L7_0_EDX_ia32_arch_capabilities) ==
		    ANSWER_YES) {
		json_begin_object(json, NULL);
		json_hex(json, "addr",
			 register_info(REG_IA32_ARCH_CAPABILITIES)->address, 1);
		put_bitmap(json, clear, set, 64);
		json_end(json);
	}
	json_end(json);
}

int baseline_firecracker(struct out *out, const struct baseline_plan *plan)
{
	const struct side *baseline = plan->baseline;
	struct template template = { .list = NULL };
	struct json *json = NULL;
	int error = -1;

	if (take_away(&template, baseline) ||
	    put_numbers(&template, baseline) ||
	    take_away_nested(&template, baseline))
		goto out;
	json = json_new(NULL);
	if (!json)
		goto out;
	if (template.count)
		qsort(template.list, template.count, sizeof(*template.list),
		      by_place);
	put_cpuid(json, &template);
	put_msrs(json, baseline);
	error = json_finish(json, out->file);
out:
	free(template.list);
	return error;
}
