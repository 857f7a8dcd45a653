// SPDX-License-Identifier: GPL-2.0-only
/* The last lesson: what all that comes to on this machine. */
#include "explain/lessons.h"

/* Text in columns of its own. */
/* clang-format off */
static const struct topic topics[] = {
	{
		.id = "check-processor",
		.title = "Vendor and extension",
		.aliases = "vendor,extension,vendor and extension",
		.text =
"First, has the processor an extension, and which? CPUID tells: leaf 1 ECX bit 5 for VMX, leaf "
"0x80000001 ECX bit 2 for SVM. The vendor's name decides nothing that these bits can: VMX also "
"exists in processors of Centaur and Zhaoxin, SVM in those of Hygon.\n"
"If neither bit is set, look at what is above before blaming the processor: in a virtual machine the "
"bits show what the hypervisor passes on, and in a Hyper-V root partition or Xen's dom0 the "
"hypervisor keeps the extension for itself. The flags in /proc/cpuinfo are a worse source: Linux "
"removes them where the firmware has switched the extension off, so that one cannot tell the two "
"cases apart.",
		.evidence = "processor cpuid-vmx cpuid-svm above privileged",
		.see = "virtinfo(1), check",
	},
	{
		.id = "check-firmware",
		.title = "The firmware's switch",
		.aliases = "firmware,bios,uefi,firmware switch",
		.text =
"Firmware has a setting, often off as delivered, called Intel Virtualization Technology, VT-x, VMX, "
"SVM Mode or AMD-V. It acts through IA32_FEATURE_CONTROL or VM_CR, per CPU, and needs a full restart. "
"A setting for the IOMMU (VT-d, AMD-Vi) is separate.\n"
"Every CPU has its own copy of the register, and firmware has been seen that sets only the first, so "
"all must be checked. Inside a virtual machine the same registers are the hypervisor's to answer, "
"and no setting of a firmware that the guest can reach changes them.",
		.evidence = "feature-control vm-cr vmx-state svm-state",
		.see = "Intel SDM volume 3C, Introduction to Virtual Machine Extensions\n"
		       "AMD APM volume 2, 15.30.1 VM_CR MSR",
	},
	{
		.id = "check-kvm",
		.title = "KVM: opening /dev/kvm",
		.aliases = "dev kvm,open /dev/kvm,kvm device",
		.text =
"Then KVM. Its modules must be in the kernel or loaded, and /dev/kvm must open for reading and "
"writing. Where it does not, the reason matters. No such file: kvm and its vendor module are not "
"loaded, or the vendor module refused to load because there is no extension or the firmware has it "
"off, or another hypervisor holds it. Permission denied: the user is not in the group that owns the "
"node, commonly kvm. Operation not permitted: a container's device rules. No such device: the node "
"is there, but nothing behind it.\n"
"Then KVM_GET_API_VERSION must return 12. It has been 12 since Linux 2.6.22 and programs refuse "
"any other.",
		.evidence = "kvm-module kvm-vendor-module kvm-device kvm-node kvm-api",
		.see = "Linux Documentation/virt/kvm/api.rst",
	},
	{
		.id = "check-capabilities",
		.title = "The five classic capabilities",
		.aliases = "capabilities,classic capabilities,five capabilities,kvm capabilities",
		.text =
"KVM_CHECK_EXTENSION answers for each capability with 0 or a value. Five are what x86 virtual machine "
"monitors have asked for since the beginning: KVM_CAP_USER_MEMORY, guest memory that is memory of "
"the process; KVM_CAP_SET_TSS_ADDR, where to put three pages that Intel processors without "
"unrestricted guest need for real mode; KVM_CAP_EXT_CPUID, the list of CPUID features that KVM "
"supports, with sub-leaves; KVM_CAP_NR_VCPUS and KVM_CAP_MAX_VCPUS, how many virtual processors one "
"machine should and may have. One that is missing means a broken or filtered KVM.\n"
"\"virtinfo kvm\" lists all capabilities, \"virtinfo check --for\" compares with what single VMMs "
"need.",
		.evidence = "kvm-api kvm-caps",
		.see = "Linux Documentation/virt/kvm/api.rst (KVM_CHECK_EXTENSION)",
	},
	{
		.id = "system-check",
		.title = "The verdict",
		.aliases = "verdict,system check,check,the ladder,ladder",
		.text =
"The check goes up a ladder: processor, firmware, kernel, device, KVM. The verdict is the first rung "
"that is broken, with the one thing that stands in the way and what to do about it. A rung that "
"the evidence does not reach is unknown, never good or bad.\n"
"One thing overrides everything below it: a guest that really ran. A KVM that needs neither VMX nor "
"SVM is ready all the same, whatever CPUID says.",
		.evidence = "verdict",
		.see = "virtinfo(1), check (exit statuses)",
		.list = LESSON_SYSTEM_CHECK,
	},
};
/* clang-format on */

const struct lesson lesson_check = {
	.title = "System check",
	.topics = topics,
	.count = sizeof(topics) / sizeof(topics[0]),
};
