// SPDX-License-Identifier: GPL-2.0-only
/* Which check refuses our module. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "input/module_refusal.h"

#define LOADS "modprobe virtinfo"

/* A machine that takes the module; each test breaks one thing. */
static const struct module_facts good = {
	.supported = true,
	.found = true,
	.may_load = true,
	.release = "6.1.0-56-amd64",
	.vermagic = "6.1.0-56-amd64 SMP preempt mod_unload modversions ",
};

/* The words of each refusal that no other has. */
static void expect(const struct module_facts *facts, const char *part)
{
	char text[512];

	if (!strstr(module_refusal(facts, text, sizeof(text)), part))
		fail_msg("\"%s\" is not in \"%s\"", part, text);
	assert_null(strchr(text, '\n'));
}

static void nothing_refuses(void **state)
{
	(void)state;
	expect(&good, LOADS);
}

static void unknown_facts_refuse_nothing(void **state)
{
	const struct module_facts facts = { .supported = true,
					    .found = true,
					    .may_load = true,
					    .release = "",
					    .vermagic = "" };

	(void)state;
	expect(&facts, LOADS);
}

static void each_check_is_told_apart(void **state)
{
	struct module_facts facts;

	(void)state;
	facts = good;
	facts.supported = false;
	expect(&facts, "without support for modules");
	facts = good;
	facts.loaded = true;
	expect(&facts, "is loaded");
	facts = good;
	facts.found = false;
	expect(&facts, "not installed");
	facts.elsewhere = true;
	expect(&facts, "for other kernels");
	facts = good;
	facts.may_load = false;
	expect(&facts, "CAP_SYS_MODULE");
	facts = good;
	facts.disabled = true;
	expect(&facts, "kernel.modules_disabled");
	facts = good;
	facts.enforced = true;
	expect(&facts, "enforces signatures");
	facts = good;
	facts.locked_down = true;
	expect(&facts, "locked down");
}

static void a_signature_may_do(void **state)
{
	struct module_facts facts = good;

	(void)state;
	facts.is_signed = true;
	facts.enforced = true;
	facts.locked_down = true;
	expect(&facts, LOADS);
}

static void vermagic_is_compared_by_whole_words(void **state)
{
	struct module_facts facts = good;

	(void)state;
	facts.release = "6.1.0-5";
	expect(&facts, "another kernel: 6.1.0-56-amd64, and this is 6.1.0-5");
	facts.release = "6.1.0-56-amd64";
	facts.vermagic = "6.1.0-56-amd64";
	expect(&facts, LOADS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_refuses),
		cmocka_unit_test(unknown_facts_refuse_nothing),
		cmocka_unit_test(each_check_is_told_apart),
		cmocka_unit_test(a_signature_may_do),
		cmocka_unit_test(vermagic_is_compared_by_whole_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
