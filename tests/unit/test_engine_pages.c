// SPDX-License-Identifier: GPL-2.0-only
/*
 * docs/engines/NAME.md against the writer of the engine: the table of each page
 * has every row of exports.def, in its order, and what it says is written is
 * what is written of a host of which that one value is known.
 */
#include <ctype.h>

#include "tree.h"
#include "verdict.h"

#include "export/engine.h"

#define NOT_WRITTEN "| not written |"

static char *page_of(const struct engine *engine)
{
	char name[64];

	snprintf(name, sizeof(name), "docs/engines/%s.md", engine->name);
	return tree_text(name);
}

/* Without blanks: JSON has them where its library likes to. */
static char *without_blanks(char *text)
{
	char *from, *to = text;

	for (from = text; *from; from++)
		if (!isspace((unsigned char)*from))
			*to++ = *from;
	*to = '\0';
	return text;
}

static char *written(const struct engine *engine,
		     const struct export_list *list)
{
	char *text = NULL;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	assert_non_null(file);
	assert_int_equal(engine->write(file, list), 0);
	assert_int_equal(fclose(file), 0);
	return text;
}

/* The name of a label in capitals: its value in the pages. */
static void capitals(char *out, size_t size, const char *name)
{
	size_t i;

	assert_true(strlen(name) < size);
	for (i = 0; name[i]; i++)
		out[i] = (char)toupper((unsigned char)name[i]);
	out[i] = '\0';
}

/* What the engine gets of a host of which only the value id is known. */
static char *written_of(const struct engine *engine, enum export_id id)
{
	static const char *const several[EXPORT_LABELS] = {
		"cpus", "vendor", "model_name", "extension", "state", "paging"
	};
	const struct export_info *info = export_info(id);
	char values[EXPORT_LABELS][32], text[] = "TEXT";
	struct export_item item = {
		.id = id, .yes = true, .number = 4, .seconds = 0.5
	};
	const struct export_list list = { .items = &item,
					  .count = 1,
					  .live = true };
	const char *label;
	size_t i;

	if (info->kind == EXPORT_TEXT)
		item.text = text;
	if (info->label)
		item.nr_labels = *info->label ? 1 : EXPORT_LABELS;
	for (i = 0; i < item.nr_labels; i++) {
		label = *info->label ? info->label : several[i];
		capitals(values[i], sizeof(values[i]), label);
		item.labels[i] = (struct export_label){ .name = label,
							.value = values[i] };
	}
	return written(engine, &list);
}

/* The labels above are those that groups of CPUs really have. */
static void labels_of_groups(void **state)
{
	static const char host[] = KERNEL(
		"6.1.0") "\ncpus : 0-3\n"
			 "cpuid 0x0.0x0 : 0xd " INTEL_VENDOR "\n"
			 "cpuid 0x1.0x0 : 0x306c3 0x100800 0x20 "
			 "0xbfebfbff\n"
			 "cpuid 0x80000000.0x0 : 0x80000004 0x0 0x0 0x0\n"
			 "cpuid 0x80000002.0x0 : 0x41414141 0x0 0x0 0x0\n"
			 "msr 0x3a IA32_FEATURE_CONTROL : 0x5\n"
			 "msr 0x482 IA32_VMX_PROCBASED_CTLS : "
			 "0xfff9fffe0401e172\n"
			 "msr 0x48b IA32_VMX_PROCBASED_CTLS2 : "
			 "0x00553cfe00000000\n" FACTS;
	struct host *parsed = parse_string(host);
	const struct export_input input = { .host = parsed };
	struct export_list list = { 0 };
	char value[32], *text;
	size_t i, j;

	(void)state;
	assert_int_equal(export_list_of(&list, &input), 0);
	text = written_of(engine_find("prometheus"), EXPORT_CPU_GROUP_CPUS);
	for (i = 0; i < list.count; i++) {
		const struct export_item *item = &list.items[i];

		if (item->id != EXPORT_CPU_GROUP_CPUS)
			continue;
		assert_int_equal(item->nr_labels, EXPORT_LABELS);
		for (j = 0; j < item->nr_labels; j++) {
			capitals(value, sizeof(value), item->labels[j].name);
			assert_has(text, value);
		}
	}
	free(text);
	export_list_free(&list);
	host_free(parsed);
}

/* Each `piece` of the row behind its name stands in what is written. */
static void assert_pieces(const char *row, const char *text, const char *page)
{
	char *pieces = strdup(row), *at = pieces, *end;
	unsigned int count = 0;

	assert_non_null(pieces);
	while ((at = strchr(at, '`'))) {
		end = strchr(++at, '`');
		if (!end)
			fail_msg("%s: %s: no second `", page, row);
		*end = '\0';
		if (!strstr(text, without_blanks(at)))
			fail_msg("%s: nothing writes %s, but %s", page, at,
				 text);
		count++;
		at = end + 1;
	}
	if (!count)
		fail_msg("%s: %s: says nothing", page, row);
	free(pieces);
}

static void assert_row(const struct engine *engine, const char *row,
		       enum export_id id)
{
	const struct export_list none = { .live = true };
	char name[64], *text, *empty;

	snprintf(name, sizeof(name), "| `%s` |", export_info(id)->name);
	if (strncmp(row, name, strlen(name)) != 0)
		fail_msg("%s: %s where the row of %s should be", engine->name,
			 row, export_info(id)->name);
	text = without_blanks(written_of(engine, id));
	empty = without_blanks(written(engine, &none));
	row += strlen(name) - 2;
	if (strstr(row, NOT_WRITTEN)) {
		assert_string_equal(text, empty);
	} else {
		assert_string_not_equal(text, empty);
		assert_pieces(row, text, engine->name);
	}
	/* Labels of a node and features for rules are told apart. */
	assert_int_equal(!strstr(row, "no-label"), !strstr(text, "no-label"));
	free(text);
	free(empty);
}

/* The lines of the table, which begin with a name in code. */
static void pages_have_every_name(void **state)
{
	const struct engine *engine;
	char *page, *rest, *line;
	size_t i;
	int id;

	(void)state;
	for (i = 0; (engine = engine_at(i)); i++) {
		rest = page = page_of(engine);
		id = 0;
		while ((line = strsep(&rest, "\n"))) {
			if (strncmp(line, "| `", 3) != 0)
				continue;
			if (id == NR_EXPORTS)
				fail_msg("%s: %s: one row too many",
					 engine->name, line);
			assert_row(engine, line, (enum export_id)id++);
		}
		if (id < NR_EXPORTS)
			fail_msg("%s: no row of %s", engine->name,
				 export_info((enum export_id)id)->name);
		free(page);
	}
	assert_true(i > 5);
}

/* Where the engine looks, and the way to the page. */
static void pages_have_their_place(void **state)
{
	char *overview = tree_text("docs/EXPORT.md"), *page, link[64];
	const struct engine *engine;
	size_t i;

	(void)state;
	for (i = 0; (engine = engine_at(i)); i++) {
		page = page_of(engine);
		if (!strstr(page, engine->place))
			fail_msg("%s: no word of %s", engine->name,
				 engine->place);
		snprintf(link, sizeof(link), "(engines/%s.md)", engine->name);
		if (!strstr(overview, link))
			fail_msg("docs/EXPORT.md has no link %s", link);
		free(page);
	}
	free(overview);
}

/* contrib's timer writes where the engine looks. */
static void timers_write_there(void **state)
{
	char name[128], line[256], *unit;
	const struct engine *engine;
	size_t i;

	(void)state;
	for (i = 0; (engine = engine_at(i)); i++) {
		snprintf(name, sizeof(name),
			 "contrib/systemd/virtinfo-export@%s.service.d/"
			 "engine.conf",
			 engine->name);
		unit = tree_text(name);
		snprintf(line, sizeof(line), "\nEnvironment=OUTPUT=%s\n",
			 engine->place);
		assert_has(unit, line);
		free(unit);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_of_groups),
		cmocka_unit_test(pages_have_every_name),
		cmocka_unit_test(pages_have_their_place),
		cmocka_unit_test(timers_write_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
