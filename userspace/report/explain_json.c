// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo explain as the JSON document virtinfo.explain/1. */
#include <stdlib.h>

#include "base/array.h"
#include "base/list.h"
#include "explain/diagrams.h"
#include "output/json.h"
#include "report/explain.h"
#include "report/running_under.h"
#include "report/verdict_report.h"

#define SCHEMA "virtinfo.explain/1"

/* A paragraph is the longest. */
#define WORD_SIZE 2048

/* The words of a list, each a string of an array. */
static void json_words(struct json *json, const char *key, const char *list,
		       char separator)
{
	char word[WORD_SIZE];

	json_begin_array(json, key);
	while (list_next(&list, separator, word, sizeof(word)))
		json_string(json, NULL, word);
	json_end(json);
}

static void json_evidence(struct json *json,
			  const struct explain_machine *machine,
			  const char *keys)
{
	struct evidence evidence;
	char key[WORD_SIZE];

	json_begin_array(json, "evidence");
	while (list_next(&keys, ' ', key, sizeof(key))) {
		if (!evidence_get(&evidence, key, machine))
			continue;
		json_begin_object(json, NULL);
		json_string(json, "key", evidence.key);
		json_string(json, "label", evidence.label);
		json_boolean(json, "known", evidence.answer != ANSWER_UNKNOWN);
		if (evidence.answers)
			json_answer(json, "answer", evidence.answer);
		json_string(json, "text", evidence.text);
		json_known_string(json, "source", evidence.source);
		json_end(json);
	}
	json_end(json);
}

static void json_exit(struct json *json, const struct explain_machine *machine,
		      const struct exit_reason *reason)
{
	const struct kvm_exit_result *measured =
		exit_measured(machine->exits, reason);
	char code[EXIT_CODE_SIZE];

	json_begin_object(json, NULL);
	json_string(json, "vendor",
		    reason->vendor == EXIT_INTEL ? "intel" : "amd");
	json_string(json, "code", exit_code_text(code, reason));
	json_string(json, "name", reason->name);
	json_string(json, "meaning", reason->meaning);
	json_string(json, "source", reason->source);
	json_known_uint(json, "median_ns", measured && measured->timed,
			measured ? measured->median_ns : 0);
	json_end(json);
}

static void json_vmcs_field(struct json *json,
			    const struct explain_machine *machine,
			    const struct vmcs_field *field)
{
	json_begin_object(json, NULL);
	json_hex(json, "encoding", field->encoding, 4);
	json_string(json, "name", field->name);
	json_string(json, "title", field->title);
	json_string(json, "width", vmcs_width_name(field));
	json_string(json, "group", vmcs_group_name(field->group));
	json_begin_array(json, "exists_with");
	ARRAY_EACH(control, field->controls, ARRAY_SIZE(field->controls))
		if (*control != NR_FIELDS)
			json_string(json, NULL, field_info(*control)->name);
	json_end(json);
	json_answer(json, "here", vmcs_field_here(machine, field));
	json_string(json, "source", field->source);
	json_end(json);
}

static void json_fields(struct json *json,
			const struct explain_machine *machine,
			enum topic_list list)
{
	if (list < TOPIC_GUEST_FIELDS || list > TOPIC_ALL_FIELDS)
		return;
	json_begin_array(json, "vmcs_fields");
	ARRAY_EACH(field, vmcs_fields, vmcs_field_count)
		if (topic_lists_field(list, field))
			json_vmcs_field(json, machine, field);
	json_end(json);
}

static void json_names(struct json *json, const struct topic *topic)
{
	json_string(json, "id", topic->id);
	json_string(json, "title", topic->title);
	json_words(json, "aliases", topic->names, ',');
}

static void json_exits(struct json *json, const struct explain_machine *machine,
		       const struct topic *topic)
{
	const struct exit_reason *reason;
	const char *cursor = topic->exits;

	json_begin_array(json, "exits");
	while ((reason = exit_reference(&cursor)))
		json_exit(json, machine, reason);
	if (topic->list == TOPIC_EXIT_REASONS)
		ARRAY_EACH(each, exit_reasons, exit_reason_count)
			json_exit(json, machine, each);
	json_end(json);
}

static int json_diagram(struct json *json,
			const struct explain_machine *machine, const char *id)
{
	struct diagram_values values;
	char *text;

	if (!*id) {
		json_null(json, "diagram");
		return 0;
	}
	diagram_values_of(&values, machine->host);
	text = diagram_text(id, &values, true);
	if (!text)
		return -1;
	json_words(json, "diagram", text, '\n');
	free(text);
	return 0;
}

static int json_topic(struct json *json, const struct explain_machine *machine,
		      const struct explained *explained)
{
	const struct topic *topic = explained->topic;

	json_string(json, "kind", "topic");
	json_string(json, "section", topic_sections[explained->section].title);
	json_names(json, topic);
	json_words(json, "text", topic->text, '\n');
	json_words(json, "links", topic->links, ' ');
	json_words(json, "see", topic->see, '\n');
	json_evidence(json, machine, topic->evidence);
	json_exits(json, machine, topic);
	json_fields(json, machine, topic->list);
	if (topic->list == TOPIC_CHECK)
		verdict_json(json, machine->verdict);
	return json_diagram(json, machine, topic->diagram);
}

static void json_field(struct json *json, const struct explain_machine *machine,
		       enum field_id id)
{
	const struct field_info *field = field_info(id);
	struct evidence evidence = { 0 };

	evidence_field(&evidence, machine, id);
	json_string(json, "register", register_info(field->reg)->name);
	json_string(json, "field", field->name);
	json_string(json, "title", field->title);
	json_string(json, "meaning", field->meaning);
	json_string(json, "kind_of_field", field_kind_name(field->kind));
	json_int(json, "high", field->high);
	json_int(json, "low", field->low);
	json_string(json, "here", evidence.text);
}

static void json_reason(struct json *json, enum reason reason)
{
	const struct reason_info *info = reason_info(reason);
	const struct topic *topic = &reason_topics[reason];

	json_string(json, "kind", "reason");
	json_string(json, "id", info->name);
	json_string(json, "title", info->meaning);
	json_int(json, "exit_status", info->exit_status);
	json_string(json, "rung", stage_name(info->stage));
	json_known_string(json, "remedy", info->remedy);
	json_words(json, "text", topic->text, '\n');
	json_words(json, "topics", topic->links, ' ');
}

static void json_message(struct json *json,
			 const struct explain_machine *machine,
			 const struct message *message)
{
	enum reason reason = message_reason(message);
	const char *cure = message_cure(message);

	json_string(json, "kind", "message");
	json_string(json, "id", message->id);
	json_string(json, "program", message->program);
	json_string(json, "message", message->text);
	json_string(json, "meaning", message->meaning);
	json_string(json, "reason",
		    reason == REASON_NONE ? NULL : reason_info(reason)->name);
	json_known_string(json, "remedy", cure);
	json_string(json, "source", message->source);
	verdict_json(json, machine->verdict);
}

static void json_register(struct json *json,
			  const struct explain_machine *machine,
			  enum register_id id)
{
	const struct register_info *info = register_info(id);

	json_string(json, "kind", "register");
	json_string(json, "register", info->name);
	json_string(json, "source", info->source);
	json_begin_array(json, "fields");
	FIELD_EACH(info, i) {
		json_begin_object(json, NULL);
		json_field(json, machine, i);
		json_end(json);
	}
	json_end(json);
}

static int json_one(struct json *json, const struct explain_machine *machine,
		    const struct explained *explained)
{
	switch (explained->kind) {
	case EXPLAINED_TOPIC:
		return json_topic(json, machine, explained);
	case EXPLAINED_REASON:
		json_reason(json, explained->reason);
		return 0;
	case EXPLAINED_EXIT:
		json_string(json, "kind", "exit");
		json_begin_array(json, "exits");
		json_exit(json, machine, explained->exit);
		json_end(json);
		return 0;
	case EXPLAINED_VMCS_FIELD:
		json_string(json, "kind", "vmcs_field");
		json_begin_array(json, "vmcs_fields");
		json_vmcs_field(json, machine, explained->vmcs_field);
		json_end(json);
		return 0;
	case EXPLAINED_REGISTER:
		json_register(json, machine, explained->reg);
		return 0;
	case EXPLAINED_MESSAGE:
		json_message(json, machine, &explained->message);
		return 0;
	default:
		json_string(json, "kind", "field");
		json_field(json, machine, explained->field);
		return 0;
	}
}

int explain_json(struct out *out, const struct explain_machine *machine,
		 const struct explained *list, size_t count)
{
	struct json *json = json_new(SCHEMA);
	int error = 0;

	json_string(json, "input", machine->host->name);
	json_boolean(json, "live", host_is_live(machine->host));
	json_begin_array(json, "explained");
	ARRAY_EACH(explained, list, count) {
		json_begin_object(json, NULL);
		error |= json_one(json, machine, explained);
		json_end(json);
	}
	json_end(json);
	return json_finish(json, out->file) || error ? -1 : 0;
}

int explain_json_list(struct out *out)
{
	struct json *json = json_new(SCHEMA);

	json_begin_array(json, "sections");
	ARRAY_EACH(section, topic_sections, topic_section_count) {
		json_begin_object(json, NULL);
		json_string(json, "title", section->title);
		json_begin_array(json, "topics");
		ARRAY_EACH(topic, section->topics, section->count) {
			json_begin_object(json, NULL);
			json_names(json, topic);
			json_end(json);
		}
		json_end(json);
		json_end(json);
	}
	json_end(json);
	return json_finish(json, out->file) ? -1 : 0;
}
