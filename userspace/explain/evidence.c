// SPDX-License-Identifier: GPL-2.0-only
/* The table of evidence, and who computes each row. */
#include "explain/evidence.h"

#include <string.h>

#include "base/array.h"

static void a_field(struct evidence *evidence)
{
	evidence_field(evidence, evidence->machine, evidence->row->field);
}

static const struct evidence_row rows[] = {
#define ROW(word, text, function)                                              \
	.key = (word), .label = (text), .fill = function
#define NAMED(text, register, name) { (text), FIELD_##register##_##name },
#define EVIDENCE_FIELD(word, text, register, name)                             \
	{ ROW(word, text, a_field), .field = FIELD_##register##_##name },
#define EVIDENCE_ANY(word, text, names)                                        \
	{ ROW(word, text, evidence_any),                                       \
	  .any = (const struct named_field[]){ names{ NULL, NR_FIELDS } } },
#define EVIDENCE_FLAGS(word, text, id)                                         \
	{ ROW(word, text, evidence_flags), .reg = REG_##id },
#define EVIDENCE_REGISTER(word, text, id)                                      \
	{ ROW(word, text, evidence_register), .reg = REG_##id },
#define EVIDENCE_VMCS(word, text, group)                                       \
	{ ROW(word, text, evidence_vmcs), .vmcs = (group) },
#define EVIDENCE_FACTS(word, text, ...)                                        \
	{ ROW(word, text, evidence_facts), .facts = { __VA_ARGS__ } },
#define EVIDENCE_STAGE(word, text, id)                                         \
	{ ROW(word, text, evidence_stage), .stage = STAGE_##id },
#define EVIDENCE_IS(word, text, name)                                          \
	{ ROW(word, text, evidence_is), .product = HYPERVISOR_##name },
#define EVIDENCE_HOSTING(word, text, id)                                       \
	{ ROW(word, text, evidence_hosting), .hosting = HOSTING_##id },
#define EVIDENCE_COMPUTED(word, text, function)                                \
	{ ROW(word, text, evidence_##function) },
#include "explain/evidence.def"
};

bool evidence_get(struct evidence *evidence, const char *key,
		  const struct explain_machine *machine)
{
	ARRAY_EACH(row, rows, ARRAY_SIZE(rows)) {
		if (strcmp(row->key, key))
			continue;
		*evidence = (struct evidence){ .machine = machine,
					       .row = row,
					       .key = row->key,
					       .label = row->label,
					       .answer = ANSWER_UNKNOWN };
		row->fill(evidence);
		if (!*evidence->text)
			evidence_add(evidence, "", "not known");
		return true;
	}
	return false;
}
