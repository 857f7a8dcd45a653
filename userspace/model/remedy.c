// SPDX-License-Identifier: GPL-2.0-only
/* Advice that depends on where this system runs. */
#include "model/rungs.h"

#include "kvm/caps.h"

#define ENABLES_AT_LOAD KVM_RELEASE(6, 12)
#define ENABLED_APART	KVM_RELEASE(7, 1)

static const char *const nested[] = {
	[ABOVE_KVM] =
		"On the KVM host: the module's parameter nested must be Y (kvm_intel.nested, kvm_amd.nested; \"modprobe -r kvm_intel; modprobe kvm_intel nested=1\" with no guest running), and the guest's CPU must be passed through (libvirt: <cpu mode='host-passthrough'/>; QEMU: -cpu host) or name +vmx or +svm.",
	[ABOVE_TCG] =
		"QEMU's emulator knows SVM, not VMX: start it with -cpu EPYC,+svm or -cpu max.",
	[ABOVE_HYPERV] =
		"On the Hyper-V host, with this machine off: Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions $true.",
	[ABOVE_XEN] =
		"On the Xen host: nestedhvm=1 (xl) in the guest's configuration, for an HVM guest with hap.",
	[ABOVE_VMWARE] =
		"On the VMware host, with this machine off: \"Expose hardware assisted virtualization to the guest OS\" (vhv.enable = \"TRUE\" in the .vmx file). A Windows host with Hyper-V or memory integrity on cannot give it.",
	[ABOVE_VIRTUALBOX] =
		"On the VirtualBox host, with this machine off: VBoxManage modifyvm NAME --nested-hw-virt on (System, Processor, \"Enable Nested VT-x/AMD-V\"). A Windows host with Hyper-V or memory integrity on cannot give it.",
	[ABOVE_PARALLELS] =
		"On the Mac, with this machine off: Hardware, CPU & Memory, Advanced, \"Enable nested virtualization\" (prlctl set NAME --nested-virt on); only Macs with an Intel processor have it.",
	[ABOVE_BHYVE] = "bhyve has no nested virtualization: use another host.",
	[ABOVE_ACRN] =
		"In the ACRN scenario give this VM nested virtualization (GUEST_FLAG_NVMX_ENABLED); only one VM can have it.",
	[ABOVE_JAILHOUSE] =
		"Jailhouse cells have no nested virtualization; in the root cell: jailhouse disable.",
	[ABOVE_OTHER] =
		"Look for \"nested virtualization\" in that hypervisor's manual.",
};

static void remedy_cloud(struct judging *judging, struct rung *rung)
{
	switch (judging->above.cloud) {
	case CLOUD_AMAZON:
		rung_remedy(
			judging, rung,
			"On Amazon EC2 that depends on the instance type: the .metal types give the whole processor.");
		break;
	case CLOUD_GOOGLE:
		rung_remedy(
			judging, rung,
			"On Google Compute Engine: create the instance with --enable-nested-virtualization, on a machine series that has it.");
		break;
	case CLOUD_AZURE:
		rung_remedy(
			judging, rung,
			"On Azure that depends on the size: choose one that lists nested virtualization, without Trusted Launch's limits on it.");
		break;
	default:
		break;
	}
}

void remedy_nested(struct judging *judging, struct rung *rung)
{
	const struct above *above = &judging->above;

	if (above->trusted) {
		rung_remedy(
			judging, rung,
			"A TDX trusted domain is never offered VMX: use an ordinary virtual machine or the host.");
		return;
	}
	if (above->paravirtual) {
		rung_remedy(
			judging, rung,
			"A Xen PV guest is never offered it: make this an HVM guest with nestedhvm=1.");
		return;
	}
	if (above->cloud != CLOUD_NONE) {
		remedy_cloud(judging, rung);
		return;
	}
	if (nested[above->kind])
		rung_remedy(judging, rung, "%s", nested[above->kind]);
}

void remedy_owned(struct judging *judging, struct rung *rung)
{
	switch (judging->above.kind) {
	case ABOVE_HYPERV:
		rung_remedy(
			judging, rung,
			"Under Windows: Hyper-V, Virtual Machine Platform, WSL 2 and memory integrity (core isolation) all start it; turn them off, or bcdedit /set hypervisorlaunchtype off, and restart. Under Linux use /dev/mshv (Cloud Hypervisor does).");
		break;
	case ABOVE_XEN:
		rung_remedy(
			judging, rung,
			"Make guests with Xen's own tools (xl, or libvirt's Xen driver), or choose the entry without Xen in the boot menu.");
		break;
	case ABOVE_ACRN:
		rung_remedy(judging, rung,
			    "Make guests with acrn-dm in this service VM.");
		break;
	case ABOVE_JAILHOUSE:
		rung_remedy(judging, rung,
			    "jailhouse disable gives the machine back.");
		break;
	default:
		break;
	}
}

void remedy_firmware(struct judging *judging, struct rung *rung)
{
	if (judging->extension == VI_SVM)
		rung_remedy(
			judging, rung,
			"The entry is called SVM Mode, SVM, AMD-V, Secure Virtual Machine or Virtualization, most often under Advanced, CPU Configuration or Overclocking, or under Security.");
	else
		rung_remedy(
			judging, rung,
			"The entry is called Intel Virtualization Technology, VT-x, VMX, Virtualization Technology or Vanderpool, most often under Advanced, CPU Configuration, or under Security.");
	rung_remedy(
		judging, rung,
		"If it is on already, update the firmware; without such an entry ask the machine's maker.");
}

void remedy_locked_guest(struct judging *judging, struct rung *rung)
{
	const struct above *above = &judging->above;

	if (above->kind == ABOVE_KVM)
		rung_remedy(
			judging, rung,
			"On the KVM host look at nested and at the guest's firmware: the virtual machine's own firmware (SeaBIOS, OVMF) locks the register as the host tells it; a newer QEMU and firmware set it right (fw_cfg msr_feature_control).");
	else if (above->cloud != CLOUD_NONE)
		remedy_cloud(judging, rung);
	else if (nested[above->kind])
		rung_remedy(judging, rung, "%s", nested[above->kind]);
}

/* Two hypervisors on one kernel: what works depends on its release. */
void remedy_sharing(struct judging *judging, struct rung *rung)
{
	const char *vendor =
		judging->vendor_module ? judging->vendor_module : "kvm_intel";

	if (!judging->release)
		rung_remedy(
			judging, rung,
			"KVM and another hypervisor cannot run guests at the same time.");
	else if (judging->release < ENABLES_AT_LOAD)
		rung_remedy(
			judging, rung,
			"Up to Linux 6.11 KVM takes the extension with its first guest and gives it back with the last: run guests of one hypervisor at a time.");
	else
		rung_remedy(
			judging, rung,
			"Since Linux 6.12 KVM takes the extension when it loads: to run VirtualBox or VMware unload %s, or load kvm with enable_virt_at_load=0 (kernel command line: kvm.enable_virt_at_load=0), and run guests of one hypervisor at a time.",
			vendor);
	if (judging->release >= ENABLED_APART)
		rung_remedy(
			judging, rung,
			"Since Linux 7.1 the kernel itself turns the extension on and counts its users, so that it is on does not prove that a guest runs.");
}

void remedy_evidence(struct judging *judging, struct rung *rung)
{
	if (host_is_live(judging->host))
		rung_remedy(
			judging, rung,
			"Load virtinfo.ko, or run as root with the module msr loaded, and look again; without --no-run a guest proves it.");
	else
		rung_remedy(
			judging, rung,
			"On that machine run \"virtinfo capture\" (best with virtinfo.ko loaded, or as root with the module msr) and judge the file that it writes.");
}
