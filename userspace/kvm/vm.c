// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/vm.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kvm/device.h"

/*
 * Without "unrestricted guest" VMX runs real mode as virtual-8086 mode, for
 * which KVM wants four pages of guest-physical addresses that hold nothing
 * else: here just below the firmware's place at 4 GiB, as QEMU has them.
 */
#define IDENTITY_MAP_ADDRESS 0xfffbc000ull
#define TSS_ADDRESS	     0xfffbd000ull

static const struct kvm_vm no_vm = {
	.device = -1,
	.fd = -1,
	.vcpu = -1,
	.memory = MAP_FAILED,
	.run = MAP_FAILED,
};

static enum kvm_step fail(struct kvm_failure *failure, enum kvm_step step,
			  int error)
{
	failure->step = step;
	failure->error = error;
	return step;
}

static enum kvm_step open_device(struct kvm_vm *vm, const char *path,
				 struct kvm_failure *failure)
{
	int version;

	vm->device = kvm_device_open(path);
	if (vm->device < 0)
		return fail(failure, KVM_STEP_OPEN, -vm->device);
	version = kvm_device_api(vm->device);
	if (version < 0)
		return fail(failure, KVM_STEP_API, -version);
	if (version != KVM_DEVICE_API)
		return fail(failure, KVM_STEP_API, 0);
	return KVM_STEP_NONE;
}

static enum kvm_step create_vm(struct kvm_vm *vm, struct kvm_failure *failure)
{
	do {
		vm->fd = ioctl(vm->device, KVM_CREATE_VM, 0);
	} while (vm->fd < 0 && errno == EINTR);
	if (vm->fd < 0)
		return fail(failure, KVM_STEP_CREATE_VM, errno);
	return KVM_STEP_NONE;
}

static enum kvm_step add_memory(struct kvm_vm *vm, size_t size,
				struct kvm_failure *failure)
{
	struct kvm_userspace_memory_region region = { .memory_size = size };
	uint64_t identity = IDENTITY_MAP_ADDRESS;

	if (ioctl(vm->fd, KVM_CHECK_EXTENSION, KVM_CAP_SET_IDENTITY_MAP_ADDR) >
		    0 &&
	    ioctl(vm->fd, KVM_SET_IDENTITY_MAP_ADDR, &identity))
		return fail(failure, KVM_STEP_MEMORY, errno);
	if (ioctl(vm->fd, KVM_CHECK_EXTENSION, KVM_CAP_SET_TSS_ADDR) > 0 &&
	    ioctl(vm->fd, KVM_SET_TSS_ADDR, TSS_ADDRESS))
		return fail(failure, KVM_STEP_MEMORY, errno);

	vm->memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (vm->memory == MAP_FAILED)
		return fail(failure, KVM_STEP_MEMORY, errno);
	vm->memory_size = size;
	region.userspace_addr = (uintptr_t)vm->memory;
	if (ioctl(vm->fd, KVM_SET_USER_MEMORY_REGION, &region))
		return fail(failure, KVM_STEP_MEMORY, errno);
	return KVM_STEP_NONE;
}

static enum kvm_step create_vcpu(struct kvm_vm *vm, struct kvm_failure *failure)
{
	int size = ioctl(vm->device, KVM_GET_VCPU_MMAP_SIZE, 0);

	if (size < 0)
		return fail(failure, KVM_STEP_VCPU, errno);
	if ((size_t)size < sizeof(struct kvm_run))
		return fail(failure, KVM_STEP_VCPU, 0);
	do {
		vm->vcpu = ioctl(vm->fd, KVM_CREATE_VCPU, 0);
	} while (vm->vcpu < 0 && errno == EINTR);
	if (vm->vcpu < 0)
		return fail(failure, KVM_STEP_VCPU, errno);
	vm->run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, vm->vcpu,
		       0);
	if (vm->run == MAP_FAILED)
		return fail(failure, KVM_STEP_VCPU, errno);
	vm->run_size = size;
	return KVM_STEP_NONE;
}

enum kvm_step kvm_vm_create(struct kvm_vm *vm, const char *path,
			    size_t memory_size, struct kvm_failure *failure)
{
	enum kvm_step step;

	*vm = no_vm;
	*failure = (struct kvm_failure){ .step = KVM_STEP_NONE };

	step = open_device(vm, path, failure);
	if (step == KVM_STEP_NONE)
		step = create_vm(vm, failure);
	if (step == KVM_STEP_NONE && memory_size)
		step = add_memory(vm, memory_size, failure);
	if (step == KVM_STEP_NONE)
		step = create_vcpu(vm, failure);
	if (step != KVM_STEP_NONE)
		kvm_vm_destroy(vm);
	return step;
}

void kvm_vm_destroy(struct kvm_vm *vm)
{
	if (vm->run != MAP_FAILED)
		munmap(vm->run, vm->run_size);
	if (vm->vcpu >= 0)
		close(vm->vcpu);
	if (vm->fd >= 0)
		close(vm->fd);
	if (vm->memory != MAP_FAILED)
		munmap(vm->memory, vm->memory_size);
	if (vm->device >= 0)
		close(vm->device);
	*vm = no_vm;
}

int kvm_vm_set_real_mode(struct kvm_vm *vm)
{
	struct kvm_sregs sregs;

	if (ioctl(vm->vcpu, KVM_GET_SREGS, &sregs))
		return -errno;
	sregs.cs.base = 0;
	sregs.cs.selector = 0;
	if (ioctl(vm->vcpu, KVM_SET_SREGS, &sregs))
		return -errno;
	return 0;
}

int kvm_vm_set_start(struct kvm_vm *vm, uint64_t rip, uint64_t rsp)
{
	struct kvm_regs regs = {
		.rip = rip,
		.rsp = rsp,
		.rflags = KVM_VM_RFLAGS,
	};

	return ioctl(vm->vcpu, KVM_SET_REGS, &regs) ? -errno : 0;
}

int kvm_vm_run(struct kvm_vm *vm, const struct kvm_watchdog *dog)
{
	for (;;) {
		int error;

		/*
		 * Here too: a guest that comes out all the time is never
		 * inside KVM_RUN for long.
		 */
		if (kvm_watchdog_expired(dog))
			return -ETIMEDOUT;
		if (!ioctl(vm->vcpu, KVM_RUN, 0)) {
			if (vm->run->exit_reason != KVM_EXIT_INTR)
				return 0;
			continue;
		}
		error = errno;
		if (error != EINTR && error != EAGAIN)
			return -error;
		kvm_watchdog_take_back(dog);
	}
}
