// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo show --list: the table as documentation. */
#include "group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reported.h"

/* "virtinfo show --list WORD" with one more option; word may be NULL. */
static int list(char **text, enum option_id option, const char *word)
{
	char argument[64];
	char *const arguments[] = { argument, NULL };
	struct host *const no_hosts[] = { NULL };
	struct options options = { .command = COMMAND_SHOW,
				   .arguments = arguments };

	options.value[OPT_LIST] = "";
	options.value[option] = "";
	if (word) {
		snprintf(argument, sizeof(argument), "%s", word);
		options.nr_arguments = 1;
	}
	return reported(text, report_show, plain_out, no_hosts, &options);
}

static void everything(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(list(&text, OPT_LIST, NULL), 0);
	assert_non_null(strstr(text, "IA32_VMX_BASIC 0x00000480"));
	assert_non_null(strstr(text, "\nVM_CR 0xc0010114"));
	free(text);
}

static void only_what_is_named(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(list(&text, OPT_LIST, "ia32_vmx_basic"), 0);
	assert_ptr_equal(strstr(text, "IA32_VMX_BASIC 0x00000480"), text);
	assert_non_null(strstr(text, "vmcs_size"));
	assert_null(strstr(text, "VM_CR"));
	free(text);
}

static void only_the_field_that_is_named(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(list(&text, OPT_LIST, "vmcs_size"), 0);
	assert_ptr_equal(strstr(text, "IA32_VMX_BASIC 0x00000480"), text);
	assert_non_null(strstr(text, "vmcs_size"));
	assert_null(strstr(text, "revision"));
	free(text);
}

static void only_what_is_named_as_json(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(list(&text, OPT_JSON, "VM_CR"), 0);
	assert_non_null(strstr(text, "\"VM_CR\""));
	assert_null(strstr(text, "IA32_VMX_BASIC"));
	free(text);
}

/* virtinfo(4) says when a register is read, and who sees its value. */
static void the_manual_has_gates(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(list(&text, OPT_ROFF, "VM_HSAVE_PA"), 0);
	assert_non_null(strstr(text, "Read when CPUID_BIT(L80000001, ECX, 2)"));
	assert_non_null(strstr(text, "CAP_SYS_RAWIO"));
	free(text);
}

static void a_name_that_is_none(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(list(&text, OPT_LIST, "nosuch"), STATUS_USAGE);
	assert_string_equal(text, "");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything),
		cmocka_unit_test(only_what_is_named),
		cmocka_unit_test(only_the_field_that_is_named),
		cmocka_unit_test(only_what_is_named_as_json),
		cmocka_unit_test(the_manual_has_gates),
		cmocka_unit_test(a_name_that_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
