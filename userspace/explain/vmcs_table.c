// SPDX-License-Identifier: GPL-2.0-only
#include "explain/vmcs_table.h"

#include "base/array.h"
#include "base/number.h"
#include "explain/topics.h"

#define NATURAL		      VMCS_NATURAL
#define CONTROL(msr, control) FIELD_##msr##_##control
#define ALWAYS		      .exists = VMCS_ALWAYS, .controls = { NR_FIELDS, NR_FIELDS }
#define NOT_KNOWN	      .exists = VMCS_NOT_KNOWN, .controls = { NR_FIELDS, NR_FIELDS }
#define IF(msr, control)                                                       \
	.exists = VMCS_IF, .controls = { CONTROL(msr, control), NR_FIELDS }
#define IF_EITHER(msr_a, control_a, msr_b, control_b)                          \
	.exists = VMCS_IF,                                                     \
	.controls = { CONTROL(msr_a, control_a), CONTROL(msr_b, control_b) }
#define CR3_TARGET(n)                                                          \
	.exists = VMCS_CR3_TARGET, .controls = { NR_FIELDS, NR_FIELDS },       \
	.target = n

const struct vmcs_field vmcs_fields[] = {
#define VMCS_FIELD(number, id, bits, part, condition, text, where)             \
	{                                                                      \
		.encoding = number,                                            \
		.name = #id,                                                   \
		.title = text,                                                 \
		.source = where,                                               \
		.width = bits,                                                 \
		.group = VMCS_##part,                                          \
		condition,                                                     \
	},
#include "tables/vmcs_fields.def"
#undef VMCS_FIELD
};

const size_t vmcs_field_count = ARRAY_SIZE(vmcs_fields);

/* A name twice does not compile, nor an encoding that says other than its row. */
enum {
#define VMCS_FIELD(number, id, bits, part, condition, text, where) UNIQUE_##id,
#include "tables/vmcs_fields.def"
#undef VMCS_FIELD
};

#define VMCS_FIELD(number, id, bits, part, condition, text, where)             \
	static_assert(((number) >> 10 & 3) == VMCS_##part, #id ": type");      \
	static_assert(((number) >> 13) == ((bits) == 16 ? 0 :                  \
					   (bits) == 64 ? 1 :                  \
					   (bits) == 32 ? 2 :                  \
							  3),                  \
		      #id ": width");                                          \
	static_assert(!((number)&1), #id ": the high half has no row");
#include "tables/vmcs_fields.def"
#undef VMCS_FIELD

const char *vmcs_group_name(enum vmcs_group group)
{
	static const char *const names[VMCS_GROUPS] = {
		[VMCS_CONTROL] = "control",
		[VMCS_EXIT_INFO] = "exit information",
		[VMCS_GUEST] = "guest state",
		[VMCS_HOST] = "host state",
	};

	return names[group];
}

const char *vmcs_width_name(const struct vmcs_field *field)
{
	return field->width == 16 ? "16" :
	       field->width == 32 ? "32" :
	       field->width == 64 ? "64" :
				    "natural";
}

static unsigned int index_of(const struct vmcs_field *field)
{
	return field->encoding >> 1 & 0x1ff;
}

/* Every CPU must have it, and unknown is not no. */
static enum answer more_than(const struct host *host, enum field_id id,
			     u64 number)
{
	enum answer all = host->nr_groups ? ANSWER_YES : ANSWER_UNKNOWN;

	GROUP_EACH(host, group) {
		struct field_value value = field_value(group, id);

		if (value.known && value.number <= number)
			return ANSWER_NO;
		if (!value.known)
			all = ANSWER_UNKNOWN;
	}
	return all;
}

/*
 * IA32_VMX_VMCS_ENUM tells the highest index. Hypervisors have been seen that
 * report one lower than what they offer, so it never overrules a control.
 */
static enum answer index_answer(const struct host *host,
				const struct vmcs_field *field)
{
	unsigned int index = index_of(field);

	if (!index)
		return ANSWER_YES;
	return more_than(host, FIELD_IA32_VMX_VMCS_ENUM_highest_index,
			 index - 1);
}

enum answer vmcs_field_answer(const struct host *host,
			      const struct vmcs_field *field)
{
	enum answer vmx = host_answer(host, FIELD_CPUID_L1_ECX_vmx);
	enum answer first, second;

	if (vmx != ANSWER_YES)
		return vmx;
	switch (field->exists) {
	case VMCS_ALWAYS:
		return ANSWER_YES;
	case VMCS_IF:
		first = host_answer(host, field->controls[0]);
		if (first == ANSWER_YES || field->controls[1] == NR_FIELDS)
			return first;
		second = host_answer(host, field->controls[1]);
		if (second == ANSWER_YES || first == ANSWER_NO)
			return second;
		return ANSWER_UNKNOWN;
	case VMCS_CR3_TARGET:
		return more_than(host, FIELD_IA32_VMX_MISC_cr3_target_count,
				 field->target);
	default:
		return index_answer(host, field) == ANSWER_NO ? ANSWER_NO :
								ANSWER_UNKNOWN;
	}
}

const struct vmcs_field *vmcs_field_find(const char *name)
{
	uint64_t encoding;

	if (!parse_hex(name, UINT32_MAX, &encoding))
		encoding = UINT64_MAX;
	ARRAY_EACH(field, vmcs_fields, vmcs_field_count) {
		if (same_name(field->name, name) ||
		    same_name(field->title, name) ||
		    field->encoding == encoding ||
		    (field->width == 64 && field->encoding + 1 == encoding))
			return field;
	}
	return NULL;
}

size_t vmcs_field_total(const struct host *host, enum vmcs_group group,
			enum answer answer)
{
	size_t total = 0;

	ARRAY_EACH(field, vmcs_fields, vmcs_field_count)
		if ((group == VMCS_GROUPS || field->group == group) &&
		    vmcs_field_answer(host, field) == answer)
			total++;
	return total;
}
