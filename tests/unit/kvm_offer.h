/* SPDX-License-Identifier: GPL-2.0-only */
/* What KVM says of itself, made up by tests. */
#ifndef VIRTINFO_TESTS_UNIT_KVM_OFFER_H
#define VIRTINFO_TESTS_UNIT_KVM_OFFER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kvm/caps.h"

static inline void add_leaf(struct kvm_caps *caps, enum kvm_cpuid_list list,
			    uint32_t leaf, uint32_t subleaf, uint32_t eax,
			    uint32_t ebx, uint32_t ecx, uint32_t edx)
{
	const struct kvm_cpuid_leaf added = { .leaf = leaf,
					      .subleaf = subleaf,
					      .reg = { eax, ebx, ecx, edx } };

	assert_int_equal(kvm_caps_add_cpuid(caps, list, &added), 0);
}

static inline void add_cap(struct kvm_caps *caps, int number, int value)
{
	const struct kvm_cap cap = { .number = number,
				     .asked = true,
				     .value = value };

	assert_int_equal(kvm_caps_add(caps, &cap), 0);
}

static inline void add_msr(struct kvm_caps *caps, uint32_t index,
			   uint64_t value)
{
	const struct kvm_msr msr = { .index = index,
				     .readable = true,
				     .value = value };

	assert_int_equal(kvm_caps_add_msr(caps, &msr), 0);
}

#endif
