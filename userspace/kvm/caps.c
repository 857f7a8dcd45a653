// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/caps.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* By number: the headers at hand may be older than the kernel. */
#define CAP_VM_TYPES 235

static const char *const vm_type_names[] = {
	"default", "sw-protected", "sev", "sev-es", "sev-snp", "tdx",
};

const struct kvm_cap *kvm_caps_get(const struct kvm_caps *caps, int number)
{
	for (size_t i = 0; i < caps->cap_count; i++)
		if (caps->caps[i].number == number)
			return &caps->caps[i];
	return NULL;
}

const struct kvm_msr *kvm_caps_msr(const struct kvm_caps *caps, uint32_t index)
{
	for (size_t i = 0; i < caps->msr_count; i++)
		if (caps->msrs[i].index == index)
			return &caps->msrs[i];
	return NULL;
}

enum kvm_cap_state kvm_cap_state(const struct kvm_caps *caps,
				 const struct kvm_cap *cap)
{
	const struct kvm_cap_row *row;
	int release;

	if (!cap || !cap->asked)
		return KVM_CAP_NOT_ASKED;
	if (cap->error)
		return KVM_CAP_NO_ANSWER;
	/* A vendor's kernel may have what its release number does not tell. */
	if (cap->value > 0 || (cap->per_vm && cap->vm_value > 0))
		return KVM_CAP_SUPPORTED;
	row = kvm_cap_find(cap->number);
	release = kernel_release_parse(caps->release);
	if (!row || !release)
		return KVM_CAP_NO_ANSWER;
	if (release >= row->present)
		return KVM_CAP_UNSUPPORTED;
	if (release <= row->missing)
		return KVM_CAP_UNKNOWN_NUMBER;
	return KVM_CAP_NO_ANSWER;
}

const char *kvm_cap_state_name(enum kvm_cap_state state)
{
	switch (state) {
	case KVM_CAP_NOT_ASKED:
		return "not asked";
	case KVM_CAP_SUPPORTED:
		return "supported";
	case KVM_CAP_UNSUPPORTED:
		return "unsupported";
	case KVM_CAP_UNKNOWN_NUMBER:
		return "unknown to this kernel";
	case KVM_CAP_NO_ANSWER:
		return "unsupported or unknown to this kernel";
	}
	return "unknown";
}

uint32_t kvm_caps_vm_types(const struct kvm_caps *caps, bool *listed)
{
	const struct kvm_cap *cap = kvm_caps_get(caps, CAP_VM_TYPES);

	*listed = cap && cap->asked && !cap->error && cap->value > 0;
	return *listed ? (uint32_t)cap->value : 1;
}

const char *kvm_vm_type_name(unsigned int bit)
{
	if (bit >= sizeof(vm_type_names) / sizeof(vm_type_names[0]))
		return NULL;
	return vm_type_names[bit];
}

/* Room for one more of @size bytes in an array that grows by halves. */
static int grow(void **array, size_t count, size_t size)
{
	void *larger;

	/* Powers of two only: the array is full exactly then. */
	if (count & (count - 1))
		return 0;
	larger = reallocarray(*array, count ? 2 * count : 1, size);
	if (!larger)
		return -ENOMEM;
	*array = larger;
	return 0;
}

int kvm_caps_add(struct kvm_caps *caps, const struct kvm_cap *cap)
{
	void *array = caps->caps;

	if (grow(&array, caps->cap_count, sizeof(*cap)))
		return -ENOMEM;
	caps->caps = array;
	caps->caps[caps->cap_count++] = *cap;
	return 0;
}

int kvm_caps_add_msr(struct kvm_caps *caps, const struct kvm_msr *msr)
{
	void *array = caps->msrs;

	if (grow(&array, caps->msr_count, sizeof(*msr)))
		return -ENOMEM;
	caps->msrs = array;
	caps->msrs[caps->msr_count++] = *msr;
	return 0;
}

void kvm_caps_free(struct kvm_caps *caps)
{
	free(caps->caps);
	free(caps->msrs);
	*caps = (struct kvm_caps){ .api = -1 };
}
