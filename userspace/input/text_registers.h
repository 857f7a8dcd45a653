/* SPDX-License-Identifier: GPL-2.0-only */
/* The register lines of the text of /proc/virtinfo. */
#ifndef VIRTINFO_INPUT_TEXT_REGISTERS_H
#define VIRTINFO_INPUT_TEXT_REGISTERS_H

#include "input/error.h"
#include "input/scan.h"
#include "model/host.h"

struct register_line {
	const struct line *line;
	struct host_group *group;
	const char *name; /* of the file */
	unsigned long number;
	struct input_error *error;
};

/* Each returns 0, or -1 with *error filled. */

/* "cpuid 0xL.0xS : ..." */
int text_bits(const struct register_line *at);
int text_cpuid(const struct register_line *at);
/* "msr 0xA NAME : ..." */
int text_msr_line(const struct register_line *at);
/* "CRn : ..." */
int text_control(const struct register_line *at);

#endif
