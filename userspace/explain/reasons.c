// SPDX-License-Identifier: GPL-2.0-only
/*
 * The reasons of the verdict, explained one by one. Name, exit status, stage,
 * meaning and the remedy that fits every case stand in model/reasons.def; here
 * is only what a lesson adds.
 */
#include "explain/reasons.h"

#include <stdio.h>

#include "explain/lessons.h"

/* Text in columns of its own. */
/* clang-format off */
static const struct reason_lesson lessons[NR_REASONS] = {
	[REASON_READY] = {
		.text = "A guest ran on this machine through KVM. Nothing stands in the way.",
		.how = "Nothing to do.",
		.topics = "system-check",
	},
	[REASON_HARDWARE_READY] = {
		.text =
"The registers say that this processor can run virtual machines and that the firmware does not forbid "
"it. The input says nothing of the operating system, so nothing above that was judged.",
		.how = "Run \"virtinfo check\" on the machine itself, or make the capture with \"virtinfo capture\".",
		.topics = "check-processor check-firmware",
	},
	[REASON_NO_EXTENSION] = {
		.text =
"The processor has neither VMX nor SVM: CPUID says so, and no hypervisor is above that could have "
"hidden it.",
		.how = "Xen's PV guests need no extension either.",
		.topics = "check-processor vt-x amd-v qemu-tcg",
	},
	[REASON_HIDDEN_BY_HYPERVISOR] = {
		.text =
"This system is a guest, and the hypervisor above does not offer the extension to it. The processor "
"below probably has it, since that hypervisor uses one.",
		.how =
"It is a setting of this virtual machine on its host: KVM and QEMU -cpu host (and the parameter "
"nested), VMware \"Expose hardware assisted virtualization\", Hyper-V ExposeVirtualizationExtensions, "
"VirtualBox --nested-hw-virt; in a cloud, an instance type that allows it.",
		.topics = "nested-virtualization",
	},
	[REASON_OWNED_BY_HYPERVISOR] = {
		.text =
"This system is the privileged one beside a type 1 hypervisor (Hyper-V's root partition, Xen's dom0). "
"The machine can run virtual machines and does, but the extension belongs to the hypervisor, not to "
"this system's kernel.",
		.how =
"To be without it: on Windows switch Hyper-V, WSL 2 and virtualization-based security off; for Xen "
"choose the boot entry without it. Then KVM can have the extension.",
		.topics = "type-1 hyper-v xen host-operating-system",
	},
	[REASON_FIRMWARE_DISABLED] = {
		.text =
"The processor has the extension, and on every CPU the firmware has locked it off: "
"IA32_FEATURE_CONTROL is locked without VMX outside SMX, or VM_CR has SVMDIS set.",
		.how =
"The setting is called Intel Virtualization Technology, VT-x or VMX, and SVM Mode or AMD-V. If there "
"is none, look for a firmware update.",
		.topics = "check-firmware vt-x amd-v",
	},
	[REASON_HYPERVISOR_DISABLED] = {
		.text =
"CPUID shows the extension, but the register that would allow it is locked off, and this system is a "
"guest: the register is what the hypervisor answers.",
		.how =
"It is the configuration of nested virtualization for this virtual machine. No firmware setting "
"inside the guest helps.",
		.topics = "nested-virtualization check-firmware",
	},
	[REASON_SMX_ONLY] = {
		.text =
"IA32_FEATURE_CONTROL is locked with VMX allowed inside SMX only, that is after a measured launch "
"(Intel TXT). In ordinary operation VMXON takes a fault.",
		.how = "If neither setting is there, look for a firmware update.",
		.topics = "vt-x vmxon",
	},
	[REASON_CPUS_DISAGREE] = {
		.text =
"Some CPUs of this machine can run virtual machines and some cannot. A virtual processor may be "
"scheduled on any, so the machine as a whole cannot.",
		.how =
"\"virtinfo cpus\" names the odd ones. Mostly the firmware has set the register on some CPUs only, or "
"not again after sleep: restart without resuming from it.",
		.topics = "check-firmware",
	},
	[REASON_NO_KVM] = {
		.text = "The hardware is ready, but this kernel has no KVM: neither built in nor as a module.",
		.how = "Distributions often have KVM in the kernel's full set of modules, a package of its own.",
		.topics = "kvm",
	},
	[REASON_KVM_NOT_LOADED] = {
		.text = "KVM is installed for this kernel and not loaded.",
		.how = "As root: modprobe kvm_intel, or modprobe kvm_amd.",
		.topics = "kvm check-kvm",
	},
	[REASON_KVM_REFUSED] = {
		.text =
"KVM is there, but loading it is blocked or fails: a blacklist, a signature that the kernel does not "
"accept, a lockdown, or a refusal of the module itself.",
		.how =
"Look at the kernel log for the module's own words, at /etc/modprobe.d for a blacklist or install "
"line, and at kernel lockdown and Secure Boot for signatures.",
		.topics = "kvm check-kvm",
	},
	[REASON_IN_USE] = {
		.text =
"Another hypervisor holds VMX or SVM on this machine, such as VirtualBox or VMware Workstation. One "
"processor serves one of them at a time.",
		.how =
"The modules are vboxdrv of VirtualBox and vmmon of VMware. If KVM is the one in the way of another, "
"load it with kvm.enable_virt_at_load=0.",
		.topics = "type-2 virtualbox vmware-workstation",
	},
	[REASON_DEVICE_MISSING] = {
		.text = "The kernel has KVM, but there is no /dev/kvm here.",
		.how =
"In a container, pass the device in (for example --device /dev/kvm). Otherwise see whether udev or "
"devtmpfs is at work, and whether the vendor module is really loaded.",
		.topics = "check-kvm",
	},
	[REASON_PERMISSION_DENIED] = {
		.text = "/dev/kvm exists, and its owner, group and mode do not let this user open it.",
		.how = "Add the user to the group of the node (commonly kvm) and log in again.",
		.topics = "check-kvm",
	},
	[REASON_DEVICE_BLOCKED] = {
		.text =
"/dev/kvm exists and its mode would allow it, yet opening fails: a container's device rules forbid it, "
"or nothing answers behind the node.",
		.how =
"Allow device 10:232 in the container's device rules. If the answer is \"no such device\", the node "
"is left over and KVM is not loaded.",
		.topics = "check-kvm",
	},
	[REASON_KVM_API] = {
		.text = "/dev/kvm opens, but its API version is not 12. Every program for KVM expects 12.",
		.topics = "check-kvm",
	},
	[REASON_CREATE_FAILED] = {
		.text =
"KVM answers, but no virtual machine could be made. Busy means that another hypervisor holds the "
"extension; out of memory and limits are other causes.",
		.how = "The error of the call is in the evidence.",
		.topics = "kvm virtual-machine",
	},
	[REASON_RUN_FAILED] = {
		.text = "A virtual machine could be made, but its guest did not run as it should.",
		.how =
"The exit reason is in the evidence: look it up here (\"explain exit-reasons\").",
		.topics = "vm-entry exit-reasons nested-virtualization",
	},
	[REASON_PROFILE_UNMET] = {
		.text = "The machine is ready, but not for the use that --for names: something it asks for is missing.",
		.how = "\"virtinfo check --for PROFILE\" lists what is missing.",
		.topics = "check-capabilities",
	},
	[REASON_UNKNOWN] = {
		.text =
"The evidence does not reach to a verdict, usually since the registers that tell could not be read. "
"Unknown is neither yes nor no.",
		.how =
"Load the virtinfo module or run as root with msr loaded; for another machine, make a capture there "
"with \"virtinfo capture\".",
		.topics = "system-check check-firmware",
	},
};
/* clang-format on */

const struct reason_lesson *reason_lesson(enum reason reason)
{
	return &lessons[reason];
}

const char *reason_remedy(char text[REASON_REMEDY_SIZE], enum reason reason)
{
	const char *remedy = reason_info(reason)->remedy;
	const char *how = lessons[reason].how;

	snprintf(text, REASON_REMEDY_SIZE, "%s%s%s", remedy,
		 *remedy && how ? " " : "", how ? how : "");
	return text;
}

enum reason reason_lesson_find(const char *name)
{
	enum reason reason;

	for (reason = 0; reason < NR_REASONS; reason++)
		if (lesson_same_name(reason_info(reason)->name, name))
			break;
	return reason;
}
