// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel made of the processor and of its hypervisor when it booted:
 * its clock source and its name of the processor.
 */
#include "input/gather.h"

#include <ctype.h>
#include <string.h>

#define MODEL_NAME "model name"

/* Of the first CPU. Old kernels leave the blanks at its end. */
static void gather_model_name(struct gather *gather)
{
	FILE *file = gather_open(gather, "/proc/cpuinfo");
	char line[GATHER_LINE];
	size_t length;

	if (!file)
		return;
	while (fgets(line, sizeof(line), file)) {
		char *value = strchr(line, ':');

		if (!value || strncmp(line, MODEL_NAME, strlen(MODEL_NAME)))
			continue;
		value++;
		value += strspn(value, " ");
		for (length = strlen(value);
		     length && isspace((unsigned char)value[length - 1]);
		     length--)
			value[length - 1] = '\0';
		gather_fact(gather, "cpuinfo model name", "%s", value);
		break;
	}
	fclose(file);
}

void gather_kernel_word(struct gather *gather)
{
	gather_model_name(gather);
	gather_file(
		gather, "clocksource",
		"/sys/devices/system/clocksource/clocksource0/current_clocksource");
}
