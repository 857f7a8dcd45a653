// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/caps.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/errname.h"
#include "types.h"

/* By number: the headers at hand may be older than the kernel. */
#define CAP_VM_TYPES 235

static const char *const vm_type_names[] = {
	"default", "sw-protected", "sev", "sev-es", "sev-snp", "tdx",
};

const struct kvm_cap *kvm_caps_get(const struct kvm_caps *caps, int number)
{
	ARRAY_EACH(cap, caps->caps, caps->cap_count)
		if (cap->number == number)
			return cap;
	return NULL;
}

const struct kvm_msr *kvm_caps_msr(const struct kvm_caps *caps, uint32_t index)
{
	ARRAY_EACH(msr, caps->msrs, caps->msr_count)
		if (msr->index == index)
			return msr;
	return NULL;
}

const struct kvm_cpuid_leaf *kvm_caps_cpuid(const struct kvm_caps *caps,
					    enum kvm_cpuid_list list,
					    uint32_t leaf, uint32_t subleaf)
{
	const struct kvm_cpuids *cpuids = &caps->cpuid[list];

	ARRAY_EACH(its, cpuids->list, cpuids->count)
		if (its->leaf == leaf && its->subleaf == subleaf)
			return its;
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
	/* A vendor's kernel may have what its release number does not say. */
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
	static const char *const names[] = {
		[KVM_CAP_NOT_ASKED] = "not asked",
		[KVM_CAP_SUPPORTED] = "supported",
		[KVM_CAP_UNSUPPORTED] = "unsupported",
		[KVM_CAP_UNKNOWN_NUMBER] = "unknown to this kernel",
		[KVM_CAP_NO_ANSWER] = "unsupported or unknown to this kernel",
	};

	return names[state];
}

char *kvm_cap_text(char text[KVM_CAP_TEXT], const struct kvm_cap *cap)
{
	char error[ERRNAME_SIZE];

	if (cap->error)
		snprintf(text, KVM_CAP_TEXT, "%s",
			 errname_format(error, cap->error));
	else if (cap->per_vm)
		snprintf(text, KVM_CAP_TEXT, "%d vm %d", cap->value,
			 cap->vm_value);
	else
		snprintf(text, KVM_CAP_TEXT, "%d", cap->value);
	return text;
}

uint32_t kvm_caps_vm_types(const struct kvm_caps *caps, bool *listed)
{
	const struct kvm_cap *cap = kvm_caps_get(caps, CAP_VM_TYPES);

	*listed = cap && cap->asked && !cap->error && cap->value > 0;
	return *listed ? (uint32_t)cap->value : 1;
}

const char *kvm_vm_type_name(unsigned int bit)
{
	return bit < ARRAY_SIZE(vm_type_names) ? vm_type_names[bit] : NULL;
}

int kvm_caps_add(struct kvm_caps *caps, const struct kvm_cap *cap)
{
	if (ARRAY_GROW(caps->caps, caps->cap_count, caps->cap_capacity))
		return -ENOMEM;
	caps->caps[caps->cap_count++] = *cap;
	return 0;
}

int kvm_caps_add_msr(struct kvm_caps *caps, const struct kvm_msr *msr)
{
	if (ARRAY_GROW(caps->msrs, caps->msr_count, caps->msr_capacity))
		return -ENOMEM;
	caps->msrs[caps->msr_count++] = *msr;
	return 0;
}

int kvm_caps_add_cpuid(struct kvm_caps *caps, enum kvm_cpuid_list list,
		       const struct kvm_cpuid_leaf *leaf)
{
	struct kvm_cpuids *cpuids = &caps->cpuid[list];

	if (ARRAY_GROW(cpuids->list, cpuids->count, cpuids->capacity))
		return -ENOMEM;
	cpuids->known = true;
	cpuids->list[cpuids->count++] = *leaf;
	return 0;
}

static int compare_numbers(const void *a, const void *b)
{
	const struct kvm_cap *one = a, *other = b;

	return (one->number > other->number) - (one->number < other->number);
}

void kvm_caps_sort(struct kvm_caps *caps)
{
	if (caps->cap_count)
		qsort(caps->caps, caps->cap_count, sizeof(*caps->caps),
		      compare_numbers);
}

void kvm_caps_free(struct kvm_caps *caps)
{
	free(caps->caps);
	free(caps->msrs);
	for (int list = 0; list < NR_KVM_CPUID_LISTS; list++)
		free(caps->cpuid[list].list);
	*caps = (struct kvm_caps){ .api = -1 };
}
