// SPDX-License-Identifier: GPL-2.0-only
#include "base/array.h"

#include <stdlib.h>

#define FIRST_CAPACITY 8

void *array_grow(void *array, size_t count, size_t *capacity, size_t size)
{
	size_t larger = FIRST_CAPACITY, bytes;

	if (count < *capacity)
		return array;
	if (*capacity && __builtin_mul_overflow(*capacity, 2, &larger))
		return NULL;
	if (__builtin_mul_overflow(larger, size, &bytes))
		return NULL;
	array = realloc(array, bytes);
	if (array)
		*capacity = larger;
	return array;
}
