// SPDX-License-Identifier: GPL-2.0-only
#include "input/microcode.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "input/pair.h"

static struct microcode_revision *revision_of(struct microcode *microcode,
					      u64 revision)
{
	size_t i;

	for (i = 0; i < microcode->count; i++)
		if (microcode->list[i].revision == revision)
			return &microcode->list[i];
	if (ARRAY_GROW(microcode->list, microcode->count, microcode->capacity))
		return NULL;
	microcode->list[microcode->count] =
		(struct microcode_revision){ .revision = revision };
	return &microcode->list[microcode->count++];
}

int microcode_line(struct microcode *microcode, const struct line *line)
{
	struct microcode_revision *found;
	struct pair pair;
	u64 revision = 0;

	if (!pair_split(line, &pair))
		return 0;
	if (KEY_IS(&pair, "processor")) {
		scan_decimal(pair.value, pair.value_end, CPULIST_MAX,
			     &microcode->cpu);
		return 0;
	}
	if (!KEY_IS(&pair, "microcode") || microcode->cpu >= CPULIST_MAX ||
	    scan_hex(pair.value, pair.value_end, 16, &revision) !=
		    pair.value_end)
		return 0;
	found = revision_of(microcode, revision);
	return found && !cpulist_add(&found->cpus, microcode->cpu,
				     microcode->cpu) ?
		       0 :
		       -1;
}

/* "0xb4 on 0-3; 0xb6 on 4-7" */
static int write_all(FILE *file, const struct microcode *microcode)
{
	size_t i;

	for (i = 0; i < microcode->count; i++) {
		char *cpus = cpulist_string(&microcode->list[i].cpus);

		if (!cpus)
			return -1;
		fprintf(file, "%s0x%" PRIx64 " on %s", i ? "; " : "",
			(uint64_t)microcode->list[i].revision, cpus);
		free(cpus);
	}
	return 0;
}

int microcode_fact(const struct microcode *microcode, struct facts *facts)
{
	char *text = NULL;
	size_t size;
	FILE *file;
	int error;

	if (!microcode->count)
		return 0;
	if (microcode->count == 1)
		return facts_format(facts, "cpuinfo microcode", "0x%" PRIx64,
				    (uint64_t)microcode->list[0].revision);
	file = open_memstream(&text, &size);
	if (!file)
		return -1;
	error = write_all(file, microcode);
	if (fclose(file))
		error = -1;
	if (!error)
		error = facts_add(facts, "cpuinfo microcode", text);
	free(text);
	return error;
}

void microcode_free(struct microcode *microcode)
{
	size_t i;

	for (i = 0; i < microcode->count; i++)
		cpulist_free(&microcode->list[i].cpus);
	free(microcode->list);
	*microcode = (struct microcode){ 0 };
}
