// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show as text. */
#include <string.h>

#include "model/findings.h"
#include "model/register_name.h"
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
		const char *name = register_bit_name(bits, bit);

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
	enum register_id bits = register_of_bits(field->reg);

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
	char address[REGISTER_ADDRESS_SIZE];
	int column;

	/* What is not there is summed up behind, unless it was asked for. */
	if (selection->everything &&
	    (value.status == VI_NOT_ATTEMPTED || value.status == VI_ABSENT))
		return;
	register_address(address, info, &value);
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
		out_printf(&line.out, "0x%0*llx%s", register_digits(info),
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

int show_text(struct out *out, const struct host *host,
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
