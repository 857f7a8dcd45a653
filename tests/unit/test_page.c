// SPDX-License-Identifier: GPL-2.0-only
/* The page of --html: its document is JSON, refers to what is there, and is no markup. */
#include <json-c/json.h>

#include "base/text_set.h"
#include "captures.h"
#include "fleet/one.h"
#include "output/json.h"
#include "report/page.h"
#include "verdict/verdict.h"

/* A capture with this fact and no more than a capture has to have. */
#define CAPTURE(fact)                                                          \
	"virtinfo\t: 1\n" fact "\n\ncpus\t\t: 0\n"                             \
	"cpuid 0x00000000.0x0 : 0x1 0x756e6547 0x6c65746e 0x49656e69\n"        \
	"cpuid 0x00000001.0x0 : 0x806f8 0x0 0x0 0x0\n"

#define DATA_BEGINS "<script type=\"application/json\" id=\"data\">"

/* The page of the host, which has to be freed. */
static char *page_of(const struct host *host, const char *name)
{
	struct fleet *fleet = fleet_of_host(host, name);
	char *page = NULL;
	size_t size;
	FILE *file = open_memstream(&page, &size);

	assert_non_null(fleet);
	assert_non_null(file);
	assert_int_equal(page_write(file, fleet), 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(strlen(page), size);
	fleet_free(fleet);
	return page;
}

/* The document of a page, between its tags. */
static struct json_object *document_of(const char *page)
{
	const char *begin = strstr(page, DATA_BEGINS), *end, *at;
	struct json_object *document;
	char *text;

	assert_non_null(begin);
	begin += strlen(DATA_BEGINS);
	end = strstr(begin, "</script>");
	assert_non_null(end);
	for (at = begin; at < end; at++)
		if (strchr("<>&", *at) || (unsigned char)*at == 0x7f ||
		    ((unsigned char)*at < 0x20 && *at != '\n'))
			fail_msg("a byte 0x%02x in the document", *at);
	text = strndup(begin, (size_t)(end - begin));
	assert_non_null(text);
	document = json_tokener_parse(text);
	assert_non_null(document);
	free(text);
	return document;
}

static struct json_object *member(struct json_object *object, const char *key)
{
	struct json_object *found;

	if (!json_object_object_get_ex(object, key, &found))
		fail_msg("no \"%s\"", key);
	return found;
}

static size_t length(struct json_object *object, const char *key)
{
	return json_object_array_length(member(object, key));
}

/* Numbers in what is kept by number: all must be there. */
static void assert_numbers(struct json_object *of, size_t count)
{
	size_t i;

	switch (json_object_get_type(of)) {
	case json_type_int:
		assert_in_range(json_object_get_int64(of), 0, count - 1);
		break;
	case json_type_array:
		for (i = 0; i < json_object_array_length(of); i++)
			assert_numbers(json_object_array_get_idx(of, i), count);
		break;
	default:
		assert_true(of == NULL);
	}
}

static const char *text_at(struct json_object *document,
			   struct json_object *number)
{
	return json_object_get_string(json_object_array_get_idx(
		member(document, "texts"),
		(size_t)json_object_get_int64(number)));
}

static void see_capture(const struct host *host, const char *name, void *data)
{
	char *page = page_of(host, name);
	struct json_object *document = document_of(page), *kind;
	struct verdict *verdict = verdict_of(host, NULL);
	size_t i;

	(void)data;
	assert_non_null(verdict);
	assert_int_equal(length(document, "hosts"), 1);
	assert_int_equal(length(document, "kinds"), 1);
	kind = json_object_array_get_idx(member(document, "kinds"), 0);
	for (i = 0; i < 6; i++) {
		static const char *const keys[] = { "summary",	"remedy",
						    "cells",	"stages",
						    "features", "notes" };

		assert_numbers(member(kind, keys[i]),
			       length(document, "texts"));
	}
	assert_string_equal(text_at(document, member(kind, "summary")),
			    verdict->summary);
	assert_int_equal(json_object_get_int(member(kind, "reason")),
			 verdict->reason);
	assert_int_equal(length(kind, "cpus"), host->nr_groups);
	for (i = 0; i < host->nr_groups; i++)
		assert_numbers(member(json_object_array_get_idx(
					      member(kind, "cpus"), i),
				      "values"),
			       length(document, "values"));
	assert_int_equal(length(document, "baselines"),
			 verdict->usable == ANSWER_YES);
	json_object_put(document);
	verdict_free(verdict);
	free(page);
}

static void every_capture_has_a_page(void **state)
{
	(void)state;
	assert_true(each_capture(see_capture, NULL) > 50);
}

static void texts_are_no_markup(void **state)
{
	static const char name[] =
		"</script><script>x&\xe2\x80\xa8\xe2\x80\xae\x1b</script>";
	static const char safe[] =
		"</script><script>x&\\xe2\\x80\\xa8\\xe2\\x80\\xae\\x1b</script>";
	struct host *host = parse_string(CAPTURE("kernel\t\t: </script><!--"));
	char *page = page_of(host, name);
	struct json_object *document = document_of(page), *first;

	(void)state;
	first = json_object_array_get_idx(member(document, "hosts"), 0);
	assert_string_equal(
		json_object_get_string(json_object_array_get_idx(first, 0)),
		safe);
	/* The document's own tag and the one of the script behind it. */
	assert_null(strstr(page, "</script><script>x"));
	assert_null(strstr(page, "</script><!--"));
	json_object_put(document);
	free(page);
	host_free(host);
}

static void no_script_but_the_page_s_own(void **state)
{
	static const char policy[] =
		"content=\"default-src 'none'; script-src 'sha256-";
	const char *at = strstr(page_head, policy);

	(void)state;
	assert_non_null(at);
	/* 32 bytes in base64. */
	assert_int_equal(strcspn(at + strlen(policy), "'"), 44);
	assert_null(strstr(page_head, "unsafe-"));
	assert_null(strstr(page_tail, "innerHTML"));
	assert_null(strstr(page_tail, "http"));
	assert_null(strstr(page_tail, "eval("));
	assert_null(strstr(page_head, "@STYLE"));
}

static void a_write_error_is_seen(void **state)
{
	struct host *host = parse_string(CAPTURE("kernel\t\t: 6.1.0"));
	struct fleet *fleet = fleet_of_host(host, "x");
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	assert_non_null(full);
	setvbuf(full, NULL, _IONBF, 0);
	assert_int_equal(page_write(full, fleet), -1);
	fclose(full);
	fleet_free(fleet);
	host_free(host);
}

static void json_for_a_script(void **state)
{
	struct json *json = json_new(NULL);
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	(void)state;
	json_string(json, "a", "<b>&amp;\"\\");
	assert_int_equal(json_finish_script(json, file), 0);
	fclose(file);
	assert_string_equal(text,
			    "{\"a\":\"\\u003cb\\u003e\\u0026amp;\\\"\\\\\"}\n");
	free(text);
}

static void texts_are_kept_once(void **state)
{
	struct text_set *set = text_set_new();
	char text[16];
	size_t i;

	(void)state;
	for (i = 0; i < 1000; i++) {
		snprintf(text, sizeof(text), "%zu", i * 7919 % 500);
		assert_int_equal(text_set_add(set, text),
				 i < 500 ? i : i - 500);
	}
	assert_int_equal(text_set_count(set), 500);
	assert_string_equal(text_set_at(set, 1), "419");
	assert_int_equal(text_set_add(set, ""), 500);
	assert_false(text_set_failed(set));
	text_set_free(set);
	text_set_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_capture_has_a_page),
		cmocka_unit_test(texts_are_no_markup),
		cmocka_unit_test(no_script_but_the_page_s_own),
		cmocka_unit_test(a_write_error_is_seen),
		cmocka_unit_test(json_for_a_script),
		cmocka_unit_test(texts_are_kept_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
