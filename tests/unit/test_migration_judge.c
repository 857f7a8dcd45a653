// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rules that are no comparison of one register, each on its own; those of
 * CPUID's other leaves, the TSC and nested state are in test_migration.
 */
#include <stdlib.h>

#include "input.h"
#include "offered.h"

/* How many objections there are from a to b, all of the rule, and drop both. */
static size_t found(struct made *a, struct made *b, const char *rule,
		    enum migration_answer answer)
{
	size_t count;

	assert_int_equal(side_of(&a->side, a->host), 0);
	assert_int_equal(side_of(&b->side, b->host), 0);
	count = objections(a, b, rule, answer);
	drop(a);
	drop(b);
	return count;
}

static void makers_differ(void **state)
{
	struct made a = made_host("a"), b = made_host("b");
	struct kvm_caps *caps = &b.host->system.kvm;

	(void)state;
	*output_of(caps, 0, 0, EBX) = 0x68747541;
	*output_of(caps, 0, 0, EDX) = 0x69746e65;
	*output_of(caps, 0, 0, ECX) = 0x444d4163;
	assert_int_equal(found(&a, &b, "vendor", MIGRATION_UNSAFE), 1);
}

/* One of the three words is enough. */
static void a_maker_is_all_of_its_name(void **state)
{
	struct made a = made_host("a"), b = made_host("b");

	(void)state;
	*output_of(&b.host->system.kvm, 0, 0, ECX) = 0x6c65746f;
	assert_int_equal(found(&a, &b, "vendor", MIGRATION_UNSAFE), 1);
}

static size_t amx(u32 xcr0, bool known, u64 xcomp, enum migration_answer answer)
{
	struct made a = made_host("a"), b = made_host("b");

	*output_of(&a.host->system.kvm, 0xd, 0, EAX) = xcr0;
	*output_of(&b.host->system.kvm, 0xd, 0, EAX) = xcr0;
	b.host->system.kvm.xcomp_known = known;
	b.host->system.kvm.xcomp = xcomp;
	return found(&a, &b, "xsave", answer);
}

/* XCR0's bits 17 and 18 take KVM's permission. */
static void amx_takes_permission(void **state)
{
	(void)state;
	assert_int_equal(amx(0x60000, true, 0x60000, MIGRATION_SAFE), 0);
	assert_int_equal(amx(0x60000, true, 0x20000, MIGRATION_UNSAFE), 1);
	assert_int_equal(amx(0x60000, true, 0x40000, MIGRATION_UNSAFE), 1);
	assert_int_equal(amx(0x60000, false, 0, MIGRATION_UNKNOWN), 1);
	assert_int_equal(amx(0x7, true, 0, MIGRATION_SAFE), 0);
	assert_int_equal(amx(0x7, false, 0, MIGRATION_SAFE), 0);
}

static void put_hyperv(struct made *made, u32 leaf, u32 value)
{
	const struct kvm_cpuid_leaf added = {
		.leaf = leaf, .reg = { value, value, value, value }
	};
	struct kvm_caps *caps = &made->host->system.kvm;

	caps->cpuid[KVM_CPUID_HYPERV].known = true;
	assert_int_equal(kvm_caps_add_cpuid(caps, KVM_CPUID_HYPERV, &added), 0);
}

static size_t hyperv(u32 leaf, u32 has, u32 finds)
{
	struct made a = made_host("a"), b = made_host("b");

	put_hyperv(&a, leaf, has);
	put_hyperv(&b, finds ? leaf : 0x40000006, finds);
	return found(&a, &b, "paravirt", MIGRATION_UNSAFE);
}

/* Leaf 40000004H has a number in EBX, 40000005H numbers alone. */
static void hyperv_features_count(void **state)
{
	(void)state;
	assert_int_equal(hyperv(0x40000003, 0x3, 0x3), 0);
	assert_int_equal(hyperv(0x40000003, 0x3, 0x1), 4);
	assert_int_equal(hyperv(0x40000003, 0x1, 0x3), 0);
	assert_int_equal(hyperv(0x40000003, 0x3, 0), 4);
	assert_int_equal(hyperv(0x40000004, 0x3, 0x1), 3);
	assert_int_equal(hyperv(0x40000005, 0x3, 0x1), 0);
	assert_int_equal(hyperv(0x4000000a, 0x3, 0x1), 4);
}

static size_t timer(u64 pin, u64 has, u64 finds)
{
	struct made a = made_host("a"), b = made_host("b");

	*msr_of(&a.host->system.kvm, 0x48d) = pin;
	*msr_of(&b.host->system.kvm, 0x48d) = pin;
	*msr_of(&a.host->system.kvm, 0x485) = has;
	*msr_of(&b.host->system.kvm, 0x485) = finds;
	return found(&a, &b, "vmx-misc", MIGRATION_UNSAFE);
}

/* Bit 38: the timer may be active. MISC's bits 4:0 are its rate. */
static void the_timers_rate_is_kept(void **state)
{
	(void)state;
	assert_int_equal(timer(1ULL << 38, 5, 5), 0);
	assert_int_equal(timer(1ULL << 38, 5, 6), 1);
	assert_int_equal(timer(1ULL << 38, 6, 5), 1);
	assert_int_equal(timer(1ULL << 38, 0x10, 0), 1);
	assert_int_equal(timer(1ULL << 37, 5, 6), 0);
}

/* Objections of that rule between two captures with these lines. */
static size_t notes(const char *line_a, const char *line_b, const char *rule)
{
	char text[2][512];
	struct made made[2];
	struct migration migration;
	size_t i, count = 0;

	for (i = 0; i < 2; i++) {
		snprintf(text[i], sizeof(text[i]),
			 "virtinfo : 1\nname : %zu\n%s\n\ncpus : 0\n"
			 "cpuid 0x00000000.0x0 : 0x1 0x0 0x0 0x0\n"
			 "cpuid 0x00000001.0x0 : 0x0 0x0 0x0 0x0\n",
			 i, i ? line_b : line_a);
		made[i].host = parse_string(text[i]);
		assert_int_equal(side_of(&made[i].side, made[i].host), 0);
	}
	assert_int_equal(
		migration_judge(&migration, &made[0].side, &made[1].side), 0);
	for (i = 0; i < migration.count; i++)
		if (!strcmp(migration_rule_info(migration.list[i].rule)->name,
			    rule)) {
			assert_int_equal(migration.list[i].answer,
					 MIGRATION_SAFE);
			count++;
		}
	migration_free(&migration);
	drop(&made[0]);
	drop(&made[1]);
	return count;
}

static void confidential_guests_are_told_of(void **state)
{
	static const char snp[] = "kvm vm types : 0x11 default, SEV-SNP";

	(void)state;
	assert_int_equal(notes(snp, "", "confidential"), 1);
	assert_int_equal(notes("", snp, "confidential"), 0);
	assert_int_equal(
		notes("kvm vm types : 0x3 default", "", "confidential"), 0);
}

static void an_older_qemu_is_told_of(void **state)
{
#define QEMU(version) "program qemu-system-x86_64 version : " version

	(void)state;
	assert_int_equal(notes(QEMU("11.0.1"), QEMU("10.0.0"), "engine"), 1);
	assert_int_equal(notes(QEMU("10.0.0"), QEMU("11.0.1"), "engine"), 0);
	assert_int_equal(notes(QEMU("10.0.0"), QEMU("10.0.0"), "engine"), 0);
	assert_int_equal(notes(QEMU("10.0.0"), "", "engine"), 0);
}

#define PLAIN	 (1U << GUEST_PLAIN)
#define NESTABLE (1U << GUEST_NESTABLE)
#define NESTING	 (1U << GUEST_NESTING)

/* Whom a rule concerns, and what both hosts must offer for it to be asked. */
static void rules_concern_their_guests(void **state)
{
	static const struct {
		const char *name;
		enum rule_need needs;
		unsigned int classes;
	} expected[] = {
		{ "vendor", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "cpuid-feature", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "cpuid-number", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "cpu-msr", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "xsave", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "address-width", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "tsc", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "paravirt", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "nested", NEEDS_NOTHING, NESTABLE | NESTING },
		{ "nested-state", NEEDS_EITHER, NESTING },
		{ "vmx-basic", NEEDS_VMX, NESTABLE | NESTING },
		{ "vmx-controls", NEEDS_VMX, NESTABLE | NESTING },
		{ "vmx-misc", NEEDS_VMX, NESTABLE | NESTING },
		{ "vmx-ept-vpid", NEEDS_VMX, NESTABLE | NESTING },
		{ "vmx-fixed", NEEDS_VMX, NESTABLE | NESTING },
		{ "vmx-vmfunc", NEEDS_VMX, NESTABLE | NESTING },
		{ "vmx-vmcs-enum", NEEDS_VMX, NESTABLE | NESTING },
		{ "vmx-not-restored", NEEDS_VMX, NESTABLE | NESTING },
		{ "svm", NEEDS_SVM, NESTABLE | NESTING },
		{ "vcpus", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "confidential", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
		{ "engine", NEEDS_NOTHING, PLAIN | NESTABLE | NESTING },
	};
	enum migration_rule rule;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(expected); i++) {
		for (rule = 0; rule < NR_MIGRATION_RULES; rule++)
			if (!strcmp(migration_rule_info(rule)->name,
				    expected[i].name))
				break;
		if (rule == NR_MIGRATION_RULES)
			fail_msg("no rule %s", expected[i].name);
		assert_int_equal(migration_rule_info(rule)->needs,
				 expected[i].needs);
		assert_int_equal(migration_rule_info(rule)->classes,
				 expected[i].classes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(makers_differ),
		cmocka_unit_test(a_maker_is_all_of_its_name),
		cmocka_unit_test(amx_takes_permission),
		cmocka_unit_test(hyperv_features_count),
		cmocka_unit_test(the_timers_rate_is_kept),
		cmocka_unit_test(confidential_guests_are_told_of),
		cmocka_unit_test(an_older_qemu_is_told_of),
		cmocka_unit_test(rules_concern_their_guests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
