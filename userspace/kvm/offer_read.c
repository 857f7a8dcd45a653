// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/offer.h"

#include <errno.h>
#include <linux/kvm.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "kvm/device.h"
#include "types.h"

/* By number: the headers at hand may be older than the kernel. */
#define XCOMP_GUEST_SUPP 0

/*
 * Outputs that KVM passes on from the CPU that the ioctl runs on: the APIC
 * identifier of that CPU and where it is (arch/x86/kvm/cpuid.c,
 * __do_cpuid_func(); newer kernels have 0 in leaf 8000001EH).
 */
static const struct {
	uint32_t leaf;
	uint32_t varies[4];
} of_a_cpu[] = {
	{ 0x00000001, { 0, 0xff000000, 0, 0 } },
	{ 0x0000000b, { 0, 0, 0, 0xffffffff } },
	{ 0x0000001f, { 0, 0, 0, 0xffffffff } },
	{ 0x8000001e, { 0xffffffff, 0xff, 0xff, 0 } },
};

static void mask_what_varies(struct kvm_cpuid_leaf *leaf)
{
	for (size_t i = 0; i < ARRAY_SIZE(of_a_cpu); i++)
		for (int reg = 0; leaf->leaf == of_a_cpu[i].leaf && reg < 4;
		     reg++)
			leaf->reg[reg] &= ~of_a_cpu[i].varies[reg];
}

/*
 * Until Linux 5.6 leaf 2 may be there more than once, a different one each time
 * the guest asks; the first counts.
 */
static int add_entry(struct kvm_caps *caps, enum kvm_cpuid_list which,
		     const struct kvm_cpuid_entry2 *entry)
{
	struct kvm_cpuid_leaf leaf = {
		.leaf = entry->function,
		.subleaf = entry->index,
		.reg = { entry->eax, entry->ebx, entry->ecx, entry->edx },
	};

	if (kvm_caps_cpuid(caps, which, leaf.leaf, leaf.subleaf))
		return 0;
	mask_what_varies(&leaf);
	return kvm_caps_add_cpuid(caps, which, &leaf);
}

/* Ask for one list. Returns 0 or -ENOMEM. */
static int read_list(struct kvm_caps *caps, enum kvm_cpuid_list which, int fd,
		     unsigned long request)
{
	struct kvm_cpuids *cpuids = &caps->cpuid[which];
	struct kvm_cpuid2 *list = kvm_get_cpuid(fd, request, &cpuids->error);
	int error = 0;

	cpuids->known = true;
	if (!list)
		return cpuids->error == ENOMEM ? -ENOMEM : 0;
	cpuids->error = 0;
	for (uint32_t i = 0; i < list->nent && !error; i++)
		error = add_entry(caps, which, &list->entries[i]);
	free(list);
	return error;
}

/* Before Linux 5.11 only a virtual CPU answers. */
static int read_hyperv(struct kvm_caps *caps, int device, int vcpu)
{
	struct kvm_cpuids *cpuids = &caps->cpuid[KVM_CPUID_HYPERV];
	int error = read_list(caps, KVM_CPUID_HYPERV, device,
			      KVM_GET_SUPPORTED_HV_CPUID);

	if (error || !cpuids->error || vcpu < 0)
		return error;
	return read_list(caps, KVM_CPUID_HYPERV, vcpu,
			 KVM_GET_SUPPORTED_HV_CPUID);
}

static void read_xcomp(struct kvm_caps *caps, int device)
{
	struct kvm_device_attr attribute = {
		.attr = XCOMP_GUEST_SUPP,
		.addr = (uintptr_t)&caps->xcomp,
	};

	caps->xcomp_known = !ioctl(device, KVM_GET_DEVICE_ATTR, &attribute);
}

static void read_tsc(struct kvm_caps *caps, int vcpu)
{
	int khz = ioctl(vcpu, KVM_GET_TSC_KHZ, 0);

	caps->tsc_khz = khz > 0 ? (uint32_t)khz : 0;
}

/* -1 where there is none. */
static int create_vcpu(int vm)
{
	int vcpu = -1;

	for (int tries = 0; vm >= 0 && tries < 10 && vcpu < 0; tries++) {
		vcpu = ioctl(vm, KVM_CREATE_VCPU, 0);
		if (vcpu < 0 && errno != EINTR)
			break;
	}
	return vcpu;
}

int kvm_offer_read(struct kvm_caps *caps, int device, int vm)
{
	int vcpu = create_vcpu(vm);
	int error = read_list(caps, KVM_CPUID_SUPPORTED, device,
			      KVM_GET_SUPPORTED_CPUID);

	if (!error)
		error = read_list(caps, KVM_CPUID_EMULATED, device,
				  KVM_GET_EMULATED_CPUID);
	if (!error)
		error = read_hyperv(caps, device, vcpu);
	read_xcomp(caps, device);
	if (vcpu >= 0) {
		read_tsc(caps, vcpu);
		close(vcpu);
	}
	return error;
}
