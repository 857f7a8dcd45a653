// SPDX-License-Identifier: GPL-2.0-only
/*
 * What Intel's HAXM says of a host: its checktool (CheckTool/feature_detector.cpp),
 * "VMX enabled  -  No", which its installer's log has as well; haxm_check, "VT
 * support -- yes", which knows of CPUID's bit only; the words of its installers
 * and of its driver (core/hax.c).
 */
#include <strings.h>

#include "input/dump.h"
#include "input/forms.h"
#include "input/words.h"

/* Lines of the checktool: an item, * or -, and Yes, No or other words. */
static const struct {
	const char *item;
	const char *fact; /* or NULL */
	bool hidden; /* where Windows' own hypervisor runs, it says nothing */
} items[] = {
	{ "CPU vendor", "cpuinfo vendor_id", false },
	{ "Intel64 supported", "haxm Intel64 supported", false },
	{ "VMX supported", "haxm VMX supported", false },
	{ "VMX enabled", "haxm VMX enabled", true },
	{ "EPT supported", "haxm EPT supported", true },
	{ "NX supported", "haxm NX supported", false },
	{ "NX enabled", "haxm NX enabled", false },
	{ "Hyper-V disabled", "haxm Hyper-V disabled", false },
	{ "Sandbox disabled", NULL, false },
	{ "OS version", "os release", false },
	{ "OS architecture", NULL, false },
	{ "Guest unoccupied", NULL, false },
};

#define VENDOR	   0
#define OS_VERSION 9

/* Sentences, wherever they are in a line, and what they say. */
static const struct {
	const char *words;
	const char *supported; /* VMX in CPUID: yes, no, or NULL */
	const char *enabled;
} sentences[] = {
	{ "VT is not supported in the system, HAXM exits, sorry!", "no", NULL },
	{ "VT is not enabled in the system, HAXM does not function.", "yes",
	  "no" },
	{ "This computer meets the requirements for HAXM, but Intel Virtualization Technology (VT-x) is not turned on.",
	  "yes", "no" },
};

enum line_kind { NO_LINE, CHECK_LINE, SUPPORT_LINE, SENTENCE };

struct haxm_line {
	enum line_kind kind;
	size_t row;
	const char *value, *value_end;
};

static bool check_line(const char *at, const char *end, struct haxm_line *line)
{
	const char *mark = NULL;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(items) && !mark; i++)
		mark = behind_text(at, end, items[i].item);
	if (!mark || mark == end || !is_blank(*mark))
		return false;
	mark = skip_blanks(mark, end);
	if (mark + 1 >= end || (*mark != '*' && *mark != '-') ||
	    !is_blank(mark[1]))
		return false;
	*line = (struct haxm_line){ CHECK_LINE, i - 1,
				    skip_blanks(mark + 1, end), end };
	return line->value < end;
}

/* "VT support -- yes"; on macOS with a capital letter. */
static bool support_line(const char *at, const char *end,
			 struct haxm_line *line)
{
	const char *behind = behind_text(at, end, "VT support -- ");

	line->row = !behind;
	if (!behind)
		behind = behind_text(at, end, "NX support -- ");
	if (!behind)
		return false;
	line->kind = SUPPORT_LINE;
	line->value = behind;
	line->value_end = end;
	return true;
}

static bool sentence(const char *at, const char *end, struct haxm_line *line)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(sentences); i++)
		if (memmem(at, (size_t)(end - at), sentences[i].words,
			   strlen(sentences[i].words)))
			break;
	*line = (struct haxm_line){ SENTENCE, i, at, end };
	return i < ARRAY_SIZE(sentences);
}

static struct haxm_line split(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end), *end = line->end;
	struct haxm_line found;

	while (end > at && is_blank(end[-1]))
		end--;
	/* A sentence is searched in lines that may have one. */
	if (check_line(at, end, &found) || support_line(at, end, &found) ||
	    (end - at > 40 && sentence(at, end, &found)))
		return found;
	return (struct haxm_line){ NO_LINE, 0, NULL, NULL };
}

enum form_match input_is_haxm(const struct line *line, bool first)
{
	(void)first;
	return split(line).kind ? FORM_CERTAIN : FORM_NO;
}

enum form_match input_takes_haxm(const struct line *line)
{
	const char *at = line->text, *end = line->end;

	if (BEGINS(at, end, "The system requirements are not satisfied") ||
	    BEGINS(at, end, "HAXM cannot be installed until VT-x") ||
	    BEGINS(at, end, "HAXM can be installed, but will not work") ||
	    BEGINS(at, end, "Please refer to the Intel HAXM documentation"))
		return FORM_CERTAIN;
	return input_is_haxm(line, false);
}

struct haxm {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	/* Of the items that count only where nothing hides the processor. */
	struct {
		unsigned long line; /* 0: not in the piece */
		bool yes;
	} held[ARRAY_SIZE(items)];
	bool old_windows; /* 7, which does not tell, so the tool says yes */
};

static int tell(struct haxm *h, const char *key, const char *value,
		const char *end)
{
	return words_once(&h->dump, h->host, key, value, end);
}

static int tell_word(struct haxm *h, const char *key, const char *value)
{
	return tell(h, key, value, value + strlen(value));
}

static const char *answer_of(const char *at, const char *end)
{
	size_t length = (size_t)(end - at);

	if (length == 3 && !strncasecmp(at, "yes", 3))
		return "yes";
	return length == 2 && !strncasecmp(at, "no", 2) ? "no" : NULL;
}

/*
 * "Windows 10.0.18363", "macOS 10.15.7". Of Windows another input may have the
 * product's name.
 */
static int os_version(struct haxm *h, const char *at, const char *end)
{
	const char *blank = memchr(at, ' ', (size_t)(end - at));

	if (!blank)
		return 0;
	h->old_windows = BEGINS(at, end, "Windows 6.1.");
	if (!BEGINS(at, end, "Windows ") && tell(h, "os product", at, blank))
		return -1;
	return tell(h, "os release", skip_blanks(blank, end), end);
}

static int hold(struct haxm *h, size_t row, const char *answer)
{
	bool yes = !strcmp(answer, "yes");

	if (h->held[row].line && h->held[row].yes != yes)
		return DUMP_BAD(&h->dump, "another \"%s\" than in line %lu",
				items[row].item, h->held[row].line);
	h->held[row].yes = yes;
	if (!h->held[row].line)
		h->held[row].line = h->dump.lines.number;
	return 0;
}

static int take_item(struct haxm *h, const struct haxm_line *line)
{
	const char *answer = answer_of(line->value, line->value_end);
	const char *fact = items[line->row].fact;

	if (line->row == OS_VERSION)
		return os_version(h, line->value, line->value_end);
	if (line->row == VENDOR)
		return tell(h, fact, line->value, line->value_end);
	if (!fact || !answer)
		return 0;
	return items[line->row].hidden ? hold(h, line->row, answer) :
					 tell_word(h, fact, answer);
}

static int take_line(struct haxm *h)
{
	const struct haxm_line line = split(&h->dump.line);
	const char *answer;

	switch (line.kind) {
	case CHECK_LINE:
		return take_item(h, &line);
	case SUPPORT_LINE:
		answer = answer_of(line.value, line.value_end);
		if (!answer)
			return 0;
		return tell_word(h,
				 line.row ? "haxm NX supported" :
					    "haxm VMX supported",
				 answer);
	case SENTENCE:
		if (tell_word(h, "haxm VMX supported",
			      sentences[line.row].supported))
			return -1;
		if (!sentences[line.row].enabled)
			return 0;
		return tell_word(h, "haxm VMX enabled",
				 sentences[line.row].enabled);
	case NO_LINE:
		break;
	}
	return 0;
}

/* Its own installer leaves these three out where Hyper-V is on. */
static int tell_held(struct haxm *h)
{
	const char *hyperv = facts_get(h->host->facts, "haxm Hyper-V disabled");
	const char *vmx = facts_get(h->host->facts, "haxm VMX supported");
	bool hidden = (hyperv && !strcmp(hyperv, "no")) ||
		      (vmx && !strcmp(vmx, "no"));
	const char *value;
	size_t row;

	for (row = 0; row < ARRAY_SIZE(items); row++) {
		if (!h->held[row].line || hidden ||
		    (h->held[row].yes && h->old_windows) ||
		    facts_get(h->host->facts, items[row].fact))
			continue;
		value = h->held[row].yes ? "yes" : "no";
		if (facts_add_line(h->host->facts, h->held[row].line,
				   items[row].fact, strlen(items[row].fact),
				   value, strlen(value)))
			return input_no_memory(h->dump.error, h->dump.name);
	}
	return 0;
}

static int take_lines(struct haxm *h)
{
	int more;

	while ((more = dump_line(&h->dump)) > 0)
		if (take_line(h))
			return -1;
	return more ? more : tell_held(h);
}

struct host *input_haxm(const struct input_piece *piece,
			enum host_source source, struct input_error *error)
{
	struct haxm h = { 0 };

	h.host = words_begin(&h.dump, piece, source, error);
	if (!h.host)
		return NULL;
	return words_end(&h.dump, h.host, take_lines(&h));
}
