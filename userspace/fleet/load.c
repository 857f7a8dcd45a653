// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/load.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/safe.h"
#include "fleet/inputs.h"
#include "fleet/names.h"
#include "fleet/progress.h"
#include "fleet/kind.h"
#include "fleet/threads.h"
#include "fleet/tree.h"

/* A thread more is not worth it for fewer files. */
#define FILES_OF_A_THREAD 4
#define FIRST_PLACES	  64

/* Where each kind is, by its digest: a hash table. */
struct kinds {
	size_t *places; /* FLEET_NONE is a free one */
	size_t nr_places;
};

struct loader {
	struct fleet *fleet;
	const struct fleet_reading *reading;
	/* All below is only touched with the lock. */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t next; /* host to read */
	size_t done;
	bool *ready; /* by host */
	bool stop;
	bool no_memory;
	struct kinds kinds;
};

static size_t *kind_place(const struct loader *loader,
			  const struct digest *digest)
{
	const struct kinds *kinds = &loader->kinds;
	size_t at = digest->word[0] & (kinds->nr_places - 1);

	while (kinds->places[at] != FLEET_NONE &&
	       memcmp(&loader->fleet->kinds[kinds->places[at]]->digest, digest,
		      sizeof(*digest)))
		at = (at + 1) & (kinds->nr_places - 1);
	return &kinds->places[at];
}

static int kinds_grow(struct loader *loader)
{
	struct kinds *kinds = &loader->kinds;
	size_t i,
		larger = kinds->nr_places ? 2 * kinds->nr_places : FIRST_PLACES;
	size_t *places;

	if (loader->fleet->nr_kinds < kinds->nr_places / 2)
		return 0;
	places = malloc(larger * sizeof(*places));
	if (!places)
		return -1;
	for (i = 0; i < larger; i++)
		places[i] = FLEET_NONE;
	free(kinds->places);
	kinds->places = places;
	kinds->nr_places = larger;
	for (i = 0; i < loader->fleet->nr_kinds; i++)
		*kind_place(loader, &loader->fleet->kinds[i]->digest) = i;
	return 0;
}

/* Another thread may have added the same kind meanwhile. */
static size_t kind_add(struct loader *loader, const struct host *host,
		       const struct summary *summary,
		       const struct digest *digest)
{
	struct fleet *fleet = loader->fleet;
	struct fleet_kind *kind;
	size_t *place;

	if (kinds_grow(loader))
		return FLEET_NONE;
	place = kind_place(loader, digest);
	if (*place != FLEET_NONE)
		return *place;
	kind = kind_new(fleet->pool, host, summary);
	if (!kind)
		return FLEET_NONE;
	kind->digest = *digest;
	fleet->kinds[fleet->nr_kinds] = kind;
	*place = fleet->nr_kinds++;
	return *place;
}

static size_t kind_find(struct loader *loader, const struct digest *digest)
{
	size_t kind;

	pthread_mutex_lock(&loader->lock);
	kind = loader->kinds.nr_places ? *kind_place(loader, digest) :
					 FLEET_NONE;
	pthread_mutex_unlock(&loader->lock);
	return kind;
}

static size_t kind_of(struct loader *loader, const struct host *host)
{
	struct summary summary;
	struct digest digest;
	size_t kind;

	if (digest_of(&digest, &loader->fleet->key, host))
		return FLEET_NONE;
	kind = kind_find(loader, &digest);
	if (kind != FLEET_NONE)
		return kind;
	if (!summary_of(&summary, host)) {
		pthread_mutex_lock(&loader->lock);
		kind = kind_add(loader, host, &summary, &digest);
		pthread_mutex_unlock(&loader->lock);
	}
	summary_free(&summary);
	return kind;
}

static const char *keep(struct loader *loader, const char *text)
{
	const char *kept;

	pthread_mutex_lock(&loader->lock);
	kept = pool_string(loader->fleet->pool, text);
	pthread_mutex_unlock(&loader->lock);
	return kept;
}

static struct host *read_host(struct loader *loader, const char *path,
			      struct input_error *error)
{
	struct host *host = tree_read(path, error);

	if (host && loader->reading->strict && input_strict(host, error)) {
		host_free(host);
		return NULL;
	}
	return host;
}

/* Returns 0, or -1 without memory. */
static int load_one(struct loader *loader, struct fleet_host *entry)
{
	struct input_error error;
	struct host *host;
	const char *node;
	bool named;

	if (entry->error)
		return 0;
	host = read_host(loader, entry->path, &error);
	if (!host) {
		entry->bad_input = error.status == STATUS_BAD_INPUT;
		entry->error = keep(loader, error.text);
		return entry->error ? 0 : -1;
	}
	node = facts_get(host->facts, "host");
	named = node && *node;
	if (named)
		entry->node = keep(loader, node);
	entry->kind = kind_of(loader, host);
	host_free(host);
	return entry->kind == FLEET_NONE || (named && !entry->node) ? -1 : 0;
}

/* The next host, or FLEET_NONE where there is none left. */
static size_t take(struct loader *loader)
{
	size_t host = FLEET_NONE;

	pthread_mutex_lock(&loader->lock);
	if (!loader->stop && !loader->no_memory &&
	    loader->next < loader->fleet->nr_hosts)
		host = loader->next++;
	pthread_mutex_unlock(&loader->lock);
	return host;
}

static void *work(void *data)
{
	struct loader *loader = data;
	size_t host;
	int error;

	while ((host = take(loader)) != FLEET_NONE) {
		error = load_one(loader, &loader->fleet->hosts[host]);
		pthread_mutex_lock(&loader->lock);
		loader->no_memory |= error;
		loader->ready[host] = true;
		loader->done++;
		pthread_cond_signal(&loader->changed);
		pthread_mutex_unlock(&loader->lock);
	}
	return NULL;
}

/* Wait until the host is read. Returns 0, or -1 where it never will be. */
static int wait_for(struct loader *loader, size_t host,
		    struct progress *progress)
{
	size_t done;
	bool ready;

	pthread_mutex_lock(&loader->lock);
	while (!loader->ready[host] && !loader->no_memory) {
		struct timespec next = progress_next();

		pthread_cond_timedwait(&loader->changed, &loader->lock, &next);
		progress_show(progress, loader->done, loader->fleet->nr_hosts);
	}
	ready = loader->ready[host];
	done = loader->done;
	pthread_mutex_unlock(&loader->lock);
	progress_show(progress, done, loader->fleet->nr_hosts);
	return ready ? 0 : -1;
}

static int follow(struct loader *loader)
{
	const struct fleet_reading *reading = loader->reading;
	struct progress progress;
	int error = 0;
	size_t i;

	progress_begin(&progress, reading->progress);
	for (i = 0; i < loader->fleet->nr_hosts && !error; i++) {
		error = wait_for(loader, i, &progress);
		if (!error && reading->each)
			error = reading->each(reading->data, loader->fleet, i);
	}
	progress_end(&progress);
	pthread_mutex_lock(&loader->lock);
	loader->stop = true;
	pthread_mutex_unlock(&loader->lock);
	return error;
}

static int run(struct loader *loader)
{
	unsigned int i,
		started = 0,
		count = threads_count(
			loader->fleet->nr_hosts / FILES_OF_A_THREAD + 1);
	pthread_t threads[MAX_THREADS];
	int error;

	while (started < count &&
	       !pthread_create(&threads[started], NULL, work, loader))
		started++;
	if (!started)
		work(loader);
	error = follow(loader);
	for (i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
	return loader->no_memory ? -1 : error;
}

/* Folders that cannot be read are hosts with an error from the beginning. */
static int add_hosts(struct fleet *fleet, const struct fleet_inputs *inputs)
{
	size_t i;

	for (i = 0; i < inputs->count; i++) {
		const struct fleet_input *input = &inputs->list[i];
		struct fleet_host *host;
		char text[SAFE_SIZE(sizeof(((struct input_error *)0)->text))];
		const char *path = pool_string(fleet->pool, input->path);

		if (!path ||
		    ARRAY_GROW(fleet->hosts, fleet->nr_hosts, fleet->capacity))
			return -1;
		host = &fleet->hosts[fleet->nr_hosts++];
		*host = (struct fleet_host){
			.path = path,
			.place = path + (input->place - input->path),
			.kind = FLEET_NONE,
			.group = FLEET_NONE,
			.odd = FLEET_NONE,
			.domain = FLEET_NONE,
		};
		if (!input->error)
			continue;
		safe_bytes(text, sizeof(text), path, strlen(path));
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			 ": cannot read: %s", strerror(input->error));
		host->error = pool_string(fleet->pool, text);
		if (!host->error)
			return -1;
	}
	return 0;
}

static int find_files(struct fleet *fleet, char *const *arguments)
{
	struct fleet_inputs inputs = { .list = NULL };
	int error = 0;

	for (; *arguments && !error; arguments++)
		error = inputs_add(&inputs, *arguments);
	if (!error)
		error = add_hosts(fleet, &inputs);
	inputs_free(&inputs);
	return error;
}

/* Which thread met a kind first is chance; which host is first is not. */
static int compare_kinds(const void *one, const void *other)
{
	const struct fleet_kind *const *a = one, *const *b = other;

	return ((*a)->hosts.hosts[0] > (*b)->hosts.hosts[0]) -
	       ((*a)->hosts.hosts[0] < (*b)->hosts.hosts[0]);
}

static int sort_kinds(struct fleet *fleet)
{
	size_t i, j;

	for (i = 0; i < fleet->nr_hosts; i++) {
		if (fleet->hosts[i].kind == FLEET_NONE)
			fleet->nr_errors++;
		else if (host_list_add(
				 &fleet->kinds[fleet->hosts[i].kind]->hosts, i))
			return -1;
	}
	if (fleet->nr_kinds)
		qsort(fleet->kinds, fleet->nr_kinds, sizeof(*fleet->kinds),
		      compare_kinds);
	for (i = 0; i < fleet->nr_kinds; i++)
		for (j = 0; j < fleet->kinds[i]->hosts.count; j++)
			fleet->hosts[fleet->kinds[i]->hosts.hosts[j]].kind = i;
	return 0;
}

/* Kinds of the same offer, in their order. */
static int compare_offers(const void *one, const void *other)
{
	const struct fleet_kind *const *a = one, *const *b = other;

	if ((*a)->offered != (*b)->offered)
		return (*a)->offered < (*b)->offered ? -1 : 1;
	return compare_kinds(one, other);
}

static int number_offers(struct fleet *fleet)
{
	struct fleet_kind **kinds = calloc(fleet->nr_kinds + 1, sizeof(*kinds));
	size_t i;

	fleet->offers = calloc(fleet->nr_kinds + 1, sizeof(*fleet->offers));
	if (!kinds || !fleet->offers) {
		free(kinds);
		return -1;
	}
	for (i = 0; i < fleet->nr_kinds; i++) {
		kinds[i] = fleet->kinds[i];
		kinds[i]->offer = FLEET_NONE;
	}
	if (fleet->nr_kinds)
		qsort(kinds, fleet->nr_kinds, sizeof(*kinds), compare_offers);
	/* The first kind of each, as where it is in the order of kinds. */
	for (i = 1; i < fleet->nr_kinds; i++)
		if (kinds[i]->offered == kinds[i - 1]->offered)
			kinds[i]->offer = kinds[i - 1]->offer != FLEET_NONE ?
						  kinds[i - 1]->offer :
						  kinds[i - 1]->hosts.hosts[0];
	for (i = 0; i < fleet->nr_kinds; i++) {
		struct fleet_kind *kind = fleet->kinds[i];

		if (kind->offer == FLEET_NONE) {
			fleet->offers[fleet->nr_offers] = kind->offered;
			kind->offer = fleet->nr_offers++;
		} else {
			/* That host's kind comes before, and has its number. */
			kind->offer =
				fleet->kinds[fleet->hosts[kind->offer].kind]
					->offer;
		}
	}
	free(kinds);
	return 0;
}

int fleet_load(struct fleet *fleet, char *const *arguments,
	       const struct fleet_reading *reading)
{
	struct loader loader = {
		.fleet = fleet,
		.reading = reading,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER,
	};
	int error = find_files(fleet, arguments);

	if (!error)
		error = names_of_paths(fleet);
	if (error)
		return -1;
	fleet->kinds = calloc(fleet->nr_hosts + 1, sizeof(*fleet->kinds));
	loader.ready = calloc(fleet->nr_hosts + 1, sizeof(*loader.ready));
	if (!fleet->kinds || !loader.ready) {
		free(loader.ready);
		return -1;
	}
	error = run(&loader);
	if (!error && (names_of_nodes(fleet) || sort_kinds(fleet) ||
		       number_offers(fleet)))
		error = -1;
	free(loader.ready);
	free(loader.kinds.places);
	pthread_mutex_destroy(&loader.lock);
	pthread_cond_destroy(&loader.changed);
	return error;
}
