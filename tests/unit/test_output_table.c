// SPDX-License-Identifier: GPL-2.0-only
/* Tables, whoever draws them. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "output/table.h"

/* A drawing that never ends is a failure. */
#define SECONDS 20

static const struct column columns[] = {
	{ .title = "NAME" },
	{ .title = "NO", .right = true },
	{ .title = "TEXT", .wrap = true },
};

static char *drawn_cells(const char *const (*cells)[3], size_t count, int width,
			 bool colour)
{
	struct out out = { .width = width, .colour = colour, .utf8 = true };
	struct table *table;
	size_t i, size;
	char *text;

	out.file = open_memstream(&text, &size);
	assert_non_null(out.file);
	table = table_new(&out, columns, 3, true);
	for (i = 0; i < count; i++) {
		table_row(table);
		table_cell(table, 0, OUT_BOLD, "%s", cells[i][0]);
		table_cell(table, 1, OUT_PLAIN, "%s", cells[i][1]);
		if (cells[i][2])
			table_cell(table, 2, OUT_DIM, "%s", cells[i][2]);
	}
	alarm(SECONDS);
	assert_int_equal(table_finish(table), 0);
	alarm(0);
	fclose(out.file);
	return text;
}

/* Either is right: releases of libsmartcols differ in where they put blanks. */
static void draws_either(const char *const (*cells)[3], size_t count, int width,
			 bool colour, const char *expected, const char *other)
{
	char *text = drawn_cells(cells, count, width, colour);

	assert_string_equal(text, strcmp(text, other) ? expected : other);
	free(text);
}

static void draws(const char *const (*cells)[3], size_t count, int width,
		  bool colour, const char *expected)
{
	char *text = drawn_cells(cells, count, width, colour);

	assert_string_equal(text, expected);
	free(text);
}

static void test_columns(void **state)
{
	static const char *const cells[][3] = {
		{ "a", "1", "one" },
		{ "longer", "1000", NULL },
	};

	(void)state;
	draws(cells, 2, 80, false,
	      "NAME     NO TEXT\n"
	      "a         1 one\n"
	      "longer 1000 \n");
	draws(cells, 0, 80, false, "");
}

static void test_colours(void **state)
{
	static const char *const cells[][3] = {
		{ "a", "1", "one" },
	};

	(void)state;
	draws_either(cells, 1, 80, true,
		     "NAME NO TEXT\n"
		     "\033[1ma   \033[0m  1 \033[2mone\033[0m\n",
		     "NAME NO TEXT\n"
		     "\033[1ma\033[0m     1 \033[2mone\033[0m\n");
}

static void test_folded_at_blanks(void **state)
{
	static const char *const cells[][3] = {
		{ "a", "1", "words that do not fit in one line" },
		{ "b", "2", "a-word-that-is-too-wide-for-any line" },
		{ "c", "3", "the last-word-that-is-too-wide-for-any" },
	};

	(void)state;
	draws_either(cells, 3, 28, false,
		     "NAME NO TEXT\n"
		     "a     1 words that do not\n"
		     "        fit in one line\n"
		     "b     2 a-word-that-is-too-wide-for-any\n"
		     "        line\n"
		     "c     3 the\n"
		     "        last-word-that-is-to\n"
		     "        o-wide-for-any\n",
		     "NAME NO TEXT\n"
		     "a     1 words that do not\n"
		     "        fit in one line\n"
		     "b     2 a-word-that-is-too-wide-for-any\n"
		     "        line\n"
		     "c     3 the\n"
		     "        last-word-that-is-too-wide-for-any\n");
	/* Too narrow to read: nothing is folded. */
	draws(cells, 1, 20, false,
	      "NAME NO TEXT\n"
	      "a     1 words that do not fit in one line\n");
}

/* libsmartcols does not come to an end of what its locale has no width for. */
static void test_characters_of_no_locale(void **state)
{
	static const char *const cells[][3] = {
		{ "a", "1", "/opt/\303\251/words that do not fit in one line" },
	};

	(void)state;
	assert_non_null(setlocale(LC_CTYPE, "C"));
	draws(cells, 1, 40, false,
	      "NAME NO TEXT\n"
	      "a     1 /opt/\\xc3\\xa9/words that do not\n"
	      "        fit in one line\n");
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	draws(cells, 1, 36, false,
	      "NAME NO TEXT\n"
	      "a     1 /opt/\303\251/words that do not\n"
	      "        fit in one line\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_colours),
		cmocka_unit_test(test_folded_at_blanks),
		cmocka_unit_test(test_characters_of_no_locale),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
