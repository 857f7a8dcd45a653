// SPDX-License-Identifier: GPL-2.0-only
#include "input/cpuinfo_flags.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * The kernel prints its flags word by word (arch/x86/include/asm/cpufeatures.h):
 * where one of a later place is in a list it was not cut off before.
 */
static const struct {
	const char *name;
	/* Flags before or at its place that are last in a list cut off there. */
	const char *last;
} rows[CPUINFO_FLAGS] = {
	{ "vmx", NULL },
	{ "svm", "lahf_lm cmp_legacy" },
	{ "hypervisor", NULL },
	{ "sse4_1", NULL },
};

/* Every processor of 64 bits has it, behind the others but for svm. */
#define BEHIND "lahf_lm"

static bool has_word(const char *list, const char *end, const char *word)
{
	const char *next;

	for (; list < end; list = next + 1) {
		next = memchr(list, ' ', (size_t)(end - list));
		if (!next)
			next = end;
		if (is_text(list, next, word))
			return true;
	}
	return false;
}

static bool cut_before(const char *list, const char *end, size_t flag)
{
	const char *word = end;

	if (!has_word(list, end, BEHIND))
		return true;
	while (word > list && word[-1] != ' ')
		word--;
	return rows[flag].last &&
	       memmem(rows[flag].last, strlen(rows[flag].last), word,
		      (size_t)(end - word));
}

/* Has the CPU this same list already, as far as it is asked about? */
static bool same_list(const struct cpuinfo_flags *flags, unsigned int cpu,
		      const char *list, const char *end)
{
	size_t i;

	for (i = 0; i < CPUINFO_FLAGS; i++)
		if (cpulist_has(&flags->with[i], cpu) !=
		    has_word(list, end, rows[i].name))
			return false;
	return true;
}

int cpuinfo_flags_take(struct cpuinfo_flags *flags, const char *list,
		       const char *end)
{
	unsigned int cpu = flags->cpu;
	size_t i;

	if (cpu >= CPULIST_MAX)
		return 0;
	flags->cpu++;
	if (cpulist_has(&flags->cpus, cpu))
		return !same_list(flags, cpu, list, end);
	if (cpulist_add(&flags->cpus, cpu, cpu))
		return -1;
	for (i = 0; i < CPUINFO_FLAGS; i++)
		if (!has_word(list, end, rows[i].name))
			flags->cut[i] |=
				flags->may_be_cut && cut_before(list, end, i);
		else if (cpulist_add(&flags->with[i], cpu, cpu))
			return -1;
	return 0;
}

int cpuinfo_flags_line(struct cpuinfo_flags *flags, const struct line *line)
{
	struct pair pair;

	if (!pair_split(line, &pair))
		return 0;
	if (KEY_IS(&pair, "processor"))
		scan_decimal(pair.value, pair.value_end, CPULIST_MAX,
			     &flags->cpu);
	else if (KEY_IS(&pair, "flags"))
		return cpuinfo_flags_take(flags, pair.value, pair.value_end);
	return 0;
}

static int one_fact(const struct cpuinfo_flags *flags, struct facts *facts,
		    unsigned long line, size_t flag)
{
	unsigned int with = cpulist_weight(&flags->with[flag]);
	char key[32], *list;
	const char *value;
	int error;

	snprintf(key, sizeof(key), "cpuinfo %s", rows[flag].name);
	if ((flags->cut[flag] && !with) || facts_get(facts, key))
		return 0;
	list = cpulist_string(&flags->with[flag]);
	if (!list)
		return -1;
	value = with == cpulist_weight(&flags->cpus) ? "all" : list;
	error = facts_add_line(facts, line, key, strlen(key), value,
			       strlen(value));
	free(list);
	return error;
}

int cpuinfo_flags_facts(const struct cpuinfo_flags *flags, struct facts *facts,
			unsigned long line)
{
	size_t i;

	for (i = 0; flags->cpus.count && i < CPUINFO_FLAGS; i++)
		if (one_fact(flags, facts, line, i))
			return -1;
	return 0;
}

void cpuinfo_flags_free(struct cpuinfo_flags *flags)
{
	size_t i;

	cpulist_free(&flags->cpus);
	for (i = 0; i < CPUINFO_FLAGS; i++)
		cpulist_free(&flags->with[i]);
}
