// SPDX-License-Identifier: GPL-2.0-only
#include "model/above.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/decode.h"
#include "base/safe.h"

#define HYPERVISOR_BIT 31 /* of leaf 1 ECX */
#define HV_STEP	       0x100

/* The two features and the flag that VirtualBox tells where it says KVM. */
#define VIRTUALBOX_KVM_FEATURES 0x01000089
/* Of Xen's feature bits: this is the initial domain. */
#define XENFEAT_DOM0 11

/* The letters that tell a signature, wherever blanks pad it. */
static const struct {
	const char *letters;
	enum above_kind kind;
} signatures[] = {
	/* A first range of another's interface is common: the own name wins. */
	{ "VBoxVBox", ABOVE_VIRTUALBOX },
	{ "XenVMM", ABOVE_XEN },
	{ "VMware", ABOVE_VMWARE },
	{ "lrpepyh", ABOVE_PARALLELS },
	{ "prl hyperv", ABOVE_PARALLELS },
	{ "TCGTCG", ABOVE_TCG },
	{ "bhyve", ABOVE_BHYVE },
	{ "BHyVE", ABOVE_BHYVE },
	{ "ACRN", ABOVE_ACRN },
	{ "Jailhouse", ABOVE_JAILHOUSE },
	{ "KVMKVM", ABOVE_KVM },
	{ "Linux KVM", ABOVE_KVM },
	{ "Microsoft Hv", ABOVE_HYPERV },
};

const char *above_name(enum above_kind kind)
{
	static const char *const names[] = {
		[ABOVE_NONE] = "no hypervisor",
		[ABOVE_KVM] = "KVM",
		[ABOVE_TCG] = "QEMU's emulator (TCG)",
		[ABOVE_HYPERV] = "Hyper-V",
		[ABOVE_XEN] = "Xen",
		[ABOVE_VMWARE] = "VMware",
		[ABOVE_VIRTUALBOX] = "VirtualBox",
		[ABOVE_PARALLELS] = "Parallels",
		[ABOVE_BHYVE] = "bhyve",
		[ABOVE_ACRN] = "ACRN",
		[ABOVE_JAILHOUSE] = "Jailhouse",
		[ABOVE_OTHER] = "an unknown hypervisor",
	};

	return names[kind];
}

static bool has(const char *text, const char *part)
{
	return text && strstr(text, part);
}

static void seen_signature(struct above *above, const struct vi_hv_leaf *leaf)
{
	char signature[13] = "", safe[SAFE_SIZE(12)];
	size_t i, rank = sizeof(signatures) / sizeof(signatures[0]);
	enum above_kind before = above->kind;
	size_t used = strlen(above->seen);

	vi_hv_signature(leaf, signature);
	safe_bytes(safe, sizeof(safe), signature, strlen(signature));
	if (above->kind == ABOVE_NONE || above->kind == ABOVE_OTHER)
		above->kind = ABOVE_OTHER;
	for (i = 0; i < rank; i++)
		if (strstr(signature, signatures[i].letters))
			break;
	if (i < rank &&
	    (above->kind == ABOVE_OTHER || above->kind == ABOVE_HYPERV))
		above->kind = signatures[i].kind;
	if (!used)
		snprintf(above->seen, sizeof(above->seen),
			 "CPUID 0x%08x names it \"%s\"", leaf->leaf, safe);
	else if (above->kind != before)
		snprintf(above->seen + used, sizeof(above->seen) - used,
			 ", 0x%08x \"%s\"", leaf->leaf, safe);
}

/* Xen tells the domain's number to HVM and PVH domains; 0 is dom0. */
static bool xen_domain_0(const struct host_group *group)
{
	struct field_value domain =
		field_value(group, FIELD_HV_XEN_4_0_ECX_domid);

	return field_answer(group, FIELD_HV_XEN_4_0_EAX_domid_present) ==
		       ANSWER_YES &&
	       domain.known && !domain.number;
}

static void rules(struct above *above, const char *how)
{
	above->privileged = true;
	snprintf(above->ruling, sizeof(above->ruling), "%s", how);
}

static void from_group(struct above *above, const struct host_group *group)
{
	unsigned int i;

	/* While the bit is clear those leaves are another leaf's data. */
	if (!vi_leaf_bit(&group->sample, VI_L1, VI_ECX, HYPERVISOR_BIT))
		return;
	above->guest = true;
	if (above->kind == ABOVE_NONE)
		above->kind = ABOVE_OTHER;
	for (i = 0; i < group->hv.count; i++)
		if (!(group->hv.leaves[i].leaf % HV_STEP))
			seen_signature(above, &group->hv.leaves[i]);
	/* Others who speak its interface may say so too, and rule nothing. */
	if (above->kind == ABOVE_HYPERV &&
	    field_answer(group, FIELD_HV_HYPERV_3_0_EBX_create_partitions) ==
		    ANSWER_YES)
		rules(above,
		      "Hyper-V lets this partition create others (0x40000003 EBX bit 0): it is the root");
	else if (field_answer(group, FIELD_HV_ACRN_1_0_EAX_privileged_vm) ==
		 ANSWER_YES)
		rules(above,
		      "ACRN says that this is its service VM (0x40000001 EAX bit 0)");
	else if (xen_domain_0(group))
		rules(above, "Xen says that this is domain 0");
}

static void from_xen_facts(struct above *above, const struct facts *facts)
{
	const char *domain = facts_get(facts, "xen domain");
	const char *type = facts_get(facts, "xen guest type");
	const char *capabilities = facts_get(facts, "xen capabilities");
	const char *features = facts_get(facts, "xen features");
	const char *hypervisor = facts_get(facts, "hypervisor type");

	if (!domain && !type && !has(hypervisor, "xen"))
		return;
	above->guest = true;
	above->kind = ABOVE_XEN;
	if (!above->seen[0])
		snprintf(above->seen, sizeof(above->seen),
			 "the kernel says that it runs on Xen");
	above->paravirtual = (domain && !strncmp(domain, "pv", 2) &&
			      strncmp(domain, "pvh", 3)) ||
			     (type && !strcmp(type, "PV"));
	if (has(domain, "initial"))
		rules(above,
		      "the kernel says that this is Xen's initial domain (dom0)");
	else if (has(capabilities, "control_d"))
		rules(above,
		      "/proc/xen/capabilities has control_d: this is dom0");
	else if (features && strtoull(features, NULL, 16) >> XENFEAT_DOM0 & 1)
		rules(above, "Xen's feature bit 11 (dom0) is set");
}

/* What says KVM may be another: the machine's own name tells them apart. */
static void kind_from_names(struct above *above, const char *vendor,
			    const char *product)
{
	if (has(product, "VirtualBox") || has(vendor, "innotek"))
		above->kind = ABOVE_VIRTUALBOX;
	else if (has(vendor, "Parallels") || has(product, "Parallels"))
		above->kind = ABOVE_PARALLELS;
	else if (above->kind == ABOVE_OTHER && has(vendor, "VMware"))
		above->kind = ABOVE_VMWARE;
	else if (above->kind == ABOVE_OTHER && has(vendor, "Xen"))
		above->kind = ABOVE_XEN;
}

static void from_names(struct above *above, const struct host *host)
{
	const char *vendor = facts_get(host->facts, "dmi sys_vendor");
	const char *product = facts_get(host->facts, "dmi product_name");

	/* Hyper-V's root in one of them has Hyper-V above it all the same. */
	if (!above->privileged)
		kind_from_names(above, vendor, product);
	if (has(vendor, "Amazon EC2"))
		above->cloud = CLOUD_AMAZON;
	else if (has(vendor, "Google"))
		above->cloud = CLOUD_GOOGLE;
	else if (above->kind == ABOVE_HYPERV &&
		 has(facts_get(host->facts, "dmi chassis_asset_tag"),
		     "7783-7084-3265-9085-8269-3286-77"))
		above->cloud = CLOUD_AZURE;
}

static void virtualbox_as_kvm(struct above *above,
			      const struct host_group *group)
{
	struct register_value features =
		register_value(group, REG_HV_KVM_1_0_EAX);

	if (above->kind == ABOVE_KVM && features.status == VI_READ &&
	    features.value == VIRTUALBOX_KVM_FEATURES)
		above->kind = ABOVE_VIRTUALBOX;
}

static bool tdx_guest(const struct host_group *group)
{
	const u32 *reg = group->sample.leaf[VI_L21];

	return group->sample.leaf_status[VI_L21] == VI_READ &&
	       !memcmp(&reg[VI_EBX], "Inte", 4) &&
	       !memcmp(&reg[VI_EDX], "lTDX", 4) &&
	       !memcmp(&reg[VI_ECX], "    ", 4);
}

struct above above_of(const struct host *host)
{
	const char *cell = facts_get(host->facts, "jailhouse enabled");
	struct above above = { 0 };
	size_t i;

	for (i = 0; i < host->nr_groups; i++) {
		from_group(&above, host->groups[i]);
		if (above.guest)
			virtualbox_as_kvm(&above, host->groups[i]);
		if (above.guest && tdx_guest(host->groups[i]))
			above.trusted = true;
	}
	from_xen_facts(&above, host->facts);
	if (above.guest)
		from_names(&above, host);
	/* Only the root cell has the driver's file. */
	if (above.kind == ABOVE_JAILHOUSE && cell && !strcmp(cell, "1"))
		rules(&above,
		      "/sys/devices/jailhouse/enabled is 1: this is the root cell");
	if (above.guest && !above.seen[0])
		snprintf(above.seen, sizeof(above.seen),
			 "CPUID 0x00000001 ECX bit 31 (hypervisor) is set");
	return above;
}
