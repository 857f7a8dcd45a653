/* SPDX-License-Identifier: GPL-2.0-only */
/* The forms of input, one parser each. */
#ifndef VIRTINFO_INPUT_FORMS_H
#define VIRTINFO_INPUT_FORMS_H

#include <stddef.h>

#include "input/input.h"

/*
 * Each takes the whole input and the name of its file for messages. Returns
 * NULL with *error filled where it is not what that form has.
 */

/* The text of /proc/virtinfo; source is HOST_CAPTURE or HOST_MODULE. */
struct host *input_text(const char *name, const char *data, size_t length,
			enum host_source source, struct input_error *error);
/* cpuid -r */
struct host *input_cpuid_r(const char *name, const char *data, size_t length,
			   struct input_error *error);
/* AIDA64, InstLatx64 */
struct host *input_aida64(const char *name, const char *data, size_t length,
			  struct input_error *error);

#endif
