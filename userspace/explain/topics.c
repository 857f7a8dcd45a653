// SPDX-License-Identifier: GPL-2.0-only
#include "explain/topics.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/list.h"

/* What a character means in a name. */
static int name_char(char character)
{
	if (character == ' ' || character == '-' || character == '_')
		return '-';
	return tolower((unsigned char)character);
}

bool same_name(const char *a, const char *b)
{
	while (*a && name_char(*a) == name_char(*b)) {
		a++;
		b++;
	}
	return !*a && !*b;
}

int topic_name(const struct topic *topic, size_t index, char *out, size_t size)
{
	const char *names = topic->names;

	if (index < 2) {
		snprintf(out, size, "%s", index ? topic->title : topic->id);
		return 0;
	}
	for (index--; index; index--)
		if (!list_next(&names, ',', out, size))
			return -1;
	return 0;
}

static bool is_called(const struct topic *topic, const char *name)
{
	char called[TOPIC_NAME_SIZE];

	for (size_t i = 0; !topic_name(topic, i, called, sizeof(called)); i++)
		if (same_name(called, name))
			return true;
	return false;
}

const struct topic *topic_find(const char *name, size_t *section)
{
	ARRAY_EACH(part, topic_sections, topic_section_count)
		ARRAY_EACH(topic, part->topics, part->count) {
			if (!is_called(topic, name))
				continue;
			if (section)
				*section = (size_t)(part - topic_sections);
			return topic;
		}
	return NULL;
}
