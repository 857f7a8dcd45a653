// SPDX-License-Identifier: GPL-2.0-only
/*
 * What cpuid -r prints: "CPU N:" ("CPU:" with -1), then a line for each leaf,
 *	   0x00000001 0x00: eax=0x000306c3 ebx=0x... ecx=0x... edx=0x...
 * and comments of whoever kept the dump, from # on.
 */
#include "input/cpuid_r.h"

#include "input/forms.h"

static int bad(struct dump *dump, const char *what)
{
	char quoted[INPUT_QUOTE_SIZE];
	const struct line *line = &dump->line;

	return DUMP_BAD(dump, "%s: \"%s\"", what,
			input_quote(quoted, line->text,
				    (size_t)(line->end - line->text)));
}

struct cpuid_r {
	struct dump dump;
	struct dump_cpu *cpu; /* NULL: none yet */
	/* It has had one: a header alone may be that of another form's piece. */
	bool begun;
};

static int begin_cpu(struct dump *dump, struct cpuid_r *cpuid)
{
	const char *at = dump->line.text + strlen("CPU"), *end = dump->line.end;
	u32 number = 0;

	if (at < end && *at == ' ')
		at = scan_decimal(at + 1, end, CPULIST_MAX, &number);
	if (!at || !IS(at, end, ":"))
		return bad(dump, "not a \"CPU N:\" line");
	cpuid->cpu = dump_cpu(dump, number);
	cpuid->begun = false;
	return cpuid->cpu ? 0 : -1;
}

int cpuid_r_leaf(struct dump *dump, struct dump_cpu *cpu)
{
	static const char *const names[] = { " eax=", " ebx=", " ecx=",
					     " edx=" };
	const char *end = dump->line.end;
	const char *at = skip_blanks(dump->line.text, end);
	u64 leaf, subleaf, value;
	u32 reg[4];

	at = scan_hex(at, end, 8, &leaf);
	if (!at)
		return bad(dump, "not a line of cpuid -r");
	at = scan_hex(skip_blanks(at, end), end, 8, &subleaf);
	if (!at || at == end || *at++ != ':')
		return bad(dump, "not a line of cpuid -r");
	for (unsigned int i = 0; i < 4; i++) {
		if ((size_t)(end - at) < strlen(names[i]))
			return DUMP_BAD(dump, "%u of 4 words in this line", i);
		if (memcmp(at, names[i], strlen(names[i])))
			return bad(dump, "not a line of cpuid -r");
		at = scan_hex(at + strlen(names[i]), end, 8, &value);
		if (!at)
			return DUMP_BAD(dump, "bad number after \"%s\"",
					names[i] + 1);
		reg[i] = (u32)value;
	}
	if (skip_blanks(at, end) != end)
		return bad(dump, "more than 4 words in this line");
	return dump_leaf(dump, cpu, (u32)leaf, (u32)subleaf, reg);
}

static int one_line(void *state)
{
	struct cpuid_r *cpuid = state;
	struct dump *dump = &cpuid->dump;
	const char *at = dump->line.text, *end = dump->line.end;

	if (skip_blanks(at, end) == end || *at == '#')
		return 0;
	if (BEGINS(at, end, "CPU"))
		return begin_cpu(dump, cpuid);
	/* Leaves without a header are of one CPU. */
	if (!cpuid->cpu)
		cpuid->cpu = dump_cpu(dump, 0);
	if (!cpuid->cpu)
		return -1;
	if (!cpuid->begun && dump_begin_cpuid(dump, cpuid->cpu))
		return -1;
	cpuid->begun = true;
	return cpuid_r_leaf(dump, cpuid->cpu);
}

/* A leaf; or "CPU 0:" and "CPU:" of cpuid -1, which others write as well. */
enum form_match input_is_cpuid_r(const struct line *line, bool first)
{
	const char *at = line->text, *end = line->end;
	u32 cpu;
	u64 leaf;

	(void)first;
	if (BEGINS(at, end, "CPU:"))
		return FORM_POSSIBLE;
	if (BEGINS(at, end, "CPU ")) {
		at = scan_decimal(at + 4, end, 0xffffffff, &cpu);
		return at && IS(at, end, ":") ? FORM_POSSIBLE : FORM_NO;
	}
	at = scan_hex(skip_blanks(at, end), end, 8, &leaf);
	if (!at || !BEGINS(at, end, " 0x"))
		return FORM_NO;
	at = scan_hex(at + 1, end, 8, &leaf);
	return at && at < end && *at == ':' ? FORM_CERTAIN : FORM_NO;
}

/* What begins as a leaf does is one, or a damaged one. */
enum form_match input_takes_cpuid_r(const struct line *line)
{
	const char *at = line->text;

	if (BEGINS(at, line->end, "0x") || input_is_cpuid_r(line, false))
		return FORM_CERTAIN;
	return *at == '#' ? FORM_POSSIBLE : FORM_NO;
}

struct host *input_cpuid_r(const struct input_piece *piece,
			   enum host_source source, struct input_error *error)
{
	struct cpuid_r cpuid = { .cpu = NULL };

	return dump_read(&cpuid.dump, piece, source, error, one_line, &cpuid);
}
