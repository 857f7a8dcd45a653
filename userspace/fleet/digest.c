// SPDX-License-Identifier: GPL-2.0-only
/*
 * A polynomial of what is put, at two random points, modulo the prime 2^61 - 1:
 * of two that differ and have n words, at most n points give the same value
 * (Carter and Wegman, "Universal classes of hash functions", 1979).
 */
#include "fleet/digest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "fleet/own.h"

#define PRIME ((1ULL << 61) - 1)

/* Below the prime whatever they are, so no two words are the same. */
#define WORD_BYTES 7

struct digest_key digest_key_new(void)
{
	struct digest_key key;
	struct timespec now;

	if (getrandom(&key, sizeof(key), GRND_NONBLOCK) !=
	    (ssize_t)sizeof(key)) {
		clock_gettime(CLOCK_REALTIME, &now);
		key.point[0] = (u64)now.tv_nsec * 0x9e3779b97f4a7c15ULL;
		key.point[1] = (key.point[0] ^ (u64)now.tv_sec) *
			       0xbf58476d1ce4e5b9ULL;
	}
	key.point[0] %= PRIME;
	key.point[1] %= PRIME;
	return key;
}

/* Both below the prime; what is returned is below 2^63 and not reduced. */
static u64 multiply(u64 a, u64 b)
{
#ifdef __SIZEOF_INT128__
	unsigned __int128 product = (unsigned __int128)a * b;

	return ((u64)product & PRIME) + (u64)(product >> 61);
#else
	/* In halves of 31 bits: 2^61 is 1, so 2^62 is 2. */
	u64 low_a = a & 0x7fffffff, high_a = a >> 31;
	u64 low_b = b & 0x7fffffff, high_b = b >> 31;
	u64 middle = low_a * high_b + high_a * low_b;

	return high_a * high_b * 2 + (middle >> 30) +
	       ((middle & 0x3fffffff) << 31) + low_a * low_b;
#endif
}

static u64 step(u64 sum, u64 point, u64 word)
{
	u64 product = multiply(sum, point);

	product = (product & PRIME) + (product >> 61) + word;
	return product >= PRIME ? product % PRIME : product;
}

static void add_word(struct digest *digest, const struct digest_key *key,
		     u64 word)
{
	digest->word[0] = step(digest->word[0], key->point[0], word);
	digest->word[1] = step(digest->word[1], key->point[1], word);
}

static void add(struct digest *digest, const struct digest_key *key,
		const char *data, size_t size)
{
	u64 word;

	/* One more, for a leading 0 changes no polynomial. */
	add_word(digest, key, size + 1);
	for (; size >= WORD_BYTES; data += WORD_BYTES) {
		word = 0;
		memcpy(&word, data, WORD_BYTES);
		add_word(digest, key, word);
		size -= WORD_BYTES;
	}
	word = 0;
	memcpy(&word, data, size);
	if (size)
		add_word(digest, key, word);
}

static void add_string(struct digest *digest, const struct digest_key *key,
		       const char *text)
{
	add(digest, key, text, strlen(text));
}

static void add_facts(struct digest *digest, const struct digest_key *key,
		      const struct host *host)
{
	bool guest = own_is_guest(host);
	char buffer[OWN_VALUE];
	size_t i;

	for (i = 0; i < facts_count(host->facts); i++) {
		struct fact fact = facts_at(host->facts, i);
		const char *value = own_fact(buffer, &fact, guest);

		if (!value)
			continue;
		add_string(digest, key, fact.key);
		add_string(digest, key, value);
	}
}

int digest_of(struct digest *digest, const struct digest_key *key,
	      const struct host *host)
{
	struct bytes bytes = { .data = NULL };
	size_t i;

	*digest = (struct digest){ { 0 } };
	BYTES_PUT(&bytes, host->source);
	BYTES_PUT(&bytes, host->any_cpu);
	for (i = 0; i < host->nr_groups; i++) {
		own_put_registers(&bytes, host->groups[i]);
		own_put_lists(&bytes, host->groups[i]);
	}
	if (!bytes.failed) {
		add(digest, key, bytes.data, bytes.length);
		add_string(digest, key, host_source_name(host));
		add_facts(digest, key, host);
	}
	free(bytes.data);
	return bytes.failed ? -1 : 0;
}
