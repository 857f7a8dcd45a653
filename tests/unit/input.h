/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of the inputs share. */
#ifndef VIRTINFO_TESTS_UNIT_INPUT_H
#define VIRTINFO_TESTS_UNIT_INPUT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "input/forms.h"

/* What is said of a file that no form is found in. */
#define NO_FORM                                                                \
	"not a capture, a dump of cpuid -r, a dump of AIDA64 or a kernel's log"

/* A dump of AIDA64: two CPUs, and the MSRs of one. */
#define MSRS_OF_ONE_CPU                                                        \
	"------[ Logical CPU #0 ]------\n"                                     \
	"CPUID 00000000: 0000000D-756E6547-6C65746E-49656E69\n"                \
	"CPUID 00000001: 000306C3-00100800-00000020-BFEBFBFF\n"                \
	"------[ Logical CPU #1 ]------\n"                                     \
	"CPUID 00000000: 0000000D-756E6547-6C65746E-49656E69\n"                \
	"CPUID 00000001: 000306C3-01100800-00000020-BFEBFBFF\n"                \
	"------[ MSR Registers ]------\n"                                      \
	"MSR 0000003A: 0000-0000-0000-0005\n"

/* Parse as the file "f"; a failure fails the test and shows its message. */
static inline struct host *parse_bytes(const char *data, size_t length)
{
	struct input_error error = { 0 };
	struct host *host;
	/* Of exactly that size, so that reading behind its end is seen. */
	char *copy = malloc(length ? length : 1);

	assert_non_null(copy);
	memcpy(copy, data, length);
	host = input_memory("f", copy, length, &error);
	free(copy);
	if (!host)
		fail_msg("%s", error.text);
	return host;
}

static inline struct host *parse_string(const char *text)
{
	return parse_bytes(text, strlen(text));
}

/* It must be refused as bad data, with exactly this message. */
static inline void refuse_bytes(const char *data, size_t length,
				const char *message)
{
	struct input_error error = { 0 };
	char *copy = malloc(length ? length : 1);
	struct host *host;

	assert_non_null(copy);
	memcpy(copy, data, length);
	host = input_memory("f", copy, length, &error);
	free(copy);
	if (host) {
		host_free(host);
		fail_msg("read, but expected: %s", message);
	}
	assert_string_equal(error.text, message);
	assert_int_equal(error.status, STATUS_BAD_INPUT);
}

static inline void refuse(const char *text, const char *message)
{
	refuse_bytes(text, strlen(text), message);
}

/* "PLACE: not a capture, ... or ...", with every form of the table. */
static inline const char *unknown_form(const char *place)
{
	static char text[1024];
	enum form_id id;

	snprintf(text, sizeof(text), "%s: not %s", place, input_forms[0].title);
	for (id = 1; id < NR_FORMS; id++) {
		strcat(text, id + 1 == NR_FORMS ? " or " : ", ");
		strcat(text, input_forms[id].title);
	}
	return text;
}

static inline void assert_cpus(const struct cpulist *list, const char *expected)
{
	char *text = cpulist_string(list);

	assert_non_null(text);
	assert_string_equal(text, expected);
	free(text);
}

static inline void assert_fact(const struct host *host, const char *key,
			       const char *expected)
{
	const char *value = facts_get(host->facts, key);

	if (!value)
		fail_msg("no fact \"%s\"", key);
	assert_string_equal(value, expected);
}

static inline void assert_no_fact(const struct host *host, const char *key)
{
	const char *value = facts_get(host->facts, key);

	if (value)
		fail_msg("\"%s\" is \"%s\"", key, value);
}

/* Each key has one gatherer. */
static inline void assert_keys_once(const struct facts *facts)
{
	size_t i;

	for (i = 0; i < facts_count(facts); i++) {
		struct fact fact = facts_at(facts, i);

		/* facts_get() gives the first of a key. */
		if (facts_get(facts, fact.key) != fact.value)
			fail_msg("\"%s\" is added twice", fact.key);
	}
}

#endif
