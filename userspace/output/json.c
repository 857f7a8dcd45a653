// SPDX-License-Identifier: GPL-2.0-only
#include "output/json.h"

#include <assert.h>
#include <inttypes.h>
#include <json-c/json.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/safe.h"

/* Deeper than any document of ours. */
#define DEPTH	   16
#define EXACT_BITS 53

struct json {
	struct json_object *open[DEPTH];
	int depth;
	bool failed;
};

struct json *json_new(const char *schema)
{
	struct json *json = calloc(1, sizeof(*json));

	if (!json)
		return NULL;
	json->open[0] = json_object_new_object();
	if (!json->open[0]) {
		free(json);
		return NULL;
	}
	if (schema)
		json_string(json, "schema", schema);
	return json;
}

/*
 * A member of an object; its name is made safe as well. Nearly every name is one
 * of the program's own, which is not copied for that.
 */
static int add_member(struct json_object *object, const char *key,
		      struct json_object *value)
{
	const char *at = key;
	char *safe;
	int error;

	while (*at >= ' ' && *at <= '~')
		at++;
	if (!*at)
		return json_object_object_add(object, key, value);
	safe = safe_string(key);
	if (!safe)
		return -1;
	error = json_object_object_add(object, safe, value);
	free(safe);
	return error;
}

/* Takes value, which is NULL where memory ran out or JSON's null is meant. */
static void add(struct json *json, const char *key, struct json_object *value)
{
	struct json_object *open;
	int error;

	if (!json) {
		json_object_put(value);
		return;
	}
	open = json->open[json->depth];
	if (json_object_is_type(open, json_type_array)) {
		error = json_object_array_add(open, value);
	} else {
		assert(key);
		error = add_member(open, key, value);
	}
	if (error) {
		json_object_put(value);
		json->failed = true;
	}
}

static void add_new(struct json *json, const char *key,
		    struct json_object *value)
{
	if (value)
		add(json, key, value);
	else if (json)
		json->failed = true;
}

static void open_container(struct json *json, const char *key,
			   struct json_object *container)
{
	if (!json) {
		json_object_put(container);
		return;
	}
	if (!container) {
		/* What follows goes into the outer one; it is not printed. */
		json->failed = true;
		container = json->open[json->depth];
	} else {
		add(json, key, container);
	}
	assert(json->depth + 1 < DEPTH);
	json->open[++json->depth] = container;
}

void json_begin_object(struct json *json, const char *key)
{
	open_container(json, key, json_object_new_object());
}

void json_begin_array(struct json *json, const char *key)
{
	open_container(json, key, json_object_new_array());
}

void json_end(struct json *json)
{
	if (!json)
		return;
	assert(json->depth > 0);
	json->depth--;
}

void json_null(struct json *json, const char *key)
{
	add(json, key, NULL);
}

void json_string(struct json *json, const char *key, const char *value)
{
	char *safe;

	if (!value) {
		json_null(json, key);
		return;
	}
	safe = safe_string(value);
	add_new(json, key, safe ? json_object_new_string(safe) : NULL);
	free(safe);
}

void json_known_string(struct json *json, const char *key, const char *value)
{
	json_string(json, key, value && *value ? value : NULL);
}

void json_format(struct json *json, const char *key, const char *format, ...)
{
	va_list arguments;
	char *value;
	int length;

	va_start(arguments, format);
	length = vasprintf(&value, format, arguments);
	va_end(arguments);
	if (length < 0) {
		if (json)
			json->failed = true;
		return;
	}
	json_string(json, key, value);
	free(value);
}

void json_boolean(struct json *json, const char *key, bool value)
{
	add_new(json, key, json_object_new_boolean(value));
}

void json_int(struct json *json, const char *key, int64_t value)
{
	add_new(json, key, json_object_new_int64(value));
}

void json_double(struct json *json, const char *key, double value)
{
	char text[32];

	snprintf(text, sizeof(text), "%.6g", value);
	add_new(json, key, json_object_new_double_s(value, text));
}

void json_uint(struct json *json, const char *key, uint64_t value)
{
	if (value >> EXACT_BITS)
		json_hex(json, key, value, 1);
	else
		json_int(json, key, (int64_t)value);
}

void json_known_uint(struct json *json, const char *key, bool known,
		     uint64_t value)
{
	if (known)
		json_uint(json, key, value);
	else
		json_null(json, key);
}

void json_hex(struct json *json, const char *key, uint64_t value, int digits)
{
	json_format(json, key, "0x%0*" PRIx64, digits, value);
}

static int put_line(const char *text, FILE *file)
{
	return fputs(text, file) >= 0 && putc('\n', file) != EOF ? 0 : -1;
}

/* Outside of strings JSON has none of these; U+2028 and U+2029 are safe.c's. */
static int put_script(const char *text, FILE *file)
{
	for (;;) {
		size_t plain = strcspn(text, "<>&");

		if (fwrite(text, 1, plain, file) != plain)
			return -1;
		text += plain;
		if (!*text)
			return putc('\n', file) == EOF ? -1 : 0;
		if (fprintf(file, "\\u%04x", (unsigned char)*text++) < 0)
			return -1;
	}
}

static int finish(struct json *json, FILE *file, int style,
		  int (*put)(const char *text, FILE *file))
{
	const char *text;
	int error = -1;

	if (!json)
		return -1;
	assert(!json->depth);
	if (!json->failed) {
		text = json_object_to_json_string_ext(
			json->open[0], style | JSON_C_TO_STRING_NOSLASHESCAPE);
		error = text ? put(text, file) : -1;
	}
	json_object_put(json->open[0]);
	free(json);
	return error;
}

int json_finish(struct json *json, FILE *file)
{
	return finish(json, file,
		      JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED,
		      put_line);
}

int json_finish_line(struct json *json, FILE *file)
{
	return finish(json, file, JSON_C_TO_STRING_PLAIN, put_line);
}

int json_finish_script(struct json *json, FILE *file)
{
	return finish(json, file, JSON_C_TO_STRING_PLAIN, put_script);
}
