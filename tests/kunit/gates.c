// SPDX-License-Identifier: GPL-2.0-only
/*
 * Every gate, open and shut. The gates are told once more here, in the numbers
 * of the manuals and as sums of products, so that a slip in registers.def is
 * one that two people would have to make.
 */
#include "fake.h"

#define INTEL  "GenuineIntel"
#define AMD    "AuthenticAMD"
#define NOBODY "NobodyAtAll."

enum kind { END, CPUID, MSR, VENDOR, KVM };

/* One condition. Clearing it must shut the term that it stands in. */
struct atom {
	enum kind kind;
	u32 number; /* the leaf, the MSR's address */
	u32 subleaf;
	u32 reg;
	u64 mask;
};

#define A 0
#define B 1
#define C 2
#define D 3
#define LEAF_BIT(leaf, sub, r, n)                                              \
	{                                                                      \
		CPUID, leaf, sub, r, BIT_ULL(n)                                \
	}
#define MSR_BITS(address, bits)                                                \
	{                                                                      \
		MSR, address, 0, 0, bits                                       \
	}
#define MSR_BIT_N(address, n) MSR_BITS(address, BIT_ULL(n))
#define OF_VENDOR                                                              \
	{                                                                      \
		VENDOR, 0, 0, 0, 0                                             \
	}
#define KVM_BIT(n)                                                             \
	{                                                                      \
		KVM, 0x40000001, 0, A, BIT_ULL(n)                              \
	}

#define TERMS 3
#define ATOMS 3

struct gate {
	u32 address;
	const char *vendor;
	struct atom terms[TERMS][ATOMS];
};

#define VMX	  LEAF_BIT(1, 0, C, 5)
#define SVM	  LEAF_BIT(0x80000001, 0, C, 2)
#define LONG_MODE LEAF_BIT(0x80000001, 0, D, 29)
#define WITH_VMX(address)                                                      \
	{                                                                      \
		address, INTEL,                                                \
		{                                                              \
			{                                                      \
				VMX                                            \
			}                                                      \
		}                                                              \
	}
#define WITH_TRUE(address)                                                     \
	{                                                                      \
		address, INTEL,                                                \
		{                                                              \
			{                                                      \
				MSR_BIT_N(0x480, 55)                           \
			}                                                      \
		}                                                              \
	}
#define WITH_LC(address)                                                       \
	{                                                                      \
		address, INTEL,                                                \
		{                                                              \
			{                                                      \
				LEAF_BIT(7, 0, C, 30), LEAF_BIT(0x12, 0, A, 0) \
			}                                                      \
		}                                                              \
	}
#define WITH_TME(address)                                                      \
	{                                                                      \
		address, INTEL,                                                \
		{                                                              \
			{                                                      \
				LEAF_BIT(7, 0, C, 13)                          \
			}                                                      \
		}                                                              \
	}
#define WITH_KVM(address, n)                                                   \
	{                                                                      \
		address, INTEL,                                                \
		{                                                              \
			{                                                      \
				KVM_BIT(n)                                     \
			}                                                      \
		}                                                              \
	}

static const struct gate gates[] = {
	{ 0xc0000080,
	  INTEL,
	  { { LEAF_BIT(0x80000001, 0, D, 20) },
	    { LONG_MODE },
	    { LEAF_BIT(0x80000001, 0, D, 11) } } },
	{ 0x3a, INTEL, { { OF_VENDOR }, { VMX }, { LEAF_BIT(1, 0, C, 6) } } },
	{ 0x1b, INTEL, { { LEAF_BIT(1, 0, D, 9) } } },
	{ 0xbd, INTEL, { { MSR_BIT_N(0x10a, 21) } } },
	{ 0xce, INTEL, { { OF_VENDOR } } },
	{ 0xcf, INTEL, { { LEAF_BIT(7, 0, D, 30) } } },
	{ 0xfe, INTEL, { { LEAF_BIT(1, 0, D, 12) } } },
	{ 0x10a, INTEL, { { LEAF_BIT(7, 0, D, 29) } } },
	{ 0x140, INTEL, { { MSR_BIT_N(0xce, 31) } } },
	{ 0x345, INTEL, { { LEAF_BIT(1, 0, C, 15) } } },
	{ 0x1d9, INTEL, { { LONG_MODE, LEAF_BIT(1, 0, D, 5) } } },
	WITH_VMX(0x480),
	WITH_VMX(0x481),
	WITH_VMX(0x482),
	WITH_VMX(0x483),
	WITH_VMX(0x484),
	WITH_VMX(0x485),
	WITH_VMX(0x486),
	WITH_VMX(0x487),
	WITH_VMX(0x488),
	WITH_VMX(0x489),
	WITH_VMX(0x48a),
	{ 0x48b, INTEL, { { VMX, MSR_BIT_N(0x482, 63) } } },
	{ 0x48c,
	  INTEL,
	  { { MSR_BIT_N(0x48b, 33) }, { MSR_BIT_N(0x48b, 37) } } },
	WITH_TRUE(0x48d),
	WITH_TRUE(0x48e),
	WITH_TRUE(0x48f),
	WITH_TRUE(0x490),
	{ 0x491, INTEL, { { MSR_BIT_N(0x48b, 45) } } },
	{ 0x492, INTEL, { { MSR_BIT_N(0x482, 49) } } },
	{ 0x493, INTEL, { { MSR_BIT_N(0x483, 63) } } },
	{ 0x9b, INTEL, { { MSR_BIT_N(0x480, 49) } } },
	WITH_LC(0x8c),
	WITH_LC(0x8d),
	WITH_LC(0x8e),
	WITH_LC(0x8f),
	{ 0x500, INTEL, { { LEAF_BIT(7, 0, B, 2) } } },
	WITH_TME(0x981),
	WITH_TME(0x982),
	WITH_TME(0x983),
	WITH_TME(0x984),
	{ 0x87,
	  INTEL,
	  { { MSR_BITS(0x981, GENMASK_ULL(35, 32)) },
	    { MSR_BIT_N(0xfe, 15) } } },
	{ 0x1400, INTEL, { { MSR_BIT_N(0xfe, 15) } } },
	{ 0x1401, INTEL, { { MSR_BIT_N(0xfe, 15) } } },
	{ 0xc0010010, AMD, { { OF_VENDOR, LONG_MODE } } },
	{ 0xc0010015, AMD, { { OF_VENDOR, LONG_MODE } } },
	{ 0xc0010114, AMD, { { SVM }, { OF_VENDOR, LONG_MODE } } },
	{ 0xc0010117, AMD, { { SVM } } },
	{ 0xc0000104, AMD, { { LEAF_BIT(0x8000000a, 0, D, 4) } } },
	{ 0xc001011f, AMD, { { LEAF_BIT(0x80000008, 0, B, 25) } } },
	{ 0xc0010131, AMD, { { LEAF_BIT(0x8000001f, 0, A, 1) } } },
	{ 0xc0010132, AMD, { { LEAF_BIT(0x8000001f, 0, A, 4) } } },
	{ 0xc0010133, AMD, { { LEAF_BIT(0x8000001f, 0, A, 4) } } },
	{ 0xc0010136,
	  AMD,
	  { { LEAF_BIT(0x8000001f, 0, A, 23), MSR_BIT_N(0xc0010010, 24) } } },
	{ 0xc0010130, AMD, { { MSR_BIT_N(0xc0010131, 1) } } },
	{ 0xc0010134, AMD, { { MSR_BIT_N(0xc0010131, 11) } } },
	{ 0xc0010138, AMD, { { MSR_BIT_N(0xc0010131, 18) } } },
	{ 0xc001f000,
	  AMD,
	  { { MSR_BIT_N(0xc0010131, 2), LEAF_BIT(0x8000001f, 0, A, 28) } } },
	WITH_KVM(0x11, 0),
	WITH_KVM(0x12, 0),
	WITH_KVM(0x4b564d00, 3),
	WITH_KVM(0x4b564d01, 3),
	WITH_KVM(0x4b564d02, 4),
	WITH_KVM(0x4b564d03, 5),
	WITH_KVM(0x4b564d04, 6),
	WITH_KVM(0x4b564d05, 12),
	WITH_KVM(0x4b564d06, 14),
	WITH_KVM(0x4b564d07, 14),
	WITH_KVM(0x4b564d08, 17),
};

static int find_msr(u32 address)
{
	unsigned int i;

	for (i = 0; i < VI_NR_MSRS; i++)
		if (!(vi_msrs[i].flags & VI_CONTROL_REGISTER) &&
		    vi_msrs[i].address == address)
			return i;
	return -1;
}

static void clear_atom(struct kunit *test, struct fake_cpu *cpu,
		       const struct atom *atom)
{
	switch (atom->kind) {
	case CPUID:
	case KVM:
		fake_leaf(test, cpu, atom->number, atom->subleaf)[atom->reg] &=
			~(u32)atom->mask;
		break;
	case MSR:
		fake_msr(test, cpu, atom->number)->value &= ~atom->mask;
		break;
	case VENDOR:
		fake_vendor(cpu, NOBODY);
		break;
	case END:
		break;
	}
}

/*
 * A processor that has everything but this: every term of the gate is shut by
 * its first condition, except the term @open (-1 for none), in which only the
 * condition @clear (-1 for none) is not met.
 */
static void expect_gate(struct kunit *test, const struct gate *gate, int open,
			int clear, bool attempted)
{
	struct fake_cpu *cpu = fake_full(test, gate->vendor);
	int msr = find_msr(gate->address), term;
	struct vi_sample *sample;

	sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sample);
	for (term = 0; term < TERMS; term++)
		if (term != open)
			clear_atom(test, cpu, &gate->terms[term][0]);
	if (clear >= 0)
		clear_atom(test, cpu, &gate->terms[open][clear]);
	fake_sample(cpu, sample);

	KUNIT_EXPECT_EQ_MSG(test, sample->msr_status[msr],
			    attempted ? VI_READ : VI_NOT_ATTEMPTED,
			    "%s, term %d, condition %d", vi_msrs[msr].name,
			    open, clear);
	KUNIT_EXPECT_EQ_MSG(
		test, atomic_read(&fake_msr(test, cpu, gate->address)->reads),
		attempted ? 1 : 0, "%s was read", vi_msrs[msr].name);
	KUNIT_EXPECT_EQ(test, sample->msr[msr], attempted ? ~0ULL : 0ULL);
	KUNIT_EXPECT_EQ(test, atomic_read(&cpu->unknown), 0);
	kunit_kfree(test, sample);
	kunit_kfree(test, cpu);
}

static void gates_open_and_shut(struct kunit *test)
{
	unsigned int i;
	int term, atom;

	for (i = 0; i < ARRAY_SIZE(gates); i++) {
		const struct gate *gate = &gates[i];

		KUNIT_ASSERT_GE_MSG(test, find_msr(gate->address), 0,
				    "MSR %#x has no row", gate->address);
		expect_gate(test, gate, -1, -1, false);
		for (term = 0; term < TERMS; term++) {
			if (gate->terms[term][0].kind == END)
				break;
			expect_gate(test, gate, term, -1, true);
			for (atom = 0; atom < ATOMS; atom++)
				if (gate->terms[term][atom].kind != END)
					expect_gate(test, gate, term, atom,
						    false);
		}
	}
}

static void every_register_has_its_gate_here(struct kunit *test)
{
	unsigned int i, j;

	for (i = 0; i < VI_NR_MSRS; i++) {
		unsigned int found = vi_msrs[i].flags & VI_CONTROL_REGISTER;

		for (j = 0; j < ARRAY_SIZE(gates) && !found; j++)
			found = gates[j].address == vi_msrs[i].address;
		KUNIT_EXPECT_TRUE_MSG(test, found, "%s", vi_msrs[i].name);
	}
}

/* Which of the registers that a vendor alone opens are read for each. */
static void vendors(struct kunit *test)
{
	static const struct {
		const char *vendor;
		bool intel;
		bool amd;
	} cases[] = {
		{ "GenuineIntel", .intel = true },
		{ "CentaurHauls", .intel = true },
		{ "  Shanghai  ", .intel = true },
		{ "AuthenticAMD", .amd = true },
		{ "HygonGenuine", .amd = true },
		{ "GenuineIotel" },
		{ "AuthenticAMd" },
		{ "VIA VIA VIA " },
		{ "Genuine  RDC" },
		{ "\0\0\0\0\0\0\0\0\0\0\0\0" },
		{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fake_cpu *cpu = fake_bare(test, cases[i].vendor);
		struct vi_sample *sample;

		sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sample);
		fake_leaf(test, cpu, 0x80000001, 0)[VI_EDX] = BIT(29);
		fake_sample(cpu, sample);
		KUNIT_EXPECT_EQ(test, sample->msr_status[find_msr(0x3a)],
				cases[i].intel ? VI_READ : VI_NOT_ATTEMPTED);
		KUNIT_EXPECT_EQ(test, sample->msr_status[find_msr(0xc0010114)],
				cases[i].amd ? VI_READ : VI_NOT_ATTEMPTED);
		KUNIT_EXPECT_EQ(test, sample->msr_status[find_msr(0xc0010010)],
				cases[i].amd ? VI_READ : VI_NOT_ATTEMPTED);
		/* No vendor opens what only a feature bit may. */
		KUNIT_EXPECT_EQ(test, sample->msr_status[find_msr(0x480)],
				VI_NOT_ATTEMPTED);
		KUNIT_EXPECT_EQ(test, sample->msr_status[find_msr(0xc0010117)],
				VI_NOT_ATTEMPTED);
		kunit_kfree(test, sample);
		kunit_kfree(test, cpu);
	}
}

static bool always_read(u32 leaf, u32 subleaf)
{
#define LEAF_ALWAYS(number, sub)                                               \
	if (leaf == (number) && subleaf == (sub))                              \
		return true;
#include "manuals.def"
	return false;
}

/* Leaves above the maximum that the processor tells are not asked for. */
static void leaves_end_at_the_maximum(struct kunit *test)
{
	static const u32 maxima[] = { 0, 1, 6, 7, 0x12, 0x20, 0x24 };
	static const u32 extended[] = { 0,	    0x7fffffff, 0x80000000,
					0x80000001, 0x80000008, 0x8000000a,
					0x80000025, 0x90000000, 0xffffffff };
	struct vi_sample *sample;
	unsigned int i, j;

	sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sample);
	for (i = 0; i < ARRAY_SIZE(maxima) * ARRAY_SIZE(extended); i++) {
		struct fake_cpu *cpu = fake_full(test, INTEL);
		u32 basic = maxima[i % ARRAY_SIZE(maxima)];
		u32 high = extended[i / ARRAY_SIZE(maxima)];

		fake_leaf(test, cpu, 0, 0)[VI_EAX] = basic;
		fake_leaf(test, cpu, 0x80000000, 0)[VI_EAX] = high;
		fake_sample(cpu, sample);
		for (j = 0; j < VI_NR_LEAVES; j++) {
			u32 leaf = vi_leaves[j].leaf;
			bool there =
				leaf == 0 || leaf == 0x80000000 ||
				(leaf < 0x80000000 ?
					 leaf <= basic :
					 high >> 16 == 0x8000 && leaf <= high);

			/* A leaf that is not there opens no gate either. */
			if (!there)
				KUNIT_EXPECT_EQ_MSG(
					test, sample->leaf_status[j],
					VI_NOT_ATTEMPTED, "%#x of %#x, %#x",
					leaf, basic, high);
			else if (always_read(leaf, vi_leaves[j].subleaf))
				KUNIT_EXPECT_EQ(test, sample->leaf_status[j],
						VI_READ);
		}
		if (basic < 1)
			KUNIT_EXPECT_EQ(test,
					sample->msr_status[find_msr(0x480)],
					VI_NOT_ATTEMPTED);
		if (high < 0x80000001 || high >> 16 != 0x8000)
			KUNIT_EXPECT_EQ(
				test, sample->msr_status[find_msr(0xc0010117)],
				VI_NOT_ATTEMPTED);
		kunit_kfree(test, cpu);
	}
}

static enum vi_status leaf_status(struct kunit *test, struct fake_cpu *cpu,
				  u32 leaf, u32 subleaf)
{
	struct vi_sample *sample;
	unsigned int i;

	sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sample);
	fake_sample(cpu, sample);
	for (i = 0; i < VI_NR_LEAVES; i++)
		if (vi_leaves[i].leaf == leaf &&
		    vi_leaves[i].subleaf == subleaf)
			return sample->leaf_status[i];
	KUNIT_FAIL(test, "no leaf %#x.%u", leaf, subleaf);
	return VI_ABSENT;
}

/* Every bit is set; then the one that announces the leaf is not. */
static const struct {
	u32 leaf, subleaf;
	u32 in_leaf, in_subleaf, reg, clear;
} announced[] = {
#define LEAF_OF_BIT(leaf, subleaf, in_leaf, in_subleaf, reg, bit)              \
	{ leaf, subleaf, in_leaf, in_subleaf, reg, BIT(bit) },
#define LEAF_AT_LEAST(leaf, subleaf) { leaf, subleaf, leaf, 0, 0, ~0U },
#include "manuals.def"
};

static void leaf_gates(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(announced); i++) {
		u32 leaf = announced[i].leaf, subleaf = announced[i].subleaf;
		struct fake_cpu *cpu = fake_full(test, INTEL);
		u32 *reg =
			&fake_leaf(test, cpu, announced[i].in_leaf,
				   announced[i].in_subleaf)[announced[i].reg];

		KUNIT_EXPECT_EQ_MSG(test, leaf_status(test, cpu, leaf, subleaf),
				    VI_READ, "leaf %#x.%u", leaf, subleaf);
		/* Nor does what is one less than enough do. */
		*reg = announced[i].clear == ~0U ? subleaf - 1 :
						   ~announced[i].clear;
		KUNIT_EXPECT_EQ_MSG(test, leaf_status(test, cpu, leaf, subleaf),
				    VI_NOT_ATTEMPTED, "leaf %#x.%u", leaf,
				    subleaf);
		kunit_kfree(test, cpu);
	}
}

/* Without the hypervisor bit the leaves above mean nothing: no KVM gate. */
static void no_hypervisor_bit_no_kvm(struct kunit *test)
{
	struct fake_cpu *cpu = fake_full(test, INTEL);
	struct vi_sample *sample;

	sample = kunit_kzalloc(test, sizeof(*sample), GFP_KERNEL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sample);
	fake_leaf(test, cpu, 1, 0)[VI_ECX] &= ~(u32)BIT(31);
	fake_sample(cpu, sample);
	KUNIT_EXPECT_EQ(test, sample->msr_status[find_msr(0x11)],
			VI_NOT_ATTEMPTED);
	KUNIT_EXPECT_EQ(test, sample->msr_status[find_msr(0x4b564d08)],
			VI_NOT_ATTEMPTED);
}

static struct kunit_case cases[] = { KUNIT_CASE(gates_open_and_shut),
				     KUNIT_CASE(
					     every_register_has_its_gate_here),
				     KUNIT_CASE(vendors),
				     KUNIT_CASE(leaves_end_at_the_maximum),
				     KUNIT_CASE(leaf_gates),
				     KUNIT_CASE(no_hypervisor_bit_no_kvm),
				     {} };

struct kunit_suite vi_gates_suite = {
	.name = "virtinfo-gates",
	.test_cases = cases,
};
