// SPDX-License-Identifier: GPL-2.0-only
/* The kinds of hosts of a page: what is said of a host, but for its name. */
#include <stdlib.h>
#include <string.h>

#include "fleet/group.h"
#include "fleet/select.h"
#include "model/features.h"
#include "model/iommu.h"
#include "report/page_parts.h"
#include "report/running_under.h"
#include "verdict/verdict.h"

/* Those that are of a kind, and have no member of their own. */
static bool is_cell(enum fleet_column column)
{
	switch (column) {
	case COLUMN_HOST:
	case COLUMN_FILE:
	case COLUMN_USABLE:
	case COLUMN_REASON:
	case COLUMN_SUMMARY:
	case COLUMN_REMEDY:
	case COLUMN_GROUP:
	case COLUMN_ODD:
	case COLUMN_DOMAIN:
	case COLUMN_ERROR:
		return false;
	default:
		return true;
	}
}

static void put_columns(struct page *page)
{
	enum fleet_column column;

	json_begin_array(page->json, "columns");
	for (column = 0; column < NR_FLEET_COLUMNS; column++) {
		const struct fleet_column_info *info =
			fleet_column_info(column);

		if (!is_cell(column))
			continue;
		json_begin_array(page->json, NULL);
		json_string(page->json, NULL, info->name);
		json_string(page->json, NULL, info->title);
		json_end(page->json);
	}
	json_end(page->json);
}

static void put_cells(struct page *page, const struct fleet_kind *kind)
{
	enum fleet_column column;

	json_begin_array(page->json, "cells");
	for (column = 0; column < NR_FLEET_COLUMNS; column++)
		if (is_cell(column))
			page_text(page, NULL, kind->cells[column]);
	json_end(page->json);
}

/* Of the hosts of a kind all are in the same group, odd or not. */
static void put_places(struct page *page, const struct fleet_kind *kind)
{
	const struct fleet_host *first =
		&page->fleet->hosts[kind->hosts.hosts[0]];
	size_t i, domain = FLEET_NONE;

	for (i = 0; i < kind->hosts.count && domain == FLEET_NONE; i++)
		domain = page->fleet->hosts[kind->hosts.hosts[i]].domain;
	json_known_uint(page->json, "group", kind->group != FLEET_NONE,
			kind->group);
	json_boolean(page->json, "odd", first->odd != FLEET_NONE);
	json_known_uint(page->json, "domain", domain != FLEET_NONE, domain);
}

/* In what it differs from the most frequent kind of its group. */
static int put_differences(struct page *page, size_t index)
{
	const struct fleet_kind *kind = page->fleet->kinds[index];
	struct fleet_differences differences = { .list = NULL };
	int error = 0;
	size_t i;

	json_begin_array(page->json, "differences");
	if (kind->group != FLEET_NONE &&
	    page->fleet->groups[kind->group].kind != index)
		error = kind_differences(&differences, page->fleet,
					 page->fleet->groups[kind->group].kind,
					 page->fleet, index);
	for (i = 0; i < differences.count; i++) {
		const struct fleet_difference *one = &differences.list[i];

		json_begin_array(page->json, NULL);
		page_text(page, NULL, one->cause);
		page_text(page, NULL, one->what);
		page_text(page, NULL, one->usual);
		page_text(page, NULL, one->here);
		json_end(page->json);
	}
	json_end(page->json);
	free(differences.list);
	return error;
}

static void put_stage(struct page *page, const struct stage *stage)
{
	size_t i;

	json_begin_array(page->json, NULL);
	page_text(page, NULL, stage_name(stage->id));
	page_text(page, NULL, stage_status_name(stage->status));
	page_text(page, NULL,
		  stage->reason == REASON_NONE ?
			  NULL :
			  reason_info(stage->reason)->name);
	json_begin_array(page->json, NULL);
	for (i = 0; i < stage->nr_evidence; i++)
		page_text(page, NULL, stage->evidence[i]);
	json_end(page->json);
	/* Of what fails the verdict has it. */
	page_text(page, NULL,
		  stage->status == STAGE_FAIL ? NULL : stage->remedy);
	json_end(page->json);
}

static int put_verdict(struct page *page, const struct host *host)
{
	struct verdict *verdict = verdict_of(host, NULL);
	char under[RUNNING_UNDER_SIZE];
	size_t i;

	if (!verdict)
		return -1;
	json_int(page->json, "status", verdict_exit_status(verdict));
	running_under_words(under, &verdict->hypervisor);
	page_text(page, "under", under);
	json_begin_array(page->json, "stages");
	for (i = 0; i < verdict->nr_stages; i++)
		put_stage(page, &verdict->stages[i]);
	json_end(page->json);
	verdict_free(verdict);
	return 0;
}

static void put_feature(struct page *page, const char *title,
			enum answer answer, const char *name)
{
	json_begin_array(page->json, NULL);
	page_text(page, NULL, title);
	page_text(page, NULL, answer_name(answer));
	page_text(page, NULL, name);
	json_end(page->json);
}

static void put_features(struct page *page, const struct host *host)
{
	struct iommu iommu = iommu_of(&host->system);
	const struct feature *feature = NULL;

	json_begin_array(page->json, "features");
	while ((feature = feature_next(host, feature)))
		put_feature(page, feature->title,
			    host_answer(host, feature->field), feature->name);
	put_feature(page, "IOMMU: interrupt remapping", iommu.remapping, NULL);
	put_feature(page, "IOMMU: posted interrupts", iommu.posted, NULL);
	json_end(page->json);
}

/* When a page of one host was sampled, and what its source says of itself. */
static void put_own(struct page *page, const struct host *host)
{
	size_t i;

	if (host != page->fleet->only)
		return;
	page_text(page, "sampled", facts_get(host->facts, "sampled"));
	json_begin_array(page->json, "notes");
	for (i = 0; i < facts_count(host->facts); i++) {
		struct fact fact = facts_at(host->facts, i);

		if (!strcmp(fact.key, "source note") ||
		    !strcmp(fact.key, "source module"))
			page_text(page, NULL, fact.value);
	}
	json_end(page->json);
}

static int put_kind(struct page *page, size_t index)
{
	const struct fleet_kind *kind = page->fleet->kinds[index];
	struct host *host;
	int error;

	json_uint(page->json, "reason", kind->reason);
	json_string(page->json, "usable", answer_name(kind->usable));
	page_text(page, "summary", kind->summary);
	page_text(page, "remedy", kind->remedy);
	put_cells(page, kind);
	put_places(page, kind);
	error = put_differences(page, index);
	/* NULL where its file has changed since: then the page says so. */
	host = error ? NULL : fleet_kind_host(page->fleet, index);
	if (!host)
		return error;
	error = put_verdict(page, host);
	put_features(page, host);
	put_own(page, host);
	if (!error)
		error = page_cpus(page, host);
	fleet_kind_close(page->fleet, host);
	return error;
}

/* Kinds keep their numbers; of one without a host nothing is said. */
static bool is_shown(const struct page *page, const struct fleet_kind *kind)
{
	size_t i;

	for (i = 0; i < kind->hosts.count; i++)
		if (!page->fleet->hosts[kind->hosts.hosts[i]].left_out)
			return true;
	return false;
}

int page_kinds(struct page *page)
{
	int error = 0;
	size_t i;

	put_columns(page);
	json_begin_array(page->json, "kinds");
	for (i = 0; i < page->fleet->nr_kinds && !error; i++) {
		if (!is_shown(page, page->fleet->kinds[i])) {
			json_null(page->json, NULL);
			continue;
		}
		json_begin_object(page->json, NULL);
		error = put_kind(page, i);
		json_end(page->json);
	}
	json_end(page->json);
	return error;
}
