// SPDX-License-Identifier: GPL-2.0-only
/* Whatever a file may hold: the form is recognised first. */
#include "check.h"
#include "input/input.h"

static void parse(const char *data, size_t size)
{
	struct input_error error;

	check_input(input_memory("f", data, size, &error), &error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_cut(data, size, parse);
	return 0;
}
