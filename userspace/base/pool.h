/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Data of which many copies are met and one is kept: the same bytes have the
 * same address, for as long as the pool is there.
 */
#ifndef VIRTINFO_BASE_POOL_H
#define VIRTINFO_BASE_POOL_H

#include <stddef.h>

struct pool;

/* NULL when there is no memory. */
struct pool *pool_new(void);
void pool_free(struct pool *pool);

/* The bytes, aligned for any type. NULL when there is no memory. */
const void *pool_keep(struct pool *pool, const void *data, size_t size);

/* The same of a string. */
const char *pool_string(struct pool *pool, const char *text);

#endif
