// SPDX-License-Identifier: GPL-2.0-only
/* Which gate opens which of the table's registers. */
#include "machine.h"

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
	CPUID_GATE(IA32_APIC_BASE, INTEL, 1, 0, EDX, 9),
	CPUID_GATE(IA32_APIC_BASE, AMD, 1, 0, EDX, 9),
	CPUID_GATE(IA32_CORE_CAPABILITIES, INTEL, 7, 0, EDX, 30),
	CPUID_GATE(IA32_PERF_CAPABILITIES, INTEL, 1, 0, ECX, 15),
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
	MSR_GATE(IA32_XAPIC_DISABLE_STATUS, INTEL, 7, EDX, 29, 0x10a, 1 << 21),
	MSR_GATE(MISC_FEATURE_ENABLES, INTEL, 1, ECX, 5, 0xce, 1ULL << 31),
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
	assert_int_equal(attempts(&machine), 3);
	assert_true(machine.attempted[VI_IA32_FEATURE_CONTROL]);
	assert_true(machine.attempted[VI_PLATFORM_INFO]);
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

/* Behind two bits of CPUID: either alone keeps them shut. */
static void gates_of_two_bits(void **state)
{
	static const struct {
		enum vi_msr msr;
		struct {
			u32 leaf;
			enum vi_cpuid_register reg;
			unsigned int bit;
		} bits[2];
	} cases[] = {
/* The launch keys: SGX launch control, and SGX1. */
#define LAUNCH { { 7, VI_ECX, 30 }, { 0x12, VI_EAX, 0 } }
		{ VI_IA32_SGXLEPUBKEYHASH0, LAUNCH },
		{ VI_IA32_SGXLEPUBKEYHASH1, LAUNCH },
		{ VI_IA32_SGXLEPUBKEYHASH2, LAUNCH },
		{ VI_IA32_SGXLEPUBKEYHASH3, LAUNCH },
		/* MSRs, in 64-bit mode. */
		{ VI_IA32_DEBUGCTL,
		  { { 0x80000001, VI_EDX, 29 }, { 1, VI_EDX, 5 } } },
	};
	unsigned int has, i, bit;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++)
		for (has = 0; has < 4; has++) {
			struct machine machine = plain(INTEL);

			for (bit = 0; bit < 2; bit++) {
				u32 reg[4] = { 0 };

				/* SGX, without which there is no leaf 12H. */
				if (cases[i].bits[bit].leaf == 7)
					reg[VI_EBX] = 1 << 2;
				if (has & 1u << bit)
					reg[cases[i].bits[bit].reg] |=
						1u << cases[i].bits[bit].bit;
				has_leaf(&machine, cases[i].bits[bit].leaf, 0,
					 reg[VI_EAX], reg[VI_EBX], reg[VI_ECX],
					 reg[VI_EDX]);
			}
			sample_of(&machine);
			assert_int_equal(machine.attempted[cases[i].msr],
					 has == 3);
		}
}

static void gates_of_svm_and_sev(void **state)
{
	struct machine machine;

	(void)state;
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

/* MK-TME is there with any bit of a field of four, bits 32 to 35. */
static void gate_of_a_field(void **state)
{
	unsigned int bit;

	(void)state;
	for (bit = 0; bit < 64; bit++) {
		struct machine machine = plain(INTEL);

		has_leaf(&machine, 7, 0, 0, 0, 1 << 13, 0);
		has_msr(&machine, 0x981, 1ULL << bit);
		sample_of(&machine);
		assert_int_equal(
			machine.attempted[VI_IA32_MKTME_KEYID_PARTITIONING],
			bit >= 32 && bit <= 35);
	}
}

/* What the register had in it when the read took a fault is nobody's value. */
static enum vi_status fault(void *context, u32 address, u64 *value)
{
	(void)context;
	(void)address;
	*value = ~0ULL;
	return VI_GP;
}

static void a_fault_has_no_value(void **state)
{
	struct machine machine = plain(INTEL);
	struct vi_reader reader = reader_of(&machine);
	struct vi_sample sample;

	(void)state;
	has_leaf(&machine, 1, 0, 0, 0, 1 << 5, 0);
	reader.msr = fault;
	vi_sample_read(&sample, NULL, &reader);
	assert_int_equal(sample.msr_status[VI_IA32_FEATURE_CONTROL], VI_GP);
	assert_int_equal(sample.msr[VI_IA32_FEATURE_CONTROL], 0);
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

/* The leaves that another announces, by which bit. */
static const struct announced {
	u32 leaf, subleaf;
	u32 in_leaf, in_subleaf, reg;
	u32 opens, shuts; /* in that register */
} announced[] = {
#define LEAF_OF_BIT(number, sub, in_number, in_sub, output, bit)               \
	{ .leaf = number,                                                      \
	  .subleaf = sub,                                                      \
	  .in_leaf = in_number,                                                \
	  .in_subleaf = in_sub,                                                \
	  .reg = output,                                                       \
	  .opens = 1U << (bit),                                                \
	  .shuts = ~(1U << (bit)) },
#define LEAF_AT_LEAST(number, sub)                                             \
	{ .leaf = number,                                                      \
	  .subleaf = sub,                                                      \
	  .in_leaf = number,                                                   \
	  .opens = sub,                                                        \
	  .shuts = (sub)-1 },
#include "../kunit/manuals.def"
};

static const struct announced *announcement(u32 leaf, u32 subleaf)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(announced); i++)
		if (announced[i].leaf == leaf &&
		    announced[i].subleaf == subleaf)
			return &announced[i];
	return NULL;
}

/* Makes every leaf on the way to this one readable. */
static void open_way(struct machine *machine, u32 leaf, u32 subleaf)
{
	const struct announced *gate = announcement(leaf, subleaf);

	if (!gate)
		return;
	open_way(machine, gate->in_leaf, gate->in_subleaf);
	leaf_of(machine, gate->in_leaf, gate->in_subleaf)[gate->reg] |=
		gate->opens;
}

static enum vi_status leaf_status(struct machine *machine, u32 leaf,
				  u32 subleaf)
{
	struct vi_sample sample = sample_of(machine);
	unsigned int i;

	for (i = 0; i < VI_NR_LEAVES; i++)
		if (vi_leaves[i].leaf == leaf &&
		    vi_leaves[i].subleaf == subleaf)
			return sample.leaf_status[i];
	fail_msg("no leaf 0x%x.%u in the table", leaf, subleaf);
	return VI_ABSENT;
}

static void an_announced_leaf_is_read(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(announced); i++) {
		const struct announced *gate = &announced[i];
		struct machine machine = plain(INTEL);

		open_way(&machine, gate->leaf, gate->subleaf);
		if (leaf_status(&machine, gate->leaf, gate->subleaf) != VI_READ)
			fail_msg("leaf 0x%x.%u is not read", gate->leaf,
				 gate->subleaf);
		leaf_of(&machine, gate->in_leaf, gate->in_subleaf)[gate->reg] =
			gate->shuts;
		if (leaf_status(&machine, gate->leaf, gate->subleaf) !=
		    VI_NOT_ATTEMPTED)
			fail_msg("leaf 0x%x.%u is read", gate->leaf,
				 gate->subleaf);
	}
}

static bool is_always_read(u32 leaf, u32 subleaf)
{
#define LEAF_ALWAYS(number, sub)                                               \
	if (leaf == (number) && subleaf == (sub))                              \
		return true;
#include "../kunit/manuals.def"
	return false;
}

static void every_other_leaf_is_always_read(void **state)
{
	struct machine machine = plain(AMD);
	unsigned int i;

	(void)state;
	for (i = 0; i < VI_NR_LEAVES; i++) {
		u32 leaf = vi_leaves[i].leaf, subleaf = vi_leaves[i].subleaf;

		assert_int_equal(is_always_read(leaf, subleaf),
				 !announcement(leaf, subleaf));
		assert_int_equal(leaf_status(&machine, leaf, subleaf),
				 is_always_read(leaf, subleaf) ?
					 VI_READ :
					 VI_NOT_ATTEMPTED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_gate_that_holds_opens),
		cmocka_unit_test(one_that_does_not_hold_stays_shut),
		cmocka_unit_test(a_plain_processor_has_next_to_nothing_to_read),
		cmocka_unit_test(gates_of_ept_and_vm_functions),
		cmocka_unit_test(gates_of_two_bits),
		cmocka_unit_test(gates_of_svm_and_sev),
		cmocka_unit_test(gate_of_a_field),
		cmocka_unit_test(a_fault_has_no_value),
		cmocka_unit_test(gates_of_kvm),
		cmocka_unit_test(leaves_above_the_maximum_are_not_read),
		cmocka_unit_test(an_announced_leaf_is_read),
		cmocka_unit_test(every_other_leaf_is_always_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
