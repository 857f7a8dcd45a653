// SPDX-License-Identifier: GPL-2.0-only
/*
 * Coreinfo of Sysinternals, whole or -v: lines "VMX  *  Supports ...", where *
 * is yes and - is no. It is closed source; what it prints is in
 * learn.microsoft.com/sysinternals/downloads/coreinfo and in many posts, of
 * version 3.31 to 3.52. Of VMX, SVM and HYPERVISOR it shows the bits of CPUID,
 * which do not tell of firmware's lock; under a hypervisor, Windows' own one
 * included, they show what that lets be seen.
 */
#include <stdio.h>

#include "input/dump.h"
#include "input/forms.h"
#include "input/words.h"

/* A flag, and how what follows the mark begins. */
static const struct {
	const char *flag;
	const char *text;
	const char *fact;
} rows[] = {
	{ "HYPERVISOR", "Hypervisor is present", "coreinfo HYPERVISOR" },
	{ "VMX", "Supports Intel hardware-assisted virtualization",
	  "coreinfo VMX" },
	{ "SVM", "Supports AMD hardware-assisted virtualization",
	  "coreinfo SVM" },
	{ "EPT", "Supports Intel extended page tables", "coreinfo EPT" },
	{ "URG", "Supports Intel unrestricted guest", "coreinfo URG" },
	{ "NP", "Supports AMD nested page tables", "coreinfo NP" },
	{ "X64", "Supports 64-bit mode", "coreinfo X64" },
	{ "NX", "Supports no-execute page protection", "coreinfo NX" },
};

#define NO_ROW ARRAY_SIZE(rows)

struct flag_line {
	size_t row; /* NO_ROW: another flag */
	bool yes;
};

static bool split(const struct line *line, struct flag_line *flag)
{
	const char *at = skip_blanks(line->text, line->end), *end = line->end;
	const char *mark = at, *text;
	size_t i;

	while (mark < end && !is_blank(*mark))
		mark++;
	text = skip_blanks(mark, end);
	if (mark == at || text + 2 >= end || (*text != '*' && *text != '-') ||
	    !is_blank(text[1]))
		return false;
	flag->yes = *text == '*';
	text = skip_blanks(text + 1, end);
	for (i = 0; i < NO_ROW; i++)
		if (is_text(at, mark, rows[i].flag) &&
		    begins_with(text, end, rows[i].text))
			break;
	flag->row = i;
	return true;
}

/* "Intel64 Family 6 Model 78 Stepping 3, GenuineIntel", or AMD64 */
struct name_line {
	u32 family, model, stepping;
	const char *vendor;
};

static const char *take_number(const char *at, const char *end,
			       const char *word, u32 *number)
{
	at = at ? behind_text(at, end, word) : NULL;
	return at ? scan_decimal(at, end, 0xffff, number) : NULL;
}

static bool split_name(const struct line *line, struct name_line *name)
{
	const char *at = skip_blanks(line->text, line->end), *end = line->end;

	if (!BEGINS(at, end, "Intel64 ") && !BEGINS(at, end, "AMD64 ") &&
	    !BEGINS(at, end, "x86 "))
		return false;
	at = memchr(at, ' ', (size_t)(end - at));
	at = take_number(at, end, " Family ", &name->family);
	at = take_number(at, end, " Model ", &name->model);
	at = take_number(at, end, " Stepping ", &name->stepping);
	if (!at || !BEGINS(at, end, ", "))
		return false;
	name->vendor = skip_blanks(at + 1, end);
	return name->vendor < end;
}

static bool has(const char *at, const char *end, const char *word)
{
	return memmem(at, (size_t)(end - at), word, strlen(word));
}

/* "12th Gen Intel(R) Core(TM) i5-12450H", "AMD Ryzen 5 2600 ..." */
static bool is_processor_name(const char *at, const char *end)
{
	return BEGINS(at, end, "AMD ") || has(at, end, "(R) ") ||
	       has(at, end, " CPU") || has(at, end, " Processor");
}

enum form_match input_is_coreinfo(const struct line *line, bool first)
{
	struct flag_line flag;
	struct name_line name;

	(void)first;
	if (BEGINS(line->text, line->end, "Coreinfo v") ||
	    split_name(line, &name))
		return FORM_CERTAIN;
	return split(line, &flag) && flag.row != NO_ROW ? FORM_CERTAIN :
							  FORM_NO;
}

/* The rest of what it prints around its flags, and its maps of processors. */
enum form_match input_takes_coreinfo(const struct line *line)
{
	static const char *const begins[] = {
		"Copyright (C) ",
		"Sysinternals - ",
		"Note: Coreinfo must be executed",
		"accurate results.",
		"Microcode signature",
		"Maximum implemented CPUID",
		"Logical ",
		"Approximate Cross-NUMA",
		"Calculating Cross-NUMA",
		"No NUMA nodes",
		"Kernel CET ",
		"User CET ",
		"*",
		"-",
	};
	struct flag_line flag;
	size_t i;

	if (input_is_coreinfo(line, false) == FORM_CERTAIN)
		return FORM_CERTAIN;
	if (is_processor_name(line->text, line->end))
		return FORM_POSSIBLE;
	for (i = 0; i < ARRAY_SIZE(begins); i++)
		if (begins_with(line->text, line->end, begins[i]))
			return FORM_POSSIBLE;
	return split(line, &flag) ? FORM_POSSIBLE : FORM_NO;
}

struct coreinfo {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	const char *before, *before_end; /* the line before */
	unsigned long line_of[NO_ROW];	 /* 0: the flag is not in the piece */
	bool yes[NO_ROW];
};

static int tell(struct coreinfo *c, const char *key, const char *value,
		const char *end)
{
	return words_once(&c->dump, c->host, key, value, end);
}

static int tell_number(struct coreinfo *c, const char *key, u32 number)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", number);
	return tell(c, key, text, text + strlen(text));
}

/* The line before it has the processor's name. */
static int take_name(struct coreinfo *c, const struct name_line *name)
{
	const char *end = c->dump.line.end;

	while (end > name->vendor && is_blank(end[-1]))
		end--;
	if (tell(c, "cpuinfo vendor_id", name->vendor, end) ||
	    tell_number(c, "cpuinfo family", name->family) ||
	    tell_number(c, "cpuinfo model", name->model) ||
	    tell_number(c, "cpuinfo stepping", name->stepping))
		return -1;
	if (!c->before || !is_processor_name(c->before, c->before_end))
		return 0;
	return words_first(&c->dump, c->host, "cpuinfo model name", c->before,
			   c->before_end);
}

static int take_line(struct coreinfo *c)
{
	const struct line *line = &c->dump.line;
	struct flag_line flag;
	struct name_line name;

	if (split_name(line, &name))
		return take_name(c, &name);
	if (!split(line, &flag) || flag.row == NO_ROW)
		return 0;
	if (c->line_of[flag.row] && c->yes[flag.row] != flag.yes)
		return DUMP_BAD(&c->dump,
				"%s has another mark than in line %lu",
				rows[flag.row].flag, c->line_of[flag.row]);
	c->yes[flag.row] = flag.yes;
	if (!c->line_of[flag.row])
		c->line_of[flag.row] = c->dump.lines.number;
	return 0;
}

static size_t row_of(const char *flag)
{
	size_t i = 0;

	while (strcmp(rows[i].flag, flag))
		i++;
	return i;
}

/* Where the extension is hidden, "no" of a part of it says nothing. */
static bool counts(const struct coreinfo *c, size_t row)
{
	static const struct {
		const char *part, *of;
	} parts[] = { { "EPT", "VMX" }, { "URG", "VMX" }, { "NP", "SVM" } };
	size_t i;

	if (!c->line_of[row])
		return false;
	for (i = 0; i < ARRAY_SIZE(parts) && !c->yes[row]; i++)
		if (row == row_of(parts[i].part))
			return c->yes[row_of(parts[i].of)];
	return true;
}

static int tell_flags(struct coreinfo *c)
{
	const char *value;
	size_t row;

	for (row = 0; row < NO_ROW; row++) {
		if (!counts(c, row))
			continue;
		value = c->yes[row] ? "yes" : "no";
		if (facts_add_line(c->host->facts, c->line_of[row],
				   rows[row].fact, strlen(rows[row].fact),
				   value, strlen(value)))
			return input_no_memory(c->dump.error, c->dump.name);
	}
	return 0;
}

static int take_lines(struct coreinfo *c)
{
	int more;

	while ((more = dump_line(&c->dump)) > 0) {
		if (take_line(c))
			return -1;
		c->before = c->dump.line.text;
		c->before_end = c->dump.line.end;
	}
	return more ? more : tell_flags(c);
}

struct host *input_coreinfo(const struct input_piece *piece,
			    enum host_source source, struct input_error *error)
{
	struct coreinfo c = { 0 };

	c.host = words_begin(&c.dump, piece, source, error);
	if (!c.host)
		return NULL;
	return words_end(&c.dump, c.host, take_lines(&c));
}
