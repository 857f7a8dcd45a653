// SPDX-License-Identifier: GPL-2.0-only
#include "model/decode.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "model/possible.h"

static const struct {
	enum field_id field;
	unsigned int value;
	const char *text;
} enum_names[] = {
#define ENUM_NAME(register, field_name, number, name)                          \
	{ .field = FIELD_##register##_##field_name,                            \
	  .value = (number),                                                   \
	  .text = (name) },
#include "registers.def"
};

/* "Hv#1": the interface of Hyper-V, whatever the signature before it says. */
#define HYPERV_INTERFACE 0x31237648

const struct vi_hv_leaf *register_range(const struct vi_hv *hv,
					const struct register_info *info)
{
	const struct vi_hv_leaf *base;

	if (info->interface == HV_ANY)
		return vi_hv_leaf(hv, 0x40000000, 0);
	base = vi_hv_find(hv, register_signature(info));
	if (base || info->interface != HV_HYPERV)
		return base;
	ARRAY_EACH(leaf, hv->leaves, hv->count)
		if (leaf->leaf == 0x40000001 &&
		    leaf->reg[VI_EAX] == HYPERV_INTERFACE)
			return vi_hv_leaf(hv, 0x40000000, 0);
	return NULL;
}

static enum vi_status known_status(u64 known)
{
	return known == ~0U ? VI_READ : known ? VI_BITS : VI_ABSENT;
}

/* Of a hypervisor's leaf that is known in part. */
static struct register_value hypervisor_bits(const struct host_group *group,
					     const struct register_info *info)
{
	const struct hv_bits *bits = &group->hv_bits;
	const struct hv_bits_leaf *base, *leaf = NULL;

	base = info->interface == HV_ANY ?
		       hv_bits_leaf(bits, VI_HV_FIRST, 0) :
		       hv_bits_find(bits, register_signature(info));
	if (base)
		leaf = hv_bits_leaf(bits, base->leaf + info->address,
				    info->subleaf);
	if (!leaf)
		return (struct register_value){ .status = VI_ABSENT };
	return (struct register_value){ .status = known_status(
						leaf->known[info->reg]),
					.value = leaf->value[info->reg],
					.known = leaf->known[info->reg],
					.leaf = leaf->leaf };
}

static struct register_value hypervisor_value(const struct host_group *group,
					      const struct register_info *info)
{
	const struct vi_hv_leaf *leaf, *base;

	base = register_range(&group->hv, info);
	if (!base)
		return hypervisor_bits(group, info);
	leaf = vi_hv_leaf(&group->hv, base->leaf + info->address,
			  info->subleaf);
	if (!leaf)
		return (struct register_value){ .status = VI_ABSENT };
	return (struct register_value){ .status = VI_READ,
					.value = leaf->reg[info->reg],
					.known = ~0ULL,
					.leaf = leaf->leaf };
}

/* Of a leaf that is known in part, an output may be known whole or not at all. */
static struct register_value cpuid_value(const struct host_group *group,
					 const struct register_info *info)
{
	struct register_value value = {
		.status = group->sample.leaf_status[info->sampled],
		.value = group->sample.leaf[info->sampled][info->reg],
		.known = host_group_known(group, info->sampled, info->reg),
		.leaf = info->address,
	};

	if (value.status == VI_BITS)
		value.status = known_status(value.known);
	return value;
}

struct register_value register_value(const struct host_group *group,
				     enum register_id id)
{
	const struct register_info *info = register_info(id);
	const struct vi_sample *sample = &group->sample;

	switch (info->class) {
	case REGISTER_HYPERVISOR:
		return hypervisor_value(group, info);
	case REGISTER_CPUID:
		return cpuid_value(group, info);
	default:
		return (struct register_value){
			.status = sample->msr_status[info->sampled],
			.value = sample->msr[info->sampled],
			.known = sample->msr_status[info->sampled] == VI_READ ?
					 ~0ULL :
					 0,
		};
	}
}

const char *control_setting_name(enum control_setting setting)
{
	static const char *const names[] = {
		[CONTROL_NO] = "no",
		[CONTROL_YES] = "yes",
		[CONTROL_FORCED] = "forced",
		[CONTROL_DEFAULT] = "default",
	};

	return names[setting];
}

/* The MSR that says which default1 controls may be 0, if there is one. */
static enum vi_msr true_msr(int msr)
{
	switch (msr) {
	case VI_IA32_VMX_PINBASED_CTLS:
		return VI_IA32_VMX_TRUE_PINBASED_CTLS;
	case VI_IA32_VMX_PROCBASED_CTLS:
		return VI_IA32_VMX_TRUE_PROCBASED_CTLS;
	case VI_IA32_VMX_EXIT_CTLS:
		return VI_IA32_VMX_TRUE_EXIT_CTLS;
	case VI_IA32_VMX_ENTRY_CTLS:
		return VI_IA32_VMX_TRUE_ENTRY_CTLS;
	default:
		return VI_NR_MSRS;
	}
}

static bool may_be_0(u64 value, unsigned int bit)
{
	return !(value >> bit & 1);
}

static bool may_be_1(u64 value, unsigned int bit)
{
	return value >> (bit + 32) & 1;
}

static enum control_setting control_setting(const struct vi_sample *sample,
					    const struct register_info *info,
					    u64 value, unsigned int bit)
{
	enum vi_msr msr = true_msr(info->sampled);

	if (!may_be_1(value, bit))
		return CONTROL_NO;
	if (may_be_0(value, bit))
		return CONTROL_YES;
	if (msr != VI_NR_MSRS && sample->msr_status[msr] == VI_READ &&
	    may_be_0(sample->msr[msr], bit) && may_be_1(sample->msr[msr], bit))
		return CONTROL_DEFAULT;
	return CONTROL_FORCED;
}

static const char *enum_text(enum field_id id, u64 number)
{
	ARRAY_EACH(enum_name, enum_names, ARRAY_SIZE(enum_names))
		if (enum_name->field == id && enum_name->value == number)
			return enum_name->text;
	return NULL;
}

struct field_value field_value(const struct host_group *group, enum field_id id)
{
	const struct field_info *field = field_info(id);
	struct register_value raw = register_value(group, field->reg);
	struct field_value value = {
		.known = !(field_mask(field) & ~raw.known),
	};

	if (!value.known)
		return value;
	value.number = (raw.value & field_mask(field)) >> field->low;
	switch (field->kind) {
	case FIELD_CONTROL:
		value.number = may_be_1(raw.value, field->low);
		value.control = control_setting(&group->sample,
						register_info(field->reg),
						raw.value, field->low);
		break;
	case FIELD_CONTROL1:
		value.control = value.number ? CONTROL_YES : CONTROL_NO;
		break;
	case FIELD_ENUM:
		value.text = enum_text(id, value.number);
		break;
	default:
		break;
	}
	return value;
}

const char *field_word(char word[FIELD_WORD_SIZE], enum field_id id,
		       const struct field_value *value)
{
	switch (field_info(id)->kind) {
	case FIELD_FLAG:
		return value->number ? "yes" : "no";
	case FIELD_CONTROL:
	case FIELD_CONTROL1:
		return control_setting_name(value->control);
	default:
		if (value->text)
			return value->text;
		snprintf(word, FIELD_WORD_SIZE, "0x%llx", value->number);
		return word;
	}
}

enum answer field_answer(const struct host_group *group, enum field_id id)
{
	const struct register_info *info = register_info(field_info(id)->reg);
	struct register_value raw = register_value(group, field_info(id)->reg);

	switch (raw.status) {
	case VI_BITS:
		if (!field_value(group, id).known)
			return ANSWER_UNKNOWN;
		/* fall through */
	case VI_READ:
		return field_value(group, id).number ? ANSWER_YES : ANSWER_NO;
	case VI_CLEAR:
		return ANSWER_NO;
	case VI_SET:
		/* The bits that are set are those of its only field. */
		return info->nr_fields == 1 ? ANSWER_YES : ANSWER_UNKNOWN;
	default:
		return register_possible(group, info, raw.status) ?
			       ANSWER_UNKNOWN :
			       ANSWER_NO;
	}
}

enum answer answer_and(enum answer all, enum answer one)
{
	if (all == ANSWER_NO || one == ANSWER_NO)
		return ANSWER_NO;
	return one == ANSWER_UNKNOWN ? one : all;
}

enum answer host_answer(const struct host *host, enum field_id id)
{
	enum answer all = host->nr_groups ? ANSWER_YES : ANSWER_UNKNOWN;

	GROUP_EACH(host, group)
		all = answer_and(all, field_answer(group, id));
	return all;
}

bool vendor_is_known(const struct host_group *group)
{
	return !~(host_group_known(group, VI_L0, VI_EBX) &
		  host_group_known(group, VI_L0, VI_ECX) &
		  host_group_known(group, VI_L0, VI_EDX));
}

bool vendor_makes(const struct host_group *group, enum register_id id)
{
	const char *vendor = register_info(id)->vendor;

	if (!vendor_is_known(group))
		return true;
	if (!strcmp(vendor, REGISTER_INTEL))
		return !vi_vendor_amd(&group->sample);
	if (!strcmp(vendor, REGISTER_AMD))
		return !vi_vendor_intel(&group->sample);
	return true;
}

u64 register_unnamed_bits(const struct host_group *group, enum register_id id)
{
	const struct register_info *info = register_info(id);
	struct register_value raw = register_value(group, id);
	u64 bits = raw.value;

	if (raw.status != VI_READ)
		return 0;
	FIELD_EACH(info, i) {
		const struct field_info *field = field_info(i);
		u64 mask = field_mask(field);

		if (field->kind == FIELD_RESERVED0)
			continue;
		if (field->kind == FIELD_CONTROL ||
		    field->kind == FIELD_DEFAULT1)
			mask |= mask << 32;
		bits &= ~mask;
	}
	return bits;
}

const char *answer_name(enum answer answer)
{
	static const char *const names[] = {
		[ANSWER_NO] = "no",
		[ANSWER_YES] = "yes",
		[ANSWER_UNKNOWN] = "unknown",
	};

	return names[answer];
}
