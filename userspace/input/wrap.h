/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What mails, forums, bug trackers and terminals put around the lines of a
 * paste: quote marks, indentation, fences, the shell's prompt.
 */
#ifndef VIRTINFO_INPUT_WRAP_H
#define VIRTINFO_INPUT_WRAP_H

#include "input/scan.h"

/* A line that only begins or ends a block: ``` or ~~~, [code], <pre>... */
bool line_is_fence(const struct line *line);

/*
 * The command behind a prompt ("$ sudo rdmsr -a 0x3a", "root@host:~# lscpu",
 * "PS C:\> systeminfo"), without sudo; NULL where the line has no prompt. It
 * reaches to the line's end.
 */
const char *line_command(const struct line *line);

/*
 * The last of the commands from at to end: without what is before ; or &&, without
 * sudo and the folder of its program. It reaches to the end.
 */
const char *last_command(const char *at, const char *end);

/*
 * Does the line begin with a prompt that names user and host, "user@host:~$" or
 * "[root@host ~]#", with a command behind it or none? No form has such a line.
 */
bool line_is_prompt(const struct line *line);

#endif
