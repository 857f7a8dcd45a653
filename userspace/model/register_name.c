// SPDX-License-Identifier: GPL-2.0-only
#include "model/register_name.h"

#include <stdio.h>

int register_digits(const struct register_info *info)
{
	return info->class == REGISTER_CPUID ||
			       info->class == REGISTER_HYPERVISOR ?
		       8 :
		       16;
}

enum register_id register_of_bits(enum register_id id)
{
	if (id == REG_IA32_VMX_CR0_FIXED0 || id == REG_IA32_VMX_CR0_FIXED1)
		return REG_CR0;
	if (id == REG_IA32_VMX_CR4_FIXED0 || id == REG_IA32_VMX_CR4_FIXED1)
		return REG_CR4;
	return NR_REGISTERS;
}

const char *field_bits(char text[FIELD_BITS_SIZE],
		       const struct field_info *field)
{
	if (field->high == field->low)
		snprintf(text, FIELD_BITS_SIZE, "%u", field->low);
	else
		snprintf(text, FIELD_BITS_SIZE, "%u:%u", field->high,
			 field->low);
	return text;
}

const char *register_bit_name(enum register_id id, unsigned int bit)
{
	FIELD_EACH(register_info(id), i)
		if (field_info(i)->low == bit)
			return field_info(i)->name;
	return NULL;
}

const char *register_status_word(enum vi_status status)
{
	static const char *const words[] = {
		[VI_ABSENT] = "unknown",
		[VI_READ] = "read",
		[VI_GP] = "#GP",
		[VI_NOT_ATTEMPTED] = "not attempted",
		[VI_SET] = "set",
		[VI_CLEAR] = "clear",
		[VI_BITS] = "known in part",
	};

	return words[status];
}

const char *register_status_text(enum vi_status status)
{
	static const char *const texts[] = {
		[VI_ABSENT] = "not in this input",
		[VI_READ] = "read",
		[VI_GP] = "the read faulted (#GP)",
		[VI_NOT_ATTEMPTED] = "not read, not supported here",
		[VI_SET] = "set, value hidden (needs CAP_SYS_RAWIO)",
		[VI_CLEAR] = "clear, value hidden (needs CAP_SYS_RAWIO)",
		[VI_BITS] = "known in part",
	};

	return texts[status];
}

const char *cpuid_address(char text[REGISTER_ADDRESS_SIZE], u32 leaf,
			  u32 subleaf, enum vi_cpuid_register reg)
{
	static const char *const names[] = {
		[VI_EAX] = "eax",
		[VI_EBX] = "ebx",
		[VI_ECX] = "ecx",
		[VI_EDX] = "edx",
	};

	snprintf(text, REGISTER_ADDRESS_SIZE, "0x%08x:%u:%s", leaf, subleaf,
		 names[reg]);
	return text;
}

const char *register_address(char text[REGISTER_ADDRESS_SIZE],
			     const struct register_info *info,
			     const struct register_value *value)
{
	switch (info->class) {
	case REGISTER_MSR:
		snprintf(text, REGISTER_ADDRESS_SIZE, "0x%x", info->address);
		return text;
	case REGISTER_CONTROL:
		snprintf(text, REGISTER_ADDRESS_SIZE, "cr%u", info->address);
		return text;
	default:
		return cpuid_address(text, value->leaf, info->subleaf,
				     info->reg);
	}
}
