// SPDX-License-Identifier: GPL-2.0-only
/*
 * Flags of /proc/cpuinfo: what the kernel lets be seen, which is not what the
 * processor has.
 */
#include <stdlib.h>
#include <string.h>

#include "input/gather.h"
#include "base/cpulist.h"

static const char *const flags[] = { "vmx", "svm", "hypervisor", "sse4_1" };

#define FLAGS (sizeof(flags) / sizeof(flags[0]))

struct seen {
	unsigned int cpu;
	struct cpulist cpus;
	struct cpulist with[FLAGS];
};

static bool has_word(const char *line, const char *word)
{
	size_t length = strlen(word);
	const char *at = line;

	while ((at = strstr(at, word))) {
		if (at > line && at[-1] == ' ' &&
		    (at[length] == ' ' || at[length] == '\n' || !at[length]))
			return true;
		at += length;
	}
	return false;
}

static int take_line(struct seen *seen, const char *line)
{
	const char *value = strchr(line, ':');
	size_t i;

	if (!value)
		return 0;
	if (!strncmp(line, "processor", 9)) {
		seen->cpu = (unsigned int)strtoul(value + 1, NULL, 10);
		return seen->cpu < CPULIST_MAX ?
			       cpulist_add(&seen->cpus, seen->cpu, seen->cpu) :
			       0;
	}
	if (strncmp(line, "flags", 5) || seen->cpu >= CPULIST_MAX)
		return 0;
	for (i = 0; i < FLAGS; i++)
		if (has_word(value, flags[i]) &&
		    cpulist_add(&seen->with[i], seen->cpu, seen->cpu))
			return -1;
	return 0;
}

static void keep(struct gather *gather, const struct seen *seen)
{
	size_t i;

	for (i = 0; i < FLAGS; i++) {
		unsigned int with = cpulist_weight(&seen->with[i]);
		char *list = cpulist_string(&seen->with[i]);

		if (!list)
			gather->no_memory = true;
		else
			gather_keyed(gather,
				     with == cpulist_weight(&seen->cpus) ?
					     "all" :
					     list,
				     "cpuinfo %s", flags[i]);
		free(list);
	}
}

void gather_cpuinfo(struct gather *gather)
{
	FILE *file = gather_open(gather, "/proc/cpuinfo");
	struct seen seen = { 0 };
	char *line = NULL;
	size_t size = 0, i;

	if (!file)
		return;
	while (getline(&line, &size, file) > 0)
		if (take_line(&seen, line))
			gather->no_memory = true;
	if (!ferror(file) && seen.cpus.count)
		keep(gather, &seen);
	free(line);
	fclose(file);
	cpulist_free(&seen.cpus);
	for (i = 0; i < FLAGS; i++)
		cpulist_free(&seen.with[i]);
}
