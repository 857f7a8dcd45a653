// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/exits_guest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "kvm/device.h"

#define CODE	  0x1000u
#define HANDLER	  0x1f00u
#define GDT	  0x2000u
#define IDT	  0x2100u
#define STACK	  0x8000u
#define UNTOUCHED 0x400000u
#define PAGE	  0x1000u

#define CODE_SELECTOR	     0x08
#define DATA_SELECTOR	     0x10
#define CR0_PE		     0x1u
#define CR0_ET		     0x10u
#define UD_VECTOR	     6
#define IDT_ENTRIES	     32
#define MSR_IA32_MISC_ENABLE 0x1a0

struct code {
	uint8_t *at;
	size_t size;
};

static void put(struct code *code, const char *bytes, size_t size)
{
	memcpy(code->at + code->size, bytes, size);
	code->size += size;
}

/* A string literal with its size: machine code may hold 0 bytes. */
#define PUT(code, bytes) put(code, bytes, sizeof(bytes) - 1)

static void put32(struct code *code, uint32_t value)
{
	memcpy(code->at + code->size, &value, sizeof(value));
	code->size += sizeof(value);
}

static const struct {
	const char *before, *cause;
	size_t before_size, cause_size;
} codes[KVM_EXITS_COUNT] = {
#define EXIT_CODE(id, first, then)                                             \
	[KVM_EXITS_##id] = { .before = (first),                                \
			     .before_size = sizeof(first) - 1,                 \
			     .cause = (then),                                  \
			     .cause_size = sizeof(then) - 1 },
#include "tables/exit_causes.def"
};

static void put_cause(struct code *code, const struct exits_guest *guest,
		      uint64_t msr)
{
	if (guest->id == KVM_EXITS_WRMSR) {
		PUT(code, "\xb8"); /* mov eax, the value that it has */
		put32(code, (uint32_t)msr);
		PUT(code, "\xba"); /* mov edx */
		put32(code, (uint32_t)(msr >> 32));
	}
	put(code, codes[guest->id].cause, codes[guest->id].cause_size);
	if (guest->id == KVM_EXITS_HYPERCALL && guest->svm)
		PUT(code, "\x0f\x01\xd9"); /* vmmcall */
	else if (guest->id == KVM_EXITS_HYPERCALL)
		PUT(code, "\x0f\x01\xc1"); /* vmcall */
}

/* The time that it took into the next sample; again, EBP times in all. */
static void put_loop_end(struct code *code, size_t start)
{
	PUT(code, "\x89\x07"	 /* mov [edi], eax */
		  "\x83\xc7\x04" /* add edi, 4 */
		  "\x4d"	 /* dec ebp */
		  "\x0f\x85");	 /* jnz start */
	put32(code, (uint32_t)(start - code->size - 4));
	PUT(code, "\xe6\xf4" /* out EXITS_GUEST_DONE, al */
		  "\xf4");   /* hlt */
}

static void put_timed_cause(struct code *code, const struct exits_guest *guest,
			    uint64_t msr)
{
	put(code, codes[guest->id].before, codes[guest->id].before_size);
	PUT(code, "\x0f\x31"   /* rdtsc */
		  "\x89\xc6"); /* mov esi, eax */
	put_cause(code, guest, msr);
	PUT(code, "\x0f\x31"   /* rdtsc */
		  "\x29\xf0"); /* sub eax, esi */
	put_loop_end(code, 0);
}

/* Nothing but looking at the clock; a gap is somebody else's time. */
static void put_gap_watcher(struct code *code, uint32_t threshold)
{
	size_t next;

	PUT(code, "\x0f\x31"   /* rdtsc */
		  "\x89\xc6"); /* mov esi, eax */
	next = code->size;
	PUT(code, "\x0f\x31" /* next: rdtsc */
		  "\x89\xc1" /* mov ecx, eax */
		  "\x29\xf0" /* sub eax, esi */
		  "\x89\xce" /* mov esi, ecx */
		  "\x3d");   /* cmp eax, threshold */
	put32(code, threshold);
	PUT(code, "\x72\xf1"); /* jb next */
	put_loop_end(code, next);
}

/* Limit 4 GiB, in pages; type is a descriptor's access byte. */
static uint64_t flat_segment(uint8_t type)
{
	return 0x00cf00000000ffffull | (uint64_t)type << 40;
}

static void put_tables(struct kvm_vm *vm)
{
	const uint64_t gdt[] = { 0, flat_segment(0x9b), flat_segment(0x93) };
	/* A present 32-bit interrupt gate of ring 0. */
	const uint64_t gate = (HANDLER & 0xffff) | CODE_SELECTOR << 16 |
			      0x8e00ull << 32 | (uint64_t)(HANDLER >> 16) << 48;
	struct code handler = { .at = vm->memory + HANDLER };

	memcpy(vm->memory + GDT, gdt, sizeof(gdt));
	memcpy(vm->memory + IDT + UD_VECTOR * sizeof(gate), &gate,
	       sizeof(gate));
	PUT(&handler, "\x83\x04\x24\x02" /* add dword [esp], 2 */
		      "\xcf");		 /* iret, past the ud2 */
}

static struct kvm_segment segment(uint16_t selector, uint8_t type)
{
	return (struct kvm_segment){
		.limit = 0xffffffff,
		.selector = selector,
		.type = type,
		.present = 1,
		.db = 1,
		.s = 1,
		.g = 1,
	};
}

int exits_guest_restart(struct kvm_vm *vm, const struct exits_guest *guest)
{
	struct kvm_regs regs = {
		.rip = CODE,
		.rsp = STACK,
		.rdi = EXITS_GUEST_SAMPLES,
		.rbp = guest->events,
		.rflags = KVM_VM_RFLAGS,
	};
	struct kvm_sregs sregs;

	if (ioctl(vm->vcpu, KVM_GET_SREGS, &sregs))
		return -errno;
	sregs.cs = segment(CODE_SELECTOR, 0xb);
	sregs.ds = segment(DATA_SELECTOR, 0x3);
	sregs.es = sregs.fs = sregs.gs = sregs.ss = sregs.ds;
	sregs.cr0 = CR0_PE | CR0_ET;
	sregs.cr4 = 0;
	sregs.gdt.base = GDT;
	sregs.gdt.limit = 3 * 8 - 1;
	sregs.idt.base = IDT;
	sregs.idt.limit = IDT_ENTRIES * 8 - 1;
	/* No exception can be delivered without an IDT: shutdown. */
	if (guest->id == KVM_EXITS_TRIPLE_FAULT)
		sregs.idt.limit = 0;
	if (ioctl(vm->vcpu, KVM_SET_SREGS, &sregs))
		return -errno;
	if (guest->id == KVM_EXITS_FIRST_TOUCH)
		regs.rbx = UNTOUCHED;
	return ioctl(vm->vcpu, KVM_SET_REGS, &regs) ? -errno : 0;
}

/* The guest's CPUID is what KVM can offer, as a VMM would have it. */
static int set_cpuid(struct kvm_vm *vm)
{
	struct kvm_cpuid2 *cpuid;
	int error;

	cpuid = kvm_get_cpuid(vm->device, KVM_GET_SUPPORTED_CPUID, &error);
	if (!cpuid)
		return -error;
	error = ioctl(vm->vcpu, KVM_SET_CPUID2, cpuid) ? -errno : 0;
	free(cpuid);
	return error;
}

/*
 * The host's pages are there already, and small, so that what the guest's
 * first touch costs is the violation and not the host's own page fault.
 */
static int prepare_untouched(struct kvm_vm *vm, const struct exits_guest *guest)
{
	uint8_t *start = vm->memory + UNTOUCHED;
	size_t size = (guest->events + 1) * (size_t)PAGE;

	/* A kernel without huge pages refuses the advice, and needs none. */
	if (madvise(start, size, MADV_NOHUGEPAGE) && errno != EINVAL)
		return -errno;
	for (size_t offset = 0; offset < size; offset += PAGE)
		((volatile uint8_t *)start)[offset] = 1;
	return 0;
}

int exits_guest_load(struct kvm_vm *vm, const struct exits_guest *guest)
{
	struct code code = { .at = vm->memory + CODE };
	uint64_t msr = 0;
	int error;

	if (!guest->events || guest->events > EXITS_GUEST_EVENTS)
		return -EINVAL;
	error = set_cpuid(vm);
	if (!error && guest->id == KVM_EXITS_WRMSR)
		error = kvm_get_msr(vm->vcpu, MSR_IA32_MISC_ENABLE, &msr);
	if (!error && guest->id == KVM_EXITS_FIRST_TOUCH)
		error = prepare_untouched(vm, guest);
	if (error)
		return error;
	put_tables(vm);
	if (guest->id == KVM_EXITS_TRIPLE_FAULT)
		PUT(&code, "\x31\xc9"	/* xor ecx, ecx */
			   "\xf7\xf1"); /* div ecx */
	else if (guest->id == KVM_EXITS_INTERRUPT)
		put_gap_watcher(&code, guest->threshold);
	else
		put_timed_cause(&code, guest, msr);
	return exits_guest_restart(vm, guest);
}

int exits_guest_samples(struct kvm_vm *vm)
{
	struct kvm_regs regs;

	if (ioctl(vm->vcpu, KVM_GET_REGS, &regs))
		return -errno;
	if (regs.rdi < EXITS_GUEST_SAMPLES)
		return -EIO;
	regs.rdi = (regs.rdi - EXITS_GUEST_SAMPLES) / sizeof(uint32_t);
	return regs.rdi > EXITS_GUEST_EVENTS ? -EIO : (int)regs.rdi;
}
