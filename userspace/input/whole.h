/* SPDX-License-Identifier: GPL-2.0-only */
/* One file of a machine that several files are of. */
#ifndef VIRTINFO_INPUT_WHOLE_H
#define VIRTINFO_INPUT_WHOLE_H

#include "input/input.h"

/*
 * The same as input_file(), but other files have the rest of the machine: what
 * the file has may be nothing, and without any form it is a host whose lines are
 * all ignored. *missing is set, and NULL returned, where there is no such file.
 */
struct host *input_part(const char *path, bool *missing,
			struct input_error *error);

#endif
