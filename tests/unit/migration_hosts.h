/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hosts made up by tests of migration: what KVM offers, changed bit by bit, and
 * which guest may move from one to another.
 */
#ifndef VIRTINFO_TESTS_UNIT_MIGRATION_HOSTS_H
#define VIRTINFO_TESTS_UNIT_MIGRATION_HOSTS_H

#include "group.h"
#include "kvm_offer.h"
#include "migrate/compare.h"

#define KHZ 2100000

/* A host of which all is known that KVM tells. */
struct made {
	struct host *host;
	struct side side;
};

/* Every leaf and MSR that is compared, with some bits everywhere. */
static inline struct host *new_host(void)
{
	struct host *host = host_new(HOST_CAPTURE, "made");
	struct kvm_caps *caps;
	size_t i;

	assert_non_null(host);
	caps = &host->system.kvm;
	caps->known = true;
	caps->api = 12;
	caps->msr_error = 0;
	caps->tsc_khz = KHZ;
	caps->xcomp_known = true;
	caps->xcomp = 0x60000;
	add_leaf(caps, KVM_CPUID_SUPPORTED, 0, 0, 0x24, 0x756e6547, 0x6c65746e,
		 0x49656e69);
	for (i = 0; i < VI_NR_LEAVES; i++)
		if (vi_leaves[i].leaf)
			add_leaf(caps, KVM_CPUID_SUPPORTED, vi_leaves[i].leaf,
				 vi_leaves[i].subleaf, 0x0f0f0f0f, 0x0f0f0f0f,
				 0x0f0f0f2f, 0x0f0f0f0f);
	add_leaf(caps, KVM_CPUID_SUPPORTED, 0x40000000, 0, 0x40000001,
		 0x4b4d564b, 0x564b4d56, 0x4d);
	add_leaf(caps, KVM_CPUID_SUPPORTED, 0x40000001, 0, 0x01007efb, 0, 0, 0);
	add_leaf(caps, KVM_CPUID_SUPPORTED, 0x77, 0, 0xf, 0xf, 0xf, 0xf);
	add_leaf(caps, KVM_CPUID_HYPERV, 0x40000003, 0, 0xf, 0xf, 0xf, 0xf);
	for (i = 0; i < VI_NR_MSRS; i++)
		if (!(vi_msrs[i].flags & VI_CONTROL_REGISTER))
			add_msr(caps, vi_msrs[i].address,
				i == VI_IA32_VMX_PROCBASED_CTLS3 ||
						i == VI_IA32_VMX_EXIT_CTLS2 ?
					0 :
					0x0f0f0f4f0f0f0f0f);
	add_cap(caps, 60, 0);
	add_cap(caps, 66, 1024);
	add_cap(caps, 129, 3);
	add_cap(caps, 157, 1);
	add_cap(caps, 213, 0xff);
	return host;
}

static inline struct made make(void)
{
	struct made made = { .host = new_host() };

	assert_int_equal(side_of(&made.side, made.host), 0);
	assert_int_equal(
		facts_format(made.host->facts, "name", "%p", (void *)made.host),
		0);
	return made;
}

/* What a changed host offers. */
static inline void take_again(struct made *made)
{
	side_free(&made->side);
	assert_int_equal(side_of(&made->side, made->host), 0);
}

static inline void drop(struct made *made)
{
	side_free(&made->side);
	host_free(made->host);
}

static inline void assert_answers(const struct made *from,
				  const struct made *to,
				  enum migration_answer plain,
				  enum migration_answer nestable,
				  enum migration_answer nesting)
{
	enum migration_answer answers[NR_GUEST_CLASSES];
	struct migration migration;

	assert_int_equal(migration_judge(&migration, &from->side, &to->side),
			 0);
	assert_int_equal(migration.answer[GUEST_PLAIN], plain);
	assert_int_equal(migration.answer[GUEST_NESTABLE], nestable);
	assert_int_equal(migration.answer[GUEST_NESTING], nesting);
	migration_answers(answers, &from->side, &to->side);
	assert_memory_equal(answers, migration.answer, sizeof(answers));
	migration_free(&migration);
}

/* The value of a register in KVM's lists, for changing it. */
static inline u32 *leaf_register(struct host *host, u32 leaf, u32 subleaf,
				 enum vi_cpuid_register reg)
{
	struct kvm_cpuids *list = &host->system.kvm.cpuid[KVM_CPUID_SUPPORTED];
	size_t i;

	for (i = 0; i < list->count; i++)
		if (list->list[i].leaf == leaf &&
		    list->list[i].subleaf == subleaf)
			return &list->list[i].reg[reg];
	fail_msg("no leaf 0x%x.%u", leaf, subleaf);
	return NULL;
}

static inline uint64_t *msr_value(struct host *host, u32 address)
{
	struct kvm_caps *caps = &host->system.kvm;
	size_t i;

	for (i = 0; i < caps->msr_count; i++)
		if (caps->msrs[i].index == address)
			return &caps->msrs[i].value;
	fail_msg("no MSR 0x%x", address);
	return NULL;
}

static inline u64 get(struct host *host, const struct comparison *comparison)
{
	const struct register_info *info;

	if (comparison->reg == NR_REGISTERS)
		return *leaf_register(host, vi_leaves[comparison->leaf].leaf,
				      vi_leaves[comparison->leaf].subleaf,
				      comparison->output);
	info = register_info(comparison->reg);
	if (info->class == REGISTER_MSR)
		return *msr_value(host, info->address);
	return *leaf_register(host,
			      info->class == REGISTER_HYPERVISOR ?
				      0x40000000 + info->address :
				      info->address,
			      info->subleaf, info->reg);
}

static inline void set(struct host *host, const struct comparison *comparison,
		       u64 value)
{
	const struct register_info *info;

	if (comparison->reg == NR_REGISTERS) {
		*leaf_register(host, vi_leaves[comparison->leaf].leaf,
			       vi_leaves[comparison->leaf].subleaf,
			       comparison->output) = (u32)value;
		return;
	}
	info = register_info(comparison->reg);
	if (info->class == REGISTER_MSR)
		*msr_value(host, info->address) = value;
	else
		*leaf_register(host,
			       info->class == REGISTER_HYPERVISOR ?
				       0x40000000 + info->address :
				       info->address,
			       info->subleaf, info->reg) = (u32)value;
}

static inline u64 lowest(u64 bits)
{
	return bits & -bits;
}

#endif
