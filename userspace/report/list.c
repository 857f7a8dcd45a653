// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show --list: the table of registers as documentation. */
#include <string.h>

#include "model/register_name.h"
#include "output/json.h"
#include "report/report.h"
#include "report/show.h"

/* "  63:32 NAME KIND ", as text_field() has them. */
#define MEANING_COLUMN (2 + 5 + 1 + 36 + 1 + 11 + 1)

static const char *const class_names[] = {
	[REGISTER_CPUID] = "CPUID",
	[REGISTER_CONTROL] = "control register",
	[REGISTER_MSR] = "MSR",
	[REGISTER_HYPERVISOR] = "CPUID, hypervisor",
};

/* What is written of a register before its fields, of a field, and behind. */
struct list_writer {
	void (*begin)(void *to, const struct register_info *info);
	void (*field)(void *to, const struct field_info *field,
		      const char *bits);
	void (*end)(void *to);
};

static void list_fields(const struct list_writer *writer, void *to,
			const struct register_info *info,
			const struct selection *selection)
{
	char bits[FIELD_BITS_SIZE];

	FIELD_EACH(info, i)
		if (selection->fields[i])
			writer->field(to, field_info(i),
				      field_bits(bits, field_info(i)));
}

static void list(const struct list_writer *writer, void *to,
		 const struct selection *selection)
{
	REGISTER_EACH(id) {
		if (!selection->registers[id])
			continue;
		writer->begin(to, register_info(id));
		list_fields(writer, to, register_info(id), selection);
		if (writer->end)
			writer->end(to);
	}
}

/* Who may read an MSR's value, behind its gate. */
static const char *reader_text(const struct register_info *info)
{
	return info->flags & VI_SENSITIVE ? "; in full for CAP_SYS_RAWIO only" :
					    "";
}

static void text_begin(void *to, const struct register_info *info)
{
	struct out *out = to;
	struct out_line line;

	out_styled(out, OUT_BOLD, "%s", info->name);
	out_line_begin(&line, out);
	if (info->class == REGISTER_MSR)
		out_printf(&line.out, " 0x%08x", info->address);
	out_printf(&line.out, "  %s, %s; %s", class_names[info->class],
		   info->vendor, info->source);
	out_line_end(&line, OUT_PLAIN, (int)strlen(info->name), 4);
	if (info->class != REGISTER_MSR)
		return;
	out_printf(out, "  read when");
	out_folded(out, OUT_PLAIN, (int)strlen("  read when"), 4, " %s%s",
		   info->gate, reader_text(info));
}

static void text_field(void *to, const struct field_info *field,
		       const char *bits)
{
	out_printf(to, "  %5s %-36s %-11s ", bits, field->name,
		   field_kind_name(field->kind));
	out_folded(to, OUT_PLAIN, MEANING_COLUMN, MEANING_COLUMN, "%s",
		   field->meaning);
}

/* A backslash and a hyphen mean something to roff. */
static void roff_text(struct out *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\\')
			out_printf(out, "\\e");
		else if (*text == '-')
			out_printf(out, "\\-");
		else
			out_printf(out, "%c", *text);
	}
}

static void roff_begin(void *to, const struct register_info *info)
{
	struct out *out = to;

	out_printf(out, ".SS ");
	roff_text(out, info->name);
	if (info->class == REGISTER_MSR)
		out_printf(out, " (0x%08x)", info->address);
	out_printf(out, "\n%s, %s; ", class_names[info->class], info->vendor);
	roff_text(out, info->source);
	out_printf(out, ".\n");
	if (info->class != REGISTER_MSR)
		return;
	out_printf(out, "Read when ");
	roff_text(out, info->gate);
	out_printf(out, "%s.\n", reader_text(info));
}

static void roff_field(void *to, const struct field_info *field,
		       const char *bits)
{
	struct out *out = to;

	out_printf(out, ".TP\n.BR ");
	roff_text(out, field->name);
	out_printf(out, " \" (%s)\"\n", bits);
	roff_text(out, field->meaning);
	out_printf(out, "\n");
}

static void json_register(void *to, const struct register_info *info)
{
	struct json *json = to;

	json_begin_object(json, NULL);
	json_string(json, "name", info->name);
	json_string(json, "class", class_names[info->class]);
	if (info->class == REGISTER_MSR)
		json_hex(json, "address", info->address, 1);
	json_string(json, "vendor", info->vendor);
	if (info->class == REGISTER_MSR) {
		json_string(json, "gate", info->gate);
		json_boolean(json, "sensitive", info->flags & VI_SENSITIVE);
	}
	json_boolean(json, "complete", !info->partial);
	json_string(json, "source", info->source);
	json_begin_array(json, "fields");
}

static void json_field(void *to, const struct field_info *field,
		       const char *bits)
{
	struct json *json = to;

	json_begin_object(json, NULL);
	json_string(json, "name", field->name);
	json_string(json, "bits", bits);
	json_string(json, "kind", field_kind_name(field->kind));
	json_string(json, "title", field->title);
	json_string(json, "meaning", field->meaning);
	json_end(json);
}

static void json_register_end(void *to)
{
	json_end(to);
	json_end(to);
}

static int list_json(struct out *out, const struct selection *selection)
{
	static const struct list_writer writer = {
		.begin = json_register,
		.field = json_field,
		.end = json_register_end,
	};
	struct json *json = json_new("virtinfo.list/1");

	json_begin_array(json, "registers");
	list(&writer, json, selection);
	json_end(json);
	return json_finish(json, out->file) ? STATUS_FAILED : 0;
}

int show_list(struct out *out, const struct selection *selection,
	      const struct options *options)
{
	static const struct list_writer text = { .begin = text_begin,
						 .field = text_field };
	static const struct list_writer roff = { .begin = roff_begin,
						 .field = roff_field };

	if (options_has(options, OPT_JSON))
		return list_json(out, selection);
	list(options_has(options, OPT_ROFF) ? &roff : &text, out, selection);
	return 0;
}
