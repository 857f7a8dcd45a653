/* SPDX-License-Identifier: GPL-2.0-only */
/* A virtual machine with one virtual processor and one piece of memory. */
#ifndef VIRTINFO_KVM_VM_H
#define VIRTINFO_KVM_VM_H

#include <linux/kvm.h>
#include <stddef.h>
#include <stdint.h>

#include "kvm/step.h"
#include "kvm/watchdog.h"

/*
 * RFLAGS to begin with: bit 1 always reads as 1, and IF is set. No interrupt
 * is ever given to these guests; but with IF clear Bochs' VMX does not leave
 * for the host's interrupts either, and a guest that hangs could not be ended.
 */
#define KVM_VM_RFLAGS 0x202

struct kvm_vm {
	int device;
	int fd;
	int vcpu;
	uint8_t *memory; /* guest-physical 0 up to memory_size */
	size_t memory_size;
	struct kvm_run *run;
	size_t run_size;
};

/* Where it broke, and the errno there (0 where there is none). */
struct kvm_failure {
	enum kvm_step step;
	int error;
};

/*
 * Open @path (NULL: KVM_DEVICE) and make a VM of @memory_size bytes (a
 * multiple of the page size; 0 for one that never runs). Returns KVM_STEP_NONE, and kvm_vm_destroy() is
 * owed; or the step that failed, with *failure filled and nothing left open.
 */
enum kvm_step kvm_vm_create(struct kvm_vm *vm, const char *path,
			    size_t memory_size, struct kvm_failure *failure);

/* Give everything back. */
void kvm_vm_destroy(struct kvm_vm *vm);

/* Segment registers for real mode from address 0. 0 or -errno. */
int kvm_vm_set_real_mode(struct kvm_vm *vm);

/*
 * Set the instruction pointer (@rip) and the stack pointer; all other general
 * registers become 0. 0 or -errno.
 */
int kvm_vm_set_start(struct kvm_vm *vm, uint64_t rip, uint64_t rsp);

/*
 * KVM_RUN until it returns with an exit for user space, which is then in
 * vm->run. Returns 0, -ETIMEDOUT when the watchdog ended it, or -errno.
 */
int kvm_vm_run(struct kvm_vm *vm, const struct kvm_watchdog *dog);

#endif
