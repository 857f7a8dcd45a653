/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * JSON documents. This is the only interface to the JSON library: reports
 * name values, the writer knows how JSON spells them. Every string is made
 * safe first (output/safe.h), so a document is valid whatever the hardware
 * or a capture said.
 */
#ifndef VIRTINFO_OUTPUT_JSON_H
#define VIRTINFO_OUTPUT_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json;

/*
 * A new document, an object whose first member is "schema": schema; NULL for one
 * whose form is another's.
 */
struct json *json_new(const char *schema);

/*
 * Add a member to the container that is open. key names it in an object and
 * is NULL in an array. Every json_begin_object() and json_begin_array() needs its
 * json_end().
 */
void json_begin_object(struct json *json, const char *key);
void json_begin_array(struct json *json, const char *key);
void json_end(struct json *json);

/* value NULL is written as null. */
void json_string(struct json *json, const char *key, const char *value);
/* The same, and "" too is null: what is not known. */
void json_known_string(struct json *json, const char *key, const char *value);
void json_format(struct json *json, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void json_boolean(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);
void json_int(struct json *json, const char *key, int64_t value);
void json_double(struct json *json, const char *key, double value);

/* A number, or a string "0x..." where 53 bits do not hold it exactly. */
void json_uint(struct json *json, const char *key, uint64_t value);

/* The same, or null where it is not known. */
void json_known_uint(struct json *json, const char *key, bool known,
		     uint64_t value);

/* A string "0x...", with at least @digits digits. */
void json_hex(struct json *json, const char *key, uint64_t value, int digits);

/*
 * Print the document to file, with a newline, and free it.
 * Returns 0, or -1 when memory ran out on the way or file took a write error.
 */
int json_finish(struct json *json, FILE *file);
/* The same in one line. */
int json_finish_line(struct json *json, FILE *file);
/*
 * The same for HTML's <script>: with <, > and & as \u003c, \u003e and \u0026 no
 * text in it is markup or ends it.
 */
int json_finish_script(struct json *json, FILE *file);

#endif
