// SPDX-License-Identifier: GPL-2.0-only
/* A #GP on each register in turn, and on all of them. */
#include "../../common/summary.h"
#include "fake.h"

static struct vi_sample *new_sample(struct kunit *test)
{
	struct vi_sample *sample;

	sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sample);
	return sample;
}

/*
 * The register says that it took a fault and has no value; the others are as
 * they were, or were not attempted because what opens their gate is unknown.
 */
static void fault_on(struct kunit *test, const char *vendor, unsigned int msr)
{
	struct fake_cpu *cpu = fake_full(test, vendor);
	struct vi_sample *whole = new_sample(test);
	struct vi_sample *faulted = new_sample(test);
	unsigned int i;

	fake_sample(cpu, whole);
	fake_msr(test, cpu, vi_msrs[msr].address)->gp = true;
	fake_sample(cpu, faulted);

	if (whole->msr_status[msr] == VI_READ) {
		KUNIT_EXPECT_EQ_MSG(test, faulted->msr_status[msr], VI_GP, "%s",
				    vi_msrs[msr].name);
		KUNIT_EXPECT_FALSE(test, vi_sample_alike(whole, faulted));
	}
	KUNIT_EXPECT_EQ(test, faulted->msr[msr], 0ULL);
	for (i = 0; i < VI_NR_MSRS; i++) {
		if (i == msr)
			continue;
		if (faulted->msr_status[i] != whole->msr_status[i])
			KUNIT_EXPECT_EQ_MSG(test, faulted->msr_status[i],
					    VI_NOT_ATTEMPTED, "%s after %s",
					    vi_msrs[i].name, vi_msrs[msr].name);
		else
			KUNIT_EXPECT_EQ(test, faulted->msr[i], whole->msr[i]);
	}
	KUNIT_EXPECT_EQ(test,
			memcmp(faulted->leaf, whole->leaf, sizeof(whole->leaf)),
			0);
	kunit_kfree(test, faulted);
	kunit_kfree(test, whole);
	kunit_kfree(test, cpu);
}

static void each_register_in_turn(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < VI_NR_MSRS; i++) {
		if (vi_msrs[i].flags & VI_CONTROL_REGISTER)
			continue;
		fault_on(test, "GenuineIntel", i);
		fault_on(test, "AuthenticAMD", i);
	}
}

static void fault_everywhere(struct kunit *test)
{
	struct fake_cpu *cpu = fake_full(test, "GenuineIntel");
	struct vi_sample *sample = new_sample(test);
	unsigned int i, faults = 0;

	for (i = 0; i < cpu->nr_msrs; i++)
		cpu->msrs[i].gp = true;
	fake_sample(cpu, sample);
	for (i = 0; i < VI_NR_MSRS; i++) {
		if (vi_msrs[i].flags & VI_CONTROL_REGISTER)
			continue;
		KUNIT_EXPECT_NE(test, sample->msr_status[i], VI_READ);
		KUNIT_EXPECT_EQ(test, sample->msr[i], 0ULL);
		faults += sample->msr_status[i] == VI_GP;
	}
	KUNIT_EXPECT_GE(test, faults, 20);
	KUNIT_EXPECT_EQ(test, vi_state(sample), VI_STATE_UNKNOWN);
	KUNIT_EXPECT_EQ(test, vi_paging(sample), VI_PAGING_UNKNOWN);
	KUNIT_EXPECT_FALSE(test, vi_svm_on(sample));
}

/* A register that begins to fault, or stops, is noticed by a refresh. */
static void fault_that_comes_and_goes(struct kunit *test)
{
	struct fake_cpu *cpu = fake_full(test, "AuthenticAMD");
	struct vi_sample *sample = new_sample(test);
	struct fake_msr *vm_cr = fake_msr(test, cpu, 0xc0010114);

	fake_sample(cpu, sample);
	KUNIT_EXPECT_EQ(test, sample->msr_status[VI_VM_CR], VI_READ);
	vm_cr->gp = true;
	vi_sample_refresh(sample, NULL, &cpu->reader);
	KUNIT_EXPECT_EQ(test, sample->msr_status[VI_VM_CR], VI_GP);
	KUNIT_EXPECT_EQ(test, sample->msr[VI_VM_CR], 0ULL);
	vm_cr->gp = false;
	vi_sample_refresh(sample, NULL, &cpu->reader);
	KUNIT_EXPECT_EQ(test, sample->msr_status[VI_VM_CR], VI_READ);
	KUNIT_EXPECT_EQ(test, sample->msr[VI_VM_CR], ~0ULL);
}

static struct kunit_case cases[] = { KUNIT_CASE(each_register_in_turn),
				     KUNIT_CASE(fault_everywhere),
				     KUNIT_CASE(fault_that_comes_and_goes),
				     {} };

struct kunit_suite vi_faults_suite = {
	.name = "virtinfo-faults",
	.test_cases = cases,
};
