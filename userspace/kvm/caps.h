/* SPDX-License-Identifier: GPL-2.0-only */
/* What KVM says about itself through its device. */
#ifndef VIRTINFO_KVM_CAPS_H
#define VIRTINFO_KVM_CAPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/release.h"

enum kvm_cap_kind {
	KVM_CAP_KIND_BOOL,
	KVM_CAP_KIND_COUNT,
	KVM_CAP_KIND_BITMASK,
	KVM_CAP_KIND_BYTES,
	KVM_CAP_KIND_BITS,
	KVM_CAP_KIND_ENUM,
	KVM_CAP_KIND_PAGE_OFFSET,
	KVM_CAP_KIND_NANOSECONDS,
};

/* One row of tables/kvm_caps.def, which says what the members mean. */
struct kvm_cap_row {
	int number;
	const char *name; /* "KVM_CAP_..." */
	bool x86;
	enum kvm_cap_kind kind;
	int missing;
	int present;
	const char *meaning;
	const char *source;
};

/* In the order of numbers. */
extern const struct kvm_cap_row kvm_cap_rows[];
extern const size_t kvm_cap_row_count;

/* The row of a number, NULL when the table has none. */
const struct kvm_cap_row *kvm_cap_find(int number);
/* "boolean", "count", ... for a kind. */
const char *kvm_cap_kind_name(enum kvm_cap_kind kind);

/* The five that every virtual machine monitor asks for first. */
#define KVM_CAP_CLASSICS 5
extern const int kvm_cap_classics[KVM_CAP_CLASSICS];

/* What KVM_CHECK_EXTENSION answered for one number. */
struct kvm_cap {
	int number;
	bool asked; /* false: nothing is known about it */
	int error;  /* errno of the question, 0 if it was answered */
	int value;  /* on the device */
	bool per_vm;
	int vm_value; /* on a VM, where it differs from the device (per_vm) */
};

/* One MSR that KVM offers to guests (KVM_GET_MSR_FEATURE_INDEX_LIST). */
struct kvm_msr {
	uint32_t index;
	bool readable;
	uint64_t value;
};

/* No errno: the input does not say what came of asking. */
#define KVM_MSRS_UNKNOWN (-1)

/*
 * A leaf of what one of KVM's ioctls lists. What is another on each CPU of the
 * host that the ioctl may have run on is 0 (kvm/offer_read.c).
 */
struct kvm_cpuid_leaf {
	uint32_t leaf;
	uint32_t subleaf;
	uint32_t reg[4]; /* EAX, EBX, ECX, EDX */
};

enum kvm_cpuid_list {
	KVM_CPUID_SUPPORTED, /* KVM_GET_SUPPORTED_CPUID */
	KVM_CPUID_EMULATED,  /* KVM_GET_EMULATED_CPUID */
	KVM_CPUID_HYPERV,    /* KVM_GET_SUPPORTED_HV_CPUID */
	NR_KVM_CPUID_LISTS
};

/* A kernel that lists more is not to be expected; so no file is believed to. */
#define KVM_CPUID_LIST_MAX 4096

/* In the order in which KVM lists them. */
struct kvm_cpuids {
	bool known; /* false: nobody asked, or an input does not say */
	int error;  /* errno of the ioctl, 0 if it answered */
	struct kvm_cpuid_leaf *list;
	size_t count;
	size_t capacity;
};

struct kvm_caps {
	bool known;	  /* false: nobody asked (a capture without KVM) */
	int open_error;	  /* errno of opening the device, 0 if it opened */
	int api;	  /* -1 when not answered */
	char release[65]; /* the kernel's release, "" if not known */
	/* In the order of numbers; rows of the table and others that answered. */
	struct kvm_cap *caps;
	size_t cap_count;
	size_t cap_capacity;
	/* errno of asking for the list, 0 if it came, or KVM_MSRS_UNKNOWN */
	int msr_error;
	struct kvm_msr *msrs;
	size_t msr_count;
	size_t msr_capacity;
	struct kvm_cpuids cpuid[NR_KVM_CPUID_LISTS];
	/* KVM_GET_TSC_KHZ of a new virtual CPU; 0: not known */
	uint32_t tsc_khz;
	/* KVM_X86_XCOMP_GUEST_SUPP: XCR0 bits that a guest may have */
	bool xcomp_known;
	uint64_t xcomp;
};

/*
 * Ask the device at @path (NULL: KVM_DEVICE); with @offer also what a virtual
 * CPU can be given, the members from cpuid on. A device that does not open is
 * an answer, not an error. Returns 0, or -ENOMEM. kvm_caps_free() is owed
 * either way.
 */
int kvm_caps_read(struct kvm_caps *caps, const char *path, bool offer);
void kvm_caps_free(struct kvm_caps *caps);

/* The answer for a number, NULL when there is none. */
const struct kvm_cap *kvm_caps_get(const struct kvm_caps *caps, int number);
/* A leaf of a list, NULL when the list does not have it or is not known. */
const struct kvm_cpuid_leaf *kvm_caps_cpuid(const struct kvm_caps *caps,
					    enum kvm_cpuid_list list,
					    uint32_t leaf, uint32_t subleaf);
/* The MSR of an index, NULL when KVM does not offer it. */
const struct kvm_msr *kvm_caps_msr(const struct kvm_caps *caps, uint32_t index);

enum kvm_cap_state {
	KVM_CAP_NOT_ASKED,
	KVM_CAP_SUPPORTED,
	KVM_CAP_UNSUPPORTED,	/* this kernel knows the number and says no */
	KVM_CAP_UNKNOWN_NUMBER, /* this kernel is older than the number */
	KVM_CAP_NO_ANSWER,	/* 0, and which of the two is not known */
};

/* What an answer means, given the kernel's release in @caps. */
enum kvm_cap_state kvm_cap_state(const struct kvm_caps *caps,
				 const struct kvm_cap *cap);
/* In words. */
const char *kvm_cap_state_name(enum kvm_cap_state state);

/*
 * The VM types that KVM_CREATE_VM takes, a bit each. Where the kernel is too
 * old to list them (*listed false) there is the one type 0.
 */
uint32_t kvm_caps_vm_types(const struct kvm_caps *caps, bool *listed);
/* The name of VM type @bit, NULL if not known. */
const char *kvm_vm_type_name(unsigned int bit);

/* For those who fill a struct kvm_caps: append one. 0 or -ENOMEM. */
int kvm_caps_add(struct kvm_caps *caps, const struct kvm_cap *cap);
int kvm_caps_add_msr(struct kvm_caps *caps, const struct kvm_msr *msr);
int kvm_caps_add_cpuid(struct kvm_caps *caps, enum kvm_cpuid_list list,
		       const struct kvm_cpuid_leaf *leaf);
/* And where they did not come in the order of numbers: */
void kvm_caps_sort(struct kvm_caps *caps);

/*
 * Numbers from the table's end up to here are asked for too: a kernel newer
 * than the table may answer them.
 */
#define KVM_CAP_NUMBER_END 320

#endif
