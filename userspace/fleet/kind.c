// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/kind.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/safe.h"
#include "fleet/bytes.h"
#include "fleet/pack.h"
#include "summary.h"

#define CELL 512

int summary_of(struct summary *summary, const struct host *host)
{
	*summary = (struct summary){ .verdict = verdict_bare(host) };
	if (!summary->verdict || side_of(&summary->side, host))
		return -1;
	if (host->nr_groups) {
		summary->processor =
			group_intersection(host->groups, host->nr_groups);
		if (!summary->processor)
			return -1;
	}
	offer_features(&summary->features, &summary->side);
	return 0;
}

void summary_free(struct summary *summary)
{
	verdict_free(summary->verdict);
	group_free(summary->processor);
	side_free(&summary->side);
}

/* A kind while it is filled. */
struct making {
	struct pool *pool;
	struct fleet_kind *kind;
	const struct host *host;
	bool failed;
};

static __attribute__((format(printf, 3, 4))) void
put(struct making *making, enum fleet_column column, const char *format, ...)
{
	va_list arguments;
	char text[CELL];

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	if (!*text)
		return;
	making->kind->cells[column] = pool_string(making->pool, text);
	making->failed |= !making->kind->cells[column];
}

static void put_fact(struct making *making, enum fleet_column column,
		     const char *key)
{
	const char *value = facts_get(making->host->facts, key);

	if (value)
		put(making, column, "%s", value);
}

/* The bytes without blanks and NULs at either end, made safe. */
static void put_bytes(struct making *making, enum fleet_column column,
		      const char *bytes, size_t length)
{
	char safe[SAFE_SIZE(48)];

	length = strnlen(bytes, length);
	while (length && *bytes == ' ') {
		bytes++;
		length--;
	}
	while (length && bytes[length - 1] == ' ')
		length--;
	put(making, column, "%s",
	    safe_bytes(safe, sizeof(safe), bytes, length));
}

static void put_signature(struct making *making, const struct vi_sample *sample)
{
	struct vi_signature signature =
		vi_signature(sample->leaf[VI_L1][VI_EAX]);

	if (sample->leaf_status[VI_L1] != VI_READ)
		return;
	put(making, COLUMN_FAMILY, "%u", signature.family);
	put(making, COLUMN_MODEL, "%u", signature.model);
	put(making, COLUMN_STEPPING, "%u", signature.stepping);
}

static void put_registers(struct making *making, const struct host *host)
{
	const struct vi_sample *sample = &host->groups[0]->sample;
	unsigned int cpus = 0;
	char bytes[48];
	size_t i;

	if (sample->leaf_status[VI_L0] == VI_READ) {
		vi_vendor(sample, bytes);
		put_bytes(making, COLUMN_VENDOR, bytes, 12);
	}
	vi_model_name(sample, bytes);
	put_bytes(making, COLUMN_MODEL_NAME, bytes, sizeof(bytes));
	put_signature(making, sample);
	for (i = 0; i < host->nr_groups; i++)
		cpus += cpulist_weight(&host->groups[i]->cpus);
	if (!host->any_cpu)
		put(making, COLUMN_CPUS, "%u", cpus);
	put(making, COLUMN_EXTENSION, "%s",
	    vi_extension_name(vi_extension(sample)));
	put(making, COLUMN_STATE, "%s", vi_state_name(vi_state(sample)));
	put(making, COLUMN_PAGING, "%s", vi_paging_name(vi_paging(sample)));
}

/* Where the input has the processor in words only. */
static void put_words(struct making *making)
{
	const char *const *cells = making->kind->cells;

	if (!cells[COLUMN_VENDOR])
		put_fact(making, COLUMN_VENDOR, "cpuinfo vendor_id");
	if (!cells[COLUMN_MODEL_NAME])
		put_fact(making, COLUMN_MODEL_NAME, "cpuinfo model name");
	if (cells[COLUMN_FAMILY])
		return;
	put_fact(making, COLUMN_FAMILY, "cpuinfo family");
	put_fact(making, COLUMN_MODEL, "cpuinfo model");
	put_fact(making, COLUMN_STEPPING, "cpuinfo stepping");
}

static void put_machine(struct making *making)
{
	const struct facts *facts = making->host->facts;
	const char *maker = facts_get(facts, "dmi sys_vendor");
	const char *name = facts_get(facts, "dmi product_name");

	put(making, COLUMN_MACHINE, "%s%s%s", maker ? maker : "",
	    maker && name ? " " : "", name ? name : "");
	put_fact(making, COLUMN_KERNEL, "kernel");
	put_fact(making, COLUMN_MICROCODE, "cpuinfo microcode");
	put_fact(making, COLUMN_BIOS, "dmi bios_version");
}

static void put_verdict(struct making *making, const struct verdict *verdict)
{
	struct fleet_kind *kind = making->kind;

	kind->reason = verdict->reason;
	kind->usable = verdict->usable;
	kind->summary = pool_string(making->pool, verdict->summary);
	if (verdict->remedy)
		kind->remedy = pool_string(making->pool, verdict->remedy);
	making->failed |= !kind->summary || (verdict->remedy && !kind->remedy);
	kind->cells[COLUMN_SUMMARY] = kind->summary;
	kind->cells[COLUMN_REMEDY] = kind->remedy;
	put(making, COLUMN_USABLE, "%s", answer_name(verdict->usable));
	put(making, COLUMN_REASON, "%s", reason_info(verdict->reason)->name);
	if (verdict->hypervisor.guest == ANSWER_NO)
		put(making, COLUMN_HYPERVISOR, "none");
	else if (verdict->hypervisor.guest == ANSWER_YES)
		put(making, COLUMN_HYPERVISOR, "%s",
		    hypervisor_name(verdict->hypervisor.product));
}

/* What tells one model from another; NULL where nothing is known of it. */
static void put_processor(struct making *making)
{
	const char *const *cells = making->kind->cells;
	char text[CELL];
	static const enum fleet_column parts[] = {
		COLUMN_VENDOR,	 COLUMN_FAMILY,	    COLUMN_MODEL,
		COLUMN_STEPPING, COLUMN_MODEL_NAME,
	};
	size_t i, used = 0;

	for (i = 0; i < ARRAY_SIZE(parts) && used < sizeof(text); i++)
		used += (size_t)snprintf(
			text + used, sizeof(text) - used, "%s\n",
			cells[parts[i]] ? cells[parts[i]] : "");
	making->kind->processor = pool_string(making->pool, text);
	making->failed |= !making->kind->processor;
}

/* All facts "parameter ...", in the order in which they are. */
static const char *parameters(struct making *making)
{
	const struct facts *facts = making->host->facts;
	struct bytes bytes = { .data = NULL };
	const char *kept;
	size_t i;

	for (i = 0; i < facts_count(facts); i++) {
		struct fact fact = facts_at(facts, i);

		if (strncmp(fact.key, "parameter ", strlen("parameter ")))
			continue;
		bytes_put(&bytes, fact.key, strlen(fact.key) + 1);
		bytes_put(&bytes, fact.value, strlen(fact.value) + 1);
	}
	bytes_put(&bytes, "", 1);
	kept = bytes.failed ? NULL :
			      pool_keep(making->pool, bytes.data, bytes.length);
	free(bytes.data);
	return kept;
}

static void put_alike(struct making *making, const struct summary *summary)
{
	struct fleet_alike alike;
	struct host_group bare;

	/* Padding too: it is compared byte by byte. */
	memset(&alike, 0, sizeof(alike));
	if (summary->processor) {
		/* The hypervisor's leaves are compared as its name. */
		bare = *summary->processor;
		memset(&bare.hv, 0, sizeof(bare.hv));
		memset(&bare.hv_bits, 0, sizeof(bare.hv_bits));
		alike.processor = pack_group(making->pool, &bare);
		making->failed |= !alike.processor;
	}
	alike.hypervisor = making->kind->cells[COLUMN_HYPERVISOR];
	alike.reason = making->kind->reason;
	alike.parameters = parameters(making);
	making->failed |= !alike.parameters;
	making->kind->alike = pool_keep(making->pool, &alike, sizeof(alike));
	making->failed |= !making->kind->alike;
}

struct fleet_kind *kind_new(struct pool *pool, const struct host *host,
			    const struct summary *summary)
{
	struct making making = {
		.pool = pool,
		.kind = calloc(1, sizeof(*making.kind)),
		.host = host,
	};

	if (!making.kind)
		return NULL;
	put_verdict(&making, summary->verdict);
	if (host->nr_groups)
		put_registers(&making, host);
	put_words(&making);
	put_machine(&making);
	put(&making, COLUMN_SOURCE, "%s", host_source_name(host));
	put_processor(&making);
	put_alike(&making, summary);
	making.kind->offered =
		pool_keep(pool, &summary->features, sizeof(summary->features));
	making.kind->packed = pack_host(pool, host);
	if (making.failed || !making.kind->offered || !making.kind->packed) {
		kind_free(making.kind);
		return NULL;
	}
	return making.kind;
}

void kind_free(struct fleet_kind *kind)
{
	if (!kind)
		return;
	pack_free(kind->packed);
	free(kind->hosts.hosts);
	free(kind);
}
