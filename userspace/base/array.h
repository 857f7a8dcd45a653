/* SPDX-License-Identifier: GPL-2.0-only */
/* Arrays that grow by one element at a time. */
#ifndef VIRTINFO_BASE_ARRAY_H
#define VIRTINFO_BASE_ARRAY_H

#include <stddef.h>

/*
 * Each element of an array of count in turn; item points at it. The type is that
 * of a value: GCC 10 would give item the const of a pointer that has one.
 */
#define ARRAY_EACH(item, array, count)                                         \
	for (__typeof__(*(array)) *item = (array);                             \
	     (size_t)(item - (array)) < (size_t)(count); item++)

/*
 * Allocate for one more element behind the count that array has, of which
 * *capacity fit; NULL and 0 at first. Returns the array, which may have moved,
 * or NULL without memory: the old one is still the caller's then.
 */
void *array_grow(void *array, size_t count, size_t *capacity, size_t size);

/* The same for a pointer to its elements. Returns 0, or -1 without memory. */
#define ARRAY_GROW(array, count, capacity)                                     \
	({                                                                     \
		void *grown = array_grow((array), (count), &(capacity),        \
					 sizeof(*(array)));                    \
                                                                               \
		if (grown)                                                     \
			(array) = grown;                                       \
		grown ? 0 : -1;                                                \
	})

#endif
