// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show: every register and field, on every group of CPUs. */
#include <stdlib.h>
#include <string.h>

#include "model/decode.h"
#include "model/findings.h"
#include "model/selection.h"
#include "output/json.h"
#include "report/group.h"
#include "report/report.h"
#include "report/show.h"

/* A number of this size or more is shown in hexadecimal too. */
#define SMALL_NUMBER  10
#define DECIMAL_LIMIT (1ULL << 32)

/* Columns of a field: two blanks, its name, a blank, its value. */
#define NAME_WIDTH   36
#define VALUE_COLUMN (2 + NAME_WIDTH + 1)
#define WORD_WIDTH   8

static int value_digits(const struct register_info *info)
{
	return info->class == REGISTER_CPUID ||
			       info->class == REGISTER_HYPERVISOR ?
		       8 :
		       16;
}

/* Whose bits the value of this field has: of the VMX MSRs about CR0 and CR4. */
static enum register_id bits_of(enum register_id id)
{
	switch (id) {
	case REG_IA32_VMX_CR0_FIXED0:
	case REG_IA32_VMX_CR0_FIXED1:
		return REG_CR0;
	case REG_IA32_VMX_CR4_FIXED0:
	case REG_IA32_VMX_CR4_FIXED1:
		return REG_CR4;
	default:
		return NR_REGISTERS;
	}
}

static const char *bit_name(enum register_id id, unsigned int bit)
{
	const struct register_info *info = register_info(id);
	unsigned int i;

	for (i = 0; i < info->nr_fields; i++)
		if (field_info(info->first_field + i)->low == bit)
			return field_info(info->first_field + i)->name;
	return NULL;
}

static void address_text(char *text, size_t size,
			 const struct register_info *info,
			 const struct register_value *value)
{
	switch (info->class) {
	case REGISTER_MSR:
		snprintf(text, size, "0x%x", info->address);
		break;
	case REGISTER_CONTROL:
		snprintf(text, size, "cr%u", info->address);
		break;
	default:
		snprintf(text, size, "0x%08x:%u:%s", value->leaf, info->subleaf,
			 cpuid_register_name(info->reg));
		break;
	}
}

/* As text. */

static void print_number(struct out *out, u64 number)
{
	if (number < SMALL_NUMBER)
		out_printf(out, "%llu", number);
	else if (number < DECIMAL_LIMIT)
		out_printf(out, "%llu (0x%llx)", number, number);
	else
		out_printf(out, "0x%llx", number);
}

/* Signatures and vendors come in fours: show them as people know them. */
static void print_characters(struct out *out, const struct field_info *field,
			     u64 number)
{
	char bytes[4];
	unsigned int i;

	if (field->high - field->low != 31)
		return;
	for (i = 0; i < sizeof(bytes); i++) {
		bytes[i] = (char)(number >> 8 * i & 0xff);
		if (bytes[i] < ' ' || bytes[i] > '~')
			return;
	}
	out_printf(out, " \"%.4s\"", bytes);
}

static void print_bit_names(struct out *out, enum register_id bits, u64 number)
{
	unsigned int bit;

	for (bit = 0; bit < 64; bit++) {
		const char *name = bit_name(bits, bit);

		if (!(number >> bit & 1))
			continue;
		if (name)
			out_printf(out, " %s", name);
		else
			out_printf(out, " bit_%u", bit);
	}
}

static void print_control(struct out *out, enum control_setting setting,
			  int width)
{
	static const enum out_style styles[] = {
		[CONTROL_NO] = OUT_DIM,
		[CONTROL_YES] = OUT_GOOD,
		[CONTROL_FORCED] = OUT_WARN,
		[CONTROL_DEFAULT] = OUT_GOOD,
	};

	out_styled(out, styles[setting], "%-*s", width,
		   control_setting_name(setting));
}

static void print_field(struct out *out, const struct host_group *group,
			enum field_id id)
{
	const struct field_info *field = field_info(id);
	struct field_value value = field_value(group, id);
	enum register_id bits = bits_of(field->reg);

	struct out_line line;
	int column = VALUE_COLUMN;

	out_printf(out, "  %-*s ", NAME_WIDTH, field->name);
	switch (field->kind) {
	case FIELD_CONTROL:
	case FIELD_CONTROL1:
		print_control(out, value.control, WORD_WIDTH);
		break;
	case FIELD_FLAG:
		out_styled(out, value.number ? OUT_GOOD : OUT_DIM, "%-*s",
			   WORD_WIDTH, value.number ? "yes" : "no");
		break;
	default:
		out_line_begin(&line, out);
		print_number(&line.out, value.number);
		print_characters(&line.out, field, value.number);
		if (value.text)
			out_printf(&line.out, " = %s", value.text);
		if (bits != NR_REGISTERS)
			print_bit_names(&line.out, bits, value.number);
		out_printf(&line.out, "  %s", field->title);
		out_line_end(&line, OUT_PLAIN, column, column);
		return;
	}
	column += WORD_WIDTH + 1;
	out_printf(out, " ");
	out_line_begin(&line, out);
	out_printf(&line.out, "%s", field->title);
	out_line_end(&line, OUT_PLAIN, column, column);
}

/* The fields that say something, in one line: what is off is left out. */
static void print_brief_field(struct out *out, const struct host_group *group,
			      enum field_id id)
{
	const struct field_info *field = field_info(id);
	struct field_value value = field_value(group, id);

	switch (field->kind) {
	case FIELD_RESERVED0:
	case FIELD_DEFAULT1:
		break;
	case FIELD_FLAG:
		if (value.number)
			out_printf(out, " %s", field->name);
		break;
	case FIELD_CONTROL:
	case FIELD_CONTROL1:
		if (value.control == CONTROL_YES)
			out_printf(out, " %s", field->name);
		else if (value.control != CONTROL_NO)
			out_printf(out, " %s=%s", field->name,
				   control_setting_name(value.control));
		break;
	default:
		out_printf(out, " %s=0x%llx", field->name, value.number);
		break;
	}
}

static void print_unnamed(struct out *out, const struct host_group *group,
			  enum register_id id)
{
	u64 bits = register_unnamed_bits(group, id);

	if (!bits)
		return;
	if (register_info(id)->partial)
		out_styled(out, OUT_DIM, "  %-*s 0x%llx\n", NAME_WIDTH,
			   "(bits not listed)", bits);
	else
		out_styled(out, OUT_WARN, "  %-*s 0x%llx\n", NAME_WIDTH,
			   "(reserved bits set)", bits);
}

static void print_fields(struct out *out, const struct host_group *group,
			 enum register_id id, const struct selection *selection,
			 bool brief)
{
	const struct register_info *info = register_info(id);
	unsigned int i;

	for (i = info->first_field; i < info->first_field + info->nr_fields;
	     i++) {
		if (!selection->fields[i])
			continue;
		if (brief)
			print_brief_field(out, group, i);
		else
			print_field(out, group, i);
	}
	if (!brief)
		print_unnamed(out, group, id);
}

/* Names of CPUID's registers are their addresses, but where it moved. */
static bool tells_more(const struct register_info *info,
		       const struct register_value *value, const char *address)
{
	if (info->class == REGISTER_HYPERVISOR)
		return value->leaf &&
		       strncmp(info->name, address, strlen(address)) != 0;
	return info->class == REGISTER_MSR;
}

static void print_register(struct out *out, const struct host_group *group,
			   enum register_id id,
			   const struct selection *selection, bool brief)
{
	const struct register_info *info = register_info(id);
	struct register_value value = register_value(group, id);
	enum out_style style = OUT_PLAIN;
	struct out_line line;
	char address[32];
	int column;

	/* What is not there is summed up behind, unless it was asked for. */
	if (selection->everything &&
	    (value.status == VI_NOT_ATTEMPTED || value.status == VI_ABSENT))
		return;
	address_text(address, sizeof(address), info, &value);
	out_styled(out, OUT_BOLD, "%s", info->name);
	column = (int)strlen(info->name);
	if (tells_more(info, &value, address)) {
		out_printf(out, " (%s)", address);
		column += (int)strlen(address) + 3;
	}
	out_printf(out, ": ");
	column += 2;
	out_line_begin(&line, out);
	switch (value.status) {
	case VI_READ:
		out_printf(&line.out, "0x%0*llx%s", value_digits(info),
			   value.value, brief ? ":" : "");
		if (brief)
			print_fields(&line.out, group, id, selection, true);
		break;
	case VI_SET:
	case VI_CLEAR:
		out_printf(&line.out, "%s; the value is kept from this reader",
			   value.status == VI_SET ? "set" : "clear");
		break;
	case VI_GP:
		style = OUT_WARN;
		out_printf(&line.out, "#GP: the read took a fault");
		break;
	case VI_NOT_ATTEMPTED:
		out_printf(
			&line.out, "not attempted: its gate does not hold%s%s",
			info->gate ? ": " : "", info->gate ? info->gate : "");
		break;
	case VI_ABSENT:
		out_printf(&line.out, "not in this input");
		break;
	}
	out_line_end(&line, style, column, 4);
	if (value.status == VI_READ && !brief)
		print_fields(out, group, id, selection, false);
}

static void print_missing(struct out *out, const struct host_group *group,
			  enum vi_status status, const char *what)
{
	unsigned int count = 0;
	struct out_line line;
	enum register_id id;

	for (id = 0; id < NR_REGISTERS; id++) {
		const struct register_info *info = register_info(id);

		/* Leaves of hypervisors that are not there say nothing. */
		if (info->class == REGISTER_HYPERVISOR ||
		    register_value(group, id).status != status)
			continue;
		if (!count)
			out_line_begin(&line, out);
		out_printf(&line.out, "%s%s", count++ ? " " : what, info->name);
	}
	if (count)
		out_line_end(&line, OUT_DIM, 0, 2);
}

/* What does not fit together, of the registers that are shown. */
static int print_findings(struct out *out, const struct host_group *group,
			  const struct selection *selection)
{
	struct findings findings = { .list = NULL };
	int error = findings_of(&findings, group);
	struct out_line line;
	bool titled = false;
	size_t i;

	for (i = 0; i < findings.count && !error; i++) {
		const struct finding *finding = &findings.list[i];

		if (!selection->registers[finding->reg])
			continue;
		if (!titled)
			out_styled(out, OUT_BOLD, "Findings:\n");
		titled = true;
		out_printf(out, "  ");
		out_line_begin(&line, out);
		out_printf(&line.out, "%s%s%s: %s",
			   register_info(finding->reg)->name,
			   finding->field == NR_FIELDS ? "" : ".",
			   finding->field == NR_FIELDS ?
				   "" :
				   field_info(finding->field)->name,
			   finding->text);
		out_line_end(&line, OUT_WARN, 2, 4);
	}
	findings_free(&findings);
	return error;
}

static int print_text(struct out *out, const struct host *host,
		      const struct selection *selection, bool brief)
{
	struct group_names names;
	enum register_id id;
	size_t i;

	for (i = 0; i < host->nr_groups; i++) {
		const struct host_group *group = host->groups[i];

		if (group_names(group, &names)) {
			group_names_free(&names);
			return report_out_of_memory();
		}
		if (i)
			out_printf(out, "\n");
		group_heading(out, &names);
		group_names_free(&names);
		for (id = 0; id < NR_REGISTERS; id++)
			if (selection->registers[id])
				print_register(out, group, id, selection,
					       brief);
		if (selection->everything) {
			print_missing(
				out, group, VI_NOT_ATTEMPTED,
				"Not attempted, the gate does not hold: ");
			print_missing(out, group, VI_ABSENT,
				      "Not in this input: ");
		}
		if (print_findings(out, group, selection))
			return report_out_of_memory();
	}
	return 0;
}

/* As JSON. */

static const char *status_word(enum vi_status status)
{
	switch (status) {
	case VI_GP:
		return "gp";
	case VI_NOT_ATTEMPTED:
		return "not-attempted";
	default:
		return "read";
	}
}

static void json_bit_names(struct json *json, enum field_id id,
			   enum register_id bits, u64 number)
{
	char key[64];
	unsigned int bit;

	snprintf(key, sizeof(key), "%s_bits", field_info(id)->name);
	json_begin_array(json, key);
	for (bit = 0; bit < 64; bit++) {
		const char *name = bit_name(bits, bit);

		if (!(number >> bit & 1))
			continue;
		if (name)
			json_string(json, NULL, name);
		else
			json_format(json, NULL, "bit_%u", bit);
	}
	json_end(json);
}

static void json_field(struct json *json, const struct host_group *group,
		       enum field_id id)
{
	const struct field_info *field = field_info(id);
	struct field_value value = field_value(group, id);
	enum register_id bits = bits_of(field->reg);
	char key[64];

	switch (field->kind) {
	case FIELD_FLAG:
		json_boolean(json, field->name, value.number);
		return;
	case FIELD_CONTROL:
	case FIELD_CONTROL1:
		json_string(json, field->name,
			    control_setting_name(value.control));
		return;
	default:
		break;
	}
	json_uint(json, field->name, value.number);
	if (value.text) {
		snprintf(key, sizeof(key), "%s_name", field->name);
		json_string(json, key, value.text);
	}
	if (bits != NR_REGISTERS)
		json_bit_names(json, id, bits, value.number);
}

static void json_register(struct json *json, const struct host_group *group,
			  enum register_id id,
			  const struct selection *selection)
{
	const struct register_info *info = register_info(id);
	struct register_value value = register_value(group, id);
	u64 unnamed = register_unnamed_bits(group, id);
	char address[32];
	unsigned int i;

	if (value.status == VI_ABSENT)
		return;
	address_text(address, sizeof(address), info, &value);
	json_begin_object(json, info->name);
	json_string(json, "address", address);
	json_string(json, "status", status_word(value.status));
	if (value.status == VI_SET || value.status == VI_CLEAR)
		json_boolean(json, "set", value.status == VI_SET);
	if (value.status == VI_READ) {
		json_hex(json, "value", value.value, value_digits(info));
		json_begin_object(json, "fields");
		for (i = info->first_field;
		     i < info->first_field + info->nr_fields; i++)
			if (selection->fields[i])
				json_field(json, group, i);
		json_end(json);
		if (unnamed)
			json_hex(json,
				 info->partial ? "unlisted_bits_set" :
						 "reserved_bits_set",
				 unnamed, 1);
	}
	json_end(json);
}

static int json_findings(struct json *json, const struct host_group *group,
			 const struct selection *selection)
{
	struct findings findings = { .list = NULL };
	int error = findings_of(&findings, group);
	size_t i;

	json_begin_array(json, "findings");
	for (i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.list[i];

		if (!selection->registers[finding->reg])
			continue;
		json_begin_object(json, NULL);
		json_string(json, "register",
			    register_info(finding->reg)->name);
		json_string(json, "field",
			    finding->field == NR_FIELDS ?
				    NULL :
				    field_info(finding->field)->name);
		json_string(json, "text", finding->text);
		json_end(json);
	}
	json_end(json);
	findings_free(&findings);
	return error;
}

static int groups_json(struct json *json, const struct host *host,
		       const struct selection *selection)
{
	struct group_names names;
	enum register_id id;
	int error = 0;
	size_t i;

	json_begin_array(json, "groups");
	for (i = 0; i < host->nr_groups && !error; i++) {
		error = group_names(host->groups[i], &names);
		json_begin_object(json, NULL);
		if (!error)
			group_json(json, &names);
		group_names_free(&names);
		json_begin_object(json, "registers");
		for (id = 0; id < NR_REGISTERS; id++)
			if (selection->registers[id])
				json_register(json, host->groups[i], id,
					      selection);
		json_end(json);
		error |= json_findings(json, host->groups[i], selection);
		json_end(json);
	}
	json_end(json);
	return error;
}

int show_groups_json(struct json *json, const struct host *host)
{
	struct selection *everything = calloc(1, sizeof(*everything));
	int error;

	if (!everything)
		return -1;
	selection_all(everything);
	error = groups_json(json, host, everything);
	free(everything);
	return error;
}

static int print_json(struct out *out, const struct host *host,
		      const struct selection *selection)
{
	struct json *json = json_new("virtinfo.show/1");
	int error = groups_json(json, host, selection);

	return json_finish(json, out->file) || error ? REPORT_FAILED : 0;
}

int show_select(struct selection *selection, const struct options *options)
{
	int i;

	if (!options->nr_arguments)
		selection_all(selection);
	for (i = 0; i < options->nr_arguments; i++) {
		const char *word = options->arguments[i];
		char *safe;

		if (selection_add(selection, word))
			continue;
		safe = safe_string(word);
		if (!safe)
			return report_out_of_memory();
		fprintf(stderr,
			"virtinfo: no register or field is named '%s'; virtinfo show --list has them all\n",
			safe);
		free(safe);
		return REPORT_USAGE;
	}
	return 0;
}

int report_show(struct out *out, const struct host *host,
		const struct options *options)
{
	struct selection *selection = calloc(1, sizeof(*selection));
	int status;

	if (!selection)
		return report_out_of_memory();
	status = show_select(selection, options);
	if (!status && options_has(options, OPT_JSON))
		status = print_json(out, host, selection);
	else if (!status)
		status = print_text(out, host, selection,
				    options_has(options, OPT_BRIEF));
	free(selection);
	return status;
}
