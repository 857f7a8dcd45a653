// SPDX-License-Identifier: GPL-2.0-only
/* The table of forms: each seed of a form is found to be of it. */
#include "input.h"
#include "tree.h"

#include "input/buffer.h"
#include "input/paste.h"

static struct input_piece piece_of(const char *text)
{
	return (struct input_piece){
		.name = "f",
		.data = text,
		.length = strlen(text),
	};
}

/* The one form that a text has; NULL where it has none. */
static const struct input_form *form_of(const struct input_piece *piece)
{
	const struct input_form *form = NULL;
	struct paste paste;

	assert_int_equal(paste_split(&paste, piece), 0);
	assert_true(paste.nr_forms <= 1);
	if (paste.nr_forms)
		form = &input_forms[paste.order[0]];
	paste_free(&paste);
	return form;
}

static void must_be_of(const char *path, const char *name, void *data)
{
	const struct input_form *form = data;
	struct buffer buffer;
	struct input_piece piece = { .name = path };

	(void)name;
	assert_int_equal(buffer_read(&buffer, path), 0);
	piece.data = buffer.data;
	piece.length = buffer.length;
	if (form_of(&piece) != form)
		fail_msg("%s is not found to be %s", path, form->title);
	free(buffer.data);
}

static void every_form_has_seeds(void **state)
{
	char folder[64];
	enum form_id id;

	(void)state;
	for (id = 0; id < NR_FORMS; id++) {
		snprintf(folder, sizeof(folder), "tests/fuzz/seeds/%s",
			 input_forms[id].name);
		assert_true(tree_each(folder, must_be_of,
				      (void *)&input_forms[id]) > 0);
	}
}

static void what_is_certain_comes_first(void **state)
{
	struct input_piece piece;

	(void)state;
	/* "CPU 0:" is a line that others write as well. */
	piece = piece_of("CPU 0:\nCPU 1:\nMSR 0000003A: 0000-0000-0000-0005\n");
	assert_ptr_equal(form_of(&piece), &input_forms[FORM_AIDA64_DUMP]);
	piece = piece_of("a word\nCPU 0:\n");
	assert_ptr_equal(form_of(&piece), &input_forms[FORM_CPUID_DUMP]);
	piece = piece_of("a word\nvirtinfo\t: 1\n");
	assert_ptr_equal(form_of(&piece), &input_forms[FORM_CAPTURE]);
	piece = piece_of("a word\nvirtinfo: no such file\n");
	assert_null(form_of(&piece));
	piece = piece_of("");
	assert_null(form_of(&piece));
}

/* A part of a file: its first line is a first one, and messages count all. */
static void a_piece_of_a_file(void **state)
{
	struct input_piece piece = piece_of("virtinfo\t: 1\nno pair\n");
	struct input_error error;

	(void)state;
	piece.line = 40;
	assert_ptr_equal(form_of(&piece), &input_forms[FORM_CAPTURE]);
	assert_null(input_text(&piece, HOST_CAPTURE, &error));
	assert_string_equal(error.text,
			    "f:42: not a \"key : value\" line: \"no pair\"");
	piece = piece_of("   0x00000000 0x00: eax=0x1\n");
	piece.line = 7;
	assert_null(input_cpuid_r(&piece, HOST_CPUID_DUMP, &error));
	assert_string_equal(error.text, "f:8: 1 of 4 words in this line");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form_has_seeds),
		cmocka_unit_test(what_is_certain_comes_first),
		cmocka_unit_test(a_piece_of_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
