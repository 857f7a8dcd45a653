// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show: every register and field, on every group of CPUs. */
#include "report/show.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/safe.h"
#include "report/report.h"

static int select_words(struct selection *selection,
			const struct options *options)
{
	if (!options->nr_arguments)
		selection_all(selection);
	for (int i = 0; i < options->nr_arguments; i++) {
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
		return STATUS_USAGE;
	}
	return 0;
}

/*
 * What the arguments name, or everything without any, in memory to be freed.
 * NULL with the exit status in *status after a message on standard error.
 */
static struct selection *new_selection(const struct options *options,
				       int *status)
{
	struct selection *selection = calloc(1, sizeof(*selection));

	*status = selection ? select_words(selection, options) :
			      report_out_of_memory();
	if (!*status)
		return selection;
	free(selection);
	return NULL;
}

int report_show(struct out *out, struct host *const *hosts,
		const struct options *options)
{
	const struct host *host = hosts[0];
	int status;
	struct selection *selection = new_selection(options, &status);

	if (!selection)
		return status;
	if (!host)
		status = show_list(out, selection, options);
	else if (options_has(options, OPT_JSON))
		status = show_json(out, host, selection);
	else
		status = show_text(out, host, selection,
				   options_has(options, OPT_BRIEF));
	free(selection);
	return status;
}
