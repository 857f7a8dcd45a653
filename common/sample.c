// SPDX-License-Identifier: GPL-2.0-only
#include "sample.h"

static bool vendor_is(const struct vi_sample *sample, const char *vendor)
{
	const u32 *reg = sample->leaf[VI_L0];

	/* The string's order is EBX, EDX, ECX. */
	return !memcmp(&reg[VI_EBX], vendor, 4) &&
	       !memcmp(&reg[VI_EDX], vendor + 4, 4) &&
	       !memcmp(&reg[VI_ECX], vendor + 8, 4);
}

static bool kvm_feature(const struct vi_hv *hv, unsigned int bit)
{
	const struct vi_hv_leaf *base, *features;

	if (!hv)
		return false;
	base = vi_hv_find(hv, VI_HV_KVM);
	if (!base)
		return false;
	features = vi_hv_leaf(hv, base->leaf + 1, 0);
	return features && (features->reg[VI_EAX] >> bit & 1);
}

bool vi_vendor_intel(const struct vi_sample *sample)
{
	return vendor_is(sample, VI_INTEL) ||
	       vendor_is(sample, "CentaurHauls") ||
	       vendor_is(sample, "  Shanghai  ");
}

bool vi_vendor_amd(const struct vi_sample *sample)
{
	return vendor_is(sample, VI_AMD) || vendor_is(sample, "HygonGenuine");
}

/* The words of the gates in registers.def. */
#define ALWAYS			   true
#define VENDOR_INTEL		   vi_vendor_intel(s)
#define VENDOR_AMD		   vi_vendor_amd(s)
#define CPUID_BIT(leaf, reg, bit)  vi_leaf_bit(s, VI_##leaf, VI_##reg, bit)
#define CPUID_AT_LEAST(id, reg, n) (s->leaf[VI_##id][VI_##reg] >= (n))
#define MSR_BIT(id, bit)	   vi_msr_bit(s, VI_##id, bit)
#define MSR_FIELD(id, high, low)                                               \
	((s->msr[VI_##id] >> (low) & ((1ULL << ((high) - (low) + 1)) - 1)) != 0)
#define KVM_FEATURE(bit) kvm_feature(hv, bit)

static bool leaf_gate(const struct vi_sample *s, enum vi_leaf leaf)
{
	switch (leaf) {
#define LEAF(id, number, subleaf, gate)                                        \
	case VI_##id:                                                          \
		return gate;
#include "registers.def"
	default:
		return false;
	}
}

bool vi_msr_gate(const struct vi_sample *s, const struct vi_hv *hv,
		 enum vi_msr msr)
{
	switch (msr) {
#define MSR(id, address, vendor, flags, varies, gate, source)                  \
	case VI_##id:                                                          \
		return gate;
#include "registers.def"
	default:
		return false;
	}
}

/*
 * A range of leaves says its maximum in the EAX of its first leaf. A
 * processor without the extended range answers there with something else.
 */
static bool leaf_exists(const struct vi_sample *sample, u32 leaf)
{
	u32 base = leaf & 0x80000000;
	u32 max = sample->leaf[base ? VI_L80000000 : VI_L0][VI_EAX];

	return leaf == base || ((max & 0xffff0000) == base && leaf <= max);
}

bool vi_leaf_possible(const struct vi_sample *sample, enum vi_leaf leaf)
{
	return leaf_exists(sample, vi_leaves[leaf].leaf) &&
	       leaf_gate(sample, leaf);
}

static void read_leaf(struct vi_sample *sample, const struct vi_reader *reader,
		      enum vi_leaf leaf)
{
	const struct vi_leaf_info *info = &vi_leaves[leaf];

	sample->leaf_status[leaf] = VI_NOT_ATTEMPTED;
	if (!vi_leaf_possible(sample, leaf))
		return;
	reader->cpuid(reader->context, info->leaf, info->subleaf,
		      sample->leaf[leaf]);
	sample->leaf_status[leaf] = VI_READ;
}

static void read_msr(struct vi_sample *sample, const struct vi_hv *hv,
		     const struct vi_reader *reader, enum vi_msr msr)
{
	const struct vi_msr_info *info = &vi_msrs[msr];
	enum vi_status status;
	u64 value = 0;

	if (info->flags & VI_CONTROL_REGISTER)
		status = reader->control ?
				 reader->control(reader->context, info->address,
						 &value) :
				 VI_ABSENT;
	else if (!reader->msr)
		status = VI_ABSENT;
	else if (!vi_msr_gate(sample, hv, msr))
		status = VI_NOT_ATTEMPTED;
	else
		status = reader->msr(reader->context, info->address, &value);

	sample->msr_status[msr] = status;
	sample->msr[msr] = status == VI_READ ? value : 0;
}

void vi_sample_read(struct vi_sample *sample, const struct vi_hv *hv,
		    const struct vi_reader *reader)
{
	unsigned int i;

	memset(sample, 0, sizeof(*sample));
	for (i = 0; i < VI_NR_LEAVES; i++)
		read_leaf(sample, reader, i);
	for (i = 0; i < VI_NR_MSRS; i++)
		read_msr(sample, hv, reader, i);
}

void vi_sample_refresh(struct vi_sample *sample, const struct vi_hv *hv,
		       const struct vi_reader *reader)
{
	unsigned int i;

	for (i = 0; i < VI_NR_MSRS; i++)
		if (vi_msrs[i].flags & VI_VOLATILE)
			read_msr(sample, hv, reader, i);
}

/* A register that one source does not have is no difference. */
static bool status_alike(u8 a, u8 b)
{
	return a == b || a == VI_ABSENT || b == VI_ABSENT;
}

bool vi_msr_alike(const struct vi_sample *a, const struct vi_sample *b,
		  enum vi_msr msr)
{
	if (!status_alike(a->msr_status[msr], b->msr_status[msr]))
		return false;
	return a->msr_status[msr] != b->msr_status[msr] ||
	       !((a->msr[msr] ^ b->msr[msr]) & ~vi_msrs[msr].varies);
}

bool vi_leaf_alike(const struct vi_sample *a, const struct vi_sample *b,
		   enum vi_leaf leaf)
{
	unsigned int reg;

	if (!status_alike(a->leaf_status[leaf], b->leaf_status[leaf]))
		return false;
	if (a->leaf_status[leaf] != b->leaf_status[leaf])
		return true;
	for (reg = VI_EAX; reg <= VI_EDX; reg++)
		if ((a->leaf[leaf][reg] ^ b->leaf[leaf][reg]) &
		    ~vi_leaves[leaf].varies[reg])
			return false;
	return true;
}

bool vi_sample_alike(const struct vi_sample *a, const struct vi_sample *b)
{
	unsigned int i;

	for (i = 0; i < VI_NR_LEAVES; i++)
		if (!vi_leaf_alike(a, b, i))
			return false;
	for (i = 0; i < VI_NR_MSRS; i++)
		if (!vi_msr_alike(a, b, i))
			return false;
	return true;
}

/* One step of a hash: every bit of both has a part in the result. */
static u64 mix(u64 hash, u64 value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15ULL;
	return hash ^ hash >> 32;
}

u64 vi_sample_hash(const struct vi_sample *sample)
{
	unsigned int i, reg;
	u64 hash = 0;

	for (i = 0; i < VI_NR_LEAVES; i++) {
		hash = mix(hash, sample->leaf_status[i]);
		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			hash = mix(hash, sample->leaf[i][reg] &
						 ~vi_leaves[i].varies[reg]);
	}
	for (i = 0; i < VI_NR_MSRS; i++) {
		hash = mix(hash, sample->msr_status[i]);
		hash = mix(hash, sample->msr[i] & ~vi_msrs[i].varies);
	}
	return hash;
}
