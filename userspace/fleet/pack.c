// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/pack.h"

#include <stdlib.h>
#include <string.h>

#include "fleet/own.h"
#include "fleet/tree.h"
#include "input/system_parse.h"
#include "migrate/side.h"

/*
 * A machine has one, two or three. Where it has more, each of them costs as
 * much as a machine of one.
 */
#define KEPT_GROUPS 4

struct packed_group {
	const void *registers;
	const void *lists;
};

struct fleet_packed {
	enum host_source source;
	bool any_cpu;
	const char *forms;
	size_t nr_groups;
	struct packed_group groups[KEPT_GROUPS];
	size_t nr_facts;
	const char *facts[]; /* a key, and the value behind its end */
};

/* Keep the bytes and free them. NULL without memory. */
static const void *keep_bytes(struct pool *pool, struct bytes *bytes)
{
	const void *kept = bytes->failed ?
				   NULL :
				   pool_keep(pool, bytes->data, bytes->length);

	free(bytes->data);
	return kept;
}

const void *pack_group(struct pool *pool, const struct host_group *group)
{
	struct bytes bytes = { .data = NULL };

	own_put_registers(&bytes, group);
	return keep_bytes(pool, &bytes);
}

static const void *pack_lists(struct pool *pool, const struct host_group *group)
{
	struct bytes bytes = { .data = NULL };

	own_put_lists(&bytes, group);
	return keep_bytes(pool, &bytes);
}

static int pack_groups(struct pool *pool, struct fleet_packed *packed,
		       const struct host *host)
{
	size_t i;

	packed->nr_groups = host->nr_groups;
	for (i = 0; i < host->nr_groups && host->nr_groups <= KEPT_GROUPS;
	     i++) {
		struct packed_group *group = &packed->groups[i];

		group->registers = pack_group(pool, host->groups[i]);
		group->lists = pack_lists(pool, host->groups[i]);
		if (!group->registers || !group->lists)
			return -1;
	}
	return 0;
}

static const char *pack_fact(struct pool *pool, const char *key,
			     const char *value)
{
	struct bytes bytes = { .data = NULL };

	bytes_put(&bytes, key, strlen(key) + 1);
	bytes_put(&bytes, value, strlen(value) + 1);
	return keep_bytes(pool, &bytes);
}

static int pack_facts(struct pool *pool, struct fleet_packed *packed,
		      const struct host *host)
{
	bool guest = own_is_guest(host);
	char buffer[OWN_VALUE];
	size_t i;

	for (i = 0; i < facts_count(host->facts); i++) {
		struct fact fact = facts_at(host->facts, i);
		const char *value = own_fact(buffer, &fact, guest), *kept;

		if (!value)
			continue;
		kept = pack_fact(pool, fact.key, value);
		if (!kept)
			return -1;
		packed->facts[packed->nr_facts++] = kept;
	}
	return 0;
}

struct fleet_packed *pack_host(struct pool *pool, const struct host *host)
{
	size_t facts = facts_count(host->facts);
	struct fleet_packed *packed =
		calloc(1, sizeof(*packed) + facts * sizeof(*packed->facts));

	if (!packed)
		return NULL;
	packed->source = host->source;
	packed->any_cpu = host->any_cpu;
	packed->forms = host->forms ? pool_string(pool, host->forms) : NULL;
	if ((host->forms && !packed->forms) ||
	    pack_groups(pool, packed, host) || pack_facts(pool, packed, host)) {
		pack_free(packed);
		return NULL;
	}
	return packed;
}

void pack_free(struct fleet_packed *packed)
{
	free(packed);
}

static int open_groups(const struct fleet_packed *packed, struct host *host)
{
	size_t i;

	for (i = 0; i < packed->nr_groups; i++) {
		struct host_group *group = host_add_group(host);

		if (!group ||
		    own_take_registers(group, packed->groups[i].registers) ||
		    own_take_lists(group, packed->groups[i].lists))
			return -1;
	}
	return 0;
}

static int open_facts(const struct fleet_packed *packed, struct host *host)
{
	size_t i;

	for (i = 0; i < packed->nr_facts; i++) {
		const char *key = packed->facts[i];

		if (facts_add(host->facts, key, key + strlen(key) + 1))
			return -1;
	}
	return system_parse(&host->system, host->facts, NULL);
}

static struct host *open_kept(const struct fleet_packed *packed,
			      const char *path)
{
	struct host *host = host_new(packed->source, path);

	if (!host)
		return NULL;
	host->any_cpu = packed->any_cpu;
	if (packed->forms)
		host->forms = strdup(packed->forms);
	if ((packed->forms && !host->forms) || open_groups(packed, host) ||
	    open_facts(packed, host)) {
		host_free(host);
		return NULL;
	}
	return host;
}

static struct host *read_again(const struct digest_key *key,
			       const struct digest *digest, const char *path)
{
	struct input_error error;
	struct host *host = tree_read(path, &error);
	struct digest now;

	if (!host)
		return NULL;
	if (!digest_of(&now, key, host) && !memcmp(&now, digest, sizeof(now)))
		return host;
	host_free(host);
	return NULL;
}

struct host *pack_open(const struct fleet_packed *packed,
		       const struct digest_key *key,
		       const struct digest *digest, const char *path)
{
	return packed->nr_groups > KEPT_GROUPS ? read_again(key, digest, path) :
						 open_kept(packed, path);
}
