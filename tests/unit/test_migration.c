// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which guest may move where: each comparison of the table on its own, and laws
 * that hold whatever the machines are. What KVM itself says of the rules is
 * asked in guests (tests/lab/in-guest/prove.sh).
 */
#include <stdio.h>
#include <stdlib.h>

#include "group.h"
#include "migrate/compare.h"
#include "migrate/words.h"

#define KHZ 2100000

/* A host of which all is known that KVM tells. */
struct made {
	struct host *host;
	struct side side;
};

static void add_leaf(struct kvm_caps *caps, enum kvm_cpuid_list list, u32 leaf,
		     u32 subleaf, u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	const struct kvm_cpuid_leaf added = { .leaf = leaf,
					      .subleaf = subleaf,
					      .reg = { eax, ebx, ecx, edx } };

	assert_int_equal(kvm_caps_add_cpuid(caps, list, &added), 0);
}

static void add_cap(struct kvm_caps *caps, int number, int value)
{
	const struct kvm_cap cap = { .number = number,
				     .asked = true,
				     .value = value };

	assert_int_equal(kvm_caps_add(caps, &cap), 0);
}

static void add_msr(struct kvm_caps *caps, u32 index, u64 value)
{
	const struct kvm_msr msr = { .index = index,
				     .readable = true,
				     .value = value };

	assert_int_equal(kvm_caps_add_msr(caps, &msr), 0);
}

/* Every leaf and MSR that is compared, with some bits everywhere. */
static struct host *new_host(void)
{
	struct host *host = host_new(HOST_CAPTURE, "made");
	struct kvm_caps *caps;
	size_t i;

	assert_non_null(host);
	caps = &host->system.kvm;
	caps->known = true;
	caps->api = 12;
	caps->msr_error = 0;
	caps->tsc_khz = KHZ;
	caps->xcomp_known = true;
	caps->xcomp = 0x60000;
	add_leaf(caps, KVM_CPUID_SUPPORTED, 0, 0, 0x24, 0x756e6547, 0x6c65746e,
		 0x49656e69);
	for (i = 0; i < VI_NR_LEAVES; i++)
		if (vi_leaves[i].leaf)
			add_leaf(caps, KVM_CPUID_SUPPORTED, vi_leaves[i].leaf,
				 vi_leaves[i].subleaf, 0x0f0f0f0f, 0x0f0f0f0f,
				 0x0f0f0f2f, 0x0f0f0f0f);
	add_leaf(caps, KVM_CPUID_SUPPORTED, 0x40000000, 0, 0x40000001,
		 0x4b4d564b, 0x564b4d56, 0x4d);
	add_leaf(caps, KVM_CPUID_SUPPORTED, 0x40000001, 0, 0x01007efb, 0, 0, 0);
	add_leaf(caps, KVM_CPUID_SUPPORTED, 0x77, 0, 0xf, 0xf, 0xf, 0xf);
	add_leaf(caps, KVM_CPUID_HYPERV, 0x40000003, 0, 0xf, 0xf, 0xf, 0xf);
	for (i = 0; i < VI_NR_MSRS; i++)
		if (!(vi_msrs[i].flags & VI_CONTROL_REGISTER))
			add_msr(caps, vi_msrs[i].address,
				i == VI_IA32_VMX_PROCBASED_CTLS3 ||
						i == VI_IA32_VMX_EXIT_CTLS2 ?
					0 :
					0x0f0f0f4f0f0f0f0f);
	add_cap(caps, 60, 0);
	add_cap(caps, 66, 1024);
	add_cap(caps, 129, 3);
	add_cap(caps, 157, 1);
	add_cap(caps, 213, 0xff);
	return host;
}

static struct made make(void)
{
	struct made made = { .host = new_host() };

	assert_int_equal(side_of(&made.side, made.host), 0);
	assert_int_equal(
		facts_format(made.host->facts, "name", "%p", (void *)made.host),
		0);
	return made;
}

/* What a changed host offers. */
static void take_again(struct made *made)
{
	side_free(&made->side);
	assert_int_equal(side_of(&made->side, made->host), 0);
}

static void drop(struct made *made)
{
	side_free(&made->side);
	host_free(made->host);
}

static void assert_answers(const struct made *from, const struct made *to,
			   enum migration_answer plain,
			   enum migration_answer nestable,
			   enum migration_answer nesting)
{
	enum migration_answer answers[NR_GUEST_CLASSES];
	struct migration migration;

	assert_int_equal(migration_judge(&migration, &from->side, &to->side),
			 0);
	assert_int_equal(migration.answer[GUEST_PLAIN], plain);
	assert_int_equal(migration.answer[GUEST_NESTABLE], nestable);
	assert_int_equal(migration.answer[GUEST_NESTING], nesting);
	migration_answers(answers, &from->side, &to->side);
	assert_memory_equal(answers, migration.answer, sizeof(answers));
	migration_free(&migration);
}

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

/* The value of a register in KVM's lists, for changing it. */
static u32 *leaf_register(struct host *host, u32 leaf, u32 subleaf,
			  enum vi_cpuid_register reg)
{
	struct kvm_cpuids *list = &host->system.kvm.cpuid[KVM_CPUID_SUPPORTED];
	size_t i;

	for (i = 0; i < list->count; i++)
		if (list->list[i].leaf == leaf &&
		    list->list[i].subleaf == subleaf)
			return &list->list[i].reg[reg];
	fail_msg("no leaf 0x%x.%u", leaf, subleaf);
	return NULL;
}

static uint64_t *msr_value(struct host *host, u32 address)
{
	struct kvm_caps *caps = &host->system.kvm;
	size_t i;

	for (i = 0; i < caps->msr_count; i++)
		if (caps->msrs[i].index == address)
			return &caps->msrs[i].value;
	fail_msg("no MSR 0x%x", address);
	return NULL;
}

static u64 get(struct host *host, const struct comparison *comparison)
{
	const struct register_info *info;

	if (comparison->reg == NR_REGISTERS)
		return *leaf_register(host, vi_leaves[comparison->leaf].leaf,
				      vi_leaves[comparison->leaf].subleaf,
				      comparison->output);
	info = register_info(comparison->reg);
	if (info->class == REGISTER_MSR)
		return *msr_value(host, info->address);
	return *leaf_register(host,
			      info->class == REGISTER_HYPERVISOR ?
				      0x40000000 + info->address :
				      info->address,
			      info->subleaf, info->reg);
}

static void set(struct host *host, const struct comparison *comparison,
		u64 value)
{
	const struct register_info *info;

	if (comparison->reg == NR_REGISTERS) {
		*leaf_register(host, vi_leaves[comparison->leaf].leaf,
			       vi_leaves[comparison->leaf].subleaf,
			       comparison->output) = (u32)value;
		return;
	}
	info = register_info(comparison->reg);
	if (info->class == REGISTER_MSR)
		*msr_value(host, info->address) = value;
	else
		*leaf_register(host,
			       info->class == REGISTER_HYPERVISOR ?
				       0x40000000 + info->address :
				       info->address,
			       info->subleaf, info->reg) = (u32)value;
}

static u64 lowest(u64 bits)
{
	return bits & -bits;
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

/* A bit that has to be equal is no feature that a guest may do without. */
static bool has_to_be_equal(const struct comparison *comparison, u64 bit)
{
	size_t i;

	for (i = 0; i < NR_COMPARISONS; i++)
		if (comparison->reg != NR_REGISTERS &&
		    comparisons[i].reg == comparison->reg &&
		    comparisons[i].how != SUBSET && comparisons[i].bits & bit)
			return true;
	return false;
}

#define MACHINES 120

/*
 * Machines that lack one, two or three random bits of the same features, so
 * that one is often a part of another.
 */
static void make_machines(struct made machines[MACHINES])
{
	size_t i, holes;

	srand(14);
	for (i = 0; i < MACHINES; i++) {
		machines[i] = make();
		for (holes = (size_t)rand() % 4; holes; holes--) {
			const struct comparison *comparison =
				&comparisons[(size_t)rand() % NR_COMPARISONS];
			u64 value = get(machines[i].host, comparison);
			u64 bit = lowest(value & comparison->bits);

			/* The bits that say whether a rule is asked stay. */
			if (comparison->how == SUBSET && bit &&
			    comparison->rule != RULE_NESTED &&
			    !has_to_be_equal(comparison, bit))
				set(machines[i].host, comparison, value & ~bit);
		}
		take_again(&machines[i]);
	}
}

static bool all_safe(const struct side *from, const struct side *to)
{
	enum migration_answer answers[NR_GUEST_CLASSES];
	enum guest_class guest;

	migration_answers(answers, from, to);
	for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
		if (answers[guest] != MIGRATION_SAFE)
			return false;
	return true;
}

/*
 * Over equal frequencies of the TSC: KVM's tolerance, and scaling, make that
 * rule one of which guest began where.
 */
static void safe_is_transitive(void **state)
{
	static bool safe[MACHINES][MACHINES];
	struct made *machines = calloc(MACHINES, sizeof(*machines));
	size_t i, j, k, pairs = 0, chains = 0;

	(void)state;
	make_machines(machines);
	for (i = 0; i < MACHINES; i++)
		for (j = 0; j < MACHINES; j++)
			pairs += safe[i][j] =
				all_safe(&machines[i].side, &machines[j].side);
	for (i = 0; i < MACHINES; i++) {
		assert_true(safe[i][i]);
		for (j = 0; j < MACHINES; j++)
			for (k = 0; safe[i][j] && k < MACHINES; k++) {
				chains += safe[j][k] && i != j && j != k;
				assert_true(!safe[j][k] || safe[i][k]);
			}
	}
	/* Else nothing was tried. */
	assert_true(pairs > MACHINES && pairs < MACHINES * MACHINES);
	assert_true(chains > MACHINES);
	for (i = 0; i < MACHINES; i++)
		drop(&machines[i]);
	free(machines);
}

/* A guest that has less is no less safe. */
static void less_is_never_worse(void **state)
{
	struct made *machines = calloc(MACHINES, sizeof(*machines));
	enum migration_answer before[NR_GUEST_CLASSES], after[NR_GUEST_CLASSES];
	size_t i, row, tried = 0;
	enum guest_class guest;

	(void)state;
	make_machines(machines);
	for (i = 0; i + 1 < MACHINES; i += 2)
		for (row = 0; row < NR_COMPARISONS; row++) {
			const struct comparison *comparison = &comparisons[row];
			struct made *a = &machines[i], *b = &machines[i + 1];
			u64 value = get(a->host, comparison);
			u64 bit = lowest(value & comparison->bits);

			if (comparison->how != SUBSET || !bit ||
			    has_to_be_equal(comparison, bit))
				continue;
			migration_answers(before, &a->side, &b->side);
			set(a->host, comparison, value & ~bit);
			take_again(a);
			migration_answers(after, &a->side, &b->side);
			set(a->host, comparison, value);
			take_again(a);
			for (guest = 0; guest < NR_GUEST_CLASSES; guest++)
				assert_true(after[guest] <= before[guest]);
			tried++;
		}
	assert_true(tried > 1000);
	for (i = 0; i < MACHINES; i++)
		drop(&machines[i]);
	free(machines);
}

static void an_intersection_is_safe_to_each(void **state)
{
	struct made *machines = calloc(MACHINES, sizeof(*machines));
	const struct side *sides[5];
	struct side all;
	size_t i, j;

	(void)state;
	make_machines(machines);
	for (i = 0; i + 5 <= MACHINES; i++) {
		for (j = 0; j < 5; j++)
			sides[j] = &machines[i + j].side;
		assert_int_equal(side_intersection(&all, sides, 5), 0);
		for (j = 0; j < 5; j++)
			assert_true(all_safe(&all, sides[j]));
		side_free(&all);
	}
	for (i = 0; i < MACHINES; i++)
		drop(&machines[i]);
	free(machines);
}

/* Swapped hosts have swapped answers. */
static void status_mirrors(void **state)
{
	static const struct {
		enum migration_answer to_b, to_a;
		int status, swapped;
	} rows[] = {
		{ MIGRATION_SAFE, MIGRATION_SAFE, 0, 0 },
		{ MIGRATION_SAFE, MIGRATION_UNSAFE, 70, 71 },
		{ MIGRATION_UNSAFE, MIGRATION_UNSAFE, 72, 72 },
		{ MIGRATION_SAFE, MIGRATION_UNKNOWN, 73, 73 },
		{ MIGRATION_UNSAFE, MIGRATION_UNKNOWN, 73, 73 },
		{ MIGRATION_UNKNOWN, MIGRATION_UNKNOWN, 73, 73 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		assert_int_equal(migration_status(rows[i].to_b, rows[i].to_a),
				 rows[i].status);
		assert_int_equal(migration_status(rows[i].to_a, rows[i].to_b),
				 rows[i].swapped);
	}
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

/* The word of a leaf of CPUID that KVM offers there. */
static u32 *offered(struct made *made, u32 leaf, int output)
{
	struct kvm_cpuids *list =
		&made->host->system.kvm.cpuid[KVM_CPUID_SUPPORTED];
	size_t i;

	for (i = 0; i < list->count; i++)
		if (list->list[i].leaf == leaf)
			return &list->list[i].reg[output];
	fail();
	return NULL;
}

/* Linux 6.14 began to name in its list what engines had always given guests. */
static void older_kernels_name_fewer_features(void **state)
{
	struct made new = make(), old = make(), without = make();

	(void)state;
	*offered(&new, 1, VI_ECX) |= HYPERVISOR | TSC_DEADLINE;
	*offered(&old, 1, VI_ECX) &= ~(HYPERVISOR | TSC_DEADLINE);
	*offered(&without, 1, VI_ECX) &= ~(HYPERVISOR | TSC_DEADLINE);
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
		cmocka_unit_test(safe_is_transitive),
		cmocka_unit_test(less_is_never_worse),
		cmocka_unit_test(an_intersection_is_safe_to_each),
		cmocka_unit_test(status_mirrors),
		cmocka_unit_test(older_kernels_name_fewer_features),
		cmocka_unit_test(findings_name_what_is_in_the_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
