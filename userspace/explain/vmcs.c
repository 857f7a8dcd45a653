// SPDX-License-Identifier: GPL-2.0-only
/* The fourth lesson: what is in the control structures. */
#include "explain/lessons.h"

/* Text in columns of its own. */
/* clang-format off */
static const struct topic topics[] = {
	{
		.id = "guest-state-area",
		.title = "Guest-state area",
		.aliases = "guest state,guest state area,cr3,segment registers,rsp,rip,rflags,gdtr,idtr,ldtr",
		.text =
"The guest-state area holds the guest's registers: VM entry loads them, VM exit saves them. CR0, CR3 "
"and CR4; RSP, RIP and RFLAGS; DR7; for each of CS, SS, DS, ES, FS, GS, LDTR and TR the selector, "
"base, limit and access rights, since the hidden parts of a segment register cannot be rebuilt from "
"memory; base and limit of GDTR and IDTR; and MSRs such as IA32_EFER, IA32_PAT, IA32_DEBUGCTL and "
"those of SYSENTER.\n"
"Not in it are the other general registers, the FPU and vector state, CR2, CR8 and most MSRs: the "
"hypervisor saves and loads those itself.\n"
"Some fields are not registers at all. The activity state says whether the processor is active, "
"halted, shut down or waiting for a start-up IPI. The interruptibility state tells of blocking by "
"STI, MOV SS or NMI. The VMCS link pointer names a shadow VMCS or is all ones.",
		.evidence = "vmcs-group-guest activity-states",
		.see = "Intel SDM volume 3C, Virtual Machine Control Structures (Guest-State Area)",
		.list = LESSON_GUEST_FIELDS,
	},
	{
		.id = "host-state-area",
		.title = "Host-state area",
		.aliases = "host state,host state area",
		.text =
"The host-state area says how the processor continues after an exit: CR0, CR3, CR4; RSP and RIP; "
"the selectors of the segment registers and TR; base addresses of FS, GS, TR, GDTR and IDTR; and a "
"few MSRs. Exits load it and never write it: the hypervisor fills it before entry, which it must do "
"again when the virtual processor moves to another CPU, since TR, GDTR and GS base differ there.\n"
"What has no field takes a fixed value. Bases of CS, SS, DS and ES become 0 with the widest limits; "
"RFLAGS becomes 2, so interrupts are off; DR7 becomes 0x400; the GDTR and IDTR limits become "
"0xFFFF; LDTR is unusable.",
		.evidence = "vmcs-group-host",
		.see = "Intel SDM volume 3C, VM Exits (Loading Host State)",
		.list = LESSON_HOST_FIELDS,
	},
	{
		.id = "vm-execution-controls",
		.title = "VM-execution control fields",
		.aliases = "execution controls,vm-execution control fields,vm execution controls,execution control fields",
		.text =
"The VM-execution controls decide what a guest may do without the hypervisor. There are four words "
"of control bits: pin-based, for asynchronous events, and primary, secondary and tertiary "
"processor-based, for instructions and features. Around them are fields that refine one thing "
"each: the exception bitmap; I/O and MSR bitmaps; masks and read shadows for CR0 and CR4; CR3-target "
"values; TSC offset and multiplier; the EPT pointer; the VPID; addresses for the virtual APIC, "
"posted interrupts, page-modification log and more.\n"
"A field exists only on processors that support the control it belongs to. VMREAD or VMWRITE of one "
"that does not exist fails with VM-instruction error 12.",
		.evidence = "vmcs-group-control vmx-controls",
		.see = "Intel SDM volume 3C, Virtual Machine Control Structures (VM-Execution Control Fields)",
		.list = LESSON_CONTROL_FIELDS,
	},
	{
		.id = "pin-based-controls",
		.title = "Pin-based controls",
		.aliases = "pin-based,pin based controls,pin-based vm-execution controls",
		.text =
"The pin-based controls (VMCS field 0x4000) handle events that come from outside: external-interrupt "
"exiting (bit 0) and NMI exiting (bit 3), both set by nearly every hypervisor so that the host gets "
"its interrupts while a guest runs; virtual NMIs (bit 5), which track the guest's NMI blocking; the "
"VMX-preemption timer (bit 6), which ends a guest's time slice without a real timer; and posted "
"interrupts (bit 7).\n"
"IA32_VMX_PINBASED_CTLS and its TRUE variant say which may and which must be set.",
		.evidence = "external-interrupt-exiting nmi-exiting virtual-nmis preemption-timer preemption-timer-rate posted-interrupts",
		.see = "Intel SDM volume 3D, Appendix A.3.1 Pin-Based VM-Execution Controls",
	},
	{
		.id = "processor-based-controls",
		.title = "Processor-based controls",
		.aliases = "processor-based,processor based controls,primary controls,secondary controls,tertiary controls,processor-based vm-execution controls",
		.text =
"The primary processor-based controls (field 0x4002) choose exits on instructions: HLT, INVLPG, "
"MWAIT, RDPMC, RDTSC, CR3 and CR8 accesses, MOV DR, port I/O (all of it, or by bitmap), MSRs (all, or "
"by bitmap), MONITOR, PAUSE. Interrupt-window exiting asks for an exit as soon as the guest can take "
"an interrupt; the monitor trap flag steps it by one instruction. Some bits default to 1 and can be "
"0 only where the TRUE MSRs say so.\n"
"Bit 31 activates the secondary controls (field 0x401E), where the later features are: EPT, VPID, "
"unrestricted guest, APIC virtualization, PAUSE-loop exiting, VMCS shadowing, page-modification "
"logging, TSC scaling. Bit 17 activates the tertiary controls (field 0x2034, 64 bits): IPI "
"virtualization, HLAT and others.",
		.evidence = "hlt-exiting secondary-controls tertiary-controls tsc-offsetting tsc-scaling pause-loop-exiting monitor-trap-flag",
		.see = "Intel SDM volume 3D, Appendix A.3.2 to A.3.4",
	},
	{
		.id = "exception-bitmap",
		.title = "Exception bitmap",
		.aliases = "exception bit map",
		.text =
"The exception bitmap (VMCS field 0x4004) has one bit for each of the 32 exception vectors; a set "
"bit turns that exception of the guest into an exit with reason 0. Page faults are finer: the "
"error-code mask and match (fields 0x4006 and 0x4008) select which of them follow bit 14 and which "
"do the opposite.\n"
"With EPT a hypervisor leaves page faults to the guest. KVM on Intel intercepts #MC, #UD, #DB and "
"#AC, and #BP while a debugger of the host wants it. NMI, although vector 2, goes by its "
"pin-based control. In the VMCB the exception intercepts are the word at offset 0x08.",
		.evidence = "vmx-state svm-state",
		.exits = "intel:0",
		.see = "Intel SDM volume 3C, Virtual Machine Control Structures (Exception Bitmap)\n"
		       "AMD APM volume 2, 15.12 Exception Intercepts",
	},
	{
		.id = "io-bitmaps",
		.title = "I/O bitmaps",
		.aliases = "i/o bitmaps,i/o bitmap,io bitmap,i/o permission map,iopm",
		.text =
"Two pages, bitmap A for ports 0x0000 to 0x7FFF and B for 0x8000 to 0xFFFF (VMCS fields 0x2000 and "
"0x2002), hold one bit for each port. Where \"use I/O bitmaps\" is set, an IN or OUT exits if the bit "
"of any port it touches is set; where it is clear, \"unconditional I/O exiting\" decides for all.\n"
"AMD has one map, the I/O permission map of 12 KiB, whose address is at offset 0x40 of the VMCB. KVM "
"lets every port exit, since the ports that a guest sees are emulated.",
		.evidence = "use-io-bitmaps unconditional-io",
		.exits = "intel:30 amd:0x7b",
		.see = "Intel SDM volume 3C, Virtual Machine Control Structures (I/O-Bitmap Addresses)\n"
		       "AMD APM volume 2, 15.10 IOIO Intercepts",
	},
	{
		.id = "msr-bitmaps",
		.title = "MSR bitmaps",
		.aliases = "msr bitmap,msr permission map,msrpm",
		.text =
"One page of 4 KiB (VMCS field 0x2004) in four parts of 1 KiB: reads of MSRs 0 to 0x1FFF, reads of "
"0xC0000000 to 0xC0001FFF, then writes of the same two ranges. Where \"use MSR bitmaps\" is set, a "
"set bit makes RDMSR or WRMSR of that MSR exit, and an MSR outside both ranges always exits; where "
"it is clear every RDMSR and WRMSR exits.\n"
"AMD's MSR permission map is 8 KiB (address at offset 0x48 of the VMCB) with two bits for each MSR, "
"read and write, and covers the range 0xC0010000 to 0xC0011FFF as well. Hypervisors pass through "
"those MSRs that the entry and exit switch anyway, such as FS base and GS base.",
		.evidence = "use-msr-bitmaps",
		.exits = "intel:31 intel:32 amd:0x7c",
		.see = "Intel SDM volume 3C, Virtual Machine Control Structures (MSR-Bitmap Address)\n"
		       "AMD APM volume 2, 15.11 MSR Intercepts",
	},
	{
		.id = "vm-exit-controls",
		.title = "VM-exit control fields",
		.aliases = "exit controls,vm-exit control fields,vm exit controls,exit control fields",
		.text =
"The VM-exit controls (field 0x400C) say what an exit does beside the fixed part: whether the host "
"runs in 64-bit mode afterwards (host address-space size), whether an external interrupt is "
"acknowledged on the way so that the hypervisor finds its vector, which MSRs are saved or loaded "
"(IA32_PAT, IA32_EFER, IA32_PERF_GLOBAL_CTRL and others), and whether the preemption timer's value "
"is kept. Bit 31 activates a secondary word of 64 bits (field 0x2044).\n"
"MSRs without a control of their own go in lists in memory: the exit MSR-store list for the "
"guest's, the exit MSR-load list for the host's, each with a count.",
		.evidence = "exit-controls ack-interrupt host-64 exit-load-efer secondary-exit-controls",
		.see = "Intel SDM volume 3D, Appendix A.4 VM-Exit Controls",
	},
	{
		.id = "vm-entry-controls",
		.title = "VM-entry control fields",
		.aliases = "entry controls,vm-entry control fields,vm entry controls,entry control fields,event injection",
		.text =
"The VM-entry controls (field 0x4012) say whether the guest is in 64-bit mode after entry (IA-32e "
"mode guest) and which MSRs are loaded; an entry MSR-load list adds any others.\n"
"Three more fields inject an event: 0x4016 with the vector, the type (external interrupt, NMI, "
"hardware exception, software interrupt and so on) and a valid bit, 0x4018 with the error code, "
"0x401A with the instruction length for software events. The guest takes it through its own IDT as "
"the first thing after entry. AMD's counterpart is EVENTINJ at offset 0xA8 of the VMCB.",
		.evidence = "entry-controls ia32e-guest entry-load-efer zero-length-injection",
		.see = "Intel SDM volume 3C, VM Entries (Event Injection)\n"
		       "Intel SDM volume 3D, Appendix A.5 VM-Entry Controls",
	},
	{
		.id = "vm-exit-information",
		.title = "VM-exit information fields",
		.aliases = "exit information,vm-exit information fields,vm exit information,exit qualification",
		.text =
"After an exit these fields say what happened. Exit reason (0x4402): the number in bits 15:0, bit "
"31 set where it was really a failed entry. Exit qualification (0x6400): details whose meaning "
"depends on the reason, such as the port and size of an I/O access or what kind of access violated "
"EPT. Guest-linear address and guest-physical address where they apply. Interruption information "
"for the exception or interrupt that caused the exit, and the same for an event whose delivery was "
"under way, which the hypervisor must deliver again. Length of the instruction and, for some, its "
"decoded operands. VM-instruction error (0x4400) belongs to failed VMX instructions.\n"
"They are read-only except where IA32_VMX_MISC bit 29 lets VMWRITE change any field, which helps "
"nested virtualization.",
		.evidence = "vmcs-group-info vmwrite-any ins-outs-info ept-advanced-info",
		.see = "Intel SDM volume 3C, Virtual Machine Control Structures (VM-Exit Information Fields)",
		.list = LESSON_EXIT_FIELDS,
	},
	{
		.id = "vmcs-fields",
		.title = "Every field of the VMCS",
		.aliases = "vmcs field,vmcs encodings,vmcs encoding,field encoding",
		.text =
"A VMCS field is named by a number, its encoding, which VMREAD and VMWRITE take. Bits 14:13 are the "
"width (0 is 16 bits, 1 is 64, 2 is 32, 3 is natural: the width of a register), bits 11:10 the type "
"(0 control, 1 read-only exit information, 2 guest state, 3 host state), bits 9:1 an index, and bit "
"0 reaches the upper half of a 64-bit field.\n"
"IA32_VMX_VMCS_ENUM tells the highest index that the processor uses, over all widths and types. "
"Many fields exist only where a control may be set; the list below says which, and for this "
"machine whether it may.",
		.evidence = "vmcs-highest vmcs-count",
		.see = "Intel SDM volume 3D, Appendix B Field Encoding in VMCS",
		.list = LESSON_ALL_FIELDS,
	},
	{
		.id = "vmcb-layout",
		.title = "The VMCB in outline",
		.aliases = "vmcb outline,vmcb fields,vmcb control area,vmcb save area,vmcb state-save area",
		.text =
"Control area, offset: 0x000 intercepts of CR and DR reads and writes, 0x008 exceptions, 0x00C to "
"0x014 instructions and events; 0x03C PAUSE filter threshold and count; 0x040 and 0x048 addresses "
"of the I/O and MSR permission maps; 0x050 TSC offset; 0x058 ASID and TLB control; 0x060 virtual "
"interrupt control; 0x068 interrupt shadow; 0x070 EXITCODE, 0x078 EXITINFO1, 0x080 EXITINFO2, 0x088 "
"EXITINTINFO; 0x090 nested paging and SEV enables; 0x0A8 EVENTINJ; 0x0B0 nCR3; 0x0B8 LBR and VMSAVE "
"virtualization; 0x0C0 clean bits; 0x0C8 the next RIP; 0x0D0 bytes of the instruction that "
"faulted; 0x0E0 to 0x0F8 AVIC pages and tables; 0x108 the address of the VMSA.\n"
"State-save area, from 0x400: segment registers ES to TR of 16 bytes each, CPL, EFER, CR4, CR3, CR0, "
"DR7, DR6, RFLAGS, RIP, RSP, RAX, STAR, LSTAR, CSTAR, SFMASK, KernelGsBase, SYSENTER registers, CR2, "
"guest PAT, and the last-branch registers.",
		.evidence = "cpuid-svm nrips decode-assists vmcb-clean lbr-virt",
		.see = "AMD APM volume 2, Appendix B Layout of VMCB\n"
		       "Linux arch/x86/include/asm/svm.h",
	},
};
/* clang-format on */

const struct lesson lesson_vmcs = {
	.title = "The VMCS",
	.topics = topics,
	.count = sizeof(topics) / sizeof(topics[0]),
};
