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

enum form_id form_certain(const struct line *line)
{
	enum form_id id;

	for (id = 0; id < NR_FORMS; id++)
		if (input_forms[id].recognise(line, false) == FORM_CERTAIN)
			break;
	return id;
}
