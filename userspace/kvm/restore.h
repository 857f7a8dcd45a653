/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a virtual CPU of this host can be given, as whoever receives a guest
 * gives it: each setting goes to a new virtual CPU, is read back, and thrown
 * away. No guest runs, so nothing waits: the watchdog's time is looked at
 * between the ioctls, and keeps signals from them.
 */
#ifndef VIRTINFO_KVM_RESTORE_H
#define VIRTINFO_KVM_RESTORE_H

#include "kvm/caps.h"
#include "kvm/vm.h"

#define KVM_RESTORE_TIMEOUT_MS 3000

enum kvm_word {
	KVM_NOT_ASKED,
	KVM_ACCEPTED, /* and reads back */
	KVM_CHANGED,  /* accepted, but another value reads back */
	KVM_REFUSED,
};

struct kvm_answer {
	enum kvm_word word;
	/*
	 * errno of the ioctl, or of what came before it where it was not asked;
	 * 0 where there is none: KVM_SET_MSRS only counts what it has set.
	 */
	int error;
	bool read;	/* it has read back */
	uint64_t value; /* what reads back */
};

struct kvm_restore {
	struct kvm_vm vm;
	struct kvm_watchdog dog;
	const char *path;
	int vcpu;		  /* the newest virtual CPU, -1: none */
	unsigned int next;	  /* the number of the next one in this VM */
	struct kvm_cpuid2 *cpuid; /* that each of them gets; owned */
};

/*
 * Open the device at @path (NULL: KVM_DEVICE). A virtual CPU gets the CPUID
 * that KVM supports here until kvm_restore_cpuid() has given another. Returns
 * KVM_STEP_NONE, and kvm_restore_end() is owed; or the step that failed, with
 * *failure filled and nothing left open. The calling thread's signals wait
 * until the end.
 */
enum kvm_step kvm_restore_begin(struct kvm_restore *restore, const char *path,
				unsigned int timeout_ms,
				struct kvm_failure *failure);
void kvm_restore_end(struct kvm_restore *restore);

/*
 * KVM_SET_CPUID2. KVM takes nearly every list, whatever the processor has, so
 * only a refusal proves something. All later virtual CPUs get a list that it
 * took. Nothing is read back.
 */
struct kvm_answer kvm_restore_cpuid(struct kvm_restore *restore,
				    const struct kvm_cpuids *list);

/* KVM_SET_MSRS of one register. */
struct kvm_answer kvm_restore_msr(struct kvm_restore *restore, uint32_t index,
				  uint64_t value);

/* KVM_SET_TSC_KHZ. */
struct kvm_answer kvm_restore_tsc(struct kvm_restore *restore, uint32_t khz);

/* KVM_SET_XCRS: may the guest switch on these state components? */
struct kvm_answer kvm_restore_xcr0(struct kvm_restore *restore, uint64_t xcr0);

/*
 * KVM_CAP_XSAVE2: does KVM save and restore that many bytes of state? The size
 * is what reads back.
 */
struct kvm_answer kvm_restore_xsave(struct kvm_restore *restore, uint32_t size);

/* "accepted", "changed", "refused", "not asked". */
const char *kvm_word_name(enum kvm_word word);

#endif
