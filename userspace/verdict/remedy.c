// SPDX-License-Identifier: GPL-2.0-only
/* Advice that depends on where this system runs. */
#include "verdict/stage.h"

#include <string.h>

#include "model/tool_words.h"

static const struct nesting_advice by_nesting[NR_NESTINGS] = {
#define NESTING_ADVICE(nesting, has, gets, shows)                              \
	[NESTING_##nesting] = { .nested = has, .whole = gets, .model = shows },
#include "tables/advice.def"
};

static const char *const services[NR_SERVICES] = {
#define SERVICE_ADVICE(service, nested) [SERVICE_##service] = nested,
#include "tables/advice.def"
};

const struct nesting_advice *nesting_advice(const struct stage *stage)
{
	enum hypervisor_product product = stage->v->hypervisor->product;

	return &by_nesting[hypervisor_nesting(product)];
}

static void remedy_nesting(struct stage *stage)
{
	enum hypervisor_product product = stage->v->hypervisor->product;

	if (hypervisor_nesting(product) == NESTING_NONE)
		stage_remedy(
			stage,
			"%s has no nested virtualization: use another host.",
			hypervisor_name(product));
	else
		stage_remedy(stage, "%s", nesting_advice(stage)->nested);
}

void remedy_nested(struct stage *stage)
{
	const struct hypervisor *hypervisor = stage->v->hypervisor;

	if (hypervisor->tdx)
		stage_remedy(
			stage,
			"A TDX trusted domain is never offered VMX: use an ordinary virtual machine or the host.");
	else if (stage->v->system->log[LOG_GUEST_OF_SEV])
		stage_remedy(
			stage,
			"A guest with encrypted memory (SEV, a confidential VM) cannot run KVM: take one without it. Then: %s",
			hypervisor->service != SERVICE_NONE ?
				services[hypervisor->service] :
				nesting_advice(stage)->nested);
	else if (hypervisor->paravirtual)
		stage_remedy(
			stage,
			"A Xen PV guest is never offered it: make this an HVM guest with nestedhvm=1.");
	else if (hypervisor->user_mode)
		stage_remedy(
			stage,
			"Software KVM (kvm_pvm) cannot offer it: this machine needs a host whose KVM uses VMX or SVM (kvm_intel, kvm_amd).");
	else if (hypervisor->service != SERVICE_NONE)
		stage_remedy(stage, "%s", services[hypervisor->service]);
	else
		remedy_nesting(stage);
}

void remedy_guest_or_root(struct stage *stage)
{
	stage_remedy(
		stage,
		"If it is a guest: %s If it is the root partition: make guests with Hyper-V, or turn it off (bcdedit /set hypervisorlaunchtype off) and restart.",
		nesting_advice(stage)->nested);
}

/* Without VMX or SVM Xen runs PV guests; only dom0 is told which it can. */
static void remedy_xen(struct stage *stage)
{
	const struct system *system = stage->v->system;

	if (!system->xen_guests_known)
		stage_remedy(
			stage,
			"Make guests with Xen's own tools (xl, or libvirt's Xen driver); xl info shows whether Xen has VMX or SVM (virt_caps: hvm). Or choose the entry without Xen in the boot menu.");
	else if (system->xen_makes_hvm)
		stage_remedy(
			stage,
			"Make guests with Xen's own tools (xl, or libvirt's Xen driver), or choose the entry without Xen in the boot menu.");
	else
		stage_remedy(
			stage,
			"Xen has neither VMX nor SVM here, so it can make PV guests only: turn VT-x (AMD: SVM) on in the firmware setup, and power-cycle.");
}

void remedy_owned(struct stage *stage)
{
	enum hypervisor_product product = stage->v->hypervisor->product;

	if (product == HYPERVISOR_HYPERV)
		stage_remedy(
			stage,
			"Under Windows: Hyper-V, Virtual Machine Platform, WSL 2 and memory integrity (core isolation) all start it; turn them off, or bcdedit /set hypervisorlaunchtype off, and restart. Under Linux use /dev/mshv (Cloud Hypervisor does).");
	else if (product == HYPERVISOR_XEN)
		remedy_xen(stage);
	else if (product == HYPERVISOR_ACRN)
		stage_remedy(stage,
			     "Make guests with acrn-dm in this service VM.");
	else if (product == HYPERVISOR_JAILHOUSE)
		stage_remedy(stage, "As root: jailhouse disable.");
}

void remedy_firmware(struct stage *stage)
{
	if (stage->v->extension == VI_NO_EXTENSION)
		stage_remedy(
			stage,
			"Turn virtualization on in the firmware setup, save and power-cycle: a warm restart may keep the lock. It is called VT-x or Virtualization Technology (Intel), SVM Mode, AMD-V or SVM (AMD), most often under Advanced, CPU Configuration, or under Security. If it is on already, update the firmware; without such an entry ask the machine's maker.");
	else if (stage->v->extension == VI_SVM)
		stage_remedy(
			stage,
			"Turn SVM on in the firmware setup, save and power-cycle: a warm restart may keep the lock. It is called SVM Mode, SVM, AMD-V, Secure Virtual Machine or Virtualization, most often under Advanced, CPU Configuration or Overclocking, or under Security. If it is on already, update the firmware; without such an entry ask the machine's maker.");
	else
		stage_remedy(
			stage,
			"Turn VT-x on in the firmware setup, save and power-cycle: a warm restart may keep the lock. It is called Intel Virtualization Technology, VT-x, VMX, Virtualization Technology or Vanderpool, most often under Advanced, CPU Configuration, or under Security. If it is on already, update the firmware; without such an entry ask the machine's maker.");
}

void remedy_locked_guest(struct stage *stage)
{
	if (stage->v->hypervisor->product == HYPERVISOR_KVM &&
	    stage->v->hypervisor->service == SERVICE_NONE)
		stage_remedy(
			stage,
			"Nothing inside this guest can change it: ask whoever runs the host to look at nested and at the virtual machine's firmware. SeaBIOS and OVMF lock the register as the host tells them; a newer QEMU and firmware set it right (fw_cfg msr_feature_control).");
	else
		remedy_nested(stage);
}

/* HAXM is for Windows and macOS, and says so where it is macOS. */
bool is_windows(const struct verdict_context *v)
{
	const char *product = facts_get(v->host->facts, "os product");

	if (product)
		return !strncmp(product, "Windows", strlen("Windows"));
	return tool_spoke(v->system, "coreinfo") ||
	       tool_spoke(v->system, "haxm");
}

void remedy_windows_hypervisor(struct stage *stage)
{
	stage_remedy(
		stage,
		"On that machine: bcdedit /set hypervisorlaunchtype off, restart, and look again (coreinfo -v). If VMX or SVM shows then, it was Windows' own hypervisor (Hyper-V, WSL 2, memory integrity); if not, Windows is a virtual machine. With auto in place of off it is as before.");
}

void remedy_evidence(struct stage *stage)
{
	if (is_windows(stage->v))
		stage_remedy(
			stage,
			"On that machine systeminfo says, under Hyper-V Requirements, whether virtualization is enabled in firmware.");
	else if (host_is_live(stage->v->host))
		stage_remedy(
			stage,
			"Load virtinfo.ko, or run as root with the module msr loaded, and look again; without --no-run a test guest proves it.");
	else
		stage_remedy(
			stage,
			"On that machine run \"virtinfo capture\" (best with virtinfo.ko loaded, or as root with the module msr) and judge the file that it writes.");
}
