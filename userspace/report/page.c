// SPDX-License-Identifier: GPL-2.0-only
#include "report/page.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/timestamp.h"
#include "fleet/select.h"
#include "report/page_parts.h"
#include "report/report.h"

void page_text(struct page *page, const char *key, const char *text)
{
	if (text)
		json_uint(page->json, key, text_set_add(page->texts, text));
	else
		json_null(page->json, key);
}

static void put_reasons(struct page *page)
{
	enum reason reason;

	json_begin_array(page->json, "reasons");
	for (reason = 0; reason < NR_REASONS; reason++) {
		const struct reason_info *info = reason_info(reason);

		json_begin_array(page->json, NULL);
		json_string(page->json, NULL, info->name);
		json_string(page->json, NULL, answer_name(info->usable));
		json_string(page->json, NULL, info->meaning);
		json_end(page->json);
	}
	json_end(page->json);
}

static void put_groups(struct page *page)
{
	size_t i;

	json_begin_array(page->json, "groups");
	for (i = 0; i < page->fleet->nr_groups; i++) {
		const struct fleet_group *group = &page->fleet->groups[i];

		json_begin_object(page->json, NULL);
		json_uint(page->json, "number", group->number);
		json_string(page->json, "name", group->name);
		json_string(page->json, "apart", group->apart);
		json_uint(page->json, "kind", group->kind);
		json_end(page->json);
	}
	json_end(page->json);
}

/* Its name, its file and its kind; or null and why it was not read. */
static void put_host(struct page *page, const struct fleet_host *host)
{
	json_begin_array(page->json, NULL);
	json_string(page->json, NULL, host->name);
	json_string(page->json, NULL, host->path);
	if (host->kind != FLEET_NONE) {
		json_uint(page->json, NULL, host->kind);
	} else {
		json_null(page->json, NULL);
		json_string(page->json, NULL, host->error);
	}
	json_end(page->json);
}

static void put_hosts(struct page *page)
{
	size_t i;

	json_begin_array(page->json, "hosts");
	for (i = 0; i < page->fleet->nr_hosts; i++)
		if (!page->fleet->hosts[i].left_out)
			put_host(page, &page->fleet->hosts[i]);
	json_end(page->json);
}

static void put_texts(struct page *page)
{
	size_t i;

	json_begin_array(page->json, "texts");
	for (i = 0; i < text_set_count(page->texts); i++)
		json_string(page->json, NULL, text_set_at(page->texts, i));
	json_end(page->json);
}

static int put_all(struct page *page)
{
	char made[TIMESTAMP_SIZE];

	json_string(page->json, "version", VIRTINFO_VERSION);
	json_string(page->json, "made", timestamp_format(made, time(NULL)));
	json_boolean(page->json, "one", page->fleet->only);
	json_uint(page->json, "left_out", page->fleet->nr_left_out);
	put_reasons(page);
	put_groups(page);
	put_hosts(page);
	if (page_kinds(page) || page_domains(page) || page_baselines(page))
		return -1;
	page_registers(page);
	put_texts(page);
	return text_set_failed(page->texts) || text_set_failed(page->values) ?
		       -1 :
		       0;
}

int page_write(FILE *file, const struct fleet *fleet)
{
	struct page page = {
		.fleet = fleet,
		.json = json_new(NULL),
		.texts = text_set_new(),
		.values = text_set_new(),
	};
	int error = -1;

	fputs(page_head, file);
	if (page.texts && page.values)
		error = put_all(&page);
	if (json_finish_script(page.json, file))
		error = -1;
	fputs(page_tail, file);
	text_set_free(page.texts);
	text_set_free(page.values);
	return error || ferror(file) ? -1 : 0;
}

/* To memory first: a page that is not whole is not written. */
int report_page(struct out *out, const struct fleet *fleet,
		const struct options *options)
{
	int status = STATUS_FAILED;
	char *data = NULL;
	size_t length;
	FILE *file = open_memstream(&data, &length);
	int error = !file || page_write(file, fleet);

	if (file && fclose(file))
		error = -1;
	if (error)
		report_out_of_memory();
	else
		status = report_write(out, options->value[OPT_HTML],
				      report_mode(), data, length);
	free(data);
	return status;
}
