/* SPDX-License-Identifier: GPL-2.0-only */
/* The CPUs of a host by what stands between them and VMX or SVM. */
#ifndef VIRTINFO_MODEL_HARDWARE_H
#define VIRTINFO_MODEL_HARDWARE_H

#include "model/host.h"
#include "summary.h"

enum cpu_class {
	CPU_UNKNOWN, /* the leaf that decides is not in the input */
	CPU_WITHOUT, /* neither VMX nor SVM */
	CPU_ENABLED,
	CPU_UNLOCKED, /* ring 0 may enable it */
	CPU_DISABLED, /* locked off */
	CPU_SMX_ONLY,
	CPU_FAULTED, /* extension there, its register took #GP */
	CPU_UNREAD,  /* extension there, its register is not in the input */
	CPU_CLASSES,
};

struct hardware {
	struct cpulist cpus;
	struct cpulist by_class[CPU_CLASSES];
	struct cpulist vmx;
	struct cpulist svm;
	struct cpulist on; /* CR4.VMXE or EFER.SVME at this moment */
	bool on_known;	   /* on every CPU */
	bool unnamed;	   /* registers of which no CPU is named */
	bool any;	   /* there is at least one group */
	/* Group of the first CPU that decides each class, or NULL. */
	const struct host_group *example[CPU_CLASSES];
};

/* Returns 0, or -1 without memory. hardware_free() is owed either way. */
int hardware_of(struct hardware *hardware, const struct host *host);
void hardware_free(struct hardware *hardware);

/* KVM's module for it: kvm_intel or kvm_amd; NULL for none. */
const char *vendor_module(enum vi_extension extension);

/* Is any CPU in that class? */
bool hardware_has(const struct hardware *hardware, enum cpu_class class);

/*
 * The fact by which a reader of a dump says that the registers are of no
 * named CPU: its value is "no".
 */
#define FACT_CPUS_NAMED "cpus named"

#endif
