// SPDX-License-Identifier: GPL-2.0-only
/* What KVM can give to a virtual CPU, as facts and back. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/errname.h"
#include "base/number.h"
#include "model/kvm_facts.h"
#include "model/system_keys.h"

static const char *const list_keys[NR_KVM_CPUID_LISTS] = {
	[KVM_CPUID_SUPPORTED] = "kvm cpuid",
	[KVM_CPUID_EMULATED] = "kvm emulated cpuid",
	[KVM_CPUID_HYPERV] = "kvm hyper-v cpuid",
};

static int add_leaf(struct facts *facts, const char *list,
		    const struct kvm_cpuid_leaf *leaf)
{
	char key[64];

	snprintf(key, sizeof(key), "%s 0x%08" PRIx32 " 0x%" PRIx32, list,
		 leaf->leaf, leaf->subleaf);
	return facts_format(
		facts, key,
		"0x%08" PRIx32 " 0x%08" PRIx32 " 0x%08" PRIx32 " 0x%08" PRIx32,
		leaf->reg[0], leaf->reg[1], leaf->reg[2], leaf->reg[3]);
}

static int add_list(struct facts *facts, const char *key,
		    const struct kvm_cpuids *cpuids)
{
	char error[ERRNAME_SIZE];

	if (!cpuids->known)
		return 0;
	if (cpuids->error)
		return facts_add(facts, key,
				 errname_format(error, cpuids->error));
	if (!cpuids->count)
		return facts_add(facts, key, "none");
	for (size_t i = 0; i < cpuids->count; i++)
		if (add_leaf(facts, key, &cpuids->list[i]))
			return -1;
	return 0;
}

int kvm_facts_write_offer(struct facts *facts, const struct kvm_caps *caps)
{
	for (int list = 0; list < NR_KVM_CPUID_LISTS; list++)
		if (add_list(facts, list_keys[list], &caps->cpuid[list]))
			return -1;
	if (caps->tsc_khz &&
	    facts_format(facts, "kvm tsc khz", "%" PRIu32, caps->tsc_khz))
		return -1;
	return caps->xcomp_known ? facts_format(facts, "kvm xcomp guest",
						"0x%" PRIx64, caps->xcomp) :
				   0;
}

static bool take_u32(const char **at, uint32_t *number)
{
	uint64_t wide;

	if (!take_text(at, "0x") || !take_number(at, 16, UINT32_MAX, &wide))
		return false;
	*number = (uint32_t)wide;
	return true;
}

/* "0x00000007 0x1": false where the key has no such two. */
static bool parse_leaf_name(struct kvm_cpuid_leaf *leaf, const char *text)
{
	return take_u32(&text, &leaf->leaf) && take_text(&text, " ") &&
	       take_u32(&text, &leaf->subleaf) && !*text;
}

static bool parse_outputs(struct kvm_cpuid_leaf *leaf, const char *text)
{
	for (int reg = 0; reg < 4; reg++)
		if ((reg && !take_text(&text, " ")) ||
		    !take_u32(&text, &leaf->reg[reg]))
			return false;
	return !*text;
}

static enum parsed parse_leaf(const struct parsing *at,
			      enum kvm_cpuid_list which)
{
	struct kvm_caps *caps = &at->system->kvm;
	struct kvm_cpuid_leaf leaf;

	if (!parse_leaf_name(&leaf, at->name.text))
		return PARSED;
	if (!parse_outputs(&leaf, at->value))
		return looks_like_number(at->value) ? PARSED_BAD : PARSED;
	if (caps->cpuid[which].count >= KVM_CPUID_LIST_MAX ||
	    kvm_caps_cpuid(caps, which, leaf.leaf, leaf.subleaf))
		return PARSED_BAD;
	return kvm_caps_add_cpuid(caps, which, &leaf) ? PARSED_NO_MEMORY :
							PARSED;
}

static enum parsed parse_list(const struct parsing *at,
			      enum kvm_cpuid_list which)
{
	struct kvm_cpuids *cpuids = &at->system->kvm.cpuid[which];
	int error = errname_parse(at->value);

	if (error < 0 || looks_like_number(at->value))
		return PARSED_BAD;
	cpuids->error = error;
	cpuids->known |= error || !strcmp(at->value, "none");
	return PARSED;
}

enum parsed parse_kvm_cpuid(const struct parsing *at)
{
	return parse_leaf(at, KVM_CPUID_SUPPORTED);
}

enum parsed parse_kvm_emulated_cpuid(const struct parsing *at)
{
	return parse_leaf(at, KVM_CPUID_EMULATED);
}

enum parsed parse_kvm_hyperv_cpuid(const struct parsing *at)
{
	return parse_leaf(at, KVM_CPUID_HYPERV);
}

enum parsed parse_kvm_cpuid_list(const struct parsing *at)
{
	return parse_list(at, KVM_CPUID_SUPPORTED);
}

enum parsed parse_kvm_emulated_cpuid_list(const struct parsing *at)
{
	return parse_list(at, KVM_CPUID_EMULATED);
}

enum parsed parse_kvm_hyperv_cpuid_list(const struct parsing *at)
{
	return parse_list(at, KVM_CPUID_HYPERV);
}

enum parsed parse_kvm_tsc(const struct parsing *at)
{
	uint64_t khz;

	if (!parse_u64(at->value, UINT32_MAX, &khz))
		return looks_like_number(at->value) ? PARSED_BAD : PARSED;
	at->system->kvm.tsc_khz = (uint32_t)khz;
	return PARSED;
}

enum parsed parse_kvm_xcomp(const struct parsing *at)
{
	struct kvm_caps *caps = &at->system->kvm;

	caps->xcomp_known = parse_hex(at->value, UINT64_MAX, &caps->xcomp);
	return caps->xcomp_known || !looks_like_number(at->value) ? PARSED :
								    PARSED_BAD;
}
