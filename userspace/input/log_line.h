/* SPDX-License-Identifier: GPL-2.0-only */
/* The lines of a log: the message behind the time, the host and the rest. */
#ifndef VIRTINFO_INPUT_LOG_LINE_H
#define VIRTINFO_INPUT_LOG_LINE_H

#include <stdbool.h>

#include "input/scan.h"

struct log_line {
	const char *text; /* the message, which may be empty */
	const char *end;
	bool certain; /* what was before it is only there in logs of kernels */
	bool xen;     /* a line of Xen */
	bool dated;   /* it was a time that other programs may write as well */
	bool syslog;  /* it was the name of a host, and "kernel: " */
};

/*
 * Take off what dmesg (also -T, -r and -x), journalctl, syslog and xl dmesg
 * put before a message, and dmesg -H, -d and in JSON and journalctl in any output.
 */
struct log_line log_line_of(const struct line *line);

/*
 * Is it another line of a journal or of syslog, which are of all programs:
 * "Nov 27 10:42:07 host sshd[1]: ...", "-- Boot ... --"?
 */
bool log_line_of_program(const struct line *line);

/* Is it what stands around a message in JSON, or in journalctl -o verbose? */
bool log_line_of_record(const struct line *line);

#endif
