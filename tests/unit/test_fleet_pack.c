// SPDX-License-Identifier: GPL-2.0-only
/* Hosts in little memory: packed and opened they are what they were. */
#include "input.h"
#include "tree.h"

#include "fleet/pack.h"
#include "input/forms.h"
#include "verdict/verdict.h"

static enum reason reason_of(const struct host *host)
{
	struct verdict *verdict = verdict_of(host, NULL);
	enum reason reason;

	assert_non_null(verdict);
	reason = verdict->reason;
	verdict_free(verdict);
	return reason;
}

static void check_host(const struct host *host, const char *path)
{
	const struct digest_key key = digest_key_new();
	struct pool *pool = pool_new();
	struct fleet_packed *packed;
	struct digest digest, again;
	struct host *opened;

	assert_non_null(pool);
	assert_int_equal(digest_of(&digest, &key, host), 0);
	packed = pack_host(pool, host);
	assert_non_null(packed);
	opened = pack_open(packed, &key, &digest, path);
	assert_non_null(opened);
	assert_int_equal(digest_of(&again, &key, opened), 0);
	assert_memory_equal(&digest, &again, sizeof(digest));
	if (reason_of(host) != reason_of(opened))
		fail_msg("%s: %s, and %s when packed", path,
			 reason_info(reason_of(host))->name,
			 reason_info(reason_of(opened))->name);
	host_free(opened);
	pack_free(packed);
	pool_free(pool);
}

static void check_file(const char *path, const char *name, void *data)
{
	unsigned int *machines = data;
	struct input_error error;
	struct host *host = input_file(path, &error);

	(void)name;
	if (!host)
		return;
	check_host(host, path);
	host_free(host);
	++*machines;
}

/* Returns how many files of the folder are machines. */
static unsigned int check_folder(const char *folder)
{
	unsigned int machines = 0;

	tree_each(folder, check_file, &machines);
	return machines;
}

static void every_form(void **state)
{
	char folder[64];
	enum form_id id;

	(void)state;
	for (id = 0; id < NR_FORMS; id++) {
		snprintf(folder, sizeof(folder), "tests/fuzz/seeds/%s",
			 input_forms[id].name);
		/* Values alone need the option that says of which register. */
		if (!check_folder(folder) && id != FORM_RDMSR)
			fail_msg("%s: no machine", folder);
	}
	assert_true(check_folder("tests/captures") > 50);
}

static struct digest digest_of_text(const struct digest_key *key,
				    const char *text)
{
	struct host *host = parse_string(text);
	struct digest digest;

	assert_int_equal(digest_of(&digest, key, host), 0);
	host_free(host);
	return digest;
}

/* CPUs of which words told something else are not alike. */
static void told_bits_count(void **state)
{
#define WORDS(bits)                                                            \
	"virtinfo : 1\n\ncpus : 0\nvendor :\n"                                 \
	"bits 0x00000001.0x0 : 0x0/0x0 0x0/0x0 " bits " 0x0/0x0\n"             \
	"bits 0x40000001.0x0 : 0x8/0x18 0x0/0x0 0x0/0x0 0x0/0x0\n"
	const struct digest_key key = digest_key_new();
	struct digest with = digest_of_text(&key, WORDS("0x20/0x20"));
	struct digest without = digest_of_text(&key, WORDS("0x0/0x20"));
	struct digest silent = digest_of_text(&key, WORDS("0x0/0x1"));

	(void)state;
	assert_memory_not_equal(&with, &without, sizeof(with));
	assert_memory_not_equal(&with, &silent, sizeof(with));
	assert_memory_not_equal(&without, &silent, sizeof(with));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_form),
		cmocka_unit_test(told_bits_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
