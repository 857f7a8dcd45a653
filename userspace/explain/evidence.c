// SPDX-License-Identifier: GPL-2.0-only
#include "explain/evidence.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/answer.h"

enum evidence_kind {
	KIND_FIELD,
	KIND_FACT,
	KIND_IS,
	KIND_HOSTING,
	KIND_COMPUTED
};

static const struct {
	const char *key;
	const char *label;
	enum evidence_kind kind;
	enum field_id field;
	const char *fact;
	enum hypervisor_product product;
	enum hosting_id hosting;
	evidence_compute *compute;
} rows[] = {
#define EVIDENCE_FIELD(word, text, reg, name)                                  \
	{ .key = word,                                                         \
	  .label = text,                                                       \
	  .kind = KIND_FIELD,                                                  \
	  .field = FIELD_##reg##_##name },
#define EVIDENCE_FACT(word, text, name)                                        \
	{ .key = word, .label = text, .kind = KIND_FACT, .fact = name },
#define EVIDENCE_IS(word, text, name)                                          \
	{ .key = word,                                                         \
	  .label = text,                                                       \
	  .kind = KIND_IS,                                                     \
	  .product = HYPERVISOR_##name },
#define EVIDENCE_HOSTING(word, text, name)                                     \
	{ .key = word,                                                         \
	  .label = text,                                                       \
	  .kind = KIND_HOSTING,                                                \
	  .hosting = HOSTING_##name },
#define EVIDENCE_COMPUTED(word, text, function)                                \
	{ .key = word,                                                         \
	  .label = text,                                                       \
	  .kind = KIND_COMPUTED,                                               \
	  .compute = evidence_##function },
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

bool evidence_find(const char *key, size_t length, size_t *index)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (strlen(rows[i].key) == length &&
		    !memcmp(rows[i].key, key, length))
			break;
	*index = i;
	return i < ARRAY_SIZE(rows);
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

/* Does the register tell of VMX or SVM, which a hypervisor can keep from us? */
static bool is_of_extension(enum register_id reg)
{
	const char *name = register_info(reg)->name;

	return !strncmp(name, "IA32_VMX_", 9) ||
	       !strncmp(name, "0x8000000a", 10) || reg == REG_CPUID_L1_ECX ||
	       reg == REG_CPUID_L80000001_ECX;
}

static bool shows_extension(const struct host *host)
{
	return answer_of(host, FIELD_CPUID_L1_ECX_vmx) != ANSWER_NO ||
	       answer_of(host, FIELD_CPUID_L80000001_ECX_svm) != ANSWER_NO;
}

static bool of_vmx(enum register_id reg)
{
	return !strncmp(register_info(reg)->name, "IA32_VMX_", 9);
}

/* Is the extension that the register is about known not to be shown? */
static bool lacks_extension(const struct host *host, enum register_id reg)
{
	return answer_of(host, of_vmx(reg) ? FIELD_CPUID_L1_ECX_vmx :
					     FIELD_CPUID_L80000001_ECX_svm) ==
	       ANSWER_NO;
}

/* Why a register has no value, in a few words. */
static const char *why_unknown(const struct host *host, enum register_id id)
{
	size_t i;

	if (register_info(id)->class == REGISTER_HYPERVISOR)
		return "no such leaf of a hypervisor here";
	for (i = 0; i < host->nr_groups; i++)
		switch (register_value(host->groups[i], id).status) {
		case VI_GP:
			return "reading it took a fault (#GP)";
		case VI_NOT_ATTEMPTED:
			return "not read: this processor does not announce it";
		case VI_SET:
		case VI_CLEAR:
			return "its value is kept from this reader";
		case VI_ABSENT:
			return "the input does not hold it";
		default:
			break;
		}
	return "the input holds no CPU";
}

void evidence_add_cpus(struct evidence *evidence,
		       const struct host_group *group)
{
	char *cpus = cpulist_words(&group->cpus);

	evidence_add(evidence, "; ", "%s: ", cpus ? cpus : "?");
	free(cpus);
}

/* Two groups that answer differently are told one by one. */
static void say_groups(struct evidence *evidence, const struct host *host,
		       enum field_id id)
{
	size_t i;

	for (i = 0; i < host->nr_groups; i++) {
		struct field_value value = field_value(host->groups[i], id);

		evidence_add_cpus(evidence, host->groups[i]);
		if (evidence->answers)
			evidence_add(evidence, "", "%s",
				     answer_name(answer_of_group(
					     host->groups[i], id)));
		else if (value.known)
			evidence_add(evidence, "", "%llu", value.number);
		else
			evidence_add(evidence, "", "unknown");
	}
}

static bool groups_agree(const struct host *host, enum field_id id,
			 bool answers)
{
	size_t i;

	for (i = 1; i < host->nr_groups; i++) {
		struct field_value first = field_value(host->groups[0], id);
		struct field_value other = field_value(host->groups[i], id);

		if (answers && answer_of_group(host->groups[0], id) !=
				       answer_of_group(host->groups[i], id))
			return false;
		if (!answers && (first.known != other.known ||
				 first.number != other.number))
			return false;
	}
	return true;
}

static void say_no(struct evidence *evidence, const struct host *host,
		   const struct hypervisor *above, enum register_id reg)
{
	bool hidden = above && is_of_extension(reg) && !shows_extension(host);

	if (hidden && above->privileged == ANSWER_YES) {
		evidence->answer = ANSWER_UNKNOWN;
		evidence_add(
			evidence, "",
			"unknown: the hypervisor below keeps it for itself");
	} else if (hidden && above->guest == ANSWER_YES) {
		evidence_add(evidence, "",
			     "no: the hypervisor above does not offer it");
	} else {
		evidence_add(evidence, "", "no");
	}
}

static void say_field(struct evidence *evidence, const struct host *host,
		      const struct hypervisor *above, enum field_id id)
{
	const struct field_info *info = field_info(id);
	struct field_value value;

	evidence->answers = info->kind == FIELD_FLAG ||
			    info->kind == FIELD_CONTROL ||
			    info->kind == FIELD_CONTROL1;
	snprintf(evidence->source, sizeof(evidence->source), "%s %s",
		 register_info(info->reg)->name, info->name);
	evidence->answer = answer_of(host, id);
	if (!groups_agree(host, id, evidence->answers)) {
		say_groups(evidence, host, id);
		return;
	}
	if (evidence->answers && evidence->answer == ANSWER_NO) {
		say_no(evidence, host, above, info->reg);
		return;
	}
	if (evidence->answers && evidence->answer == ANSWER_YES) {
		evidence_add(evidence, "", "yes");
		return;
	}
	if (host->nr_groups) {
		value = field_value(host->groups[0], id);
		evidence->answer = value.known ? ANSWER_YES : ANSWER_UNKNOWN;
		if (value.known && value.text)
			evidence_add(evidence, "", "%llu, %s", value.number,
				     value.text);
		else if (value.known)
			evidence_add(evidence, "", "%llu", value.number);
		if (value.known)
			return;
	}
	evidence->answer = ANSWER_UNKNOWN;
	if (is_of_extension(info->reg) && lacks_extension(host, info->reg)) {
		evidence_add(evidence, "",
			     "none: no %s is shown to this system",
			     of_vmx(info->reg) ? "VMX" : "SVM");
		return;
	}
	evidence_add(evidence, "", "unknown: %s", why_unknown(host, info->reg));
}

void evidence_field(struct evidence *evidence, const struct host *host,
		    enum field_id id)
{
	say_field(evidence, host, NULL, id);
}

static void say_fact(struct evidence *evidence, const struct host *host,
		     const char *key)
{
	const char *value = facts_get(host->facts, key);

	snprintf(evidence->source, sizeof(evidence->source), "fact \"%s\"",
		 key);
	evidence->answer = value ? ANSWER_YES : ANSWER_UNKNOWN;
	evidence_add(evidence, "", "%s",
		     value ? value : "unknown: the input does not say");
}

static void say_is(struct evidence *evidence,
		   const struct lesson_machine *machine,
		   enum hypervisor_product product)
{
	const struct hypervisor_layer *nearest =
		hypervisor_nearest(&machine->above);

	evidence->answers = true;
	if (machine->above.guest == ANSWER_UNKNOWN)
		evidence->answer = ANSWER_UNKNOWN;
	else if (!nearest || nearest->product != product)
		evidence->answer =
			nearest && nearest->certainty == LAYER_CANNOT_TELL ?
				ANSWER_UNKNOWN :
				ANSWER_NO;
	else
		evidence->answer = nearest->certainty == LAYER_CANNOT_TELL ?
					   ANSWER_UNKNOWN :
					   ANSWER_YES;
	if (machine->above.guest == ANSWER_UNKNOWN)
		evidence_add(evidence, "", "unknown: the input does not say");
	else if (evidence->answer == ANSWER_UNKNOWN)
		evidence_add(evidence, "", "cannot tell: %s", nearest->why);
	else if (evidence->answer == ANSWER_YES &&
		 machine->above.privileged == ANSWER_YES)
		evidence_add(evidence, "",
			     "yes, the one that rules the machine: %s",
			     machine->above.privileged_why);
	else if (evidence->answer == ANSWER_YES)
		evidence_add(evidence, "", "%s: %s",
			     nearest->certainty == LAYER_LIKELY ?
				     "most likely" :
				     "yes",
			     nearest->why);
	else
		evidence_add(evidence, "", "no");
}

static void say_hosting(struct evidence *evidence,
			const struct lesson_machine *machine,
			enum hosting_id id)
{
	struct hosting hosting = hosting_of(machine->host, &machine->above, id);

	evidence->answers = true;
	evidence->answer = hosting.present;
	switch (hosting.present) {
	case ANSWER_YES:
		evidence_add(evidence, "", "present: %s", hosting.evidence);
		break;
	case ANSWER_NO:
		evidence_add(evidence, "", "not found");
		break;
	default:
		evidence_add(evidence, "", "unknown: the input does not say");
		break;
	}
}

void evidence_get(struct evidence *evidence, size_t index,
		  const struct lesson_machine *machine)
{
	memset(evidence, 0, sizeof(*evidence));
	evidence->key = rows[index].key;
	evidence->label = rows[index].label;
	evidence->answer = ANSWER_UNKNOWN;
	switch (rows[index].kind) {
	case KIND_FIELD:
		say_field(evidence, machine->host, &machine->above,
			  rows[index].field);
		break;
	case KIND_FACT:
		say_fact(evidence, machine->host, rows[index].fact);
		break;
	case KIND_IS:
		say_is(evidence, machine, rows[index].product);
		break;
	case KIND_HOSTING:
		say_hosting(evidence, machine, rows[index].hosting);
		break;
	default:
		rows[index].compute(evidence, machine);
		break;
	}
	if (!*evidence->text)
		evidence_add(evidence, "", "unknown: the input does not say");
}
