// SPDX-License-Identifier: GPL-2.0-only
/* The processor itself, as the one place that executes CPUID and RDMSR. */
#include "compat.h"
#include "virtinfo.h"

static void hardware_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	cpuid_count(leaf, subleaf, &reg[VI_EAX], &reg[VI_EBX], &reg[VI_ECX],
		    &reg[VI_EDX]);
}

static enum vi_status hardware_msr(void *context, u32 address, u64 *value)
{
	u32 low, high;

	if (rdmsr_safe(address, &low, &high))
		return VI_GP;
	*value = (u64)high << 32 | low;
	return VI_READ;
}

static enum vi_status hardware_control(void *context, u32 number, u64 *value)
{
	*value = number == 4 ? __read_cr4() : read_cr0();
	return VI_READ;
}

const struct vi_reader vi_hardware = {
	.cpuid = hardware_cpuid,
	.msr = hardware_msr,
	.control = hardware_control,
};
