/* SPDX-License-Identifier: GPL-2.0-only */
/* What the two kinds of capabilities of libvirt share. */
#ifndef VIRTINFO_INPUT_LIBVIRT_XML_H
#define VIRTINFO_INPUT_LIBVIRT_XML_H

#include "input/dump.h"
#include "input/xml_walk.h"

struct libvirt {
	struct dump dump; /* lines and messages: it has no CPU */
	struct host *host;
	struct xml_walk walk;
	struct xml_event event;
};

/* A fact of the line, as words_once(). */
int libvirt_tell(struct libvirt *l, const char *key, const char *value);
int libvirt_tell_span(struct libvirt *l, const char *key, const char *value,
		      const char *end);

/* Has the element that begins here that attribute, with that value? */
bool libvirt_attribute_is(const struct libvirt *l, const char *name,
			  const char *word);

/* Is the event the text of that path, or the beginning of that element? */
bool libvirt_text_of(const struct libvirt *l, const char *path);
bool libvirt_begins(const struct libvirt *l, const char *path);

/* The event's text is one of libvirt's names for a vendor. */
int libvirt_vendor(struct libvirt *l);

/* "x86_64" or "i686"? */
bool libvirt_is_x86(const char *at, const char *end);

/*
 * The host of a piece, whose events take() gets one by one and finish() at the
 * end; both return 0, or -1 with the error filled.
 */
struct host *libvirt_parse(struct libvirt *l, const struct input_piece *piece,
			   enum host_source source, struct input_error *error,
			   int (*take)(struct libvirt *l),
			   int (*finish)(struct libvirt *l));

#endif
