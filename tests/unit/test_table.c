// SPDX-License-Identifier: GPL-2.0-only
/*
 * How the table's registers are read: which gate opens which of them, which
 * CPUs are alike, where the leaves of hypervisors are found. The processors
 * here are made up, bit by bit.
 */
#include "group.h"

#include "summary.h"

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

static void read_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
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

static enum vi_status read_msr(void *context, u32 address, u64 *value)
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

static void has_leaf(struct machine *machine, u32 leaf, u32 subleaf, u32 eax,
		     u32 ebx, u32 ecx, u32 edx)
{
	u32 reg[4] = { eax, ebx, ecx, edx };

	assert_true(machine->nr_leaves < ARRAY_SIZE(machine->leaves));
	machine->leaves[machine->nr_leaves].leaf = leaf;
	machine->leaves[machine->nr_leaves].subleaf = subleaf;
	memcpy(machine->leaves[machine->nr_leaves++].reg, reg, sizeof(reg));
}

static void has_text(struct machine *machine, u32 leaf, u32 eax,
		     const char text[12])
{
	u32 reg[3];

	memcpy(reg, text, sizeof(reg));
	has_leaf(machine, leaf, 0, eax, reg[0], reg[1], reg[2]);
}

static void has_msr(struct machine *machine, u32 address, u64 value)
{
	machine->msrs[machine->nr_msrs].address = address;
	machine->msrs[machine->nr_msrs++].value = value;
}

/* A processor of that vendor that has every leaf and no feature. */
static struct machine plain(const char vendor[12])
{
	struct machine machine = { .nr_leaves = 0 };

	has_text(&machine, 0, 0x23, vendor);
	has_leaf(&machine, 0x80000000, 0, 0x80000025, 0, 0, 0);
	return machine;
}

static struct vi_reader reader_of(struct machine *machine)
{
	return (struct vi_reader){ .cpuid = read_cpuid,
				   .rdmsr = read_msr,
				   .context = machine };
}

/* Which MSRs a sample of it attempts. */
static struct vi_sample sample_of(struct machine *machine)
{
	struct vi_reader reader = reader_of(machine);
	struct vi_sample sample;
	struct vi_hv hv;

	vi_hv_read(&hv, &reader);
	vi_sample_read(&sample, &hv, &reader);
	return sample;
}

/*
 * Each MSR's gate as the manuals have it, in the numbers of the manuals: the
 * vendor, the CPUID bit that opens it, the MSR whose bit does.
 */
static const struct gate {
	enum vi_msr msr;
	const char *vendor;
	u32 leaf, subleaf;
	enum vi_cpuid_register reg;
	unsigned int bit;
	u32 other_msr;
	u64 other_value;
} gates[] = {
#define CPUID_GATE(id, maker, number, sub, output, position)                   \
	{                                                                      \
		.msr = VI_##id, .vendor = maker, .leaf = number,               \
		.subleaf = sub, .reg = VI_##output, .bit = position            \
	}
/* Behind a CPUID bit and a bit of another MSR. */
#define MSR_GATE(id, maker, number, output, position, address, bits)           \
	{                                                                      \
		.msr = VI_##id, .vendor = maker, .leaf = number,               \
		.reg = VI_##output, .bit = position, .other_msr = address,     \
		.other_value = bits                                            \
	}
	CPUID_GATE(IA32_FEATURE_CONTROL, AMD, 1, 0, ECX, 5),
	CPUID_GATE(IA32_FEATURE_CONTROL, AMD, 1, 0, ECX, 6),
	CPUID_GATE(IA32_MTRRCAP, INTEL, 1, 0, EDX, 12),
	CPUID_GATE(IA32_ARCH_CAPABILITIES, INTEL, 7, 0, EDX, 29),
	CPUID_GATE(IA32_VMX_BASIC, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_PINBASED_CTLS, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_PROCBASED_CTLS, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_EXIT_CTLS, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_ENTRY_CTLS, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_MISC, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_CR0_FIXED0, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_CR0_FIXED1, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_CR4_FIXED0, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_CR4_FIXED1, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_VMX_VMCS_ENUM, INTEL, 1, 0, ECX, 5),
	CPUID_GATE(IA32_SGX_SVN_STATUS, INTEL, 7, 0, EBX, 2),
	CPUID_GATE(IA32_TME_CAPABILITY, INTEL, 7, 0, ECX, 13),
	CPUID_GATE(IA32_TME_ACTIVATE, INTEL, 7, 0, ECX, 13),
	CPUID_GATE(IA32_TME_EXCLUDE_MASK, INTEL, 7, 0, ECX, 13),
	CPUID_GATE(IA32_TME_EXCLUDE_BASE, INTEL, 7, 0, ECX, 13),
	CPUID_GATE(IA32_EFER, INTEL, 0x80000001, 0, EDX, 20),
	CPUID_GATE(IA32_EFER, INTEL, 0x80000001, 0, EDX, 29),
	CPUID_GATE(IA32_EFER, INTEL, 0x80000001, 0, EDX, 11),
	CPUID_GATE(SYSCFG, AMD, 0x80000001, 0, EDX, 29),
	CPUID_GATE(HWCR, AMD, 0x80000001, 0, EDX, 29),
	CPUID_GATE(VM_CR, AMD, 0x80000001, 0, ECX, 2),
	CPUID_GATE(IGNNE, AMD, 0x80000001, 0, ECX, 2),
	CPUID_GATE(VM_HSAVE_PA, AMD, 0x80000001, 0, ECX, 2),
	CPUID_GATE(VIRT_SPEC_CTRL, AMD, 0x80000008, 0, EBX, 25),
	CPUID_GATE(SEV_STATUS, AMD, 0x8000001f, 0, EAX, 1),
	CPUID_GATE(RMP_BASE, AMD, 0x8000001f, 0, EAX, 4),
	CPUID_GATE(RMP_END, AMD, 0x8000001f, 0, EAX, 4),
	MSR_GATE(IA32_VMX_PROCBASED_CTLS2, INTEL, 1, ECX, 5, 0x482, 1ULL << 63),
	MSR_GATE(IA32_VMX_PROCBASED_CTLS3, INTEL, 1, ECX, 5, 0x482, 1ULL << 49),
	MSR_GATE(IA32_VMX_TRUE_PINBASED_CTLS, INTEL, 1, ECX, 5, 0x480,
		 1ULL << 55),
	MSR_GATE(IA32_VMX_TRUE_PROCBASED_CTLS, INTEL, 1, ECX, 5, 0x480,
		 1ULL << 55),
	MSR_GATE(IA32_VMX_TRUE_EXIT_CTLS, INTEL, 1, ECX, 5, 0x480, 1ULL << 55),
	MSR_GATE(IA32_VMX_TRUE_ENTRY_CTLS, INTEL, 1, ECX, 5, 0x480, 1ULL << 55),
	MSR_GATE(IA32_SMM_MONITOR_CTL, INTEL, 1, ECX, 5, 0x480, 1ULL << 49),
	MSR_GATE(IA32_VMX_EXIT_CTLS2, INTEL, 1, ECX, 5, 0x483, 1ULL << 63),
	MSR_GATE(IA32_SEAMRR_BASE, INTEL, 1, EDX, 12, 0xfe, 1 << 15),
	MSR_GATE(IA32_SEAMRR_MASK, INTEL, 1, EDX, 12, 0xfe, 1 << 15),
	MSR_GATE(IA32_MKTME_KEYID_PARTITIONING, INTEL, 1, EDX, 12, 0xfe,
		 1 << 15),
	MSR_GATE(GHCB, AMD, 0x8000001f, EAX, 1, 0xc0010131, 1 << 1),
	MSR_GATE(GUEST_TSC_FREQ, AMD, 0x8000001f, EAX, 1, 0xc0010131, 1 << 11),
	MSR_GATE(SECURE_AVIC_CONTROL, AMD, 0x8000001f, EAX, 1, 0xc0010131,
		 1 << 18),
};

static void has_gate_bit(struct machine *machine, const struct gate *gate)
{
	u32 reg[4] = { 0 };

	/* Leaf 7 says its highest sub-leaf in EAX; no other is needed. */
	reg[gate->reg] = 1U << gate->bit;
	has_leaf(machine, gate->leaf, gate->subleaf, reg[VI_EAX], reg[VI_EBX],
		 reg[VI_ECX], reg[VI_EDX]);
}

static void a_gate_that_holds_opens(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(gates); i++) {
		const struct gate *gate = &gates[i];
		struct machine machine = plain(gate->vendor);
		struct vi_sample sample;

		has_gate_bit(&machine, gate);
		if (gate->other_msr)
			has_msr(&machine, gate->other_msr, gate->other_value);
		sample = sample_of(&machine);
		if (!machine.attempted[gate->msr])
			fail_msg("%s is not read", vi_msrs[gate->msr].name);
		assert_int_equal(sample.msr_status[gate->msr], VI_GP);
	}
}

static void one_that_does_not_hold_stays_shut(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(gates); i++) {
		const struct gate *gate = &gates[i];
		struct machine machine = plain(gate->vendor);
		struct vi_sample sample;

		/* Every bit of that MSR but the one that opens. */
		if (gate->other_msr) {
			has_gate_bit(&machine, gate);
			has_msr(&machine, gate->other_msr, ~gate->other_value);
		}
		sample = sample_of(&machine);
		if (machine.attempted[gate->msr])
			fail_msg("%s is read", vi_msrs[gate->msr].name);
		assert_int_equal(sample.msr_status[gate->msr],
				 VI_NOT_ATTEMPTED);
		assert_true(sample.msr[gate->msr] == 0);
	}
}

static unsigned int attempts(const struct machine *machine)
{
	unsigned int i, count = 0;

	for (i = 0; i < VI_NR_MSRS; i++)
		count += machine->attempted[i];
	return count;
}

static void a_plain_processor_has_next_to_nothing_to_read(void **state)
{
	struct machine machine = plain(AMD);

	(void)state;
	sample_of(&machine);
	assert_int_equal(attempts(&machine), 0);
	/* A 64-bit AMD processor has three, SVM or not. */
	has_leaf(&machine, 0x80000001, 0, 0, 0, 0, 1 << 29);
	sample_of(&machine);
	assert_int_equal(attempts(&machine), 4);
	assert_true(machine.attempted[VI_SYSCFG]);
	assert_true(machine.attempted[VI_HWCR]);
	assert_true(machine.attempted[VI_VM_CR]);
	assert_true(machine.attempted[VI_IA32_EFER]);
	/* Intel's leaf has the same bit and not the registers. */
	machine = plain(INTEL);
	has_leaf(&machine, 0x80000001, 0, 0, 0, 0, 1 << 29);
	sample_of(&machine);
	assert_int_equal(attempts(&machine), 2);
	assert_true(machine.attempted[VI_IA32_FEATURE_CONTROL]);
	assert_true(machine.attempted[VI_IA32_EFER]);
}

static void gates_of_ept_and_vm_functions(void **state)
{
	static const struct {
		unsigned int secondary;
		bool ept, vmfunc;
	} cases[] = {
		{ 33, true, false }, /* EPT */
		{ 37, true, false }, /* VPID */
		{ 45, false, true }, /* VM functions */
		{ 34, false, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine machine = plain(INTEL);

		has_leaf(&machine, 1, 0, 0, 0, 1 << 5, 0);
		has_msr(&machine, 0x482, 1ULL << 63);
		has_msr(&machine, 0x48b, 1ULL << cases[i].secondary);
		sample_of(&machine);
		assert_int_equal(machine.attempted[VI_IA32_VMX_EPT_VPID_CAP],
				 cases[i].ept);
		assert_int_equal(machine.attempted[VI_IA32_VMX_VMFUNC],
				 cases[i].vmfunc);
	}
}

static void gates_of_sgx_and_svm(void **state)
{
	struct machine machine = plain(INTEL);

	(void)state;
	/* The launch keys need SGX1 as well. */
	has_leaf(&machine, 7, 0, 0, 1 << 2, 1 << 30, 0);
	sample_of(&machine);
	assert_false(machine.attempted[VI_IA32_SGXLEPUBKEYHASH0]);
	has_leaf(&machine, 0x12, 0, 1, 0, 0, 0);
	sample_of(&machine);
	assert_true(machine.attempted[VI_IA32_SGXLEPUBKEYHASH0]);
	assert_true(machine.attempted[VI_IA32_SGXLEPUBKEYHASH3]);

	/* SVM's leaf means something with SVM only. */
	machine = plain(AMD);
	has_leaf(&machine, 0x8000000a, 0, 0, 0, 0, 1 << 4);
	sample_of(&machine);
	assert_false(machine.attempted[VI_TSC_RATIO]);
	has_leaf(&machine, 0x80000001, 0, 0, 0, 1 << 2, 0);
	sample_of(&machine);
	assert_true(machine.attempted[VI_TSC_RATIO]);

	machine = plain(AMD);
	has_leaf(&machine, 0x80000001, 0, 0, 0, 0, 1 << 29);
	has_leaf(&machine, 0x8000001f, 0, 1 << 23, 0, 0, 0);
	sample_of(&machine);
	assert_false(machine.attempted[VI_RMP_CFG]);
	has_msr(&machine, 0xc0010010, 1 << 24);
	sample_of(&machine);
	assert_true(machine.attempted[VI_RMP_CFG]);

	machine = plain(AMD);
	has_leaf(&machine, 0x8000001f, 0, 1 << 1 | 1 << 28, 0, 0, 0);
	sample_of(&machine);
	assert_false(machine.attempted[VI_SVSM_CAA]);
	has_msr(&machine, 0xc0010131, 1 << 2);
	sample_of(&machine);
	assert_true(machine.attempted[VI_SVSM_CAA]);
}

/* KVM's registers: their numbers mean something else on old hardware. */
static void gates_of_kvm(void **state)
{
	static const struct {
		unsigned int bit;
		enum vi_msr msr;
	} cases[] = {
		{ 0, VI_MSR_KVM_WALL_CLOCK },
		{ 0, VI_MSR_KVM_SYSTEM_TIME },
		{ 3, VI_MSR_KVM_WALL_CLOCK_NEW },
		{ 3, VI_MSR_KVM_SYSTEM_TIME_NEW },
		{ 4, VI_MSR_KVM_ASYNC_PF_EN },
		{ 5, VI_MSR_KVM_STEAL_TIME },
		{ 6, VI_MSR_KVM_PV_EOI_EN },
		{ 12, VI_MSR_KVM_POLL_CONTROL },
		{ 14, VI_MSR_KVM_ASYNC_PF_INT },
		{ 14, VI_MSR_KVM_ASYNC_PF_ACK },
		{ 17, VI_MSR_KVM_MIGRATION_CONTROL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct machine machine = plain(INTEL);

		/* Under another hypervisor the same bits say nothing. */
		has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
		has_text(&machine, 0x40000000, 0x40000001, "VMwareVMware");
		has_leaf(&machine, 0x40000001, 0, 1U << cases[i].bit, 0, 0, 0);
		sample_of(&machine);
		assert_false(machine.attempted[cases[i].msr]);

		machine = plain(INTEL);
		has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
		has_text(&machine, 0x40000000, 0x40000001, "KVMKVMKVM\0\0");
		has_leaf(&machine, 0x40000001, 0, 1U << cases[i].bit, 0, 0, 0);
		sample_of(&machine);
		assert_true(machine.attempted[cases[i].msr]);
	}
}

static void leaves_above_the_maximum_are_not_read(void **state)
{
	struct machine machine = { .nr_leaves = 0 };
	struct vi_sample sample;

	(void)state;
	has_text(&machine, 0, 1, INTEL);
	has_leaf(&machine, 7, 0, ~0U, ~0U, ~0U, ~0U);
	/* Without an extended range it answers with something else. */
	has_leaf(&machine, 0x80000000, 0, 0x756e6547, 0, 0, 0);
	has_leaf(&machine, 0x80000001, 0, ~0U, ~0U, ~0U, ~0U);
	sample = sample_of(&machine);
	assert_int_equal(sample.leaf_status[VI_L1], VI_READ);
	assert_int_equal(sample.leaf_status[VI_L7_0], VI_NOT_ATTEMPTED);
	assert_int_equal(sample.leaf_status[VI_L80000001], VI_NOT_ATTEMPTED);
	assert_int_equal(sample.leaf[VI_L7_0][VI_EBX], 0);
}

static struct host *two_cpus(const struct vi_sample *a,
			     const struct vi_sample *b)
{
	struct host *host = host_new(HOST_CAPTURE, "f");
	struct vi_hv hv = { .count = 0 };

	assert_non_null(host);
	assert_int_equal(host_add_cpu(host, 0, a, &hv), 0);
	assert_int_equal(host_add_cpu(host, 1, b, &hv), 0);
	return host;
}

static void what_varies_does_not_split_a_group(void **state)
{
	struct host_group one = { .on_known = false }, two;
	struct host *host;

	(void)state;
	set_leaf(&one, VI_L1, 0x50654, 0x00100800, 1 << 5, 0);
	set_leaf(&one, VI_L7_0, 0, 0, 0, 0);
	set_msr(&one, VI_CR4, 0x0);
	set_msr(&one, VI_IA32_EFER, 0xd01);
	set_msr(&one, VI_VM_HSAVE_PA, 0x1000);
	set_msr(&one, VI_IA32_DEBUGCTL, 0);
	set_msr(&one, VI_MSR_KVM_SYSTEM_TIME_NEW, 0x10001);
	set_msr(&one, VI_IA32_VMX_PROCBASED_CTLS2, 0x035d6fff00000000);
	two = one;
	set_leaf(&two, VI_L1, 0x50654, 0x07100800, 1 << 5 | 1 << 27, 0);
	set_leaf(&two, VI_L7_0, 0, 0, 1 << 4, 0);
	set_msr(&two, VI_CR4, 0x2000);
	set_msr(&two, VI_IA32_EFER, 0x1d01);
	set_msr(&two, VI_VM_HSAVE_PA, 0x2000);
	set_msr(&two, VI_IA32_DEBUGCTL, 1);
	set_msr(&two, VI_MSR_KVM_SYSTEM_TIME_NEW, 0x20001);
	host = two_cpus(&one.sample, &two.sample);
	assert_int_equal(host->nr_groups, 1);
	assert_int_equal(cpulist_weight(&host->groups[0]->cpus), 2);
	/* It is told as a list of CPUs instead. */
	assert_false(cpulist_has(&host->groups[0]->vmx_on, 0));
	assert_true(cpulist_has(&host->groups[0]->vmx_on, 1));
	assert_true(cpulist_has(&host->groups[0]->svm_on, 1));
	host_free(host);
}

static void a_capability_that_differs_does(void **state)
{
	struct host_group one = { .on_known = false }, two;
	struct host *host;

	(void)state;
	set_leaf(&one, VI_L1, 0x50654, 0x00100800, 1 << 5, 0);
	set_msr(&one, VI_IA32_VMX_PROCBASED_CTLS2, 0x035d6fff00000000);
	two = one;
	set_msr(&two, VI_IA32_VMX_PROCBASED_CTLS2, 0x435d6fff00000000);
	host = two_cpus(&one.sample, &two.sample);
	assert_int_equal(host->nr_groups, 2);
	host_free(host);
	/* A read that faulted on one only, too. */
	two = one;
	two.sample.msr_status[VI_IA32_VMX_PROCBASED_CTLS2] = VI_GP;
	host = two_cpus(&one.sample, &two.sample);
	assert_int_equal(host->nr_groups, 2);
	host_free(host);
}

static void read_hv(struct machine *machine, struct vi_hv *hv)
{
	struct vi_reader reader = reader_of(machine);

	vi_hv_read(hv, &reader);
}

static void bare_metal_has_no_hypervisor(void **state)
{
	struct machine machine = plain(INTEL);
	struct vi_hv hv;

	(void)state;
	/* It answers there with the data of its highest basic leaf. */
	machine.highest_basic[VI_EAX] = 0x40000001;
	memcpy(&machine.highest_basic[VI_EBX], "KVMKVMKVM\0\0", 12);
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 0);
	/* With the bit, what looks like no range is none. */
	has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
	machine.highest_basic[VI_EAX] = 7;
	machine.highest_basic[VI_EBX] = 0x340;
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 0);
}

static void one_range_behind_another(void **state)
{
	struct machine machine = plain(INTEL);
	const struct vi_hv_leaf *leaf;
	struct vi_hv hv;

	(void)state;
	has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
	has_text(&machine, 0x40000000, 0x40000002, "Microsoft Hv");
	has_leaf(&machine, 0x40000001, 0, 0x31237648, 0, 0, 0);
	has_leaf(&machine, 0x40000002, 0, 0x4563, 0, 0, 0);
	has_text(&machine, 0x40000100, 0x40000101, "KVMKVMKVM\0\0");
	has_leaf(&machine, 0x40000101, 0, 0x1007ffb, 0, 0, 0);
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 5);
	assert_false(hv.truncated);
	leaf = vi_hv_find(&hv, "KVMKVMKVM\0\0");
	assert_non_null(leaf);
	assert_int_equal(leaf->leaf, 0x40000100);
	leaf = vi_hv_leaf(&hv, 0x40000101, 0);
	assert_non_null(leaf);
	assert_int_equal(leaf->reg[VI_EAX], 0x1007ffb);
	assert_non_null(vi_hv_find(&hv, "Microsoft Hv"));
	assert_null(vi_hv_find(&hv, "XenVMMXenVMM"));
}

static void very_old_kvm_says_no_maximum(void **state)
{
	struct machine machine = plain(INTEL);
	struct vi_hv hv;

	(void)state;
	has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
	has_text(&machine, 0x40000000, 0, "KVMKVMKVM\0\0");
	has_leaf(&machine, 0x40000001, 0, 7, 0, 0, 0);
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 2);
	assert_int_equal(hv.leaves[1].reg[VI_EAX], 7);
}

static void xens_time_leaf_has_three(void **state)
{
	struct machine machine = plain(INTEL);
	struct vi_hv hv;

	(void)state;
	has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
	has_text(&machine, 0x40000100, 0x40000103, "XenVMMXenVMM");
	has_leaf(&machine, 0x40000103, 2, 2400000, 0, 0, 0);
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 6);
	assert_int_equal(vi_hv_leaf(&hv, 0x40000103, 2)->reg[VI_EAX], 2400000);
}

/* Names are JSON keys; an address names one MSR. */
static void names_and_addresses_are_unique(void **state)
{
	unsigned int i, j;

	(void)state;
	for (i = 0; i < NR_REGISTERS; i++) {
		const struct register_info *a = register_info(i);

		assert_int_equal(register_find(a->name), i);
		assert_true(a->nr_fields || a->class == REGISTER_MSR);
		assert_true(*a->source);
		for (j = i + 1; j < NR_REGISTERS; j++) {
			const struct register_info *b = register_info(j);

			assert_true(a->class != REGISTER_MSR ||
				    b->class != REGISTER_MSR ||
				    a->address != b->address);
		}
	}
	for (i = 0; i < NR_FIELDS; i++) {
		const struct field_info *field = field_info(i);

		assert_true(*field->title && *field->meaning);
		assert_int_equal(field_find(field->reg, field->name), i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_gate_that_holds_opens),
		cmocka_unit_test(one_that_does_not_hold_stays_shut),
		cmocka_unit_test(a_plain_processor_has_next_to_nothing_to_read),
		cmocka_unit_test(gates_of_ept_and_vm_functions),
		cmocka_unit_test(gates_of_sgx_and_svm),
		cmocka_unit_test(gates_of_kvm),
		cmocka_unit_test(leaves_above_the_maximum_are_not_read),
		cmocka_unit_test(what_varies_does_not_split_a_group),
		cmocka_unit_test(a_capability_that_differs_does),
		cmocka_unit_test(bare_metal_has_no_hypervisor),
		cmocka_unit_test(one_range_behind_another),
		cmocka_unit_test(very_old_kvm_says_no_maximum),
		cmocka_unit_test(xens_time_leaf_has_three),
		cmocka_unit_test(names_and_addresses_are_unique),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
