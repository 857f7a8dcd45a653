// SPDX-License-Identifier: GPL-2.0-only
/*
 * The text of format 1 (docs/ABI/proc-virtinfo): a header, a stanza for each
 * group of CPUs, and in a capture stanzas of facts.
 */
#include <limits.h>
#include <stdlib.h>

#include "input/error.h"
#include "input/fact_keys.h"
#include "input/forms.h"
#include "input/pair.h"
#include "input/scan.h"
#include "input/system_parse.h"
#include "input/text_registers.h"
#include "input/wrap.h"
#include "text.h"

/* Linux has no more CPUs than this, so no more unlike ones. */
#define MAX_GROUPS 8192
#define MAX_FACTS  8192

enum stanza { HEADER, BETWEEN, GROUP, FACTS };

struct text {
	const char *name;
	struct input_error *error;
	struct host *host;
	struct host_group *group; /* in a GROUP, and the last one after it */
	enum stanza stanza;
	enum stanza last; /* the stanza read last */
	struct lines lines;
	struct line line;
	unsigned long first_line; /* its number */
	struct cpulist covered;
	bool same_version; /* written by a module with this same table */
	unsigned int once; /* the keys of once_keys that this stanza had */
	bool no_leaf_0;	   /* this stanza says so: its source had none */
	unsigned char seen[CPULIST_MAX / 8];
};

#define BAD(text, ...)                                                         \
	input_error((text)->error, STATUS_BAD_INPUT, (text)->name,             \
		    (text)->lines.number, __VA_ARGS__)

static int not_a_line(struct text *t)
{
	char quoted[INPUT_QUOTE_SIZE];

	return BAD(t, "not a \"key : value\" line: \"%s\"",
		   input_quote(quoted, t->line.text,
			       (size_t)(t->line.end - t->line.text)));
}

/* The text is ASCII: in a key, another byte is damage and no later version. */
static int check_key(struct text *t, const struct pair *pair)
{
	char quoted[INPUT_QUOTE_SIZE];
	const char *at;

	for (at = pair->key; at < pair->key_end; at++)
		if ((*at < ' ' && *at != '\t') || *at > '~')
			return BAD(t, "a byte of no text in the key \"%s\"",
				   input_quote(quoted, pair->key,
					       (size_t)(pair->key_end -
							pair->key)));
	return 0;
}

static int take_line(struct text *t, struct pair *pair)
{
	return pair_split(&t->line, pair) ? check_key(t, pair) : not_a_line(t);
}

/* A list of CPUs into an empty one. */
static int parse_cpus(struct text *t, const struct pair *pair,
		      struct cpulist *list)
{
	char quoted[INPUT_QUOTE_SIZE];
	size_t length = (size_t)(pair->value_end - pair->value);

	switch (cpulist_parse(list, pair->value, length)) {
	case 0:
		return 0;
	case -1:
		return input_no_memory(t->error, t->name);
	case -3:
		return BAD(
			t,
			"CPU list \"%s\" is out of range: the highest CPU is %u",
			input_quote(quoted, pair->value, length),
			CPULIST_MAX - 1);
	default:
		return BAD(t, "not a list of CPUs: \"%s\"",
			   input_quote(quoted, pair->value, length));
	}
}

static int mark_cpus(struct text *t, const struct cpulist *list)
{
	CPULIST_EACH(list, cpu) {
		unsigned char bit = (unsigned char)(1 << cpu % 8);

		if (t->seen[cpu / 8] & bit)
			return BAD(t, "CPU %u is in two stanzas", cpu);
		t->seen[cpu / 8] |= bit;
	}
	return 0;
}

static int begin_group(struct text *t, const struct pair *pair)
{
	if (t->host->nr_groups == MAX_GROUPS)
		return BAD(t, "more than %u stanzas of CPUs", MAX_GROUPS);
	t->group = host_add_group(t->host);
	if (!t->group)
		return input_no_memory(t->error, t->name);
	t->once = 0;
	t->no_leaf_0 = false;
	if (parse_cpus(t, pair, &t->group->cpus))
		return -1;
	if (!t->group->cpus.count)
		return BAD(t, "a stanza of no CPUs");
	return mark_cpus(t, &t->group->cpus);
}

/* Both are sorted, and ranges of a list neither overlap nor touch. */
static bool is_subset(const struct cpulist *part, const struct cpulist *whole)
{
	size_t i, j = 0;

	for (i = 0; i < part->count; i++) {
		while (j < whole->count &&
		       whole->ranges[j].last < part->ranges[i].first)
			j++;
		if (j == whole->count ||
		    part->ranges[i].first < whole->ranges[j].first ||
		    part->ranges[i].last > whole->ranges[j].last)
			return false;
	}
	return true;
}

/* A list of CPUs of the stanza. */
static int read_part(struct text *t, const struct pair *pair,
		     struct cpulist *list)
{
	if (parse_cpus(t, pair, list))
		return -1;
	if (!is_subset(list, &t->group->cpus))
		return BAD(t, "\"%.*s\" names a CPU that is not in this stanza",
			   (int)(pair->key_end - pair->key), pair->key);
	return 0;
}

static int read_on(struct text *t, const struct pair *pair,
		   struct cpulist *list)
{
	t->group->on_known = true;
	return read_part(t, pair, list);
}

static int read_age(struct text *t, const struct pair *pair)
{
	char quoted[INPUT_QUOTE_SIZE];
	const char *end = scan_decimal(pair->value, pair->value_end, UINT_MAX,
				       &t->group->older_by);

	if (end == pair->value_end)
		return 0;
	return BAD(t, "not a number of seconds: \"%s\"",
		   input_quote(quoted, pair->value,
			       (size_t)(pair->value_end - pair->value)));
}

/* The keys that a stanza of format 1 has once. */
static const char *const keys[] = {
	"version", "kernel",	 "cpus covered",      "sampled",   "xen domain",
	"vendor",  "signature",	 "model name",	      "extension", "state",
	"paging",  "hypervisor", "hypervisor leaves", "vmx on",	   "svm on",
	"older",   "older by",
};

/* The number of such a key, or -1. */
static int key_of(const struct pair *pair)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (pair_key_is(pair, keys[i]))
			return (int)i;
	return -1;
}

/*
 * Two mean that stanzas have run together. Of other keys a later version may
 * have many.
 */
static int check_once(struct text *t, const struct pair *pair)
{
	int key = key_of(pair);

	if (key < 0)
		return 0;
	if (t->once & 1u << key)
		return BAD(t, "a second time in this stanza: \"%s\"",
			   keys[key]);
	t->once |= 1u << key;
	return 0;
}

static int group_line(struct text *t)
{
	const struct register_line reg = {
		.line = &t->line,
		.group = t->group,
		.name = t->name,
		.number = t->lines.number,
		.error = t->error,
	};
	const char *at = t->line.text, *end = t->line.end;
	struct pair pair;

	if (BEGINS(at, end, "msr "))
		return text_msr_line(&reg);
	if (BEGINS(at, end, "cpuid "))
		return text_cpuid(&reg);
	if (BEGINS(at, end, "bits "))
		return text_bits(&reg);
	if (BEGINS(at, end, "CR"))
		return text_control(&reg);
	if (take_line(t, &pair) || check_once(t, &pair))
		return -1;
	if (KEY_IS(&pair, "vmx on"))
		return read_on(t, &pair, &t->group->vmx_on);
	if (KEY_IS(&pair, "svm on"))
		return read_on(t, &pair, &t->group->svm_on);
	if (KEY_IS(&pair, "older"))
		return read_part(t, &pair, &t->group->older);
	if (KEY_IS(&pair, "older by"))
		return read_age(t, &pair);
	if (KEY_IS(&pair, "vendor"))
		t->no_leaf_0 = pair.value == pair.value_end;
	if (KEY_IS(&pair, "hypervisor leaves"))
		t->group->hv.truncated |=
			IS(pair.value, pair.value_end, "truncated");
	if (KEY_IS(&pair, "cpus"))
		return BAD(
			t,
			"\"cpus\" begins a stanza, but no blank line is before it");
	/* The rest is derived from the registers, for people, or newer. */
	return 0;
}

static int add_fact(struct text *t, const struct pair *pair)
{
	if (facts_count(t->host->facts) == MAX_FACTS)
		return BAD(t, "more than %u facts", MAX_FACTS);
	if (facts_add_line(t->host->facts, t->lines.number, pair->key,
			   (size_t)(pair->key_end - pair->key), pair->value,
			   (size_t)(pair->value_end - pair->value)))
		return input_no_memory(t->error, t->name);
	return 0;
}

static int header_line(struct text *t, const struct pair *pair)
{
	if (KEY_IS(pair, "virtinfo"))
		return t->lines.number == t->first_line ?
			       0 :
			       BAD(t, "a second header in one file");
	if (KEY_IS(pair, "version"))
		t->same_version =
			IS(pair->value, pair->value_end, VIRTINFO_VERSION);
	if (check_once(t, pair))
		return -1;
	if (KEY_IS(pair, "cpus covered") && parse_cpus(t, pair, &t->covered))
		return -1;
	return add_fact(t, pair);
}

static int fact_line(struct text *t)
{
	struct pair pair;

	if (take_line(t, &pair))
		return -1;
	if (t->stanza == BETWEEN) {
		if (KEY_IS(&pair, "cpus")) {
			t->stanza = GROUP;
			return begin_group(t, &pair);
		}
		t->stanza = FACTS;
	}
	if (KEY_IS(&pair, "cpus"))
		return BAD(
			t,
			"\"cpus\" begins a stanza, but no blank line is before it");
	if (KEY_IS(&pair, "virtinfo") || t->stanza == HEADER)
		return header_line(t, &pair);
	return add_fact(t, &pair);
}

static int note_msrs_known(struct text *t)
{
	struct host_group *group = t->group;

	if (!host_tells_msrs(&group->sample))
		return 0;
	if (cpulist_add_all(&group->msrs_known, &group->cpus))
		return input_no_memory(t->error, t->name);
	return 0;
}

static int end_group(struct text *t)
{
	struct host_group *group = t->group;

	/* Words may tell the vendor and no more. */
	if (!t->no_leaf_0 && group->sample.leaf_status[VI_L0] != VI_BITS &&
	    (group->sample.leaf_status[VI_L0] == VI_ABSENT ||
	     group->sample.leaf_status[VI_L1] == VI_ABSENT))
		return BAD(
			t,
			"truncated: the stanza of CPU %u ends without cpuid leaves 0 and 1",
			group->cpus.ranges[0].first);
	hv_drop_unreal(&group->sample, &group->known, &group->hv,
		       &group->hv_bits);
	return note_msrs_known(t);
}

static int end_stanza(struct text *t)
{
	enum stanza ended = t->stanza;

	if (ended == BETWEEN)
		return 0;
	t->last = ended;
	t->stanza = BETWEEN;
	return ended == GROUP ? end_group(t) : 0;
}

static int check_format(struct text *t)
{
	char quoted[INPUT_QUOTE_SIZE];
	struct pair pair;

	if (!pair_split(&t->line, &pair) || !KEY_IS(&pair, "virtinfo"))
		return not_a_line(t);
	if (!IS(pair.value, pair.value_end, "1"))
		return BAD(
			t,
			"format \"%s\" is not known to this program, only format %u is",
			input_quote(quoted, pair.value,
				    (size_t)(pair.value_end - pair.value)),
			VI_FORMAT);
	return 0;
}

static int one_line(struct text *t)
{
	if (line_too_long(&t->line))
		return BAD(t, "line too long: more than %u bytes",
			   INPUT_LINE_MAX);
	if (!t->line.whole)
		return BAD(t, "truncated: the last line has no end");
	if (t->lines.number == t->first_line)
		return check_format(t);
	/* Copied from a terminal or a page, lines have blanks at their end. */
	while (t->line.end > t->line.text && is_blank(t->line.end[-1]))
		t->line.end--;
	if (t->line.text == t->line.end)
		return end_stanza(t);
	return t->stanza == GROUP ? group_line(t) : fact_line(t);
}

static int check_covered(struct text *t)
{
	CPULIST_EACH(&t->covered, cpu)
		if (!(t->seen[cpu / 8] >> cpu % 8 & 1))
			return BAD(
				t,
				"truncated: CPU %u of \"cpus covered\" has no stanza",
				cpu);
	return 0;
}

/* The first register that the last stanza lacks and should have, in words. */
static int cut_short(struct text *t, const char *name)
{
	return BAD(t, "truncated: the stanza of CPU %u ends before %s",
		   t->group->cpus.ranges[0].first, name);
}

/*
 * Every register has a line in every stanza of /proc/virtinfo. Where facts
 * follow, it is not the text of the module alone: its writer may have had
 * fewer of them, and the stanza is whole all the same.
 */
static int check_last_group(struct text *t)
{
	const struct vi_sample *last = &t->group->sample;
	const struct vi_sample *first = &t->host->groups[0]->sample;

	if (t->last != GROUP)
		return 0;
	LEAF_EACH(i)
		if (last->leaf_status[i] == VI_ABSENT &&
		    (t->same_version || first->leaf_status[i] != VI_ABSENT))
			return cut_short(t, "its last cpuid leaf");
	MSR_EACH(i)
		if (last->msr_status[i] == VI_ABSENT &&
		    (t->same_version || first->msr_status[i] != VI_ABSENT))
			return cut_short(t, vi_msrs[i].name);
	return 0;
}

static int check_whole(struct text *t)
{
	if (end_stanza(t))
		return -1;
	/* A capture of words alone has none, and says that it is one. */
	if (!t->host->nr_groups && facts_get(t->host->facts, "capture"))
		return 0;
	if (!t->host->nr_groups)
		return BAD(t, "truncated: no stanza of CPUs");
	if (check_last_group(t))
		return -1;
	return check_covered(t);
}

static int bad_fact(struct text *t, const struct bad_fact *bad)
{
	const char *at = bad->fact.key, *value = bad->fact.value;
	char key[INPUT_QUOTE_SIZE], quoted[INPUT_QUOTE_SIZE];

	input_quote(key, at, strlen(at));
	if (!bad->expected)
		return input_error(
			t->error, STATUS_BAD_INPUT, t->name, bad->fact.line,
			"a second time with another value than in line %lu: \"%s\"",
			bad->fact.first->line, key);
	return input_error(t->error, STATUS_BAD_INPUT, t->name, bad->fact.line,
			   "bad value of \"%s\": \"%s\"; %s is expected", key,
			   input_quote(quoted, value, strlen(value)),
			   bad->expected);
}

static int parse_facts(struct text *t)
{
	struct bad_fact bad;

	switch (system_parse(&t->host->system, t->host->facts, &bad)) {
	case 0:
		return 0;
	case 1:
		return bad_fact(t, &bad);
	default:
		return input_no_memory(t->error, t->name);
	}
}

static int parse(struct text *t)
{
	while (line_next(&t->lines, &t->line))
		if (one_line(t))
			return -1;
	return check_whole(t) || parse_facts(t) ? -1 : 0;
}

/*
 * The header. In the middle of a file only one of a format that is a number:
 * messages of this program begin with its name, too.
 */
enum form_match input_is_text(const struct line *line, bool first)
{
	const char *at = line->text, *end = line->end;
	u32 format;

	if (!BEGINS(at, end, "virtinfo"))
		return FORM_NO;
	at = skip_blanks(at + strlen("virtinfo"), end);
	if (at == end || *at != ':')
		return FORM_NO;
	at = scan_decimal(skip_blanks(at + 1, end), end, 0xffffffff, &format);
	return first || at == end ? FORM_CERTAIN : FORM_NO;
}

/* "module kvm\t: loaded": the first word of a fact's key, and a tab. */
static bool is_fact(const struct pair *pair)
{
	const char *at = pair->key_end;

	return *at == '\t' && fact_key_begins(pair->key, at);
}

/*
 * A line of a register, a fact, or a key of a stanza, of which /proc/cpuinfo has
 * some too; else one that any text with a colon may have.
 */
enum form_match input_takes_text(const struct line *line)
{
	const char *at = line->text, *end = line->end;
	struct pair pair;

	/* "user@host:~$" behind it would be one. */
	if (!pair_split(line, &pair) || line_is_prompt(line))
		return FORM_NO;
	return BEGINS(at, end, "cpuid 0x") || BEGINS(at, end, "msr 0x") ||
			       key_of(&pair) >= 0 || is_fact(&pair) ?
		       FORM_CERTAIN :
		       FORM_POSSIBLE;
}

struct host *input_text(const struct input_piece *piece,
			enum host_source source, struct input_error *error)
{
	struct text text = {
		.name = piece->name,
		.error = error,
		.stanza = HEADER,
		.lines = piece_lines(piece),
		.first_line = piece->line + 1,
	};

	text.host = host_new(source, piece->name);
	if (!text.host) {
		input_no_memory(error, piece->name);
		return NULL;
	}
	if (parse(&text)) {
		host_free(text.host);
		text.host = NULL;
	}
	cpulist_free(&text.covered);
	return text.host;
}
