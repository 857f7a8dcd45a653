// SPDX-License-Identifier: GPL-2.0-only
/* Signatures that more than one product has. */
#include "model/hypervisor_detection.h"

#include <string.h>

#include "base/array.h"

/*
 * VirtualBox's KVM interface offers the two clock sources and PV unhalt, and
 * says that the clock is stable where the host's is.
 */
#define VIRTUALBOX_FEATURES 0x00000089
#define KVM_CLOCK_STABLE    0x01000000

/*
 * Services that need KVM's own handling of memory and interrupts: asynchronous
 * page faults (bits 4 and 14) and inter-processor interrupts by hypercall (11).
 */
#define KVM_OWN_FEATURES 0x00004810

/*
 * Privileges of Hyper-V that those who imitate it do not grant: registers of
 * other virtual processors (bit 17) and starting them (21), 0x40000003 EBX.
 */
#define HYPERV_OWN_PRIVILEGES 0x00220000

/*
 * A range of Hyper-V beside one of another's own: that other imitates
 * Hyper-V for Windows guests.
 */
void hypervisor_resolve_imitation(struct detection *d)
{
	struct hypervisor *hypervisor = d->hypervisor;
	struct hypervisor_layer *hyperv =
		hypervisor_signed_layer(hypervisor, HYPERVISOR_HYPERV);

	if (!hyperv)
		return;
	ARRAY_EACH(other, hypervisor->layers, hypervisor->count) {
		if (other == hyperv || other->leaf < VI_HV_FIRST ||
		    other->product == HYPERVISOR_HYPERV ||
		    other->product == HYPERVISOR_UNNAMED)
			continue;
		hyperv->certainty = LAYER_INTERFACE;
		layer_say_signature(hyperv,
				    ", and 0x%08x \"%s\": %s imitates Hyper-V",
				    other->leaf, other->signature,
				    hypervisor_name(other->product));
		return;
	}
}

/* Do the machine's names say what runs in that layer? */
static bool dmi_known(const struct detection *d,
		      const struct hypervisor_layer *layer)
{
	return !layer->outer && (facts_get(d->host->facts, "dmi sys_vendor") ||
				 facts_get(d->host->facts, "dmi product_name"));
}

static bool only_virtualbox_features(const struct register_value *features)
{
	return features->status == VI_READ &&
	       (features->value & ~(u64)KVM_CLOCK_STABLE) ==
		       VIRTUALBOX_FEATURES;
}

/* KVM's signature is also VirtualBox's and Parallels'. */
void hypervisor_resolve_kvm(struct detection *d)
{
	struct hypervisor_layer *kvm =
		hypervisor_signed_layer(d->hypervisor, HYPERVISOR_KVM);
	struct register_value features;
	enum hypervisor_product named;

	if (!kvm || !strcmp(kvm->signature, "Linux KVM Hv"))
		return;
	features = register_value(d->group, REG_HV_KVM_1_0_EAX);
	named = kvm->outer ? HYPERVISOR_NONE : d->named;
	if (named == HYPERVISOR_VIRTUALBOX || named == HYPERVISOR_PARALLELS) {
		kvm->product = named;
		layer_say_signature(kvm,
				    ", but the machine calls itself %s (DMI)",
				    hypervisor_name(named));
	} else if (only_virtualbox_features(&features) &&
		   named != HYPERVISOR_NONE) {
		kvm->certainty = LAYER_LIKELY;
		layer_say_signature(
			kvm,
			", with just the features that VirtualBox offers (0x%08x), but the machine calls itself %s (DMI)",
			(unsigned int)features.value, hypervisor_name(named));
	} else if (only_virtualbox_features(&features)) {
		kvm->product = HYPERVISOR_VIRTUALBOX;
		layer_say_signature(
			kvm,
			", but with the features that VirtualBox offers (0x%08x)",
			(unsigned int)features.value);
	} else if (dmi_known(d, kvm)) {
		return;
	} else if (features.status == VI_READ &&
		   features.value & KVM_OWN_FEATURES) {
		kvm->certainty = LAYER_LIKELY;
		layer_say_signature(
			kvm,
			", with asynchronous page faults or hypercalls for interrupts (0x%08x); no DMI strings rule Parallels out",
			(unsigned int)features.value);
	} else {
		kvm->certainty = LAYER_CANNOT_TELL;
		layer_say_signature(
			kvm,
			"; Parallels has been seen to say the same, and there are no DMI strings to tell");
	}
}

/* Hyper-V's own signature and nothing else: the real one or an imitation? */
void hypervisor_resolve_hyperv(struct detection *d)
{
	struct hypervisor_layer *hyperv =
		hypervisor_signed_layer(d->hypervisor, HYPERVISOR_HYPERV);
	enum hypervisor_product named;
	struct register_value privileges;

	if (!hyperv || hyperv->certainty == LAYER_INTERFACE ||
	    d->hypervisor->privileged == ANSWER_YES)
		return;
	named = hyperv->outer ? HYPERVISOR_NONE : d->named;
	if (named == HYPERVISOR_HYPERV)
		return;
	if (named != HYPERVISOR_NONE) {
		layer_say_signature(
			hyperv,
			", but the machine calls itself %s (DMI), which can imitate it",
			hypervisor_name(named));
		hyperv->product = named;
		return;
	}
	privileges = register_value(d->group, REG_HV_HYPERV_3_0_EBX);
	if (privileges.status == VI_READ &&
	    (privileges.value & HYPERV_OWN_PRIVILEGES) ==
		    HYPERV_OWN_PRIVILEGES) {
		hyperv->certainty = LAYER_LIKELY;
		layer_say_signature(
			hyperv,
			", with privileges that those who imitate it do not grant (0x40000003 EBX 0x%08x)",
			(unsigned int)privileges.value);
		return;
	}
	hyperv->certainty = LAYER_CANNOT_TELL;
	layer_say_signature(
		hyperv, "; KVM, VirtualBox and others can say the same, and %s",
		dmi_known(d, hyperv) ? "the DMI strings name none of them" :
				       "there are no DMI strings to tell");
}
