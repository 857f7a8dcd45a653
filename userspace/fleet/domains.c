// SPDX-License-Identifier: GPL-2.0-only
/*
 * Domains of migration, judged between kinds of hosts, not between hosts. A kind
 * joins the first domain with all kinds of which guests move both ways; where
 * what is safe is not transitive (frequencies within a tolerance), every pair of
 * a domain has been judged all the same.
 */
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "fleet/judge.h"
#include "migrate/side.h"

struct node {
	struct host *host;
	struct side side;
	size_t kind;
	size_t nr_hosts;
	size_t domain;
};

struct judging {
	struct fleet *fleet;
	struct node *nodes; /* that most hosts are of first */
	size_t count;
	unsigned char *safe; /* [from * count + to] */
	size_t capacity;
};

static int compare_nodes(const void *one, const void *other)
{
	const struct node *a = one, *b = other;

	if (a->nr_hosts != b->nr_hosts)
		return a->nr_hosts > b->nr_hosts ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind);
}

static int find_nodes(struct judging *j)
{
	struct fleet *fleet = j->fleet;
	size_t i, k;

	j->nodes = calloc(fleet->nr_kinds + 1, sizeof(*j->nodes));
	if (!j->nodes)
		return -1;
	for (i = 0; i < fleet->nr_kinds; i++) {
		const struct host_list *hosts = &fleet->kinds[i]->hosts;
		struct node *node = &j->nodes[j->count];

		*node = (struct node){ .kind = i, .domain = FLEET_NONE };
		for (k = 0; k < hosts->count; k++)
			node->nr_hosts +=
				host_takes_guests(fleet, hosts->hosts[k]);
		j->count += node->nr_hosts != 0;
	}
	qsort(j->nodes, j->count, sizeof(*j->nodes), compare_nodes);
	return 0;
}

/* A file that has changed since leaves its kind without a side. */
static int open_sides(struct judging *j)
{
	size_t i;

	for (i = 0; i < j->count; i++) {
		struct node *node = &j->nodes[i];

		node->host = fleet_kind_host(j->fleet, node->kind);
		if (node->host && side_of(&node->side, node->host))
			return -1;
	}
	return 0;
}

static bool is_safe(const struct judging *j, const struct node *from,
		    const struct node *to)
{
	enum migration_answer answers[NR_GUEST_CLASSES];

	if (!from->host || !to->host)
		return false;
	migration_answers(answers, &from->side, &to->side);
	return answers[j->fleet->domains.guest] == MIGRATION_SAFE;
}

static int judge_pairs(struct judging *j)
{
	size_t from, to;

	j->safe = calloc(j->count + 1, j->count + 1);
	if (!j->safe)
		return -1;
	for (from = 0; from < j->count; from++)
		for (to = 0; to < j->count; to++)
			j->safe[from * j->count + to] =
				is_safe(j, &j->nodes[from], &j->nodes[to]);
	return 0;
}

static bool moves(const struct judging *j, size_t from, size_t to)
{
	return j->safe[from * j->count + to];
}

/* Of all kinds of the domain, there and back? */
static bool fits(const struct judging *j, size_t node, size_t domain)
{
	size_t i;

	for (i = 0; i < node; i++)
		if (j->nodes[i].domain == domain &&
		    !(moves(j, node, i) && moves(j, i, node)))
			return false;
	return true;
}

static int add_hosts(struct judging *j, const struct node *node,
		     struct host_list *list)
{
	struct fleet *fleet = j->fleet;
	const struct host_list *hosts = &fleet->kinds[node->kind]->hosts;
	size_t i;

	for (i = 0; i < hosts->count; i++) {
		if (!host_takes_guests(fleet, hosts->hosts[i]))
			continue;
		fleet->hosts[hosts->hosts[i]].domain = node->domain;
		if (host_list_add(list, hosts->hosts[i]))
			return -1;
	}
	return 0;
}

static int place(struct judging *j, size_t at)
{
	struct fleet_domains *domains = &j->fleet->domains;
	struct node *node = &j->nodes[at];
	size_t domain;

	if (!moves(j, at, at))
		return add_hosts(j, node, &domains->unknown);
	for (domain = 0; domain < domains->count; domain++)
		if (fits(j, at, domain))
			break;
	if (domain == domains->count) {
		if (ARRAY_GROW(domains->list, domains->count, j->capacity))
			return -1;
		domains->list[domains->count++] =
			(struct fleet_domain){ .to = NULL };
	}
	node->domain = domain;
	return add_hosts(j, node, &domains->list[domain].hosts);
}

/* Does every kind of the one move to every kind of the other? */
static bool leads(const struct judging *j, size_t from, size_t to)
{
	size_t i, k;

	for (i = 0; i < j->count; i++)
		for (k = 0; j->nodes[i].domain == from && k < j->count; k++)
			if (j->nodes[k].domain == to && !moves(j, i, k))
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

static void close_nodes(struct judging *j)
{
	size_t i;

	for (i = 0; j->nodes && i < j->count; i++) {
		side_free(&j->nodes[i].side);
		host_free(j->nodes[i].host);
	}
	free(j->nodes);
	free(j->safe);
}

int judge_domains(struct fleet *fleet, enum guest_class guest)
{
	struct judging j = { .fleet = fleet };
	int error;
	size_t i;

	fleet->domains.judged = true;
	fleet->domains.guest = guest;
	error = find_nodes(&j) || open_sides(&j) || judge_pairs(&j);
	for (i = 0; i < j.count && !error; i++)
		error = place(&j, i);
	if (!error)
		error = draw_arrows(&j);
	close_nodes(&j);
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
