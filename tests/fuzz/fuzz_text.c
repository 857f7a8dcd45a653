// SPDX-License-Identifier: GPL-2.0-only
/* The text of /proc/virtinfo and of captures. */
#include "check.h"
#include "input/forms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input_error error;

	check_input(
		input_text("f", (const char *)data, size, HOST_CAPTURE, &error),
		&error);
	return 0;
}
