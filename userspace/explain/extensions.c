// SPDX-License-Identifier: GPL-2.0-only
/* The third lesson: what the processors have for it. */
#include "explain/lessons.h"

/* Text in columns of its own. */
/* clang-format off */
static const struct topic topics[] = {
	{
		.id = "vt-x",
		.title = "Intel VT-x",
		.aliases = "intel vt-x,intel virtualization technology,vtx,intel vt",
		.text =
"VT-x is Intel's name for the virtualization extension of its processors since 2005; the "
"architecture manuals call the instructions and modes VMX. CPUID leaf 1, ECX bit 5 announces it. "
"Processors of Centaur and Zhaoxin have it too.\n"
"Having it is not enough. IA32_FEATURE_CONTROL (MSR 0x3A) decides whether VMXON works: bit 2 "
"allows it in ordinary operation, bit 1 inside SMX, and bit 0 locks the register until the next "
"reset. VMXON needs the lock set. A locked register with bit 2 clear is the usual \"disabled by the "
"firmware\"; a register with the lock clear blocks nothing, since software in ring 0 may still set "
"both, and Linux does. Other bits of the register (SGX, SENTER, LMCE) mean nothing for VT-x, so "
"its value must be tested bit by bit.\n"
"Related names: VT-d is the IOMMU, VT-c a family of network features.",
		.evidence = "cpuid-vmx feature-control vmx-state vmx-on",
		.see = "Intel SDM volume 3C, Introduction to Virtual Machine Extensions (Enabling and Entering VMX Operation)\n"
		       "Intel SDM volume 4, IA32_FEATURE_CONTROL",
	},
	{
		.id = "amd-v",
		.title = "AMD-V",
		.aliases = "amd virtualization,amdv,amd v",
		.text =
"AMD-V is AMD's name for its virtualization extension, in processors since 2006; the manuals call "
"it SVM, Secure Virtual Machine. CPUID leaf 0x80000001, ECX bit 2 announces it, and leaf "
"0x8000000A lists its features. Hygon processors have it too.\n"
"The firmware can refuse it in VM_CR (MSR 0xC0010114): while bit 4, SVMDIS, is set, EFER.SVME "
"cannot be set and no guest can run. Bit 3, LOCK, only makes SVMDIS read-only; where the processor "
"has the SVM-lock feature (SVML), a key that the firmware may have set can unlock it again. So "
"SVMDIS blocks whether locked or not, and LOCK with SVMDIS clear is the normal state of a good "
"machine.",
		.evidence = "cpuid-svm vm-cr svm-state svm-on svml",
		.see = "AMD APM volume 2, 15.4 Enabling SVM\n"
		       "AMD APM volume 2, 15.30.1 VM_CR MSR and 15.31 SVM-Lock",
	},
	{
		.id = "vmx",
		.title = "VMX (Virtual Machine Extensions)",
		.aliases = "virtual machine extensions,vmx operation",
		.text =
"VMX is the part of the Intel 64 architecture that VT-x names. It adds one form of operation in two "
"modes, root for the hypervisor and non-root for guests, one control structure, the VMCS, and about "
"a dozen instructions: VMXON, VMXOFF; VMPTRLD, VMPTRST, VMCLEAR, VMREAD, VMWRITE for the VMCS; "
"VMLAUNCH, VMRESUME to enter a guest; VMCALL and VMFUNC for the guest; INVEPT, INVVPID for cached "
"translations.\n"
"What a processor supports is told by the capability MSRs from 0x480 on. For each control word one "
"MSR has two halves: a bit set in the low half must be 1 in the control, a bit set in the high half "
"may be 1. Where IA32_VMX_BASIC bit 55 is set, the TRUE registers 0x48D to 0x490 give the exact "
"answer for four of them.",
		.evidence = "cpuid-vmx vmx-state vmcs-revision vmcs-size true-controls vmx-controls",
		.see = "Intel SDM volume 3C, Introduction to Virtual Machine Extensions\n"
		       "Intel SDM volume 3D, Appendix A VMX Capability Reporting Facility",
	},
	{
		.id = "svm",
		.title = "SVM (Secure Virtual Machine)",
		.aliases = "secure virtual machine,secure virtual machine architecture",
		.text =
"SVM is the architecture that AMD-V names. Software sets EFER.SVME (bit 12), writes the physical "
"address of a host save page to VM_HSAVE_PA (MSR 0xC0010117), prepares a VMCB in ordinary memory "
"and executes VMRUN with its physical address in RAX. There is no separate root mode to enter.\n"
"The other instructions are VMMCALL for the guest; VMLOAD and VMSAVE for the part of the state that "
"VMRUN leaves alone; STGI and CLGI for the global interrupt flag, which holds back all interrupts "
"during a world switch; INVLPGA to flush one translation of one address space; SKINIT for secure "
"startup.\n"
"Features are plain bits of CPUID leaf 0x8000000A, EDX (nested paging, LBR virtualization, NRIP "
"save, decode assists and so on), with the number of ASIDs in EBX.",
		.evidence = "cpuid-svm svm-state svm-rev svm-features nasid",
		.see = "AMD APM volume 2, chapter 15 Secure Virtual Machine\n"
		       "AMD APM volume 3, Appendix E, CPUID Fn8000_000A",
	},
	{
		.id = "vmx-root-mode",
		.title = "VMX root mode",
		.aliases = "root mode,root operation,vmx root operation,vmx root",
		.text =
"Root mode is where the hypervisor runs, entered with VMXON. It is almost ordinary operation: all "
"four rings exist and nothing is intercepted. What differs is that the VMX instructions work, and "
"that some bits of CR0 and CR4 are held at fixed values, which IA32_VMX_CR0_FIXED0 and the "
"registers beside it report; CR4.VMXE cannot be cleared, and INIT signals are blocked.\n"
"Root mode is sometimes called ring -1. It is not a ring: ring and root or non-root are separate, "
"and a host's user programs run in ring 3 of root mode. A guest's kernel runs in ring 0 of "
"non-root mode.",
		.diagram = "rings",
		.evidence = "vmx-on cr0-fixed cr4-fixed",
		.see = "Intel SDM volume 3C, Introduction to Virtual Machine Extensions (Restrictions on VMX Operation)",
	},
	{
		.id = "vmx-non-root-mode",
		.title = "VMX non-root mode",
		.aliases = "non-root mode,non root mode,nonroot mode,non-root operation,vmx non-root operation,guest mode",
		.text =
"Non-root mode is where guests run, between a VM entry and a VM exit. All rings exist there too, "
"so that a guest kernel finds ring 0. The difference is that certain instructions and events leave "
"the guest: some always (CPUID, INVD, XSETBV and most VMX instructions), others where "
"a control, bitmap or mask in the VMCS asks for it (HLT, RDTSC, port I/O, MSRs, CR accesses, "
"exceptions, interrupts).\n"
"No bit that software can read says that it runs in non-root mode; a hypervisor that wants to be "
"known says so in CPUID. With SVM the same state is called guest mode.",
		.diagram = "rings",
		.evidence = "extension hypervisor-bit",
		.see = "Intel SDM volume 3C, VMX Non-Root Operation\n"
		       "AMD APM volume 2, 15.7 Intercept Operation",
	},
	{
		.id = "vmxon",
		.title = "VMXON",
		.aliases = "vmxoff,vmxon region,vmxe",
		.text =
"VMXON turns VMX operation on for one logical processor; VMXOFF turns it off. Before VMXON software "
"sets CR4.VMXE, makes sure that CR0 and CR4 agree with the fixed bits and that "
"IA32_FEATURE_CONTROL is locked and permits it, and gives the instruction the physical address of a "
"page-aligned VMXON region whose first 31 bits hold the VMCS revision identifier of IA32_VMX_BASIC. "
"Where a condition fails, VMXON raises #GP, #UD or fails with the carry flag.\n"
"Every logical processor needs its own. Each Linux CPU on which KVM has VMX on shows CR4.VMXE set; "
"since VMXE is set before VMXON it is evidence that somebody prepared or uses VMX, not that a "
"guest runs. A second hypervisor that finds VMX on must not touch it.",
		.evidence = "feature-control vmx-on vmcs-revision vmcs-size kvm-vendor-module",
		.see = "Intel SDM volume 3C, VMX Instruction Reference (VMXON)\n"
		       "Linux arch/x86/kvm/vmx/vmx.c",
	},
	{
		.id = "vmcs",
		.title = "VMCS (Virtual Machine Control Structure)",
		.aliases = "virtual machine control structure,virtual-machine control structure",
		.text =
"The VMCS describes one virtual processor to a VMX processor: the guest's registers, the host "
"state to return to, what shall cause exits, and after an exit what caused it. It lives in a "
"region of at most 4 KiB of memory, but its layout is not defined and parts may sit inside the "
"processor; software reads and writes fields only by encoding with VMREAD and VMWRITE.\n"
"VMPTRLD makes a VMCS current on a processor, VMCLEAR writes it back to memory and sets its state "
"to clear. A VMCS must not be active on two processors at once: to move a virtual processor, "
"software does VMCLEAR on the old one and VMPTRLD on the new.\n"
"Six groups of fields: guest state, host state, VM-execution controls, VM-exit controls, VM-entry "
"controls, VM-exit information. \"explain vmcs-fields\" lists them all.",
		.diagram = "entry-exit",
		.evidence = "vmcs-revision vmcs-size vmcs-memory-type vmcs-highest vmcs-shadowing",
		.see = "Intel SDM volume 3C, Virtual Machine Control Structures\n"
		       "Intel SDM volume 3D, Appendix B Field Encoding in VMCS",
	},
	{
		.id = "vmcb",
		.title = "VMCB (Virtual Machine Control Block)",
		.aliases = "virtual machine control block",
		.text =
"The VMCB is AMD's counterpart of the VMCS: one 4 KiB-aligned page of ordinary memory that "
"describes a virtual processor. Its layout is fixed and documented, so software reads and writes "
"it with normal instructions. The first 1024 bytes are the control area, from offset 0x400 the "
"state-save area follows.\n"
"VMRUN may keep parts of a VMCB in the processor between runs. The VMCB clean bits, where the "
"processor has them, let the hypervisor say which parts it has not changed since the last exit, so "
"that they need not be loaded again.\n"
"With SEV-ES the register state moves to a second, encrypted page, the VMSA, out of the "
"hypervisor's sight.",
		.evidence = "cpuid-svm svm-rev vmcb-clean nasid",
		.see = "AMD APM volume 2, 15.5 VMRUN Instruction and 15.15 VMCB State Caching\n"
		       "AMD APM volume 2, Appendix B Layout of VMCB",
	},
	{
		.id = "vm-entry",
		.title = "VM entry (VMLAUNCH, VMRESUME, VMRUN)",
		.aliases = "vmlaunch,vmresume,vmrun,vm entries",
		.text =
"A VM entry starts or continues a guest. On Intel VMLAUNCH enters with a current VMCS whose launch "
"state is clear, VMRESUME with one already launched. The processor checks controls and host state, "
"then guest state; loads the guest's registers and, where asked, MSRs; and may inject an event, "
"which is how a hypervisor delivers an interrupt. If the first checks fail, the instruction returns "
"with an error number in the VM-instruction error field. If the guest state is bad, the result "
"looks like an exit with bit 31 of the exit reason set (reasons 33, 34, 41).\n"
"On AMD VMRUN does the same for the VMCB in RAX: it saves part of the host's state to the page at "
"VM_HSAVE_PA, loads the guest's, and sets the global interrupt flag. Bad state gives exit code -1, "
"VMEXIT_INVALID.\n"
"General registers are the hypervisor's own business on both, but for RSP and on AMD RAX.",
		.diagram = "entry-exit",
		.evidence = "vmx-state svm-state entry-controls",
		.exits = "intel:33 intel:34 intel:41 amd:-1",
		.see = "Intel SDM volume 3C, VM Entries\n"
		       "AMD APM volume 2, 15.5 VMRUN Instruction",
	},
	{
		.id = "vm-exit",
		.title = "VM exit (#VMEXIT)",
		.aliases = "vmexit,#vmexit,exit",
		.text =
"A VM exit takes the processor from the guest back to the hypervisor. On Intel it records the exit "
"reason and its details, saves the guest's state to the VMCS, loads the host state from it, and "
"continues at the host RIP that the VMCS names. On AMD #VMEXIT writes EXITCODE, EXITINFO1 and "
"EXITINFO2 and the guest's state to the VMCB, clears the global interrupt flag, restores the saved "
"host state, and continues after VMRUN.\n"
"Then the hypervisor looks at the reason, does what the guest wanted (or not), usually moves the "
"guest's RIP past the instruction, and enters again. On current processors the switch out and back "
"costs in the order of a thousand cycles, and the work around it often more, which is why "
"extensions since then mostly aim at having fewer exits. Frequent exits are the first thing to look "
"at when a guest is slow.",
		.diagram = "entry-exit",
		.evidence = "exit-controls nrips decode-assists exits",
		.see = "Intel SDM volume 3C, VM Exits\n"
		       "AMD APM volume 2, 15.6 #VMEXIT",
	},
	{
		.id = "two-level-translation",
		.title = "Two-level address translation",
		.aliases = "second-level address translation,second level address translation,slat,two level translation,two-dimensional paging,nested paging,shadow page tables,shadow paging",
		.text =
"A guest believes that it manages physical memory, so there are three kinds of address. The "
"guest's own page tables turn guest virtual into guest physical addresses; a second set of tables, "
"owned by the hypervisor, turns guest physical into host physical ones. The processor walks both, "
"and every table entry that the guest walk reads is itself found through the second set: with four "
"levels each, a TLB miss can take 24 memory reads instead of 4. Large pages and caches make it "
"bearable.\n"
"It replaces shadow paging. There the hypervisor kept a hidden table from guest virtual straight to "
"host physical addresses, write-protected the guest's tables, and took an exit at each change, at "
"each CR3 load and at many page faults. With the second level the guest edits its tables, loads "
"CR3 and takes its page faults without any exit.",
		.diagram = "translation",
		.evidence = "slat phys-bits lin-bits guest-phys-bits ept-walk tagged-tlb kvm-slat",
		.see = "Intel SDM volume 3C, VMX Support for Address Translation\n"
		       "AMD APM volume 2, 15.25 Nested Paging\n"
		       "Linux Documentation/virt/kvm/x86/mmu.rst",
	},
	{
		.id = "ept",
		.title = "EPT (Extended Page Tables)",
		.aliases = "extended page tables,extended page table,ept pointer",
		.text =
"EPT is Intel's second level of address translation, from guest physical to host physical, since "
"2008. It is on for a guest when secondary processor-based control 1 is set and the EPT pointer "
"(VMCS field 0x201A) names the top table.\n"
"Its tables have four levels, good for 48-bit guest physical addresses, or five for 57 where the "
"processor has it. Entries carry read, write and execute permissions of their own, so the "
"hypervisor can protect or watch any page whatever the guest's tables say. An access they forbid is "
"an EPT violation (exit 48), an entry with an illegal form an EPT misconfiguration (exit 49, which "
"KVM uses on purpose for emulated devices). Pages can be 4 KiB, 2 MiB or 1 GiB. Accessed and dirty "
"flags and page-modification logging tell which pages a guest wrote, for live migration. INVEPT "
"drops cached translations.",
		.diagram = "translation",
		.evidence = "ept ept-walk ept-pages ept-ad ept-execute-only invept pml kvm-slat",
		.exits = "intel:48 intel:49",
		.see = "Intel SDM volume 3C, VMX Support for Address Translation\n"
		       "Intel SDM volume 3D, Appendix A.10 VPID and EPT Capabilities",
	},
	{
		.id = "npt",
		.title = "NPT (Nested Page Tables)",
		.aliases = "nested page tables,nested page table,rvi,rapid virtualization indexing",
		.text =
"NPT, also sold as RVI, is AMD's second level of address translation, since 2007. Bit 0 at offset "
"0x90 of the VMCB turns it on and nCR3 at offset 0xB0 names the top table. CPUID leaf 0x8000000A, "
"EDX bit 0 announces it.\n"
"The tables have the same format as the processor's ordinary page tables and use the paging mode "
"that the host had at VMRUN, so the number of levels follows the host's. Guest accesses count as "
"user accesses in them. A refused access is exit 0x400, VMEXIT_NPF, with the reason in EXITINFO1 "
"and the guest physical address in EXITINFO2. The guest keeps its own PAT.\n"
"KVM needs neither NPT nor EPT, but without them it falls back to shadow paging; some other "
"hypervisors refuse to start.",
		.diagram = "translation",
		.evidence = "npt phys-bits guest-phys-bits gmet kvm-slat",
		.exits = "amd:0x400",
		.see = "AMD APM volume 2, 15.25 Nested Paging",
	},
	{
		.id = "vpid",
		.title = "VPID (Virtual Processor Identifier)",
		.aliases = "virtual processor identifier,invvpid",
		.text =
"A VPID is a 16-bit tag that VMX puts on cached translations, so that those of several virtual "
"processors and of the host can live in the TLB together. Secondary processor-based control 5 turns "
"it on, VMCS field 0x0000 holds the number, which must not be 0: 0 is the host's. Without VPID each "
"VM entry and each VM exit empties the TLB of linear translations.\n"
"The hypervisor gives each virtual processor its own VPID and uses INVVPID to drop what has become "
"stale: one address, one VPID, one VPID without global pages, or all. Translations made through EPT "
"are also tagged with the EPT pointer.",
		.evidence = "vpid invvpid kvm-vpid",
		.exits = "intel:53",
		.see = "Intel SDM volume 3C, VMX Support for Address Translation (Virtual Processor Identifiers)",
	},
	{
		.id = "asid",
		.title = "ASID (Address Space Identifier)",
		.aliases = "address space identifier,nasid,tlb control",
		.text =
"An ASID does for SVM what a VPID does for VMX: it tags TLB entries. Every VMCB has one, at offset "
"0x58; 0 belongs to the host and is refused by VMRUN. How many there are is CPUID leaf 0x8000000A, "
"EBX. The TLB control field beside it can ask VMRUN to flush all entries, or only those of this "
"guest where the processor has FlushByAsid.\n"
"There may be fewer ASIDs than virtual processors, so KVM deals them out for each CPU and takes new "
"ones when a guest's must be flushed or the set is used up. With SEV the ASID also selects the "
"guest's memory key and belongs to the guest for its life: CPUID leaf 0x8000001F tells in ECX how "
"many encrypted guests there can be, and in EDX the lowest ASID of those without encrypted state; "
"the ones below it are for SEV-ES and SEV-SNP.",
		.evidence = "nasid flush-by-asid sev-asids",
		.see = "AMD APM volume 2, 15.16 TLB Control",
	},
	{
		.id = "unrestricted-guest",
		.title = "Unrestricted guest",
		.aliases = "unrestricted guests,real mode guest,ug",
		.text =
"VMX at first required a guest to have protection and paging on: CR0.PE and CR0.PG were among the "
"fixed bits. A machine starts in real mode, though, so hypervisors ran boot loaders in virtual-8086 "
"mode, in emulation, or with page tables that map everything one to one.\n"
"Unrestricted guest (secondary processor-based control 7, since 2010) lets CR0.PE and CR0.PG be 0 "
"in the guest, so that it boots as on real hardware. It requires EPT: VM entry fails if it is set "
"without. Some VMMs and hypervisors refuse processors that lack it. On AMD nothing of the name "
"exists, since with nested paging SVM runs real-mode guests anyway.",
		.evidence = "unrestricted-guest ept kvm-unrestricted",
		.see = "Intel SDM volume 3C, VMX Non-Root Operation (Unrestricted Guests)\n"
		       "AMD APM volume 2, 15.19 Paged Real Mode",
	},
	{
		.id = "nested-virtualization",
		.title = "Nested virtualization",
		.aliases = "nested,nested virtualisation,l0 l1 l2,l1,l2",
		.text =
"With nested virtualization a guest is itself a hypervisor. L0 is the hypervisor on the hardware, L1 "
"the guest that runs a hypervisor, L2 that one's guest. Processors have one level only, so L0 "
"emulates VMX or SVM for L1: it merges the control structure that L1 wrote with its own and runs L2 "
"directly with the result. Every exit of L2 goes to L0 first, which handles it or reflects it to "
"L1; if L1's VMREADs and VMWRITEs also exit, one L2 exit becomes dozens. VMCS shadowing on Intel, "
"virtual GIF and virtualized VMSAVE and VMLOAD on AMD spare most of these.\n"
"KVM allows it by default (parameter nested of kvm_amd, and of kvm_intel since Linux 4.20). L1 sees "
"vmx or svm in CPUID only if its VMM passes it through. What KVM offers L1 is less than the "
"hardware has; \"virtinfo kvm\" compares the two.",
		.evidence = "above kvm-nested vmcs-shadowing vgif vmsave-virt hyperv-nested",
		.exits = "intel:20 intel:24 amd:0x80",
		.see = "Linux Documentation/virt/kvm/x86/nested-vmx.rst\n"
		       "Linux Documentation/virt/kvm/x86/running-nested-guests.rst\n"
		       "AMD APM volume 2, 15.33 Nested Virtualization",
	},
	{
		.id = "posted-interrupts",
		.title = "Posted interrupts and APIC virtualization (APICv)",
		.aliases = "posted interrupt,apicv,apic virtualization,virtual interrupt delivery",
		.text =
"A guest's interrupt controller used to be a source of many exits: every access to its local APIC "
"and every interrupt was one. Intel's APIC virtualization keeps the registers in a virtual-APIC "
"page that the processor reads and writes itself (APIC-register virtualization), and evaluates and "
"delivers pending virtual interrupts without the hypervisor (virtual-interrupt delivery).\n"
"Posted interrupts (pin-based control 7) add a way in from outside while the guest runs. A sender "
"sets the vector's bit in a 64-byte posted-interrupt descriptor in memory and sends a notification "
"vector; the processor that gets it merges the bits into the virtual-APIC page and delivers, with "
"no exit. The sender is another CPU, or an IOMMU that posts interrupts of an assigned device. IPI "
"virtualization, on newer processors, sends a guest's inter-processor interrupts the same way.",
		.evidence = "posted-interrupts apic-register-virt virtual-interrupt-delivery virtualize-x2apic ipi-virt kvm-apicv",
		.see = "Intel SDM volume 3C, APIC Virtualization and Virtual Interrupts",
	},
	{
		.id = "avic",
		.title = "AVIC (Advanced Virtual Interrupt Controller)",
		.aliases = "advanced virtual interrupt controller,x2avic",
		.text =
"AVIC is AMD's virtual local APIC. Each virtual processor has an APIC backing page that the "
"processor accesses instead of trapping, and tables in memory translate a guest's APIC ids to host "
"processors. A guest's write to send an interrupt sets the bit in the target's backing page and, if "
"that virtual processor runs, rings a doorbell on its host processor, all without an exit. If it "
"does not run, exit 0x401 (incomplete IPI) asks the hypervisor to wake it; a register that needs "
"emulation gives exit 0x402 (no acceleration). The IOMMU can deliver device interrupts the same "
"way.\n"
"x2AVIC extends it to x2APIC mode, with accesses through MSRs and ids above 255. Whether KVM uses "
"it is the parameter avic of kvm_amd.",
		.evidence = "avic x2avic kvm-avic",
		.exits = "amd:0x401 amd:0x402",
		.see = "AMD APM volume 2, 15.29 Advanced Virtual Interrupt Controller",
	},
	{
		.id = "sev",
		.title = "SEV (Secure Encrypted Virtualization)",
		.aliases = "secure encrypted virtualization,sev-es,sev-snp,snp,amd sev",
		.text =
"SEV encrypts a guest's memory with a key of its own, which the memory controller uses and no "
"software ever sees; AMD's security processor makes and manages it. A bit of the guest's page-table "
"entries, the C-bit, says which pages are private.\n"
"SEV-ES also encrypts the guest's registers at each exit: the hypervisor sees only what the guest "
"hands over through a shared page, the GHCB, using VMGEXIT. SEV-SNP adds integrity: a reverse map "
"table (RMP) records the owner of each page of host memory, so that the hypervisor cannot replay, "
"remap or corrupt private pages, and the guest can attest what it is.\n"
"The CPUID bits only say what the processor could do. Use takes SYSCFG bit 23 (and 24 for SNP, with "
"an RMP) set on every CPU by the firmware and kernel, the security processor's firmware, and "
"kvm_amd's parameters sev, sev_es, sev_snp.",
		.evidence = "sev sev-es sev-snp sev-asids syscfg-sme syscfg-snp kvm-sev sev-status",
		.exits = "amd:0x403 amd:0x404",
		.see = "AMD APM volume 2, 15.34 to 15.36\n"
		       "Linux Documentation/virt/kvm/x86/amd-memory-encryption.rst",
	},
	{
		.id = "tdx",
		.title = "TDX (Trust Domain Extensions)",
		.aliases = "trust domain extensions,intel tdx,trust domain,seam",
		.text =
"TDX runs guests, called trust domains, that the host cannot read or alter. A signed piece of "
"software, the TDX module, stands between the hypervisor and the domains: it runs in a new mode, "
"SEAM root, in a memory range that SEAMRR protects. The hypervisor asks it with SEAMCALL to build "
"and run domains; a domain talks to it with TDCALL. The module keeps the page tables for private "
"memory, which is encrypted with keys (private KeyIDs of MKTME) reserved for it; memory shared with "
"the host has a shared bit set in its guest physical address.\n"
"A trust domain recognises itself by CPUID leaf 0x21, \"IntelTDX\" and four blanks. On a host the signs are "
"total memory encryption on, SEAMRR locked and enabled, private KeyIDs set aside, the module loaded "
"by the firmware or kernel, and kvm_intel's parameter tdx.",
		.evidence = "tdx-guest seamrr tdx-keyids tme kvm-tdx",
		.exits = "intel:76 intel:77",
		.see = "Intel TDX Module specification\n"
		       "Linux Documentation/arch/x86/tdx.rst",
	},
	{
		.id = "iommu",
		.title = "IOMMU (VT-d, AMD-Vi)",
		.aliases = "vt-d,amd-vi,vtd,dma remapping,device assignment,passthrough,vfio",
		.text =
"An IOMMU translates the addresses that devices use for DMA and checks each access, as page tables "
"do for processors. With it a device can be given to a guest: the device uses guest physical "
"addresses and reaches only that guest's memory. Without it, an assigned device could read and "
"write all of the host's. Interrupt remapping does the same for the interrupts that a device may "
"send, and is needed for safe assignment too.\n"
"Intel's is called VT-d and is announced by the ACPI table DMAR, AMD's is AMD-Vi with the table "
"IVRS; no CPUID bit tells. Firmware often has a switch for it of its own. Devices that the hardware "
"cannot keep apart form one IOMMU group under /sys/kernel/iommu_groups, and a group is assigned as "
"a whole, on Linux through VFIO.",
		.evidence = "iommu iommu-table",
		.see = "Intel Virtualization Technology for Directed I/O, architecture specification\n"
		       "AMD I/O Virtualization Technology (IOMMU) specification\n"
		       "Linux Documentation/driver-api/vfio.rst",
	},
};
/* clang-format on */

const struct lesson lesson_extensions = {
	.title = "Extensions",
	.topics = topics,
	.count = sizeof(topics) / sizeof(topics[0]),
};
