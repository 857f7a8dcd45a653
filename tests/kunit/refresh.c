// SPDX-License-Identifier: GPL-2.0-only
/*
 * How often the processor is read, and when. The CPUs are the guest's own, so
 * that broadcasts are real; what they read is one fake processor.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/jiffies.h>

#include "fake.h"

#define EFER	       0xc0000080 /* may change */
#define GUEST_TSC_FREQ 0xc0010134 /* does not */
#define SVME	       BIT(12)

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

static struct vi_snapshot *get_as(struct kunit *test, bool privileged)
{
	struct vi_snapshot *snapshot = vi_snapshot_get(privileged);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, snapshot);
	return snapshot;
}

static struct vi_snapshot *get(struct kunit *test)
{
	return get_as(test, true);
}

/* Reads one CPU's sample as a file in sysfs does. Returns 0 or the error. */
static long get_one(unsigned int cpu, bool fresh)
{
	const struct vi_sample *sample = vi_sample_lock_killable(cpu, fresh);

	if (IS_ERR(sample))
		return PTR_ERR(sample);
	vi_sample_unlock();
	return 0;
}

static void loading_reads_each_cpu_once(struct kunit *test)
{
	int cpus = num_online_cpus();

	KUNIT_EXPECT_EQ(test, reads(test, EFER), cpus);
	KUNIT_EXPECT_EQ(test, reads(test, GUEST_TSC_FREQ), cpus);
}

/* A CPU that comes online long after loading disturbs no other. */
static void sysfs_files_read_nothing(struct kunit *test)
{
	unsigned int cpu = cpumask_first(cpu_online_mask);
	int before = reads(test, EFER);

	msleep(1100);
	KUNIT_ASSERT_EQ(test, vi_sysfs_add(cpu), 0);
	vi_sysfs_update();
	vi_sysfs_remove(cpu);
	KUNIT_EXPECT_EQ(test, reads(test, EFER), before);
}

/* What is constant is not read again; what may change, on that CPU alone. */
static void one_cpu_is_read_for_one_file(struct kunit *test)
{
	unsigned int cpu = cpumask_last(cpu_online_mask);
	int before = reads(test, EFER), i;

	msleep(1100);
	KUNIT_EXPECT_EQ(test, get_one(cpu, false), 0L);
	KUNIT_EXPECT_EQ(test, reads(test, EFER), before);
	for (i = 0; i < 100; i++)
		KUNIT_EXPECT_EQ(test, get_one(cpu, true), 0L);
	KUNIT_EXPECT_EQ(test, reads(test, EFER), before + 1);
	/* One that wants them all does without that CPU, which is fresh. */
	vi_snapshot_put(get(test));
	KUNIT_EXPECT_EQ(test, reads(test, EFER) - before,
			(int)num_online_cpus());
}

static void at_most_once_a_second(struct kunit *test)
{
	int cpus = num_online_cpus(), before = reads(test, EFER), i;
	unsigned long start = jiffies, seconds;

	for (i = 0; i < 2000; i++) {
		vi_snapshot_put(get_as(test, i % 2));
		get_one(i % cpus, true);
	}
	seconds = (jiffies - start) / HZ;
	KUNIT_EXPECT_LE(test, reads(test, EFER) - before,
			(int)(seconds + 1) * cpus);

	msleep(1100);
	before = reads(test, EFER);
	vi_snapshot_put(get(test));
	KUNIT_EXPECT_EQ(test, reads(test, EFER) - before, cpus);
	vi_snapshot_put(get(test));
	vi_snapshot_put(get_as(test, false));
	KUNIT_EXPECT_EQ(test, reads(test, EFER) - before, cpus);
	/* What does not change was read when the CPU came, and never again. */
	KUNIT_EXPECT_EQ(test, reads(test, GUEST_TSC_FREQ), cpus);
}

/*
 * One with privilege has what another without it was spared: every CPU is read
 * once for both. The CPU that this runs on is not idle.
 */
static void privilege_reads_the_spared(struct kunit *test)
{
	int cpus = num_online_cpus(), before = reads(test, EFER), spared;
	struct vi_snapshot *snapshot;
	unsigned int i;

	msleep(1100);
	snapshot = get_as(test, false);
	spared = before + cpus - reads(test, EFER);
	KUNIT_EXPECT_LT(test, spared, cpus);
	for (i = 0; i < snapshot->nr_groups; i++)
		spared -= cpumask_weight(&snapshot->groups[i].older);
	KUNIT_EXPECT_EQ(test, spared, 0);
	vi_snapshot_put(snapshot);

	snapshot = get(test);
	KUNIT_EXPECT_EQ(test, reads(test, EFER) - before, cpus);
	for (i = 0; i < snapshot->nr_groups; i++)
		KUNIT_EXPECT_TRUE(test,
				  cpumask_empty(&snapshot->groups[i].older));
	vi_snapshot_put(snapshot);
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

	KUNIT_EXPECT_EQ(test, get_one(cpu, false), 0L);
	vi_sample_offline(cpu);
	after = get(test);
	KUNIT_EXPECT_TRUE(test, cpumask_test_cpu(cpu, &before->cpus));
	KUNIT_EXPECT_FALSE(test, cpumask_test_cpu(cpu, &after->cpus));
	KUNIT_EXPECT_EQ(test, get_one(cpu, false), (long)-ENODEV);
	KUNIT_EXPECT_EQ(test, get_one(cpu, true), (long)-ENODEV);
	KUNIT_EXPECT_NULL(test, vi_sample_lock(cpu));
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

	fake_msr(test, fake, GUEST_TSC_FREQ)->value = 0x1234;
	fake_leaf(test, fake, 0x40000000, 0)[VI_EBX] = 0x21212121;
	vi_samples_reread();
	KUNIT_EXPECT_EQ(test, reads(test, GUEST_TSC_FREQ), 2 * cpus);
	snapshot = get(test);
	KUNIT_EXPECT_EQ(test, snapshot->groups[0].sample.msr[VI_GUEST_TSC_FREQ],
			0x1234ULL);
	KUNIT_EXPECT_EQ(test, snapshot->hv.leaves[0].reg[VI_EBX], 0x21212121U);
	vi_snapshot_put(snapshot);
}

static struct kunit_case cases[] = { KUNIT_CASE(loading_reads_each_cpu_once),
				     KUNIT_CASE(sysfs_files_read_nothing),
				     KUNIT_CASE(one_cpu_is_read_for_one_file),
				     KUNIT_CASE(at_most_once_a_second),
				     KUNIT_CASE(privilege_reads_the_spared),
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
