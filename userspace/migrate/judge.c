// SPDX-License-Identifier: GPL-2.0-only
/* The rules of tables/migration.def that are no comparison of one register. */
#include "migrate/judge.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/safe.h"
#include "summary.h"

static const struct kvm_caps *caps_of(const struct side *side)
{
	return &side->host->system.kvm;
}

/* Both are hosts: what is of a system is not asked of a baseline. */
static bool between_hosts(const struct judging *judging)
{
	return judging->from->host && judging->to->host;
}

static bool vendor_of(const struct side *side, char vendor[SAFE_SIZE(12)])
{
	const struct vi_sample *sample = &side->offer->sample;
	char bytes[12];

	if (sample->leaf_status[VI_L0] != VI_READ)
		return false;
	vi_vendor(sample, bytes);
	safe_bytes(vendor, SAFE_SIZE(12), bytes, sizeof(bytes));
	return true;
}

void judge_vendor(struct judging *judging)
{
	struct objection objection = { OF_NO_REGISTER,
				       .answer = MIGRATION_UNSAFE };
	char from[SAFE_SIZE(12)] = "not known", to[SAFE_SIZE(12)] = "not known";

	if (!vendor_of(judging->from, from) || !vendor_of(judging->to, to))
		objection.answer = MIGRATION_UNKNOWN;
	else if (!strcmp(from, to))
		return;
	judging_object(judging, &objection, from, to);
}

/*
 * Leaves of CPUID that say nothing of features: caches and TLBs (2, 4,
 * 80000005H, 80000006H, 80000019H, 8000001DH), the serial number (3), MONITOR (5),
 * topology (0BH, 1FH, 8000001EH, 80000026H), the brand (80000002H to 4), speed of
 * an FPU (8000001AH), QoS (0FH, 10H, 80000020H).
 */
static bool is_no_feature(u32 leaf)
{
	static const u32 leaves[] = {
		0x2,	    0x3,	0x4,	    0x5,	0xb,
		0xf,	    0x10,	0x1f,	    0x80000002, 0x80000003,
		0x80000004, 0x80000005, 0x80000006, 0x80000019, 0x8000001a,
		0x8000001d, 0x8000001e, 0x80000020, 0x80000026,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(leaves); i++)
		if (leaves[i] == leaf)
			return true;
	return false;
}

static void object_to_leaf(struct judging *judging, const struct raw_leaf *leaf,
			   enum vi_cpuid_register reg, u32 finds)
{
	struct objection objection = {
		.answer = MIGRATION_UNSAFE,
		.reg = NR_REGISTERS,
		.field = NR_FIELDS,
		.leaf = leaf->leaf,
		.subleaf = leaf->subleaf,
		.output = reg,
		.bits = leaf->reg[reg] & ~finds,
	};
	char from[MIGRATION_VALUE], to[MIGRATION_VALUE];

	if (!judging->from->cpuid_from_kvm || !judging->to->cpuid_from_kvm)
		objection.answer = MIGRATION_UNKNOWN;
	snprintf(from, sizeof(from), "0x%x", leaf->reg[reg]);
	snprintf(to, sizeof(to), "0x%x", finds);
	judging_object(judging, &objection, from, to);
}

/*
 * A bit without a name counts. KVM passes none of the processor's leaves on that
 * it does not know, so the processor's say nothing.
 */
void judge_unnamed_leaves(struct judging *judging)
{
	const struct raw_leaves *has = &judging->from->offer->others;
	enum vi_cpuid_register reg;
	size_t i;

	if (!judging->from->cpuid_from_kvm)
		return;
	for (i = 0; i < has->count; i++) {
		const struct raw_leaf *leaf = &has->list[i];
		const struct raw_leaf *other = raw_leaves_find(
			&judging->to->offer->others, leaf->leaf, leaf->subleaf);

		if (is_no_feature(leaf->leaf))
			continue;
		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			if (leaf->reg[reg] & ~(other ? other->reg[reg] : 0))
				object_to_leaf(judging, leaf, reg,
					       other ? other->reg[reg] : 0);
	}
}

/* XTILECFG and XTILEDATA: a guest needs KVM's permission for them. */
#define XCR0_AMX 0x60000ULL

void judge_xcomp(struct judging *judging)
{
	struct objection objection = { OF_NO_REGISTER,
				       .answer = MIGRATION_UNKNOWN };
	struct register_value has =
		register_value(judging->from->offer, REG_CPUID_LD_0_EAX);
	const struct kvm_caps *caps;
	char to[MIGRATION_VALUE] = "not known";

	if (!between_hosts(judging) || has.status != VI_READ ||
	    !(has.value & XCR0_AMX) || !judging->from->cpuid_from_kvm)
		return;
	caps = caps_of(judging->to);
	if (caps->xcomp_known) {
		if (!(has.value & XCR0_AMX & ~caps->xcomp))
			return;
		objection.answer = MIGRATION_UNSAFE;
		snprintf(to, sizeof(to), "0x%" PRIx64, caps->xcomp);
	}
	judging_object(judging, &objection, "AMX", to);
}

/* kvm.tsc_tolerance_ppm as it is where nobody set it. */
#define TSC_TOLERANCE_PPM 250

/* KVM_CAP_TSC_CONTROL */
#define CAP_TSC_CONTROL 60

static enum answer scales_tsc(const struct side *side)
{
	const struct kvm_cap *cap =
		kvm_caps_get(caps_of(side), CAP_TSC_CONTROL);

	if (!cap || !cap->asked || cap->error)
		return ANSWER_UNKNOWN;
	return cap->value > 0 ? ANSWER_YES : ANSWER_NO;
}

static void put_khz(char word[MIGRATION_VALUE], uint32_t khz)
{
	if (khz)
		snprintf(word, MIGRATION_VALUE, "%u.%03u MHz", khz / 1000,
			 khz % 1000);
	else
		snprintf(word, MIGRATION_VALUE, "not known");
}

/* kvm_set_tsc_khz() of arch/x86/kvm/x86.c: what needs scaling, and what has it. */
void judge_tsc(struct judging *judging)
{
	struct objection objection = { OF_NO_REGISTER,
				       .answer = MIGRATION_UNKNOWN };
	char from[MIGRATION_VALUE], to[MIGRATION_VALUE];
	uint64_t has, finds, apart;
	enum answer scales;

	if (!between_hosts(judging))
		return;
	scales = scales_tsc(judging->to);
	if (scales == ANSWER_YES)
		return;
	has = caps_of(judging->from)->tsc_khz;
	finds = caps_of(judging->to)->tsc_khz;
	if (has && finds) {
		apart = has > finds ? has - finds : finds - has;
		if (apart * 1000000 <= finds * TSC_TOLERANCE_PPM)
			return;
		if (scales == ANSWER_NO)
			objection.answer = MIGRATION_UNSAFE;
	}
	put_khz(from, (uint32_t)has);
	put_khz(to, (uint32_t)finds);
	judging_object(judging, &objection, from, to);
}

/* Leaves 40000003H to 40000006H and 4000000AH are features, bit by bit. */
static bool is_hyperv_feature(const struct kvm_cpuid_leaf *leaf)
{
	u32 number = leaf->leaf & 0xff;

	return (number >= 0x3 && number <= 0x4) || number == 0xa;
}

/* EBX of leaf 4 is a number of retries: -1 is never. */
static bool is_hyperv_number(const struct kvm_cpuid_leaf *leaf,
			     enum vi_cpuid_register reg)
{
	return (leaf->leaf & 0xff) == 0x4 && reg == VI_EBX;
}

static void compare_hyperv(struct judging *judging,
			   const struct kvm_cpuid_leaf *has)
{
	const struct kvm_cpuid_leaf *finds =
		kvm_caps_cpuid(caps_of(judging->to), KVM_CPUID_HYPERV,
			       has->leaf, has->subleaf);
	struct raw_leaf leaf = { .leaf = has->leaf, .subleaf = has->subleaf };
	enum vi_cpuid_register reg;

	memcpy(leaf.reg, has->reg, sizeof(leaf.reg));
	for (reg = VI_EAX; reg <= VI_EDX; reg++) {
		u32 there = finds ? finds->reg[reg] : 0;

		if (!is_hyperv_number(has, reg) && has->reg[reg] & ~there)
			object_to_leaf(judging, &leaf, reg, there);
	}
}

/*
 * Of guests that use them: what is not known of Hyper-V's interface is no
 * objection to all others.
 */
void judge_hyperv(struct judging *judging)
{
	const struct kvm_cpuids *has, *finds;
	size_t i;

	if (!between_hosts(judging))
		return;
	has = &caps_of(judging->from)->cpuid[KVM_CPUID_HYPERV];
	finds = &caps_of(judging->to)->cpuid[KVM_CPUID_HYPERV];
	if (!has->known || !finds->known)
		return;
	for (i = 0; i < has->count; i++)
		if (is_hyperv_feature(&has->list[i]))
			compare_hyperv(judging, &has->list[i]);
}

/* KVM_CAP_NESTED_STATE */
#define CAP_NESTED_STATE 157

static const char *nested_state(const struct side *side)
{
	const struct kvm_cap *cap =
		kvm_caps_get(caps_of(side), CAP_NESTED_STATE);

	if (!cap || !cap->asked || cap->error)
		return NULL;
	return cap->value > 0 ? "yes" : "no";
}

void judge_nested_state(struct judging *judging)
{
	struct objection objection = { OF_NO_REGISTER,
				       .answer = MIGRATION_UNKNOWN };
	const char *from, *to;

	if (!between_hosts(judging))
		return;
	from = nested_state(judging->from);
	to = nested_state(judging->to);
	if ((from && !strcmp(from, "no")) || (to && !strcmp(to, "no")))
		objection.answer = MIGRATION_UNSAFE;
	else if (from && to)
		return;
	judging_object(judging, &objection, from ? from : "not known",
		       to ? to : "not known");
}

/* The rate has to be equal where the guest may use the timer. */
void judge_preemption_timer(struct judging *judging)
{
	const enum field_id rate =
		FIELD_IA32_VMX_MISC_preemption_timer_tsc_shift;
	struct objection objection = { .answer = MIGRATION_UNSAFE,
				       .reg = REG_IA32_VMX_MISC,
				       .field = rate,
				       .bits = field_mask(field_info(rate)) };
	struct register_value pin, has, finds;
	char from[MIGRATION_VALUE], to[MIGRATION_VALUE];

	if (!judging->from->msrs_from_kvm || !judging->to->msrs_from_kvm)
		return; /* the other comparisons of VMX_MISC say so */
	pin = register_value(judging->from->offer,
			     REG_IA32_VMX_TRUE_PINBASED_CTLS);
	has = register_value(judging->from->offer, REG_IA32_VMX_MISC);
	finds = register_value(judging->to->offer, REG_IA32_VMX_MISC);
	/* Bit 6: activate the VMX-preemption timer, may be 1. */
	if (!(pin.value >> (32 + 6) & 1) ||
	    !((has.value ^ finds.value) & objection.bits))
		return;
	snprintf(from, sizeof(from), "%llu", has.value & objection.bits);
	snprintf(to, sizeof(to), "%llu", finds.value & objection.bits);
	judging_object(judging, &objection, from, to);
}

/* VM types 2 to 5: SEV, SEV-ES, SEV-SNP, TDX (KVM_X86_..._VM). */
#define CONFIDENTIAL_TYPES 0x3cU

void judge_confidential(struct judging *judging)
{
	struct objection objection = { OF_NO_REGISTER,
				       .answer = MIGRATION_SAFE };
	const struct system *system;

	if (!between_hosts(judging))
		return;
	system = &judging->from->host->system;
	if (system->vm_types_known && system->vm_types & CONFIDENTIAL_TYPES)
		judging_object(judging, &objection, "confidential VM types",
			       "");
}

/* A newer QEMU's machine types are not known to an older one. */
void judge_engine(struct judging *judging)
{
	static const char qemu[] = "qemu-system-x86_64";
	struct objection objection = { OF_NO_REGISTER,
				       .answer = MIGRATION_SAFE };
	const struct program *from, *to;
	char has[SAFE_SIZE(MIGRATION_VALUE)], finds[SAFE_SIZE(MIGRATION_VALUE)];

	if (!between_hosts(judging))
		return;
	from = system_program(&judging->from->host->system, qemu);
	to = system_program(&judging->to->host->system, qemu);
	if (!from || !to || !from->version || !to->version ||
	    from->version <= to->version)
		return;
	safe_bytes(has, sizeof(has), from->version_text,
		   strnlen(from->version_text, MIGRATION_VALUE));
	safe_bytes(finds, sizeof(finds), to->version_text,
		   strnlen(to->version_text, MIGRATION_VALUE));
	judging_object(judging, &objection, has, finds);
}
