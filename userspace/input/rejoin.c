// SPDX-License-Identifier: GPL-2.0-only
#include "input/rejoin.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "input/cpuinfo_flags.h"
#include "input/forms.h"
#include "input/log_line.h"
#include "input/modprobe_said.h"
#include "input/wrap.h"
#include "model/kernel_log.h"

/*
 * Mail programs break lines after 72 to 80 columns, at a blank: the first word
 * of the next one would not have fit. Quote marks may have come later.
 */
#define SHORTEST 60
#define LONGEST	 100

/* What a line of registers has at most when it is whole. */
#define JOINED_MAX 2000

/* A list of flags goes over many lines. */
#define FLAGS_MAX 8192

/* What is found amid a line may be so in the second half of another one. */
static bool is_found_within(enum form_id form)
{
	return form == FORM_MESSAGES || form == FORM_SHELL;
}

static bool is_any_form(const struct line *line)
{
	enum form_id id;

	for (id = 0; id < NR_FORMS; id++)
		if (!is_found_within(id) &&
		    input_forms[id].recognise(line, false) != FORM_NO)
			return true;
	return line_is_fence(line) || line_command(line) ||
	       line_is_prompt(line);
}

/* Words of registers, as cpuid -r, x86info, vmware.log and VBox.log have them. */
static bool is_registers(const char *at, const char *end)
{
	static const char *const names[] = { "eax", "ebx", "ecx", "edx" };
	size_t i, words = 0;
	u64 value;

	for (;; words++) {
		at = skip_blanks(at, end);
		if (at == end)
			return words;
		for (i = 0; i < ARRAY_SIZE(names); i++)
			if (begins_with(at, end, names[i]))
				at += 3;
		at = skip_blanks(at, end);
		if (at < end && *at == '=')
			at = skip_blanks(at + 1, end);
		if (BEGINS(at, end, "0x"))
			at += 2;
		at = scan_digits(at, end, 8, &value);
		if (!at || (at < end && !is_blank(*at)))
			return false;
	}
}

static bool has_registers(enum form_id form)
{
	return form == FORM_CPUID_DUMP || form == FORM_X86INFO ||
	       form == FORM_VMWARE_LOG || form == FORM_VBOX_LOG ||
	       form == FORM_CPUID_WORDS || form == FORM_LIBCPUID;
}

static bool is_message(const struct line *line)
{
	struct log_line log = log_line_of(line);

	return kernel_log_match(log.text, (size_t)(log.end - log.text));
}

/* Is it "flags : ..." of cpuinfo, lscpu's, or the first lines of one? */
static bool begins_flags(const struct line *line)
{
	struct pair pair;

	if (!pair_split(line, &pair))
		return false;
	return (KEY_IS(&pair, "flags") || KEY_IS(&pair, "Flags") ||
		KEY_IS(&pair, "vmx flags")) &&
	       cpuinfo_are_flags(pair.value, pair.value_end);
}

static bool has_text(const struct line *line, const char *text)
{
	return memmem(line->text, (size_t)(line->end - line->text), text,
		      strlen(text));
}

/* Does the next line end what is open in this one: (...), [...] or "..."? */
static bool is_open(const struct line *line, const struct line *next)
{
	int round = 0, square = 0;
	bool quoted = false;
	const char *at;

	for (at = line->text; at < line->end; at++) {
		round += (*at == '(') - (*at == ')');
		square += (*at == '[') - (*at == ']');
		quoted ^= *at == '"';
	}
	return (round > 0 && has_text(next, ")")) ||
	       (square > 0 && has_text(next, "]")) ||
	       (quoted && has_text(next, "\""));
}

/* "family = Intel Core, AMD Athlon/Duron, Cyrix M2 (6)" has its number last. */
static bool lacks_number(const struct line *line, const struct line *next)
{
	return has_text(line, " = ") && !has_text(line, ")") &&
	       !has_text(next, "=") && next->end[-1] == ')';
}

struct rejoin {
	struct line line; /* the first one, and what was joined to it */
	size_t last;	  /* columns of the last of these lines */
	char joined[FLAGS_MAX + 2];
};

/* Does the next line begin with a word that did not fit behind the last one? */
static bool was_broken(const struct rejoin *r, const struct line *next)
{
	const char *blank =
		memchr(next->text, ' ', (size_t)(next->end - next->text));
	size_t word = (size_t)((blank ? blank : next->end) - next->text);

	return r->last <= LONGEST && r->last + 1 + word > SHORTEST;
}

/* Does it name the error for which a module was not loaded? */
static bool has_error(const struct line *line)
{
	struct modprobe_said said;

	return modprobe_said(line->text, line->end, &said) && said.error;
}

static bool belongs(const struct rejoin *r, const struct line *both,
		    const struct line *next)
{
	enum form_id form;

	if (begins_flags(&r->line))
		return was_broken(r, next) &&
		       cpuinfo_are_flags(next->text, next->end);
	if (both->end - both->text > JOINED_MAX)
		return false;
	form = form_certain(&r->line);
	if (form == NR_FORMS && form_certain(both) != NR_FORMS)
		return form_certain(next) == NR_FORMS;
	if (!was_broken(r, next))
		return false;
	if (form == NR_FORMS)
		return lacks_number(&r->line, next);
	if (is_open(&r->line, next))
		return true;
	switch (form) {
	case FORM_KERNEL_LOG:
		return !is_message(&r->line) && is_message(both);
	case FORM_VBOX_LOG:
		if (has_text(&r->line, "HMR3Init: "))
			return true;
		break;
	case FORM_CPUID_WORDS:
		if (lacks_number(&r->line, next))
			return true;
		break;
	/* All their lines begin with a mark of their own. */
	case FORM_SNPHOST:
	case FORM_KATA_CHECK:
		return true;
	case FORM_SHELL:
		return !has_error(&r->line) && has_error(both);
	default:
		break;
	}
	return has_registers(form) && is_registers(next->text, next->end);
}

/* Join the next line to r->line; false where it is one of its own. */
static bool join(struct rejoin *r, const struct line *next, size_t columns)
{
	size_t length = (size_t)(r->line.end - r->line.text);
	size_t more = (size_t)(next->end - next->text);
	struct line both = { .text = r->joined };

	if (!more || !length || length + more > FLAGS_MAX)
		return false;
	if (r->line.text != r->joined)
		memcpy(r->joined, r->line.text, length);
	r->joined[length] = ' ';
	memcpy(r->joined + length + 1, next->text, more);
	both.end = r->joined + length + 1 + more;
	if (is_any_form(next) || !belongs(r, &both, next))
		return false;
	r->line = both;
	r->last = columns;
	return true;
}

struct out {
	char *data; /* NULL: only look whether there is a line to join */
	size_t length;
};

static void put(struct out *out, const char *data, size_t length)
{
	if (out->data && length)
		memcpy(out->data + out->length, data, length);
	out->length += length;
}

static size_t columns_of(const char *begin, const struct line *line)
{
	return (size_t)(line->end - begin);
}

/* Returns how many lines were joined to one before. */
static size_t all_lines(struct out *out, const char *data, size_t length)
{
	struct lines lines = { .next = data,
			       .end = data + length,
			       .wrapped = true };
	size_t joined = 0, here;
	struct rejoin r;
	struct line line;

	while (lines.next < lines.end) {
		const char *begin = lines.next, *behind;

		if (!line_next(&lines, &line))
			break;
		r.line = line;
		r.last = columns_of(begin, &line);
		here = 0;
		behind = lines.next;
		while (behind < lines.end) {
			const char *at = behind;

			if (!line_next(&lines, &line) ||
			    !join(&r, &line, columns_of(at, &line))) {
				lines.next = behind;
				break;
			}
			behind = lines.next;
			here++;
		}
		if (!here) {
			put(out, begin, (size_t)(behind - begin));
			continue;
		}
		joined += here;
		put(out, r.line.text, (size_t)(r.line.end - r.line.text));
		for (here++; here > 0; here--)
			put(out, "\n", 1);
		if (out->data == NULL)
			return joined;
	}
	return joined;
}

int rejoin_lines(struct buffer *text, const char *data, size_t length)
{
	struct out out = { 0 };

	*text = (struct buffer){ 0 };
	if (!all_lines(&out, data, length))
		return 0;
	/* A blank and an end for the end of a line that may have been LF alone. */
	out.data = malloc(2 * length + 2);
	if (!out.data)
		return ENOMEM;
	out.length = 0;
	all_lines(&out, data, length);
	text->data = out.data;
	text->length = out.length;
	return 0;
}
