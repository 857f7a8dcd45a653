// SPDX-License-Identifier: GPL-2.0-only
#include "summary.h"

#define FEATURE_CONTROL_LOCK		0
#define FEATURE_CONTROL_VMX_IN_SMX	1
#define FEATURE_CONTROL_VMX_OUTSIDE_SMX 2
#define VM_CR_SVMDIS			4
#define CR4_VMXE			13
#define EFER_SVME			12
#define SECONDARY_CONTROLS		63 /* of PROCBASED_CTLS: may be 1 */
#define ENABLE_EPT			33 /* of PROCBASED_CTLS2: may be 1 */
#define NESTED_PAGING			0  /* of leaf 8000000AH EDX */

/*
 * SVM has leaf 8000000AH (APM vol3 E.4.9). Where the maximum is below it, the
 * bit is one that an old processor left over.
 */
static bool has_svm(const struct vi_sample *sample)
{
	return vi_leaf_bit(sample, VI_L80000001, VI_ECX, 2) &&
	       (sample->leaf_status[VI_L80000000] != VI_READ ||
		sample->leaf[VI_L80000000][VI_EAX] >= 0x8000000a);
}

enum vi_extension vi_extension(const struct vi_sample *sample)
{
	if (vi_leaf_bit(sample, VI_L1, VI_ECX, 5))
		return VI_VMX;
	if (has_svm(sample))
		return VI_SVM;
	return VI_NO_EXTENSION;
}

static enum vi_state vmx_state(const struct vi_sample *sample)
{
	if (sample->msr_status[VI_IA32_FEATURE_CONTROL] != VI_READ)
		return VI_STATE_UNKNOWN;
	if (!vi_msr_bit(sample, VI_IA32_FEATURE_CONTROL, FEATURE_CONTROL_LOCK))
		return VI_STATE_UNLOCKED;
	if (vi_msr_bit(sample, VI_IA32_FEATURE_CONTROL,
		       FEATURE_CONTROL_VMX_OUTSIDE_SMX))
		return VI_STATE_ENABLED;
	if (vi_msr_bit(sample, VI_IA32_FEATURE_CONTROL,
		       FEATURE_CONTROL_VMX_IN_SMX))
		return VI_STATE_SMX_ONLY;
	return VI_STATE_DISABLED;
}

static enum vi_state svm_state(const struct vi_sample *sample)
{
	if (sample->msr_status[VI_VM_CR] != VI_READ)
		return VI_STATE_UNKNOWN;
	return vi_msr_bit(sample, VI_VM_CR, VM_CR_SVMDIS) ? VI_STATE_DISABLED :
							    VI_STATE_ENABLED;
}

enum vi_state vi_state(const struct vi_sample *sample)
{
	switch (vi_extension(sample)) {
	case VI_VMX:
		return vmx_state(sample);
	case VI_SVM:
		return svm_state(sample);
	default:
		return VI_STATE_NONE;
	}
}

static enum vi_paging vmx_paging(const struct vi_sample *sample)
{
	if (sample->msr_status[VI_IA32_VMX_PROCBASED_CTLS] != VI_READ)
		return VI_PAGING_UNKNOWN;
	if (!vi_msr_bit(sample, VI_IA32_VMX_PROCBASED_CTLS, SECONDARY_CONTROLS))
		return VI_PAGING_NONE;
	if (sample->msr_status[VI_IA32_VMX_PROCBASED_CTLS2] != VI_READ)
		return VI_PAGING_UNKNOWN;
	return vi_msr_bit(sample, VI_IA32_VMX_PROCBASED_CTLS2, ENABLE_EPT) ?
		       VI_PAGING_EPT :
		       VI_PAGING_NONE;
}

enum vi_paging vi_paging(const struct vi_sample *sample)
{
	switch (vi_extension(sample)) {
	case VI_VMX:
		return vmx_paging(sample);
	case VI_SVM:
		if (sample->leaf_status[VI_L8000000A] != VI_READ)
			return VI_PAGING_UNKNOWN;
		return vi_leaf_bit(sample, VI_L8000000A, VI_EDX,
				   NESTED_PAGING) ?
			       VI_PAGING_NPT :
			       VI_PAGING_NONE;
	default:
		return VI_PAGING_NONE;
	}
}

const char *vi_extension_name(enum vi_extension extension)
{
	static const char *const names[] = {
		[VI_NO_EXTENSION] = "none",
		[VI_VMX] = "vmx",
		[VI_SVM] = "svm",
	};

	return names[extension];
}

const char *vi_state_name(enum vi_state state)
{
	static const char *const names[] = {
		[VI_STATE_NONE] = "none",
		[VI_STATE_UNKNOWN] = "unknown",
		[VI_STATE_ENABLED] = "enabled",
		[VI_STATE_UNLOCKED] = "unlocked",
		[VI_STATE_DISABLED] = "disabled",
		[VI_STATE_SMX_ONLY] = "smx-only",
	};

	return names[state];
}

const char *vi_paging_name(enum vi_paging paging)
{
	static const char *const names[] = {
		[VI_PAGING_NONE] = "none",
		[VI_PAGING_UNKNOWN] = "unknown",
		[VI_PAGING_EPT] = "ept",
		[VI_PAGING_NPT] = "npt",
	};

	return names[paging];
}

bool vi_vmx_on(const struct vi_sample *sample)
{
	return vi_msr_bit(sample, VI_CR4, CR4_VMXE);
}

bool vi_svm_on(const struct vi_sample *sample)
{
	return vi_msr_bit(sample, VI_IA32_EFER, EFER_SVME);
}

void vi_vendor(const struct vi_sample *sample, char vendor[12])
{
	const u32 *reg = sample->leaf[VI_L0];

	memcpy(vendor, &reg[VI_EBX], 4);
	memcpy(vendor + 4, &reg[VI_EDX], 4);
	memcpy(vendor + 8, &reg[VI_ECX], 4);
}

void vi_model_name(const struct vi_sample *sample, char name[48])
{
	memcpy(name, sample->leaf[VI_L80000002], 16);
	memcpy(name + 16, sample->leaf[VI_L80000003], 16);
	memcpy(name + 32, sample->leaf[VI_L80000004], 16);
}

struct vi_signature vi_signature(u32 eax)
{
	struct vi_signature signature = {
		.family = eax >> 8 & 0xf,
		.model = eax >> 4 & 0xf,
		.stepping = eax & 0xf,
	};

	/* SDM vol2A CPUID: which of the extensions count depends on family. */
	if (signature.family == 0x6 || signature.family == 0xf)
		signature.model |= eax >> 12 & 0xf0;
	if (signature.family == 0xf)
		signature.family += eax >> 20 & 0xff;
	return signature;
}
