// SPDX-License-Identifier: GPL-2.0-only
#include "base/pool.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE    (64UL << 10)
#define FIRST_ENTRIES 256
#define ALIGNMENT     16

struct block {
	struct block *next;
	size_t used;
	size_t size;
	_Alignas(ALIGNMENT) char data[];
};

struct entry {
	const char *data; /* NULL: a free place */
	size_t size;
	uint64_t hash;
};

struct pool {
	struct block *blocks; /* the one that is filled first */
	struct entry *entries;
	size_t count;
	size_t nr_entries; /* a power of 2 */
};

struct pool *pool_new(void)
{
	struct pool *pool = calloc(1, sizeof(*pool));

	if (!pool)
		return NULL;
	pool->entries = calloc(FIRST_ENTRIES, sizeof(*pool->entries));
	if (!pool->entries) {
		free(pool);
		return NULL;
	}
	pool->nr_entries = FIRST_ENTRIES;
	return pool;
}

void pool_free(struct pool *pool)
{
	struct block *block, *next;

	if (!pool)
		return;
	for (block = pool->blocks; block; block = next) {
		next = block->next;
		free(block);
	}
	free(pool->entries);
	free(pool);
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 32;
}

static uint64_t hash_of(const char *data, size_t size)
{
	uint64_t hash = size, word;

	for (; size >= sizeof(word); data += sizeof(word)) {
		memcpy(&word, data, sizeof(word));
		hash = mix(hash, word);
		size -= sizeof(word);
	}
	word = 0;
	memcpy(&word, data, size);
	return mix(hash, word);
}

/* Where the bytes are, or where they would have to be. */
static struct entry *find(const struct pool *pool, uint64_t hash,
			  const void *data, size_t size)
{
	size_t at = hash & (pool->nr_entries - 1);

	while (pool->entries[at].data &&
	       (pool->entries[at].hash != hash ||
		pool->entries[at].size != size ||
		memcmp(pool->entries[at].data, data, size)))
		at = (at + 1) & (pool->nr_entries - 1);
	return &pool->entries[at];
}

/* A third stays free, so that few places are looked at. */
static int grow(struct pool *pool)
{
	struct entry *old = pool->entries;
	size_t i, nr_old = pool->nr_entries;

	if (pool->count < nr_old / 3 * 2)
		return 0;
	pool->entries = calloc(2 * nr_old, sizeof(*pool->entries));
	if (!pool->entries) {
		pool->entries = old;
		return -1;
	}
	pool->nr_entries = 2 * nr_old;
	for (i = 0; i < nr_old; i++)
		if (old[i].data)
			*find(pool, old[i].hash, old[i].data, old[i].size) =
				old[i];
	free(old);
	return 0;
}

static char *allocate(struct pool *pool, size_t size)
{
	size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	struct block *block = pool->blocks;
	size_t larger = rounded > BLOCK_SIZE ? rounded : BLOCK_SIZE;

	if (rounded < size)
		return NULL;
	if (!block || block->size - block->used < rounded) {
		block = malloc(sizeof(*block) + larger);
		if (!block)
			return NULL;
		block->used = 0;
		block->size = larger;
		block->next = pool->blocks;
		pool->blocks = block;
	}
	block->used += rounded;
	return block->data + block->used - rounded;
}

const void *pool_keep(struct pool *pool, const void *data, size_t size)
{
	uint64_t hash = hash_of(data, size);
	struct entry *entry;
	char *kept;

	if (grow(pool))
		return NULL;
	entry = find(pool, hash, data, size);
	if (entry->data)
		return entry->data;
	kept = allocate(pool, size ? size : 1);
	if (!kept)
		return NULL;
	memcpy(kept, data, size);
	*entry = (struct entry){ .data = kept, .size = size, .hash = hash };
	pool->count++;
	return kept;
}

const char *pool_string(struct pool *pool, const char *text)
{
	return pool_keep(pool, text, strlen(text) + 1);
}
