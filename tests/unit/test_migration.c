// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which guest may move where: each comparison of the table on its own. What KVM
 * itself says of the rules is asked in guests (tests/lab/in-guest/prove.sh).
 */
#include <stdlib.h>

#include "migration_hosts.h"
#include "migrate/words.h"

static void like_hosts_are_safe(void **state)
{
	struct made a = make(), b = make();

	(void)state;
	assert_false(sides_same(&a.side, &b.side));
	assert_answers(&a, &b, MIGRATION_SAFE, MIGRATION_SAFE, MIGRATION_SAFE);
	drop(&a);
	drop(&b);
}

/* One host is safe to itself, whatever is not known of it. */
static void a_host_is_safe_to_itself(void **state)
{
	struct host *host = host_new(HOST_CAPTURE, "nothing");
	struct made a = { .host = host };

	(void)state;
	assert_non_null(host_add_group(host));
	assert_int_equal(side_of(&a.side, host), 0);
	assert_answers(&a, &a, MIGRATION_SAFE, MIGRATION_SAFE, MIGRATION_SAFE);
	drop(&a);
}

static void unknown_is_not_safe(void **state)
{
	struct made a = make(), b = make();

	(void)state;
	b.host->system.kvm.cpuid[KVM_CPUID_SUPPORTED].count = 0;
	b.host->system.kvm.msr_error = KVM_MSRS_UNKNOWN;
	assert_non_null(host_add_group(b.host));
	take_again(&b);
	assert_answers(&a, &b, MIGRATION_UNKNOWN, MIGRATION_UNKNOWN,
		       MIGRATION_UNKNOWN);
	assert_answers(&b, &a, MIGRATION_UNKNOWN, MIGRATION_UNKNOWN,
		       MIGRATION_UNKNOWN);
	drop(&a);
	drop(&b);
}

/*
 * What breaks a comparison: what the guest has (*a), what it finds (*b).
 */
static void break_it(const struct comparison *comparison, u64 *a, u64 *b)
{
	u64 bits = comparison->bits;

	*a &= ~bits;
	*b &= ~bits;
	switch (comparison->how) {
	case SUBSET:
	case NONE:
		*a |= lowest(bits);
		break;
	case REVERSE:
	case AT_LEAST:
		*b |= lowest(bits);
		break;
	case CONTROLS: /* may be 1 here only; the lower half stays equal */
		*a |= 1ULL << 63;
		break;
	default: /* numbers: more than it finds, and both not 0 */
		*a |= bits;
		*b |= bits == lowest(bits) ? 0 : lowest(bits);
		break;
	}
}

static bool has_finding(const struct migration *migration,
			const struct comparison *comparison)
{
	size_t i;

	for (i = 0; i < migration->count; i++)
		if (migration->list[i].rule == comparison->rule &&
		    migration->list[i].reg == comparison->reg &&
		    migration->list[i].answer ==
			    (comparison->how == AT_MOST_NOTE ?
				     MIGRATION_SAFE :
				     MIGRATION_UNSAFE))
			return true;
	return false;
}

static void check_broken(const struct comparison *comparison)
{
	const struct rule_info *rule = migration_rule_info(comparison->rule);
	struct made a = make(), b = make();
	struct migration migration;
	enum guest_class guest;
	u64 has = get(a.host, comparison), finds = get(b.host, comparison);

	break_it(comparison, &has, &finds);
	set(a.host, comparison, has);
	set(b.host, comparison, finds);
	take_again(&a);
	take_again(&b);
	assert_int_equal(migration_judge(&migration, &a.side, &b.side), 0);
	if (!has_finding(&migration, comparison))
		fail_msg("%s: comparison %zu is not broken", rule->name,
			 (size_t)(comparison - comparisons));
	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		if (rule->classes >> guest & 1 &&
		    comparison->how != AT_MOST_NOTE)
			assert_int_equal(migration.answer[guest],
					 MIGRATION_UNSAFE);
	migration_free(&migration);
	drop(&a);
	drop(&b);
}

static void every_comparison_can_break(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < NR_COMPARISONS; i++)
		check_broken(&comparisons[i]);
}

/* A rule of nested guests does not concern plain ones. */
static void nested_rules_leave_plain_guests(void **state)
{
	struct made a = make(), b = make();

	(void)state;
	*msr_value(b.host, 0x48c) = 0;
	take_again(&b);
	assert_answers(&a, &b, MIGRATION_SAFE, MIGRATION_UNSAFE,
		       MIGRATION_UNSAFE);
	assert_answers(&b, &a, MIGRATION_SAFE, MIGRATION_SAFE, MIGRATION_SAFE);
	drop(&a);
	drop(&b);
}

static void nested_state_concerns_nesting_guests(void **state)
{
	struct made a = make(), b = make();

	(void)state;
	b.host->system.kvm.caps[3].value = 0;
	assert_answers(&a, &b, MIGRATION_SAFE, MIGRATION_SAFE,
		       MIGRATION_UNSAFE);
	drop(&a);
	drop(&b);
}

/* A host that offers neither VMX nor SVM has no guests of theirs to move. */
static void without_nesting_there_is_nothing_to_break(void **state)
{
	struct made a = make(), b = make();

	(void)state;
	*leaf_register(a.host, 1, 0, VI_ECX) &= ~0x20U;
	*leaf_register(a.host, 0x80000001, 0, VI_ECX) &= ~0x4U;
	*msr_value(b.host, 0x480) = 0;
	take_again(&a);
	take_again(&b);
	assert_answers(&a, &b, MIGRATION_SAFE, MIGRATION_SAFE, MIGRATION_SAFE);
	drop(&a);
	drop(&b);
}

static void leaves_without_a_name_count(void **state)
{
	struct made a = make(), b = make();

	(void)state;
	*leaf_register(b.host, 0x77, 0, VI_EDX) = 0x7;
	take_again(&b);
	assert_answers(&a, &b, MIGRATION_UNSAFE, MIGRATION_UNSAFE,
		       MIGRATION_UNSAFE);
	assert_answers(&b, &a, MIGRATION_SAFE, MIGRATION_SAFE, MIGRATION_SAFE);
	drop(&a);
	drop(&b);
}

/* 250 ppm of 2.1 GHz are 525 kHz. */
static void tsc_has_a_tolerance(void **state)
{
	struct made a = make(), b = make();

	(void)state;
	b.host->system.kvm.tsc_khz = KHZ + 525;
	assert_answers(&a, &b, MIGRATION_SAFE, MIGRATION_SAFE, MIGRATION_SAFE);
	b.host->system.kvm.tsc_khz = KHZ + 600;
	assert_answers(&a, &b, MIGRATION_UNSAFE, MIGRATION_UNSAFE,
		       MIGRATION_UNSAFE);
	b.host->system.kvm.caps[0].value = 1;
	assert_answers(&a, &b, MIGRATION_SAFE, MIGRATION_SAFE, MIGRATION_SAFE);
	b.host->system.kvm.caps[0].value = 0;
	b.host->system.kvm.tsc_khz = 0;
	assert_answers(&a, &b, MIGRATION_UNKNOWN, MIGRATION_UNKNOWN,
		       MIGRATION_UNKNOWN);
	drop(&a);
	drop(&b);
}

/* Only the processor is known: what it lacks KVM cannot offer. */
static void processors_prove_a_lack(void **state)
{
	struct host *a = host_new(HOST_CPUID_DUMP, "a");
	struct host *b = host_new(HOST_CPUID_DUMP, "b");
	struct host_group *group_a = host_add_group(a);
	struct host_group *group_b = host_add_group(b);
	struct made made_a = { .host = a }, made_b = { .host = b };

	(void)state;
	set_leaf(group_a, VI_L0, 7, 0x756e6547, 0x6c65746e, 0x49656e69);
	set_leaf(group_b, VI_L0, 7, 0x756e6547, 0x6c65746e, 0x49656e69);
	/* AVX-512F is passed on; bit 12, PQM, is not. */
	set_leaf(group_a, VI_L7_0, 0, 0x00011000, 0, 0);
	set_leaf(group_b, VI_L7_0, 0, 0x00010000, 0, 0);
	assert_int_equal(side_of(&made_a.side, a), 0);
	assert_int_equal(side_of(&made_b.side, b), 0);
	assert_answers(&made_a, &made_b, MIGRATION_UNKNOWN, MIGRATION_UNKNOWN,
		       MIGRATION_UNKNOWN);
	set_leaf(group_b, VI_L7_0, 0, 0x00001000, 0, 0);
	take_again(&made_b);
	assert_answers(&made_a, &made_b, MIGRATION_UNSAFE, MIGRATION_UNSAFE,
		       MIGRATION_UNSAFE);
	drop(&made_a);
	drop(&made_b);
}

/* CPUs that differ count by what all of them have. */
static void unlike_cpus_count_by_their_intersection(void **state)
{
	struct host *a = host_new(HOST_CPUID_DUMP, "a");
	struct side side;

	(void)state;
	set_leaf(host_add_group(a), VI_L1, 0, 0, 0x7, 0xff);
	set_leaf(host_add_group(a), VI_L1, 0, 0, 0x3, 0xf0);
	assert_int_equal(side_of(&side, a), 0);
	assert_int_equal(side.offer->sample.leaf[VI_L1][VI_ECX], 0x3);
	assert_int_equal(side.offer->sample.leaf[VI_L1][VI_EDX], 0xf0);
	side_free(&side);
	host_free(a);
}

static void findings_name_what_is_in_the_way(void **state)
{
	struct made a = make(), b = make();
	struct migration migration;
	char *words;

	(void)state;
	*leaf_register(a.host, 7, 0, VI_EBX) |= 0x00010020;
	*leaf_register(b.host, 7, 0, VI_EBX) &= ~0x00010020U;
	take_again(&a);
	take_again(&b);
	assert_int_equal(migration_judge(&migration, &a.side, &b.side), 0);
	assert_int_equal(migration.count, 1);
	words = finding_fields_words(&migration.list[0]);
	assert_string_equal(words, "avx2, avx512f");
	free(words);
	assert_int_equal(finding_mends(&migration.list[0], &words), 0);
	assert_string_equal(
		words, "switch off avx2, avx512f in the guest's CPU model");
	free(words);
	migration_free(&migration);
	drop(&a);
	drop(&b);
}

#define HYPERVISOR   (1u << 31)
#define TSC_DEADLINE (1u << 24)

/* Linux 6.14 began to name in its list what engines had always given guests. */
static void older_kernels_name_fewer_features(void **state)
{
	struct made new = make(), old = make(), without = make();

	(void)state;
	*leaf_register(new.host, 1, 0, VI_ECX) |= HYPERVISOR | TSC_DEADLINE;
	*leaf_register(old.host, 1, 0, VI_ECX) &= ~(HYPERVISOR | TSC_DEADLINE);
	*leaf_register(without.host, 1, 0, VI_ECX) &=
		~(HYPERVISOR | TSC_DEADLINE);
	take_again(&new);
	take_again(&old);
	/* Whether it has the capability is not known: that is no "no". */
	assert_answers(&new, &old, MIGRATION_UNKNOWN, MIGRATION_UNKNOWN,
		       MIGRATION_UNKNOWN);
	add_cap(&without.host->system.kvm, 72, 0);
	take_again(&without);
	assert_answers(&new, &without, MIGRATION_UNSAFE, MIGRATION_UNSAFE,
		       MIGRATION_UNSAFE);
	add_cap(&old.host->system.kvm, 72, 1);
	take_again(&old);
	assert_answers(&new, &old, MIGRATION_SAFE, MIGRATION_SAFE,
		       MIGRATION_SAFE);
	drop(&new);
	drop(&old);
	drop(&without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(like_hosts_are_safe),
		cmocka_unit_test(a_host_is_safe_to_itself),
		cmocka_unit_test(unknown_is_not_safe),
		cmocka_unit_test(every_comparison_can_break),
		cmocka_unit_test(nested_rules_leave_plain_guests),
		cmocka_unit_test(nested_state_concerns_nesting_guests),
		cmocka_unit_test(without_nesting_there_is_nothing_to_break),
		cmocka_unit_test(leaves_without_a_name_count),
		cmocka_unit_test(tsc_has_a_tolerance),
		cmocka_unit_test(processors_prove_a_lack),
		cmocka_unit_test(unlike_cpus_count_by_their_intersection),
		cmocka_unit_test(findings_name_what_is_in_the_way),
		cmocka_unit_test(older_kernels_name_fewer_features),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
