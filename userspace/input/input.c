// SPDX-License-Identifier: GPL-2.0-only
/* Which form an input has is told by its first lines that mean anything. */
#include "input/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/buffer.h"
#include "input/error.h"
#include "input/forms.h"
#include "input/scan.h"
#include "input/utf16.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

enum form { UNKNOWN_FORM, TEXT, CPUID_R, AIDA64 };

static bool is_text(const char *at, const char *end)
{
	if (!BEGINS(at, end, "virtinfo"))
		return false;
	at = skip_blanks(at + strlen("virtinfo"), end);
	return at < end && *at == ':';
}

/* "CPU 0:", "CPU:" of cpuid -1, or a leaf without such a header. */
static bool is_cpuid_r(const char *at, const char *end)
{
	u32 cpu;
	u64 leaf;

	if (BEGINS(at, end, "CPU:"))
		return true;
	if (BEGINS(at, end, "CPU ")) {
		at = scan_decimal(at + 4, end, 0xffffffff, &cpu);
		return at && IS(at, end, ":");
	}
	if (at == end || !is_blank(*at))
		return false;
	at = scan_hex(skip_blanks(at, end), end, 8, &leaf);
	return at && BEGINS(at, end, " 0x");
}

static bool is_aida64(const char *at, const char *end)
{
	u64 number;

	if (BEGINS(at, end, "------[") ||
	    BEGINS(at, end, "CPUID Registers (CPU #"))
		return true;
	if (BEGINS(at, end, "CPUID "))
		at += strlen("CPUID ");
	else if (BEGINS(at, end, "MSR "))
		at += strlen("MSR ");
	else
		return false;
	at = scan_digits(at, end, 8, &number);
	return at && at < end && *at == ':';
}

static enum form recognise(const char *data, size_t length)
{
	struct lines lines = { .next = data, .end = data + length };
	struct line line;

	while (line_next(&lines, &line)) {
		if (lines.number == 1 && is_text(line.text, line.end))
			return TEXT;
		if (is_cpuid_r(line.text, line.end))
			return CPUID_R;
		if (is_aida64(line.text, line.end))
			return AIDA64;
	}
	return UNKNOWN_FORM;
}

static unsigned long line_of(const char *data, const char *at)
{
	unsigned long number = 1;

	while ((data = memchr(data, '\n', (size_t)(at - data)))) {
		number++;
		data++;
	}
	return number;
}

static struct host *parse(const char *name, const char *data, size_t length,
			  struct input_error *error)
{
	const char *nul;

	if (!length) {
		input_error(error, STATUS_BAD_INPUT, name, 1, "empty");
		return NULL;
	}
	nul = memchr(data, '\0', length);
	if (nul) {
		input_error(error, STATUS_BAD_INPUT, name, line_of(data, nul),
			    "binary data, not text");
		return NULL;
	}
	switch (recognise(data, length)) {
	case TEXT:
		return input_text(name, data, length, HOST_CAPTURE, error);
	case CPUID_R:
		return input_cpuid_r(name, data, length, error);
	case AIDA64:
		return input_aida64(name, data, length, error);
	default:
		input_error(
			error, STATUS_BAD_INPUT, name, 1,
			"not a text of /proc/virtinfo, a cpuid -r dump or an AIDA64 dump");
		return NULL;
	}
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
	host = parse(name, text.data, text.length, error);
	free(text.data);
	return host;
}

struct host *input_memory(const char *name, const char *data, size_t length,
			  struct input_error *error)
{
	if (utf16_is(data, length))
		return parse_utf16(name, data, length, error);
	if (length >= strlen(BYTE_ORDER_MARK) &&
	    !memcmp(data, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK))) {
		data += strlen(BYTE_ORDER_MARK);
		length -= strlen(BYTE_ORDER_MARK);
	}
	return parse(name, data, length, error);
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
