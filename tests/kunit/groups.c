// SPDX-License-Identifier: GPL-2.0-only
/* Grouping: from no CPU to as many as a mask holds, alike and odd. */
#include <linux/mm.h>
#include <linux/slab.h>

#include "fake.h"

#define NOW 1000000000UL /* jiffies */

struct machine {
	struct vi_cpu *online; /* nr_cpumask_bits of them */
	struct vi_samples source;
	struct cpumask cpus;
};

static const struct vi_cpu *machine_get(void *context, unsigned int cpu)
{
	const struct machine *machine = context;

	return &machine->online[cpu];
}

static int machine_init(struct kunit *test)
{
	struct machine *machine =
		kunit_kzalloc(test, sizeof(*machine), GFP_KERNEL);
	struct fake_cpu *cpu = fake_full(test, "AuthenticAMD");
	unsigned int i;

	if (!machine)
		return -ENOMEM;
	machine->online =
		kvcalloc(nr_cpumask_bits, sizeof(struct vi_cpu), GFP_KERNEL);
	if (!machine->online)
		return -ENOMEM;
	/* Not all on, so that a CPU may have it and another not. */
	cpu->cr4 = 0;
	fake_msr(test, cpu, 0xc0000080)->value = 0xd01;
	fake_sample(cpu, &machine->online[0].sample);
	machine->online[0].read = NOW;
	for (i = 1; i < nr_cpumask_bits; i++)
		machine->online[i] = machine->online[0];
	machine->source.get = machine_get;
	machine->source.context = machine;
	test->priv = machine;
	return 0;
}

static void machine_exit(struct kunit *test)
{
	struct machine *machine = test->priv;

	if (machine)
		kvfree(machine->online);
}

/* With a capacity for so many groups, which must be enough. */
static struct vi_snapshot *
new_snapshot(struct kunit *test, struct machine *machine, unsigned int capacity)
{
	struct vi_snapshot *snapshot = vi_snapshot_new(capacity);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, snapshot);
	snapshot->refreshed = NOW;
	KUNIT_ASSERT_TRUE(test, vi_snapshot_fill(snapshot, &machine->cpus,
						 &machine->source));
	return snapshot;
}

/*
 * The snapshot of the machine, checked for what holds of every one: each CPU
 * is in exactly one group, with those that are like it and no other, and the
 * first CPU's sample is the group's.
 */
static struct vi_snapshot *snapshot_of(struct kunit *test,
				       struct machine *machine)
{
	struct vi_snapshot *snapshot;
	unsigned int i, cpu, last = 0, covered = 0;

	snapshot = new_snapshot(test, machine, nr_cpumask_bits);
	KUNIT_EXPECT_TRUE(test, cpumask_equal(&snapshot->cpus, &machine->cpus));
	for (i = 0; i < snapshot->nr_groups; i++) {
		const struct vi_group *group = &snapshot->groups[i];
		unsigned int first = cpumask_first(&group->cpus);

		KUNIT_ASSERT_LT(test, first, nr_cpumask_bits);
		KUNIT_EXPECT_TRUE(test,
				  cpumask_subset(&group->cpus, &machine->cpus));
		KUNIT_EXPECT_TRUE(test,
				  cpumask_subset(&group->svm_on, &group->cpus));
		KUNIT_EXPECT_TRUE(test,
				  cpumask_subset(&group->vmx_on, &group->cpus));
		/* In the order of their first CPUs. */
		KUNIT_EXPECT_TRUE(test, !i || first > last);
		last = first;
		covered += cpumask_weight(&group->cpus);
		KUNIT_EXPECT_EQ(test,
				memcmp(&group->sample,
				       &machine->online[first].sample,
				       sizeof(group->sample)),
				0);
		for_each_cpu(cpu, &machine->cpus)
			KUNIT_EXPECT_EQ(
				test, cpumask_test_cpu(cpu, &group->cpus),
				vi_sample_alike(&group->sample,
						&machine->online[cpu].sample));
	}
	KUNIT_EXPECT_EQ(test, covered, cpumask_weight(&machine->cpus));
	return snapshot;
}

static void expect_groups(struct kunit *test, unsigned int groups)
{
	struct vi_snapshot *snapshot = snapshot_of(test, test->priv);

	KUNIT_EXPECT_EQ(test, snapshot->nr_groups, groups);
	vi_snapshot_put(snapshot);
}

static void no_cpu(struct kunit *test)
{
	expect_groups(test, 0);
}

static void one_cpu(struct kunit *test)
{
	struct machine *machine = test->priv;

	cpumask_set_cpu(nr_cpumask_bits - 1, &machine->cpus);
	expect_groups(test, 1);
}

static void all_alike(struct kunit *test)
{
	struct machine *machine = test->priv;

	cpumask_setall(&machine->cpus);
	expect_groups(test, 1);
}

static void one_odd(struct kunit *test)
{
	struct machine *machine = test->priv;
	static const unsigned int where[] = { 0, 1, 7 };
	unsigned int i;

	cpumask_setall(&machine->cpus);
	for (i = 0; i < ARRAY_SIZE(where) + 1; i++) {
		unsigned int odd =
			i < ARRAY_SIZE(where) ? where[i] : nr_cpumask_bits - 1;
		u64 value;

		if (odd >= nr_cpumask_bits)
			continue;
		value = machine->online[odd].sample.msr[VI_VM_CR];
		machine->online[odd].sample.msr[VI_VM_CR] ^= BIT(4);
		expect_groups(test, 2);
		machine->online[odd].sample.msr[VI_VM_CR] = value;
	}
}

/* Every CPU differs from every other: as many groups as CPUs. */
static void all_odd(struct kunit *test)
{
	struct machine *machine = test->priv;
	unsigned int i;

	for (i = 0; i < nr_cpumask_bits; i++)
		machine->online[i].sample.msr[VI_HWCR] = i;
	cpumask_setall(&machine->cpus);
	expect_groups(test, nr_cpumask_bits);
}

static void two_kinds_mixed(struct kunit *test)
{
	struct machine *machine = test->priv;
	unsigned int i;

	cpumask_setall(&machine->cpus);
	for (i = 1; i < nr_cpumask_bits; i += 2)
		machine->online[i].sample.msr_status[VI_VM_CR] = VI_GP;
	expect_groups(test, nr_cpumask_bits > 1 ? 2 : 1);
}

static void offline_ones_are_in_no_group(struct kunit *test)
{
	struct machine *machine = test->priv;
	unsigned int i;

	for (i = 0; i < nr_cpumask_bits; i++)
		machine->online[i].sample.msr[VI_HWCR] = i % 3 == 1;
	/* The odd ones are off: what remains is alike. */
	for (i = 0; i < nr_cpumask_bits; i++)
		if (i % 3 != 1)
			cpumask_set_cpu(i, &machine->cpus);
	expect_groups(test, 1);
}

/* From one CPU to all of them. */
static void every_count(struct kunit *test)
{
	struct machine *machine = test->priv;
	unsigned int i;

	for (i = 0; i < nr_cpumask_bits; i++) {
		struct vi_snapshot *snapshot;

		machine->online[i].sample.msr[VI_HWCR] = i % 4;
		cpumask_set_cpu(i, &machine->cpus);
		snapshot = new_snapshot(test, machine, min(i + 1, 4U));
		KUNIT_EXPECT_EQ(test, snapshot->nr_groups, min(i + 1, 4U));
		vi_snapshot_put(snapshot);
	}
}

/* Groups that share a bucket: each is found again by the CPUs that are like it. */
static void every_group_is_found_again(struct kunit *test)
{
	struct machine *machine = test->priv;
	unsigned int i, kinds = nr_cpumask_bits / 2;
	struct vi_snapshot *snapshot;

	if (!kinds)
		return;
	for (i = 0; i < 2 * kinds; i++) {
		machine->online[i].sample.msr[VI_VM_CR] = i % kinds;
		cpumask_set_cpu(i, &machine->cpus);
	}
	snapshot = new_snapshot(test, machine, kinds);
	KUNIT_EXPECT_EQ(test, snapshot->nr_groups, kinds);
	for (i = 0; i < snapshot->nr_groups; i++)
		KUNIT_EXPECT_EQ(test, cpumask_weight(&snapshot->groups[i].cpus),
				2U);
	vi_snapshot_put(snapshot);
}

/* What differs between like CPUs makes no group, and is told as a list. */
static void what_varies_splits_no_group(struct kunit *test)
{
	struct machine *machine = test->priv;
	struct vi_snapshot *snapshot;
	unsigned int i, on = 0;

	cpumask_setall(&machine->cpus);
	for (i = 0; i < nr_cpumask_bits; i++) {
		struct vi_sample *sample = &machine->online[i].sample;

		/* The initial APIC id; SVM on or off; the host save area. */
		sample->leaf[VI_L1][VI_EBX] &= 0x00ffffff;
		sample->leaf[VI_L1][VI_EBX] |= i << 24;
		sample->msr[VI_VM_HSAVE_PA] = i * 0x1000ULL;
		if (i % 2) {
			sample->msr[VI_IA32_EFER] |= BIT(12);
			on++;
		}
	}
	snapshot = snapshot_of(test, machine);
	KUNIT_EXPECT_EQ(test, snapshot->nr_groups, 1U);
	KUNIT_EXPECT_EQ(test, cpumask_weight(&snapshot->groups[0].svm_on), on);
	KUNIT_EXPECT_FALSE(test,
			   cpumask_test_cpu(0, &snapshot->groups[0].svm_on));
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&snapshot->groups[0].vmx_on));
	vi_snapshot_put(snapshot);
}

/* Alike samples have one hash; others, here, another. */
static void expect_alike(struct kunit *test, const struct vi_sample *a,
			 const struct vi_sample *b, bool alike)
{
	KUNIT_EXPECT_EQ(test, vi_sample_alike(a, b), alike);
	KUNIT_EXPECT_EQ(test, vi_sample_hash(a) == vi_sample_hash(b), alike);
}

/* Any bit of any register that does not vary between like CPUs splits. */
static void every_bit_counts(struct kunit *test)
{
	struct machine *machine = test->priv;
	struct vi_sample *a = &machine->online[0].sample;
	struct vi_sample *b = &machine->online[1].sample;
	unsigned int i, reg, bit;

	if (nr_cpumask_bits < 2)
		return;
	for (i = 0; i < VI_NR_MSRS; i++)
		for (bit = 0; bit < 64; bit++) {
			b->msr[i] ^= BIT_ULL(bit);
			expect_alike(test, a, b,
				     vi_msrs[i].varies & BIT_ULL(bit));
			b->msr[i] ^= BIT_ULL(bit);
		}
	for (i = 0; i < VI_NR_LEAVES; i++)
		for (reg = 0; reg < 4; reg++)
			for (bit = 0; bit < 32; bit++) {
				b->leaf[i][reg] ^= BIT(bit);
				expect_alike(test, a, b,
					     vi_leaves[i].varies[reg] &
						     BIT(bit));
				b->leaf[i][reg] ^= BIT(bit);
			}
	/* Never to VI_ABSENT, which is no difference. */
	for (i = 0; i < VI_NR_MSRS; i++) {
		b->msr_status[i] = a->msr_status[i] == VI_GP ? VI_READ : VI_GP;
		expect_alike(test, a, b, false);
		b->msr_status[i] = a->msr_status[i];
	}
	expect_alike(test, a, b, true);
}

/* One place too few is told, and nothing beyond the array is written. */
static void too_many_groups_for_the_capacity(struct kunit *test)
{
	struct machine *machine = test->priv;
	struct vi_snapshot *snapshot;
	unsigned int i, capacity;

	cpumask_setall(&machine->cpus);
	for (i = 0; i < nr_cpumask_bits; i++)
		machine->online[i].sample.msr[VI_VM_CR] = i % 8;
	for (capacity = 1; capacity < min(nr_cpumask_bits, 8U); capacity++) {
		snapshot = vi_snapshot_new(capacity);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, snapshot);
		KUNIT_EXPECT_FALSE(test,
				   vi_snapshot_fill(snapshot, &machine->cpus,
						    &machine->source));
		vi_snapshot_put(snapshot);
	}
	vi_snapshot_put(new_snapshot(test, machine, capacity));
}

/* A CPU that was read a second or more before is named, with the oldest age. */
static void age_is_shown(struct kunit *test)
{
	struct machine *machine = test->priv;
	struct vi_snapshot *snapshot;
	struct vi_group *group;

	if (nr_cpumask_bits < 4)
		return;
	cpumask_setall(&machine->cpus);
	machine->online[0].read = NOW - HZ + 1;
	machine->online[1].read = NOW - HZ;
	machine->online[2].read = NOW - 40 * HZ - 1;
	machine->online[3].read = NOW + 3 * HZ; /* came online since */
	snapshot = new_snapshot(test, machine, 1);
	group = &snapshot->groups[0];
	KUNIT_EXPECT_EQ(test, cpumask_weight(&group->older), 2U);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(1, &group->older));
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(2, &group->older));
	KUNIT_EXPECT_EQ(test, group->older_by, 41U);
	vi_snapshot_put(snapshot);
}

static struct kunit_case cases[] = { KUNIT_CASE(no_cpu),
				     KUNIT_CASE(one_cpu),
				     KUNIT_CASE(all_alike),
				     KUNIT_CASE(one_odd),
				     KUNIT_CASE(all_odd),
				     KUNIT_CASE(two_kinds_mixed),
				     KUNIT_CASE(offline_ones_are_in_no_group),
				     KUNIT_CASE(every_count),
				     KUNIT_CASE(every_group_is_found_again),
				     KUNIT_CASE(what_varies_splits_no_group),
				     KUNIT_CASE(every_bit_counts),
				     KUNIT_CASE(
					     too_many_groups_for_the_capacity),
				     KUNIT_CASE(age_is_shown),
				     {} };

struct kunit_suite vi_groups_suite = {
	.name = "virtinfo-groups",
	.init = machine_init,
	.exit = machine_exit,
	.test_cases = cases,
};
