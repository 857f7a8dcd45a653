// SPDX-License-Identifier: GPL-2.0-only
/* What a person reads of a rule that is broken: its fields, and what mends it. */
#include <stdlib.h>

#include "migrate/words.h"
#include "offered.h"

/* The one finding from a to b, which are dropped; its words, to be freed. */
static void words_of(struct made *a, struct made *b, char **fields,
		     char **mends)
{
	struct migration migration;

	assert_int_equal(side_of(&a->side, a->host), 0);
	assert_int_equal(side_of(&b->side, b->host), 0);
	assert_int_equal(migration_judge(&migration, &a->side, &b->side), 0);
	assert_int_equal(migration.count, 1);
	*fields = finding_fields_words(&migration.list[0]);
	assert_non_null(*fields);
	assert_int_equal(finding_mends(&migration.list[0], mends), 0);
	migration_free(&migration);
	drop(a);
	drop(b);
}

static void check_words(struct made *a, struct made *b, const char *fields,
			const char *mends)
{
	char *names, *cure;

	words_of(a, b, &names, &cure);
	assert_string_equal(names, fields);
	if (mends)
		assert_string_equal(cure, mends);
	else
		assert_null(cure);
	free(names);
	free(cure);
}

/* Values of an MSR there and here: what is printed. */
static void check_msr(u32 address, u64 has, u64 finds, const char *fields,
		      const char *mends)
{
	struct made a = made_host("a"), b = made_host("b");

	*msr_of(&a.host->system.kvm, address) = has;
	*msr_of(&b.host->system.kvm, address) = finds;
	check_words(&a, &b, fields, mends);
}

static void check_leaf(u32 leaf, u32 subleaf, enum vi_cpuid_register output,
		       u32 has, u32 finds, const char *fields,
		       const char *mends)
{
	struct made a = made_host("a"), b = made_host("b");

	*output_of(&a.host->system.kvm, leaf, subleaf, output) = has;
	*output_of(&b.host->system.kvm, leaf, subleaf, output) = finds;
	check_words(&a, &b, fields, mends);
}

static void what_a_guest_has_is_switched_off(void **state)
{
	(void)state;
	check_msr(0x10a, 0x3, 0x2, "rdcl_no",
		  "switch off rdctl-no in the guest's CPU model");
	check_msr(0x48e, 1ULL << (32 + 11), 0, "rdpmc_exiting",
		  "switch off vmx-rdpmc-exit in the guest's CPU model");
}

/* QEMU tells a guest of RSBA only where the host does. */
static void what_a_guest_has_not_is_not_switched_off(void **state)
{
	(void)state;
	check_msr(0x10a, 0, 0x4, "rsba", NULL);
	check_msr(0x48e, 1ULL << (32 + 11), 1ULL << (32 + 11) | 1U << 11,
		  "rdpmc_exiting", NULL);
}

static void a_component_is_named(void **state)
{
	(void)state;
	check_leaf(0xd, 2, EAX, 0x100, 0, "size",
		   "switch off the feature of avx in the guest's CPU model");
	check_leaf(0xd, 9, EBX, 0xa80, 0xa40, "offset",
		   "switch off the feature of pkru in the guest's CPU model");
	check_leaf(0xd, 11, EAX, 0x10, 0x20, "size",
		   "switch off the feature of cet_u in the guest's CPU model");
}

/* Not a list of its bits. */
static void a_number_has_the_names_of_fields(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < NR_COMPARISONS; i++) {
		const struct comparison *comparison = &comparisons[i];
		struct migration_finding finding = {
			.rule = comparison->rule,
			.reg = comparison->reg,
			.field = NR_FIELDS,
			.bits = comparison->bits,
			.number = true,
		};
		char *words;

		if (comparison->how == SUBSET || comparison->how == REVERSE ||
		    comparison->how == CONTROLS || comparison->how == NONE)
			continue;
		if (comparison->reg == NR_REGISTERS) {
			finding.leaf = vi_leaves[comparison->leaf].leaf;
			finding.subleaf = vi_leaves[comparison->leaf].subleaf;
			finding.output = comparison->output;
		}
		words = finding_fields_words(&finding);
		assert_non_null(words);
		if (!*words || strstr(words, "bit "))
			fail_msg("comparison %zu: \"%s\"", i, words);
		free(words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_guest_has_is_switched_off),
		cmocka_unit_test(what_a_guest_has_not_is_not_switched_off),
		cmocka_unit_test(a_component_is_named),
		cmocka_unit_test(a_number_has_the_names_of_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
