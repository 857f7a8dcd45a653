/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines and numbers of an input in memory. Inline: every byte goes here. */
#ifndef VIRTINFO_INPUT_SCAN_H
#define VIRTINFO_INPUT_SCAN_H

#include "types.h"

/*
 * A list of every second CPU of 8192 fits well; what is longer is no text of
 * ours nor of the programs whose dumps are read.
 */
#define INPUT_LINE_MAX 65536

/* Some lines of an input, one after the other. */
struct line_range {
	const char *begin;
	const char *end;
	unsigned long before; /* lines of the input before begin */
};

struct lines {
	const char *next;     /* begin of the next line */
	const char *end;      /* of the range that is read */
	unsigned long number; /* of the line read last, from 1 */
	bool wrapped; /* take quote marks and indentation off, input/wrap.h */
	const struct line_range *more; /* nr_more ranges to read after it */
	size_t nr_more;
};

struct line {
	const char *text;
	const char *end; /* without the line's end, LF or CR LF */
	bool whole;	 /* the input has that end */
};

/* Go on with the next range. Returns false where there is none. */
bool lines_next_range(struct lines *lines);
/* The line without what a mail or a web page put around it (input/wrap.h). */
void line_unwrap(struct line *line);

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Returns false at the end of the input. */
static inline bool line_next(struct lines *lines, struct line *line)
{
	const char *end;
	size_t left;

	if (lines->next == lines->end && !lines_next_range(lines))
		return false;
	left = (size_t)(lines->end - lines->next);
	lines->number++;
	line->text = lines->next;
	end = memchr(line->text, '\n', left);
	line->whole = end;
	if (!end)
		end = lines->end;
	lines->next = line->whole ? end + 1 : end;
	if (end > line->text && end[-1] == '\r')
		end--;
	line->end = end;
	if (lines->wrapped)
		line_unwrap(line);
	return true;
}

static inline bool line_too_long(const struct line *line)
{
	return line->end - line->text > INPUT_LINE_MAX;
}

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && is_blank(*at))
		at++;
	return at;
}

/* Does the text begin with the string literal? */
#define BEGINS(at, end, literal)                                               \
	((size_t)((end) - (at)) >= sizeof(literal) - 1 &&                      \
	 !memcmp(at, literal, sizeof(literal) - 1))

/* Is it the string literal? */
#define IS(at, end, literal)                                                   \
	((size_t)((end) - (at)) == sizeof(literal) - 1 &&                      \
	 !memcmp(at, literal, sizeof(literal) - 1))

/*
 * What is behind the text, which is no literal; NULL where it does not begin so.
 * Rows of tables are asked about one by one, and most differ in the first byte:
 * their lengths are not looked for.
 */
static inline const char *behind_text(const char *at, const char *end,
				      const char *text)
{
	for (; *text; at++, text++)
		if (at == end || *at != *text)
			return NULL;
	return at;
}

/* The same two of a string that is no literal. */
static inline bool begins_with(const char *at, const char *end,
			       const char *text)
{
	return behind_text(at, end, text);
}

static inline bool is_text(const char *at, const char *end, const char *text)
{
	return behind_text(at, end, text) == end;
}

/* The value of a hexadecimal digit, more than 15 of every other byte. */
extern const unsigned char scan_digit[256];

/*
 * A hexadecimal number of at most that many digits, without 0x. Returns what
 * is behind it, or NULL where there is none or it has more digits.
 */
static inline const char *scan_digits(const char *at, const char *end,
				      unsigned int digits, u64 *value)
{
	const char *start = at;
	u64 number = 0;

	for (; at < end; at++) {
		unsigned char digit = scan_digit[(unsigned char)*at];

		if (digit > 15)
			break;
		if (!digits--)
			return NULL;
		number = number << 4 | digit;
	}
	*value = number;
	return at == start ? NULL : at;
}

/* The same with 0x in front. */
static inline const char *scan_hex(const char *at, const char *end,
				   unsigned int digits, u64 *value)
{
	if (!BEGINS(at, end, "0x"))
		return NULL;
	return scan_digits(at + 2, end, digits, value);
}

/*
 * A decimal number. Returns what is behind it, or NULL where there is none.
 * Numbers above @max are @max.
 */
const char *scan_decimal(const char *at, const char *end, u32 max, u32 *value);

#endif
