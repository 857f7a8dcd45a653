/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of a system besides its registers, as the key and value lines
 * of a capture. Live gathering and reading a capture both end here, so that
 * whatever is judged from facts replays elsewhere. Who judges asks
 * model/system.h, which has them parsed.
 */
#ifndef VIRTINFO_BASE_FACTS_H
#define VIRTINFO_BASE_FACTS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct facts;

/* Both strings live as long as the facts that they are of. */
struct fact {
	const char *key;
	const char *value;
	unsigned long line;	  /* of the input; 0 where it is from no file */
	const struct fact *first; /* of the same key; NULL: this is the first */
};

/* NULL when there is no memory. */
struct facts *facts_new(void);
void facts_free(struct facts *facts);

/*
 * Append a fact; both strings are copied. Line breaks and other control bytes
 * of a value are written as \xNN. Returns 0, or -1 when there is no memory.
 */
int facts_add(struct facts *facts, const char *key, const char *value);
int facts_format(struct facts *facts, const char *key, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
int facts_vformat(struct facts *facts, unsigned long line, const char *key,
		  const char *format, va_list arguments)
	__attribute__((format(printf, 4, 0)));
/* The same of a line of an input, in which the two are not terminated. */
int facts_add_line(struct facts *facts, unsigned long line, const char *key,
		   size_t key_length, const char *value, size_t value_length);

/*
 * The same of a key that is there once at most, whose value then is another one
 * from that line on.
 */
int facts_set_line(struct facts *facts, unsigned long line, const char *key,
		   const char *value, size_t value_length);

/* The first fact with that key, or NULL when it is not known; and its value. */
const struct fact *facts_find(const struct facts *facts, const char *key);
const char *facts_get(const struct facts *facts, const char *key);
/* The same of a key made by a format. */
const char *facts_getf(const struct facts *facts, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The fact "module NAME": loaded, builtin, loadable, absent or unknown; or NULL. */
const char *facts_module(const struct facts *facts, const char *module);
/* Is the module known to be loaded or built in? */
bool facts_module_present(const struct facts *facts, const char *module);

/* All of them, in the order of adding. */
size_t facts_count(const struct facts *facts);
struct fact facts_at(const struct facts *facts, size_t index);

#endif
