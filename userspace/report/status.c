// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo status: one screen. */
#include <string.h>

#include "fleet/one.h"
#include "model/features.h"
#include "model/iommu.h"
#include "output/json.h"
#include "output/table.h"
#include "report/group.h"
#include "report/page.h"
#include "report/report.h"
#include "report/running_under.h"
#include "report/style.h"
#include "report/verdict_report.h"
#include "summary.h"

static const char *const extension_texts[] = {
	[VI_NO_EXTENSION] = "none",
	[VI_VMX] = "VMX (Intel VT-x)",
	[VI_SVM] = "SVM (AMD-V)",
};

static int print_group(struct out *out, const struct host_group *group)
{
	out_printf(out, "\n");
	if (group_heading(out, group, &group->cpus))
		return -1;
	out_pair(out, "Extension", OUT_PLAIN, "%s, %s",
		 extension_texts[vi_extension(&group->sample)],
		 vi_extension(&group->sample) == VI_NO_EXTENSION ?
			 "by CPUID" :
			 vi_state_name(vi_state(&group->sample)));
	out_pair(out, "SLAT", OUT_PLAIN, "%s",
		 vi_paging_name(vi_paging(&group->sample)));
	return 0;
}

/* Of the machine: what every one of its CPUs has. */
static int print_features(struct out *out, const struct host *host)
{
	static const struct column columns[] = {
		{ .title = "FEATURE" },
		{ .title = "ALL CPUS" },
		{ .title = "FIELD" },
	};
	const struct feature *feature = feature_next(host, NULL);
	struct table *table;

	if (!feature)
		return 0;
	out_printf(out, "\n");
	table = table_new(out, columns, ARRAY_SIZE(columns), true);
	for (; feature; feature = feature_next(host, feature)) {
		enum answer answer = host_answer(host, feature->field);

		table_row(table);
		table_cell(table, 0, OUT_PLAIN, "%s", feature->title);
		table_cell(table, 1, answer_style(answer), "%s",
			   answer_name(answer));
		table_cell(table, 2, OUT_DIM, "%s", feature->name);
	}
	return table_finish(table);
}

static void print_iommu(struct out *out, const struct host *host)
{
	struct iommu iommu = iommu_of(&host->system);

	if (iommu.remapping == ANSWER_UNKNOWN && iommu.posted == ANSWER_UNKNOWN)
		out_pair(out, "IOMMU", OUT_PLAIN, "not known");
	else
		out_pair(out, "IOMMU", OUT_PLAIN,
			 "interrupt remapping: %s, posted interrupts: %s",
			 answer_name(iommu.remapping),
			 answer_name(iommu.posted));
}

/* Each piece of a paste may have one. */
static void print_notes(struct out *out, const struct facts *facts)
{
	for (size_t i = 0; i < facts_count(facts); i++)
		if (!strcmp(facts_at(facts, i).key, "source note"))
			out_paragraph(out, 2, facts_at(facts, i).value);
}

static int print_text(struct out *out, const struct host *host,
		      const struct verdict *verdict)
{
	const char *module = facts_get(host->facts, "source module");
	char hypervisor[RUNNING_UNDER_SIZE];

	verdict_text(out, verdict);
	out_printf(out, "\n");
	out_pair(out, "Source", OUT_PLAIN, "%s", host_source_name(host));
	print_notes(out, host->facts);
	if (module)
		out_paragraph(out, 2, module);
	running_under_words(hypervisor, &verdict->hypervisor);
	out_pair(out, "Running under", OUT_PLAIN, "%s", hypervisor);
	print_iommu(out, host);
	GROUP_EACH(host, group)
		if (print_group(out, group))
			return report_out_of_memory();
	if (host->nr_groups && print_features(out, host))
		return report_out_of_memory();
	out_styled(
		out, OUT_DIM,
		"\nSee virtinfo check for the evidence, virtinfo show for every register.\n");
	return 0;
}

static int print_json(struct out *out, const struct host *host,
		      const struct verdict *verdict)
{
	struct json *json = json_new("virtinfo.status/1");
	struct iommu iommu = iommu_of(&host->system);
	const struct feature *feature = NULL;
	int error = 0;

	verdict_json(json, verdict);
	running_under_json(json, &verdict->hypervisor);
	json_string(json, "source", host_source_name(host));
	json_string(json, "source_note", facts_get(host->facts, "source note"));
	json_begin_array(json, "groups");
	GROUP_EACH(host, group) {
		json_begin_object(json, NULL);
		error |= group_json(json, group);
		group_summary_json(json, group);
		error |= group_hypervisor_json(json, group);
		json_end(json);
	}
	json_end(json);
	json_begin_object(json, "features");
	while ((feature = feature_next(host, feature)))
		json_string(json, feature->name,
			    answer_name(host_answer(host, feature->field)));
	json_string(json, "iommu_interrupt_remapping",
		    answer_name(iommu.remapping));
	json_string(json, "iommu_posted_interrupts", answer_name(iommu.posted));
	json_end(json);
	return json_finish(json, out->file) || error ? STATUS_FAILED : 0;
}

static int print_html(struct out *out, const struct host *host,
		      const struct options *options)
{
	const char *node = facts_get(host->facts, "host");
	const char *slash = strrchr(host->name, '/');
	const char *name = node		      ? node :
			   host_is_live(host) ? "this system" :
			   slash	      ? slash + 1 :
						host->name;
	struct fleet *fleet = fleet_of_host(host, name);
	int status;

	if (!fleet)
		return report_out_of_memory();
	status = report_page(out, fleet, options);
	fleet_free(fleet);
	return status;
}

int report_status(struct out *out, struct host *const *hosts,
		  const struct options *options)
{
	const struct host *host = hosts[0];
	struct verdict *verdict;
	int status;

	if (options_has(options, OPT_HTML))
		return print_html(out, host, options);
	verdict = verdict_of(host, NULL);
	if (!verdict)
		return report_out_of_memory();
	status = options_has(options, OPT_JSON) ?
			 print_json(out, host, verdict) :
			 print_text(out, host, verdict);
	verdict_free(verdict);
	return status;
}
