// SPDX-License-Identifier: GPL-2.0-only
/*
 * How often the processor is read, and when. The CPUs are the guest's own, so
 * that broadcasts are real; what they read is one fake processor.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>

#include "fake.h"

#define EFER 0xc0000080 /* may change */
#define HWCR 0xc0010015 /* does not */
#define SVME BIT(12)

static int refresh_init(struct kunit *test)
{
	struct fake_cpu *fake = fake_full(test, "AuthenticAMD");
	unsigned int cpu;
	int error;

	fake_msr(test, fake, EFER)->value = 0xd01;
	error = vi_samples_init(&fake->reader);
	if (error)
		return error;
	test->priv = fake;
	for_each_online_cpu(cpu)
		vi_sample_online(cpu);
	return 0;
}

static void refresh_exit(struct kunit *test)
{
	unsigned int cpu;

	if (!test->priv)
		return;
	for_each_possible_cpu(cpu)
		vi_sample_offline(cpu);
	vi_samples_exit();
}

static int reads(struct kunit *test, u32 address)
{
	return atomic_read(&fake_msr(test, test->priv, address)->reads);
}

static struct vi_snapshot *get(struct kunit *test)
{
	struct vi_snapshot *snapshot = vi_snapshot_get();

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, snapshot);
	return snapshot;
}

static void loading_reads_each_cpu_once(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, reads(test, EFER), (int)num_online_cpus());
	KUNIT_EXPECT_EQ(test, reads(test, HWCR), (int)num_online_cpus());
}

/* A CPU that comes online long after loading disturbs no other. */
static void sysfs_files_read_nothing(struct kunit *test)
{
	unsigned int cpu = cpumask_first(cpu_online_mask);
	int before = reads(test, EFER);

	msleep(1100);
	KUNIT_ASSERT_EQ(test, vi_sysfs_add(cpu), 0);
	vi_sysfs_remove(cpu);
	KUNIT_EXPECT_EQ(test, reads(test, EFER), before);
}

static void at_most_once_a_second(struct kunit *test)
{
	int cpus = num_online_cpus(), before = reads(test, EFER), i;
	unsigned long start = jiffies, seconds;
	struct vi_sample *sample;

	sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sample);
	for (i = 0; i < 2000; i++) {
		vi_snapshot_put(get(test));
		vi_sample_get(raw_smp_processor_id(), sample);
	}
	seconds = (jiffies - start) / HZ;
	KUNIT_EXPECT_LE(test, reads(test, EFER) - before,
			(int)(seconds + 1) * cpus);

	msleep(1100);
	before = reads(test, EFER);
	vi_snapshot_put(get(test));
	KUNIT_EXPECT_EQ(test, reads(test, EFER) - before, cpus);
	vi_snapshot_put(get(test));
	KUNIT_EXPECT_EQ(test, reads(test, EFER) - before, cpus);
	/* What does not change was read when the CPU came, and never again. */
	KUNIT_EXPECT_EQ(test, reads(test, HWCR), cpus);
}

static void change_is_seen_within_a_second(struct kunit *test)
{
	struct fake_msr *efer = fake_msr(test, test->priv, EFER);
	struct vi_snapshot *old = get(test), *new;

	KUNIT_EXPECT_TRUE(test, cpumask_empty(&old->groups[0].svm_on));
	WRITE_ONCE(efer->value, efer->value | SVME);
	msleep(1100);
	new = get(test);
	KUNIT_EXPECT_PTR_NE(test, old, new);
	KUNIT_EXPECT_TRUE(
		test, cpumask_equal(&new->groups[0].svm_on, cpu_online_mask));
	KUNIT_EXPECT_GT(test, new->time, old->time);
	/* One that is held does not change. */
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&old->groups[0].svm_on));
	vi_snapshot_put(old);
	vi_snapshot_put(new);
}

static void readers_share_a_snapshot(struct kunit *test)
{
	struct vi_snapshot *a, *b;

	msleep(1100);
	a = get(test);
	b = get(test);
	KUNIT_EXPECT_PTR_EQ(test, a, b);
	vi_snapshot_put(a);
	vi_snapshot_put(b);
}

static void cpus_come_and_go(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_online_mask);
	struct vi_snapshot *before = get(test), *after;
	struct vi_sample *sample;

	sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sample);
	KUNIT_EXPECT_TRUE(test, vi_sample_get(cpu, sample));
	vi_sample_offline(cpu);
	after = get(test);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(cpu, &before->cpus));
	KUNIT_EXPECT_FALSE(test, cpumask_test_cpu(cpu, &after->cpus));
	KUNIT_EXPECT_FALSE(test, vi_sample_get(cpu, sample));
	vi_snapshot_put(before);
	vi_snapshot_put(after);
	vi_sample_online(cpu);
	after = get(test);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(cpu, &after->cpus));
	vi_snapshot_put(after);
}

static void none_online(struct kunit *test)
{
	struct vi_snapshot *snapshot;
	unsigned int cpu;

	for_each_online_cpu(cpu)
		vi_sample_offline(cpu);
	snapshot = get(test);
	KUNIT_EXPECT_EQ(test, snapshot->nr_groups, 0U);
	KUNIT_EXPECT_TRUE(test, cpumask_empty(&snapshot->cpus));
	vi_snapshot_put(snapshot);
}

/* After a resume everything is read again, the leaves above too. */
static void reread_reads_everything(struct kunit *test)
{
	struct fake_cpu *fake = test->priv;
	int cpus = num_online_cpus();
	struct vi_snapshot *snapshot;

	fake_msr(test, fake, HWCR)->value = 0x1234;
	fake_leaf(test, fake, 0x40000000, 0)[VI_EBX] = 0x21212121;
	vi_samples_reread();
	KUNIT_EXPECT_EQ(test, reads(test, HWCR), 2 * cpus);
	snapshot = get(test);
	KUNIT_EXPECT_EQ(test, snapshot->groups[0].sample.msr[VI_HWCR],
			0x1234ULL);
	KUNIT_EXPECT_EQ(test, snapshot->hv.leaves[0].reg[VI_EBX], 0x21212121U);
	vi_snapshot_put(snapshot);
}

static struct kunit_case cases[] = { KUNIT_CASE(loading_reads_each_cpu_once),
				     KUNIT_CASE(sysfs_files_read_nothing),
				     KUNIT_CASE(at_most_once_a_second),
				     KUNIT_CASE(change_is_seen_within_a_second),
				     KUNIT_CASE(readers_share_a_snapshot),
				     KUNIT_CASE(cpus_come_and_go),
				     KUNIT_CASE(none_online),
				     KUNIT_CASE(reread_reads_everything),
				     {} };

struct kunit_suite vi_refresh_suite = {
	.name = "virtinfo-refresh",
	.init = refresh_init,
	.exit = refresh_exit,
	.test_cases = cases,
};
