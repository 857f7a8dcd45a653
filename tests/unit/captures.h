/* SPDX-License-Identifier: GPL-2.0-only */
/* The captures of tests/captures, one after the other. */
#ifndef VIRTINFO_TESTS_UNIT_CAPTURES_H
#define VIRTINFO_TESTS_UNIT_CAPTURES_H

#include "input.h"
#include "tree.h"

struct capture_visit {
	void (*see)(const struct host *host, const char *name, void *data);
	void *data;
};

static inline void visit_capture(const char *path, const char *name, void *data)
{
	const struct capture_visit *visit = data;
	struct input_error error;
	struct host *host = input_file(path, &error);

	if (!host)
		fail_msg("%s", error.text);
	visit->see(host, name, visit->data);
	host_free(host);
}

/* Gives each to @see with the name of its file; returns how many there are. */
static inline unsigned int
each_capture(void (*see)(const struct host *host, const char *name, void *data),
	     void *data)
{
	struct capture_visit visit = { .see = see, .data = data };

	return tree_each("tests/captures", visit_capture, &visit);
}

#endif
