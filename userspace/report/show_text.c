// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show as text. */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "model/findings.h"
#include "model/group_names.h"
#include "model/register_name.h"
#include "output/pager.h"
#include "report/group.h"
#include "report/report.h"
#include "report/show.h"
#include "report/show_value.h"

/* Columns of a field: two blanks, its name, a blank, its value. */
#define NAME_WIDTH   36
#define VALUE_COLUMN (2 + NAME_WIDTH + 1)
/* A column of values is at least so wide, so that flags line up everywhere. */
#define VALUE_LEAST 8

/* Of the fields that are shown; a longer value pushes its title aside. */
static int value_width(const struct host_group *group, enum register_id id,
		       const struct selection *selection)
{
	const struct register_info *info = register_info(id);
	int widest = VALUE_LEAST;

	FIELD_EACH(info, i) {
		struct shown_value value;
		int wide;

		if (!selection->fields[i])
			continue;
		wide = (int)strlen(show_value(&value, group, i)->text);
		if (wide > widest && wide <= SHOWN_WIDEST)
			widest = wide;
	}
	return widest;
}

static void print_field(struct out *out, const struct host_group *group,
			enum field_id id, int width)
{
	const struct field_info *field = field_info(id);
	struct shown_value value;
	struct out_line line;

	show_value(&value, group, id);
	out_printf(out, "  %-*s ", NAME_WIDTH, field->name);
	out_styled(out, value.style, "%-*s", width, value.text);
	if ((int)strlen(value.text) > width)
		width = (int)strlen(value.text);
	width += VALUE_COLUMN;
	out_line_begin(&line, out);
	out_printf(&line.out, "  %s", field->title);
	show_bit_names(&line.out, group, id);
	if (register_varies(field->reg) & field_mask(field))
		out_printf(&line.out, " (like CPUs differ in it)");
	out_line_end(&line, OUT_PLAIN, width, width + 2);
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
	bool listed = !register_info(id)->partial;

	if (bits)
		out_styled(out, listed ? OUT_WARN : OUT_DIM, "  %-*s 0x%llx\n",
			   NAME_WIDTH,
			   listed ? "(reserved bits set)" : "(bits not listed)",
			   bits);
}

static void print_fields(struct out *out, const struct host_group *group,
			 enum register_id id, const struct selection *selection,
			 bool brief)
{
	const struct register_info *info = register_info(id);
	int width = brief ? 0 : value_width(group, id, selection);

	FIELD_EACH(info, i) {
		if (!selection->fields[i] || !field_value(group, i).known)
			continue;
		if (brief)
			print_brief_field(out, group, i);
		else
			print_field(out, group, i, width);
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

/* What was read, or why nothing was. */
static void print_value(struct out *out, const struct register_info *info,
			const struct register_value *value)
{
	if (value->status == VI_READ)
		out_printf(out, "0x%0*llx", register_digits(info),
			   value->value);
	else
		out_printf(out, "%s", register_status_text(value->status));
	if (value->status == VI_NOT_ATTEMPTED && info->gate)
		out_printf(out, ": requires %s", info->gate);
}

static void print_register(struct out *out, const struct host_group *group,
			   enum register_id id,
			   const struct selection *selection, bool brief)
{
	const struct register_info *info = register_info(id);
	struct register_value value = register_value(group, id);
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
	print_value(&line.out, info, &value);
	if (brief && (value.status == VI_READ || value.status == VI_BITS)) {
		out_printf(&line.out, ":");
		print_fields(&line.out, group, id, selection, true);
	}
	out_line_end(&line, value.status == VI_GP ? OUT_WARN : OUT_PLAIN,
		     column, 4);
	if (value.known && !brief)
		print_fields(out, group, id, selection, false);
}

/* Is it of the leaf whose first register is the one before? */
static bool same_leaf(const struct register_info *info,
		      const struct register_info *before)
{
	return before && info->class == REGISTER_CPUID &&
	       before->class == REGISTER_CPUID &&
	       info->sampled == before->sampled;
}

/* A leaf is there or not as a whole: once, without the register. */
static int name_length(const struct register_info *info)
{
	size_t length = strlen(info->name);

	return (int)(info->class == REGISTER_CPUID ? length - strlen(":eax") :
						     length);
}

static enum vi_status status_of(const struct host_group *group,
				enum register_id id)
{
	const struct register_info *info = register_info(id);

	return info->class == REGISTER_CPUID ?
		       group->sample.leaf_status[info->sampled] :
		       register_value(group, id).status;
}

static void print_missing(struct out *out, const struct host_group *group,
			  enum vi_status status, const char *what)
{
	const struct register_info *last = NULL;
	struct out_line line;

	REGISTER_EACH(id) {
		const struct register_info *info = register_info(id);

		/* Leaves of hypervisors that are not there say nothing. */
		if (info->class == REGISTER_HYPERVISOR ||
		    status_of(group, id) != status || same_leaf(info, last))
			continue;
		if (!last)
			out_line_begin(&line, out);
		out_printf(&line.out, "%s%.*s", last ? " " : what,
			   name_length(info), info->name);
		last = info;
	}
	if (last)
		out_line_end(&line, OUT_DIM, 0, 2);
}

/* Leaves of CPUID that the table does not take apart. */
static void print_others(struct out *out, const struct host_group *group)
{
	if (group->others.count)
		out_styled(out, OUT_BOLD,
			   "Other CPUID leaves (EAX EBX ECX EDX):\n");
	ARRAY_EACH(raw, group->others.list, group->others.count) {
		out_printf(out, "  0x%08x:%-2u 0x%08x 0x%08x 0x%08x 0x%08x\n",
			   raw->leaf, raw->subleaf, raw->reg[VI_EAX],
			   raw->reg[VI_EBX], raw->reg[VI_ECX],
			   raw->reg[VI_EDX]);
	}
}

/* What does not fit together, of the registers that are shown. */
static int print_findings(struct out *out, const struct host_group *group,
			  const struct selection *selection)
{
	struct findings findings = { .list = NULL };
	int error = findings_of(&findings, group);
	bool titled = false;

	ARRAY_EACH(finding, findings.list, error ? 0 : findings.count) {
		if (!selection->registers[finding->reg])
			continue;
		if (!titled)
			out_styled(out, OUT_BOLD, "Findings:\n");
		titled = true;
		out_printf(out, "  ");
		out_folded(out, OUT_WARN, 2, 4, "%s%s%s: %s",
			   register_info(finding->reg)->name,
			   finding->field == NR_FIELDS ? "" : ".",
			   finding->field == NR_FIELDS ?
				   "" :
				   field_info(finding->field)->name,
			   finding->text);
	}
	findings_free(&findings);
	return error;
}

/* Has the selection every field of the register? */
static bool whole(const struct selection *selection,
		  const struct register_info *info)
{
	FIELD_EACH(info, i)
		if (!selection->fields[i])
			return false;
	return true;
}

static bool same_fields(const struct host_group *a, const struct host_group *b,
			enum register_id id, const struct selection *selection)
{
	const struct register_info *info = register_info(id);

	FIELD_EACH(info, i) {
		struct field_value one = field_value(a, i);
		struct field_value other = field_value(b, i);

		if (selection->fields[i] &&
		    (one.number != other.number || one.known != other.known ||
		     one.control != other.control))
			return false;
	}
	return true;
}

static bool same_register(const struct host_group *a,
			  const struct host_group *b, enum register_id id,
			  const struct selection *selection)
{
	struct register_value one = register_value(a, id);
	struct register_value other = register_value(b, id);

	if (one.status != other.status || one.leaf != other.leaf)
		return false;
	if (!one.known)
		return true;
	if (one.status == VI_READ && whole(selection, register_info(id)))
		return !((one.value ^ other.value) & ~register_varies(id));
	return same_fields(a, b, id, selection);
}

/* Is what was asked for the same on both, and are they called the same? */
static bool same_shown(const struct host_group *a, const struct host_group *b,
		       const struct selection *selection)
{
	struct group_names one, other;
	bool same;

	REGISTER_EACH(id)
		if (selection->registers[id] &&
		    !same_register(a, b, id, selection))
			return false;
	same = !group_names(a, &one);
	same = !group_names(b, &other) && same &&
	       !strcmp(one.vendor, other.vendor) &&
	       !strcmp(one.model_name, other.model_name);
	group_names_free(&one);
	group_names_free(&other);
	return same;
}

static int print_group(struct out *out, const struct host_group *group,
		       const struct selection *selection, bool brief)
{
	const enum register_id *order = show_order();

	for (size_t i = 0; i < NR_REGISTERS; i++)
		if (selection->registers[order[i]])
			print_register(out, group, order[i], selection, brief);
	if (selection->everything) {
		print_others(out, group);
		print_missing(out, group, VI_NOT_ATTEMPTED,
			      "Not read, not supported here: ");
		print_missing(out, group, VI_ABSENT, "Not in this input: ");
	}
	return print_findings(out, group, selection);
}

/* The group, and with it those that show the same; *shown says which did. */
static int print_alike(struct out *out, const struct host *host, size_t first,
		       const struct selection *selection, bool brief,
		       bool *shown)
{
	struct cpulist cpus = { .ranges = NULL };
	int error = 0;

	for (size_t i = first; i < host->nr_groups && !error; i++) {
		const struct host_group *group = host->groups[i];

		if (shown[i] || (i != first && !same_shown(host->groups[first],
							   group, selection)))
			continue;
		shown[i] = true;
		error = cpulist_add_all(&cpus, &group->cpus);
	}
	if (!error)
		error = group_heading(out, host->groups[first], &cpus);
	if (!error)
		error = print_group(out, host->groups[first], selection, brief);
	cpulist_free(&cpus);
	return error;
}

static int print_groups(struct out *out, const struct host *host,
			const struct selection *selection, bool brief)
{
	bool *shown = calloc(host->nr_groups + 1, sizeof(*shown));
	int error = shown ? 0 : -1;

	for (size_t i = 0; i < host->nr_groups && !error; i++) {
		if (shown[i])
			continue;
		if (i)
			out_printf(out, "\n");
		error = print_alike(out, host, i, selection, brief, shown);
	}
	free(shown);
	return error;
}

int show_text(struct out *out, const struct host *host,
	      const struct selection *selection, bool brief)
{
	struct paged paged;
	int error;

	if (paged_begin(&paged, out))
		return report_out_of_memory();
	error = print_groups(&paged.out, host, selection, brief);
	if (error)
		report_out_of_memory();
	return paged_end(&paged, error) ? STATUS_FAILED : 0;
}
