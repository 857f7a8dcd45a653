// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show --list: the table of registers as documentation. */
#include <stdlib.h>

#include "model/decode.h"
#include "output/json.h"
#include "report/report.h"
#include "report/show.h"

/* "  63:32 NAME KIND ", as list_text() has them. */
#define MEANING_COLUMN (2 + 5 + 1 + 36 + 1 + 11 + 1)

static void bits_text(char *text, size_t size, const struct field_info *field)
{
	if (field->high == field->low)
		snprintf(text, size, "%u", field->low);
	else
		snprintf(text, size, "%u:%u", field->high, field->low);
}

static const char *class_name(enum register_class class)
{
	static const char *const names[] = {
		[REGISTER_CPUID] = "CPUID",
		[REGISTER_CONTROL] = "control register",
		[REGISTER_MSR] = "MSR",
		[REGISTER_HYPERVISOR] = "CPUID, hypervisor",
	};

	return names[class];
}

static void list_text(struct out *out, const struct selection *selection)
{
	struct out_line line;
	enum register_id id;
	char bits[16];
	unsigned int i;

	for (id = 0; id < NR_REGISTERS; id++) {
		const struct register_info *info = register_info(id);

		if (!selection->registers[id])
			continue;
		out_styled(out, OUT_BOLD, "%s", info->name);
		if (info->class == REGISTER_MSR)
			out_printf(out, " 0x%08x", info->address);
		out_printf(out, "  %s, %s; %s\n", class_name(info->class),
			   info->vendor, info->source);
		if (info->class == REGISTER_MSR)
			out_printf(out, "  read when %s%s\n", info->gate,
				   info->flags & VI_SENSITIVE ?
					   "; in full for CAP_SYS_RAWIO only" :
					   "");
		for (i = info->first_field;
		     i < info->first_field + info->nr_fields; i++) {
			const struct field_info *field = field_info(i);

			if (!selection->fields[i])
				continue;
			bits_text(bits, sizeof(bits), field);
			out_line_begin(&line, out);
			out_printf(&line.out, "  %5s %-36s %-11s %s", bits,
				   field->name, field_kind_name(field->kind),
				   field->meaning);
			out_line_end(&line, OUT_PLAIN, 0, MEANING_COLUMN);
		}
	}
}

/* A backslash and a leading dot or quote mean something to roff. */
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

static void list_roff(struct out *out, const struct selection *selection)
{
	enum register_id id;
	char bits[16];
	unsigned int i;

	for (id = 0; id < NR_REGISTERS; id++) {
		const struct register_info *info = register_info(id);

		if (!selection->registers[id])
			continue;
		out_printf(out, ".SS ");
		roff_text(out, info->name);
		if (info->class == REGISTER_MSR)
			out_printf(out, " (0x%08x)", info->address);
		out_printf(out, "\n%s, %s; ", class_name(info->class),
			   info->vendor);
		roff_text(out, info->source);
		out_printf(out, ".\n");
		if (info->class == REGISTER_MSR) {
			out_printf(out, "Read when ");
			roff_text(out, info->gate);
			out_printf(out, "%s.\n",
				   info->flags & VI_SENSITIVE ?
					   "; in full for CAP_SYS_RAWIO only" :
					   "");
		}
		for (i = info->first_field;
		     i < info->first_field + info->nr_fields; i++) {
			const struct field_info *field = field_info(i);

			if (!selection->fields[i])
				continue;
			bits_text(bits, sizeof(bits), field);
			out_printf(out, ".TP\n.BR ");
			roff_text(out, field->name);
			out_printf(out, " \" (%s)\"\n", bits);
			roff_text(out, field->meaning);
			out_printf(out, "\n");
		}
	}
}

static int list_json(struct out *out, const struct selection *selection)
{
	struct json *json = json_new("virtinfo.list/1");
	enum register_id id;
	char bits[16];
	unsigned int i;

	json_begin_array(json, "registers");
	for (id = 0; id < NR_REGISTERS; id++) {
		const struct register_info *info = register_info(id);

		if (!selection->registers[id])
			continue;
		json_begin_object(json, NULL);
		json_string(json, "name", info->name);
		json_string(json, "class", class_name(info->class));
		if (info->class == REGISTER_MSR)
			json_hex(json, "address", info->address, 1);
		json_string(json, "vendor", info->vendor);
		if (info->class == REGISTER_MSR) {
			json_string(json, "gate", info->gate);
			json_boolean(json, "sensitive",
				     info->flags & VI_SENSITIVE);
		}
		json_boolean(json, "complete", !info->partial);
		json_string(json, "source", info->source);
		json_begin_array(json, "fields");
		for (i = info->first_field;
		     i < info->first_field + info->nr_fields; i++) {
			const struct field_info *field = field_info(i);

			if (!selection->fields[i])
				continue;
			bits_text(bits, sizeof(bits), field);
			json_begin_object(json, NULL);
			json_string(json, "name", field->name);
			json_string(json, "bits", bits);
			json_string(json, "kind", field_kind_name(field->kind));
			json_string(json, "title", field->title);
			json_string(json, "meaning", field->meaning);
			json_end(json);
		}
		json_end(json);
		json_end(json);
	}
	json_end(json);
	return json_finish(json, out->file) ? STATUS_FAILED : 0;
}

int report_list(struct out *out, const struct options *options)
{
	int status;
	struct selection *selection = show_selection(options, &status);

	if (!selection)
		return status;
	if (options_has(options, OPT_JSON))
		status = list_json(out, selection);
	else if (options_has(options, OPT_ROFF))
		list_roff(out, selection);
	else
		list_text(out, selection);
	free(selection);
	return status;
}
