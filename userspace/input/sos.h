/* SPDX-License-Identifier: GPL-2.0-only */
/* A folder: an unpacked archive of sos. */
#ifndef VIRTINFO_INPUT_SOS_H
#define VIRTINFO_INPUT_SOS_H

#include "input/input.h"

/*
 * The machine of an unpacked archive: of the files in it that hold a form.
 * Returns NULL with *error filled; a folder without sos_commands is bad input.
 */
struct host *sos_read(const char *folder, struct input_error *error);

#endif
