// SPDX-License-Identifier: GPL-2.0-only
/* The table of evidence, and who computes each row. */
#include "explain/evidence.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum evidence_kind {
	KIND_FIELD,
	KIND_ANY,
	KIND_FLAGS,
	KIND_REGISTER,
	KIND_VMCS,
	KIND_FACTS,
	KIND_STAGE,
	KIND_IS,
	KIND_HOSTING,
	KIND_COMPUTED,
};

static const struct row {
	const char *key;
	const char *label;
	enum evidence_kind kind;
	union {
		enum field_id field;
		const struct named_field *any;
		enum register_id reg;
		enum vmcs_group vmcs;
		const char *facts[EVIDENCE_FACTS_MAX + 1];
		enum stage_id stage;
		enum hypervisor_product product;
		enum hosting_id hosting;
		evidence_compute *compute;
	};
} rows[] = {
#define ROW(word, text, of)	    .key = (word), .label = (text), .kind = KIND_##of
#define NAMED(text, register, name) { (text), FIELD_##register##_##name },
#define EVIDENCE_FIELD(word, text, register, name)                             \
	{ ROW(word, text, FIELD), .field = FIELD_##register##_##name },
#define EVIDENCE_ANY(word, text, names)                                        \
	{ ROW(word, text, ANY),                                                \
	  .any = (const struct named_field[]){ names{ NULL, NR_FIELDS } } },
#define EVIDENCE_FLAGS(word, text, id)                                         \
	{ ROW(word, text, FLAGS), .reg = REG_##id },
#define EVIDENCE_REGISTER(word, text, id)                                      \
	{ ROW(word, text, REGISTER), .reg = REG_##id },
#define EVIDENCE_VMCS(word, text, group)                                       \
	{ ROW(word, text, VMCS), .vmcs = (group) },
#define EVIDENCE_FACTS(word, text, ...)                                        \
	{ ROW(word, text, FACTS), .facts = { __VA_ARGS__ } },
#define EVIDENCE_STAGE(word, text, id)                                         \
	{ ROW(word, text, STAGE), .stage = STAGE_##id },
#define EVIDENCE_IS(word, text, name)                                          \
	{ ROW(word, text, IS), .product = HYPERVISOR_##name },
#define EVIDENCE_HOSTING(word, text, id)                                       \
	{ ROW(word, text, HOSTING), .hosting = HOSTING_##id },
#define EVIDENCE_COMPUTED(word, text, function)                                \
	{ ROW(word, text, COMPUTED), .compute = evidence_##function },
#include "explain/evidence.def"
};

size_t evidence_count(void)
{
	return ARRAY_SIZE(rows);
}

const char *evidence_key(size_t index)
{
	return rows[index].key;
}

void evidence_add(struct evidence *evidence, const char *separator,
		  const char *format, ...)
{
	size_t used = strlen(evidence->text);
	va_list arguments;

	if (used)
		used += (size_t)snprintf(evidence->text + used,
					 EVIDENCE_TEXT - used, "%s", separator);
	if (used >= EVIDENCE_TEXT)
		return;
	va_start(arguments, format);
	vsnprintf(evidence->text + used, EVIDENCE_TEXT - used, format,
		  arguments);
	va_end(arguments);
}

static void compute(struct evidence *evidence, const struct row *row,
		    const struct explain_machine *machine)
{
	switch (row->kind) {
	case KIND_FIELD:
		evidence_field(evidence, machine, row->field);
		break;
	case KIND_ANY:
		evidence_any(evidence, machine, row->any);
		break;
	case KIND_FLAGS:
		evidence_flags(evidence, machine, row->reg);
		break;
	case KIND_REGISTER:
		evidence_register(evidence, machine, row->reg);
		break;
	case KIND_VMCS:
		evidence_vmcs(evidence, machine, row->vmcs);
		break;
	case KIND_FACTS:
		evidence_facts(evidence, machine->host, row->facts);
		break;
	case KIND_STAGE:
		evidence_stage(evidence, machine->verdict, row->stage);
		break;
	case KIND_IS:
		evidence_is(evidence, machine, row->product);
		break;
	case KIND_HOSTING:
		evidence_hosting(evidence, machine, row->hosting);
		break;
	default:
		row->compute(evidence, machine);
		break;
	}
}

bool evidence_get(struct evidence *evidence, const char *key,
		  const struct explain_machine *machine)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!strcmp(rows[i].key, key))
			break;
	if (i == ARRAY_SIZE(rows))
		return false;
	memset(evidence, 0, sizeof(*evidence));
	evidence->key = rows[i].key;
	evidence->label = rows[i].label;
	evidence->answer = ANSWER_UNKNOWN;
	compute(evidence, &rows[i], machine);
	if (!*evidence->text)
		evidence_add(evidence, "", "not known");
	return true;
}
