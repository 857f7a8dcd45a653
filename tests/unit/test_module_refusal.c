// SPDX-License-Identifier: GPL-2.0-only
/* Which check refuses our module: from facts, and from folders laid out as /. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "input/module_refusal.h"

/* A machine that takes the module; each test breaks one thing. */
static const struct module_facts good = {
	.supported = true,
	.found = true,
	.may_load = true,
	.sig_enforce = "N",
	.disabled = "0",
	.lockdown = "none",
	.release = "6.1.0-56-amd64",
	.vermagic = "6.1.0-56-amd64 SMP preempt mod_unload modversions ",
};

static void nothing_refuses(void **state)
{
	(void)state;
	assert_int_equal(module_refusal(&good, 0), MODULE_NOT_REFUSED);
}

static void unknown_facts_refuse_nothing(void **state)
{
	struct module_facts facts = { .supported = true,
				      .found = true,
				      .may_load = true };

	(void)state;
	assert_int_equal(module_refusal(&facts, 0), MODULE_NOT_REFUSED);
}

static void each_check_is_told_apart(void **state)
{
	struct module_facts facts;

	(void)state;
	facts = good;
	facts.supported = false;
	assert_int_equal(module_refusal(&facts, 0), MODULE_NO_SUPPORT);
	facts = good;
	facts.loaded = true;
	assert_int_equal(module_refusal(&facts, 0), MODULE_LOADED);
	facts = good;
	facts.found = false;
	assert_int_equal(module_refusal(&facts, 0), MODULE_ABSENT);
	facts.elsewhere = true;
	assert_int_equal(module_refusal(&facts, 0), MODULE_OTHER_KERNEL);
	facts = good;
	facts.may_load = false;
	assert_int_equal(module_refusal(&facts, 0), MODULE_NOT_PERMITTED);
	facts = good;
	strcpy(facts.disabled, "1");
	assert_int_equal(module_refusal(&facts, 0), MODULE_DISABLED);
	facts = good;
	strcpy(facts.sig_enforce, "Y");
	assert_int_equal(module_refusal(&facts, 0), MODULE_SIGNATURE);
	facts = good;
	strcpy(facts.lockdown, "integrity");
	assert_int_equal(module_refusal(&facts, 0), MODULE_LOCKDOWN);
}

static void a_signature_may_do(void **state)
{
	struct module_facts facts = good;

	(void)state;
	facts.is_signed = true;
	strcpy(facts.sig_enforce, "Y");
	strcpy(facts.lockdown, "confidentiality");
	assert_int_equal(module_refusal(&facts, 0), MODULE_NOT_REFUSED);
	assert_int_equal(module_refusal(&facts, EKEYREJECTED),
			 MODULE_SIGNATURE);
}

static void vermagic_is_compared_by_whole_words(void **state)
{
	struct module_facts facts = good;

	(void)state;
	strcpy(facts.release, "6.1.0-5");
	assert_int_equal(module_refusal(&facts, 0), MODULE_VERMAGIC);
	strcpy(facts.release, "6.1.0-56-amd64");
	strcpy(facts.vermagic, "6.1.0-56-amd64");
	assert_int_equal(module_refusal(&facts, 0), MODULE_NOT_REFUSED);
}

static void errors_of_an_attempt(void **state)
{
	static const struct {
		int error;
		enum module_refusal refusal;
	} rows[] = {
		{ .error = EEXIST, .refusal = MODULE_LOADED },
		{ .error = ENOSYS, .refusal = MODULE_NO_SUPPORT },
		{ .error = EKEYREJECTED, .refusal = MODULE_SIGNATURE },
		{ .error = ENOKEY, .refusal = MODULE_SIGNATURE },
		{ .error = EBADMSG, .refusal = MODULE_SIGNATURE },
		{ .error = ENOEXEC, .refusal = MODULE_VERMAGIC },
		{ .error = ENOENT, .refusal = MODULE_SYMBOLS },
		{ .error = EINVAL, .refusal = MODULE_SYMBOLS },
		{ .error = ENOMEM, .refusal = MODULE_FAILED },
		{ .error = EPERM, .refusal = MODULE_FAILED },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(module_refusal(&good, rows[i].error),
				 rows[i].refusal);
}

static void one_error_has_three_causes(void **state)
{
	struct module_facts facts = good;

	(void)state;
	strcpy(facts.lockdown, "integrity");
	assert_int_equal(module_refusal(&facts, EPERM), MODULE_LOCKDOWN);
	strcpy(facts.disabled, "1");
	assert_int_equal(module_refusal(&facts, EPERM), MODULE_DISABLED);
	facts.may_load = false;
	assert_int_equal(module_refusal(&facts, EPERM), MODULE_NOT_PERMITTED);
}

static void every_refusal_has_words(void **state)
{
	enum module_refusal i;
	char text[512];

	(void)state;
	for (i = 0; i < NR_MODULE_REFUSALS; i++) {
		assert_non_null(module_refusal_name(i));
		module_refusal_text(i, &good, ENOMEM, text, sizeof(text));
		assert_true(strlen(text) > 10);
		assert_null(strchr(text, '\n'));
	}
}

static void the_text_names_both_kernels(void **state)
{
	struct module_facts facts = good;
	char text[512];

	(void)state;
	strcpy(facts.vermagic, "5.10.0-46\033[2J SMP");
	module_refusal_text(MODULE_VERMAGIC, &facts, 0, text, sizeof(text));
	assert_non_null(strstr(text, "5.10.0-46\\x1b[2J"));
	assert_non_null(strstr(text, "6.1.0-56-amd64"));
}

static void put(const char *root, const char *path, const void *data,
		size_t length)
{
	char whole[512], *slash;
	FILE *file;

	snprintf(whole, sizeof(whole), "%s%s", root, path);
	for (slash = whole + strlen(root) + 1; (slash = strchr(slash, '/'));
	     slash++) {
		*slash = '\0';
		mkdir(whole, 0700);
		*slash = '/';
	}
	file = fopen(whole, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

static int make_root(void **state)
{
	static char root[] = "/tmp/virtinfo-refusal-XXXXXX";

	strcpy(root + sizeof(root) - 7, "XXXXXX");
	*state = mkdtemp(root);
	return *state ? 0 : -1;
}

static int remove_root(void **state)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", (char *)*state);
	return system(command);
}

#define PUT(root, path, text) put(root, path, text, strlen(text))

static void facts_are_read(void **state)
{
	static const char module[] = "\177ELF\0vermagic=6.9.0 SMP\0x"
				     "~Module signature appended~\n";
	const char *root = *state;
	struct module_facts facts;
	char file[128];

	PUT(root, "/proc/modules", "");
	PUT(root, "/proc/sys/kernel/osrelease", "6.9.1\n");
	PUT(root, "/proc/sys/kernel/modules_disabled", "0\n");
	PUT(root, "/sys/module/module/parameters/sig_enforce", "Y\n");
	PUT(root, "/sys/kernel/security/lockdown",
	    "none [integrity] confidentiality\n");
	put(root, "/virtinfo.ko", module, sizeof(module) - 1);
	snprintf(file, sizeof(file), "%s/virtinfo.ko", root);
	module_facts_read(&facts, root, file);
	assert_true(facts.supported);
	assert_false(facts.loaded);
	assert_true(facts.found);
	assert_true(facts.is_signed);
	assert_string_equal(facts.release, "6.9.1");
	assert_string_equal(facts.sig_enforce, "Y");
	assert_string_equal(facts.disabled, "0");
	assert_string_equal(facts.lockdown, "integrity");
	assert_string_equal(facts.vermagic, "6.9.0 SMP");
	facts.may_load = true;
	assert_int_equal(module_refusal(&facts, 0), MODULE_VERMAGIC);
}

static void other_kernels_are_seen(void **state)
{
	const char *root = *state;
	struct module_facts facts;

	PUT(root, "/proc/modules", "");
	PUT(root, "/proc/sys/kernel/osrelease", "6.9.1\n");
	module_facts_read(&facts, root, NULL);
	assert_false(facts.found);
	assert_false(facts.elsewhere);
	assert_int_equal(module_refusal(&facts, 0), MODULE_ABSENT);
	PUT(root, "/lib/modules/6.8.0/updates/dkms/virtinfo.ko.xz", "x");
	module_facts_read(&facts, root, NULL);
	assert_int_equal(module_refusal(&facts, 0), MODULE_OTHER_KERNEL);
}

static void an_empty_root_is_a_kernel_without_modules(void **state)
{
	struct module_facts facts;

	module_facts_read(&facts, *state, NULL);
	assert_int_equal(module_refusal(&facts, 0), MODULE_NO_SUPPORT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_refuses),
		cmocka_unit_test(unknown_facts_refuse_nothing),
		cmocka_unit_test(each_check_is_told_apart),
		cmocka_unit_test(a_signature_may_do),
		cmocka_unit_test(vermagic_is_compared_by_whole_words),
		cmocka_unit_test(errors_of_an_attempt),
		cmocka_unit_test(one_error_has_three_causes),
		cmocka_unit_test(every_refusal_has_words),
		cmocka_unit_test(the_text_names_both_kernels),
		cmocka_unit_test_setup_teardown(facts_are_read, make_root,
						remove_root),
		cmocka_unit_test_setup_teardown(other_kernels_are_seen,
						make_root, remove_root),
		cmocka_unit_test_setup_teardown(
			an_empty_root_is_a_kernel_without_modules, make_root,
			remove_root),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
