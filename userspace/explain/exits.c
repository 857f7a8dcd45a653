// SPDX-License-Identifier: GPL-2.0-only
/* The fifth lesson: why guests are left, the ten common reasons first. */
#include "explain/lessons.h"

/* Text in columns of its own. */
/* clang-format off */
static const struct topic topics[] = {
	{
		.id = "vm-exits",
		.title = "VM exits",
		.aliases = "why guests exit,exit causes",
		.text =
"Each exit has a reason. Some are interceptions: the guest executed something that the hypervisor "
"must do for it. Some are events from outside that belong to the host, an interrupt above all. Some "
"are faults of the second-level translation. A few report that the guest or its set-up is broken.\n"
"The reasons are numbered by the vendors, each in its own way: Intel's basic exit reason stands in "
"bits 15:0 of VMCS field 0x4402, AMD's EXITCODE at offset 0x70 of the VMCB. The ten topics that "
"follow are those that a person meets first; \"explain exit-reasons\" lists all of both vendors. "
"\"virtinfo exits\" runs a guest that causes each kind on purpose, counts and times them; what one "
"costs is the round trip, out of the guest and back in, with the hypervisor's work between.",
		.diagram = "entry-exit",
		.evidence = "exits",
		.see = "Intel SDM volume 3D, Appendix C VMX Basic Exit Reasons\n"
		       "AMD APM volume 2, Appendix C SVM Intercept Exit Codes",
	},
	{
		.id = "exit-external-interrupt",
		.title = "Exit: external interrupt",
		.aliases = "external interrupt,vmexit_intr",
		.text =
"A physical interrupt arrived while the guest ran: the host's timer, a disk, a network card, an "
"inter-processor interrupt. It belongs to the host, so the guest is left, the host handles it, and "
"the guest goes on; the guest itself did nothing. Even an idle guest has these, and on a busy one "
"they are the floor below which the number of exits does not fall.\n"
"Intel exits with reason 1 where external-interrupt exiting is set, AMD with 0x60 (VMEXIT_INTR) "
"where INTR is intercepted. With posted interrupts or AVIC, interrupts meant for the guest do not "
"take this path. Interrupts for the host can be made rarer by keeping its devices and timers away "
"from the CPUs that run guests.",
		.evidence = "external-interrupt-exiting posted-interrupts avic",
		.exits = "intel:1 amd:0x60",
		.see = "Intel SDM volume 3C, VMX Non-Root Operation (Other Causes of VM Exits)\n"
		       "AMD APM volume 2, 15.13 Interrupt Intercepts",
	},
	{
		.id = "exit-triple-fault",
		.title = "Exit: triple fault",
		.aliases = "triple fault,shutdown,vmexit_shutdown",
		.text =
"The guest hit an exception, delivering it failed, delivering the double fault failed as well. A real "
"processor would shut down and the machine would reset. Intel exits with reason 2, "
"unconditionally; AMD with 0x7F (VMEXIT_SHUTDOWN) where shutdown is intercepted.\n"
"KVM hands it to user space as KVM_EXIT_SHUTDOWN, and the VMM usually resets the machine. Some "
"systems reset on purpose this way, by loading an empty IDT and raising an exception. Otherwise it "
"means broken page tables, a broken IDT or a bad kernel stack: QEMU started with -d cpu_reset "
"prints the registers as they were.",
		.exits = "intel:2 amd:0x7f",
		.see = "Intel SDM volume 3A, Interrupt and Exception Handling (Double Fault Exception)",
	},
	{
		.id = "exit-cpuid",
		.title = "Exit: CPUID",
		.aliases = "cpuid,cpuid exit,vmexit_cpuid",
		.text =
"A guest must not see the host's CPUID as it is: the hypervisor decides which features a virtual "
"machine has, and adds its own leaves. On Intel CPUID always exits (reason 10); on AMD it does where "
"the intercept is set, 0x72.\n"
"KVM answers from a table that the VMM gave it with KVM_SET_CPUID2, without leaving the kernel. That "
"makes CPUID a convenient measure of the cheapest complete exit, but a bad idea in a hot path of a "
"guest: programs that serialize with CPUID (for timing, or after changing code) pay a thousand times "
"what they expect, and SERIALIZE, where present, does the same without an exit.",
		.exits = "intel:10 amd:0x72",
		.see = "Linux Documentation/virt/kvm/api.rst (KVM_SET_CPUID2)",
	},
	{
		.id = "exit-hlt",
		.title = "Exit: HLT",
		.aliases = "hlt,hlt exit,vmexit_hlt,halt",
		.text =
"HLT stops the processor until the next interrupt: an idle guest executes it all the time. The "
"hypervisor takes the exit (reason 12 on Intel, 0x78 on AMD) to give the CPU to somebody else, and "
"wakes the virtual processor when an interrupt for it comes.\n"
"Waking costs more than the exit does, so KVM first polls for a short, adaptive time (halt_poll_ns) "
"before it lets the thread sleep. A host that dedicates CPUs to a guest can let HLT run in the guest "
"with KVM_CAP_X86_DISABLE_EXITS: the lowest latency, at the price of a CPU that looks busy to the "
"host. Newer AMD processors can skip the exit when a virtual interrupt is already pending (idle "
"HLT intercept).",
		.evidence = "hlt-exiting idle-hlt",
		.exits = "intel:12 amd:0x78 amd:0xa6",
		.see = "Linux Documentation/virt/kvm/halt-polling.rst",
	},
	{
		.id = "exit-io",
		.title = "Exit: I/O instruction",
		.aliases = "io,in,out,i/o instruction,io instruction,port i/o,vmexit_ioio,exit-i/o",
		.text =
"IN and OUT talk to device ports: serial line, PCI configuration, ACPI, old timers and disks. Reason "
"30 on Intel, with port, size and direction in the exit qualification; 0x7B on AMD, with the same in "
"EXITINFO1 and the next RIP in EXITINFO2.\n"
"Unless the device lives in the kernel (interrupt controllers, PIT) or an ioeventfd is registered for "
"the port, KVM_RUN returns KVM_EXIT_IO and the VMM emulates the access in user space, which costs "
"several times an exit that stays in the kernel. So early boot, which talks over a serial console, "
"is slow, and virtio is fast: it needs one such notification for a batch of buffers. Memory-mapped "
"registers are the EPT violation's or misconfiguration's business, not this one's.",
		.evidence = "use-io-bitmaps unconditional-io",
		.exits = "intel:30 amd:0x7b",
		.see = "Linux Documentation/virt/kvm/api.rst (KVM_EXIT_IO)\n"
		       "AMD APM volume 2, 15.10 IOIO Intercepts",
	},
	{
		.id = "exit-msr",
		.title = "Exit: RDMSR and WRMSR",
		.aliases = "rdmsr,wrmsr,rdmsr/wrmsr,rdmsr exit,wrmsr exit,vmexit_msr",
		.text =
"Model-specific registers configure the processor, so a guest gets most of them emulated. Intel has "
"reason 31 for RDMSR and 32 for WRMSR; AMD has 0x7C for both, with EXITINFO1 0 for a read and 1 for a "
"write. The MSR bitmap (or permission map) exempts single registers.\n"
"The frequent ones in practice are the TSC deadline timer and, without APIC virtualization, x2APIC "
"registers, such as the one that sends inter-processor interrupts. An MSR that the hypervisor does "
"not know gives the guest #GP, which is why the same program that reads an MSR on hardware may fault "
"in a virtual machine; KVM's parameter ignore_msrs makes it answer 0 instead, which hides the "
"difference.",
		.evidence = "use-msr-bitmaps virtualize-x2apic x2avic",
		.exits = "intel:31 intel:32 amd:0x7c",
		.see = "Linux Documentation/virt/kvm/api.rst (KVM_X86_SET_MSR_FILTER)\n"
		       "AMD APM volume 2, 15.11 MSR Intercepts",
	},
	{
		.id = "exit-cr-access",
		.title = "Exit: control-register access",
		.aliases = "cr access,control register access,control-register access,mov cr",
		.text =
"Control registers switch modes and paging, so a hypervisor watches some of their bits. On Intel "
"reason 28 covers MOV to and from CR0, CR3, CR4 and CR8, CLTS and LMSW, with the register and "
"direction in the exit qualification. For CR0 and CR4 a mask tells which bits the host owns: a guest's "
"write exits only if it would change one of those, and its reads see the read shadow, without an "
"exit. CR3 has two controls and a short list of values that are allowed.\n"
"AMD has one exit code for each register and direction, 0x00 to 0x0F for reads and 0x10 to 0x1F for "
"writes, and 0x65 for writes of CR0 that change more than TS and MP. With EPT or NPT nobody needs CR3 "
"exits any more, which were by far the most frequent under shadow paging.",
		.evidence = "cr3-load-exiting cr3-targets ept npt",
		.exits = "intel:28 amd:0x0 amd:0x3 amd:0x4 amd:0x8 amd:0x10 amd:0x13 amd:0x14 amd:0x18 amd:0x65",
		.see = "Intel SDM volume 3C, VMX Non-Root Operation (Changes to Instruction Behavior)",
	},
	{
		.id = "exit-exception",
		.title = "Exit: exception or NMI",
		.aliases = "exception,exception or nmi,exception exit,nmi",
		.text =
"The guest raised an exception that the exception bitmap selects, or an NMI came while NMI exiting was "
"on. Intel reports both with reason 0 and tells vector and error code in the interruption "
"information; AMD has a code for each vector, 0x40 plus the vector, and 0x61 for NMI.\n"
"A guest's ordinary page faults and system-call exceptions do not exit with second-level "
"translation. What a hypervisor still takes are machine checks, which concern the host; debug "
"exceptions; #UD, so that it can emulate; #AC, because a guest could otherwise lock the processor in "
"an endless loop of delivering it; and with SEV-ES nothing that it would need registers for. If the "
"exit happened while another event was being delivered, that event must be injected again.",
		.evidence = "nmi-exiting virtual-nmis",
		.exits = "intel:0 amd:0x4e amd:0x46 amd:0x52 amd:0x61",
		.see = "Intel SDM volume 3C, VM Exits (Information for VM Exits Due to Vectored Events)\n"
		       "AMD APM volume 2, 15.12 Exception Intercepts",
	},
	{
		.id = "exit-ept-violation",
		.title = "Exit: EPT violation, nested page fault",
		.aliases = "ept violation,nested page fault,npf,vmexit_npf,ept-violation",
		.text =
"The guest accessed a guest physical address that the second-level tables do not map or do not "
"permit. Intel: reason 48, with the kind of access in the exit qualification and the address in "
"field 0x2400. AMD: 0x400 (VMEXIT_NPF), with an error code in EXITINFO1 and the address in "
"EXITINFO2.\n"
"Mostly it is the page fault of a machine: the host had not yet given memory to this page, or had "
"swapped it out, shares it for copy-on-write, or tracks writes for migration. It fills in the entry "
"and the guest repeats the access. So a booting guest has many and a warmed-up one few, and large "
"pages on the host reduce them. If there is no memory at the address it is a device register: "
"KVM marks known ones so that on Intel they come as EPT misconfiguration (49), and KVM_RUN returns "
"KVM_EXIT_MMIO.",
		.evidence = "ept npt ept-pages",
		.exits = "intel:48 intel:49 amd:0x400",
		.see = "Intel SDM volume 3C, VMX Support for Address Translation (EPT-Induced VM Exits)\n"
		       "AMD APM volume 2, 15.25.6 Nested versus Guest Page Faults, Fault Ordering",
	},
	{
		.id = "exit-vmcall",
		.title = "Exit: VMCALL, VMMCALL",
		.aliases = "vmcall,vmmcall,hypercall exit,vmexit_vmmcall",
		.text =
"The guest calls the hypervisor on purpose: VMCALL on Intel (reason 18), VMMCALL on AMD (0x81). The "
"instruction defines nothing else; which register holds the number and what the numbers mean is the "
"hypervisor's interface. KVM takes the number in RAX and arguments in RBX, RCX, RDX and RSI, and "
"returns the result in RAX.\n"
"The two instructions are encoded differently, and each raises #UD on the other vendor's processor; "
"KVM catches that and patches the right one in or emulates it. Hyper-V and Xen give the guest a page "
"of code to call instead, so the guest need not know. Hypercalls are few: KVM's wake a halted "
"processor, send many inter-processor interrupts at once, yield to a lock holder, or tell "
"which memory is shared.",
		.exits = "intel:18 amd:0x81",
		.see = "Linux Documentation/virt/kvm/x86/hypercalls.rst\n"
		       "AMD APM volume 2, 15.18 VMMCALL Instruction",
	},
	{
		.id = "exit-reasons",
		.title = "Every VM exit reason",
		.aliases = "all exit reasons,exit reason,exit codes,exit code",
		.text =
"All basic exit reasons of Intel and exit codes of AMD, by number, with what each means; \"explain\" "
"also takes the name of one, or its number as the vendor writes it, 48 or 0x400, with intel: or amd: "
"before it where that leaves a doubt. Which of them a machine can produce depends on its controls "
"and intercepts. AMD's rows from 0x80000001 on are not produced by the hardware: a SEV-ES guest "
"writes them to the GHCB to say what it wants.",
		.see = "Intel SDM volume 3D, Appendix C VMX Basic Exit Reasons\n"
		       "AMD APM volume 2, Appendix C SVM Intercept Exit Codes",
		.list = LESSON_EXIT_REASONS,
	},
};
/* clang-format on */

const struct lesson lesson_exits = {
	.title = "VM exits",
	.topics = topics,
	.count = sizeof(topics) / sizeof(topics[0]),
};
