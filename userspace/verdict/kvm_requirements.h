/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kvm_intel and kvm_amd ask of the CPUs when they load
 * (tables/kvm_requirements.def), and what of it a group of CPUs lacks.
 */
#ifndef VIRTINFO_VERDICT_KVM_REQUIREMENTS_H
#define VIRTINFO_VERDICT_KVM_REQUIREMENTS_H

#include "model/decode.h"

struct kvm_lack {
	enum field_id field;
	/*
	 * Does this kernel refuse to load for it? Unknown where its release
	 * is not known and not all of them do.
	 */
	enum answer refuses;
	int from; /* the first release that does; 0: all that are known */
	/* error_on_inconsistent_vmcs_config=0 does without. */
	bool inconsistent;
	char name[96];	/* "rdpmc_exiting (IA32_VMX_PROCBASED_CTLS bit 11)" */
	char text[224]; /* the register, its value, and what is wrong */
	const char *function; /* of the kernel, that asks for it */
};

/*
 * Calls @found for each thing that the group lacks which kernels of that
 * release (KERNEL_RELEASE(); 0: not known) ask for, in the table's order.
 * Registers that were not read lack nothing.
 */
void kvm_lacks(const struct host_group *group, int release,
	       void (*found)(void *data, const struct kvm_lack *lack),
	       void *data);

/* What KVM compares of a register among the CPUs. */
struct kvm_comparison {
	u64 bits; /* as they are */
	u32 used; /* controls of a VMX control word that it uses */
};

/*
 * Of that release; 0: what all of them compare. nested: guests are
 * offered VMX, for which it compares more. Both members are 0 where it compares
 * nothing.
 */
struct kvm_comparison kvm_compares(enum register_id id, int release,
				   bool nested);

/* What it makes of a register's value on one CPU, to be compared. */
u64 kvm_compared(const struct kvm_comparison *comparison, u64 value);

#endif
