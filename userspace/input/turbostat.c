// SPDX-License-Identifier: GPL-2.0-only
/*
 * What turbostat says of the processor before it measures, of which one line
 * has a register that decides:
 *	CPUID(1): SSE3 MONITOR SMX EIST TM2 TSC MSR ACPI-TM HT TM
 *	cpu0: MSR_IA32_FEATURE_CONTROL: 0x00040005 (Locked SGX)
 */
#include "input/dump.h"
#include "input/forms.h"

#define CONTROL ": MSR_IA32_FEATURE_CONTROL: "

/* Behind "cpu0", or NULL. */
static const char *scan_cpu(const struct line *line, u32 *number)
{
	const char *at = line->text, *end = line->end;

	if (!BEGINS(at, end, "cpu"))
		return NULL;
	return scan_decimal(at + strlen("cpu"), end, 0xffffffff, number);
}

static int one_line(void *state)
{
	struct dump *dump = state;
	const char *end = dump->line.end;
	struct dump_cpu *cpu;
	u32 number = 0;
	u64 value = 0;
	const char *at = scan_cpu(&dump->line, &number);

	if (!at || !BEGINS(at, end, CONTROL))
		return 0;
	at = scan_hex(at + strlen(CONTROL), end, 16, &value);
	if (!at || (at < end && !is_blank(*at)))
		return DUMP_BAD(dump, "bad number of MSR_IA32_FEATURE_CONTROL");
	cpu = dump_cpu(dump, number);
	return cpu ? dump_msr_once(dump, cpu, VI_IA32_FEATURE_CONTROL, value) :
		     -1;
}

enum form_match input_is_turbostat(const struct line *line, bool first)
{
	const char *at = line->text, *end = line->end;
	u32 number;

	(void)first;
	if (BEGINS(at, end, "turbostat version "))
		return FORM_CERTAIN;
	if (BEGINS(at, end, "CPUID("))
		return FORM_POSSIBLE;
	at = scan_cpu(line, &number);
	return at && BEGINS(at, end, CONTROL) ? FORM_CERTAIN : FORM_NO;
}

/* Other registers, and what it reads from CPUID. */
enum form_match input_takes_turbostat(const struct line *line)
{
	enum form_match match = input_is_turbostat(line, false);
	const char *at;
	u32 number;

	if (match != FORM_NO)
		return match;
	at = scan_cpu(line, &number);
	return at && BEGINS(at, line->end, ": ") ? FORM_POSSIBLE : FORM_NO;
}

/* What it says of CPUID are words. */
struct host *input_turbostat(const struct input_piece *piece,
			     enum host_source source, struct input_error *error)
{
	struct dump dump;

	return dump_read_partial(&dump, piece, source, error, one_line, &dump,
				 "the output of turbostat");
}
