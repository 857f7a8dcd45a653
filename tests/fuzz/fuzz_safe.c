// SPDX-License-Identifier: GPL-2.0-only
/* Text of strangers on its way to a terminal. */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "base/safe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *whole = malloc(SAFE_SIZE(size)), *again, *narrow;
	size_t capacity;

	MUST(whole);
	MUST(safe_bytes(whole, SAFE_SIZE(size), data, size) == whole);
	check_safe(whole);
	/* Safe text stays as it is. */
	again = safe_string(whole);
	MUST(again && !strcmp(again, whole));
	free(again);
	/* What fits is the beginning of the same. */
	capacity = size ? 1 + data[0] % 64 : 1;
	narrow = malloc(capacity);
	MUST(narrow);
	safe_bytes(narrow, capacity, data, size);
	MUST(strlen(narrow) < capacity);
	MUST(!strncmp(narrow, whole, strlen(narrow)));
	check_safe(narrow);
	free(narrow);
	free(whole);
	return 0;
}
