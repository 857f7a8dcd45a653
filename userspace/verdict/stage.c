// SPDX-License-Identifier: GPL-2.0-only
#include "verdict/stage.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

__attribute__((format(printf, 2, 0))) static char *
format_text(struct verdict_context *v, const char *format, va_list arguments)
{
	char *text;

	if (vasprintf(&text, format, arguments) < 0) {
		v->no_memory = true;
		return NULL;
	}
	return text;
}

char *new_text(struct verdict_context *v, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = format_text(v, format, arguments);
	va_end(arguments);
	return text;
}

void stage_evidence(struct stage *stage, const char *format, ...)
{
	va_list arguments;
	char *line;

	if (stage->v->bare)
		return;
	if (ARRAY_GROW(stage->evidence, stage->nr_evidence,
		       stage->evidence_capacity)) {
		stage->v->no_memory = true;
		return;
	}
	va_start(arguments, format);
	line = format_text(stage->v, format, arguments);
	va_end(arguments);
	if (line)
		stage->evidence[stage->nr_evidence++] = line;
}

void stage_summary(struct stage *stage, const char *format, ...)
{
	va_list arguments;

	free(stage->summary);
	va_start(arguments, format);
	stage->summary = format_text(stage->v, format, arguments);
	va_end(arguments);
}

void stage_remedy(struct stage *stage, const char *format, ...)
{
	char *more, *both;
	va_list arguments;

	va_start(arguments, format);
	more = format_text(stage->v, format, arguments);
	va_end(arguments);
	if (!more || !*more) {
		free(more);
		return;
	}
	if (!stage->remedy) {
		stage->remedy = more;
		return;
	}
	both = new_text(stage->v, "%s %s", stage->remedy, more);
	free(more);
	if (both) {
		free(stage->remedy);
		stage->remedy = both;
	}
}

void stage_remedy_anew(struct stage *stage)
{
	free(stage->remedy);
	stage->remedy = NULL;
}

void stage_fail(struct stage *stage, enum reason reason)
{
	stage->status = STAGE_FAIL;
	stage->reason = reason;
}

void stage_finish(struct stage *stage)
{
	if (stage->status == STAGE_FAIL && !stage->remedy)
		stage_remedy(stage, "%s", reason_info(stage->reason)->remedy);
}

void fail_disagree(struct stage *stage)
{
	stage_fail(stage, REASON_CPUS_DISAGREE);
	if (is_guest(stage->v))
		stage_remedy(
			stage,
			"The hypervisor makes the CPUs what they are: ask whoever runs the host to give every CPU of this virtual machine the same.");
	else
		stage_remedy(
			stage,
			"Guests need every CPU alike: update the firmware and the microcode, or load the defaults of the firmware setup and turn virtualization on again, and power-cycle; to suspend to memory once and wake up may set them alike until the next start. Until then take the odd CPUs offline, as root: echo 0 > /sys/devices/system/cpu/cpuN/online for each.");
}

char *cpus_text(struct verdict_context *v, const struct cpulist *cpus)
{
	char *text = cpulist_words(cpus);

	if (!text)
		v->no_memory = true;
	/* Printed once more before the failure is noticed. */
	return text ? text : strdup("");
}

const char *extension_text(const struct verdict_context *v)
{
	return v->extension == VI_VMX ? "VMX" :
	       v->extension == VI_SVM ? "SVM" :
					"VMX or SVM";
}

bool has_module(const struct verdict_context *v, const char *name)
{
	return module_present(system_module(v->system, name));
}
