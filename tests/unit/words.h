/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of forms without a register share. */
#ifndef VIRTINFO_TESTS_UNIT_WORDS_H
#define VIRTINFO_TESTS_UNIT_WORDS_H

#include "verdict.h"

/* The machine of a text that is of that form alone, each line of it. */
static inline struct host *parse_words(const char *text,
				       enum host_source source)
{
	struct host *host = parse_string(text);

	assert_int_equal(host->source, source);
	assert_int_equal(host->nr_groups, 0);
	assert_int_equal(host->ignored, 0);
	assert_keys_once(host->facts);
	return host;
}

/* One fact of a text; NULL: it has none of that key. */
static inline void assert_tells(const char *text, enum host_source source,
				const char *key, const char *value)
{
	struct host *host = parse_words(text, source);

	if (value)
		assert_fact(host, key, value);
	else
		assert_no_fact(host, key);
	host_free(host);
}

#endif
