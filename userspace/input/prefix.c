// SPDX-License-Identifier: GPL-2.0-only
#include "input/prefix.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>

#include "input/forms.h"
#include "input/log_line.h"
#include "input/rdmsr.h"
#include "input/shell_command.h"

/* As many digits has the number of a line that somebody posts. */
#define NUMBER_MAX 9999999

struct prefixed {
	const char *begin, *end; /* the line without the prefix */
	u32 number;		 /* of the line, where the prefix has it */
	bool foreign;		 /* no program writes its own lines so */
};

/* Digits where the form has 0, the form's other characters, and more. */
static bool looks_like(const char *at, const char *end, const char *form)
{
	for (; *form; form++, at++)
		if (at == end || (*form == '0' ? !is_digit(*at) : *at != *form))
			return false;
	return true;
}

/* "00:00:01.123456" of VBox.log, "2022-11-30T" of vmware.log and others. */
static bool is_clock_or_date(const char *at, const char *end)
{
	return looks_like(at, end, "00:00:00.") ||
	       looks_like(at, end, "0000-00-00");
}

/*
 * "12:" and "12-" of grep, "    12\t" of cat -n, "12  " of less, "12. ", "12) "
 * of a list, "12 | " of programs that show files.
 */
static bool take_number(const struct line *line, struct prefixed *p)
{
	const char *at = line->text, *end = line->end;

	if (at == end || !is_digit(*at) || is_clock_or_date(at, end))
		return false;
	at = scan_decimal(at, end, NUMBER_MAX, &p->number);
	if (p->number == NUMBER_MAX)
		return false;
	if (at == end) {
		/* Of an empty line, which has no blank at its end any more. */
	} else if (*at == ':' || *at == '-' || *at == '\t' || *at == '|') {
		at++;
	} else if (*at == '.' || *at == ')') {
		if (++at < end && !is_blank(*at))
			return false;
	} else if (is_blank(*at)) {
		at = skip_blanks(at, end);
		if (at < end && *at == '|')
			at++;
		else if (BEGINS(at, end, "\xe2\x94\x82"))
			at += strlen("\xe2\x94\x82");
	} else {
		return false;
	}
	p->begin = at;
	p->end = end;
	return true;
}

/* "/var/log/kern.log:" and "kern.log:12:" of grep. */
static bool take_path(const struct line *line, struct prefixed *p)
{
	const char *at = line->text, *end = line->end, *number;
	bool named = false;

	for (; at < end && *at != ':'; at++) {
		if (is_blank(*at) || *at == '=' || *at == '[' || *at == '"')
			return false;
		named |= *at == '/' || *at == '.';
	}
	if (at == end || at == line->text || !named || is_digit(*line->text))
		return false;
	at++;
	number = is_clock_or_date(at, end) ?
			 NULL :
			 scan_decimal(at, end, NUMBER_MAX, &p->number);
	if (number && number < end && *number == ':')
		at = number + 1;
	p->foreign = true;
	p->begin = at;
	p->end = end;
	return true;
}

static bool take_bullet(const struct line *line, struct prefixed *p)
{
	static const char *const bullets[] = { "- ", "* ", "+ ", "-\t",
					       "\xe2\x80\xa2" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bullets); i++) {
		p->begin = behind_text(line->text, line->end, bullets[i]);
		p->end = line->end;
		if (p->begin)
			return true;
	}
	p->begin = line->end;
	return IS(line->text, line->end, "-") || IS(line->text, line->end, "*");
}

/* "| ... |" of a table, "| ..." of an older mail, ":..." of abrt's reports. */
static bool take_bar(const struct line *line, struct prefixed *p)
{
	const char *end = line->end;

	if (line->text == end || (*line->text != '|' && *line->text != ':'))
		return false;
	p->begin = line->text + 1;
	p->foreign = *line->text == '|';
	if (*line->text == '|' && end > p->begin && end[-1] == '|')
		end--;
	p->end = end;
	return true;
}

/* `...`, **...**, "..." and '...', of one mark */
static bool take_mark(const char *at, const char *end, struct prefixed *p)
{
	const char *begin = at;
	char mark = at < end ? *at : '\0';

	if (!mark || !strchr("`*\"'_", mark))
		return false;
	while (at < end && *at == mark)
		at++;
	if (at == end && end - begin == 2) {
		p->begin = p->end = end;
		return true;
	}
	/* What ends the sentence around it may be behind it. */
	if (end > at && strchr(".,;", end[-1]))
		end--;
	if (end == at || end[-1] != mark)
		return false;
	while (end > at && end[-1] == mark)
		end--;
	p->begin = at;
	p->end = end;
	p->foreign |= mark == '`';
	return true;
}

/* The same; within what is set in bold there may be another: **_..._** */
static bool take_marks(const struct line *line, struct prefixed *p)
{
	p->foreign = false;
	if (!take_mark(line->text, line->end, p))
		return false;
	if (*line->text == '*')
		take_mark(p->begin, p->end, p);
	return true;
}

/* Between two of the marks, from *at on, which is then behind the second. */
static bool next_quoted(const char **at, const char *end, char mark,
			struct line *span)
{
	span->text = memchr(*at, mark, (size_t)(end - *at));
	span->end = span->text ? memchr(span->text + 1, mark,
					(size_t)(end - span->text - 1)) :
				 NULL;
	if (!span->end)
		return false;
	span->text++;
	*at = span->end + 1;
	return true;
}

/*
 * A line of some form; not a command, which in a sentence is somebody's advice,
 * and has no answer below.
 */
static bool is_quotation(const struct line *span)
{
	struct shell_command command;

	return !shell_command_of(span, &command) &&
	       form_certain(span) != NR_FORMS;
}

/* The first such of several. */
static bool take_span(const struct line *line, char mark, struct prefixed *p)
{
	const char *at = line->text;
	struct line span;

	while (next_quoted(&at, line->end, mark, &span)) {
		if (!is_quotation(&span))
			continue;
		p->begin = span.text;
		p->end = span.end;
		p->foreign = mark == '`';
		return true;
	}
	return false;
}

/* One mark at either end: the other is in another line. */
static bool take_half_span(const struct line *line, struct prefixed *p)
{
	const char *mark =
		memchr(line->text, '`', (size_t)(line->end - line->text));

	if (!mark || (mark != line->text && mark + 1 != line->end) ||
	    memchr(mark + 1, '`', (size_t)(line->end - mark - 1)))
		return false;
	p->begin = mark == line->text ? mark + 1 : line->text;
	p->end = mark == line->text ? line->end : mark;
	p->foreign = true;
	return true;
}

/* A table's row: the first cell that is a line of some form. */
static bool take_cell(const struct line *line, struct prefixed *p)
{
	const char *at = line->text, *bar;
	struct line cell;

	for (;;) {
		bar = memchr(at, '|', (size_t)(line->end - at));
		cell = (struct line){ .text = at,
				      .end = bar ? bar : line->end };
		line_unwrap(&cell);
		if ((bar || at > line->text) && is_quotation(&cell)) {
			p->begin = cell.text;
			p->end = cell.end;
			return true;
		}
		if (!bar)
			return false;
		at = bar + 1;
	}
}

/* A sentence with `...` or "..." in it, a table; no JSON, no log of a program. */
static bool take_quoted(const struct line *line, struct prefixed *p)
{
	if (log_line_of_program(line))
		return false;
	if (take_half_span(line, p) || take_span(line, '`', p) ||
	    take_cell(line, p))
		return true;
	return line->text < line->end && isalpha((unsigned char)*line->text) &&
	       take_span(line, '"', p);
}

/*
 * "2024-05-11T08:11:22.1234567Z " of GitHub and Azure, 9 digits of Docker,
 * "[2024-05-11T08:11:22.123Z] " of Jenkins.
 */
static bool take_time(const struct line *line, struct prefixed *p)
{
	const char *at = line->text, *end = line->end, *digits;
	bool bracket = at < end && *at == '[';

	at += bracket;
	if (!looks_like(at, end, "0000-00-00T00:00:00."))
		return false;
	digits = at += strlen("0000-00-00T00:00:00.");
	while (at < end && is_digit(*at))
		at++;
	if (at == end || *at != 'Z' || (!bracket && at - digits < 7))
		return false;
	if (bracket && ++at < end && *at != ']')
		return false;
	if (at == end)
		return false;
	p->begin = at + 1;
	p->end = end;
	return true;
}

/* "Nov 27 10:42:07 host kvm-ok[123]: " of what a unit printed. */
static bool take_unit(const struct line *line, struct prefixed *p)
{
	if (!log_line_of_program(line))
		return false;
	p->begin =
		memmem(line->text, (size_t)(line->end - line->text), "]: ", 3);
	p->end = line->end;
	if (p->begin)
		p->begin += 3;
	return p->begin;
}

static bool (*const kinds[])(const struct line *line, struct prefixed *p) = {
	take_number, take_path, take_bullet, take_bar,
	take_marks,  take_time, take_unit,   take_quoted,
};

/* What a program printed is not the kernel's word. */
static bool is_believed(size_t kind, enum form_id form)
{
	return kinds[kind] != take_unit || form != FORM_KERNEL_LOG;
}

/* How many lines forms have, one after the other. */
struct count {
	enum form_id form; /* of the last one; or NR_FORMS */
	size_t lines;
};

static void count(struct count *count, const struct line *line, size_t kind,
		  bool prefixed, bool values)
{
	enum form_id id = NR_FORMS;

	if (line->text == line->end)
		return;
	if (values && rdmsr_is_value(line))
		id = FORM_RDMSR;
	if (id == NR_FORMS && count->form != NR_FORMS &&
	    input_forms[count->form].takes(line) != FORM_NO)
		id = count->form;
	if (id == NR_FORMS)
		id = form_certain(line);
	if (id != NR_FORMS && !is_believed(kind, id))
		id = NR_FORMS;
	count->form = id;
	/* A message is found behind any prefix: that tells nothing of it. */
	count->lines += id != NR_FORMS && !(prefixed && id == FORM_MESSAGES);
}

/* Lines with a prefix of one kind. */
struct block {
	size_t kind;
	struct lines begin; /* its first line is the next */
	u32 number;	    /* of its last line */
	bool foreign;
	struct count with, without; /* the prefix */
};

static void blank_out(struct buffer *text, const char *from, const char *to)
{
	memset(text->data + (from - text->data), ' ', (size_t)(to - from));
}

/* The block ends before the line at end. */
static void end_block(struct buffer *text, struct block *block, const char *end)
{
	struct lines lines = block->begin;
	struct prefixed p = { 0 };
	struct line line, without;

	if (!block->without.lines ||
	    block->without.lines < block->with.lines + !block->foreign)
		return;
	while (lines.next < end && line_next(&lines, &line)) {
		if (!kinds[block->kind](&line, &p))
			continue;
		without = (struct line){ .text = p.begin, .end = p.end };
		if (!is_believed(block->kind, FORM_KERNEL_LOG) &&
		    input_is_kernel_log(&without, false) == FORM_CERTAIN)
			continue;
		blank_out(text, line.text, p.begin);
		blank_out(text, p.end, line.end);
	}
}

static bool goes_on(const struct block *block, const struct prefixed *p)
{
	/* What is quoted in a line is of that line alone. */
	if (kinds[block->kind] == take_quoted)
		return false;
	return kinds[block->kind] != take_number || p->number > block->number;
}

static void one_kind(struct buffer *text, size_t kind, bool values)
{
	struct lines lines = {
		.next = text->data,
		.end = text->data + text->length,
		.wrapped = true,
	};
	struct block block = { .kind = kind };
	bool open = false;
	struct line line;

	for (;;) {
		struct prefixed p = { 0 };
		struct lines here = lines;
		struct line without;
		bool has;

		if (!line_next(&lines, &line))
			break;
		if (line.text == line.end)
			continue;
		has = kinds[kind](&line, &p);
		if (open && (!has || !goes_on(&block, &p))) {
			end_block(text, &block, here.next);
			open = false;
		}
		if (!has)
			continue;
		if (!open)
			block = (struct block){
				.kind = kind,
				.begin = here,
				.foreign = p.foreign,
				.with.form = NR_FORMS,
				.without.form = NR_FORMS,
			};
		open = true;
		block.number = p.number;
		without = (struct line){ .text = p.begin, .end = p.end };
		line_unwrap(&without);
		count(&block.with, &line, kind, true, values);
		count(&block.without, &without, kind, false, values);
	}
	if (open)
		end_block(text, &block, lines.end);
}

/* The kinds that some line may have. */
static unsigned int possible_kinds(const char *data, size_t length)
{
	struct lines lines = {
		.next = data,
		.end = data + length,
		.wrapped = true,
	};
	unsigned int possible = 0;
	struct prefixed p;
	struct line line;
	size_t kind;

	while (line_next(&lines, &line))
		for (kind = 0; kind < ARRAY_SIZE(kinds); kind++)
			if (!(possible & 1u << kind) && kinds[kind](&line, &p))
				possible |= 1u << kind;
	return possible;
}

int prefix_remove(struct buffer *text, const char *data, size_t length,
		  bool values)
{
	const char *now = text->data ? text->data : data;
	unsigned int possible =
		possible_kinds(now, text->data ? text->length : length);
	size_t kind;

	if (!possible)
		return 0;
	if (!text->data) {
		text->data = malloc(length);
		if (!text->data)
			return ENOMEM;
		memcpy(text->data, data, length);
		text->length = length;
	}
	/* Behind one prefix there may be another. */
	for (kind = 0; kind < ARRAY_SIZE(kinds); kind++) {
		if (!(possible & 1u << kind))
			continue;
		one_kind(text, kind, values);
		possible |= possible_kinds(text->data, text->length);
	}
	return 0;
}
