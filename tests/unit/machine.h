/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Processors made up by tests, bit by bit, that are read as real ones are:
 * through struct vi_reader.
 */
#ifndef VIRTINFO_TESTS_UNIT_MACHINE_H
#define VIRTINFO_TESTS_UNIT_MACHINE_H

#include "group.h"

#define INTEL                                                                  \
	"Genu"                                                                 \
	"ntel"                                                                 \
	"ineI" /* in the order of EBX, ECX, EDX */
#define AMD                                                                    \
	"Auth"                                                                 \
	"cAMD"                                                                 \
	"enti"

struct machine {
	struct {
		u32 leaf, subleaf, reg[4];
	} leaves[64];
	unsigned int nr_leaves;
	struct {
		u32 address;
		u64 value;
	} msrs[16];
	unsigned int nr_msrs;
	/* What a leaf that is not there answers: as bare metal does. */
	u32 highest_basic[4];
	bool attempted[VI_NR_MSRS];
};

static inline void read_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	struct machine *machine = context;
	unsigned int i;

	memset(reg, 0, 4 * sizeof(*reg));
	for (i = 0; i < machine->nr_leaves; i++)
		if (machine->leaves[i].leaf == leaf &&
		    machine->leaves[i].subleaf == subleaf) {
			memcpy(reg, machine->leaves[i].reg, 4 * sizeof(*reg));
			return;
		}
	if (leaf >= 0x40000000 && leaf < 0x80000000)
		memcpy(reg, machine->highest_basic, 4 * sizeof(*reg));
}

static inline enum vi_status read_msr(void *context, u32 address, u64 *value)
{
	struct machine *machine = context;
	unsigned int i;

	for (i = 0; i < VI_NR_MSRS; i++)
		if (!(vi_msrs[i].flags & VI_CONTROL_REGISTER) &&
		    vi_msrs[i].address == address)
			machine->attempted[i] = true;
	for (i = 0; i < machine->nr_msrs; i++)
		if (machine->msrs[i].address == address) {
			*value = machine->msrs[i].value;
			return VI_READ;
		}
	return VI_GP;
}

static inline void has_leaf(struct machine *machine, u32 leaf, u32 subleaf,
			    u32 eax, u32 ebx, u32 ecx, u32 edx)
{
	u32 reg[4] = { eax, ebx, ecx, edx };

	assert_true(machine->nr_leaves < ARRAY_SIZE(machine->leaves));
	machine->leaves[machine->nr_leaves].leaf = leaf;
	machine->leaves[machine->nr_leaves].subleaf = subleaf;
	memcpy(machine->leaves[machine->nr_leaves++].reg, reg, sizeof(reg));
}

/* The registers of a leaf, all 0 where it is new. */
static inline u32 *leaf_of(struct machine *machine, u32 leaf, u32 subleaf)
{
	unsigned int i;

	for (i = 0; i < machine->nr_leaves; i++)
		if (machine->leaves[i].leaf == leaf &&
		    machine->leaves[i].subleaf == subleaf)
			return machine->leaves[i].reg;
	has_leaf(machine, leaf, subleaf, 0, 0, 0, 0);
	return machine->leaves[i].reg;
}

static inline void has_text(struct machine *machine, u32 leaf, u32 eax,
			    const char text[12])
{
	u32 reg[3];

	memcpy(reg, text, sizeof(reg));
	has_leaf(machine, leaf, 0, eax, reg[0], reg[1], reg[2]);
}

static inline void has_msr(struct machine *machine, u32 address, u64 value)
{
	machine->msrs[machine->nr_msrs].address = address;
	machine->msrs[machine->nr_msrs++].value = value;
}

/* A processor of that vendor that has every leaf and no feature. */
static inline struct machine plain(const char vendor[12])
{
	struct machine machine = { .nr_leaves = 0 };

	has_text(&machine, 0, 0x24, vendor);
	has_leaf(&machine, 0x80000000, 0, 0x80000025, 0, 0, 0);
	return machine;
}

static inline struct vi_reader reader_of(struct machine *machine)
{
	return (struct vi_reader){ .cpuid = read_cpuid,
				   .msr = read_msr,
				   .context = machine };
}

/* Which MSRs a sample of it attempts. */
static inline struct vi_sample sample_of(struct machine *machine)
{
	struct vi_reader reader = reader_of(machine);
	struct vi_sample sample;
	struct vi_hv hv;

	vi_hv_read(&hv, &reader);
	vi_sample_read(&sample, &hv, &reader);
	return sample;
}

#endif
