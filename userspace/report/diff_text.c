// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo diff for people. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/errname.h"
#include "base/safe.h"
#include "migrate/words.h"
#include "model/group_names.h"
#include "output/pager.h"
#include "output/table.h"
#include "report/diff.h"

static int print_host(struct out *out, char letter, const struct side *side)
{
	const struct host *host = side->host;
	const char *kernel = facts_get(host->facts, "kernel");
	struct group_names names = { .cpus = NULL };
	const char *model = "";
	int error = 0;
	char title[2] = { letter };
	char *name = safe_string(host->name);
	char *release = safe_string(kernel ? kernel : "");

	if (host->nr_groups) {
		error = group_names(host->groups[0], &names);
		model = error ? "" : names.model_name;
	}
	if (!name || !release)
		error = -1;
	if (!error) {
		out_printf(out, "%s  ", title);
		out_folded(out, OUT_PLAIN, 3, 3, "%s%s%s%s%s", name,
			   *model ? ": " : "", model, kernel ? ", Linux " : "",
			   release);
	}
	group_names_free(&names);
	free(name);
	free(release);
	return error;
}

static void print_witness(struct out *out, char letter, const struct side *side)
{
	if (!side->cpuid_from_kvm)
		out_printf(
			out,
			"What KVM offers guests on %c is not in its input: judged by the processor.\n",
			letter);
}

static const char *or_none(const char *value)
{
	return value ? value : "-";
}

/* What the other two columns need to be read. */
#define VALUE_COLUMNS 36

/* Bytes of a field's name that are its register's; 0: it is no field. */
static size_t register_length(const struct change *change)
{
	static const char kvm[] = "kvm ";
	const char *name = change->name, *dot;

	/* Facts may have a dot as well: their keys have more words. */
	if (!strncmp(name, kvm, strlen(kvm)))
		name += strlen(kvm);
	dot = strchr(name, '.');
	return dot && !strchr(name, ' ') ? (size_t)(dot - change->name) : 0;
}

/* Is a name from there on, of the same cause, too long for a line? */
static bool names_are_long(const struct changes *changes, size_t first,
			   int width)
{
	size_t i;

	for (i = first; i < changes->count &&
			changes->list[i].cause == changes->list[first].cause;
	     i++)
		if (register_length(&changes->list[i]) &&
		    (int)strlen(changes->list[i].name) > width - VALUE_COLUMNS)
			return true;
	return false;
}

/* Below its register, which stands once, where before has not named it. */
static void put_name(struct table *table, const struct change *change,
		     const struct change *before)
{
	size_t length = register_length(change);

	if (!length) {
		table_cell(table, 0, OUT_PLAIN, "%s", change->name);
		return;
	}
	if (!before || register_length(before) != length ||
	    strncmp(change->name, before->name, length)) {
		table_cell(table, 0, OUT_PLAIN, "%.*s", (int)length,
			   change->name);
		table_row(table);
	}
	table_cell(table, 0, OUT_PLAIN, "  %s", change->name + length + 1);
}

static int print_changes(struct out *out, const struct diff *diff)
{
	static const struct column columns[] = {
		{ .title = "DIFFERENCE" },
		{ .title = "A", .wrap = true },
		{ .title = "B", .wrap = true },
	};
	const struct changes *changes = &diff->changes;
	struct table *table = NULL;
	bool grouped = false;
	size_t i;

	for (i = 0; i < changes->count; i++) {
		const struct change *change = &changes->list[i];

		if (!i || change->cause != changes->list[i - 1].cause) {
			if (table && table_finish(table))
				return -1;
			out_printf(out, "\n");
			out_heading(out, "%s",
				    change_cause_title(change->cause));
			table = table_new(out, columns, ARRAY_SIZE(columns),
					  true);
			grouped = names_are_long(changes, i, out->width);
		}
		table_row(table);
		if (grouped)
			put_name(table, change,
				 i ? &changes->list[i - 1] : NULL);
		else
			table_cell(table, 0, OUT_PLAIN, "%s", change->name);
		table_cell(table, 1, OUT_PLAIN, "%s", or_none(change->a));
		table_cell(table, 2, OUT_PLAIN, "%s", or_none(change->b));
	}
	if (table)
		return table_finish(table);
	out_printf(out, "\nNo difference was found.\n");
	return 0;
}

static enum out_style style_of(enum migration_answer answer)
{
	switch (answer) {
	case MIGRATION_SAFE:
		return OUT_GOOD;
	case MIGRATION_UNSAFE:
		return OUT_BAD;
	default:
		return OUT_WARN;
	}
}

static void answer_row(struct table *table, const char *title,
		       const struct migration *migration)
{
	enum guest_class guest;

	table_row(table);
	table_cell(table, 0, OUT_PLAIN, "%s", title);
	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		table_cell(table, (int)guest + 1,
			   style_of(migration->answer[guest]), "%s",
			   migration_answer_name(migration->answer[guest]));
}

static int print_answers(struct out *out, const struct diff *diff)
{
	static const struct column columns[] = {
		{ .title = "GUEST MOVES" },
		{ .title = "PLAIN" },
		{ .title = "NESTABLE" },
		{ .title = "NESTING" },
	};
	struct table *table;

	out_printf(out, "\n");
	table = table_new(out, columns, ARRAY_SIZE(columns), true);
	answer_row(table, "from A to B", &diff->to_b);
	answer_row(table, "from B to A", &diff->to_a);
	return table_finish(table);
}

/* "  IA32_VMX_MISC: activity_state_hlt: 0x1c0 on A, 0x180 on B". */
static int print_place(struct out *out, const struct migration_finding *finding,
		       const char *from, const char *to)
{
	char name[REGISTER_ADDRESS_SIZE];
	const char *reg = finding_register(name, finding);
	char *fields = finding_fields_words(finding);
	struct out_line line;

	if (!fields)
		return -1;
	out_printf(out, "  ");
	out_line_begin(&line, out);
	if (reg)
		out_printf(&line.out, "%s: ", reg);
	if (*fields)
		out_printf(&line.out, "%s: ", fields);
	out_printf(&line.out, "%s on %s", finding->from, from);
	if (*finding->to)
		out_printf(&line.out, ", %s on %s", finding->to, to);
	out_line_end(&line, OUT_PLAIN, 2, 4);
	free(fields);
	return 0;
}

static int print_mends(struct out *out, const struct migration_finding *finding)
{
	struct out_line line;
	char *mends;

	if (finding_mends(finding, &mends))
		return -1;
	if (!mends)
		return 0;
	out_printf(out, "    ");
	out_line_begin(&line, out);
	out_printf(&line.out, "To mend it, %s.", mends);
	out_line_end(&line, OUT_PLAIN, 4, 6);
	free(mends);
	return 0;
}

/* What a rule is about stands once, before all that breaks it. */
static void print_rule(struct out *out, const struct migration_finding *finding)
{
	const struct rule_info *rule = migration_rule_info(finding->rule);
	char classes[GUEST_CLASSES_SIZE];
	struct out_line line;

	out_printf(out, "\n");
	out_heading(out, "%s (%s)", rule->name,
		    guest_classes_words(classes, finding->classes));
	if (finding->answer != MIGRATION_UNSAFE)
		return;
	out_printf(out, "  ");
	out_line_begin(&line, out);
	out_printf(&line.out, "A guest would see: %s. Refused by: %s.",
		   rule->sees, rule->enforced);
	out_line_end(&line, OUT_PLAIN, 2, 2);
}

static int print_findings(struct out *out, const struct migration *migration,
			  enum migration_answer answer, const char *from,
			  const char *to)
{
	const struct migration_finding *last = NULL;
	size_t i;

	for (i = 0; i < migration->count; i++) {
		const struct migration_finding *finding = &migration->list[i];

		if (finding->answer != answer)
			continue;
		if (!last)
			out_printf(out, "\nFrom %s to %s, %s:\n", from, to,
				   answer == MIGRATION_UNSAFE ? "unsafe" :
								"to note");
		if (!last || last->rule != finding->rule)
			print_rule(out, finding);
		if (print_place(out, finding, from, to) ||
		    (answer == MIGRATION_UNSAFE && print_mends(out, finding)))
			return -1;
		last = finding;
	}
	return 0;
}

/* Many registers may be missing: of a rule that is not known its name is enough. */
static void print_unknown(struct out *out, const struct migration *migration,
			  const char *from, const char *to)
{
	const struct migration_finding *last = NULL;
	char classes[GUEST_CLASSES_SIZE];
	size_t i;

	for (i = 0; i < migration->count; i++) {
		const struct migration_finding *finding = &migration->list[i];
		struct out_line line;

		if (finding->answer != MIGRATION_UNKNOWN ||
		    (last && last->rule == finding->rule))
			continue;
		if (!last)
			out_printf(out, "\nFrom %s to %s, not known:\n\n", from,
				   to);
		last = finding;
		out_printf(out, "  ");
		out_line_begin(&line, out);
		out_printf(&line.out, "%s (%s): whether %s",
			   migration_rule_info(finding->rule)->name,
			   guest_classes_words(classes, finding->classes),
			   migration_rule_info(finding->rule)->title);
		out_line_end(&line, OUT_PLAIN, 2, 4);
	}
}

static int print_direction(struct out *out, const struct migration *migration,
			   const char *from, const char *to)
{
	if (print_findings(out, migration, MIGRATION_UNSAFE, from, to))
		return -1;
	print_unknown(out, migration, from, to);
	return print_findings(out, migration, MIGRATION_SAFE, from, to);
}

/* "yes", "no: EINVAL", "yes, as 0x0". */
static void kvm_cell(struct table *table, int column,
		     const struct proof_result *result)
{
	const struct kvm_answer *kvm = &result->kvm;
	char error[ERRNAME_SIZE];

	switch (kvm->word) {
	case KVM_ACCEPTED:
		table_cell(table, column, OUT_GOOD, "accepted");
		break;
	case KVM_CHANGED:
		table_cell(table, column, OUT_WARN, "changed to 0x%" PRIx64,
			   kvm->value);
		break;
	case KVM_REFUSED:
		table_cell(table, column, OUT_BAD, "refused%s%s",
			   kvm->error ? ": " : "",
			   kvm->error ? errname_format(error, kvm->error) : "");
		break;
	default:
		table_cell(table, column, OUT_DIM, "not asked: %s",
			   result->why ? result->why : "");
		break;
	}
}

/* What this host's KVM says of each rule, beside ours. */
static int print_proof(struct out *out, const struct migration_proof *proof)
{
	static const struct column columns[] = {
		{ .title = "RULE" },
		{ .title = "REGISTER" },
		{ .title = "RULE SAYS" },
		{ .title = "KVM", .wrap = true },
	};
	struct table *table;
	char error[ERRNAME_SIZE];
	size_t i;

	if (proof->failure.step != KVM_STEP_NONE) {
		out_printf(out,
			   "\nKVM of this host could not be asked: %s: %s\n",
			   kvm_step_name(proof->failure.step),
			   errname_format(error, proof->failure.error));
		return 0;
	}
	out_printf(out, "\nWhat KVM of B says of a guest from A:\n\n");
	table = table_new(out, columns, ARRAY_SIZE(columns), true);
	for (i = 0; i < proof->count; i++) {
		const struct proof_result *result = &proof->list[i];

		table_row(table);
		table_cell(table, 0, OUT_PLAIN, "%s",
			   migration_rule_info(result->rule)->name);
		table_cell(table, 1, OUT_PLAIN, "%s",
			   result->reg != NR_REGISTERS ?
				   register_info(result->reg)->name :
			   result->asked ? result->asked :
					   "");
		table_cell(table, 2,
			   proof_differs(result) ? OUT_WARN : OUT_PLAIN, "%s",
			   migration_answer_name(result->ours));
		kvm_cell(table, 3, result);
	}
	if (table_finish(table))
		return -1;
	out_printf(out, "\nWhere a rule and KVM differ KVM counts.\n");
	return 0;
}

static bool has_unknown(const struct migration *migration)
{
	size_t i;

	for (i = 0; i < migration->count; i++)
		if (migration->list[i].answer == MIGRATION_UNKNOWN)
			return true;
	return false;
}

static int print_all(struct out *out, const struct diff *diff)
{
	if (print_host(out, 'A', &diff->side_a) ||
	    print_host(out, 'B', &diff->side_b))
		return -1;
	print_witness(out, 'A', &diff->side_a);
	print_witness(out, 'B', &diff->side_b);
	if (print_changes(out, diff) || print_answers(out, diff))
		return -1;
	if (diff->proved && print_proof(out, &diff->proof))
		return -1;
	if (diff->same) {
		out_printf(
			out,
			"\nThe two inputs hold the same: they are taken for one host.\n");
		return 0;
	}
	if (print_direction(out, &diff->to_b, "A", "B") ||
	    print_direction(out, &diff->to_a, "B", "A"))
		return -1;
	if (has_unknown(&diff->to_b) || has_unknown(&diff->to_a))
		out_printf(
			out,
			"\nWhat is not known: run virtinfo capture on the two, with KVM's module loaded.\n");
	return 0;
}

int diff_text(struct out *out, const struct diff *diff)
{
	struct paged paged;
	int error;

	if (paged_begin(&paged, out))
		return -1;
	error = print_all(&paged.out, diff);
	return paged_end(&paged, error) || error ? -1 : 0;
}
