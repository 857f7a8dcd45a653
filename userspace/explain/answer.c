// SPDX-License-Identifier: GPL-2.0-only
#include "explain/answer.h"

/*
 * The register of a field exists only where one of these may be 1. Rows with
 * the same register are alternatives.
 */
static const struct {
	enum register_id reg;
	enum field_id needs;
} prerequisites[] = {
	{ REG_IA32_VMX_PROCBASED_CTLS2,
	  FIELD_IA32_VMX_PROCBASED_CTLS_activate_secondary_controls },
	{ REG_IA32_VMX_PROCBASED_CTLS3,
	  FIELD_IA32_VMX_PROCBASED_CTLS_activate_tertiary_controls },
	{ REG_IA32_VMX_EPT_VPID_CAP,
	  FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept },
	{ REG_IA32_VMX_EPT_VPID_CAP,
	  FIELD_IA32_VMX_PROCBASED_CTLS2_enable_vpid },
	{ REG_IA32_VMX_VMFUNC,
	  FIELD_IA32_VMX_PROCBASED_CTLS2_enable_vm_functions },
	{ REG_IA32_VMX_EXIT_CTLS2,
	  FIELD_IA32_VMX_EXIT_CTLS_activate_secondary_controls },
	{ REG_IA32_VMX_PROCBASED_CTLS, FIELD_CPUID_L1_ECX_vmx },
	{ REG_IA32_VMX_PINBASED_CTLS, FIELD_CPUID_L1_ECX_vmx },
	{ REG_IA32_VMX_EXIT_CTLS, FIELD_CPUID_L1_ECX_vmx },
	{ REG_IA32_VMX_ENTRY_CTLS, FIELD_CPUID_L1_ECX_vmx },
	{ REG_IA32_VMX_BASIC, FIELD_CPUID_L1_ECX_vmx },
	{ REG_IA32_VMX_MISC, FIELD_CPUID_L1_ECX_vmx },
	{ REG_IA32_VMX_VMCS_ENUM, FIELD_CPUID_L1_ECX_vmx },
	{ REG_CPUID_L8000000A_EAX, FIELD_CPUID_L80000001_ECX_svm },
	{ REG_CPUID_L8000000A_EBX, FIELD_CPUID_L80000001_ECX_svm },
	{ REG_CPUID_L8000000A_ECX, FIELD_CPUID_L80000001_ECX_svm },
	{ REG_CPUID_L8000000A_EDX, FIELD_CPUID_L80000001_ECX_svm },
	{ REG_VM_CR, FIELD_CPUID_L80000001_ECX_svm },
};

/* Chains of prerequisites are short: VMX, secondary controls, EPT. */
#define DEEPEST 4

static enum answer answer_at(const struct host_group *group, enum field_id id,
			     int depth)
{
	enum answer answer = field_answer(group, id);
	enum register_id reg = field_info(id)->reg;
	bool asked = false;
	size_t i;

	if (answer != ANSWER_UNKNOWN || depth == DEEPEST)
		return answer;
	for (i = 0; i < ARRAY_SIZE(prerequisites); i++) {
		if (prerequisites[i].reg != reg)
			continue;
		asked = true;
		if (answer_at(group, prerequisites[i].needs, depth + 1) !=
		    ANSWER_NO)
			return ANSWER_UNKNOWN;
	}
	return asked ? ANSWER_NO : ANSWER_UNKNOWN;
}

enum answer answer_of_group(const struct host_group *group, enum field_id id)
{
	return answer_at(group, id, 0);
}

enum answer answer_of(const struct host *host, enum field_id id)
{
	enum answer all = host->nr_groups ? ANSWER_YES : ANSWER_UNKNOWN;
	size_t i;

	for (i = 0; i < host->nr_groups; i++) {
		enum answer answer = answer_of_group(host->groups[i], id);

		if (answer == ANSWER_NO)
			return ANSWER_NO;
		if (answer == ANSWER_UNKNOWN)
			all = ANSWER_UNKNOWN;
	}
	return all;
}
