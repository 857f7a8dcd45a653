// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo check: rung by rung, with the evidence; the exit status is the reason. */
#include "report/check.h"

#include <string.h>

#include "model/ladder.h"
#include "output/json.h"
#include "output/safe.h"
#include "report/report.h"
#include "report/verdict.h"

#define LIST "list"

static void print_rung(struct out *out, const struct rung *rung)
{
	static const enum out_style styles[] = {
		[RUNG_PASS] = OUT_GOOD,	   [RUNG_FAIL] = OUT_BAD,
		[RUNG_WARN] = OUT_WARN,	   [RUNG_SKIPPED] = OUT_DIM,
		[RUNG_UNKNOWN] = OUT_WARN,
	};
	size_t i;

	out_printf(out, "%-18s", rung_name(rung->id));
	out_styled(out, styles[rung->status], "%s",
		   rung_status_name(rung->status));
	if (rung->reason != REASON_NONE)
		out_printf(out, ": %s", reason_info(rung->reason)->name);
	out_printf(out, "\n");
	for (i = 0; i < rung->nr_evidence; i++)
		out_paragraph(out, 4, rung->evidence[i]);
	if (rung->remedy && rung->status != RUNG_FAIL)
		out_paragraph(out, 4, rung->remedy);
}

static int print_text(struct out *out, const struct verdict *verdict)
{
	size_t i;

	verdict_text(out, verdict);
	out_printf(out, "\n");
	for (i = 0; i < verdict->nr_rungs; i++)
		print_rung(out, &verdict->rungs[i]);
	return verdict_exit_status(verdict);
}

static void rung_json(struct json *json, const struct rung *rung)
{
	size_t i;

	json_begin_object(json, NULL);
	json_string(json, "name", rung_name(rung->id));
	json_string(json, "status", rung_status_name(rung->status));
	json_string(json, "reason",
		    rung->reason == REASON_NONE ?
			    NULL :
			    reason_info(rung->reason)->name);
	json_begin_array(json, "evidence");
	for (i = 0; i < rung->nr_evidence; i++)
		json_string(json, NULL, rung->evidence[i]);
	json_end(json);
	json_string(json, "remedy", rung->remedy);
	json_end(json);
}

static int print_json(struct out *out, const struct verdict *verdict,
		      const struct profile *profile)
{
	struct json *json = json_new("virtinfo.check/1");
	size_t i;

	verdict_json(json, verdict);
	if (profile)
		json_string(json, "profile", profile->name);
	json_begin_array(json, "rungs");
	for (i = 0; i < verdict->nr_rungs; i++)
		rung_json(json, &verdict->rungs[i]);
	json_end(json);
	return json_finish(json, out->file) ? REPORT_FAILED :
					      verdict_exit_status(verdict);
}

/* The profile that --for names; NULL where there is no --for. */
static int find_profile(const struct options *options,
			const struct profile **profile)
{
	const char *name = options->value[OPT_FOR];
	char safe[SAFE_SIZE(64)];

	*profile = name ? profile_find(name) : NULL;
	if (!name || *profile)
		return 0;
	safe_bytes(safe, sizeof(safe), name, strnlen(name, 64));
	fprintf(stderr,
		"virtinfo: no profile '%s'; --for list names them all\n", safe);
	return REPORT_USAGE;
}

/* The list judges nothing, so what tells how to judge is a mistake. */
static int check_list(const struct options *options)
{
	static const enum option_id idle[] = { OPT_INPUT, OPT_TRY_LOAD,
					       OPT_QUIET };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(idle); i++)
		if (options_has(options, idle[i]))
			return options_idle(idle[i], "--for " LIST);
	return 0;
}

bool report_check_early(struct out *out, const struct options *options,
			int *status)
{
	const char *name = options->value[OPT_FOR];
	const struct profile *profile;

	if (name && !strcmp(name, LIST)) {
		*status = check_list(options);
		if (!*status)
			*status = report_profiles(out, options);
		return true;
	}
	*status = find_profile(options, &profile);
	return *status != 0;
}

int report_check(struct out *out, const struct host *host,
		 const struct options *options)
{
	const struct profile *profile;
	struct verdict *verdict;
	int status;

	status = find_profile(options, &profile);
	if (status)
		return status;
	verdict = ladder_judge(host, profile);
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
