// SPDX-License-Identifier: GPL-2.0-only
#include "model/findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

/* Where findings go, and whether memory ran out on the way. */
struct judge {
	const struct host_group *group;
	struct findings *findings;
	bool failed;
};

static __attribute__((format(printf, 4, 5))) void found(struct judge *judge,
							enum register_id reg,
							enum field_id field,
							const char *format, ...)
{
	struct findings *all = judge->findings;
	struct finding *finding;
	va_list arguments;

	if (ARRAY_GROW(all->list, all->count, all->capacity)) {
		judge->failed = true;
		return;
	}
	finding = &all->list[all->count++];
	finding->reg = reg;
	finding->field = field;
	va_start(arguments, format);
	vsnprintf(finding->text, sizeof(finding->text), format, arguments);
	va_end(arguments);
}

static bool is_known(const struct judge *judge, enum register_id id)
{
	return register_value(judge->group, id).status == VI_READ;
}

static u64 value_of(const struct judge *judge, enum register_id id)
{
	return register_value(judge->group, id).value;
}

/* Unknown is neither. */
static bool is_offered(const struct judge *judge, enum field_id id)
{
	return field_answer(judge->group, id) == ANSWER_YES;
}

static bool is_missing(const struct judge *judge, enum field_id id)
{
	return field_answer(judge->group, id) == ANSWER_NO;
}

/* Of a register, the field that has the bit, or NR_FIELDS. */
static enum field_id field_of_bit(enum register_id id, unsigned int bit)
{
	FIELD_EACH(register_info(id), i)
		if (field_info(i)->low <= bit && bit <= field_info(i)->high)
			return i;
	return NR_FIELDS;
}

static void reserved_bits(struct judge *judge)
{
	REGISTER_EACH(id) {
		u64 bits = register_unnamed_bits(judge->group, id);

		if (bits && !register_info(id)->partial)
			found(judge, id, NR_FIELDS,
			      "reserved bits are set: 0x%llx", bits);
	}
}

/*
 * The VMX control words. default1 is the class of that name (SDM vol3D
 * App. A.2): the plain register says of each of its controls that it must
 * be 1, whatever the TRUE register says.
 */
static const struct control_word {
	enum register_id plain;
	enum register_id precise; /* the TRUE one, or NR_REGISTERS */
	u32 default1;
} control_words[] = {
#define WORD(id, bits)                                                         \
	{                                                                      \
		.plain = REG_IA32_VMX_##id, .precise = REG_IA32_VMX_TRUE_##id, \
		.default1 = (bits)                                             \
	}
	WORD(PINBASED_CTLS, 0x00000016),
	WORD(PROCBASED_CTLS, 0x0401e172),
	WORD(EXIT_CTLS, 0x00036dff),
	WORD(ENTRY_CTLS, 0x000011ff),
	{ .plain = REG_IA32_VMX_PROCBASED_CTLS2, .precise = NR_REGISTERS },
};

static u32 must_be_1(u64 value)
{
	return (u32)value;
}

static u32 may_be_1(u64 value)
{
	return value >> 32;
}

static void found_bits(struct judge *judge, enum register_id id, u32 bits,
		       const char *text)
{
	for (unsigned int bit = 0; bit < 32; bit++)
		if (bits >> bit & 1)
			found(judge, id, field_of_bit(id, bit), "control %u %s",
			      bit, text);
}

static void allowed_settings(struct judge *judge, enum register_id id)
{
	u64 value = value_of(judge, id);

	if (is_known(judge, id))
		found_bits(judge, id, must_be_1(value) & ~may_be_1(value),
			   "must be 1 and must be 0");
}

static void control_word(struct judge *judge, const struct control_word *word)
{
	u64 plain = value_of(judge, word->plain), precise;

	allowed_settings(judge, word->plain);
	if (!is_known(judge, word->plain))
		return;
	found_bits(judge, word->plain, word->default1 & ~must_be_1(plain),
		   "is of the default1 class and yet may be 0 here");
	/* A.3.3: the secondary controls have no must-be-1 half. */
	if (word->precise == NR_REGISTERS) {
		found_bits(judge, word->plain, must_be_1(plain),
			   "must be 1, though none of this word ever must");
		return;
	}
	if (!is_known(judge, word->precise))
		return;
	allowed_settings(judge, word->precise);
	precise = value_of(judge, word->precise);
	found_bits(judge, word->precise, may_be_1(plain) ^ may_be_1(precise),
		   "may be 1 by only one of this register and the plain one");
	found_bits(judge, word->precise,
		   (must_be_1(plain) ^ must_be_1(precise)) & ~word->default1,
		   "must be 1 by only one of this register and the plain one");
}

static const struct need {
	enum field_id field;
	enum field_id needs;
	const char *source;
} needs[] = {
#define NEEDS(needy, needy_field, other, other_field, manual)                  \
	{ .field = FIELD_##needy##_##needy_field,                              \
	  .needs = FIELD_##other##_##other_field,                              \
	  .source = (manual) },
#include "tables/needs.def"
};

static void dependencies(struct judge *judge)
{
	ARRAY_EACH(need, needs, ARRAY_SIZE(needs)) {
		const struct field_info *field = field_info(need->field);
		const struct field_info *other = field_info(need->needs);

		if (is_offered(judge, need->field) &&
		    is_missing(judge, need->needs))
			found(judge, field->reg, need->field,
			      "%s is offered without %s.%s, which it needs (%s)",
			      field->name, register_info(other->reg)->name,
			      other->name, need->source);
	}
}

#define VMCS_SIZE_MAX 4096
#define MEMORY_UC     0
#define MEMORY_WB     6

static u64 number_of(const struct judge *judge, enum field_id id)
{
	return field_value(judge->group, id).number;
}

static void vmx_basic(struct judge *judge)
{
	u64 size = number_of(judge, FIELD_IA32_VMX_BASIC_vmcs_size);
	u64 type = number_of(judge, FIELD_IA32_VMX_BASIC_vmcs_mem_type);

	if (!is_known(judge, REG_IA32_VMX_BASIC))
		return;
	if (!size || size > VMCS_SIZE_MAX)
		found(judge, REG_IA32_VMX_BASIC, FIELD_IA32_VMX_BASIC_vmcs_size,
		      "the VMCS has %llu bytes, not 1 to 4096 (SDM vol3D App. A.1)",
		      size);
	if (type != MEMORY_UC && type != MEMORY_WB)
		found(judge, REG_IA32_VMX_BASIC,
		      FIELD_IA32_VMX_BASIC_vmcs_mem_type,
		      "%llu is no memory type for a VMCS (SDM vol3D App. A.1)",
		      type);
}

static void ept(struct judge *judge)
{
	if (!is_known(judge, REG_IA32_VMX_EPT_VPID_CAP) ||
	    !is_offered(judge, FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept))
		return;
	if (is_missing(judge, FIELD_IA32_VMX_EPT_VPID_CAP_ept_mt_uc) &&
	    is_missing(judge, FIELD_IA32_VMX_EPT_VPID_CAP_ept_mt_wb))
		found(judge, REG_IA32_VMX_EPT_VPID_CAP,
		      FIELD_IA32_VMX_EPT_VPID_CAP_ept_mt_wb,
		      "EPT is offered with no memory type for its tables (SDM vol3D App. A.10)");
}

/* What VMX operation always fixes to 1 (SDM vol3C 25.8, vol3D App. A.7, A.8). */
#define CR0_PE_NE_PG 0x80000021ULL
#define CR4_VMXE     0x2000ULL

static void fixed_bits(struct judge *judge, enum register_id fixed0,
		       enum register_id fixed1, u64 always)
{
	u64 to_1 = value_of(judge, fixed0), may_1 = value_of(judge, fixed1);

	/* With unrestricted guests PE and PG stay fixed in these registers. */
	if (is_known(judge, fixed0) && (to_1 & always) != always)
		found(judge, fixed0, NR_FIELDS,
		      "bits that VMX operation needs are not fixed to 1: 0x%llx",
		      always & ~to_1);
	if (is_known(judge, fixed1) && (may_1 & always) != always)
		found(judge, fixed1, NR_FIELDS,
		      "bits that VMX operation needs may not be 1: 0x%llx",
		      always & ~may_1);
	if (is_known(judge, fixed0) && is_known(judge, fixed1) &&
	    (to_1 & ~may_1))
		found(judge, fixed0, NR_FIELDS,
		      "bits are fixed to 1 and to 0: 0x%llx", to_1 & ~may_1);
}

/* ASID 0 is the host's: with one ASID there is none for a guest. */
static void svm(struct judge *judge)
{
	u64 asids = number_of(judge, FIELD_CPUID_L8000000A_EBX_nasid);

	if (is_offered(judge, FIELD_CPUID_L80000001_ECX_svm) &&
	    is_known(judge, REG_CPUID_L8000000A_EBX) && asids < 2)
		found(judge, REG_CPUID_L8000000A_EBX,
		      FIELD_CPUID_L8000000A_EBX_nasid,
		      "%llu ASIDs leave none for a guest (APM vol2 15.16)",
		      asids);
}

static int by_register(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;

	if (a->reg != b->reg)
		return a->reg < b->reg ? -1 : 1;
	if (a->field != b->field)
		return a->field < b->field ? -1 : 1;
	return strcmp(a->text, b->text);
}

int findings_of(struct findings *findings, const struct host_group *group)
{
	struct judge judge = { .group = group, .findings = findings };

	reserved_bits(&judge);
	ARRAY_EACH(word, control_words, ARRAY_SIZE(control_words))
		control_word(&judge, word);
	dependencies(&judge);
	vmx_basic(&judge);
	ept(&judge);
	fixed_bits(&judge, REG_IA32_VMX_CR0_FIXED0, REG_IA32_VMX_CR0_FIXED1,
		   CR0_PE_NE_PG);
	fixed_bits(&judge, REG_IA32_VMX_CR4_FIXED0, REG_IA32_VMX_CR4_FIXED1,
		   CR4_VMXE);
	svm(&judge);
	if (findings->count)
		qsort(findings->list, findings->count, sizeof(*findings->list),
		      by_register);
	return judge.failed ? -1 : 0;
}

void findings_free(struct findings *findings)
{
	free(findings->list);
	*findings = (struct findings){ .list = NULL };
}
