// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/step.h"

#include <stddef.h>
#include <string.h>

#include "types.h"

static const char *const step_names[KVM_STEP_COUNT] = {
	[KVM_STEP_NONE] = "none",
	[KVM_STEP_OPEN] = "open",
	[KVM_STEP_API] = "api-version",
	[KVM_STEP_WATCHDOG] = "watchdog",
	[KVM_STEP_CREATE_VM] = "create-vm",
	[KVM_STEP_MEMORY] = "memory",
	[KVM_STEP_VCPU] = "vcpu",
	[KVM_STEP_REGISTERS] = "registers",
	[KVM_STEP_RUN] = "run",
	[KVM_STEP_WRONG_VALUE] = "wrong-value",
	[KVM_STEP_TIMED_OUT] = "timed-out",
	[KVM_STEP_UNEXPECTED_EXIT] = "unexpected-exit",
};

/* By number, not by constant: the headers at hand may be older. */
static const char *const exit_names[] = {
	[0] = "UNKNOWN",
	[1] = "EXCEPTION",
	[2] = "IO",
	[3] = "HYPERCALL",
	[4] = "DEBUG",
	[5] = "HLT",
	[6] = "MMIO",
	[7] = "IRQ_WINDOW_OPEN",
	[8] = "SHUTDOWN",
	[9] = "FAIL_ENTRY",
	[10] = "INTR",
	[11] = "SET_TPR",
	[12] = "TPR_ACCESS",
	[16] = "NMI",
	[17] = "INTERNAL_ERROR",
	[24] = "SYSTEM_EVENT",
	[26] = "IOAPIC_EOI",
	[27] = "HYPERV",
	[29] = "X86_RDMSR",
	[30] = "X86_WRMSR",
	[31] = "DIRTY_RING_FULL",
	[33] = "X86_BUS_LOCK",
	[34] = "XEN",
	[37] = "NOTIFY",
	[39] = "MEMORY_FAULT",
	[40] = "TDX",
};

const char *kvm_step_name(enum kvm_step step)
{
	return (size_t)step < KVM_STEP_COUNT ? step_names[step] : "unknown";
}

enum kvm_step kvm_step_parse(const char *word)
{
	for (int step = 0; step < KVM_STEP_COUNT; step++)
		if (!strcmp(word, step_names[step]))
			return step;
	return KVM_STEP_COUNT;
}

const char *kvm_exit_name(unsigned int reason)
{
	return reason < ARRAY_SIZE(exit_names) ? exit_names[reason] : NULL;
}
