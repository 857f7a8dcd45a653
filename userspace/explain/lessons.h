/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lessons: what virtualization is, topic by topic. A topic is data only;
 * what the machine has of it is named by keys (lessons/evidence.h) and
 * computed from the host model when it is printed.
 */
#ifndef VIRTINFO_EXPLAIN_LESSONS_H
#define VIRTINFO_EXPLAIN_LESSONS_H

#include <stddef.h>

/* Room for any name of a topic. */
#define LESSON_NAME_SIZE 128

enum lesson_section {
	LESSON_CONCEPTS,
	LESSON_HYPERVISORS,
	LESSON_EXTENSIONS,
	LESSON_VMCS,
	LESSON_EXITS,
	LESSON_CHECK,
	LESSON_SECTIONS,
};

/* Lists that are too long for prose and come from a table instead. */
enum lesson_list {
	LESSON_NO_LIST,
	LESSON_GUEST_FIELDS, /* VMCS fields of the guest-state area */
	LESSON_HOST_FIELDS,
	LESSON_CONTROL_FIELDS,
	LESSON_EXIT_FIELDS, /* VM-exit information */
	LESSON_ALL_FIELDS,
	LESSON_EXIT_REASONS, /* every VM exit reason of both vendors */
	LESSON_SYSTEM_CHECK, /* the verdict and its verdict */
};

struct topic {
	const char *id; /* kebab-case, unique */
	const char *title;
	const char *aliases; /* other names, separated by ',', or NULL */
	const char *text;    /* paragraphs separated by newlines */
	const char *diagram; /* id of a diagram (lessons/diagrams.h), or NULL */
	const char *evidence; /* evidence keys separated by blanks, or NULL */
	const char *exits; /* exit reasons it is about, "intel:48 amd:0x400" */
	const char *see;   /* where to read on, places separated by newlines */
	enum lesson_list list;
};

struct lesson {
	const char *title;
	const struct topic *topics;
	size_t count;
};

extern const struct lesson lesson_concepts;
extern const struct lesson lesson_hypervisors;
extern const struct lesson lesson_extensions;
extern const struct lesson lesson_vmcs;
extern const struct lesson lesson_exits;
extern const struct lesson lesson_check;

/* The lesson of a section; never NULL for a section below LESSON_SECTIONS. */
const struct lesson *lesson_of(enum lesson_section section);

/*
 * Find a topic by its id, title or alias. Case does not count, nor whether
 * words are joined by blanks, '-' or '_'. Returns NULL where there is none.
 * *section, where section is not NULL, becomes the topic's section.
 */
const struct topic *lesson_find(const char *name, enum lesson_section *section);

/*
 * Step over the names of a topic: 0 is the id, 1 the title, then the aliases.
 * Writes the name to out (size bytes). Returns -1 where there is no more.
 */
int lesson_name(const struct topic *topic, size_t index, char *out,
		size_t size);

/* Do two names mean the same, case and word separators aside? */
int lesson_same_name(const char *a, const char *b);

#endif
