/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is known of a system besides its registers, as the key and value lines
 * of a capture. Live gathering and reading a capture both end here, so that
 * whatever is judged from facts replays elsewhere.
 */
#ifndef VIRTINFO_BASE_FACTS_H
#define VIRTINFO_BASE_FACTS_H

#include <stdbool.h>
#include <stddef.h>

struct facts;

struct fact {
	const char *key;
	const char *value;
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

/* The value of the first fact with that key, or NULL when it is not known. */
const char *facts_get(const struct facts *facts, const char *key);

/* The fact "module NAME": loaded, builtin, loadable, absent or unknown; or NULL. */
const char *facts_module(const struct facts *facts, const char *module);
/* Is the module known to be loaded or built in? */
bool facts_module_present(const struct facts *facts, const char *module);

/* All of them, in the order of adding. */
size_t facts_count(const struct facts *facts);
struct fact facts_at(const struct facts *facts, size_t index);

#endif
