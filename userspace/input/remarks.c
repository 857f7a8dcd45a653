// SPDX-License-Identifier: GPL-2.0-only
/* What is said about an input besides the machine that is in it. */
#include "input/input.h"

#include <string.h>

#include "input/error.h"

/* Fill *error with one remark after the other; false where there is no more. */
static bool next_remark(const struct host *host, size_t *at,
			struct input_error *error)
{
	const char *lines = host->ignored == 1 ? "line" : "lines";

	while (host->contradictions && *at < facts_count(host->facts)) {
		struct fact fact = facts_at(host->facts, (*at)++);

		if (strcmp(fact.key, FACT_CONTRADICTION))
			continue;
		input_error(error, STATUS_BAD_INPUT, host->name, 0,
			    "contradiction: %s", fact.value);
		return true;
	}
	if (!host->ignored || *at > facts_count(host->facts))
		return false;
	*at = facts_count(host->facts) + 1;
	input_error(error, STATUS_BAD_INPUT,
		    host->ignored_in ? host->ignored_in : host->name, 0,
		    "%lu %s ignored, first at line %lu", host->ignored, lines,
		    host->first_ignored);
	return true;
}

void input_remarks(FILE *file, const struct host *host)
{
	struct input_error remark;
	size_t at = 0;

	while (next_remark(host, &at, &remark))
		fprintf(file, "virtinfo: %s\n", remark.text);
}

int input_strict(const struct host *host, struct input_error *error)
{
	size_t at = 0;

	return next_remark(host, &at, error) ? -1 : 0;
}
