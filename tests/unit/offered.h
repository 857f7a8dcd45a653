/* SPDX-License-Identifier: GPL-2.0-only */
/* Hosts of which all is known that KVM tells, made for one test. */
#ifndef VIRTINFO_TESTS_OFFERED_H
#define VIRTINFO_TESTS_OFFERED_H

#include "group.h"
#include "migrate/compare.h"

#define EAX VI_EAX
#define EBX VI_EBX
#define ECX VI_ECX
#define EDX VI_EDX

#define VMX 0x20U
#define SVM 0x4U

struct made {
	struct host *host;
	struct side side;
};

static inline u32 *output_of(struct kvm_caps *caps, u32 leaf, u32 subleaf,
			     enum vi_cpuid_register output)
{
	struct kvm_cpuids *list = &caps->cpuid[KVM_CPUID_SUPPORTED];
	const struct kvm_cpuid_leaf added = { .leaf = leaf,
					      .subleaf = subleaf };
	size_t i;

	for (i = 0; i < list->count; i++)
		if (list->list[i].leaf == leaf &&
		    list->list[i].subleaf == subleaf)
			return &list->list[i].reg[output];
	assert_int_equal(kvm_caps_add_cpuid(caps, KVM_CPUID_SUPPORTED, &added),
			 0);
	return &list->list[list->count - 1].reg[output];
}

static inline uint64_t *msr_of(struct kvm_caps *caps, u32 address)
{
	const struct kvm_msr added = { .index = address, .readable = true };
	size_t i;

	for (i = 0; i < caps->msr_count; i++)
		if (caps->msrs[i].index == address)
			return &caps->msrs[i].value;
	assert_int_equal(kvm_caps_add_msr(caps, &added), 0);
	return &caps->msrs[caps->msr_count - 1].value;
}

static inline void put_cap(struct kvm_caps *caps, int number, int value)
{
	const struct kvm_cap cap = { .number = number,
				     .asked = true,
				     .value = value };

	size_t i;

	for (i = 0; i < caps->cap_count; i++)
		if (caps->caps[i].number == number) {
			caps->caps[i] = cap;
			return;
		}
	assert_int_equal(kvm_caps_add(caps, &cap), 0);
}

/* KVM's answers of a host that offers VMX and SVM, and leaf 0 of an Intel. */
static inline struct made made_host(const char *name)
{
	struct made made = { .host = host_new(HOST_CAPTURE, name) };
	struct kvm_caps *caps;

	assert_non_null(made.host);
	assert_int_equal(facts_add(made.host->facts, "name", name), 0);
	caps = &made.host->system.kvm;
	caps->known = true;
	caps->msr_error = 0;
	caps->tsc_khz = 2000000;
	caps->xcomp_known = true;
	caps->xcomp = ~0ULL;
	*output_of(caps, 0, 0, EBX) = 0x756e6547;
	*output_of(caps, 0, 0, EDX) = 0x49656e69;
	*output_of(caps, 0, 0, ECX) = 0x6c65746e;
	*output_of(caps, 1, 0, ECX) = VMX;
	*output_of(caps, 0x40000000, 0, EBX) = 0x4b4d564b;
	*output_of(caps, 0x40000000, 0, ECX) = 0x564b4d56;
	*output_of(caps, 0x40000000, 0, EDX) = 0x4d;
	*output_of(caps, 0x40000001, 0, EAX) = 0;
	*output_of(caps, 0x80000001, 0, ECX) = SVM;
	put_cap(caps, 66, 0);  /* KVM_CAP_MAX_VCPUS */
	put_cap(caps, 72, 0);  /* KVM_CAP_TSC_DEADLINE_TIMER */
	put_cap(caps, 129, 0); /* KVM_CAP_X2APIC_API */
	put_cap(caps, 157, 1); /* KVM_CAP_NESTED_STATE */
	put_cap(caps, 213, 0); /* KVM_CAP_DISABLE_QUIRKS2 */
	return made;
}

static inline void drop(struct made *made)
{
	side_free(&made->side);
	host_free(made->host);
}

/*
 * How often rules object, all of them this one and with that answer. Notes are
 * no objection where none is asked for.
 */
static inline size_t objections(const struct made *from, const struct made *to,
				const char *rule, enum migration_answer answer)
{
	struct migration migration;
	size_t i, count = 0;

	assert_int_equal(migration_judge(&migration, &from->side, &to->side),
			 0);
	for (i = 0; i < migration.count; i++) {
		const struct migration_finding *at = &migration.list[i];
		const char *name = migration_rule_info(at->rule)->name;

		if (at->answer == MIGRATION_SAFE &&
		    (answer != MIGRATION_SAFE || strcmp(name, rule)))
			continue;
		assert_string_equal(name, rule);
		assert_int_equal(at->answer, answer);
		count++;
	}
	migration_free(&migration);
	return count;
}

#endif
