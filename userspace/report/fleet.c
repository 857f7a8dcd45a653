// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo fleet: many hosts in one report. */
#include "report/fleet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/safe.h"
#include "fleet/load.h"
#include "report/drift.h"
#include "report/page.h"
#include "report/report.h"

static int print_host(void *data, const struct fleet *fleet, size_t host)
{
	return fleet_line(data, fleet, host);
}

static int say(char *why)
{
	char *safe = safe_string(why);

	fprintf(stderr, "virtinfo: %s\n", safe ? safe : "out of memory");
	free(safe);
	free(why);
	return safe ? STATUS_USAGE : STATUS_FAILED;
}

/* 3 counts more than 80: a host that was not read may be any. */
static int status_of(const struct fleet *fleet, const struct options *options)
{
	size_t i, ready = 0, all = 0;

	for (i = 0; i < fleet->nr_hosts; i++) {
		const struct fleet_host *host = &fleet->hosts[i];

		if (host->left_out)
			continue;
		if (host->error)
			return STATUS_BAD_INPUT;
		all++;
		ready += fleet->kinds[host->kind]->usable == ANSWER_YES;
	}
	/* A baseline is of those that are ready. */
	if (options_has(options, OPT_BASELINE))
		return ready ? STATUS_OK : STATUS_NOT_ALL_READY;
	return ready < all ? STATUS_NOT_ALL_READY : STATUS_OK;
}

static int asked_of(const struct options *options, struct fleet_asked *asked)
{
	const char *guest = options->value[OPT_GUEST];
	const char *suggest = options->value[OPT_SUGGEST];

	*asked = (struct fleet_asked){
		.without = options->value[OPT_WITHOUT],
		.filter = options->value[OPT_FILTER],
		.domains = guest,
		.guest = guest ? guest_class_find(guest) : GUEST_PLAIN,
	};
	if (suggest &&
	    (!parse_uint(suggest, &asked->suggest) || !asked->suggest)) {
		fputs("virtinfo: --suggest takes a number of hosts\n", stderr);
		return -1;
	}
	return 0;
}

static int print(struct out *out, const struct fleet *fleet,
		 const struct options *options, char **why)
{
	if (options_has(options, OPT_BASELINE))
		return fleet_baseline(out, fleet, options, why);
	if (options_has(options, OPT_JSON))
		return fleet_json(out, fleet);
	if (options_has(options, OPT_COLUMNS) ||
	    options_has(options, OPT_OUTPUT_ALL) ||
	    options_has(options, OPT_SORT) ||
	    options_has(options, OPT_NOHEADINGS))
		return fleet_table(out, fleet, options, why);
	return fleet_text(out, fleet, options_has(options, OPT_ALL));
}

static int write_page(struct out *out, const struct fleet *fleet,
		      const struct options *options)
{
	int status = report_page(out, fleet, options);

	return status ? status : status_of(fleet, options);
}

static int compare(struct out *out, struct fleet *fleet,
		   const struct options *options)
{
	struct fleet_asked asked;
	char *why = NULL;
	int error;

	if (asked_of(options, &asked))
		return STATUS_USAGE;
	error = fleet_judge(fleet, &asked, &why);
	if (!error && options_has(options, OPT_HTML))
		return write_page(out, fleet, options);
	if (!error)
		error = print(out, fleet, options, &why);
	if (error == -2)
		return say(why);
	if (error == -3) {
		fputs("virtinfo: a file has changed while it was read\n",
		      stderr);
		return STATUS_BAD_INPUT;
	}
	/* main() says what came of writing. */
	if (error && ferror(out->file))
		return STATUS_FAILED;
	return error ? report_out_of_memory() : status_of(fleet, options);
}

static int report(struct out *out, struct fleet *fleet,
		  const struct options *options)
{
	struct fleet_reading reading = {
		.strict = options_has(options, OPT_STRICT),
		.progress = true,
	};

	if (options_has(options, OPT_JSONL)) {
		reading.each = print_host;
		reading.data = out;
	}
	if (fleet_load(fleet, options->arguments, &reading))
		return ferror(out->file) ? STATUS_FAILED :
					   report_out_of_memory();
	if (!fleet->nr_hosts) {
		fputs("virtinfo: no file in these folders\n", stderr);
		return STATUS_BAD_INPUT;
	}
	if (options_has(options, OPT_JSONL))
		return status_of(fleet, options);
	return compare(out, fleet, options);
}

int report_fleet(struct out *out, struct host *const *hosts,
		 const struct options *options)
{
	struct fleet *fleet;
	int status;

	(void)hosts;
	if (options_has(options, OPT_LIST_COLUMNS))
		return fleet_columns(out) ? report_out_of_memory() : STATUS_OK;
	if (options_has(options, OPT_SINCE))
		return report_drift(out, options);
	fleet = fleet_new();
	if (!fleet)
		return report_out_of_memory();
	status = report(out, fleet, options);
	fleet_free(fleet);
	return status;
}
