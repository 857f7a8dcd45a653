// SPDX-License-Identifier: GPL-2.0-only
/* /proc/cpuinfo of the running system. */
#include <stdlib.h>

#include "input/cpuinfo_flags.h"
#include "input/gather.h"
#include "input/microcode.h"

void gather_cpuinfo(struct gather *gather)
{
	FILE *file = gather_open(gather, "/proc/cpuinfo");
	struct cpuinfo_flags flags = { 0 };
	struct microcode microcode = { 0 };
	char *text = NULL;
	size_t size = 0;
	ssize_t length;

	if (!file)
		return;
	while ((length = getline(&text, &size, file)) > 0) {
		struct line line = { text, text + length, true };

		line.end -= text[length - 1] == '\n';
		if (cpuinfo_flags_line(&flags, &line) == -1 ||
		    (gather->options->migration &&
		     microcode_line(&microcode, &line)))
			gather->no_memory = true;
	}
	if (!ferror(file) && (cpuinfo_flags_facts(&flags, gather->facts, 0) ||
			      microcode_fact(&microcode, gather->facts)))
		gather->no_memory = true;
	free(text);
	fclose(file);
	microcode_free(&microcode);
	cpuinfo_flags_free(&flags);
}
