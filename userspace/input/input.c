// SPDX-License-Identifier: GPL-2.0-only
/* An input of any form, from a file or memory. */
#include "input/input.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/append.h"
#include "base/array.h"
#include "input/archive.h"
#include "input/buffer.h"
#include "input/error.h"
#include "input/gzip.h"
#include "input/paste.h"
#include "input/plain.h"
#include "input/prefix.h"
#include "input/rejoin.h"
#include "input/system_parse.h"
#include "input/rdmsr.h"
#include "input/sos.h"
#include "input/unite.h"
#include "input/utf16.h"
#include "input/whole.h"

/* Nobody puts numbers before the lines of a longer text, nor mails it. */
#define NUMBERED_MAX (16UL << 20)
#define MAILED_MAX   (256UL << 10)

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
	char titles[FORM_TITLES] = "";

	for (enum form_id id = 0; id < NR_FORMS; id++)
		append_text(titles, sizeof(titles),
			    id + 1 == NR_FORMS ? " or " : ", ", "%s",
			    input_forms[id].title);
	input_error(error, STATUS_BAD_INPUT, name, 1, "not %s", titles);
}

/* What rdmsr -a prints, and nothing else, is the only thing that is posted so. */
static bool begins_with_value(const struct input_piece *whole)
{
	struct lines lines = piece_lines(whole);
	struct line line;

	lines.wrapped = true;
	while (line_next(&lines, &line))
		if (line.text != line.end)
			return rdmsr_is_value(&line);
	return false;
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

	if (host->nr_groups || facts_count(host->facts))
		return host;
	ARRAY_EACH(form, paste->order, paste->nr_forms)
		if (paste->of[*form].last > last)
			last = paste->of[*form].last;
	input_error(error, STATUS_BAD_INPUT, name, last,
		    "no line of it tells of a machine");
	host_free(host);
	return NULL;
}

/* Free those that have nothing to add, all but one. Returns how many are left. */
static size_t drop_empty(struct united_piece *pieces, size_t count)
{
	size_t i, kept = 0;

	for (i = 0; i < count; i++) {
		struct host *host = pieces[i].host;
		bool last = !kept && i + 1 == count;

		if (last || host->nr_groups || facts_count(host->facts))
			pieces[kept++] = pieces[i];
		else
			host_free(host);
	}
	return kept;
}

static struct host *parse_paste(const struct paste *paste,
				const struct input_piece *whole,
				struct input_error *error)
{
	struct united_piece pieces[NR_FORMS];
	struct host *host;
	size_t count;

	if (!parse_pieces(pieces, paste, whole, error))
		return NULL;
	count = drop_empty(pieces, paste->nr_forms);
	host = count > 1 ? unite(pieces, count) : pieces->host;
	/* A capture has done so, but not with the facts of other pieces. */
	if (host && system_parse(&host->system, host->facts, NULL)) {
		host_free(host);
		host = NULL;
	}
	if (!host) {
		input_no_memory(error, whole->name);
		return NULL;
	}
	if (whole->partial)
		host->lines = paste->lines;
	host->ignored = paste->ignored;
	host->first_ignored = paste->first_ignored;
	return whole->partial ? host :
				refuse_nothing(host, paste, whole->name, error);
}

/* A mail may go on behind a dump; what is behind a capture is its damage. */
static bool has_text_behind(const struct paste *paste, enum form_id form)
{
	return paste->nr_forms && !paste->torn && form != FORM_CAPTURE;
}

/* Another file may have what tells of the machine. */
static struct host *without_form(const struct paste *paste,
				 const struct input_piece *whole,
				 struct input_error *error)
{
	struct host *host = host_new(HOST_SEVERAL, whole->name);

	if (!host) {
		input_no_memory(error, whole->name);
		return NULL;
	}
	host->lines = paste->lines;
	host->ignored = paste->ignored;
	host->first_ignored = paste->first_ignored;
	return host;
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
	alone = strict != NR_FORMS &&
		(!paste.nr_forms ||
		 (paste.nr_forms == 1 && paste.order[0] == strict));
	if (alone && !has_text_behind(&paste, strict))
		goto out;
	if (whole->values_of && !paste.values)
		input_error(
			error, STATUS_BAD_INPUT, whole->name, 0,
			"no values of %s: lines with a number and no command of rdmsr before them",
			vi_msrs[*whole->values_of].name);
	else if (paste.nr_forms)
		host = parse_paste(&paste, whole, alone ? &other : error);
	else if (whole->partial)
		host = without_form(&paste, whole, error);
	else if (begins_with_value(whole))
		input_error(
			error, STATUS_BAD_INPUT, whole->name, 1,
			"a value of no register: --register=REGISTER tells which one rdmsr read");
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

	while (line_next(&lines, &line))
		if (skip_blanks(line.text, line.end) < line.end &&
		    *line.text != '#')
			break;
	ARRAY_EACH(form, forms, ARRAY_SIZE(forms))
		if (input_forms[*form].recognise(
			    &line, lines.number == whole->line + 1))
			return *form;
	return NR_FORMS;
}

static void unpack_it(const char *name, struct input_error *error)
{
	input_error(
		error, STATUS_BAD_INPUT, name, 0,
		"an archive: unpack it (tar -xf), and give the folder of sos, or a file in it");
}

/*
 * *strict is the form that the whole has to be of, or NR_FORMS. NULL where it
 * is not, with *error filled.
 */
static struct host *parse_strict(const struct input_piece *whole,
				 enum form_id *strict,
				 struct input_error *error)
{
	/* A file of one form alone has no such values; a part is read as a paste. */
	*strict = whole->values_of || whole->partial ? NR_FORMS :
						       strict_form(whole);
	if (*strict == NR_FORMS)
		return NULL;
	return input_forms[*strict].parse(whole, input_forms[*strict].source,
					  error);
}

/* Make *to the text; it was made of what *to is. */
static void replace(struct buffer *to, struct buffer text)
{
	free(to->data);
	*to = text;
}

/*
 * The text as it was before it was mailed, numbered or made a web page, with
 * as many lines; its data is NULL where nothing had to be changed. Returns 0 or
 * ENOMEM.
 */
static int undo_changes(struct buffer *text, const struct input_piece *whole)
{
	struct buffer joined;

	if (plain_text(text, whole->data, whole->length))
		return ENOMEM;
	if (whole->length <= NUMBERED_MAX &&
	    prefix_remove(text, whole->data, whole->length, whole->values_of))
		goto no_memory;
	if (whole->length > MAILED_MAX)
		return 0;
	if (rejoin_lines(&joined, text->data ? text->data : whole->data,
			 text->data ? text->length : whole->length))
		goto no_memory;
	if (joined.data)
		replace(text, joined);
	return 0;
no_memory:
	free(text->data);
	return ENOMEM;
}

static struct host *parse_changed(const struct input_piece *whole,
				  const struct buffer *text,
				  struct input_error *error)
{
	struct input_piece changed = *whole;
	enum form_id strict;
	struct host *host;

	changed.data = text->data;
	changed.length = text->length;
	host = parse_strict(&changed, &strict, error);
	if (host || (strict != NR_FORMS && error->status != STATUS_BAD_INPUT))
		return host;
	return read_paste(&changed, strict, error);
}

static struct host *parse(const struct input_piece *whole,
			  struct input_error *error)
{
	struct buffer text;
	enum form_id strict;
	struct host *host;
	const char *nul;

	if (!whole->length && !whole->partial) {
		input_error(error, STATUS_BAD_INPUT, whole->name, 1, "empty");
		return NULL;
	}
	if (archive_is(whole->data, whole->length)) {
		unpack_it(whole->name, error);
		return NULL;
	}
	nul = memchr(whole->data, '\0', whole->length);
	if (nul) {
		input_error(error, STATUS_BAD_INPUT, whole->name,
			    line_of(whole->data, nul), "binary data, not text");
		return NULL;
	}
	host = parse_strict(whole, &strict, error);
	if (host || (strict != NR_FORMS && error->status != STATUS_BAD_INPUT))
		return host;
	/* What is printed by a capture has no escapes: they are damage. */
	if (strict == FORM_CAPTURE &&
	    memchr(whole->data, '\033', whole->length))
		return read_paste(whole, strict, error);
	if (undo_changes(&text, whole)) {
		input_no_memory(error, whole->name);
		return NULL;
	}
	if (!text.data)
		return read_paste(whole, strict, error);
	host = parse_changed(whole, &text, error);
	free(text.data);
	return host;
}

/* What reading or decoding met, an errno. Returns NULL. */
static struct host *unread(const char *name, int failed,
			   struct input_error *error)
{
	const char *damage =
		failed == EILSEQ ?
			"truncated: UTF-16 that ends amid a character" :
		failed == ENODATA ?
			"truncated: the end of the gzip data is missing" :
		failed == EBADMSG ? "damaged gzip data" :
				    NULL;

	if (failed == EFBIG && archive_is_named(name))
		unpack_it(name, error);
	else if (failed == EFBIG)
		input_error(error, STATUS_BAD_INPUT, name, 0,
			    "larger than %lu MiB, which no capture or dump is",
			    INPUT_MAX >> 20);
	else if (damage)
		input_error(error, STATUS_BAD_INPUT, name, 0, "%s", damage);
	else
		input_no_memory(error, name);
	return NULL;
}

static struct host *parse_utf16(struct input_piece whole,
				enum utf16_order order,
				struct input_error *error)
{
	const char *name = whole.name;
	struct buffer text;
	struct host *host;
	int failed = utf16_decode(&text, order, whole.data, whole.length);

	if (failed)
		return unread(name, failed, error);
	whole.data = text.data;
	whole.length = text.length;
	host = parse(&whole, error);
	free(text.data);
	return host;
}

static struct host *parse_plain(struct input_piece whole,
				struct input_error *error)
{
	enum utf16_order order = utf16_order_of(whole.data, whole.length);

	if (order != UTF16_NOT)
		return parse_utf16(whole, order, error);
	if (BEGINS(whole.data, whole.data + whole.length, BYTE_ORDER_MARK)) {
		whole.data += strlen(BYTE_ORDER_MARK);
		whole.length -= strlen(BYTE_ORDER_MARK);
	}
	return parse(&whole, error);
}

static struct host *parse_gzip(struct input_piece whole,
			       struct input_error *error)
{
	const char *name = whole.name;
	struct buffer text;
	struct host *host;
	int failed = gzip_decode(&text, whole.data, whole.length);

	if (failed)
		return unread(name, failed, error);
	whole.data = text.data;
	whole.length = text.length;
	host = parse_plain(whole, error);
	free(text.data);
	return host;
}

/* Compressed once, not more often: there is data that unpacks to itself. */
static struct host *parse_any(const struct input_piece *whole,
			      struct input_error *error)
{
	return gzip_is(whole->data, whole->length) ? parse_gzip(*whole, error) :
						     parse_plain(*whole, error);
}

struct host *input_memory(const char *name, const char *data, size_t length,
			  struct input_error *error)
{
	const struct input_piece whole = {
		.name = name,
		.data = data,
		.length = length,
	};

	return parse_any(&whole, error);
}

static bool is_folder(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

/* whole has all but the data, and its name for messages. */
static struct host *read_file(const char *path, struct input_piece whole,
			      int *failed, struct input_error *error)
{
	bool standard_input = !strcmp(path, "-");
	struct buffer buffer;
	struct host *host;

	if (standard_input)
		whole.name = "standard input";
	*failed = standard_input ? buffer_read_fd(&buffer, STDIN_FILENO) :
				   buffer_read(&buffer, path);
	if (*failed == EFBIG)
		return unread(whole.name, EFBIG, error);
	if (*failed) {
		input_error(error, STATUS_FAILED, whole.name, 0,
			    "cannot read: %s", strerror(*failed));
		return NULL;
	}
	whole.data = buffer.data;
	whole.length = buffer.length;
	host = parse_any(&whole, error);
	free(buffer.data);
	return host;
}

struct host *input_file(const char *path, struct input_error *error)
{
	int failed;

	if (is_folder(path))
		return sos_read(path, error);
	return read_file(path, (struct input_piece){ .name = path }, &failed,
			 error);
}

struct host *input_file_of(const char *path, enum vi_msr msr,
			   struct input_error *error)
{
	int failed;

	return read_file(
		path, (struct input_piece){ .name = path, .values_of = &msr },
		&failed, error);
}

struct host *input_part(const char *path, bool *missing,
			struct input_error *error)
{
	int failed;
	struct host *host = read_file(
		path, (struct input_piece){ .name = path, .partial = true },
		&failed, error);

	*missing = failed == ENOENT;
	return host;
}
