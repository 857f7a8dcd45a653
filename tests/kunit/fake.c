// SPDX-License-Identifier: GPL-2.0-only
#include "fake.h"

static void fake_read_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	const struct fake_cpu *cpu = context;
	unsigned int i;

	memset(reg, 0, 4 * sizeof(reg[0]));
	for (i = 0; i < cpu->nr_leaves; i++)
		if (cpu->leaves[i].leaf == leaf &&
		    cpu->leaves[i].subleaf == subleaf)
			memcpy(reg, cpu->leaves[i].reg, 4 * sizeof(reg[0]));
}

static enum vi_status fake_read_msr(void *context, u32 address, u64 *value)
{
	struct fake_cpu *cpu = context;
	unsigned int i;

	for (i = 0; i < cpu->nr_msrs; i++) {
		if (cpu->msrs[i].address != address)
			continue;
		atomic_inc(&cpu->msrs[i].reads);
		*value = READ_ONCE(cpu->msrs[i].value);
		return cpu->msrs[i].gp ? VI_GP : VI_READ;
	}
	atomic_inc(&cpu->unknown);
	return VI_GP;
}

static enum vi_status fake_read_control(void *context, u32 number, u64 *value)
{
	const struct fake_cpu *cpu = context;

	*value = READ_ONCE(*(number == 4 ? &cpu->cr4 : &cpu->cr0));
	return VI_READ;
}

u32 *fake_leaf(struct kunit *test, struct fake_cpu *cpu, u32 leaf, u32 subleaf)
{
	unsigned int i;

	for (i = 0; i < cpu->nr_leaves; i++)
		if (cpu->leaves[i].leaf == leaf &&
		    cpu->leaves[i].subleaf == subleaf)
			return cpu->leaves[i].reg;
	KUNIT_ASSERT_LT(test, cpu->nr_leaves, FAKE_LEAVES);
	cpu->leaves[cpu->nr_leaves].leaf = leaf;
	cpu->leaves[cpu->nr_leaves].subleaf = subleaf;
	return cpu->leaves[cpu->nr_leaves++].reg;
}

struct fake_msr *fake_msr(struct kunit *test, struct fake_cpu *cpu, u32 address)
{
	unsigned int i;

	for (i = 0; i < cpu->nr_msrs; i++)
		if (cpu->msrs[i].address == address)
			return &cpu->msrs[i];
	KUNIT_ASSERT_LT(test, cpu->nr_msrs, FAKE_MSRS);
	cpu->msrs[cpu->nr_msrs].address = address;
	return &cpu->msrs[cpu->nr_msrs++];
}

void fake_vendor(struct fake_cpu *cpu, const char *vendor)
{
	memcpy(&cpu->leaves[0].reg[VI_EBX], vendor, 4);
	memcpy(&cpu->leaves[0].reg[VI_EDX], vendor + 4, 4);
	memcpy(&cpu->leaves[0].reg[VI_ECX], vendor + 8, 4);
}

static struct fake_cpu *fake_new(struct kunit *test, const char *vendor,
				 u8 fill)
{
	struct fake_cpu *cpu = kunit_kzalloc(test, sizeof(*cpu), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, cpu);
	fake_leaf(test, cpu, 0, 0)[VI_EAX] = 0x25;
	for (i = 1; i < VI_NR_LEAVES; i++)
		memset(fake_leaf(test, cpu, vi_leaves[i].leaf,
				 vi_leaves[i].subleaf),
		       fill, 16);
	fake_leaf(test, cpu, 0x80000000, 0)[VI_EAX] = 0x80000025;
	for (i = 0; i < VI_NR_MSRS; i++)
		if (!(vi_msrs[i].flags & VI_CONTROL_REGISTER))
			memset(&fake_msr(test, cpu, vi_msrs[i].address)->value,
			       fill, sizeof(u64));
	memset(&cpu->cr0, fill, sizeof(cpu->cr0));
	memset(&cpu->cr4, fill, sizeof(cpu->cr4));
	fake_vendor(cpu, vendor);
	cpu->reader = (struct vi_reader){
		.cpuid = fake_read_cpuid,
		.msr = fake_read_msr,
		.control = fake_read_control,
		.context = cpu,
	};
	return cpu;
}

struct fake_cpu *fake_full(struct kunit *test, const char *vendor)
{
	struct fake_cpu *cpu = fake_new(test, vendor, 0xff);
	u32 *reg = fake_leaf(test, cpu, 0x40000000, 0);

	reg[VI_EAX] = 0x40000001;
	memcpy(&reg[VI_EBX], "KVMKVMKVM\0\0", 12);
	fake_leaf(test, cpu, 0x40000001, 0)[VI_EAX] = ~0;
	return cpu;
}

struct fake_cpu *fake_bare(struct kunit *test, const char *vendor)
{
	return fake_new(test, vendor, 0);
}

void fake_sample(struct fake_cpu *cpu, struct vi_sample *sample)
{
	struct vi_hv hv;

	vi_hv_read(&hv, &cpu->reader);
	vi_sample_read(sample, &hv, &cpu->reader);
}
