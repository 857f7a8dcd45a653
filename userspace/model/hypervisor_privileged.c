// SPDX-License-Identifier: GPL-2.0-only
/* Is this system privileged beside its hypervisor? */
#include "model/hypervisor_detection.h"

#include <stdio.h>
#include <string.h>

/* Of Xen's feature bits: this is the initial domain. */
#define XENFEAT_DOM0 11

static void set_privileged(struct detection *d, const char *why)
{
	d->hypervisor->privileged = ANSWER_YES;
	snprintf(d->hypervisor->privileged_why,
		 sizeof(d->hypervisor->privileged_why), "%s", why);
}

/* Xen gives the domain's number to HVM and PVH domains; 0 is dom0. */
static bool xen_domain_0(const struct host_group *group)
{
	struct field_value domain =
		field_value(group, FIELD_HV_XEN_4_0_ECX_domid);

	return field_answer(group, FIELD_HV_XEN_4_0_EAX_domid_present) ==
		       ANSWER_YES &&
	       domain.known && !domain.number;
}

static void judge_xen(struct detection *d)
{
	const struct system *system = &d->host->system;
	const char *detected = facts_get(d->host->facts, "hypervisor detected");

	d->hypervisor->paravirtual =
		system->xen_pv || (detected && !strcmp(detected, "Xen PV"));
	if (d->hypervisor->paravirtual)
		d->hypervisor->user_mode = true;
	if (system->xen_initial)
		set_privileged(
			d,
			"the kernel says that this is Xen's initial domain (dom0)");
	else if (system->xen_control)
		set_privileged(
			d,
			"/proc/xen/capabilities has control_d: this is dom0");
	else if (system->xen_features >> XENFEAT_DOM0 & 1)
		set_privileged(d, "Xen's feature bit 11 (dom0) is set");
	else if (system->xen_guests_known)
		set_privileged(
			d, "Xen says only to dom0 which guests it can make");
	else if (d->group && xen_domain_0(d->group))
		set_privileged(d, "Xen says that this is domain 0");
}

/*
 * Others who speak Hyper-V's interface may set the bit too, and have no root
 * partition. Without the leaf that has it the signature does not decide.
 */
static void judge_hyperv(struct detection *d, const struct hypervisor_layer *in)
{
	struct field_value creates;

	if (in->certainty == LAYER_INTERFACE || !d->group)
		return;
	creates = field_value(d->group,
			      FIELD_HV_HYPERV_3_0_EBX_create_partitions);
	if (creates.known && creates.number)
		set_privileged(
			d,
			"Hyper-V lets this partition create others (0x40000003 EBX bit 0): it is the root");
	else if (!creates.known && d->named == HYPERVISOR_NONE &&
		 hypervisor_by_service(d->host) == SERVICE_NONE)
		d->hypervisor->privileged = ANSWER_UNKNOWN;
}

void hypervisor_judge_privileged(struct detection *d)
{
	const char *cell = facts_get(d->host->facts, "jailhouse enabled");
	struct hypervisor *hypervisor = d->hypervisor;
	const struct hypervisor_layer *hyperv =
		hypervisor_layer_of(hypervisor, HYPERVISOR_HYPERV);

	hypervisor->privileged =
		hypervisor->guest == ANSWER_UNKNOWN ||
				hypervisor_layer_of(hypervisor,
						    HYPERVISOR_UNNAMED) ?
			ANSWER_UNKNOWN :
			ANSWER_NO;
	if (hyperv)
		judge_hyperv(d, hyperv);
	if (hypervisor_layer_of(hypervisor, HYPERVISOR_XEN))
		judge_xen(d);
	if (d->group && hypervisor_layer_of(hypervisor, HYPERVISOR_ACRN) &&
	    field_answer(d->group, FIELD_HV_ACRN_1_0_EAX_privileged_vm) ==
		    ANSWER_YES)
		set_privileged(
			d,
			"ACRN says that this is its service VM (0x40000001 EAX bit 0)");
	/* Only the root cell has the driver's file. */
	if (hypervisor_layer_of(hypervisor, HYPERVISOR_JAILHOUSE) && cell &&
	    !strcmp(cell, "1"))
		set_privileged(
			d,
			"/sys/devices/jailhouse/enabled is 1: this is the root cell");
}
