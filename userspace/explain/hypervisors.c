// SPDX-License-Identifier: GPL-2.0-only
/* The second lesson: the kinds of hypervisor and those that people meet. */
#include "explain/lessons.h"

/* Text in columns of its own. */
/* clang-format off */
static const struct topic topics[] = {
	{
		.id = "type-1",
		.title = "Type 1 hypervisor (bare metal)",
		.aliases = "type 1,bare metal,bare-metal hypervisor,native hypervisor,type 1 hypervisor",
		.text =
"A type 1 hypervisor is the first software on the hardware: it boots before, or instead of, any "
"general operating system, owns the processor's virtualization extensions, and every operating "
"system on the machine is its guest. The distinction between types 1 and 2 goes back to Goldberg's "
"thesis of 1973.\n"
"Being small is the aim but devices need drivers, and designs differ in where these live. ESXi "
"carries drivers in its own kernel. Xen and Hyper-V leave them to one privileged guest, dom0 or "
"the root partition, which also holds the management tools.\n"
"From within such a privileged guest the machine can look odd: the processor has VT-x or AMD-V, "
"yet CPUID hides it or its MSRs fault, because the hypervisor below has it. virtinfo calls that "
"owned-by-hypervisor, and it is not a defect of the firmware.",
		.diagram = "types",
		.evidence = "above privileged",
		.see = "Goldberg, Architectural Principles for Virtual Computer Systems, Harvard, 1973",
	},
	{
		.id = "esxi",
		.title = "VMware ESXi",
		.aliases = "vmware esxi,vsphere,esx",
		.text =
"ESXi is VMware's type 1 hypervisor for servers. Its kernel, the VMkernel, schedules processors, "
"manages memory and drives storage and network cards itself; each virtual machine is a group of "
"its processes, the virtual machine monitor among them.\n"
"A guest of ESXi sees the signature VMwareVMware in CPUID leaf 0x40000000, the frequencies of its "
"time-stamp counter and local APIC timer in leaf 0x40000010, and \"VMware\" in its DMI strings. "
"VMware Workstation shows the same, so the two cannot be told apart from CPUID. Guests get "
"VT-x or AMD-V only where \"Expose hardware assisted virtualization to the guest OS\" is set for "
"the virtual machine (vhv.enable).",
		.evidence = "is-vmware above dmi",
		.see = "Linux arch/x86/kernel/cpu/vmware.c\n"
		       "VMware KB 1009458, Mechanisms to determine if software is running in a VMware virtual machine",
	},
	{
		.id = "xen",
		.title = "Xen",
		.aliases = "xen project,dom0,domu,xenserver,xcp-ng",
		.text =
"Xen is a type 1 hypervisor that boots first and then starts one privileged guest, dom0, usually "
"Linux. Dom0 drives the devices and runs the tools; other guests (domU) reach devices through "
"paravirtual front and back ends, or through a device model for each guest, usually QEMU.\n"
"Xen has three kinds of x86 guest: PV (modified, no extension needed), HVM (unmodified, uses VT-x "
"or AMD-V) and PVH (uses the extension for processor and memory, and no emulated PC devices). HVM "
"and PVH guests see XenVMMXenVMM at CPUID leaf 0x40000000, or at 0x40000100 where Xen shows the "
"Hyper-V interface first. A PV guest asks the kernel: /sys/hypervisor/type is \"xen\", and in dom0 "
"/proc/xen/capabilities contains \"control_d\".\n"
"In a PV dom0 the MSRs of VMX and SVM fault or are answered by Xen, so nothing they say is about "
"the firmware.",
		.evidence = "is-xen above xen-guest-type xen-dom0",
		.see = "Xen xen/include/public/arch-x86/cpuid.h\n"
		       "Linux Documentation/ABI/stable/sysfs-hypervisor-xen",
	},
	{
		.id = "hyper-v",
		.title = "Hyper-V",
		.aliases = "hyperv,microsoft hyper-v,root partition,azure",
		.text =
"Hyper-V is Microsoft's type 1 hypervisor. Where it is on, Windows itself no longer runs on the "
"hardware but in the root partition, a guest with the right to create others; the hypervisor is "
"below it. Windows also starts it for other features (WSL 2, virtualization-based security), so a "
"desktop may have it without anyone having made a virtual machine.\n"
"Its signature is \"Microsoft Hv\" at CPUID leaf 0x40000000 and \"Hv#1\" in EAX of leaf 0x40000001. "
"A root partition has the CreatePartitions privilege, EBX bit 0 of leaf 0x40000003; a child does "
"not. In a root partition CPUID no longer shows VMX, which is why so many tools there wrongly say "
"that the processor lacks it. KVM can imitate the Hyper-V interface for Windows guests, and then "
"its own signature usually stands at 0x40000100. Linux can be the root partition too.",
		.evidence = "is-hyperv above privileged hyperv-nested",
		.see = "Microsoft Hypervisor Top Level Functional Specification, Feature and Interface Discovery\n"
		       "Linux Documentation/virt/hyperv/overview.rst",
	},
	{
		.id = "type-2",
		.title = "Type 2 hypervisor (hosted)",
		.aliases = "type 2,hosted,hosted hypervisor,type 2 hypervisor",
		.text =
"A type 2 hypervisor is a program on an ordinary operating system, which goes on owning the "
"hardware, scheduling and drivers; a virtual machine is a process beside editors and browsers.\n"
"To run guest code at full speed such a program needs ring 0, so the common ones bring a kernel "
"module: vboxdrv for VirtualBox, vmmon for VMware Workstation. That module turns VMX or SVM on and "
"does the world switch. Since only one piece of software can own the extension of a processor, "
"these modules and KVM in general exclude each other while either is in use. Since Linux 6.12 KVM turns the "
"extension on as soon as its vendor module loads (parameter enable_virt_at_load), so VirtualBox "
"may find VT-x taken although no KVM guest runs.\n"
"Apart from the module and the emulated machine, a type 2 hypervisor and KVM do the same work with "
"the same instructions.",
		.diagram = "types",
		.evidence = "hosts vmx-on svm-on",
		.see = "Linux Documentation/admin-guide/kernel-parameters.txt (kvm.enable_virt_at_load)",
	},
	{
		.id = "virtualbox",
		.title = "VirtualBox",
		.aliases = "oracle virtualbox,vbox,oracle vm virtualbox",
		.text =
"VirtualBox is a type 2 hypervisor for Linux, Windows, macOS and Solaris hosts. On Linux its "
"kernel module is vboxdrv, with vboxnetflt and vboxnetadp for networks, its device /dev/vboxdrv. "
"It emulates the machine in its own process. Since version 6.1 it needs VT-x or AMD-V.\n"
"What its guests see depends on the paravirtualization interface chosen for the machine: "
"\"minimal\" shows VBoxVBoxVBox, \"hyperv\" adds the Hyper-V leaves, and \"kvm\", the default for "
"Linux guests, shows KVMKVMKVM. There the feature word tells it from the real KVM: VirtualBox "
"offers just the two clock sources, PV unhalt and the stable-clock bit (0x01000089, or 0x89 "
"without the last). Its DMI strings say \"innotek GmbH\" and \"VirtualBox\". On a Windows host "
"with Hyper-V on, it runs on top of Hyper-V's interface.",
		.evidence = "is-virtualbox module-vboxdrv dmi",
		.see = "Oracle VirtualBox User Manual, Paravirtualization Providers",
	},
	{
		.id = "vmware-workstation",
		.title = "VMware Workstation",
		.aliases = "workstation,vmware player,vmware fusion,vmware",
		.text =
"VMware Workstation, with Player and, on the Mac, Fusion beside it, is VMware's type 2 hypervisor. "
"Its first version, in 1999, was the first product to virtualize the x86 fully, by binary "
"translation and before processors helped.\n"
"On Linux the module vmmon switches between host and guest worlds and vmnet carries the virtual "
"networks; the process vmware-vmx is one running virtual machine. On Windows with Hyper-V on it "
"can run through the Windows Hypervisor Platform instead of its own driver.\n"
"Its guests see the same CPUID signature as guests of ESXi, VMwareVMware; the two are told apart "
"by VMware's own backdoor port or tools, not by registers.",
		.evidence = "is-vmware module-vmmon",
		.see = "Bugnion, Devine, Rosenblum, Sugerman, Wang, Bringing Virtualization to the x86 Architecture with the Original VMware Workstation, ACM TOCS 30(4), 2012",
	},
	{
		.id = "parallels-desktop",
		.title = "Parallels Desktop",
		.aliases = "parallels",
		.text =
"Parallels Desktop is a type 2 hypervisor for the Mac; on Macs with Intel processors it used "
"VT-x through its own kernel extension or Apple's Hypervisor framework.\n"
"It cannot be recognised by its CPUID signature alone. Sources disagree on how its own signature "
"is spelled (the letters lrpepyhvr, which is the byte order of the registers, with blanks among "
"them, is the common form), and guests have been seen that find KVMKVMKVM, KVM's signature, there "
"instead. Its DMI strings settle it: "
"the product name contains \"Parallels\". Where an input has no DMI strings virtinfo says that it "
"cannot tell.",
		.evidence = "is-parallels dmi",
		.see = "systemd src/basic/virt.c (the order of DMI and CPUID)",
	},
	{
		.id = "qemu-tcg",
		.title = "QEMU without KVM (TCG)",
		.aliases = "qemu without kvm,tcg,tiny code generator,emulation,emulator",
		.text =
"Without an accelerator QEMU runs guests by translation: its Tiny Code Generator turns blocks of "
"guest instructions into host instructions and caches them. It needs no extension and no special "
"privilege, and it runs any guest architecture on any host, which is what it is for. It is slower "
"than hardware assistance by roughly one to two orders of magnitude. As an ordinary program on an "
"operating system it counts as type 2.\n"
"A guest under TCG sees TCGTCGTCGTCG at CPUID leaf 0x40000000 (unless tcg-cpuid=off) and "
"processors as QEMU models them. TCG implements AMD's SVM with nested paging, so KVM runs inside "
"it; it does not implement Intel's VMX.",
		.evidence = "is-tcg above qemu",
		.see = "QEMU documentation, Translator Internals\n"
		       "QEMU target/i386/tcg/",
	},
	{
		.id = "kvm",
		.title = "KVM (Kernel-based Virtual Machine)",
		.aliases = "kernel-based virtual machine,kernel based virtual machine,/dev/kvm",
		.text =
"KVM is a part of the Linux kernel that makes Linux itself a hypervisor. On x86 it is the module "
"kvm with one of kvm_intel (VMX) and kvm_amd (SVM). It owns the part that must be privileged: "
"entering and leaving guests, second-level page tables, the in-kernel interrupt controllers and "
"clocks. Scheduling, memory, power and drivers are those that Linux has anyway.\n"
"A program opens /dev/kvm, checks that KVM_GET_API_VERSION returns 12, makes a virtual machine "
"(KVM_CREATE_VM), gives it memory (KVM_SET_USER_MEMORY_REGION) and virtual processors "
"(KVM_CREATE_VCPU), then calls KVM_RUN in a loop. KVM_RUN returns where KVM cannot handle an exit "
"by itself, for instance at port I/O of a device that the program models. KVM_CHECK_EXTENSION "
"tells what this KVM can do.\n"
"A guest sees KVMKVMKVM at CPUID leaf 0x40000000, or at 0x40000100 behind the Hyper-V leaves.",
		.diagram = "types",
		.evidence = "kvm-module kvm-vendor-module kvm-device kvm-api is-kvm-guest verdict",
		.see = "Linux Documentation/virt/kvm/api.rst\n"
		       "Linux Documentation/virt/kvm/x86/cpuid.rst",
	},
	{
		.id = "hybrid",
		.title = "Why KVM is called a hybrid (type 1.5)",
		.aliases = "type 1.5,type-1.5,kvm hybrid,hybrid hypervisor,bhyve",
		.text =
"Types 1 and 2 are defined by what the hypervisor stands on, and KVM does not fit. Once its module "
"is loaded the Linux kernel is the hypervisor: it runs in VMX root mode (or as the host of SVM) on "
"the bare hardware, and guests are scheduled by the same scheduler that runs processes. That is "
"type 1. But the same kernel is a general operating system, was running before the module came, "
"and runs each virtual machine as a process of user space beside all others. That is type 2.\n"
"Hence hybrid, or jokingly type 1.5. The word says nothing about speed or safety: guest code runs "
"directly on the processor in all three kinds, and what differs is how much code is privileged "
"and who drives the devices. bhyve on FreeBSD and vmm on OpenBSD are built the same way.",
		.diagram = "types",
		.evidence = "kvm-module above",
		.see = "Kivity, Kamay, Laor, Lublin, Liguori, kvm: the Linux Virtual Machine Monitor, Ottawa Linux Symposium, 2007",
	},
	{
		.id = "qemu",
		.title = "QEMU, the hardware emulator",
		.aliases = "hardware emulator,device model,device emulation,firecracker,cloud hypervisor,crosvm",
		.text =
"QEMU models whole machines: chipset, buses, disks, network and graphics cards, firmware, timers. "
"It can execute the guest's processor itself (TCG) or hand that to an accelerator: KVM on Linux, "
"Xen, HVF on macOS, WHPX on Windows, NVMM on NetBSD, MSHV for Linux on Hyper-V.\n"
"Since the device models are the largest and most exposed part, others keep them small: "
"Firecracker, Cloud Hypervisor and crosvm are KVM's user-space half with a handful of virtio "
"devices, and vhost moves the data path of virtio into the kernel or another process.\n"
"A QEMU guest's DMI strings commonly say \"QEMU\" as the vendor, which tells the device model, not "
"how its processor runs.",
		.evidence = "qemu dmi",
		.see = "QEMU documentation, System Emulation, Introduction",
	},
	{
		.id = "kvm-and-qemu",
		.title = "KVM and QEMU together",
		.aliases = "kvm qemu,qemu kvm,qemu-kvm,kvm and qemu",
		.text =
"KVM runs processors and memory but has nearly no devices; QEMU has the devices but runs processors "
"slowly. Together they are a fast virtual machine. QEMU opens /dev/kvm, makes the machine, maps "
"its own memory as guest memory, and has one thread for each virtual processor that loops in "
"KVM_RUN.\n"
"Most exits never leave the kernel: interrupts, page faults on guest memory that the host must "
"still fill in, the local APIC, most MSRs, CPUID. An access to an emulated device returns from "
"KVM_RUN with KVM_EXIT_IO or KVM_EXIT_MMIO; QEMU plays the device and runs the processor again. "
"ioeventfd and irqfd let device notifications and interrupts bypass even that.\n"
"An exit handled in the kernel costs in the order of a microsecond on common hardware, one that "
"goes to user space several; \"virtinfo exits\" measures both here.",
		.diagram = "kvm-qemu",
		.evidence = "kvm-device kvm-api kvm-caps qemu exits",
		.see = "Linux Documentation/virt/kvm/api.rst (KVM_RUN, KVM_IOEVENTFD, KVM_IRQFD)",
	},
};
/* clang-format on */

const struct lesson lesson_hypervisors = {
	.title = "Hypervisors",
	.topics = topics,
	.count = sizeof(topics) / sizeof(topics[0]),
};
