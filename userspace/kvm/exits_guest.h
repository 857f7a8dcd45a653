/* SPDX-License-Identifier: GPL-2.0-only */
/* The guests of kvm/exits.h: flat 32-bit protected mode without paging. */
#ifndef VIRTINFO_KVM_EXITS_GUEST_H
#define VIRTINFO_KVM_EXITS_GUEST_H

#include "kvm/exits.h"
#include "kvm/vm.h"

/* At most so many events, each with a sample of 4 bytes. */
#define EXITS_GUEST_EVENTS  2048
#define EXITS_GUEST_MEMORY  0x1000000u
#define EXITS_GUEST_SAMPLES 0x10000u
/* A write to this port says that the guest is done. */
#define EXITS_GUEST_DONE 0xf4

struct exits_guest {
	enum kvm_exit_id id;
	bool svm;
	unsigned int events;
	uint32_t threshold; /* of KVM_EXITS_INTERRUPT: a gap, in cycles */
};

/* Put the guest into a new VM, ready for KVM_RUN. 0 or -errno. */
int exits_guest_load(struct kvm_vm *vm, const struct exits_guest *guest);

/* Make it ready once more (after a triple fault). 0 or -errno. */
int exits_guest_restart(struct kvm_vm *vm, const struct exits_guest *guest);

/* How many samples it has written. Negative: -errno. */
int exits_guest_samples(struct kvm_vm *vm);

#endif
