// SPDX-License-Identifier: GPL-2.0-only
/* Dumps of cpuid -r. */
#include "check.h"
#include "input/forms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input_error error;

	check_input(input_cpuid_r("f", (const char *)data, size, &error),
		    &error);
	return 0;
}
