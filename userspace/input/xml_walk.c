// SPDX-License-Identifier: GPL-2.0-only
#include "input/xml_walk.h"

static bool same(struct xml_name name, const char *at, const char *end)
{
	return name.end - name.at == end - at &&
	       !memcmp(name.at, at, (size_t)(end - at));
}

/* Ends the innermost element of that name, and what is open in it. */
static bool close_element(struct xml_walk *walk, const char *at,
			  const char *end)
{
	unsigned int depth;

	for (depth = walk->depth; depth; depth--)
		if (same(walk->path[depth - 1], at, end))
			break;
	if (!depth)
		return false;
	walk->depth = depth - 1;
	return true;
}

static const char *name_end(const char *at, const char *end)
{
	while (at < end && !is_blank(*at) && *at != '>' && *at != '/')
		at++;
	return at;
}

/* At is behind "<". Returns behind ">". */
static const char *tag(struct xml_walk *walk, const char *at, const char *end,
		       struct xml_event *event, bool *is_event)
{
	const char *close = memchr(at, '>', (size_t)(end - at));
	const char *limit = close ? close : end, *name;

	*is_event = false;
	if (at < limit && *at == '/') {
		event->kind = XML_CLOSE;
		*is_event =
			close_element(walk, at + 1, name_end(at + 1, limit));
	} else if (at < limit && *at != '?' && *at != '!' &&
		   walk->depth < XML_DEPTH) {
		name = name_end(at, limit);
		event->kind = XML_OPEN;
		event->at = name;
		event->end = limit - (limit[-1] == '/');
		*is_event = name > at;
		if (*is_event)
			walk->path[walk->depth++] =
				(struct xml_name){ at, name };
		walk->empty = *is_event && limit[-1] == '/';
	}
	return close ? close + 1 : end;
}

static bool text(const char *at, const char *end, struct xml_event *event)
{
	at = skip_blanks(at, end);
	while (end > at && is_blank(end[-1]))
		end--;
	event->kind = XML_TEXT;
	event->at = at;
	event->end = end;
	return at < end;
}

bool xml_next(struct xml_walk *walk, const char **at, const char *end,
	      struct xml_event *event)
{
	const char *from, *open;
	bool is_event;

	walk->depth -= walk->empty;
	walk->empty = false;
	while (*at < end) {
		from = *at;
		open = memchr(from, '<', (size_t)(end - from));
		if (open != from) {
			*at = open ? open : end;
			if (text(from, *at, event))
				return true;
			continue;
		}
		*at = tag(walk, from + 1, end, event, &is_event);
		if (is_event)
			return true;
	}
	return false;
}

bool xml_in(const struct xml_walk *walk, const char *path)
{
	unsigned int depth = walk->depth;
	const char *end = path + strlen(path), *from;

	while (depth && end > path) {
		from = end;
		while (from > path && from[-1] != '/')
			from--;
		if (!same(walk->path[--depth], from, end))
			return false;
		end = from > path ? from - 1 : path;
	}
	return end == path;
}

bool xml_attribute(const struct xml_event *event, const char *name,
		   const char **value, const char **value_end)
{
	const char *at = event->at, *end = event->end, *close;
	size_t length = strlen(name);

	while ((at = skip_blanks(at, end)) < end) {
		const char *equals = memchr(at, '=', (size_t)(end - at));
		bool its = equals && (size_t)(equals - at) == length &&
			   !memcmp(at, name, length);

		if (!equals || equals + 1 == end ||
		    (equals[1] != '\'' && equals[1] != '"'))
			return false;
		close = memchr(equals + 2, equals[1],
			       (size_t)(end - equals - 2));
		if (!close)
			return false;
		*value = equals + 2;
		*value_end = close;
		if (its)
			return true;
		at = close + 1;
	}
	return false;
}
