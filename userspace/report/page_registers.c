// SPDX-License-Identifier: GPL-2.0-only
/* The registers of a page, with their fields and what those mean. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/findings.h"
#include "model/group_names.h"
#include "model/register_name.h"
#include "report/page_parts.h"
#include "report/show_value.h"
#include "summary.h"

static void put_value(FILE *file, const struct register_info *info,
		      const struct register_value *value)
{
	if (value->status == VI_READ)
		fprintf(file, "0x%0*llx\n", register_digits(info),
			value->value);
	else
		fprintf(file, "%s%s%s\n", register_status_text(value->status),
			value->status == VI_NOT_ATTEMPTED && info->gate ?
				": requires " :
				"",
			value->status == VI_NOT_ATTEMPTED && info->gate ?
				info->gate :
				"");
}

/* Bits that hosts of one kind do not have alike: a page of a kind lacks them. */
static u64 bits_left_out(const struct page *page, enum register_id id)
{
	return page->fleet->only ? 0 : register_varies(id);
}

static void put_fields(FILE *file, const struct host_group *group,
		       const struct register_info *info, u64 left_out)
{
	struct out out = { .file = file, .utf8 = true };
	struct shown_value shown;

	FIELD_EACH(info, i) {
		if (field_mask(field_info(i)) & left_out) {
			fputs("differs between like CPUs", file);
		} else if (field_value(group, i).known) {
			fputs(show_value(&shown, group, i)->text, file);
			show_bit_names(&out, group, i);
		}
		putc('\n', file);
	}
}

/* Its number among the values. Returns 0, or -1 without memory. */
static int put_register(struct page *page, const struct host_group *group,
			enum register_id id)
{
	const struct register_info *info = register_info(id);
	struct register_value value = register_value(group, id);
	u64 left_out = value.known ? bits_left_out(page, id) : 0;
	u64 unnamed =
		value.known ? register_unnamed_bits(group, id) & ~left_out : 0;
	char address[REGISTER_ADDRESS_SIZE], *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);
	int error;

	if (!file)
		return -1;
	fprintf(file, "%d\n%s\n", (int)id,
		register_address(address, info, &value));
	put_value(file, info, &value);
	if (unnamed)
		fprintf(file, "%s 0x%llx",
			info->partial ? "bits not listed" : "reserved bits set",
			unnamed);
	if (left_out)
		fprintf(file,
			"%sbits 0x%llx differ between like CPUs and are shown as 0",
			unnamed ? "; " : "", left_out);
	putc('\n', file);
	if (value.known)
		put_fields(file, group, info, left_out);
	error = fclose(file);
	if (!error)
		json_uint(page->json, NULL, text_set_add(page->values, text));
	free(text);
	page->shown[id] = true;
	return error ? -1 : 0;
}

static int put_values(struct page *page, const struct host_group *group)
{
	const enum register_id *order = show_order();
	int error = 0;
	size_t i;

	json_begin_array(page->json, "values");
	for (i = 0; i < NR_REGISTERS && !error; i++)
		if (register_value(group, order[i]).status != VI_ABSENT)
			error = put_register(page, group, order[i]);
	json_end(page->json);
	return error;
}

/* Leaves of CPUID that the table does not take apart. */
static void put_others(struct page *page, const struct host_group *group)
{
	size_t i;

	json_begin_array(page->json, "others");
	for (i = 0; i < group->others.count; i++) {
		const struct raw_leaf *raw = &group->others.list[i];
		char text[96];

		snprintf(text, sizeof(text),
			 "0x%08x:%u 0x%08x 0x%08x 0x%08x 0x%08x", raw->leaf,
			 raw->subleaf, raw->reg[VI_EAX], raw->reg[VI_EBX],
			 raw->reg[VI_ECX], raw->reg[VI_EDX]);
		page_text(page, NULL, text);
	}
	json_end(page->json);
}

static int put_findings(struct page *page, const struct host_group *group)
{
	struct findings findings = { .list = NULL };
	int error = findings_of(&findings, group);
	size_t i;

	json_begin_array(page->json, "findings");
	for (i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.list[i];

		json_begin_array(page->json, NULL);
		page_text(page, NULL, register_info(finding->reg)->name);
		page_text(page, NULL,
			  finding->field == NR_FIELDS ?
				  NULL :
				  field_info(finding->field)->name);
		page_text(page, NULL, finding->text);
		json_end(page->json);
	}
	json_end(page->json);
	findings_free(&findings);
	return error;
}

static int put_group(struct page *page, const struct host_group *group)
{
	struct group_names names;
	int error = group_names(group, &names);

	if (!error) {
		const struct vi_sample *sample = &group->sample;

		page_text(page, "cpus", names.cpus_words);
		page_text(page, "vendor", names.vendor);
		page_text(page, "model", names.model_name);
		page_text(page, "extension",
			  vi_extension_name(vi_extension(sample)));
		page_text(page, "state", vi_state_name(vi_state(sample)));
		page_text(page, "paging", vi_paging_name(vi_paging(sample)));
	}
	group_names_free(&names);
	if (error || put_values(page, group))
		return -1;
	put_others(page, group);
	return put_findings(page, group);
}

int page_cpus(struct page *page, const struct host *host)
{
	int error = 0;
	size_t i;

	json_begin_array(page->json, "cpus");
	for (i = 0; i < host->nr_groups && !error; i++) {
		json_begin_object(page->json, NULL);
		error = put_group(page, host->groups[i]);
		json_end(page->json);
	}
	json_end(page->json);
	return error;
}

/* An array of its lines; an empty one is a field that is not known. */
static void put_lines(struct page *page, const char *text)
{
	json_begin_array(page->json, NULL);
	while (*text) {
		size_t length = strcspn(text, "\n");

		json_format(page->json, NULL, "%.*s", (int)length, text);
		text += length + (text[length] == '\n');
	}
	json_end(page->json);
}

static void put_info(struct page *page, const struct register_info *info)
{
	json_begin_object(page->json, NULL);
	json_string(page->json, "name", info->name);
	json_string(page->json, "source", info->source);
	json_begin_array(page->json, "fields");
	FIELD_EACH(info, i) {
		const struct field_info *field = field_info(i);

		json_begin_array(page->json, NULL);
		json_string(page->json, NULL, field->name);
		json_string(page->json, NULL, field->title);
		json_string(page->json, NULL, field->meaning);
		json_int(page->json, NULL, field->high);
		json_int(page->json, NULL, field->low);
		json_end(page->json);
	}
	json_end(page->json);
	json_end(page->json);
}

void page_registers(struct page *page)
{
	enum register_id id;
	size_t i;

	json_begin_array(page->json, "registers");
	for (id = 0; id < NR_REGISTERS; id++)
		if (page->shown[id])
			put_info(page, register_info(id));
		else
			json_null(page->json, NULL);
	json_end(page->json);
	json_begin_array(page->json, "values");
	for (i = 0; i < text_set_count(page->values); i++)
		put_lines(page, text_set_at(page->values, i));
	json_end(page->json);
}
