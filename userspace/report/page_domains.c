// SPDX-License-Identifier: GPL-2.0-only
/* Domains of migration of a page, and what keeps guests from moving. */
#include <stdio.h>
#include <stdlib.h>

#include "migrate/words.h"
#include "report/page_parts.h"

/* Each is asked about each other: of smaller domains only the answer is said. */
#define EXPLAINED 16
/* Findings of one way that are said. */
#define SHOWN 8

/* A domain by one host of the kind that most of its hosts are of. */
struct domain_side {
	struct host *host; /* NULL: its file has changed since */
	struct side side;
};

static size_t largest_kind(const struct fleet *fleet, size_t domain)
{
	size_t i, largest = FLEET_NONE;

	for (i = 0; i < fleet->nr_kinds; i++) {
		const struct host_list *hosts = &fleet->kinds[i]->hosts;
		size_t k = 0;

		while (k < hosts->count &&
		       fleet->hosts[hosts->hosts[k]].domain != domain)
			k++;
		if (k < hosts->count &&
		    (largest == FLEET_NONE ||
		     hosts->count > fleet->kinds[largest]->hosts.count))
			largest = i;
	}
	return largest;
}

static int put_finding(struct page *page,
		       const struct migration_finding *finding)
{
	char name[REGISTER_ADDRESS_SIZE];
	const char *reg = finding_register(name, finding);
	char *fields = finding_fields_words(finding);

	if (!fields)
		return -1;
	json_begin_array(page->json, NULL);
	page_text(page, NULL, migration_answer_name(finding->answer));
	page_text(page, NULL, migration_rule_info(finding->rule)->title);
	page_text(page, NULL, reg);
	page_text(page, NULL, *fields ? fields : NULL);
	page_text(page, NULL, finding->from);
	page_text(page, NULL, *finding->to ? finding->to : NULL);
	json_end(page->json);
	free(fields);
	return 0;
}

/* Of a rule that is not known its title is enough: many registers may be missing. */
static bool is_said(const struct migration *migration, size_t at)
{
	const struct migration_finding *finding = &migration->list[at];
	size_t i;

	if (finding->answer != MIGRATION_UNKNOWN)
		return true;
	for (i = 0; i < at; i++)
		if (migration->list[i].rule == finding->rule &&
		    migration->list[i].answer == finding->answer)
			return false;
	return true;
}

/* Those of one answer. */
static int put_findings(struct page *page, const struct migration *migration,
			enum migration_answer answer, size_t *said)
{
	enum guest_class guest = page->fleet->domains.guest;
	int error = 0;
	size_t i;

	for (i = 0; i < migration->count && !error; i++) {
		const struct migration_finding *finding = &migration->list[i];

		if (finding->answer == answer &&
		    finding->classes >> guest & 1 && is_said(migration, i) &&
		    (*said)++ < SHOWN)
			error = put_finding(page, finding);
	}
	return error;
}

/* From, to, the answer, how many findings there are, and the first of them. */
static int put_way(struct page *page, const struct domain_side *sides,
		   size_t from, size_t to)
{
	struct migration migration = { .list = NULL };
	enum guest_class guest = page->fleet->domains.guest;
	size_t said = 0;
	int error =
		migration_judge(&migration, &sides[from].side, &sides[to].side);

	if (!error && migration.answer[guest] != MIGRATION_SAFE) {
		json_begin_array(page->json, NULL);
		json_uint(page->json, NULL, from);
		json_uint(page->json, NULL, to);
		page_text(page, NULL,
			  migration_answer_name(migration.answer[guest]));
		json_begin_array(page->json, NULL);
		error = put_findings(page, &migration, MIGRATION_UNSAFE,
				     &said) ||
			put_findings(page, &migration, MIGRATION_UNKNOWN,
				     &said);
		json_end(page->json);
		json_uint(page->json, NULL, said);
		json_end(page->json);
	}
	migration_free(&migration);
	return error ? -1 : 0;
}

static int put_ways(struct page *page, struct domain_side *sides, size_t count)
{
	int error = 0;
	size_t i, k;

	for (i = 0; i < count && !error; i++) {
		size_t kind = largest_kind(page->fleet, i);

		if (kind != FLEET_NONE)
			sides[i].host = fleet_kind_host(page->fleet, kind);
		if (sides[i].host)
			error = side_of(&sides[i].side, sides[i].host);
	}
	for (i = 0; i < count; i++)
		for (k = 0; k < count && !error; k++)
			if (i != k && sides[i].host && sides[k].host)
				error = put_way(page, sides, i, k);
	return error;
}

static int put_why(struct page *page)
{
	size_t count = page->fleet->domains.count, i;
	struct domain_side *sides = calloc(EXPLAINED, sizeof(*sides));
	int error = sides ? 0 : -1;

	if (count > EXPLAINED)
		count = EXPLAINED;
	json_begin_array(page->json, "why");
	if (!error)
		error = put_ways(page, sides, count);
	json_end(page->json);
	for (i = 0; sides && i < count; i++) {
		side_free(&sides[i].side);
		fleet_kind_close(page->fleet, sides[i].host);
	}
	free(sides);
	return error;
}

int page_domains(struct page *page)
{
	const struct fleet_domains *domains = &page->fleet->domains;
	size_t i, k;
	int error;

	if (!domains->judged) {
		json_null(page->json, "domains");
		return 0;
	}
	json_begin_object(page->json, "domains");
	json_string(page->json, "guest", guest_class_name(domains->guest));
	json_begin_array(page->json, "to");
	for (i = 0; i < domains->count; i++) {
		json_begin_array(page->json, NULL);
		for (k = 0; k < domains->list[i].nr_to; k++)
			json_uint(page->json, NULL, domains->list[i].to[k]);
		json_end(page->json);
	}
	json_end(page->json);
	error = put_why(page);
	json_end(page->json);
	return error;
}
