// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/restore.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "kvm/device.h"
#include "types.h"

/* By number: the headers at hand may be older than the kernel. */
#define CAP_XSAVE2 208

/* A VM keeps the virtual CPUs that are closed: then a new one takes its place. */
#define VCPUS_OF_A_VM 64

/*
 * Leaves whose outputs depend on ECX, as KVM flags them
 * (arch/x86/kvm/cpuid.c, cpuid_function_is_indexed()).
 */
static bool is_indexed(const struct kvm_cpuids *list, size_t at)
{
	static const uint32_t leaves[] = {
		0x4,  0x7,  0xb,  0xd,	0xf,  0x10, 0x12,	0x14,
		0x17, 0x18, 0x1d, 0x1e, 0x1f, 0x24, 0x8000001d,
	};
	const uint32_t leaf = list->list[at].leaf;

	for (size_t i = 0; i < ARRAY_SIZE(leaves); i++)
		if (leaves[i] == leaf)
			return true;
	for (size_t i = 0; i < list->count; i++)
		if (list->list[i].leaf == leaf && list->list[i].subleaf)
			return true;
	return false;
}

/* free() it; NULL without memory. */
static struct kvm_cpuid2 *cpuid_of(const struct kvm_cpuids *list)
{
	struct kvm_cpuid2 *cpuid;

	cpuid = calloc(1, sizeof(*cpuid) +
				  list->count * sizeof(cpuid->entries[0]));
	if (!cpuid)
		return NULL;
	cpuid->nent = (uint32_t)list->count;
	for (size_t i = 0; i < list->count; i++) {
		const struct kvm_cpuid_leaf *leaf = &list->list[i];

		cpuid->entries[i] = (struct kvm_cpuid_entry2){
			.function = leaf->leaf,
			.index = leaf->subleaf,
			.flags = is_indexed(list, i) ?
					 KVM_CPUID_FLAG_SIGNIFCANT_INDEX :
					 0,
			.eax = leaf->reg[0],
			.ebx = leaf->reg[1],
			.ecx = leaf->reg[2],
			.edx = leaf->reg[3],
		};
	}
	return cpuid;
}

static enum kvm_step fail(struct kvm_failure *failure, enum kvm_step step,
			  int error)
{
	*failure = (struct kvm_failure){ .step = step, .error = error };
	return step;
}

enum kvm_step kvm_restore_begin(struct kvm_restore *restore, const char *path,
				unsigned int timeout_ms,
				struct kvm_failure *failure)
{
	enum kvm_step step;
	int error;

	*restore = (struct kvm_restore){ .path = path, .vcpu = -1 };
	error = kvm_watchdog_start(&restore->dog, timeout_ms);
	if (error)
		return fail(failure, KVM_STEP_WATCHDOG, -error);
	step = kvm_vm_create(&restore->vm, path, 0, failure);
	if (step != KVM_STEP_NONE)
		goto stop_watchdog;
	/* Its own virtual CPU has number 0. */
	restore->next = 1;
	restore->cpuid = kvm_get_cpuid(restore->vm.device,
				       KVM_GET_SUPPORTED_CPUID, &error);
	if (!restore->cpuid) {
		step = fail(failure, KVM_STEP_REGISTERS, error);
		goto destroy_vm;
	}
	return KVM_STEP_NONE;

destroy_vm:
	kvm_vm_destroy(&restore->vm);
stop_watchdog:
	kvm_watchdog_stop(&restore->dog);
	return step;
}

static void close_vcpu(struct kvm_restore *restore)
{
	if (restore->vcpu >= 0)
		close(restore->vcpu);
	restore->vcpu = -1;
}

void kvm_restore_end(struct kvm_restore *restore)
{
	close_vcpu(restore);
	kvm_vm_destroy(&restore->vm);
	kvm_watchdog_stop(&restore->dog);
	free(restore->cpuid);
}

/* Nothing is left of the old VM where the new one cannot be made. */
static int new_vm(struct kvm_restore *restore)
{
	struct kvm_failure failure;

	kvm_vm_destroy(&restore->vm);
	restore->next = 1;
	if (kvm_vm_create(&restore->vm, restore->path, 0, &failure) ==
	    KVM_STEP_NONE)
		return 0;
	return failure.error ? -failure.error : -EIO;
}

/* A virtual CPU without CPUID in place of the last. 0 or -errno. */
static int new_vcpu(struct kvm_restore *restore)
{
	int error = 0;

	if (kvm_watchdog_expired(&restore->dog))
		return -ETIMEDOUT;
	close_vcpu(restore);
	if (restore->vm.fd < 0 || restore->next == VCPUS_OF_A_VM)
		error = new_vm(restore);
	if (error)
		return error;
	do {
		restore->vcpu = ioctl(restore->vm.fd, KVM_CREATE_VCPU,
				      (unsigned long)restore->next);
	} while (restore->vcpu < 0 && errno == EINTR &&
		 !kvm_watchdog_expired(&restore->dog));
	if (restore->vcpu < 0)
		return -errno;
	restore->next++;
	return 0;
}

/*
 * Until Linux 5.18 a VMX feature MSR is compared with what the same virtual CPU
 * had before, so that a second setting could only narrow: each gets its own.
 */
static int new_vcpu_with_cpuid(struct kvm_restore *restore)
{
	int error = new_vcpu(restore);

	if (error)
		return error;
	return ioctl(restore->vcpu, KVM_SET_CPUID2, restore->cpuid) ? -errno :
								      0;
}

static struct kvm_answer not_asked(int error)
{
	return (struct kvm_answer){ .word = KVM_NOT_ASKED, .error = -error };
}

static struct kvm_answer refused(int error)
{
	return (struct kvm_answer){ .word = KVM_REFUSED, .error = error };
}

static struct kvm_answer accepted(uint64_t wanted, uint64_t value)
{
	return (struct kvm_answer){
		.word = value == wanted ? KVM_ACCEPTED : KVM_CHANGED,
		.read = true,
		.value = value,
	};
}

struct kvm_answer kvm_restore_cpuid(struct kvm_restore *restore,
				    const struct kvm_cpuids *list)
{
	struct kvm_cpuid2 *cpuid;
	int error = new_vcpu(restore);

	if (error)
		return not_asked(error);
	cpuid = cpuid_of(list);
	if (!cpuid)
		return not_asked(-ENOMEM);
	if (ioctl(restore->vcpu, KVM_SET_CPUID2, cpuid)) {
		error = errno;
		free(cpuid);
		return refused(error);
	}
	free(restore->cpuid);
	restore->cpuid = cpuid;
	return (struct kvm_answer){ .word = KVM_ACCEPTED };
}

struct kvm_answer kvm_restore_msr(struct kvm_restore *restore, uint32_t index,
				  uint64_t value)
{
	uint64_t now;
	int error = new_vcpu_with_cpuid(restore);

	if (error)
		return not_asked(error);
	error = kvm_set_msr(restore->vcpu, index, value);
	if (error)
		return refused(error == -EOPNOTSUPP ? 0 : -error);
	if (kvm_get_msr(restore->vcpu, index, &now))
		return (struct kvm_answer){ .word = KVM_ACCEPTED };
	return accepted(value, now);
}

struct kvm_answer kvm_restore_tsc(struct kvm_restore *restore, uint32_t khz)
{
	int now, error = new_vcpu_with_cpuid(restore);

	if (error)
		return not_asked(error);
	if (ioctl(restore->vcpu, KVM_SET_TSC_KHZ, (unsigned long)khz))
		return refused(errno);
	now = ioctl(restore->vcpu, KVM_GET_TSC_KHZ, 0);
	if (now < 0)
		return (struct kvm_answer){ .word = KVM_ACCEPTED };
	return accepted(khz, (uint32_t)now);
}

struct kvm_answer kvm_restore_xcr0(struct kvm_restore *restore, uint64_t xcr0)
{
	struct kvm_xcrs xcrs = {
		.nr_xcrs = 1,
		.xcrs = { { .xcr = 0, .value = xcr0 } },
	};
	int error = new_vcpu_with_cpuid(restore);

	if (error)
		return not_asked(error);
	if (ioctl(restore->vcpu, KVM_SET_XCRS, &xcrs))
		return refused(errno);
	memset(&xcrs, 0, sizeof(xcrs));
	if (ioctl(restore->vcpu, KVM_GET_XCRS, &xcrs) || !xcrs.nr_xcrs)
		return (struct kvm_answer){ .word = KVM_ACCEPTED };
	return accepted(xcr0, xcrs.xcrs[0].value);
}

struct kvm_answer kvm_restore_xsave(struct kvm_restore *restore, uint32_t size)
{
	struct kvm_answer answer = { .read = true };
	int has, error = new_vcpu(restore);

	if (error)
		return not_asked(error);
	has = ioctl(restore->vm.fd, KVM_CHECK_EXTENSION, CAP_XSAVE2);
	if (has < 0)
		return not_asked(-errno);
	/* A kernel without it: struct kvm_xsave is all that there is. */
	answer.value = has ? (uint32_t)has : sizeof(struct kvm_xsave);
	answer.word = size <= answer.value ? KVM_ACCEPTED : KVM_REFUSED;
	return answer;
}

const char *kvm_word_name(enum kvm_word word)
{
	switch (word) {
	case KVM_ACCEPTED:
		return "accepted";
	case KVM_CHANGED:
		return "changed";
	case KVM_REFUSED:
		return "refused";
	default:
		return "not asked";
	}
}
