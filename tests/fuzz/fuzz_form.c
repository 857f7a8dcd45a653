// SPDX-License-Identifier: GPL-2.0-only
/* The parser of one form, which $FUZZ_FORM names (tables/forms.def). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "input/forms.h"

static const struct input_form *form;

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("FUZZ_FORM");
	enum form_id id;

	(void)argc;
	(void)argv;
	for (id = 0; id < NR_FORMS; id++)
		if (name && !strcmp(input_forms[id].name, name))
			form = &input_forms[id];
	if (form)
		return 0;
	fprintf(stderr, "FUZZ_FORM names no form of tables/forms.def\n");
	exit(2);
}

static void parse(const char *data, size_t size)
{
	const struct input_piece piece = {
		.name = "f",
		.data = data,
		.length = size,
	};
	struct input_error error;

	check_input(form->parse(&piece, form->source, &error), &error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_cut(data, size, parse);
	return 0;
}
