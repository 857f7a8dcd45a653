// SPDX-License-Identifier: GPL-2.0-only
/* Advice that depends on where this system runs. */
#include "verdict/stage.h"

#include "kvm/caps.h"

static const char *const nested[NR_NESTINGS] = {
	[NESTING_KVM] =
		"On the KVM host: the module's parameter nested must be Y (kvm_intel.nested, kvm_amd.nested; \"modprobe -r kvm_intel; modprobe kvm_intel nested=1\" with no guest running), and the guest's CPU must be passed through (libvirt: <cpu mode='host-passthrough'/>; QEMU: -cpu host) or name +vmx or +svm.",
	[NESTING_QEMU] =
		"With KVM, on the host: the module's parameter nested must be Y (kvm_intel.nested, kvm_amd.nested), and the guest's CPU must be passed through (libvirt: <cpu mode='host-passthrough'/>; QEMU: -cpu host) or name +vmx or +svm. Without KVM (TCG) start QEMU with -cpu EPYC,+svm or -cpu max.",
	[NESTING_TCG] =
		"QEMU's emulator knows SVM, not VMX: start it with -cpu EPYC,+svm or -cpu max.",
	[NESTING_HYPERV] =
		"On the Hyper-V host, with this machine off: Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions $true.",
	[NESTING_XEN] =
		"On the Xen host: nestedhvm=1 (xl) in the guest's configuration, for an HVM guest with hap.",
	[NESTING_VMWARE] =
		"On the VMware host, with this machine off: \"Expose hardware assisted virtualization to the guest OS\" (vhv.enable = \"TRUE\" in the .vmx file). A Windows host with Hyper-V or memory integrity on cannot give it.",
	[NESTING_VIRTUALBOX] =
		"On the VirtualBox host, with this machine off: VBoxManage modifyvm NAME --nested-hw-virt on (System, Processor, \"Enable Nested VT-x/AMD-V\"). A Windows host with Hyper-V or memory integrity on cannot give it.",
	[NESTING_PARALLELS] =
		"On the Mac, with this machine off: Hardware, CPU & Memory, Advanced, \"Enable nested virtualization\" (prlctl set NAME --nested-virt on); only Macs with an Intel processor have it.",
	[NESTING_ACRN] =
		"In the ACRN scenario give this VM nested virtualization (GUEST_FLAG_NVMX_ENABLED); only one VM can have it.",
	[NESTING_JAILHOUSE] =
		"Jailhouse cells have no nested virtualization; in the root cell: jailhouse disable.",
	[NESTING_OTHER] =
		"Look for \"nested virtualization\" in that hypervisor's manual.",
};

static void remedy_nesting(struct stage *stage)
{
	enum hypervisor_product product = stage->v->hypervisor->product;
	enum hypervisor_nesting nesting = hypervisor_nesting(product);

	if (nesting == NESTING_NONE)
		stage_remedy(
			stage,
			"%s has no nested virtualization: use another host.",
			hypervisor_name(product));
	else
		stage_remedy(stage, "%s", nested[nesting]);
}

static void remedy_cloud(struct stage *stage)
{
	switch (stage->v->hypervisor->cloud) {
	case CLOUD_AMAZON:
		stage_remedy(
			stage,
			"On Amazon EC2 that depends on the instance type: the .metal types give the whole processor.");
		break;
	case CLOUD_GOOGLE:
		stage_remedy(
			stage,
			"On Google Compute Engine: create the instance with --enable-nested-virtualization, on a machine series that has it.");
		break;
	case CLOUD_AZURE:
		stage_remedy(
			stage,
			"On Azure that depends on the size: choose one that lists nested virtualization, without Trusted Launch's limits on it.");
		break;
	default:
		break;
	}
}

void remedy_nested(struct stage *stage)
{
	const struct hypervisor *hypervisor = stage->v->hypervisor;

	if (hypervisor->tdx) {
		stage_remedy(
			stage,
			"A TDX trusted domain is never offered VMX: use an ordinary virtual machine or the host.");
		return;
	}
	if (hypervisor->paravirtual) {
		stage_remedy(
			stage,
			"A Xen PV guest is never offered it: make this an HVM guest with nestedhvm=1.");
		return;
	}
	if (hypervisor->user_mode) {
		stage_remedy(
			stage,
			"Software KVM (kvm_pvm) cannot offer it: this machine needs a host whose KVM uses VMX or SVM (kvm_intel, kvm_amd).");
		return;
	}
	if (hypervisor->cloud != CLOUD_NONE)
		remedy_cloud(stage);
	else
		remedy_nesting(stage);
}

void remedy_owned(struct stage *stage)
{
	switch (stage->v->hypervisor->product) {
	case HYPERVISOR_HYPERV:
		stage_remedy(
			stage,
			"Under Windows: Hyper-V, Virtual Machine Platform, WSL 2 and memory integrity (core isolation) all start it; turn them off, or bcdedit /set hypervisorlaunchtype off, and restart. Under Linux use /dev/mshv (Cloud Hypervisor does).");
		break;
	case HYPERVISOR_XEN:
		stage_remedy(
			stage,
			"Make guests with Xen's own tools (xl, or libvirt's Xen driver), or choose the entry without Xen in the boot menu.");
		break;
	case HYPERVISOR_ACRN:
		stage_remedy(stage,
			     "Make guests with acrn-dm in this service VM.");
		break;
	case HYPERVISOR_JAILHOUSE:
		stage_remedy(stage,
			     "jailhouse disable gives the machine back.");
		break;
	default:
		break;
	}
}

void remedy_firmware(struct stage *stage)
{
	if (stage->v->extension == VI_SVM)
		stage_remedy(
			stage,
			"The entry is called SVM Mode, SVM, AMD-V, Secure Virtual Machine or Virtualization, most often under Advanced, CPU Configuration or Overclocking, or under Security.");
	else
		stage_remedy(
			stage,
			"The entry is called Intel Virtualization Technology, VT-x, VMX, Virtualization Technology or Vanderpool, most often under Advanced, CPU Configuration, or under Security.");
	stage_remedy(
		stage,
		"If it is on already, update the firmware; without such an entry ask the machine's maker.");
}

void remedy_locked_guest(struct stage *stage)
{
	const struct hypervisor *hypervisor = stage->v->hypervisor;

	if (hypervisor->product == HYPERVISOR_KVM)
		stage_remedy(
			stage,
			"On the KVM host look at nested and at the guest's firmware: the virtual machine's own firmware (SeaBIOS, OVMF) locks the register as the host tells it; a newer QEMU and firmware set it right (fw_cfg msr_feature_control).");
	else if (hypervisor->cloud != CLOUD_NONE)
		remedy_cloud(stage);
	else
		remedy_nesting(stage);
}

/* Two hypervisors on one kernel: what works depends on its release. */
void remedy_sharing(struct stage *stage)
{
	const char *vendor =
		stage->v->vendor_module ? stage->v->vendor_module : "kvm_intel";

	if (!stage->v->system->release)
		stage_remedy(
			stage,
			"KVM and another hypervisor cannot run guests at the same time.");
	else if (stage->v->system->release < KERNEL_ENABLES_AT_LOAD)
		stage_remedy(
			stage,
			"Up to Linux 6.11 KVM takes the extension with its first guest and gives it back with the last: run guests of one hypervisor at a time.");
	else
		stage_remedy(
			stage,
			"Since Linux 6.12 KVM takes the extension when it loads: to run VirtualBox or VMware unload %s, or load kvm with enable_virt_at_load=0 (kernel command line: kvm.enable_virt_at_load=0), and run guests of one hypervisor at a time.",
			vendor);
	if (stage->v->system->release >= KERNEL_ENABLES_APART)
		stage_remedy(
			stage,
			"Since Linux 7.1 the kernel itself turns the extension on and counts its users, so that it is on does not prove that a guest runs.");
}

void remedy_evidence(struct stage *stage)
{
	if (host_is_live(stage->v->host))
		stage_remedy(
			stage,
			"Load virtinfo.ko, or run as root with the module msr loaded, and look again; without --no-run a guest proves it.");
	else
		stage_remedy(
			stage,
			"On that machine run \"virtinfo capture\" (best with virtinfo.ko loaded, or as root with the module msr) and judge the file that it writes.");
}
