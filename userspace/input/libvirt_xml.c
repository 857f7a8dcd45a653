// SPDX-License-Identifier: GPL-2.0-only
#include "input/libvirt_xml.h"

#include "input/words.h"

int libvirt_tell_span(struct libvirt *l, const char *key, const char *value,
		      const char *end)
{
	return words_once(&l->dump, l->host, key, value, end);
}

int libvirt_tell(struct libvirt *l, const char *key, const char *value)
{
	return libvirt_tell_span(l, key, value, value + strlen(value));
}

static bool is_word(const char *at, const char *end, const char *word)
{
	return (size_t)(end - at) == strlen(word) &&
	       !memcmp(at, word, strlen(word));
}

bool libvirt_attribute_is(const struct libvirt *l, const char *name,
			  const char *word)
{
	const char *value, *end;

	return xml_attribute(&l->event, name, &value, &end) &&
	       is_word(value, end, word);
}

bool libvirt_text_of(const struct libvirt *l, const char *path)
{
	return l->event.kind == XML_TEXT && xml_in(&l->walk, path);
}

bool libvirt_begins(const struct libvirt *l, const char *path)
{
	return l->event.kind == XML_OPEN && xml_in(&l->walk, path);
}

/* src/cpu_map/x86_vendors.xml */
int libvirt_vendor(struct libvirt *l)
{
	static const struct {
		const char *name;
		const char *string;
	} vendors[] = {
		{ "Intel", "GenuineIntel" },
		{ "AMD", "AuthenticAMD" },
		{ "Hygon", "HygonGenuine" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(vendors); i++)
		if (is_word(l->event.at, l->event.end, vendors[i].name))
			return libvirt_tell(l, "cpuinfo vendor_id",
					    vendors[i].string);
	return 0;
}

bool libvirt_is_x86(const char *at, const char *end)
{
	return IS(at, end, "x86_64") || IS(at, end, "i686");
}

static int take_lines(struct libvirt *l, int (*take)(struct libvirt *l))
{
	const char *at;
	int more;

	while ((more = dump_line(&l->dump)) > 0) {
		at = l->dump.line.text;
		while (xml_next(&l->walk, &at, l->dump.line.end, &l->event))
			if (take(l))
				return -1;
	}
	return more;
}

struct host *libvirt_parse(struct libvirt *l, const struct input_piece *piece,
			   enum host_source source, struct input_error *error,
			   int (*take)(struct libvirt *l),
			   int (*finish)(struct libvirt *l))
{
	int failed;

	l->host = words_begin(&l->dump, piece, source, error);
	if (!l->host)
		return NULL;
	failed = take_lines(l, take);
	return words_end(&l->dump, l->host, failed || finish(l));
}
