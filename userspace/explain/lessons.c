// SPDX-License-Identifier: GPL-2.0-only
#include "explain/lessons.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

const struct lesson *lesson_of(enum lesson_section section)
{
	static const struct lesson *const lessons[LESSON_SECTIONS] = {
		[LESSON_CONCEPTS] = &lesson_concepts,
		[LESSON_HYPERVISORS] = &lesson_hypervisors,
		[LESSON_EXTENSIONS] = &lesson_extensions,
		[LESSON_VMCS] = &lesson_vmcs,
		[LESSON_EXITS] = &lesson_exits,
		[LESSON_CHECK] = &lesson_check,
	};

	return lessons[section];
}

/* What a character means in a name: separators are alike, case is not seen. */
static int name_char(char character)
{
	if (character == ' ' || character == '-' || character == '_')
		return '-';
	return tolower((unsigned char)character);
}

int lesson_same_name(const char *a, const char *b)
{
	while (*a && name_char(*a) == name_char(*b)) {
		a++;
		b++;
	}
	return !*a && !*b;
}

static int copy_name(char *out, size_t size, const char *name, size_t length)
{
	snprintf(out, size, "%.*s", (int)length, name);
	return 0;
}

int lesson_name(const struct topic *topic, size_t index, char *out, size_t size)
{
	const char *alias = topic->aliases;

	if (index == 0)
		return copy_name(out, size, topic->id, strlen(topic->id));
	if (index == 1)
		return copy_name(out, size, topic->title, strlen(topic->title));
	for (index -= 2; alias && index; index--) {
		alias = strchr(alias, ',');
		if (alias)
			alias++;
	}
	if (!alias)
		return -1;
	return copy_name(out, size, alias, strcspn(alias, ","));
}

static int is_called(const struct topic *topic, const char *name)
{
	char called[LESSON_NAME_SIZE];
	size_t i;

	for (i = 0; !lesson_name(topic, i, called, sizeof(called)); i++)
		if (lesson_same_name(called, name))
			return 1;
	return 0;
}

const struct topic *lesson_find(const char *name, enum lesson_section *section)
{
	enum lesson_section i;
	size_t j;

	for (i = 0; i < LESSON_SECTIONS; i++) {
		const struct lesson *lesson = lesson_of(i);

		for (j = 0; j < lesson->count; j++) {
			if (!is_called(&lesson->topics[j], name))
				continue;
			if (section)
				*section = i;
			return &lesson->topics[j];
		}
	}
	return NULL;
}
