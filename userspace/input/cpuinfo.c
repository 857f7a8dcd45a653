// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/cpuinfo, whole or some of its lines. The names are those of the first
 * CPU; the flags are what the kernel shows, which proves what is there and, of
 * a list that may be cut off, not always what is missing.
 */
#include "input/cpuinfo_flags.h"
#include "input/dump.h"
#include "input/forms.h"
#include "input/words.h"

/* arch/x86/kernel/cpu/proc.c; more than one program writes those not certain. */
static const struct {
	const char *key;
	enum form_match match;
	const char *fact; /* its value is that of the first CPU; or NULL */
} rows[] = {
	{ "processor", FORM_POSSIBLE, NULL },
	{ "vendor_id", FORM_CERTAIN, "cpuinfo vendor_id" },
	{ "cpu family", FORM_CERTAIN, "cpuinfo family" },
	{ "model", FORM_POSSIBLE, "cpuinfo model" },
	{ "model name", FORM_CERTAIN, "cpuinfo model name" },
	{ "stepping", FORM_POSSIBLE, "cpuinfo stepping" },
	{ "microcode", FORM_POSSIBLE, NULL },
	{ "cpu MHz", FORM_CERTAIN, NULL },
	{ "cache size", FORM_POSSIBLE, NULL },
	{ "physical id", FORM_POSSIBLE, NULL },
	{ "siblings", FORM_POSSIBLE, NULL },
	{ "core id", FORM_POSSIBLE, NULL },
	{ "cpu cores", FORM_POSSIBLE, NULL },
	{ "apicid", FORM_POSSIBLE, NULL },
	{ "initial apicid", FORM_POSSIBLE, NULL },
	{ "fdiv_bug", FORM_POSSIBLE, NULL },
	{ "f00f_bug", FORM_POSSIBLE, NULL },
	{ "coma_bug", FORM_POSSIBLE, NULL },
	{ "fpu", FORM_POSSIBLE, NULL },
	{ "fpu_exception", FORM_POSSIBLE, NULL },
	{ "cpuid level", FORM_POSSIBLE, NULL },
	{ "wp", FORM_POSSIBLE, NULL },
	{ "flags", FORM_POSSIBLE, NULL },
	{ "vmx flags", FORM_POSSIBLE, NULL },
	{ "bugs", FORM_POSSIBLE, NULL },
	{ "bogomips", FORM_POSSIBLE, NULL },
	{ "TLB size", FORM_POSSIBLE, NULL },
	{ "clflush size", FORM_POSSIBLE, NULL },
	{ "cache_alignment", FORM_POSSIBLE, NULL },
	{ "address sizes", FORM_POSSIBLE, NULL },
	{ "power management", FORM_POSSIBLE, NULL },
};

struct cpuinfo {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	struct cpuinfo_flags flags;
	unsigned long flags_line; /* the first one with flags */
};

/* The row of a line, or -1. */
static int row_of(const struct line *line, struct pair *pair)
{
	size_t i;

	if (!pair_split(line, pair))
		return -1;
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (pair_key_is(pair, rows[i].key))
			return (int)i;
	return -1;
}

enum form_match input_is_cpuinfo(const struct line *line, bool first)
{
	struct pair pair;
	int row = row_of(line, &pair);

	(void)first;
	if (row < 0)
		return FORM_NO;
	/* Each list of a processor that Linux runs on begins so. */
	if (KEY_IS(&pair, "flags") &&
	    BEGINS(pair.value, pair.value_end, "fpu "))
		return FORM_CERTAIN;
	return rows[row].match;
}

enum form_match input_takes_cpuinfo(const struct line *line)
{
	struct pair pair;

	return row_of(line, &pair) < 0 ? FORM_NO : FORM_CERTAIN;
}

static int take_flags(struct cpuinfo *c)
{
	unsigned int cpu;

	switch (cpuinfo_flags_line(&c->flags, &c->dump.line)) {
	case 0:
		break;
	case 1:
		cpu = c->flags.cpu - 1;
		return DUMP_BAD(&c->dump,
				"other flags of CPU %u than in a line before",
				cpu);
	default:
		return input_no_memory(c->dump.error, c->dump.name);
	}
	if (c->flags.cpus.count && !c->flags_line)
		c->flags_line = c->dump.lines.number;
	return 0;
}

static int take_line(void *state)
{
	struct cpuinfo *c = state;
	struct pair pair;
	int row = row_of(&c->dump.line, &pair);

	if (row < 0)
		return 0;
	if (rows[row].fact && words_first(&c->dump, c->host, rows[row].fact,
					  pair.value, pair.value_end))
		return -1;
	return take_flags(c);
}

static int take_lines(struct cpuinfo *c)
{
	c->flags.may_be_cut = true;
	if (dump_lines(&c->dump, take_line, c))
		return -1;
	if (cpuinfo_flags_facts(&c->flags, c->host->facts, c->flags_line))
		return input_no_memory(c->dump.error, c->dump.name);
	return 0;
}

struct host *input_cpuinfo(const struct input_piece *piece,
			   enum host_source source, struct input_error *error)
{
	struct cpuinfo c = { 0 };
	int failed;

	c.host = words_begin(&c.dump, piece, source, error);
	if (!c.host)
		return NULL;
	failed = take_lines(&c);
	cpuinfo_flags_free(&c.flags);
	return words_end(&c.dump, c.host, failed);
}
