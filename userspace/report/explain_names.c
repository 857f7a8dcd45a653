// SPDX-License-Identifier: GPL-2.0-only
/* What the names mean that "virtinfo explain" is given. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "base/list.h"
#include "base/number.h"
#include "explain/suggest.h"
#include "report/explain.h"

static int append(struct explained **list, size_t *count,
		  struct explained explained)
{
	struct explained *more = reallocarray(*list, *count + 1, sizeof(*more));

	if (!more)
		return -1;
	*list = more;
	more[(*count)++] = explained;
	return 0;
}

const char *exit_code_text(char text[EXIT_CODE_SIZE],
			   const struct exit_reason *reason)
{
	if (reason->vendor == EXIT_INTEL)
		snprintf(text, EXIT_CODE_SIZE, "%" PRIu64, reason->code);
	else if (reason->code >> 63)
		snprintf(text, EXIT_CODE_SIZE, "%" PRId64,
			 (int64_t)reason->code);
	else
		snprintf(text, EXIT_CODE_SIZE, "0x%" PRIx64, reason->code);
	return text;
}

/* AMD's negative codes wrap, as the manual has them. */
static bool take_code(const char **at, uint64_t *code)
{
	bool negative = take_text(at, "-");

	if (!take_number(at, take_text(at, "0x") ? 16 : 10, UINT64_MAX, code))
		return false;
	if (negative)
		*code = -*code;
	return true;
}

/* "intel:48" or "amd:0x400"; *at goes behind it. */
static const struct exit_reason *numbered_exit(const char **at)
{
	enum exit_vendor vendor;
	const char *text = *at;
	uint64_t code;

	if (!strncasecmp(text, "intel:", 6)) {
		vendor = EXIT_INTEL;
		text += 6;
	} else if (!strncasecmp(text, "amd:", 4)) {
		vendor = EXIT_AMD;
		text += 4;
	} else {
		return NULL;
	}
	if (!take_code(&text, &code))
		return NULL;
	*at = text;
	return exit_reason_find(vendor, code);
}

const struct exit_reason *exit_reference(const char **cursor)
{
	const struct exit_reason *reason = numbered_exit(cursor);

	if (reason)
		*cursor += strspn(*cursor, " ");
	return reason;
}

static const struct exit_reason *find_exit(const char *name)
{
	const char *end = name;
	const struct exit_reason *reason = numbered_exit(&end);

	if (reason)
		return *end ? NULL : reason;
	ARRAY_EACH(named, exit_reasons, exit_reason_count)
		if (same_name(named->name, name))
			return named;
	return NULL;
}

enum answer vmcs_field_here(const struct explain_machine *machine,
			    const struct vmcs_field *field)
{
	return answer_here(machine, vmcs_field_answer(machine->host, field),
			   FIELD_IA32_VMX_BASIC_vmcs_size);
}

bool topic_lists_field(enum topic_list list, const struct vmcs_field *field)
{
	static const enum vmcs_group groups[] = {
		[TOPIC_GUEST_FIELDS] = VMCS_GUEST,
		[TOPIC_HOST_FIELDS] = VMCS_HOST,
		[TOPIC_CONTROL_FIELDS] = VMCS_CONTROL,
		[TOPIC_EXIT_FIELDS] = VMCS_EXIT_INFO,
	};

	return list == TOPIC_ALL_FIELDS || groups[list] == field->group;
}

const struct kvm_exit_result *exit_measured(const struct kvm_exits *exits,
					    const struct exit_reason *reason)
{
	if (!exits)
		return NULL;
	for (enum kvm_exit_id id = KVM_EXITS_NOTHING + 1; id < KVM_EXITS_COUNT;
	     id++) {
		const struct kvm_exit_cause *cause = &kvm_exit_causes[id];
		uint64_t code = reason->vendor == EXIT_INTEL ? cause->intel :
							       cause->amd;

		/* The guest ran on one vendor's hardware: the other's stay unmeasured. */
		if (code != reason->code ||
		    exits->svm != (reason->vendor == EXIT_AMD))
			continue;
		if (kvm_exit_has_figures(&exits->results[id]))
			return &exits->results[id];
	}
	return NULL;
}

/* A number alone: decimal as Intel writes exit reasons, else as AMD does. */
static const struct exit_reason *bare_exit(const char *name)
{
	uint64_t code;

	if (parse_hex(name, UINT64_MAX, &code))
		return exit_reason_find(EXIT_AMD, code);
	return parse_u64(name, UINT64_MAX, &code) ?
		       exit_reason_find(EXIT_INTEL, code) :
		       NULL;
}

static int resolve_registers(struct explained **list, size_t *count,
			     const char *name)
{
	size_t before = *count;

	REGISTER_EACH(reg)
		if (register_is_meant(reg, name) &&
		    append(list, count,
			   (struct explained){ .kind = EXPLAINED_REGISTER,
					       .reg = reg }))
			return -1;
	return (int)(*count - before);
}

static int resolve_fields(struct explained **list, size_t *count,
			  const char *name)
{
	enum field_id id, one = register_field_find(name);
	size_t before = *count;

	for (id = 0; id < NR_FIELDS; id++)
		if ((id == one || same_name(field_info(id)->name, name)) &&
		    append(list, count,
			   (struct explained){ .kind = EXPLAINED_FIELD,
					       .field = id }))
			return -1;
	return (int)(*count - before);
}

static enum reason reason_named(const char *name)
{
	enum reason reason;

	for (reason = 0; reason < NR_REASONS; reason++)
		if (same_name(reason_info(reason)->name, name))
			break;
	return reason;
}

int explain_resolve(struct explained **list, size_t *count, const char *name)
{
	struct explained explained = { 0 };
	int found;

	explained.topic = topic_find(name, &explained.section);
	explained.reason = reason_named(name);
	explained.exit = find_exit(name);
	explained.vmcs_field = vmcs_field_find(name);
	if (!explained.exit && !explained.vmcs_field)
		explained.exit = bare_exit(name);
	if (explained.topic)
		explained.kind = EXPLAINED_TOPIC;
	else if (explained.reason != NR_REASONS)
		explained.kind = EXPLAINED_REASON;
	else if ((found = resolve_registers(list, count, name)))
		return found;
	else if (explained.exit)
		explained.kind = EXPLAINED_EXIT;
	else if (explained.vmcs_field)
		explained.kind = EXPLAINED_VMCS_FIELD;
	else
		return resolve_fields(list, count, name);
	return append(list, count, explained) ? -1 : 1;
}

static int append_message(struct explained **list, size_t *count,
			  const struct message *message)
{
	return append(list, count,
		      (struct explained){ .kind = EXPLAINED_MESSAGE,
					  .message = *message });
}

int explain_resolve_messages(struct explained **list, size_t *count,
			     const char *text)
{
	const struct message *row;
	struct message message;
	size_t i, before = *count;

	if (message_of_kernel(&message, text) &&
	    append_message(list, count, &message))
		return -1;
	for (i = 0; (row = message_at(i)); i++)
		if (message_is_in(row, text) &&
		    append_message(list, count, row))
			return -1;
	return (int)(*count - before);
}

int explain_resolve_all(struct explained **list, size_t *count)
{
	ARRAY_EACH(section, topic_sections, topic_section_count)
		ARRAY_EACH(topic, section->topics, section->count) {
			const struct explained explained = {
				.kind = EXPLAINED_TOPIC,
				.section = (size_t)(section - topic_sections),
				.topic = topic,
			};

			if (append(list, count, explained))
				return -1;
		}
	return 0;
}

static void offer_topic(struct suggestion *suggestion,
			const struct topic *topic)
{
	char name[TOPIC_NAME_SIZE];

	for (size_t i = 0; !topic_name(topic, i, name, sizeof(name)); i++)
		suggest_offer(suggestion, name);
}

/* The codes among the messages, not the sentences. */
static void offer_codes(struct suggestion *suggestion)
{
	char code[TOPIC_NAME_SIZE];
	const char *patterns;

	for (size_t i = 0; message_at(i); i++)
		for (patterns = message_at(i)->patterns;
		     list_next(&patterns, '|', code, sizeof(code));)
			if (!strpbrk(code, " %"))
				suggest_offer(suggestion, code);
}

char *explain_suggestion(const char *name)
{
	struct suggestion suggestion = { .wanted = name };
	const char *best;

	/* Of names as near the first counts: topics before tables. */
	ARRAY_EACH(section, topic_sections, topic_section_count)
		ARRAY_EACH(topic, section->topics, section->count)
			offer_topic(&suggestion, topic);
	for (enum reason reason = 0; reason < NR_REASONS; reason++)
		suggest_offer(&suggestion, reason_info(reason)->name);
	ARRAY_EACH(exit_reason, exit_reasons, exit_reason_count)
		suggest_offer(&suggestion, exit_reason->name);
	ARRAY_EACH(vmcs_field, vmcs_fields, vmcs_field_count)
		suggest_offer(&suggestion, vmcs_field->name);
	REGISTER_EACH(reg)
		suggest_offer(&suggestion, register_info(reg)->name);
	for (enum field_id field = 0; field < NR_FIELDS; field++)
		suggest_offer(&suggestion, field_info(field)->name);
	offer_codes(&suggestion);
	best = suggest_best(&suggestion);
	return best ? strdup(best) : NULL;
}
