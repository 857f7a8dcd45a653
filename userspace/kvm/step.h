/* SPDX-License-Identifier: GPL-2.0-only */
/* The steps from a device node to a guest that ran, and their names. */
#ifndef VIRTINFO_KVM_STEP_H
#define VIRTINFO_KVM_STEP_H

enum kvm_step {
	KVM_STEP_NONE,		  /* no step failed */
	KVM_STEP_OPEN,		  /* the device node does not open */
	KVM_STEP_API,		  /* the API version is not 12, or not KVM */
	KVM_STEP_WATCHDOG,	  /* no timer to bound the guest's time */
	KVM_STEP_CREATE_VM,	  /* KVM_CREATE_VM */
	KVM_STEP_MEMORY,	  /* the memory slot and what it needs */
	KVM_STEP_VCPU,		  /* KVM_CREATE_VCPU and its mapping */
	KVM_STEP_REGISTERS,	  /* the guest's first register values */
	KVM_STEP_RUN,		  /* KVM_RUN */
	KVM_STEP_WRONG_VALUE,	  /* the guest's answer is not the right one */
	KVM_STEP_TIMED_OUT,	  /* the guest did not end in time */
	KVM_STEP_UNEXPECTED_EXIT, /* KVM handed over what nobody asked for */
	KVM_STEP_COUNT,
};

/* One word for a step: "open", "create-vm"; "none" for KVM_STEP_NONE. */
const char *kvm_step_name(enum kvm_step step);

/* The step of a word, KVM_STEP_COUNT for one that is not known. */
enum kvm_step kvm_step_parse(const char *word);

/* The short name of a KVM_EXIT_* number ("IO", "HLT"), NULL if not known. */
const char *kvm_exit_name(unsigned int reason);

#endif
