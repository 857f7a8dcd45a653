// SPDX-License-Identifier: GPL-2.0-only
/*
 * Holds a virtual machine open: one VM with a virtual CPU for each online CPU,
 * each run on its own CPU until its guest's HLT. KVM keeps VMX or SVM switched
 * on for as long as a VM lives. Prints "running" once every guest has halted,
 * then waits to be killed. Exit status 1 and one line when KVM refuses.
 */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define GUEST_PAGE 0x1000

/* mov $0x2a, %al; out %al, $0x10; hlt */
static const uint8_t guest_code[] = { 0xb0, 0x2a, 0xe6, 0x10, 0xf4 };

static void add_memory(int vm)
{
	struct kvm_userspace_memory_region region = {
		.guest_phys_addr = GUEST_PAGE,
		.memory_size = GUEST_PAGE,
	};
	void *page = mmap(NULL, GUEST_PAGE, PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		err(1, "mmap");
	memcpy(page, guest_code, sizeof(guest_code));
	region.userspace_addr = (uintptr_t)page;
	if (ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region) < 0)
		err(1, "KVM_SET_USER_MEMORY_REGION");
}

/* Runs the guest on a new virtual CPU until it halts; it must do its OUT. */
static void run_cpu(int kvm, int vm, int id)
{
	struct kvm_regs regs = { .rip = GUEST_PAGE, .rflags = 2 };
	struct kvm_sregs sregs;
	struct kvm_run *run;
	int outs = 0;
	int vcpu = ioctl(vm, KVM_CREATE_VCPU, id);
	int size = ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);

	if (vcpu < 0 || size < 0)
		err(1, "KVM_CREATE_VCPU");
	run = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu,
		   0);
	if (run == MAP_FAILED)
		err(1, "mmap of the virtual CPU");
	if (ioctl(vcpu, KVM_GET_SREGS, &sregs) < 0)
		err(1, "KVM_GET_SREGS");
	sregs.cs.base = 0;
	sregs.cs.selector = 0;
	if (ioctl(vcpu, KVM_SET_SREGS, &sregs) < 0 ||
	    ioctl(vcpu, KVM_SET_REGS, &regs) < 0)
		err(1, "setting the registers");
	for (;;) {
		if (ioctl(vcpu, KVM_RUN, 0) < 0)
			err(1, "KVM_RUN");
		if (run->exit_reason == KVM_EXIT_HLT)
			break;
		if (run->exit_reason != KVM_EXIT_IO || run->io.port != 0x10)
			errx(1, "KVM_RUN ended with exit reason %u",
			     run->exit_reason);
		outs++;
	}
	if (outs != 1)
		errx(1, "the guest wrote %d times, not once", outs);
}

int main(void)
{
	cpu_set_t all, one;
	int kvm, vm, cpu;

	kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	if (kvm < 0)
		err(1, "/dev/kvm");
	vm = ioctl(kvm, KVM_CREATE_VM, 0);
	if (vm < 0)
		err(1, "KVM_CREATE_VM");
	add_memory(vm);
	if (sched_getaffinity(0, sizeof(all), &all) < 0)
		err(1, "sched_getaffinity");
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++) {
		if (!CPU_ISSET(cpu, &all))
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		if (sched_setaffinity(0, sizeof(one), &one) < 0)
			err(1, "sched_setaffinity to CPU %d", cpu);
		run_cpu(kvm, vm, cpu);
	}
	puts("running");
	if (fflush(stdout))
		err(1, "stdout");
	for (;;)
		pause();
}
