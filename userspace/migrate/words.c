// SPDX-License-Identifier: GPL-2.0-only
#include "migrate/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/exit_status.h"
#include "base/memory_text.h"
#include "migrate/cpu_features.h"

const char *guest_classes_words(char words[GUEST_CLASSES_SIZE],
				unsigned int classes)
{
	enum guest_class guest;
	size_t used = 0;

	*words = '\0';
	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		if (classes >> guest & 1)
			used += (size_t)snprintf(
				words + used, GUEST_CLASSES_SIZE - used, "%s%s",
				used ? ", " : "", guest_class_name(guest));
	return words;
}

const char *finding_register(char name[REGISTER_ADDRESS_SIZE],
			     const struct migration_finding *finding)
{
	if (finding->reg != NR_REGISTERS)
		return register_info(finding->reg)->name;
	if (!finding->leaf)
		return NULL;
	return cpuid_address(name, finding->leaf, finding->subleaf,
			     finding->output);
}

/* Is any of its bits in the way? Of a control both halves are its own. */
static u64 bits_of(const struct field_info *field)
{
	u64 bits = field_mask(field);

	return field->kind == FIELD_CONTROL || field->kind == FIELD_DEFAULT1 ?
		       bits | bits << 32 :
		       bits;
}

/* A comparison of a leaf names no register, though the table may have one. */
static enum register_id register_of(const struct migration_finding *finding)
{
	if (finding->reg != NR_REGISTERS || !finding->leaf)
		return finding->reg;
	REGISTER_EACH(id) {
		const struct register_info *info = register_info(id);

		if (info->class == REGISTER_CPUID &&
		    info->address == finding->leaf &&
		    info->subleaf == finding->subleaf &&
		    info->reg == finding->output)
			return id;
	}
	return NR_REGISTERS;
}

/* The fields that the bits are of. */
static void fields_of(const struct migration_finding *finding, u64 bits,
		      void (*each)(void *context, enum field_id field,
				   const char *name),
		      void *context)
{
	enum register_id reg = register_of(finding);
	const struct register_info *info;
	u64 left = bits;
	unsigned int i, bit;
	char name[16];

	if (reg != NR_REGISTERS) {
		info = register_info(reg);
		for (i = 0; i < info->nr_fields; i++) {
			const struct field_info *field =
				field_info(info->first_field + i);
			u64 own = bits_of(field);

			if (!(left & own) || field->kind == FIELD_RESERVED0 ||
			    field->kind == FIELD_DEFAULT1)
				continue;
			each(context, info->first_field + i, field->name);
			left &= ~own;
		}
	}
	for (bit = 0; bit < 64 && !finding->number; bit++) {
		if (!(left >> bit & 1))
			continue;
		snprintf(name, sizeof(name), "bit %u", bit);
		each(context, NR_FIELDS, name);
	}
}

void finding_fields(const struct migration_finding *finding,
		    void (*each)(void *context, enum field_id field,
				 const char *name),
		    void *context)
{
	fields_of(finding, finding->bits, each, context);
}

static void print_name(void *context, enum field_id field, const char *name)
{
	FILE *file = context;

	(void)field;
	fprintf(file, "%s%s", ftell(file) ? ", " : "", name);
}

/* In a CPU model it has QEMU's name. */
static void print_feature(void *context, enum field_id field, const char *name)
{
	const char *qemu = NULL;
	size_t i;

	for (i = 0; i < NR_CPU_FEATURES && !qemu; i++)
		if (cpu_features[i].field == field)
			qemu = cpu_feature_name(&cpu_features[i], NAMES_QEMU,
						0);
	print_name(context, field, qemu ? qemu : name);
}

static char *words_of(const struct migration_finding *finding, u64 bits,
		      void (*each)(void *context, enum field_id field,
				   const char *name))
{
	char *words = NULL;
	size_t size;
	FILE *file = open_memstream(&words, &size);

	if (!file)
		return NULL;
	fields_of(finding, bits, each, file);
	return memory_text(file, &words);
}

char *finding_fields_words(const struct migration_finding *finding)
{
	return words_of(finding, finding->bits, print_name);
}

/* The state component whose size or place a finding is about, or NULL. */
static const char *component_of(const struct migration_finding *finding)
{
	const char *user;

	if (finding->leaf != 0xd || finding->subleaf < 2)
		return NULL;
	user = register_bit_name(REG_CPUID_LD_0_EAX, finding->subleaf);
	return user ? user :
		      register_bit_name(REG_CPUID_LD_1_ECX, finding->subleaf);
}

/*
 * What a CPU model would have to leave out. What the guest has not cannot be
 * left out.
 */
static char *in_the_way(const struct migration_finding *finding)
{
	const char *component = component_of(finding);

	return component ? strdup(component) :
			   words_of(finding, finding->bits & ~finding->missing,
				    print_feature);
}

int finding_mends(const struct migration_finding *finding, char **mends)
{
	const char *format = migration_rule_info(finding->rule)->mends;
	const char *place = format ? strchr(format, '%') : NULL;
	char *words;
	int length;

	*mends = NULL;
	if (!format)
		return 0;
	words = in_the_way(finding);
	if (!words)
		return -1;
	if (!place || !*words)
		length = place ? 0 : asprintf(mends, "%s", format);
	else
		length = asprintf(mends, "%.*s%s%s", (int)(place - format),
				  format, words, place + strlen("%s"));
	free(words);
	return length < 0 ? -1 : 0;
}

int migration_status(enum migration_answer to_b, enum migration_answer to_a)
{
	if (to_b == MIGRATION_UNKNOWN || to_a == MIGRATION_UNKNOWN)
		return STATUS_MIGRATION_UNKNOWN;
	if (to_b == MIGRATION_SAFE)
		return to_a == MIGRATION_SAFE ? STATUS_OK : STATUS_ONLY_TO_B;
	return to_a == MIGRATION_SAFE ? STATUS_ONLY_TO_A : STATUS_NEITHER_WAY;
}
