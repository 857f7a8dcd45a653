/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The proof that this system runs virtual machines: a guest of a few bytes
 * that works out a value from an input that differs each time.
 */
#ifndef VIRTINFO_KVM_PROOF_H
#define VIRTINFO_KVM_PROOF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kvm/step.h"

#define KVM_PROOF_TIMEOUT_MS 3000

struct kvm_proof {
	bool attempted;
	bool ran;	    /* the guest gave the right value */
	enum kvm_step step; /* the step that failed, KVM_STEP_NONE if it ran */
	int error;	    /* errno of that step, 0 where there is none */
	/*
	 * With KVM_STEP_UNEXPECTED_EXIT: the KVM_EXIT_* number, and what the
	 * hardware said (VM-entry failure reason, KVM's internal suberror).
	 */
	uint32_t exit_reason;
	uint64_t hardware_reason;
	uint64_t time_us; /* from opening the device to the guest's end */
};

/* For tests: what differs from the usual proof. 0 and NULL are the usual. */
struct kvm_proof_options {
	const char *device;
	const void *code; /* real-mode code in place of the usual */
	size_t code_size;
	unsigned int timeout_ms;
};

/*
 * Run the proof and fill *proof. @options may be NULL. Needs only read and
 * write access to the device; leaves no descriptor, mapping, child or changed
 * signal state behind. Not to be called by two threads with the same *proof.
 */
void kvm_proof_run(const struct kvm_proof_options *options,
		   struct kvm_proof *proof);

#endif
