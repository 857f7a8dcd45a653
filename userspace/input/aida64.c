// SPDX-License-Identifier: GPL-2.0-only
/*
 * The report that AIDA64 (once EVEREST) writes and InstLatx64 publishes:
 * sections of CPUID and of MSRs among text for people. By age of the program:
 *	CPUID Registers (CPU #1):			counted from 1, or from 0
 *	CPU#000 AffMask: 0x0000000000000001
 *	------[ Logical CPU #0 ]------			and one of MSRs:
 *	------[ MSR Registers ]------
 *	------[ CPUID Registers / Logical CPU #0 ]------
 *	------[ MSR Registers / Logical CPU #0 ]------
 * with lines
 *	CPUID 00000007: 00000000-239CA7EB-98C027AC-FC18C410 [SL 00]
 *	MSR 0000003A: 0000-0000-0000-0005
 *	MSR 00000601: < FAILED >
 * The oldest have blanks instead of the colon.
 */
#include "base/array.h"
#include "input/dump.h"
#include "input/forms.h"
#include "input/lookup.h"

enum section { NO_SECTION, CPUID_SECTION, MSR_SECTION, OTHER_SECTION };

struct aida64 {
	struct dump dump;
	enum section section;
	struct dump_cpu *cpu;
	bool old_msr_section; /* MSRs of one CPU, whichever there are */
	bool unnamed;	      /* registers of no CPU that it names */
	bool counted;	      /* first is known */
	u32 first;	      /* what OLDEST_CPUID_HEADER counts from */
	/* Of the line before, for dumps that do not number subleaves. */
	u32 leaf;
	u32 subleaf;
	bool after_leaf;
};

static int bad(struct aida64 *aida, const char *what, const char *at)
{
	char quoted[INPUT_QUOTE_SIZE];
	const char *end = aida->dump.line.end;

	return DUMP_BAD(&aida->dump, "%s: \"%s\"", what,
			input_quote(quoted, at, (size_t)(end - at)));
}

static int begin_cpu(struct aida64 *aida, enum section section, u32 cpu)
{
	aida->section = section;
	aida->cpu = dump_cpu(&aida->dump, cpu);
	if (!aida->cpu)
		return -1;
	return section == CPUID_SECTION ?
		       dump_begin_cpuid(&aida->dump, aida->cpu) :
		       0;
}

/*
 * A section of CPU number, counted from @first. A header with text in the
 * number's place is no CPU's: it ends the section before.
 */
static int begin_section(struct aida64 *aida, enum section section,
			 const char *number, u32 first)
{
	u32 cpu;

	aida->after_leaf = false;
	aida->section = OTHER_SECTION;
	if (number == aida->dump.line.end || *number < '0' || *number > '9')
		return 0;
	if (!scan_decimal(number, aida->dump.line.end, CPULIST_MAX, &cpu) ||
	    cpu < first)
		return bad(aida, "bad number of a CPU", number);
	return begin_cpu(aida, section, cpu - first);
}

#define OLD_MSR_HEADER	    "MSR Registers ]"
#define OLDEST_CPUID_HEADER "CPUID Registers (CPU #"
#define MASK_HEADER	    "CPU#"

/* By the first of them one knows whether they are counted from 0 or 1. */
static int oldest_header(struct aida64 *aida, const char *number)
{
	if (!aida->counted) {
		aida->first = BEGINS(number, aida->dump.line.end, "0)") ? 0 : 1;
		aida->counted = true;
	}
	return begin_section(aida, CPUID_SECTION, number, aida->first);
}

/* "CPU#000 AffMask: ..." */
static bool is_mask_header(const char *at, const char *end)
{
	u32 cpu;

	if (!BEGINS(at, end, MASK_HEADER))
		return false;
	at = scan_decimal(at + strlen(MASK_HEADER), end, 0xffffffff, &cpu);
	return at && BEGINS(at, end, " AffMask:");
}

static int header(struct aida64 *aida)
{
	static const struct {
		const char *text;
		enum section section;
	} headers[] = {
		{ "CPUID Registers / Logical CPU #", CPUID_SECTION },
		{ "Logical CPU #", CPUID_SECTION },
		{ "MSR Registers / Logical CPU #", MSR_SECTION },
	};
	const char *end = aida->dump.line.end;
	const char *at = aida->dump.line.text + strlen("------[");

	at = skip_blanks(at, end);
	ARRAY_EACH(row, headers, ARRAY_SIZE(headers))
		if (begins_with(at, end, row->text))
			return begin_section(aida, row->section,
					     at + strlen(row->text), 0);
	aida->section = OTHER_SECTION;
	if (!BEGINS(at, end, OLD_MSR_HEADER))
		return 0;
	/* The program ran on the first CPU. */
	aida->old_msr_section = true;
	return begin_cpu(aida, MSR_SECTION, 0);
}

/*
 * Without any header a dump is of one CPU: it can only be that, for those of
 * more have a header for each.
 */
static int headerless(struct aida64 *aida, enum section section)
{
	aida->unnamed = true;
	return begin_cpu(aida, section, 0);
}

/*
 * [SL 01] where the program wrote it. Older ones wrote the subleaves of a
 * leaf one below the other without a number.
 */
static u32 find_subleaf(const struct aida64 *aida, u32 leaf, const char *at,
			bool *numbered)
{
	const char *end = aida->dump.line.end;
	u64 subleaf;

	at = skip_blanks(at, end);
	*numbered = BEGINS(at, end, "[SL ") &&
		    scan_digits(at + strlen("[SL "), end, 8, &subleaf);
	if (*numbered)
		return (u32)subleaf;
	return aida->after_leaf && aida->leaf == leaf ? aida->subleaf + 1 : 0;
}

static int cpuid_line(struct aida64 *aida, u32 leaf, const char *at)
{
	const char *end = aida->dump.line.end, *next = at;
	bool numbered;
	u32 reg[4];
	u64 word;

	if (aida->section == NO_SECTION && headerless(aida, CPUID_SECTION))
		return -1;
	if (aida->section != CPUID_SECTION)
		return 0;
	for (unsigned int i = 0; i < 4; i++) {
		if (i && (next == end || *next++ != '-'))
			return bad(aida, "not 4 words of CPUID", at);
		next = scan_digits(next, end, 8, &word);
		if (!next)
			return bad(aida, "bad number in CPUID", at);
		reg[i] = (u32)word;
	}
	aida->subleaf = find_subleaf(aida, leaf, next, &numbered);
	/*
	 * Before there were processors with sub-leaf 1 of leaf 0DH its line was
	 * that of sub-leaf 2: which one it is nobody knows.
	 */
	if (leaf == 0xd && aida->subleaf && !numbered)
		return 0;
	aida->leaf = leaf;
	aida->after_leaf = true;
	return dump_leaf(&aida->dump, aida->cpu, leaf, aida->subleaf, reg);
}

#define FAILED "< FAILED >"

/*
 * The last line wins where an MSR is there twice: [S200] marks registers that
 * were read again 200 ms later, to see counters move, so the last one is the
 * newest.
 */
static int msr_line(struct aida64 *aida, u32 address, const char *at)
{
	const char *end = aida->dump.line.end, *next = at;
	enum vi_msr msr = lookup_msr(address);
	u64 value = 0, word;

	if (aida->section == NO_SECTION && headerless(aida, MSR_SECTION))
		return -1;
	if (aida->section != MSR_SECTION || msr == VI_NR_MSRS)
		return 0;
	if (BEGINS(at, end, FAILED)) {
		dump_msr(&aida->dump, aida->cpu, msr, VI_GP, 0);
		return 0;
	}
	for (unsigned int i = 0; i < 4; i++) {
		if (i && (next == end || *next++ != '-'))
			return bad(aida, "not a value of an MSR", at);
		next = scan_digits(next, end, 4, &word);
		if (!next)
			return bad(aida, "bad number in an MSR", at);
		value = value << 16 | word;
	}
	dump_msr(&aida->dump, aida->cpu, msr, VI_READ, value);
	return 0;
}

/* Does "00000000-", or four digits and a dash of an MSR, begin there? */
static bool is_value(const char *at, const char *end)
{
	u64 word;

	at = scan_digits(at, end, 8, &word);
	return at && at < end && *at == '-';
}

/* "00000001: " behind CPUID or MSR; other text begins so too. */
static const char *scan_number(const char *at, const char *end, u32 *number)
{
	u64 value;

	at = scan_digits(at, end, 8, &value);
	if (!at || at == end)
		return NULL;
	*number = (u32)value;
	if (*at == ':')
		return skip_blanks(at + 1, end);
	if (!is_blank(*at))
		return NULL;
	at = skip_blanks(at, end);
	return is_value(at, end) || BEGINS(at, end, FAILED) ? at : NULL;
}

static int one_line(void *state)
{
	struct aida64 *aida = state;
	const char *at = aida->dump.line.text, *end = aida->dump.line.end;
	const char *value;
	u32 number;

	if (BEGINS(at, end, "CPUID ")) {
		value = scan_number(at + strlen("CPUID "), end, &number);
		if (value)
			return cpuid_line(aida, number, value);
	}
	if (BEGINS(at, end, "MSR ")) {
		value = scan_number(at + strlen("MSR "), end, &number);
		if (value)
			return msr_line(aida, number, value);
	}
	if (BEGINS(at, end, "------["))
		return header(aida);
	if (BEGINS(at, end, OLDEST_CPUID_HEADER))
		return oldest_header(aida, at + strlen(OLDEST_CPUID_HEADER));
	if (is_mask_header(at, end))
		return begin_section(aida, CPUID_SECTION,
				     at + strlen(MASK_HEADER), 0);
	return 0;
}

static bool is_one_cpu(const struct host *host)
{
	return host->nr_groups == 1 &&
	       cpulist_weight(&host->groups[0]->cpus) == 1;
}

/* What a reader has to know of this dump, or NULL. */
static const char *note_of(const struct aida64 *aida, const struct host *host)
{
	if (aida->old_msr_section && !is_one_cpu(host))
		return "this dump has the MSRs of CPU 0 only";
	return aida->unnamed ?
		       "this dump names no CPU: it is taken to be of CPU 0" :
		       NULL;
}

enum form_match input_is_aida64(const struct line *line, bool first)
{
	const char *at = line->text, *end = line->end;
	u32 number;

	(void)first;
	if (BEGINS(at, end, "------[") ||
	    BEGINS(at, end, OLDEST_CPUID_HEADER) || is_mask_header(at, end))
		return FORM_CERTAIN;
	if (BEGINS(at, end, "CPUID "))
		at += strlen("CPUID ");
	else if (BEGINS(at, end, "MSR "))
		at += strlen("MSR ");
	else
		return FORM_NO;
	return scan_number(at, end, &number) ? FORM_CERTAIN : FORM_NO;
}

/* Text for people is in such a report as well. */
enum form_match input_takes_aida64(const struct line *line)
{
	return input_is_aida64(line, false) == FORM_CERTAIN ? FORM_CERTAIN :
							      FORM_POSSIBLE;
}

struct host *input_aida64(const struct input_piece *piece,
			  enum host_source source, struct input_error *error)
{
	struct aida64 aida = { .section = NO_SECTION };
	struct host *host =
		dump_read(&aida.dump, piece, source, error, one_line, &aida);
	const char *note = host ? note_of(&aida, host) : NULL;

	if (note && facts_add(host->facts, "source note", note)) {
		input_no_memory(error, piece->name);
		host_free(host);
		return NULL;
	}
	return host;
}
