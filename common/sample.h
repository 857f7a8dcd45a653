/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The sample of one CPU: every register of the table with the way its read
 * went. The module fills it in ring 0, the program from /dev/cpu/N/msr or
 * from a file; everything after that is the same for all of them.
 */
#ifndef VIRTINFO_SAMPLE_H
#define VIRTINFO_SAMPLE_H

#include "registers.h"

/* How the read of a register went. Only VI_READ has a value. */
enum vi_status {
	VI_ABSENT,	  /* the source does not have it */
	VI_NOT_ATTEMPTED, /* its gate does not hold */
	VI_GP,		  /* the read took a fault (#GP) */
	VI_READ,
	VI_SET,	  /* read and not 0; the value is kept from us */
	VI_CLEAR, /* read and 0; the value is kept from us */
	/*
	 * Of a leaf, where a source tells bits and not the whole: those that are
	 * not known are clear. No reader makes it.
	 */
	VI_BITS,
};

struct vi_sample {
	u64 msr[VI_NR_MSRS];
	u32 leaf[VI_NR_LEAVES][4];
	u8 msr_status[VI_NR_MSRS];
	u8 leaf_status[VI_NR_LEAVES];
};

/*
 * There is one for each CPU, and a percpu allocation ends at PCPU_MIN_UNIT_SIZE
 * (32 KiB); a page is far below, and nothing puts one on a kernel stack.
 */
static_assert(sizeof(struct vi_sample) < 4096, "a sample is under 4 KiB");

/* Where ranges of a hypervisor's leaves may begin, and how far apart. */
#define VI_HV_FIRST 0x40000000
#define VI_HV_END   0x40010000
#define VI_HV_STEP  0x100

/* In EBX, ECX and EDX of a range's first leaf, 12 bytes. */
#define VI_HV_KVM "KVMKVMKVM\0\0"
#define VI_HV_XEN "XenVMMXenVMM"

/* More than any hypervisor stack seen publishes (Hyper-V's own is 13). */
#define VI_HV_LEAVES 64

/*
 * The leaves of the hypervisor the system runs under. They belong to the virtual machine, not
 * to a CPU, but for EBX of Xen's leaf 4, the number of the virtual CPU.
 */
struct vi_hv_leaf {
	u32 leaf;
	u32 subleaf;
	u32 reg[4];
};

struct vi_hv {
	u32 count;
	bool truncated; /* there were more than fit */
	struct vi_hv_leaf leaves[VI_HV_LEAVES];
};

/*
 * Where registers come from; tests put their own here. The functions read
 * the CPU that they run on.
 * msr and control return VI_READ and fill *value, or VI_GP or VI_ABSENT.
 * A reader that has no way to MSRs or control registers leaves them NULL.
 */
struct vi_reader {
	void (*cpuid)(void *context, u32 leaf, u32 subleaf, u32 reg[4]);
	enum vi_status (*msr)(void *context, u32 address, u64 *value);
	enum vi_status (*control)(void *context, u32 number, u64 *value);
	void *context;
};

/* Read everything. hv may be NULL or empty: no gate of KVM's holds then. */
void vi_sample_read(struct vi_sample *sample, const struct vi_hv *hv,
		    const struct vi_reader *reader);

/* The makers whose vendor strings gates ask for first. */
#define VI_INTEL "GenuineIntel"
#define VI_AMD	 "AuthenticAMD"

/* Is leaf 0's vendor one who builds Intel's or AMD's registers? */
bool vi_vendor_intel(const struct vi_sample *sample);
bool vi_vendor_amd(const struct vi_sample *sample);

/*
 * Is the leaf within the maximum of its range, and does its gate hold? What
 * was not read is 0.
 */
bool vi_leaf_possible(const struct vi_sample *sample, enum vi_leaf leaf);

/* Does the gate of an MSR hold? What was not read is 0. hv may be NULL. */
bool vi_msr_gate(const struct vi_sample *sample, const struct vi_hv *hv,
		 enum vi_msr msr);

/* Read again what may have changed since. */
void vi_sample_refresh(struct vi_sample *sample, const struct vi_hv *hv,
		       const struct vi_reader *reader);

/* Are the two CPUs alike, but for what differs between like CPUs? */
bool vi_sample_alike(const struct vi_sample *a, const struct vi_sample *b);
/*
 * The same for samples that are alike, where their source has every register
 * (none is VI_ABSENT).
 */
u64 vi_sample_hash(const struct vi_sample *sample);

/* The same of one register. One that either does not have is no difference. */
bool vi_msr_alike(const struct vi_sample *a, const struct vi_sample *b,
		  enum vi_msr msr);
bool vi_leaf_alike(const struct vi_sample *a, const struct vi_sample *b,
		   enum vi_leaf leaf);

/* Find and read the hypervisor's leaves, if the hypervisor bit is set. */
void vi_hv_read(struct vi_hv *hv, const struct vi_reader *reader);

/*
 * The signature in the leaf, 12 bytes. A leaf that begins a range of the
 * hypervisor is a multiple of 0x100 above 0x40000000.
 */
void vi_hv_signature(const struct vi_hv_leaf *leaf, char signature[12]);
/* The first leaf of the range that speaks the interface, or NULL. */
const struct vi_hv_leaf *vi_hv_find(const struct vi_hv *hv,
				    const char signature[12]);
/* The leaf, or NULL. */
const struct vi_hv_leaf *vi_hv_leaf(const struct vi_hv *hv, u32 leaf,
				    u32 subleaf);

/* Is bit @bit of a register known to be set? Unknown counts as clear. */
static inline bool vi_leaf_bit(const struct vi_sample *sample,
			       enum vi_leaf leaf, enum vi_cpuid_register reg,
			       unsigned int bit)
{
	return sample->leaf[leaf][reg] >> bit & 1;
}

static inline bool vi_msr_bit(const struct vi_sample *sample, enum vi_msr msr,
			      unsigned int bit)
{
	return sample->msr[msr] >> bit & 1;
}

#endif
