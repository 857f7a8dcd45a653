// SPDX-License-Identifier: GPL-2.0-only
/* The baselines of a page: who holds down what, and a copy for each engine. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fleet/offer.h"
#include "fleet/sides.h"
#include "migrate/baseline.h"
#include "report/page_parts.h"

/*
 * An array of the lines, each an array of what is between its tabs: in a JSON
 * string a tab would not stay one.
 */
static void put_lines(struct page *page, const char *key, const char *text)
{
	const char *end = strchrnul(text, '\n');

	json_begin_array(page->json, key);
	for (; *text; text = *end ? end + 1 : end) {
		end = strchrnul(text, '\n');
		json_begin_array(page->json, NULL);
		for (;;) {
			size_t length = strcspn(text, "\t\n");

			json_format(page->json, NULL, "%.*s", (int)length,
				    text);
			text += length;
			if (*text != '\t')
				break;
			text++;
		}
		json_end(page->json);
	}
	json_end(page->json);
}

static int put_engine(struct page *page, const struct side *baseline,
		      const struct side *const *sides, size_t count,
		      enum baseline_engine engine)
{
	const struct engine_info *info = baseline_engine_info(engine);
	struct baseline_target target = { .engine = engine };
	char *apart = NULL, *text = NULL;
	size_t length;
	struct out notes = { .file = open_memstream(&apart, &length),
			     .width = 80 };
	struct out out = { .file = open_memstream(&text, &length),
			   .width = 80 };
	int error =
		!notes.file || !out.file ||
		baseline_print_apart(&notes, baseline, sides, count, &target) ||
		baseline_print(&out, baseline, sides, count, &target);

	if (notes.file && fclose(notes.file))
		error = 1;
	if (out.file && fclose(out.file))
		error = 1;
	if (!error) {
		json_begin_object(page->json, NULL);
		json_string(page->json, "name", info->name);
		json_string(page->json, "title", info->title);
		put_lines(page, "notes", apart);
		put_lines(page, "lines", text);
		json_end(page->json);
	}
	free(apart);
	free(text);
	return error ? -1 : 0;
}

static int put_sides(struct page *page, const struct fleet_sides *sides)
{
	const struct side **list = calloc(sides->count + 1, sizeof(*list));
	struct side baseline = { .host = NULL };
	enum baseline_engine engine;
	size_t i, count = 0;
	int error = !list;

	/* Of a file that has changed since nobody knows what it offered. */
	for (i = 0; i < sides->count && !error; i++)
		if (sides->list[i].host)
			list[count++] = &sides->list[i].side;
	if (count) {
		error = baseline_of(&baseline, list, count);
		for (engine = 0; engine < NR_BASELINE_ENGINES && !error;
		     engine++)
			error = put_engine(page, &baseline, list, count,
					   engine);
		side_free(&baseline);
	}
	free(list);
	return error ? -1 : 0;
}

static int put_engines(struct page *page, const struct fleet_baseline *of)
{
	struct fleet_sides sides;
	int error = fleet_sides_open(&sides, page->fleet, of);

	json_begin_array(page->json, "engines");
	if (!error)
		error = put_sides(page, &sides);
	json_end(page->json);
	fleet_sides_close(&sides);
	return error;
}

static void put_fields(struct page *page, const char *key,
		       const enum field_id *fields, size_t count)
{
	size_t i;

	json_begin_array(page->json, key);
	for (i = 0; i < count; i++) {
		const struct field_info *field = field_info(fields[i]);

		json_format(page->json, NULL, "%s.%s",
			    register_info(field->reg)->name, field->name);
	}
	json_end(page->json);
}

/* Kinds of ready hosts whose offer is in the set. */
static void put_kinds(struct page *page, const char *key,
		      const unsigned long *offers)
{
	const struct fleet *fleet = page->fleet;
	size_t i;

	json_begin_array(page->json, key);
	for (i = 0; i < fleet->nr_kinds; i++)
		if (fleet->kinds[i]->usable == ANSWER_YES &&
		    bit_is_set(offers, fleet->kinds[i]->offer))
			json_uint(page->json, NULL, i);
	json_end(page->json);
}

static void put_suggestion(struct page *page,
			   const struct fleet_baseline *baseline)
{
	const struct fleet_suggestion *suggestion = &baseline->suggestion;
	size_t i;

	if (!baseline->suggested)
		return;
	json_begin_array(page->json, "suggested");
	for (i = 0; i < suggestion->hosts.count; i++)
		json_string(
			page->json, NULL,
			page->fleet->hosts[suggestion->hosts.hosts[i]].name);
	json_end(page->json);
	put_fields(page, "gains", suggestion->gains, suggestion->nr_gains);
}

static int put_baseline(struct page *page,
			const struct fleet_baseline *baseline)
{
	size_t i;

	json_string(page->json, "vendor", baseline->vendor);
	json_uint(page->json, "hosts", baseline->hosts.count);
	put_fields(page, "common", baseline->common, baseline->nr_common);
	json_begin_array(page->json, "lacking");
	for (i = 0; i < baseline->nr_holders; i++) {
		const struct fleet_holders *holders = &baseline->holders[i];

		json_begin_object(page->json, NULL);
		put_fields(page, "features", holders->fields,
			   holders->nr_fields);
		put_kinds(page, "without", holders->without);
		put_kinds(page, "unknown", holders->unknown);
		json_uint(page->json, "nr_without", holders->nr_without);
		json_uint(page->json, "nr_unknown", holders->nr_unknown);
		json_end(page->json);
	}
	json_end(page->json);
	put_suggestion(page, baseline);
	return put_engines(page, baseline);
}

int page_baselines(struct page *page)
{
	int error = 0;
	size_t i;

	json_begin_array(page->json, "baselines");
	for (i = 0; i < page->fleet->nr_baselines && !error; i++) {
		json_begin_object(page->json, NULL);
		error = put_baseline(page, &page->fleet->baselines[i]);
		json_end(page->json);
	}
	json_end(page->json);
	return error;
}
