// SPDX-License-Identifier: GPL-2.0-only
#include "model/decode.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/number.h"

/*
 * Where each register's fields begin. The rows of a register are followed by
 * those of its fields, so a running number of the fields does it.
 */
enum first_field {
#define REGISTER(id)					  FIRST_##id, BEFORE_##id = FIRST_##id - 1,
#define FIELD(reg, name, high, low, kind, title, meaning) ROW_##reg##_##name,
#include "registers.def"
};

/* How many each has: every field's row adds one to the register's above it. */
enum field_count {
	COUNT_NOTHING = 0
#define REGISTER(id)					  , COUNT_##id = 0
#define FIELD(reg, name, high, low, kind, title, meaning) +1
#include "registers.def"
};

enum leaf_number {
#define LEAF(id, leaf, sub, gate) LEAF_##id = (int)(leaf), SUBLEAF_##id = (sub),
#include "registers.def"
};

#define INTEL	  "intel"
#define AMD	  "amd"
#define ANY	  "any"
#define VOLATILE  VI_VOLATILE
#define SENSITIVE VI_SENSITIVE
#define COMPLETE  0
#define PARTIAL	  VI_BITS

static const struct register_info registers[NR_REGISTERS] = {
#define ROW(id, title, maker, manual)                                          \
	.name = (title), .vendor = maker, .source = (manual),                  \
	.first_field = FIRST_##id, .nr_fields = COUNT_##id
#define CPUID_REGISTER(id, leaf_id, register, title, maker, listing, manual)   \
	[REG_##id] = {                                                         \
		ROW(id, title, maker, manual),	.class = REGISTER_CPUID,       \
		.address = (u32)LEAF_##leaf_id, .subleaf = SUBLEAF_##leaf_id,  \
		.reg = VI_##register,		.sampled = VI_##leaf_id,       \
		.partial = (listing)&VI_BITS                                   \
	},
#define CONTROL_REGISTER(id, number, bits, varies, manual)                     \
	[REG_##id] = { ROW(id, #id, ANY, manual), .gate = "ALWAYS",            \
		       .class = REGISTER_CONTROL, .address = (number),         \
		       .sampled = VI_##id,	  .flags = (bits) },
#define MSR(id, number, maker, bits, varies, opens, manual)                    \
	[REG_##id] = { ROW(id, #id, maker, manual), .gate = #opens,            \
		       .class = REGISTER_MSR,	    .address = (number),       \
		       .sampled = VI_##id,	    .flags = (bits),           \
		       .partial = (bits)&VI_BITS },
#define HV_REGISTER(id, speaks, offset, sub, register, title, manual)          \
	[REG_##id] = { ROW(id, title, ANY, manual),                            \
		       .gate = #speaks,                                        \
		       .class = REGISTER_HYPERVISOR,                           \
		       .address = (offset),                                    \
		       .subleaf = (sub),                                       \
		       .reg = VI_##register,                                   \
		       .interface = speaks },
#include "registers.def"
};

static const struct field_info fields[NR_FIELDS] = {
#define FIELD(register, title_name, high_bit, low_bit, sort, heading, text)    \
	[FIELD_##register##_##title_name] = { .name = #title_name,             \
					      .title = (heading),              \
					      .meaning = (text),               \
					      .reg = REG_##register,           \
					      .high = (high_bit),              \
					      .low = (low_bit),                \
					      .kind = FIELD_##sort },
#include "registers.def"
};

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

static const char *const interface_signatures[] = {
	[HV_KVM] = VI_HV_KVM,	    [HV_HYPERV] = "Microsoft Hv",
	[HV_XEN] = VI_HV_XEN,	    [HV_VMWARE] = "VMwareVMware",
	[HV_ACRN] = "ACRNACRNACRN", [HV_BHYVE] = "bhyve bhyve ",
};

const struct register_info *register_info(enum register_id id)
{
	return &registers[id];
}

const struct field_info *field_info(enum field_id id)
{
	return &fields[id];
}

u64 register_varies(enum register_id id)
{
	const struct register_info *info = &registers[id];

	return info->class == REGISTER_HYPERVISOR ?
		       0 :
	       info->class == REGISTER_CPUID ?
		       vi_leaves[info->sampled].varies[info->reg] :
		       vi_msrs[info->sampled].varies;
}

bool field_is_question(enum field_id id)
{
	return fields[id].kind == FIELD_FLAG ||
	       fields[id].kind == FIELD_CONTROL ||
	       fields[id].kind == FIELD_CONTROL1;
}

const char *field_kind_name(enum field_kind kind)
{
	static const char *const names[] = {
		[FIELD_FLAG] = "flag",
		[FIELD_VALUE] = "number",
		[FIELD_ENUM] = "enum",
		[FIELD_RESERVED0] = "reserved, 0",
		[FIELD_DEFAULT1] = "reserved, 1",
		[FIELD_CONTROL] = "control",
		[FIELD_CONTROL1] = "control",
	};

	return names[kind];
}

/* As people type it, in either case. */
static bool parse_address(const char *text, uint64_t *address)
{
	return (take_text(&text, "0x") || take_text(&text, "0X")) &&
	       take_number(&text, 16, UINT32_MAX, address) && !*text;
}

static bool address_is(const struct register_info *info, const char *text)
{
	uint64_t address;

	return info->class == REGISTER_MSR && parse_address(text, &address) &&
	       address == info->address;
}

enum field_id field_find(enum register_id id, const char *name)
{
	FIELD_EACH(&registers[id], i)
		if (!strcasecmp(fields[i].name, name))
			return i;
	return NR_FIELDS;
}

static bool is_of_leaf(const struct register_info *info, u32 leaf)
{
	switch (info->class) {
	case REGISTER_CPUID:
		return info->address == leaf;
	case REGISTER_HYPERVISOR:
		/* The table has its place in a range, which may lie anywhere. */
		if (info->interface == HV_ANY)
			return leaf == VI_HV_FIRST + info->address;
		return leaf >= VI_HV_FIRST && leaf < VI_HV_END &&
		       info->address == leaf % VI_HV_STEP;
	default:
		return false;
	}
}

static bool is_subleaf_n(const struct register_info *info, const char *word)
{
	const char *n = strchr(word, ':');
	char name[32];

	if (!n || strncasecmp(n, ":n:", strlen(":n:")) ||
	    info->class != REGISTER_CPUID || info->subleaf < 2)
		return false;
	snprintf(name, sizeof(name), "%.*s:%u:%s", (int)(n - word), word,
		 info->subleaf, n + strlen(":n:"));
	return !strcasecmp(info->name, name);
}

bool register_is_meant(enum register_id id, const char *word)
{
	const struct register_info *info = &registers[id];
	uint64_t leaf;

	return !strcasecmp(info->name, word) || address_is(info, word) ||
	       (parse_address(word, &leaf) && is_of_leaf(info, (u32)leaf)) ||
	       is_subleaf_n(info, word);
}

enum vi_msr msr_meant(const char *word)
{
	REGISTER_EACH(id)
		if (registers[id].class == REGISTER_MSR &&
		    register_is_meant(id, word))
			return registers[id].sampled;
	return VI_NR_MSRS;
}

enum field_id register_field_find(const char *name)
{
	const char *dot = strchr(name, '.');
	size_t length;

	if (!dot)
		return NR_FIELDS;
	length = (size_t)(dot - name);
	REGISTER_EACH(id)
		if (strlen(registers[id].name) == length &&
		    !strncasecmp(registers[id].name, name, length))
			return field_find(id, dot + 1);
	return NR_FIELDS;
}

static const struct vi_hv_leaf *find_range(const struct vi_hv *hv,
					   enum hv_interface interface)
{
	const struct vi_hv_leaf *base;

	if (interface == HV_ANY)
		return vi_hv_leaf(hv, 0x40000000, 0);
	base = vi_hv_find(hv, interface_signatures[interface]);
	if (base || interface != HV_HYPERV)
		return base;
	ARRAY_EACH(leaf, hv->leaves, hv->count)
		if (leaf->leaf == 0x40000001 &&
		    leaf->reg[VI_EAX] == HYPERV_INTERFACE)
			return vi_hv_leaf(hv, 0x40000000, 0);
	return NULL;
}

const char *register_signature(const struct register_info *info)
{
	return info->class == REGISTER_HYPERVISOR && info->interface != HV_ANY ?
		       interface_signatures[info->interface] :
		       NULL;
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

	base = find_range(&group->hv, info->interface);
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
	const struct register_info *info = &registers[id];
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

u64 field_mask(const struct field_info *field)
{
	return ~0ULL >> (63 - field->high) & ~0ULL << field->low;
}

struct field_value field_value(const struct host_group *group, enum field_id id)
{
	const struct field_info *field = &fields[id];
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
		value.control =
			control_setting(&group->sample, &registers[field->reg],
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
	switch (fields[id].kind) {
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

/* Where a leaf that has a maximum is unknown, it may be the highest. */
static void suppose_leaf(struct vi_sample *sample, enum vi_leaf leaf)
{
	memset(sample->leaf[leaf], 0xff, sizeof(sample->leaf[leaf]));
	if (leaf == VI_L0 || leaf == VI_L80000000)
		sample->leaf[leaf][VI_EAX] = vi_leaves[leaf].leaf | 0xffff;
}

/* The same of the bits of a leaf that are not known. */
static void suppose_bits(struct vi_sample *sample,
			 const struct host_group *group, enum vi_leaf leaf)
{
	suppose_leaf(sample, leaf);
	for (unsigned int reg = VI_EAX; reg <= VI_EDX; reg++) {
		u32 known = group->known.leaf[leaf][reg];

		sample->leaf[leaf][reg] &= ~known;
		sample->leaf[leaf][reg] |= group->sample.leaf[leaf][reg];
	}
}

static void suppose_vendor(struct vi_sample *sample, const char *vendor)
{
	memcpy(&sample->leaf[VI_L0][VI_EBX], vendor, 4);
	memcpy(&sample->leaf[VI_L0][VI_EDX], vendor + 4, 4);
	memcpy(&sample->leaf[VI_L0][VI_ECX], vendor + 8, 4);
}

/* MSRs and control registers; a gate names only rows before its own. */
static void suppose_msr(struct vi_sample *sample, const struct vi_hv *hv,
			enum vi_msr msr)
{
	enum vi_status status = sample->msr_status[msr];

	if (status == VI_CLEAR)
		sample->msr[msr] = 0;
	else if (status == VI_SET ||
		 (status != VI_READ &&
		  (vi_msrs[msr].flags & VI_CONTROL_REGISTER ||
		   vi_msr_gate(sample, hv, msr))))
		sample->msr[msr] = ~0ULL;
}

/*
 * May a register that has no value be there? With all ones for whatever is
 * unknown, its gate and the maximum of its leaf's range decide.
 */
static bool supposed(const struct host_group *group,
		     const struct register_info *info, const char *vendor)
{
	struct vi_sample sample = group->sample;
	int last = info->class == REGISTER_CPUID ? info->sampled : VI_NR_LEAVES;

	for (int i = 0; i < last; i++)
		if (sample.leaf_status[i] == VI_BITS)
			suppose_bits(&sample, group, i);
		else if (sample.leaf_status[i] == VI_ABSENT &&
			 (i == VI_L0 || vi_leaf_possible(&sample, i))) {
			suppose_leaf(&sample, i);
			if (i == VI_L0)
				suppose_vendor(&sample, vendor);
		}
	if (info->class == REGISTER_CPUID)
		return vi_leaf_possible(&sample, info->sampled);
	for (int i = 0; i < info->sampled; i++)
		suppose_msr(&sample, &group->hv, i);
	return info->class == REGISTER_CONTROL ||
	       vi_msr_gate(&sample, &group->hv, info->sampled);
}

/*
 * A hypervisor's range is there or not: where its leaves were read and none
 * begins such a range, it has none.
 */
static bool hypervisor_possible(const struct host_group *group,
				const struct register_info *info)
{
	const struct vi_hv_leaf *base = find_range(&group->hv, info->interface);

	if (field_answer(group, FIELD_CPUID_L1_ECX_hypervisor) == ANSWER_NO)
		return false;
	if (!group->hv.count || group->hv.truncated)
		return true;
	return base && base->reg[VI_EAX] >= base->leaf + info->address;
}

static bool register_possible(const struct host_group *group,
			      const struct register_info *info,
			      enum vi_status status)
{
	if (info->class == REGISTER_HYPERVISOR)
		return hypervisor_possible(group, info);
	if (info->class == REGISTER_CPUID && status == VI_NOT_ATTEMPTED)
		return false;
	return supposed(group, info, VI_INTEL) ||
	       (group->sample.leaf_status[VI_L0] == VI_ABSENT &&
		supposed(group, info, VI_AMD));
}

enum answer field_answer(const struct host_group *group, enum field_id id)
{
	const struct register_info *info = &registers[fields[id].reg];
	struct register_value raw = register_value(group, fields[id].reg);

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
	const char *vendor = registers[id].vendor;

	if (!vendor_is_known(group))
		return true;
	if (!strcmp(vendor, INTEL))
		return !vi_vendor_amd(&group->sample);
	if (!strcmp(vendor, AMD))
		return !vi_vendor_intel(&group->sample);
	return true;
}

u64 register_unnamed_bits(const struct host_group *group, enum register_id id)
{
	const struct register_info *info = &registers[id];
	struct register_value raw = register_value(group, id);
	u64 bits = raw.value;

	if (raw.status != VI_READ)
		return 0;
	FIELD_EACH(info, i) {
		const struct field_info *field = &fields[i];
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
