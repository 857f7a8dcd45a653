// SPDX-License-Identifier: GPL-2.0-only
/* The first lesson: what the words mean. */
#include "explain/lessons.h"

/* Text in columns of its own. */
/* clang-format off */
static const struct topic topics[] = {
	{
		.id = "virtualization",
		.title = "Virtualization",
		.aliases = "virtualisation",
		.text =
"Virtualization puts a layer of software between the hardware and the systems that use it, so "
"that one physical machine carries several, each of which behaves as if it had a machine of its "
"own. It abstracts the hardware: a guest sees processors, memory, disks and network cards that "
"are views of the real ones, or devices that exist only in software.\n"
"Two properties make it useful. Isolation: a guest cannot read or change the memory of another "
"or of the layer below, and its crash ends only itself. Sharing: processors, memory and devices "
"are divided in time and in space, so that machines that idle most of the day can live on one. "
"Because the whole state of a guest is data, it can also be saved, copied, and moved to another "
"host while it runs.\n"
"The classic requirement (Popek and Goldberg, 1974) is that every instruction which reads or "
"changes the state of the machine traps when a guest executes it without privilege. The original "
"x86 did not meet it: some instructions, POPF among them, silently do something else in user "
"mode. Binary translation, paravirtualization and at last hardware extensions are three answers "
"to that.",
		.diagram = "rings",
		.evidence = "processor extension above verdict",
		.see = "Popek and Goldberg, Formal Requirements for Virtualizable Third Generation Architectures, CACM 17(7), 1974\n"
		       "Intel SDM volume 3C, Introduction to Virtual Machine Extensions\n"
		       "AMD APM volume 2, 15.1 The Virtual Machine Monitor",
	},
	{
		.id = "virtual-machine",
		.title = "Virtual machine",
		.aliases = "vm",
		.text =
"A virtual machine is one set of virtual hardware: one or more virtual processors, guest physical "
"memory, an interrupt controller, timers and devices. To the software inside it is a computer.\n"
"Seen from the host it is mostly ordinary objects. With KVM a virtual machine is a file "
"descriptor (KVM_CREATE_VM), its memory is memory of the process that made it, and each virtual "
"processor is another file descriptor driven by a thread of that process, so the host's scheduler "
"decides when it runs. With Xen it is called a domain, with Hyper-V a partition.\n"
"A container is not a virtual machine: its processes run directly on the host's kernel, kept "
"apart by namespaces and control groups, with no second kernel and no virtual hardware.",
		.evidence = "max-vcpus kvm-device",
		.see = "Linux Documentation/virt/kvm/api.rst",
	},
	{
		.id = "guest-operating-system",
		.title = "Guest operating system",
		.aliases = "guest,guest os,guest system",
		.text =
"The guest operating system is the system that runs inside a virtual machine. With hardware "
"assistance it runs with all the privilege levels that it expects, its kernel in ring 0, and it "
"may not notice that it is a guest; the hypervisor regains control at the instructions and events "
"it asked for, the VM exits.\n"
"A guest can usually find out. CPUID leaf 1 has a bit (ECX bit 31) that processors never set and "
"hypervisors do, and CPUID leaves from 0x40000000 on then carry the hypervisor's signature and "
"the services it offers. Those leaves mean nothing while the bit is clear: a bare-metal Intel "
"processor answers them with the data of its highest basic leaf.",
		.evidence = "hypervisor-bit above interfaces",
		.see = "Linux Documentation/virt/kvm/x86/cpuid.rst\n"
		       "Intel SDM volume 2A, CPUID",
	},
	{
		.id = "host-operating-system",
		.title = "Host operating system",
		.aliases = "host,host os,host system",
		.text =
"The host operating system is the system that owns the real hardware, or as much of it as the "
"layer above leaves, and on which guests run. It schedules their processors, backs their memory, "
"and drives the devices that they share.\n"
"With a type 2 hypervisor the word is exact: the hypervisor is a program of that system. With KVM "
"the host system's kernel is itself the hypervisor. With Xen or Hyper-V the hypervisor lies below "
"every system, and the privileged one that owns the devices (dom0, the root partition) is "
"technically a guest too, although users call it the host. There the processor's virtualization "
"extensions belong to the hypervisor, not to that system.",
		.evidence = "above privileged kernel",
		.see = "Xen Project wiki, Dom0\n"
		       "Microsoft Hypervisor Top Level Functional Specification, Partitions",
	},
	{
		.id = "hypervisor",
		.title = "Hypervisor",
		.aliases = "vmm,virtual machine monitor,monitor",
		.text =
"The hypervisor, or virtual machine monitor, creates virtual machines and keeps control of the "
"real one. It decides which guest runs on which processor and when, which memory each may reach, "
"and what happens when a guest does something that it may not do by itself.\n"
"Intel's manuals call the software in VMX root mode the VMM, AMD's say VMM for what runs guests "
"with VMRUN. In Linux usage the words have parted: KVM in the kernel is the hypervisor, and the "
"process in user space that models the machine around it (QEMU, Firecracker, Cloud Hypervisor, "
"crosvm) is the VMM.\n"
"By where they stand hypervisors are called type 1 (on the hardware) or type 2 (on an operating "
"system). By how they run a guest's privileged code they use binary translation, "
"paravirtualization or hardware assistance, and most use a mixture.",
		.diagram = "types",
		.evidence = "above hosts",
		.see = "AMD APM volume 2, 15.1 The Virtual Machine Monitor",
	},
	{
		.id = "full-virtualization",
		.title = "Full virtualization",
		.aliases = "full virtualisation,binary translation,unmodified guest",
		.text =
"Full virtualization runs an unmodified guest: the virtual hardware is complete enough that an "
"operating system built for real machines boots on it.\n"
"On x86 there are two ways. Binary translation, which VMware brought to x86 in 1999, rewrites the "
"guest's kernel code a block at a time while it runs, so that sensitive instructions become safe "
"sequences or calls to the hypervisor, while user code runs directly. Hardware assistance (VT-x "
"from 2005, AMD-V from 2006) lets the guest's kernel run directly as well, and the processor "
"exits to the hypervisor where it must.\n"
"VMware's products, VirtualBox and KVM all give full virtualization. Today they use the hardware; "
"current versions of VMware and VirtualBox no longer carry their software-only engines for x86 "
"guests. QEMU without KVM is the other extreme: it translates every instruction, kernel and user.",
		.evidence = "extension slat unrestricted-guest",
		.see = "Adams and Agesen, A Comparison of Software and Hardware Techniques for x86 Virtualization, ASPLOS 2006",
	},
	{
		.id = "paravirtualization",
		.title = "Paravirtualization",
		.aliases = "paravirtualisation,pv,xen pv,virtio,hypercall,hypercalls,modified guest",
		.text =
"A paravirtualized guest knows that it is one and has been modified for it. Instead of executing a "
"privileged instruction it calls the hypervisor: a hypercall is to the hypervisor what a system "
"call is to a kernel.\n"
"Xen PV is the classic: the guest's kernel does not run in ring 0, it hands page-table updates, "
"interrupt masking and the rest to Xen, and it needs no virtualization extension in the processor. "
"Such a guest on x86-64 shows neither the hypervisor bit nor a signature in native CPUID.\n"
"Most paravirtualization today is partial: an otherwise fully virtualized guest uses special "
"services where emulation would be slow. virtio devices exchange buffers through rings in shared "
"memory instead of imitating a real card; KVM's and Hyper-V's clocks, end-of-interrupt, TLB-flush "
"and inter-processor-interrupt calls save exits. On Intel the instruction is VMCALL, on AMD "
"VMMCALL; a hypervisor lists what it offers in its CPUID leaves.",
		.evidence = "above interfaces kvm-features xen-guest-type",
		.see = "Linux Documentation/virt/kvm/x86/hypercalls.rst\n"
		       "Linux Documentation/virt/paravirt_ops.rst\n"
		       "OASIS Virtual I/O Device (VIRTIO) specification",
	},
	{
		.id = "hardware-assisted-virtualization",
		.title = "Hardware-assisted virtualization",
		.aliases = "hardware assistance,hardware assisted,hardware virtualization,hvm,hav",
		.text =
"With hardware assistance the processor itself has a mode for guests. The hypervisor fills a "
"control structure (the VMCS of Intel, the VMCB of AMD) with the guest's registers and a list of "
"what it wants to intercept, then enters the guest. Guest code runs at full speed in its own rings "
"until an intercepted instruction or event makes the processor save the guest's state, load the "
"host's and tell the hypervisor why: a VM exit.\n"
"The first generation covered the processor only, and hypervisors still kept shadow page tables by "
"hand. The second added translation of guest physical addresses (EPT, NPT) and tagged TLBs (VPID, "
"ASID), the third virtual interrupt controllers (APICv, posted interrupts, AVIC). The IOMMU does "
"for devices what EPT does for processors, and SEV and TDX protect a guest's memory even from the "
"hypervisor.",
		.diagram = "entry-exit",
		.evidence = "extension slat tagged-tlb virtual-apic iommu",
		.see = "Intel SDM volume 3C, Introduction to Virtual Machine Extensions\n"
		       "AMD APM volume 2, chapter 15 Secure Virtual Machine",
	},
};
/* clang-format on */

const struct lesson lesson_concepts = {
	.title = "Concepts",
	.topics = topics,
	.count = sizeof(topics) / sizeof(topics[0]),
};
