// SPDX-License-Identifier: GPL-2.0-only
/* An input of any form, from a file or memory. */
#include "input/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/buffer.h"
#include "input/error.h"
#include "input/gzip.h"
#include "input/paste.h"
#include "input/unite.h"
#include "input/utf16.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

static unsigned long line_of(const char *data, const char *at)
{
	unsigned long number = 1;

	while ((data = memchr(data, '\n', (size_t)(at - data)))) {
		number++;
		data++;
	}
	return number;
}

/* "not A, B or C" of all forms. */
static void unknown_form(struct input_error *error, const char *name)
{
	char titles[800] = "";
	size_t length = 0;
	enum form_id id;

	for (id = 0; id < NR_FORMS && length < sizeof(titles); id++)
		length += (size_t)snprintf(titles + length,
					   sizeof(titles) - length, "%s%s",
					   !id		      ? "" :
					   id + 1 == NR_FORMS ? " or " :
								", ",
					   input_forms[id].title);
	input_error(error, STATUS_BAD_INPUT, name, 1, "not %s", titles);
}

/* Each form's part of the paste; false where one cannot be parsed. */
static bool parse_pieces(struct united_piece pieces[NR_FORMS],
			 const struct paste *paste,
			 const struct input_piece *whole,
			 struct input_error *error)
{
	size_t i;

	for (i = 0; i < paste->nr_forms; i++) {
		enum form_id id = paste->order[i];
		const struct input_form *form = &input_forms[id];
		struct input_piece piece = paste_piece(paste, id, whole);

		pieces[i] = (struct united_piece){
			.host = form->parse(&piece, form->source, error),
			.title = form->title,
			.first = paste->of[id].first,
			.last = paste->of[id].last,
		};
		if (!pieces[i].host)
			break;
	}
	if (i == paste->nr_forms)
		return true;
	while (i--)
		host_free(pieces[i].host);
	return false;
}

/* Each of several pieces may have nothing to add, but not all of them. */
static struct host *refuse_nothing(struct host *host, const struct paste *paste,
				   const char *name, struct input_error *error)
{
	unsigned long last = 0;
	size_t i;

	if (host->nr_groups || facts_count(host->facts))
		return host;
	for (i = 0; i < paste->nr_forms; i++)
		if (paste->of[paste->order[i]].last > last)
			last = paste->of[paste->order[i]].last;
	input_error(error, STATUS_BAD_INPUT, name, last,
		    "no line of it tells of a machine");
	host_free(host);
	return NULL;
}

static struct host *parse_paste(const struct paste *paste,
				const struct input_piece *whole,
				struct input_error *error)
{
	struct united_piece pieces[NR_FORMS];
	struct host *host;

	if (!parse_pieces(pieces, paste, whole, error))
		return NULL;
	host = paste->nr_forms > 1 ? unite(pieces, paste->nr_forms) :
				     pieces->host;
	/* A capture has done so, but not with the facts of other pieces. */
	if (host && system_parse(&host->system, host->facts, NULL)) {
		host_free(host);
		host = NULL;
	}
	if (!host) {
		input_no_memory(error, whole->name);
		return NULL;
	}
	host->ignored = paste->ignored;
	host->first_ignored = paste->first_ignored;
	return refuse_nothing(host, paste, whole->name, error);
}

/* A mail may go on behind a dump; what is behind a capture is its damage. */
static bool has_text_behind(const struct paste *paste, enum form_id form)
{
	return paste->nr_forms && !paste->torn && form != FORM_CAPTURE;
}

/*
 * strict: the form that the file begins with, whose parser has filled *error:
 * it stands where the file is of that form alone. NR_FORMS: any.
 */
static struct host *read_paste(const struct input_piece *whole,
			       enum form_id strict, struct input_error *error)
{
	struct input_error other;
	struct host *host = NULL;
	struct paste paste;
	bool alone;

	if (paste_split(&paste, whole)) {
		input_no_memory(error, whole->name);
		goto out;
	}
	alone = strict != NR_FORMS && paste.nr_forms <= 1;
	if (alone && !has_text_behind(&paste, strict))
		goto out;
	if (paste.nr_forms)
		host = parse_paste(&paste, whole, alone ? &other : error);
	else
		unknown_form(error, whole->name);
out:
	paste_free(&paste);
	return host;
}

/*
 * A file whose first line is of a form that has no other text in it has to be
 * of that form as a whole.
 */
static enum form_id strict_form(const struct input_piece *whole)
{
	static const enum form_id forms[] = { FORM_CAPTURE, FORM_CPUID_DUMP };
	struct lines lines = piece_lines(whole);
	struct line line;
	size_t i;

	while (line_next(&lines, &line))
		if (skip_blanks(line.text, line.end) < line.end &&
		    *line.text != '#')
			break;
	for (i = 0; i < ARRAY_SIZE(forms); i++)
		if (input_forms[forms[i]].recognise(
			    &line, lines.number == whole->line + 1))
			return forms[i];
	return NR_FORMS;
}

static struct host *parse(const struct input_piece *whole,
			  struct input_error *error)
{
	enum form_id strict;
	struct host *host;
	const char *nul;

	if (!whole->length) {
		input_error(error, STATUS_BAD_INPUT, whole->name, 1, "empty");
		return NULL;
	}
	nul = memchr(whole->data, '\0', whole->length);
	if (nul) {
		input_error(error, STATUS_BAD_INPUT, whole->name,
			    line_of(whole->data, nul), "binary data, not text");
		return NULL;
	}
	strict = strict_form(whole);
	if (strict != NR_FORMS) {
		host = input_forms[strict].parse(
			whole, input_forms[strict].source, error);
		if (host || error->status != STATUS_BAD_INPUT)
			return host;
	}
	return read_paste(whole, strict, error);
}

static struct host *too_large(const char *name, struct input_error *error)
{
	input_error(error, STATUS_BAD_INPUT, name, 0,
		    "larger than %lu MiB, which no capture or dump is",
		    INPUT_MAX >> 20);
	return NULL;
}

static struct host *parse_utf16(const char *name, enum utf16_order order,
				const char *data, size_t length,
				struct input_error *error)
{
	struct input_piece whole = { .name = name };
	struct buffer text;
	struct host *host;

	switch (utf16_decode(&text, order, data, length)) {
	case 0:
		break;
	case EFBIG:
		return too_large(name, error);
	case EILSEQ:
		input_error(error, STATUS_BAD_INPUT, name, 0,
			    "truncated: UTF-16 that ends amid a character");
		return NULL;
	default:
		input_no_memory(error, name);
		return NULL;
	}
	whole.data = text.data;
	whole.length = text.length;
	host = parse(&whole, error);
	free(text.data);
	return host;
}

static struct host *parse_plain(const char *name, const char *data,
				size_t length, struct input_error *error)
{
	struct input_piece whole = {
		.name = name,
		.data = data,
		.length = length,
	};

	enum utf16_order order = utf16_order_of(data, length);

	if (order != UTF16_NOT)
		return parse_utf16(name, order, data, length, error);
	if (BEGINS(data, data + length, BYTE_ORDER_MARK)) {
		whole.data += strlen(BYTE_ORDER_MARK);
		whole.length -= strlen(BYTE_ORDER_MARK);
	}
	return parse(&whole, error);
}

static struct host *parse_gzip(const char *name, const char *data,
			       size_t length, struct input_error *error)
{
	struct buffer text;
	struct host *host;

	switch (gzip_decode(&text, data, length)) {
	case 0:
		break;
	case EFBIG:
		return too_large(name, error);
	case ENODATA:
		input_error(error, STATUS_BAD_INPUT, name, 0,
			    "truncated: the end of the gzip data is missing");
		return NULL;
	case EBADMSG:
		input_error(error, STATUS_BAD_INPUT, name, 0,
			    "damaged gzip data");
		return NULL;
	default:
		input_no_memory(error, name);
		return NULL;
	}
	host = parse_plain(name, text.data, text.length, error);
	free(text.data);
	return host;
}

/* Compressed once, not more often: there is data that unpacks to itself. */
struct host *input_memory(const char *name, const char *data, size_t length,
			  struct input_error *error)
{
	return gzip_is(data, length) ? parse_gzip(name, data, length, error) :
				       parse_plain(name, data, length, error);
}

struct host *input_file(const char *path, struct input_error *error)
{
	bool standard_input = !strcmp(path, "-");
	const char *name = standard_input ? "standard input" : path;
	struct buffer buffer;
	struct host *host;
	int failed;

	failed = standard_input ? buffer_read_fd(&buffer, STDIN_FILENO) :
				  buffer_read(&buffer, path);
	if (failed == EFBIG)
		return too_large(name, error);
	if (failed) {
		input_error(error, STATUS_FAILED, name, 0, "cannot read: %s",
			    strerror(failed));
		return NULL;
	}
	host = input_memory(name, buffer.data, buffer.length, error);
	free(buffer.data);
	return host;
}
