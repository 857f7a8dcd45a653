/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The elements of XML that a tool prints, read line by line: as much of XML as
 * libvirt's capabilities have, in which neither a tag nor a text goes over a
 * line's end. What people cut out of it has no root or no end; that is read as
 * far as it goes.
 */
#ifndef VIRTINFO_INPUT_XML_WALK_H
#define VIRTINFO_INPUT_XML_WALK_H

#include "input/scan.h"

#define XML_DEPTH 16

struct xml_name {
	const char *at, *end;
};

/* Zeroed is before the first line. Names point into the input. */
struct xml_walk {
	struct xml_name
		path[XML_DEPTH]; /* the open elements, outermost first */
	unsigned int depth;
	bool empty; /* the innermost one was <name/>: it ends with the next event */
};

enum xml_kind { XML_OPEN, XML_CLOSE, XML_TEXT };

/*
 * An element that begins, the innermost one of the path; one that ended, which
 * is off the path; or text of the innermost one.
 */
struct xml_event {
	enum xml_kind kind;
	const char *at, *end; /* the attributes, or the text without blanks */
};

/*
 * The next event of the line between *at and @end, from which *at moves on.
 * False at its end. An element below the deepest is left out.
 */
bool xml_next(struct xml_walk *walk, const char **at, const char *end,
	      struct xml_event *event);

/*
 * Is the walk in the elements of path, "host/cpu/feature", counted from the
 * innermost one?
 */
bool xml_in(const struct xml_walk *walk, const char *path);

/* The value of an attribute of XML_OPEN; false where it has none. */
bool xml_attribute(const struct xml_event *event, const char *name,
		   const char **value, const char **value_end);

#endif
