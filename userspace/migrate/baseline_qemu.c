// SPDX-License-Identifier: GPL-2.0-only
/* QEMU's option -cpu, in the lines of a shell's command. */
#include "migrate/baseline_plan.h"

#include <string.h>

#define COLUMNS 80

/* A word of the option, on the next line where this one is full. */
static void put(struct out *out, int *column, const char *word)
{
	int width = (int)strlen(word);

	/* A comma before it; a comma and a backslash after it. */
	if (*column + 1 + width + 2 > COLUMNS) {
		out_printf(out, ",\\\n");
		*column = 0;
	} else {
		out_printf(out, ",");
		*column += 1;
	}
	out_printf(out, "%s", word);
	*column += width;
}

int baseline_qemu(struct out *out, const struct baseline_plan *plan)
{
	char word[128];
	int column;
	size_t i;

	if (baseline_plan_comments(out, plan, COMMENT_HASH))
		return -1;
	if (!plan->model)
		return 0;
	out_printf(out, "-cpu %s", plan->model);
	column = (int)(strlen("-cpu ") + strlen(plan->model));
	for (i = 0; i < plan->nr_switches; i++) {
		snprintf(word, sizeof(word), "%c%s",
			 plan->switches[i].on ? '+' : '-',
			 plan->switches[i].name);
		put(out, &column, word);
	}
	if (plan->phys_bits) {
		snprintf(word, sizeof(word), "phys-bits=%u", plan->phys_bits);
		put(out, &column, word);
	}
	put(out, &column, "enforce");
	out_printf(out, "\n");
	return 0;
}
