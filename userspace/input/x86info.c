// SPDX-License-Identifier: GPL-2.0-only
/*
 * CPUID as x86info -r prints it, of one CPU where all are alike, or behind a
 * header for each, from 1:
 *	CPU #1:
 *	eax in: 0x00000001, eax = 000306a9 ebx = 00100800 ecx = ... edx = ...
 * It has no sub-leaf but 0.
 */
#include "input/dump.h"
#include "input/forms.h"

#define LEAF	"eax in: "
#define CPU	"CPU #"
#define VERSION "x86info v"

struct x86info {
	struct dump dump;
	bool numbered; /* there was a header */
	u32 cpu;
};

static int one_leaf(struct x86info *x86info, const char *at, const char *end)
{
	static const char *const names[] = { ", eax = ", " ebx = ", " ecx = ",
					     " edx = " };
	struct dump *dump = &x86info->dump;
	struct dump_cpu *cpu;
	u64 leaf, word = 0;
	unsigned int i;
	u32 reg[4];

	at = scan_hex(at, end, 8, &leaf);
	for (i = 0; at && i < 4; i++) {
		if (!begins_with(at, end, names[i]))
			break;
		at = scan_digits(at + strlen(names[i]), end, 8, &word);
		reg[i] = (u32)word;
	}
	if (!at || i < 4 || skip_blanks(at, end) != end)
		return DUMP_BAD(dump, "not a leaf and 4 words of x86info -r");
	cpu = dump_cpu(dump, x86info->cpu);
	return cpu ? dump_leaf_once(dump, cpu, (u32)leaf, 0, reg) : -1;
}

/* "CPU #1:", before 1.28 "CPU #1" */
static bool is_header(const struct line *line, u32 *number)
{
	const char *at = line->text, *end = line->end;

	if (!BEGINS(at, end, CPU))
		return false;
	at = scan_decimal(at + strlen(CPU), end, 0xffffffff, number);
	return at && (at == end || IS(at, end, ":")) && *number;
}

static int one_line(void *state)
{
	struct x86info *x86info = state;
	const struct line *line = &x86info->dump.line;
	u32 number;

	if (BEGINS(line->text, line->end, LEAF))
		return one_leaf(x86info, line->text + strlen(LEAF), line->end);
	if (is_header(line, &number)) {
		x86info->numbered = true;
		x86info->cpu = number - 1;
	}
	return 0;
}

enum form_match input_is_x86info(const struct line *line, bool first)
{
	u32 number;

	(void)first;
	return BEGINS(line->text, line->end, LEAF "0x") ||
			       BEGINS(line->text, line->end, VERSION) ||
			       is_header(line, &number) ?
		       FORM_CERTAIN :
		       FORM_NO;
}

/* Its first lines have no register either. */
enum form_match input_takes_x86info(const struct line *line)
{
	if (BEGINS(line->text, line->end, "Feedback to <") ||
	    BEGINS(line->text, line->end, "Found "))
		return FORM_POSSIBLE;
	return input_is_x86info(line, false);
}

struct host *input_x86info(const struct input_piece *piece,
			   enum host_source source, struct input_error *error)
{
	struct x86info x86info = { .numbered = false };
	struct host *host = dump_read(&x86info.dump, piece, source, error,
				      one_line, &x86info);

	if (host)
		host->any_cpu = host->nr_groups && !x86info.numbered;
	return host;
}
