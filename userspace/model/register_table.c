// SPDX-License-Identifier: GPL-2.0-only
#include "model/register_table.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

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

#define INTEL	  REGISTER_INTEL
#define AMD	  REGISTER_AMD
#define ANY	  "any"
#define VOLATILE  VI_VOLATILE
#define SENSITIVE VI_SENSITIVE
#define COMPLETE  0
#define PARTIAL	  VI_BITS

const struct register_info register_rows[NR_REGISTERS] = {
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

const struct field_info field_rows[NR_FIELDS] = {
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

static const char *const interface_signatures[] = {
	[HV_KVM] = VI_HV_KVM,	    [HV_HYPERV] = "Microsoft Hv",
	[HV_XEN] = VI_HV_XEN,	    [HV_VMWARE] = "VMwareVMware",
	[HV_ACRN] = "ACRNACRNACRN", [HV_BHYVE] = "bhyve bhyve ",
};

u64 register_varies(enum register_id id)
{
	const struct register_info *info = register_info(id);

	return info->class == REGISTER_HYPERVISOR ?
		       0 :
	       info->class == REGISTER_CPUID ?
		       vi_leaves[info->sampled].varies[info->reg] :
		       vi_msrs[info->sampled].varies;
}

bool field_is_question(enum field_id id)
{
	return field_info(id)->kind == FIELD_FLAG ||
	       field_info(id)->kind == FIELD_CONTROL ||
	       field_info(id)->kind == FIELD_CONTROL1;
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
	FIELD_EACH(register_info(id), i)
		if (!strcasecmp(field_info(i)->name, name))
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
	const struct register_info *info = register_info(id);
	uint64_t leaf;

	return !strcasecmp(info->name, word) || address_is(info, word) ||
	       (parse_address(word, &leaf) && is_of_leaf(info, (u32)leaf)) ||
	       is_subleaf_n(info, word);
}

enum vi_msr msr_meant(const char *word)
{
	REGISTER_EACH(id)
		if (register_info(id)->class == REGISTER_MSR &&
		    register_is_meant(id, word))
			return register_info(id)->sampled;
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
		if (strlen(register_info(id)->name) == length &&
		    !strncasecmp(register_info(id)->name, name, length))
			return field_find(id, dot + 1);
	return NR_FIELDS;
}

const char *register_signature(const struct register_info *info)
{
	return info->class == REGISTER_HYPERVISOR && info->interface != HV_ANY ?
		       interface_signatures[info->interface] :
		       NULL;
}
