// SPDX-License-Identifier: GPL-2.0-only
/* KVM's word beside the rules': what is asked, and when it counts. */
#include <errno.h>
#include <string.h>

#include "input.h"
#include "migrate/prove.h"

#define VMX_HOST                                                               \
	"virtinfo\t: 1\nkernel\t: 6.12.3\n\ncpus\t: 0\n"                       \
	"cpuid 0x0.0x0 : 0xd 0x756e6547 0x6c65746e 0x49656e69\n"               \
	"cpuid 0x1.0x0 : 0x306c3 0x100800 0x20 0xbfebfbff\n\n"                 \
	"capture : by hand\nkvm device open : ok\nkvm api : 12\n"              \
	"kvm cpuid 0x0 0x0 : 0xd 0x756e6547 0x6c65746e 0x49656e69\n"           \
	"kvm cpuid 0x1 0x0 : 0x306c3 0x100800 0x20 0xbfebfbff\n"
#define MSRS "kvm msrs : 0x485\nkvm msr 0x485 : 0x20000065\n"

struct way {
	struct host *a;
	struct host *b;
	struct side from;
	struct side to;
	struct migration migration;
	struct migration_proof proof;
};

static struct way prove(const char *a, const char *b)
{
	struct way way = { .a = parse_string(a), .b = parse_string(b) };

	assert_int_equal(side_of(&way.from, way.a), 0);
	assert_int_equal(side_of(&way.to, way.b), 0);
	assert_int_equal(migration_judge(&way.migration, &way.from, &way.to),
			 0);
	assert_int_equal(migration_prove(&way.proof, &way.from, &way.to,
					 &way.migration, "/nonexistent"),
			 0);
	return way;
}

static void way_free(struct way *way)
{
	migration_proof_free(&way->proof);
	migration_free(&way->migration);
	side_free(&way->from);
	side_free(&way->to);
	host_free(way->a);
	host_free(way->b);
}

static const struct proof_result *result_of(const struct migration_proof *proof,
					    enum migration_rule rule)
{
	for (size_t i = 0; i < proof->count; i++)
		if (proof->list[i].rule == rule)
			return &proof->list[i];
	return NULL;
}

/* A rule that nobody thought of would not be reported. */
static void every_rule_is_asked_or_not(void **state)
{
	static const enum migration_rule rules[] = {
#define PROVE_MSR(rule, reg, kind)	  RULE_##rule,
#define PROVE(rule, reg, function, asked) RULE_##rule,
#define PROVE_NOT(rule, why)		  RULE_##rule,
#include "tables/proof.def"
	};
	bool seen[NR_MIGRATION_RULES] = { false };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
		seen[rules[i]] = true;
	for (int rule = 0; rule < NR_MIGRATION_RULES; rule++)
		if (!seen[rule])
			fail_msg("no row of %s",
				 migration_rule_info(rule)->name);
}

static void without_kvm_nothing_is_asked(void **state)
{
	struct way way = prove(VMX_HOST MSRS,
			       VMX_HOST MSRS "kvm cap 66 (unnamed) : 8\n");

	(void)state;
	assert_int_equal(way.proof.failure.step, KVM_STEP_OPEN);
	assert_int_equal(way.proof.failure.error, ENOENT);
	assert_true(way.proof.count > 20);
	for (size_t i = 0; i < way.proof.count; i++) {
		const struct proof_result *result = &way.proof.list[i];

		assert_int_equal(result->kvm.word, KVM_NOT_ASKED);
		assert_int_equal(result->theirs, MIGRATION_UNKNOWN);
		assert_true(result->why || result->kvm.error == ENOENT);
		assert_false(proof_differs(result));
	}
	/* Rules of what neither can have are left out. */
	assert_non_null(result_of(&way.proof, RULE_VMX_MISC));
	assert_null(result_of(&way.proof, RULE_SVM));
	way_free(&way);
}

/* What our rule says of one register, and no other. */
static void our_word_is_of_the_register(void **state)
{
	struct way way = prove(
		VMX_HOST "kvm msrs : 0x485\nkvm msr 0x485 : 0x20000065\n",
		VMX_HOST "kvm msrs : 0x485\nkvm msr 0x485 : 0x00000065\n");

	(void)state;
	assert_int_equal(result_of(&way.proof, RULE_VMX_MISC)->ours,
			 MIGRATION_UNSAFE);
	assert_int_equal(result_of(&way.proof, RULE_VENDOR)->ours,
			 MIGRATION_SAFE);
	assert_int_equal(way.migration.answer[GUEST_NESTABLE],
			 MIGRATION_UNSAFE);
	way_free(&way);
}

/* A rule with one row has the word of all of its registers. */
static void our_word_is_of_the_whole_rule(void **state)
{
	struct way way =
		prove(VMX_HOST "kvm cpuid 0x7 0x0 : 0x0 0x1 0x0 0x0\n" MSRS,
		      VMX_HOST "kvm cpuid 0x7 0x0 : 0x0 0x0 0x0 0x0\n" MSRS);

	(void)state;
	assert_int_equal(result_of(&way.proof, RULE_CPUID_FEATURE)->ours,
			 MIGRATION_UNSAFE);
	way_free(&way);
}

static void count(struct way *way, enum migration_rule rule,
		  enum register_id reg, enum kvm_word word,
		  enum migration_answer theirs)
{
	struct proof_result result = {
		.rule = rule,
		.reg = reg,
		.kvm.word = word,
		.ours = way->migration.answer[GUEST_NESTABLE],
		.theirs = theirs,
	};
	const struct migration_proof proof = { .list = &result, .count = 1 };

	assert_int_equal(migration_count_proof(&way->migration, &proof), 0);
}

static const struct migration_finding *
finding_of(const struct migration *migration, enum register_id reg)
{
	for (size_t i = 0; i < migration->count; i++)
		if (migration->list[i].reg == reg)
			return &migration->list[i];
	return NULL;
}

static void what_kvm_refuses_is_unsafe(void **state)
{
	struct way way = { .migration = { .list = NULL } };
	const struct migration_finding *finding;

	(void)state;
	count(&way, RULE_VMX_MISC, REG_IA32_VMX_MISC, KVM_REFUSED,
	      MIGRATION_UNSAFE);
	count(&way, RULE_CPU_MSR, REG_IA32_PERF_CAPABILITIES, KVM_REFUSED,
	      MIGRATION_UNKNOWN);
	assert_int_equal(way.migration.answer[GUEST_PLAIN], MIGRATION_SAFE);
	assert_int_equal(way.migration.answer[GUEST_NESTABLE],
			 MIGRATION_UNSAFE);
	assert_int_equal(way.migration.count, 1);
	finding = finding_of(&way.migration, REG_IA32_VMX_MISC);
	assert_non_null(finding);
	assert_string_equal(finding->to, "refused by KVM");
	/* In the order of the rules. */
	way.migration.answer[GUEST_NESTABLE] = MIGRATION_SAFE;
	count(&way, RULE_CPU_MSR, REG_IA32_PERF_CAPABILITIES, KVM_REFUSED,
	      MIGRATION_UNSAFE);
	assert_int_equal(way.migration.count, 2);
	assert_int_equal(way.migration.list[0].rule, RULE_CPU_MSR);
	assert_int_equal(way.migration.answer[GUEST_PLAIN], MIGRATION_UNSAFE);
	migration_free(&way.migration);
}

static void what_kvm_takes_is_a_note(void **state)
{
	struct way way =
		prove(VMX_HOST "kvm msrs : 0x48c\nkvm msr 0x48c : 0x41\n",
		      VMX_HOST "kvm msrs : 0x48c\nkvm msr 0x48c : 0x40\n");
	const enum register_id reg = REG_IA32_VMX_EPT_VPID_CAP;

	(void)state;
	assert_int_equal(finding_of(&way.migration, reg)->answer,
			 MIGRATION_UNSAFE);
	count(&way, RULE_VMX_EPT_VPID, reg, KVM_ACCEPTED, MIGRATION_SAFE);
	assert_int_equal(finding_of(&way.migration, reg)->answer,
			 MIGRATION_SAFE);
	assert_int_not_equal(way.migration.answer[GUEST_NESTABLE],
			     MIGRATION_UNSAFE);
	way_free(&way);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule_is_asked_or_not),
		cmocka_unit_test(without_kvm_nothing_is_asked),
		cmocka_unit_test(our_word_is_of_the_register),
		cmocka_unit_test(our_word_is_of_the_whole_rule),
		cmocka_unit_test(what_kvm_refuses_is_unsafe),
		cmocka_unit_test(what_kvm_takes_is_a_note),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
