/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The topics of "virtinfo explain" and of virtinfo(7). Their text is in the
 * files of topics/, reasons/ and diagrams/, which topics.awk checks and c.awk
 * compiles into the tables below; topics/contents has their order.
 */
#ifndef VIRTINFO_EXPLAIN_TOPICS_H
#define VIRTINFO_EXPLAIN_TOPICS_H

#include <stdbool.h>
#include <stddef.h>

#include "verdict/reasons.h"

/* Capacity for any name of a topic. */
#define TOPIC_NAME_SIZE 128

/* Lists that come from another table. */
enum topic_list {
	TOPIC_NO_LIST,
	TOPIC_GUEST_FIELDS, /* VMCS fields of the guest-state area */
	TOPIC_HOST_FIELDS,
	TOPIC_CONTROL_FIELDS,
	TOPIC_EXIT_FIELDS, /* VM-exit information */
	TOPIC_ALL_FIELDS,
	TOPIC_EXIT_REASONS, /* every VM exit reason of both vendors */
	TOPIC_CHECK,	    /* the stages of the verdict */
};

/* What a topic does not have is "". */
struct topic {
	const char *id; /* the name of its file */
	const char *title;
	const char *names;    /* other names, separated by ',' */
	const char *text;     /* paragraphs separated by newlines */
	const char *diagram;  /* id of a diagram */
	const char *evidence; /* keys of evidence.def, separated by blanks */
	const char *exits; /* exit reasons it is about, "intel:48 amd:0x400" */
	const char *links; /* ids of other topics, separated by blanks */
	const char *see;   /* sources, separated by newlines */
	enum topic_list list;
};

struct topic_section {
	const char *title;
	const struct topic *topics;
	size_t count;
};

extern const struct topic_section topic_sections[];
extern const size_t topic_section_count;

/* What a reason of the verdict means, by its id; without a title. */
extern const struct topic reason_topics[NR_REASONS];

/* A picture as lines of UTF-8 (explain/diagrams.h). */
struct diagram {
	const char *id;
	const char *text;
};

extern const struct diagram diagrams[];
extern const size_t diagram_count;

/*
 * Find a topic by its id, title or other name, as same_name() compares.
 * Returns NULL where there is none. *section, where section is not NULL,
 * becomes the index of the topic's section.
 */
const struct topic *topic_find(const char *name, size_t *section);

/*
 * Step over the names of a topic: 0 is the id, 1 the title, then the others.
 * Writes the name to out (size bytes). Returns -1 where there is no more.
 */
int topic_name(const struct topic *topic, size_t index, char *out, size_t size);

/* Are two names the same? Case does not count; ' ', '-' and '_' are alike. */
bool same_name(const char *a, const char *b);

#endif
