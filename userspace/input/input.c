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
#include "input/forms.h"
#include "input/gzip.h"
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
	char titles[320] = "";
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

static struct host *parse(const struct input_piece *whole,
			  struct input_error *error)
{
	const struct input_form *form;
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
	form = form_of(whole);
	if (!form) {
		unknown_form(error, whole->name);
		return NULL;
	}
	return form->parse(whole, form->source, error);
}

static struct host *too_large(const char *name, struct input_error *error)
{
	input_error(error, STATUS_BAD_INPUT, name, 0,
		    "larger than %lu MiB, which no capture or dump is",
		    INPUT_MAX >> 20);
	return NULL;
}

static struct host *parse_utf16(const char *name, const char *data,
				size_t length, struct input_error *error)
{
	struct input_piece whole = { .name = name };
	struct buffer text;
	struct host *host;

	switch (utf16_decode(&text, data, length)) {
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

	if (utf16_is(data, length))
		return parse_utf16(name, data, length, error);
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
