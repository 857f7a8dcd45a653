// SPDX-License-Identifier: GPL-2.0-only
#include "verdict/sharing.h"

#include <stddef.h>

#include "base/release.h"
#include "types.h"
#include "verdict/stage.h"

/*
 * From which version and kernel on, the newest first.
 *
 * KVM exports kvm_enable_virtualization() from 6.16 on, which vboxdrv 7.2 calls
 * (VirtualBox SUPDrv-linux.c). 7.2.10 leaves it to KVM, and guests end with
 * VERR_SVM_HOST_SVME_NOT_ENABLED where KVM is loaded with enable_virt_at_load=0
 * (VirtualBox issues 711 and 713).
 */
static const struct {
	int version;
	int kernel;
	enum virtualbox_way way;
} ways[] = {
	{ PROGRAM_VERSION(7, 2, 10), KERNEL_RELEASE(6, 16),
	  VIRTUALBOX_NEEDS_KVM },
	{ PROGRAM_VERSION(7, 2, 0), KERNEL_RELEASE(6, 16),
	  VIRTUALBOX_ASKS_KVM },
	{ 0, 0, VIRTUALBOX_TAKES_IT },
};

/* vboxdrv builds on this kernel from that version on (VirtualBox issue 708). */
#define KERNEL_FOR_7_2_10 KERNEL_RELEASE(7, 1)

static int version_of(const struct system *system)
{
	const struct module *module = system_module(system, "vboxdrv");

	if (!module->version && module->state == MODULE_STATE_LOADED &&
	    system->release >= KERNEL_FOR_7_2_10)
		return PROGRAM_VERSION(7, 2, 10);
	return module->version;
}

enum virtualbox_way virtualbox_way(const struct system *system)
{
	int version = version_of(system);
	size_t i;

	if (!system->release)
		return VIRTUALBOX_UNKNOWN;
	if (!version)
		return system->release < KERNEL_RELEASE(6, 16) ?
			       VIRTUALBOX_TAKES_IT :
			       VIRTUALBOX_UNKNOWN;
	for (i = 0; i < ARRAY_SIZE(ways); i++)
		if (version >= ways[i].version &&
		    system->release >= ways[i].kernel)
			return ways[i].way;
	return VIRTUALBOX_UNKNOWN;
}

bool kvm_holds_at_load(const struct system *system)
{
	return system->release >= KERNEL_ENABLES_AT_LOAD &&
	       system->enable_virt_at_load != PARAMETER_OFF;
}

static const char *vendor(const struct stage *stage)
{
	return stage->v->vendor_module ? stage->v->vendor_module :
					 "kvm_intel or kvm_amd";
}

#define BUILTIN_TAKES_IT                                                       \
	"Since Linux 6.12 KVM takes it when it starts, and it is built into this kernel: to run this VirtualBox add kvm.enable_virt_at_load=0 to the kernel's command line and restart, and run guests of one hypervisor at a time."

/* As it was up to Linux 6.11. */
#define KVM_LEAVES_IT                                                          \
	"With enable_virt_at_load=0 KVM takes it with its first guest and gives it back with the last: shut down the other hypervisor's guests, and run guests of one at a time."

static void remedy_virtualbox(struct stage *stage)
{
	switch (virtualbox_way(stage->v->system)) {
	case VIRTUALBOX_NEEDS_KVM:
		stage_remedy(
			stage,
			"This VirtualBox gets it from KVM: load kvm without enable_virt_at_load=0 (remove it from /etc/modprobe.d and from the kernel's command line), or unload %s. Run guests of one hypervisor at a time.",
			vendor(stage));
		break;
	case VIRTUALBOX_ASKS_KVM:
		stage_remedy(
			stage,
			"This VirtualBox asks KVM for it: shut down the guests of the other hypervisor, and run guests of one at a time.");
		break;
	case VIRTUALBOX_TAKES_IT:
		if (!kvm_holds_at_load(stage->v->system)) {
			stage_remedy(stage, KVM_LEAVES_IT);
			break;
		}
		if (stage->v->vendor->state == MODULE_STATE_BUILTIN) {
			stage_remedy(stage, BUILTIN_TAKES_IT);
			break;
		}
		stage_remedy(
			stage,
			"Since Linux 6.12 KVM takes it when it loads: to run this VirtualBox unload %s, or load kvm with enable_virt_at_load=0 (kernel command line: kvm.enable_virt_at_load=0), and run guests of one hypervisor at a time.",
			vendor(stage));
		break;
	default:
		stage_remedy(
			stage,
			"Run guests of one hypervisor at a time. VirtualBox before 7.2 needs kvm loaded with enable_virt_at_load=0 or %s unloaded; from 7.2.10 on it must not be loaded with enable_virt_at_load=0.",
			vendor(stage));
		break;
	}
}

void remedy_virtualbox_version(struct stage *stage)
{
	stage_remedy(
		stage,
		"VBoxManage --version tells: before 7.2 VirtualBox needs kvm loaded with enable_virt_at_load=0, or %s unloaded; from 7.2.10 on kvm must not be loaded with enable_virt_at_load=0.",
		vendor(stage));
}

void remedy_sharing(struct stage *stage)
{
	const struct system *system = stage->v->system;

	if (!system->release)
		stage_remedy(
			stage,
			"KVM and another hypervisor cannot run guests at the same time: shut down the guests of the other one.");
	else if (system->release < KERNEL_ENABLES_AT_LOAD)
		stage_remedy(
			stage,
			"Up to Linux 6.11 KVM takes the extension with its first guest and gives it back with the last: shut down the other hypervisor's guests, and run guests of one at a time.");
	else if (has_module(stage->v, "vboxdrv"))
		remedy_virtualbox(stage);
	else if (!kvm_holds_at_load(system))
		stage_remedy(stage, KVM_LEAVES_IT);
	else
		stage_remedy(
			stage,
			"Since Linux 6.12 KVM takes the extension when it loads: to run another hypervisor unload %s, or load kvm with enable_virt_at_load=0 (kernel command line: kvm.enable_virt_at_load=0), and run guests of one at a time.",
			vendor(stage));
	if (system->release >= KERNEL_ENABLES_APART)
		stage_remedy(
			stage,
			"Since Linux 7.1 the kernel itself turns the extension on and counts its users, so that it is on does not prove that a guest runs.");
}
