// SPDX-License-Identifier: GPL-2.0-only
#include "input/forms.h"

const struct input_form input_forms[NR_FORMS] = {
#define FORM(id, file, text)                                                   \
	[FORM_##id] = { .name = #file,                                         \
			.title = (text),                                       \
			.source = HOST_##id,                                   \
			.recognise = input_is_##file,                          \
			.takes = input_takes_##file,                           \
			.parse = input_##file },
#include "tables/forms.def"
};

/* The first form that is certain of the line; counts those that are not. */
static const struct input_form *
form_of_line(const struct line *line, bool first, size_t possible[NR_FORMS])
{
	enum form_id id;

	for (id = 0; id < NR_FORMS; id++)
		switch (input_forms[id].recognise(line, first)) {
		case FORM_CERTAIN:
			return &input_forms[id];
		case FORM_POSSIBLE:
			possible[id]++;
			break;
		case FORM_NO:
			break;
		}
	return NULL;
}

const struct input_form *form_of(const struct input_piece *piece)
{
	struct lines lines = piece_lines(piece);
	size_t possible[NR_FORMS] = { 0 };
	const struct input_form *form;
	enum form_id id, best = 0;
	struct line line;

	while (line_next(&lines, &line)) {
		form = form_of_line(&line, lines.number == piece->line + 1,
				    possible);
		if (form)
			return form;
	}
	for (id = 0; id < NR_FORMS; id++)
		if (possible[id] > possible[best])
			best = id;
	return possible[best] ? &input_forms[best] : NULL;
}
