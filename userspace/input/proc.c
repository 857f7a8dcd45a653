// SPDX-License-Identifier: GPL-2.0-only
/* The module's own text. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/buffer.h"
#include "input/forms.h"
#include "input/live.h"

struct host *live_proc(const char *path, char reason[LIVE_REASON_SIZE])
{
	struct input_error error;
	struct input_piece text;
	struct buffer buffer;
	struct host *host;
	int failed;

	failed = buffer_read(&buffer, path);
	if (failed == ENOENT) {
		snprintf(reason, LIVE_REASON_SIZE,
			 "module virtinfo not loaded");
		return NULL;
	}
	if (failed) {
		snprintf(reason, LIVE_REASON_SIZE, "%s cannot be read (%s)",
			 path, strerror(failed));
		return NULL;
	}
	text = (struct input_piece){
		.name = path,
		.data = buffer.data,
		.length = buffer.length,
	};
	host = input_text(&text, HOST_MODULE, &error);
	if (!host)
		snprintf(reason, LIVE_REASON_SIZE, "%.150s", error.text);
	free(buffer.data);
	return host;
}
