/* SPDX-License-Identifier: GPL-2.0-only */
/* A processor made of numbers, and the suites that use it. */
#ifndef VIRTINFO_KUNIT_FAKE_H
#define VIRTINFO_KUNIT_FAKE_H

#include <kunit/test.h>

#include "../../module/virtinfo.h"

#define FAKE_LEAVES 96
#define FAKE_MSRS   128

struct fake_leaf {
	u32 leaf;
	u32 subleaf;
	u32 reg[4];
};

struct fake_msr {
	u32 address;
	bool gp;
	u64 value;
	atomic_t reads;
};

/* Leaves and MSRs that are not there read as 0; nothing ends the kernel. */
struct fake_cpu {
	unsigned int nr_leaves;
	struct fake_leaf leaves[FAKE_LEAVES];
	unsigned int nr_msrs;
	struct fake_msr msrs[FAKE_MSRS];
	u64 cr0;
	u64 cr4;
	atomic_t unknown; /* MSRs asked for that the fake does not have */
	struct vi_reader reader;
};

/*
 * A processor of this vendor (12 characters) that has everything: every bit
 * of every leaf and MSR of the table is 1, and KVM is above. Freed with test.
 */
struct fake_cpu *fake_full(struct kunit *test, const char *vendor);
/* The same with every leaf and MSR 0 but the maxima, and nothing above. */
struct fake_cpu *fake_bare(struct kunit *test, const char *vendor);
void fake_vendor(struct fake_cpu *cpu, const char *vendor);
/* The registers of a leaf, or the MSR; the test ends when it is not there. */
u32 *fake_leaf(struct kunit *test, struct fake_cpu *cpu, u32 leaf, u32 subleaf);
struct fake_msr *fake_msr(struct kunit *test, struct fake_cpu *cpu,
			  u32 address);
/* Read the whole processor. */
void fake_sample(struct fake_cpu *cpu, struct vi_sample *sample);

extern struct kunit_suite vi_gates_suite;
extern struct kunit_suite vi_faults_suite;
extern struct kunit_suite vi_groups_suite;
extern struct kunit_suite vi_refresh_suite;
extern struct kunit_suite vi_text_suite;

#endif
