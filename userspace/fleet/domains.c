// SPDX-License-Identifier: GPL-2.0-only
/*
 * Domains of migration, judged between kinds of hosts, not between hosts. A kind
 * joins the first domain with all kinds of which guests move both ways; where
 * what is safe is not transitive (frequencies within a tolerance), every pair of
 * a domain has been judged all the same.
 */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "fleet/judge.h"
#include "fleet/sides.h"
#include "fleet/threads.h"

/* A thread more is not worth it for fewer. */
#define ROWS_OF_A_THREAD 8

struct judging {
	struct fleet *fleet;
	struct fleet_sides sides;
	size_t count;	     /* of them */
	size_t *domain;	     /* of each */
	unsigned char *safe; /* [from * count + to] */
	atomic_size_t next;  /* row to judge */
	size_t capacity;
};

static int open_sides(struct judging *j)
{
	size_t i;

	if (fleet_sides_open(&j->sides, j->fleet, NULL))
		return -1;
	j->count = j->sides.count;
	j->domain = calloc(j->count + 1, sizeof(*j->domain));
	if (!j->domain)
		return -1;
	for (i = 0; i < j->count; i++)
		j->domain[i] = FLEET_NONE;
	return 0;
}

static bool is_safe(const struct judging *j, const struct fleet_side *from,
		    const struct fleet_side *to)
{
	enum migration_answer answers[NR_GUEST_CLASSES];

	if (!from->host || !to->host)
		return false;
	migration_answers(answers, &from->side, &to->side);
	return answers[j->fleet->domains.guest] == MIGRATION_SAFE;
}

/* Rows are judged by whichever thread comes to them; no two have the same. */
static void *judge_rows(void *data)
{
	struct judging *j = data;
	size_t from, to;

	while ((from = atomic_fetch_add(&j->next, 1)) < j->count)
		for (to = 0; to < j->count; to++)
			j->safe[from * j->count + to] = is_safe(
				j, &j->sides.list[from], &j->sides.list[to]);
	return NULL;
}

static int judge_pairs(struct judging *j)
{
	j->safe = calloc(j->count + 1, j->count + 1);
	if (!j->safe)
		return -1;
	threads_run(judge_rows, j, j->count / ROWS_OF_A_THREAD);
	return 0;
}

static bool moves(const struct judging *j, size_t from, size_t to)
{
	return j->safe[from * j->count + to];
}

/* Of all kinds of the domain, there and back? */
static bool fits(const struct judging *j, size_t side, size_t domain)
{
	size_t i;

	for (i = 0; i < side; i++)
		if (j->domain[i] == domain &&
		    !(moves(j, side, i) && moves(j, i, side)))
			return false;
	return true;
}

static int add_hosts(struct judging *j, size_t at, struct host_list *list)
{
	struct fleet *fleet = j->fleet;
	const struct host_list *hosts =
		&fleet->kinds[j->sides.list[at].kind]->hosts;
	size_t i;

	for (i = 0; i < hosts->count; i++) {
		if (!host_takes_guests(fleet, hosts->hosts[i]))
			continue;
		fleet->hosts[hosts->hosts[i]].domain = j->domain[at];
		if (host_list_add(list, hosts->hosts[i]))
			return -1;
	}
	return 0;
}

static int place(struct judging *j, size_t at)
{
	struct fleet_domains *domains = &j->fleet->domains;
	size_t domain;

	if (!moves(j, at, at))
		return add_hosts(j, at, &domains->unknown);
	for (domain = 0; domain < domains->count; domain++)
		if (fits(j, at, domain))
			break;
	if (domain == domains->count) {
		if (ARRAY_GROW(domains->list, domains->count, j->capacity))
			return -1;
		domains->list[domains->count++] =
			(struct fleet_domain){ .to = NULL };
	}
	j->domain[at] = domain;
	return add_hosts(j, at, &domains->list[domain].hosts);
}

/* Does every kind of the one move to every kind of the other? */
static bool leads(const struct judging *j, size_t from, size_t to)
{
	size_t i, k;

	for (i = 0; i < j->count; i++)
		for (k = 0; j->domain[i] == from && k < j->count; k++)
			if (j->domain[k] == to && !moves(j, i, k))
				return false;
	return true;
}

static int draw_arrows(struct judging *j)
{
	struct fleet_domains *domains = &j->fleet->domains;
	size_t i, k;

	for (i = 0; i < domains->count; i++) {
		struct fleet_domain *domain = &domains->list[i];

		domain->to = calloc(domains->count, sizeof(*domain->to));
		if (!domain->to)
			return -1;
		for (k = 0; k < domains->count; k++)
			if (k != i && leads(j, i, k))
				domain->to[domain->nr_to++] = k;
		host_list_sort(&domain->hosts);
	}
	host_list_sort(&domains->unknown);
	return 0;
}

int judge_domains(struct fleet *fleet, enum guest_class guest)
{
	struct judging j = { .fleet = fleet };
	int error;
	size_t i;

	fleet->domains.judged = true;
	fleet->domains.guest = guest;
	error = open_sides(&j) || judge_pairs(&j);
	for (i = 0; i < j.count && !error; i++)
		error = place(&j, i);
	if (!error)
		error = draw_arrows(&j);
	fleet_sides_close(&j.sides);
	free(j.domain);
	free(j.safe);
	return error ? -1 : 0;
}

void free_domains(struct fleet *fleet)
{
	size_t i;

	for (i = 0; i < fleet->domains.count; i++) {
		free(fleet->domains.list[i].hosts.hosts);
		free(fleet->domains.list[i].to);
	}
	free(fleet->domains.list);
	free(fleet->domains.unknown.hosts);
}
