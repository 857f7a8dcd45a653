// SPDX-License-Identifier: GPL-2.0-only
#include "report/show_value.h"

#include <stdio.h>
#include <string.h>

#include "model/register_name.h"

/* Below, both read alike; a mask or an address this high is no count. */
#define SMALL_NUMBER  10
#define DECIMAL_LIMIT 1000000
/* A field of so many bits is a mask or an address more often than a count. */
#define MASK_BITS 32

static unsigned int width_of(const struct field_info *field)
{
	return field->high - field->low + 1U;
}

/* Vendors, models and signatures are texts, four letters a register. */
static bool letters_of(char letters[5], const struct field_info *field,
		       u64 number)
{
	if (width_of(field) != 32)
		return false;
	for (unsigned int i = 0; i < 4; i++) {
		letters[i] = (char)(number >> 8 * i & 0xff);
		if (letters[i] < ' ' || letters[i] > '~')
			return false;
	}
	letters[4] = '\0';
	return true;
}

static void number_text(struct shown_value *value,
			const struct field_info *field,
			const struct field_value *is)
{
	char letters[5];

	if (is->text)
		snprintf(value->text, sizeof(value->text), "%llu = %s",
			 is->number, is->text);
	else if (letters_of(letters, field, is->number))
		snprintf(value->text, sizeof(value->text), "\"%s\"", letters);
	else if (is->number < SMALL_NUMBER)
		snprintf(value->text, sizeof(value->text), "%llu", is->number);
	else if (width_of(field) >= MASK_BITS && is->number >= DECIMAL_LIMIT)
		snprintf(value->text, sizeof(value->text), "0x%llx",
			 is->number);
	else if (width_of(field) >= MASK_BITS)
		snprintf(value->text, sizeof(value->text), "0x%llx (%llu)",
			 is->number, is->number);
	else
		snprintf(value->text, sizeof(value->text), "%llu (0x%llx)",
			 is->number, is->number);
}

struct shown_value *show_value(struct shown_value *value,
			       const struct host_group *group, enum field_id id)
{
	static const enum out_style control_styles[] = {
		[CONTROL_NO] = OUT_DIM,
		[CONTROL_YES] = OUT_GOOD,
		[CONTROL_FORCED] = OUT_WARN,
		[CONTROL_DEFAULT] = OUT_GOOD,
	};
	const struct field_info *field = field_info(id);
	struct field_value is = field_value(group, id);
	char word[FIELD_WORD_SIZE];

	value->style = !field_is_question(id)	 ? OUT_PLAIN :
		       field->kind != FIELD_FLAG ? control_styles[is.control] :
		       is.number		 ? OUT_GOOD :
						   OUT_DIM;
	if (field_is_question(id))
		snprintf(value->text, sizeof(value->text), "%s",
			 field_word(word, id, &is));
	else
		number_text(value, field, &is);
	return value;
}

void show_bit_names(struct out *out, const struct host_group *group,
		    enum field_id id)
{
	enum register_id bits = register_of_bits(field_info(id)->reg);
	u64 number = field_value(group, id).number;
	const char *before = ": ";

	if (bits == NR_REGISTERS)
		return;
	for (unsigned int bit = 0; bit < 64; bit++) {
		const char *name = register_bit_name(bits, bit);

		if (!(number >> bit & 1))
			continue;
		if (name)
			out_printf(out, "%s%s", before, name);
		else
			out_printf(out, "%sbit_%u", before, bit);
		before = " ";
	}
}

/* May VMX or SVM be used, what can it do, and what does it run under? */
static bool comes_first(enum register_id id)
{
	const struct register_info *info = register_info(id);

	switch (info->class) {
	case REGISTER_CONTROL:
	case REGISTER_HYPERVISOR:
		return true;
	case REGISTER_CPUID:
		return info->address == 0x8000000a ||
		       info->address == 0x8000001f;
	default:
		return id == REG_IA32_FEATURE_CONTROL || id == REG_IA32_EFER ||
		       id == REG_VM_CR || id == REG_SEV_STATUS ||
		       !strncmp(info->name, "IA32_VMX_", strlen("IA32_VMX_"));
	}
}

const enum register_id *show_order(void)
{
	static enum register_id order[NR_REGISTERS];
	size_t count = 0;

	REGISTER_EACH(id)
		if (comes_first(id) &&
		    register_info(id)->class != REGISTER_HYPERVISOR)
			order[count++] = id;
	REGISTER_EACH(id)
		if (register_info(id)->class == REGISTER_HYPERVISOR)
			order[count++] = id;
	REGISTER_EACH(id)
		if (!comes_first(id))
			order[count++] = id;
	return order;
}
