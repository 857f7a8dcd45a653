/* SPDX-License-Identifier: GPL-2.0-only */
/* Made-up systems, laid out below a folder, and the facts that they give. */
#ifndef VIRTINFO_TESTS_UNIT_ROOT_H
#define VIRTINFO_TESTS_UNIT_ROOT_H

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "verdict.h"

#include "input/system.h"

/* Where things are below the folder; the kernel is 6.1.0-test. */
#define MODULES	   "/lib/modules/6.1.0-test/"
#define KVM_FOLDER "kernel/arch/x86/kvm/"

static char root[64];

static inline void make_folders(const char *path)
{
	char folder[512];
	const char *slash = path;

	while ((slash = strchr(slash + 1, '/'))) {
		snprintf(folder, sizeof(folder), "%s%.*s", root,
			 (int)(slash - path), path);
		mkdir(folder, 0755);
	}
}

static inline void write_file(const char *path, const char *text)
{
	char full[512];
	FILE *file;

	make_folders(path);
	snprintf(full, sizeof(full), "%s%s", root, path);
	file = fopen(full, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static inline int setup(void **state)
{
	(void)state;
	snprintf(root, sizeof(root), "/tmp/virtinfo-system-XXXXXX");
	if (!mkdtemp(root))
		return -1;
	write_file("/proc/sys/kernel/osrelease", "6.1.0-test\n");
	write_file("/proc/modules", "");
	write_file("/sys/module/module/parameters/sig_enforce", "N\n");
	return 0;
}

static inline int remove_one(const char *path, const struct stat *status,
			     int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

static inline int teardown(void **state)
{
	(void)state;
	return nftw(root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline struct facts *gather_with(const struct system_options *with)
{
	struct system_options options = *with;
	struct facts *facts = facts_new();

	options.root = root;
	assert_non_null(facts);
	assert_int_equal(system_gather(facts, &options), 0);
	assert_keys_once(facts);
	return facts;
}

static const struct system_options verdict = { .vendor_module = "kvm_amd" };
static const struct system_options no_vendor;
static const struct system_options everything = { .vendor_module = "kvm_amd",
						  .scope = SYSTEM_EVERYTHING };

static inline void assert_with(const struct system_options *options,
			       const char *key, const char *expected)
{
	struct facts *facts = gather_with(options);
	const char *value = facts_get(facts, key);

	if (!expected)
		assert_null(value);
	else if (!value)
		fail_msg("no fact \"%s\"", key);
	else
		assert_string_equal(value, expected);
	facts_free(facts);
}

static inline void assert_one(const char *key, const char *expected)
{
	assert_with(&verdict, key, expected);
}

#define IN_A_ROOT(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

#endif
