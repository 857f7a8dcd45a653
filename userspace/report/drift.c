// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet --since: what has become of a fleet. */
#include "report/drift.h"

#include <stdio.h>

#include "fleet/load.h"
#include "report/report.h"

/* A host of which it is not known what became of it may be any: 3 counts most. */
static int status_of(const struct fleet_drift *drift)
{
	size_t i;

	if (drift->old->nr_errors || drift->now->nr_errors)
		return STATUS_BAD_INPUT;
	for (i = 0; i < drift->count; i++)
		if (drift->entries[i].how == DRIFT_LOST ||
		    (drift->entries[i].how == DRIFT_VANISHED &&
		     drift->entries[i].ready))
			return STATUS_LOST_A_HOST;
	return drift->count ? STATUS_DRIFTED : STATUS_OK;
}

static int compare(struct out *out, struct fleet *old, struct fleet *now,
		   const struct options *options)
{
	struct fleet_drift drift;
	int status = STATUS_FAILED, error = drift_of(&drift, old, now);

	if (!error) {
		status = status_of(&drift);
		error = options_has(options, OPT_JSON) ?
				drift_json(out, &drift, status) :
				drift_text(out, &drift,
					   options_has(options, OPT_ALL));
	}
	drift_free(&drift);
	/* main() says what came of writing. */
	if (error && ferror(out->file))
		return STATUS_FAILED;
	return error ? report_out_of_memory() : status;
}

static int read_both(struct out *out, struct fleet *old, struct fleet *now,
		     const struct options *options)
{
	const struct fleet_reading reading = {
		.strict = options_has(options, OPT_STRICT),
		.progress = true,
	};
	char *since[] = { (char *)options->value[OPT_SINCE], NULL };

	if (fleet_load(old, since, &reading) ||
	    fleet_load(now, options->arguments, &reading))
		return report_out_of_memory();
	if (!old->nr_hosts || !now->nr_hosts) {
		fprintf(stderr, "virtinfo: no file in the %s\n",
			old->nr_hosts ? "folders of now" : "folder of --since");
		return STATUS_BAD_INPUT;
	}
	return compare(out, old, now, options);
}

int report_drift(struct out *out, const struct options *options)
{
	struct fleet *old = fleet_new();
	struct fleet *now = old ? fleet_new_beside(old) : NULL;
	int status = now ? read_both(out, old, now, options) :
			   report_out_of_memory();

	fleet_free(now);
	fleet_free(old);
	return status;
}
