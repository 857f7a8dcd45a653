// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo check: stage by stage, with the evidence; the exit status is the reason. */
#include "report/check.h"

#include "base/array.h"
#include "verdict/verdict.h"
#include "output/json.h"
#include "report/report.h"
#include "report/running_under.h"
#include "report/style.h"
#include "report/verdict_report.h"

static void print_stage(struct out *out, const struct stage *stage)
{
	out_printf(out, "%-18s", stage_name(stage->id));
	out_styled(out, stage_style(stage->status), "%s",
		   stage_status_name(stage->status));
	if (stage->reason != REASON_NONE)
		out_printf(out, ": %s", reason_info(stage->reason)->name);
	out_printf(out, "\n");
	ARRAY_EACH(text, stage->evidence, stage->nr_evidence)
		out_paragraph(out, 4, *text);
	if (stage->remedy && stage->status != STAGE_FAIL)
		out_paragraph(out, 4, stage->remedy);
}

static int print_text(struct out *out, const struct verdict *verdict)
{
	verdict_text(out, verdict);
	out_printf(out, "\n");
	ARRAY_EACH(stage, verdict->stages, verdict->nr_stages)
		print_stage(out, stage);
	return verdict_exit_status(verdict);
}

static void stage_json(struct json *json, const struct stage *stage)
{
	json_begin_object(json, NULL);
	json_string(json, "name", stage_name(stage->id));
	json_string(json, "status", stage_status_name(stage->status));
	json_string(json, "reason",
		    stage->reason == REASON_NONE ?
			    NULL :
			    reason_info(stage->reason)->name);
	json_begin_array(json, "evidence");
	ARRAY_EACH(text, stage->evidence, stage->nr_evidence)
		json_string(json, NULL, *text);
	json_end(json);
	json_string(json, "remedy", stage->remedy);
	json_end(json);
}

static int print_json(struct out *out, const struct verdict *verdict,
		      const struct profile *profile)
{
	struct json *json = json_new("virtinfo.check/1");

	verdict_json(json, verdict);
	running_under_json(json, &verdict->hypervisor);
	if (profile)
		json_string(json, "profile", profile->name);
	json_begin_array(json, "rungs");
	ARRAY_EACH(stage, verdict->stages, verdict->nr_stages)
		stage_json(json, stage);
	json_end(json);
	return json_finish(json, out->file) ? STATUS_FAILED :
					      verdict_exit_status(verdict);
}

int report_check(struct out *out, struct host *const *hosts,
		 const struct options *options)
{
	const struct host *host = hosts[0];
	const char *name = options->value[OPT_FOR];
	const struct profile *profile = NULL;
	struct verdict *verdict;
	int status;

	if (!host)
		return check_profiles(out, options);
	if (name)
		profile = profile_find(name);
	verdict = verdict_of(host, profile);
	if (!verdict)
		return report_out_of_memory();
	if (options_has(options, OPT_QUIET))
		status = verdict_exit_status(verdict);
	else if (options_has(options, OPT_JSON))
		status = print_json(out, verdict, profile);
	else
		status = print_text(out, verdict);
	verdict_free(verdict);
	return status;
}
