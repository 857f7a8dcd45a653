// SPDX-License-Identifier: GPL-2.0-only
/*
 * The rules of migration beside this system's KVM: to itself, and with every
 * bit of every VMX feature MSR flipped. Without a device every test says that it
 * was skipped, without nested VMX the latter.
 */
#include "footprint.h"

#include "input/input.h"
#include "input/live_facts.h"
#include "migrate/compare.h"
#include "migrate/prove.h"

static struct host *read_host(void)
{
	struct input_error error;
	struct host *host = input_live(true, &error);

	assert_non_null(host);
	assert_int_equal(
		live_facts(host, LIVE_SYSTEM | LIVE_CAPS | LIVE_MIGRATION), 0);
	return host;
}

/* Two of this system, which are not taken for one. */
struct pair {
	struct host *a;
	struct host *b;
	struct side from;
	struct side to;
};

static struct pair read_pair(void)
{
	struct pair pair = { .a = read_host(), .b = read_host() };

	assert_int_equal(facts_add(pair.a->facts, "source note", "another"), 0);
	assert_int_equal(side_of(&pair.from, pair.a), 0);
	assert_int_equal(side_of(&pair.to, pair.b), 0);
	assert_false(sides_same(&pair.from, &pair.to));
	return pair;
}

static void pair_free(struct pair *pair)
{
	side_free(&pair->from);
	side_free(&pair->to);
	host_free(pair->a);
	host_free(pair->b);
}

static void prove(const struct pair *pair, struct migration *migration,
		  struct migration_proof *proof)
{
	assert_int_equal(migration_judge(migration, &pair->from, &pair->to), 0);
	assert_int_equal(
		migration_prove(proof, &pair->from, &pair->to, migration, NULL),
		0);
}

static void to_itself(void **state)
{
	struct migration_proof proof;
	struct migration migration;
	struct pair pair;

	(void)state;
	need_device();
	pair = read_pair();
	prove(&pair, &migration, &proof);
	assert_int_equal(proof.failure.step, KVM_STEP_NONE);
	for (size_t i = 0; i < proof.count; i++) {
		const struct proof_result *result = &proof.list[i];

		print_message("%s %s: %s\n",
			      migration_rule_info(result->rule)->name,
			      result->reg == NR_REGISTERS ?
				      "-" :
				      register_info(result->reg)->name,
			      kvm_word_name(result->kvm.word));
		assert_int_not_equal(result->theirs, MIGRATION_UNSAFE);
		assert_false(proof_differs(result));
	}
	print_message("%llu us\n", (unsigned long long)proof.time_us);
	migration_proof_free(&proof);
	migration_free(&migration);
	pair_free(&pair);
}

static void proving_leaves_nothing(void **state)
{
	struct footprint before;
	struct pair pair;

	(void)state;
	need_device();
	pair = read_pair();
	for (int i = 0; i < runs() + 10; i++) {
		struct migration_proof proof;
		struct migration migration;

		if (i == 10)
			before = footprint();
		prove(&pair, &migration, &proof);
		migration_proof_free(&proof);
		migration_free(&migration);
	}
	assert_unchanged(&before);
	pair_free(&pair);
}

static enum migration_answer our_answer(const struct pair *pair,
					enum migration_rule rule,
					enum register_id reg)
{
	enum migration_answer answer = MIGRATION_SAFE;
	struct migration migration;

	assert_int_equal(migration_judge(&migration, &pair->from, &pair->to),
			 0);
	for (size_t i = 0; i < migration.count; i++)
		if (migration.list[i].rule == rule &&
		    migration.list[i].reg == reg &&
		    migration.list[i].answer > answer)
			answer = migration.list[i].answer;
	migration_free(&migration);
	return answer;
}

static void set(struct side *side, enum register_id reg, u64 value)
{
	const int msr = register_info(reg)->sampled;

	side->offer->sample.msr[msr] = value;
	side->offer->sample.msr_status[msr] = VI_READ;
	compare_values(side, side->values);
}

/* Returns how many bits KVM and the rule differ in. */
static unsigned int flip_all(struct pair *pair, struct kvm_restore *restore,
			     enum migration_rule rule, enum register_id reg)
{
	const struct register_info *info = register_info(reg);
	const struct register_value own = register_value(pair->to.offer, reg);
	unsigned int differ = 0, refused = 0;

	/* KVM does not have it: it can only refuse. */
	if (own.status != VI_READ)
		return 0;
	for (unsigned int bit = 0; bit < 64; bit++) {
		const u64 value = own.value ^ 1ull << bit;
		struct kvm_answer answer =
			kvm_restore_msr(restore, info->address, value);
		bool safe, accepted = answer.word == KVM_ACCEPTED;

		assert_int_not_equal(answer.word, KVM_NOT_ASKED);
		set(&pair->from, reg, value);
		safe = our_answer(pair, rule, reg) == MIGRATION_SAFE;
		refused += !accepted;
		if (safe == accepted)
			continue;
		differ++;
		print_message(
			"differ: %s 0x%llx bit %u to %u: rule %s, KVM %s\n",
			info->name, (unsigned long long)own.value, bit,
			(unsigned int)(value >> bit & 1),
			safe ? "safe" : "unsafe", kvm_word_name(answer.word));
	}
	set(&pair->from, reg, own.value);
	print_message("%s: of 64 bits KVM refuses %u, the rule differs in %u\n",
		      info->name, refused, differ);
	return differ;
}

static void every_bit_of_every_register(void **state)
{
	static const struct {
		enum migration_rule rule;
		enum register_id reg;
		bool checked;
	} rows[] = {
#define CHECKED true
#define TAKEN	false
#define PROVE_MSR(rule_id, register, kind)                                     \
	{ RULE_##rule_id, REG_##register, kind },
#include "tables/proof.def"
	};
	unsigned int differ = 0, asked = 0;
	struct kvm_restore restore;
	struct kvm_failure failure;
	struct pair pair;

	(void)state;
	need_device();
	pair = read_pair();
	if (register_value(pair.to.offer, REG_IA32_VMX_BASIC).status !=
	    VI_READ) {
		print_message("SKIPPED: KVM offers no VMX\n");
		pair_free(&pair);
		skip();
	}
	/* Minutes where the processor is emulated. */
	assert_int_equal(
		kvm_restore_begin(&restore, NULL, 600 * 1000, &failure),
		KVM_STEP_NONE);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!rows[i].checked ||
		    migration_rule_info(rows[i].rule)->needs != NEEDS_VMX)
			continue;
		differ += flip_all(&pair, &restore, rows[i].rule, rows[i].reg);
		asked++;
	}
	kvm_restore_end(&restore);
	pair_free(&pair);
	assert_true(asked >= 10);
	assert_int_equal(differ, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(to_itself),
		cmocka_unit_test(proving_leaves_nothing),
		cmocka_unit_test(every_bit_of_every_register),
	};

	return cmocka_run_group_tests_name("prove_live", tests, NULL, NULL);
}
