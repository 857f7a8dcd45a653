// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/safe.h"
#include "output/replace.h"
#include "report/report.h"

int report_out_of_memory(void)
{
	fputs("virtinfo: out of memory\n", stderr);
	return STATUS_FAILED;
}

mode_t report_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

int report_write(struct out *out, const char *path, mode_t mode,
		 const char *data, size_t length)
{
	const char *why;
	char safe[1024];

	if (!path || !*path || !strcmp(path, "-")) {
		fwrite(data, 1, length, out->file);
		return 0;
	}
	why = replace_file(path, mode, data, length);
	if (!why)
		return 0;
	fprintf(stderr, "virtinfo: cannot write %s: %s\n",
		safe_bytes(safe, sizeof(safe), path, strlen(path)), why);
	return STATUS_FAILED;
}
