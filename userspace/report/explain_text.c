// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo explain as text for people. */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/list.h"
#include "explain/diagrams.h"
#include "model/register_name.h"
#include "output/table.h"
#include "report/explain.h"
#include "report/style.h"
#include "report/verdict_report.h"

#define INDENT	       2
#define LABEL_COLUMN   32
#define PARAGRAPH_SIZE 2048
#define ID_COLUMN      36
#define CODE_COLUMN    12 /* "0x8000ffff" and two blanks */

static enum out_style style_of(const struct evidence *evidence)
{
	return evidence->answer == ANSWER_UNKNOWN		   ? OUT_DIM :
	       evidence->answers && evidence->answer == ANSWER_YES ? OUT_GOOD :
								     OUT_PLAIN;
}

static void print_label(struct out *out, const char *label)
{
	out_styled(out, OUT_DIM, "%*s%-*s", INDENT, "", LABEL_COLUMN - INDENT,
		   label);
}

/* A label and, in its column, what printf() makes of the rest. */
#define print_labelled(out, label, style, ...)                                 \
	(print_label(out, label),                                              \
	 out_folded(out, style, LABEL_COLUMN, LABEL_COLUMN, __VA_ARGS__))

static void print_paragraphs(struct out *out, const char *text)
{
	char paragraph[PARAGRAPH_SIZE];

	while (list_next(&text, '\n', paragraph, sizeof(paragraph))) {
		out_paragraph(out, INDENT, paragraph);
		if (*text)
			out_printf(out, "\n");
	}
}

/* A heading of a part of a topic, after a blank line. */
static void print_part(struct out *out, const char *title)
{
	out_printf(out, "\n");
	out_styled_paragraph(out, OUT_BOLD, INDENT, title);
}

static int print_diagram(struct out *out, const struct explain_machine *machine,
			 const char *id)
{
	struct diagram_values values;
	char *text;

	diagram_values_of(&values, machine->host);
	text = diagram_text(id, &values, out->utf8);
	if (!text)
		return -1;
	out_printf(out, "\n%s", text);
	free(text);
	return 0;
}

static void print_evidence(struct out *out,
			   const struct explain_machine *machine,
			   const char *keys)
{
	char key[TOPIC_NAME_SIZE], title[PATH_MAX] = "On this machine";
	struct evidence evidence;
	char *name;

	if (!host_is_live(machine->host)) {
		name = safe_string(machine->host->name);
		snprintf(title, sizeof(title), "On the machine of %s",
			 name ? name : "this input");
		free(name);
	}
	print_part(out, title);
	while (list_next(&keys, ' ', key, sizeof(key)))
		if (evidence_get(&evidence, key, machine))
			print_labelled(out, evidence.label, style_of(&evidence),
				       "%s", evidence.text);
}

static void format_measured(char *text, size_t size,
			    const struct kvm_exit_result *measured)
{
	if (measured->timed)
		snprintf(text, size, "%.2f us",
			 (double)measured->median_ns / 1000);
	else
		snprintf(text, size, "%" PRIu64 " cycles",
			 measured->median_cycles);
}

static void print_exit(struct out *out, const struct explain_machine *machine,
		       const struct exit_reason *reason)
{
	const struct kvm_exit_result *measured =
		exit_measured(machine->exits, reason);
	char label[64], code[EXIT_CODE_SIZE], time[48] = "";

	snprintf(label, sizeof(label), "%s %s",
		 reason->vendor == EXIT_INTEL ? "Intel" : "AMD",
		 exit_code_text(code, reason));
	if (measured)
		format_measured(time, sizeof(time), measured);
	print_labelled(out, label, OUT_PLAIN, "%s: %s%s%s%s", reason->name,
		       reason->meaning, measured ? " Here one takes " : "",
		       time, measured ? " (median)." : "");
}

static void print_exits(struct out *out, const struct explain_machine *machine,
			const char *list)
{
	const struct exit_reason *reason;

	out_printf(out, "\n");
	while ((reason = exit_reference(&list)))
		print_exit(out, machine, reason);
}

static int print_fields(struct out *out, const struct explain_machine *machine,
			enum topic_list list)
{
	static const struct column columns[] = {
		{ .title = "ENCODING" },
		{ .title = "WIDTH" },
		{ .title = "FIELD", .wrap = true },
		{ .title = "HERE" },
	};
	struct table *table;

	out_printf(out, "\n");
	table = table_new(out, columns, ARRAY_SIZE(columns), true);
	ARRAY_EACH(field, vmcs_fields, vmcs_field_count) {
		enum answer here = vmcs_field_here(machine, field);

		if (!topic_lists_field(list, field))
			continue;
		table_row(table);
		table_cell(table, 0, OUT_PLAIN, "0x%04x", field->encoding);
		table_cell(table, 1, OUT_PLAIN, "%s", vmcs_width_name(field));
		table_cell(table, 2, OUT_PLAIN, "%s", field->title);
		table_cell(table, 3, answer_style(here), "%s",
			   answer_name(here));
	}
	return table_finish(table);
}

/* A number, its name and what was measured; below it what it means. */
static void print_reasons(struct out *out,
			  const struct explain_machine *machine)
{
	char code[EXIT_CODE_SIZE], time[48];

	ARRAY_EACH(reason, exit_reasons, exit_reason_count) {
		const struct kvm_exit_result *measured =
			exit_measured(machine->exits, reason);

		if (reason == exit_reasons ||
		    reason->vendor != reason[-1].vendor) {
			out_printf(out, "\n");
			out_styled(out, OUT_BOLD, "%*s%s\n", INDENT, "",
				   reason->vendor == EXIT_INTEL ?
					   "Intel: basic exit reasons" :
					   "AMD: exit codes");
		}
		out_printf(out, "%*s  %s", CODE_COLUMN,
			   exit_code_text(code, reason), reason->name);
		if (measured) {
			format_measured(time, sizeof(time), measured);
			out_styled(out, OUT_GOOD, "  %s here", time);
		}
		out_printf(out, "\n");
		out_paragraph(out, CODE_COLUMN + 2, reason->meaning);
	}
}

static void print_check(struct out *out, const struct verdict *verdict)
{
	out_printf(out, "\n");
	ARRAY_EACH(stage, verdict->stages, verdict->nr_stages) {
		print_labelled(out, stage_name(stage->id),
			       stage_style(stage->status), "%s",
			       stage_status_name(stage->status));
		ARRAY_EACH(text, stage->evidence, stage->nr_evidence)
			print_labelled(out, "", OUT_PLAIN, "%s", *text);
	}
	out_printf(out, "\n");
	verdict_text(out, verdict);
}

static int print_list(struct out *out, const struct explain_machine *machine,
		      enum topic_list list)
{
	switch (list) {
	case TOPIC_NO_LIST:
		return 0;
	case TOPIC_EXIT_REASONS:
		print_reasons(out, machine);
		return 0;
	case TOPIC_CHECK:
		print_check(out, machine->verdict);
		return 0;
	default:
		return print_fields(out, machine, list);
	}
}

/* The topics to go on with, and the sources. */
static void print_links(struct out *out, const struct topic *topic)
{
	char name[TOPIC_NAME_SIZE];
	const char *links = topic->links;
	struct out_line line;

	if (*links) {
		print_part(out, "See also");
		out_printf(out, "%*s", 2 * INDENT, "");
		out_line_begin(&line, out);
		while (list_next(&links, ' ', name, sizeof(name)))
			out_printf(&line.out, "%s%s", name, *links ? ", " : "");
		out_line_end(&line, OUT_PLAIN, 2 * INDENT, 2 * INDENT);
	}
	if (*topic->see) {
		print_part(out, "Sources");
		out_paragraph(out, 2 * INDENT, topic->see);
	}
}

static int print_topic(struct out *out, const struct explain_machine *machine,
		       const struct topic *topic, bool with_diagram)
{
	out_heading(out, "%s", topic->title);
	print_paragraphs(out, topic->text);
	if (with_diagram && print_diagram(out, machine, topic->diagram))
		return -1;
	if (*topic->exits)
		print_exits(out, machine, topic->exits);
	if (*topic->evidence)
		print_evidence(out, machine, topic->evidence);
	if (print_list(out, machine, topic->list))
		return -1;
	print_links(out, topic);
	return 0;
}

static void print_reason(struct out *out, const struct explain_machine *machine,
			 enum reason reason)
{
	const struct reason_info *info = reason_info(reason);
	const struct verdict *verdict = machine->verdict;
	const char *stage = stage_name(info->stage);
	/* The verdict's own remedy begins with the general one. */
	bool here = verdict->reason == reason && verdict->remedy;

	out_heading(out, "%s: %s", info->name, info->meaning);
	print_paragraphs(out, reason_topics[reason].text);
	if (*info->remedy && !here) {
		out_printf(out, "\n");
		out_paragraph(out, INDENT, info->remedy);
	}
	out_printf(out, "\n");
	print_labelled(out, "stage", OUT_PLAIN, "%s", stage ? stage : "any");
	print_labelled(out, "exit status", OUT_PLAIN, "%d", info->exit_status);
	print_evidence(out, machine, "verdict");
	if (here)
		print_labelled(out, "what to do", OUT_PLAIN, "%s",
			       verdict->remedy);
	print_links(out, &reason_topics[reason]);
}

/* Is the reason that a message stands for that of the verdict? */
static const char *reason_here(const struct explain_machine *machine,
			       enum reason reason)
{
	if (machine->verdict->reason == reason)
		return "the verdict here";
	if (machine->verdict->reason == REASON_UNKNOWN)
		return "not known";
	return "not the verdict here";
}

static void print_message_reason(struct out *out, enum reason reason)
{
	const struct reason_info *info = reason_info(reason);

	print_labelled(out, "reason", OUT_PLAIN, "%s: %s", info->name,
		       info->meaning);
	print_labelled(out, "more of it", OUT_PLAIN, "virtinfo explain %s",
		       info->name);
}

static void print_meaning(struct out *out, const struct message *message)
{
	char text[256];

	if (message->patterns) {
		out_paragraph(out, INDENT, message->meaning);
		return;
	}
	snprintf(text, sizeof(text), "It says that %s.", message->meaning);
	out_paragraph(out, INDENT, text);
}

static void print_message(struct out *out,
			  const struct explain_machine *machine,
			  const struct message *message)
{
	enum reason reason = message_reason(message);
	const char *cure = message_cure(message);

	out_heading(out, "%s: %s", message->program, message->text);
	print_meaning(out, message);
	if (*cure) {
		out_printf(out, "\n");
		out_paragraph(out, INDENT, cure);
	}
	out_printf(out, "\n");
	if (reason != REASON_NONE)
		print_message_reason(out, reason);
	print_labelled(out, "source", OUT_PLAIN, "%s", message->source);
	print_evidence(out, machine, "verdict");
	if (reason == REASON_NONE)
		return;
	print_labelled(out, reason_info(reason)->name, OUT_PLAIN, "%s",
		       reason_here(machine, reason));
}

static void print_vmcs_field(struct out *out,
			     const struct explain_machine *machine,
			     const struct vmcs_field *field)
{
	out_heading(out, "%s", field->title);
	print_labelled(out, "encoding", OUT_PLAIN, "0x%04x", field->encoding);
	if (field->width == 64)
		print_labelled(out, "its bits 63:32", OUT_PLAIN, "0x%04x",
			       field->encoding + 1);
	print_labelled(out, "width", OUT_PLAIN, "%s", vmcs_width_name(field));
	print_labelled(out, "group", OUT_PLAIN, "%s",
		       vmcs_group_name(field->group));
	ARRAY_EACH(control, field->controls, ARRAY_SIZE(field->controls))
		if (*control != NR_FIELDS)
			print_labelled(
				out,
				control == field->controls ? "exists with" :
							     "or",
				OUT_PLAIN, "%s %s",
				register_info(field_info(*control)->reg)->name,
				field_info(*control)->name);
	print_labelled(out, "here", OUT_PLAIN, "%s",
		       answer_name(vmcs_field_here(machine, field)));
	print_labelled(out, "source", OUT_PLAIN, "%s", field->source);
}

static void print_field_value(struct out *out,
			      const struct explain_machine *machine,
			      enum field_id id, const char *label)
{
	struct evidence evidence = { 0 };

	evidence_field(&evidence, machine, id);
	print_labelled(out, label, style_of(&evidence), "%s", evidence.text);
}

static void print_field(struct out *out, const struct explain_machine *machine,
			enum field_id id)
{
	const struct field_info *field = field_info(id);
	const struct register_info *reg = register_info(field->reg);
	char bits[FIELD_BITS_SIZE];

	out_heading(out, "%s: %s", field->name, field->title);
	out_paragraph(out, INDENT, field->meaning);
	out_printf(out, "\n");
	print_labelled(out, "register", OUT_PLAIN, "%s", reg->name);
	print_labelled(out, field->high == field->low ? "bit" : "bits",
		       OUT_PLAIN, "%s", field_bits(bits, field));
	print_labelled(out, "kind", OUT_PLAIN, "%s",
		       field_kind_name(field->kind));
	print_field_value(out, machine, id, "here");
	print_labelled(out, "source", OUT_PLAIN, "%s", reg->source);
}

static void print_register(struct out *out,
			   const struct explain_machine *machine,
			   enum register_id id)
{
	const struct register_info *info = register_info(id);

	out_heading(out, "%s", info->name);
	if (info->class == REGISTER_MSR) {
		print_labelled(out, "MSR", OUT_PLAIN, "0x%x", info->address);
		if (info->gate)
			print_labelled(out, "read when", OUT_PLAIN, "%s",
				       info->gate);
	}
	print_labelled(out, "source", OUT_PLAIN, "%s", info->source);
	FIELD_EACH(info, i) {
		const struct field_info *field = field_info(i);

		if (field->kind == FIELD_RESERVED0 ||
		    field->kind == FIELD_DEFAULT1)
			continue;
		out_printf(out, "\n");
		print_field_value(out, machine, i, field->name);
		out_paragraph(out, 2 * INDENT, field->meaning);
	}
}

static int print_one(struct out *out, const struct explain_machine *machine,
		     const struct explained *explained, bool with_diagram)
{
	switch (explained->kind) {
	case EXPLAINED_TOPIC:
		return print_topic(out, machine, explained->topic,
				   with_diagram);
	case EXPLAINED_REASON:
		print_reason(out, machine, explained->reason);
		return 0;
	case EXPLAINED_EXIT:
		out_heading(out, "%s", explained->exit->name);
		print_exit(out, machine, explained->exit);
		print_labelled(out, "source", OUT_PLAIN, "%s",
			       explained->exit->source);
		return 0;
	case EXPLAINED_VMCS_FIELD:
		print_vmcs_field(out, machine, explained->vmcs_field);
		return 0;
	case EXPLAINED_REGISTER:
		print_register(out, machine, explained->reg);
		return 0;
	case EXPLAINED_MESSAGE:
		print_message(out, machine, &explained->message);
		return 0;
	default:
		print_field(out, machine, explained->field);
		return 0;
	}
}

/* A picture that was shown already in this run need not come again. */
static bool first_with_diagram(const struct explained *list, size_t index)
{
	if (list[index].kind != EXPLAINED_TOPIC || !*list[index].topic->diagram)
		return false;
	ARRAY_EACH(before, list, index)
		if (before->kind == EXPLAINED_TOPIC &&
		    !strcmp(before->topic->diagram, list[index].topic->diagram))
			return false;
	return true;
}

/* Of several topics: does a section begin with this one? */
static bool begins_section(const struct explained *list, size_t count,
			   size_t index)
{
	if (list[index].kind != EXPLAINED_TOPIC || count == 1)
		return false;
	return !index || list[index - 1].kind != EXPLAINED_TOPIC ||
	       list[index - 1].section != list[index].section;
}

int explain_text(struct out *out, const struct explain_machine *machine,
		 const struct explained *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			out_printf(out, "\n");
		if (begins_section(list, count, i))
			out_heading(out, "%s\n",
				    topic_sections[list[i].section].title);
		if (print_one(out, machine, &list[i],
			      first_with_diagram(list, i)))
			return -1;
	}
	return 0;
}

int explain_text_list(struct out *out)
{
	ARRAY_EACH(section, topic_sections, topic_section_count) {
		if (section != topic_sections)
			out_printf(out, "\n");
		out_heading(out, "%s", section->title);
		ARRAY_EACH(topic, section->topics, section->count) {
			out_printf(out, "%*s%-*s", INDENT, "",
				   ID_COLUMN - INDENT, topic->id);
			out_folded(out, OUT_PLAIN, ID_COLUMN, ID_COLUMN, "%s",
				   topic->title);
		}
	}
	out_printf(out, "\n");
	out_paragraph(
		out, 0,
		"\"virtinfo explain TOPIC...\" explains topics, --all explains them all. A TOPIC "
		"can also be a register, a field, a VMCS field, a VM exit reason, a reason of "
		"\"virtinfo check\", or an error message of the kernel, VirtualBox, QEMU, libvirt and "
		"others.");
	return 0;
}
