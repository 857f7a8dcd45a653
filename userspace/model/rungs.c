// SPDX-License-Identifier: GPL-2.0-only
#include "model/rungs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *format_text(struct judging *judging, const char *format,
			 va_list arguments)
{
	char *text;

	if (vasprintf(&text, format, arguments) < 0) {
		judging->no_memory = true;
		return NULL;
	}
	return text;
}

void rung_evidence(struct judging *judging, struct rung *rung,
		   const char *format, ...)
{
	va_list arguments;
	char **lines;

	lines = reallocarray(rung->evidence, rung->nr_evidence + 1,
			     sizeof(*lines));
	if (!lines) {
		judging->no_memory = true;
		return;
	}
	rung->evidence = lines;
	va_start(arguments, format);
	lines[rung->nr_evidence] = format_text(judging, format, arguments);
	va_end(arguments);
	if (lines[rung->nr_evidence])
		rung->nr_evidence++;
}

void rung_summary(struct judging *judging, struct rung *rung,
		  const char *format, ...)
{
	va_list arguments;

	free(rung->summary);
	va_start(arguments, format);
	rung->summary = format_text(judging, format, arguments);
	va_end(arguments);
}

void rung_remedy(struct judging *judging, struct rung *rung, const char *format,
		 ...)
{
	char *more, *both = NULL;
	va_list arguments;

	va_start(arguments, format);
	more = format_text(judging, format, arguments);
	va_end(arguments);
	if (!more || !*more) {
		free(more);
		return;
	}
	if (!rung->remedy) {
		rung->remedy = more;
		return;
	}
	if (asprintf(&both, "%s %s", rung->remedy, more) < 0) {
		judging->no_memory = true;
		both = NULL;
	}
	free(more);
	if (both) {
		free(rung->remedy);
		rung->remedy = both;
	}
}

void rung_fail(struct judging *judging, struct rung *rung, enum reason reason)
{
	rung->status = RUNG_FAIL;
	rung->reason = reason;
	rung_remedy(judging, rung, "%s", reason_info(reason)->remedy);
}

void fail_disagree(struct judging *judging, struct rung *rung)
{
	rung_fail(judging, rung, REASON_CPUS_DISAGREE);
	if (judging->above.guest)
		rung_remedy(
			judging, rung,
			"Here the hypervisor above makes the CPUs what they are: ask whoever runs the host to give every CPU of this virtual machine the same.");
	else
		rung_remedy(
			judging, rung,
			"Look for a firmware update, and load the set-up's defaults before turning virtualization on again.");
}

char *cpus_text(struct judging *judging, const struct cpulist *cpus)
{
	char *text = cpulist_words(cpus);

	if (!text)
		judging->no_memory = true;
	/* Printed once more before the failure is noticed. */
	return text ? text : strdup("");
}

const char *extension_text(const struct judging *judging)
{
	switch (judging->extension) {
	case VI_VMX:
		return "VMX";
	case VI_SVM:
		return "SVM";
	default:
		return "VMX or SVM";
	}
}

bool fact_is(const struct judging *judging, const char *key, const char *value)
{
	const char *fact = facts_get(judging->facts, key);

	return fact && !strcmp(fact, value);
}
