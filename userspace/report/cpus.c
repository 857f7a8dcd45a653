// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtinfo cpus: the groups side by side, only what differs, the odd ones
 * named; the machine's capability is what every one of its CPUs has.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "model/differences.h"
#include "model/group_names.h"
#include "output/json.h"
#include "output/table.h"
#include "report/group.h"
#include "report/report.h"
#include "summary.h"

/* The group that most CPUs are in: the others are the odd ones. */
static const struct host_group *usual_group(const struct host *host)
{
	const struct host_group *usual = NULL;

	GROUP_EACH(host, group)
		if (!usual ||
		    cpulist_weight(&group->cpus) > cpulist_weight(&usual->cpus))
			usual = group;
	return usual;
}

/* What all CPUs have: unknown where one is unknown and none says no. */
static const char *common_word(const struct host *host,
			       const struct difference *difference)
{
	if (difference->field == NR_FIELDS ||
	    !field_is_question(difference->field))
		return NULL;
	return answer_name(host_answer(host, difference->field));
}

static char *on_list(const struct host_group *group)
{
	const struct cpulist *list = vi_extension(&group->sample) == VI_SVM ?
					     &group->svm_on :
					     &group->vmx_on;

	return group->on_known ? cpulist_string(list) : strdup("unknown");
}

static int print_group(struct table *table, const struct host_group *group,
		       bool usual)
{
	const struct vi_sample *sample = &group->sample;
	struct group_names names;
	char *on = on_list(group);
	int error = group_names(group, &names) || !on;

	if (!error) {
		table_row(table);
		table_cell(table, 0, usual ? OUT_PLAIN : OUT_WARN, "%s",
			   names.cpus);
		table_cell(table, 1, OUT_PLAIN, "%u",
			   cpulist_weight(&group->cpus));
		table_cell(table, 2, OUT_PLAIN, "%s", names.vendor);
		table_cell(table, 3, OUT_PLAIN, "%s",
			   vi_extension_name(vi_extension(sample)));
		table_cell(table, 4, OUT_PLAIN, "%s",
			   vi_state_name(vi_state(sample)));
		table_cell(table, 5, OUT_PLAIN, "%s",
			   vi_paging_name(vi_paging(sample)));
		table_cell(table, 6, OUT_PLAIN, "%s", on);
		table_cell(table, 7, OUT_PLAIN, "%s", names.model_name);
	}
	group_names_free(&names);
	free(on);
	return error;
}

static int print_groups(struct out *out, const struct host *host)
{
	static const struct column columns[] = {
		{ .title = "CPUS" },   { .title = "COUNT", .right = true },
		{ .title = "VENDOR" }, { .title = "EXTENSION" },
		{ .title = "STATE" },  { .title = "PAGING" },
		{ .title = "ON" },     { .title = "MODEL NAME", .wrap = true },
	};
	const struct host_group *usual = usual_group(host);
	struct table *table =
		table_new(out, columns, ARRAY_SIZE(columns), true);
	int error = 0;

	GROUP_EACH(host, group)
		error |= print_group(table, group, group == usual);
	return table_finish(table) || error ? -1 : 0;
}

static void difference_row(struct table *table, const struct host *host,
			   const struct difference *difference)
{
	const char *common = common_word(host, difference);
	char name[REGISTER_ADDRESS_SIZE], word[DIFFERENCE_WORD_SIZE];
	const char *inside = "";

	if (difference->reg != NR_REGISTERS)
		inside = register_info(difference->reg)->partial ?
				 ", bits not listed" :
				 ", reserved bits";
	table_row(table);
	table_cell(table, 0, OUT_PLAIN, "%s%s%s",
		   difference_register(name, difference),
		   difference->field == NR_FIELDS ? inside : ".",
		   difference->field == NR_FIELDS ?
			   "" :
			   field_info(difference->field)->name);
	for (size_t i = 0; i < host->nr_groups; i++)
		table_cell(table, (int)i + 1, OUT_PLAIN, "%s",
			   difference_word(word, host->groups[i], difference));
	table_cell(table, (int)host->nr_groups + 1, OUT_BOLD, "%s",
		   common ? common : "differs");
}

static int print_differences(struct out *out, const struct host *host)
{
	struct column *columns = calloc(host->nr_groups + 2, sizeof(*columns));
	char **titles = calloc(host->nr_groups, sizeof(*titles));
	struct differences differences = { .list = NULL };
	struct table *table;
	int error = !columns || !titles || differences_of(&differences, host);

	for (size_t i = 0; i < host->nr_groups && !error; i++) {
		titles[i] = cpulist_string(&host->groups[i]->cpus);
		columns[i + 1].title = titles[i];
		error = !titles[i];
	}
	if (!error) {
		columns[0].title = "FIELD";
		columns[host->nr_groups + 1].title = "ALL CPUS";
		table = table_new(out, columns, (int)host->nr_groups + 2, true);
		ARRAY_EACH(difference, differences.list, differences.count)
			difference_row(table, host, difference);
		error = table_finish(table);
	}
	for (size_t i = 0; titles && i < host->nr_groups; i++)
		free(titles[i]);
	free(titles);
	free(columns);
	differences_free(&differences);
	return error ? -1 : 0;
}

/* A dump often has the MSRs of one CPU only: say whom the word is about. */
static void print_partial(struct out *out, const struct host_group *group)
{
	const struct cpulist *list = host_group_msrs_known(group);

	if (list == &group->cpus)
		return;
	out_printf(out, "%s",
		   list->count ? "MSRs are known for " :
				 "No MSRs are known for ");
	if (list->count) {
		cpulist_print_words(out->file, list);
		out_printf(out, " only (of ");
	}
	cpulist_print_words(out->file, &group->cpus);
	out_printf(out, "%s.\n", list->count ? ")" : "");
}

static int print_text(struct out *out, const struct host *host)
{
	const struct host_group *usual = usual_group(host);

	if (print_groups(out, host))
		return report_out_of_memory();
	GROUP_EACH(host, group)
		print_partial(out, group);
	if (host->nr_groups == 1) {
		out_printf(out, "\nAll CPUs are alike.\n");
		return 0;
	}
	out_printf(out, "\n%zu kinds of CPU; odd:", host->nr_groups);
	GROUP_EACH(host, group) {
		if (group == usual)
			continue;
		out_printf(out, " ");
		cpulist_print_words(out->file, &group->cpus);
	}
	out_printf(out, "\nDifferences, and what every CPU has:\n\n");
	return print_differences(out, host) ? report_out_of_memory() : 0;
}

static int json_group(struct json *json, const struct host_group *group,
		      bool odd)
{
	char *vmx = cpulist_string(&group->vmx_on);
	char *svm = cpulist_string(&group->svm_on);
	char *known = cpulist_string(host_group_msrs_known(group));
	int error = !vmx || !svm || !known;

	json_begin_object(json, NULL);
	error |= group_json(json, group);
	error |= group_hypervisor_json(json, group);
	json_int(json, "count", cpulist_weight(&group->cpus));
	json_boolean(json, "odd", odd);
	json_string(json, "msrs_told_of", known);
	group_summary_json(json, group);
	json_string(json, "vmx_on", group->on_known ? vmx : NULL);
	json_string(json, "svm_on", group->on_known ? svm : NULL);
	json_end(json);
	free(vmx);
	free(svm);
	free(known);
	return error;
}

static void json_difference(struct json *json, const struct host *host,
			    const struct difference *difference)
{
	char name[REGISTER_ADDRESS_SIZE], word[DIFFERENCE_WORD_SIZE];

	json_begin_object(json, NULL);
	json_string(json, "register", difference_register(name, difference));
	json_string(json, "field",
		    difference->field == NR_FIELDS ?
			    NULL :
			    field_info(difference->field)->name);
	json_begin_array(json, "groups");
	GROUP_EACH(host, group)
		json_string(json, NULL,
			    difference_word(word, group, difference));
	json_end(json);
	json_string(json, "all_cpus", common_word(host, difference));
	json_end(json);
}

static int print_json(struct out *out, const struct host *host)
{
	struct json *json = json_new("virtinfo.cpus/1");
	const struct host_group *usual = usual_group(host);
	struct differences differences = { .list = NULL };
	int error = differences_of(&differences, host);

	json_begin_array(json, "groups");
	GROUP_EACH(host, group)
		error |= json_group(json, group, group != usual);
	json_end(json);
	json_begin_array(json, "differences");
	ARRAY_EACH(difference, differences.list, differences.count)
		json_difference(json, host, difference);
	differences_free(&differences);
	json_end(json);
	return json_finish(json, out->file) || error ? STATUS_FAILED : 0;
}

int report_cpus(struct out *out, struct host *const *hosts,
		const struct options *options)
{
	const struct host *host = hosts[0];
	return options_has(options, OPT_JSON) ? print_json(out, host) :
						print_text(out, host);
}
