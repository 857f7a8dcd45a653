// SPDX-License-Identifier: GPL-2.0-only
/*
 * common/registers.def against the headers of the kernel that this is compiled
 * for. Nothing here runs: a row that disagrees does not compile, and the
 * section .oracle of the object lists what was asserted, a line each.
 */
#include <linux/build_bug.h>
#include <linux/module.h>
#include <linux/version.h>

#include <asm/apicdef.h>
#include <asm/cpufeature.h>
#include <asm/fpu/types.h>
#include <asm/kvm_para.h>
#include <asm/msr-index.h>
#include <asm/perf_event.h>
#include <asm/processor-flags.h>
#include <asm/svm.h>
#include <asm/vmx.h>
#include <asm/vmxfeatures.h>
#include <asm/xen/cpuid.h>

#if __has_include(<asm/acrn.h>)
#include <asm/acrn.h>
#endif
#if __has_include(<asm/vmware.h>)
#include <asm/vmware.h>
#endif
#if __has_include(<hyperv/hvgdk.h>)
#include <hyperv/hvgdk.h>
#elif __has_include(<asm/hyperv-tlfs.h>)
#include <asm/hyperv-tlfs.h>
#endif

/* What the table says. */
enum field_high {
#define FIELD(reg, name, high, low, kind, title, meaning)                      \
	HIGH_##reg##_##name = (high),
#include "registers.def"
};

enum field_low {
#define FIELD(reg, name, high, low, kind, title, meaning)                      \
	LOW_##reg##_##name = (low),
#include "registers.def"
};

/* An enumerator is an int, hence the casts. */
enum msr_address {
#define MSR(id, address, vendor, flags, varies, gate, source)                  \
	ADDRESS_##id = (int)(address),
#include "registers.def"
};

#define MASK(reg, field)                                                       \
	(~0ULL >> (63 - HIGH_##reg##_##field) & ~0ULL << LOW_##reg##_##field)

/* The kernel's word of each register that it keeps as the hardware has it. */
enum {
	WORD_CPUID_L1_EDX = CPUID_1_EDX,
	WORD_CPUID_L1_ECX = CPUID_1_ECX,
	WORD_CPUID_L6_EAX = CPUID_6_EAX,
	WORD_CPUID_L7_0_EBX = CPUID_7_0_EBX,
	WORD_CPUID_L7_0_ECX = CPUID_7_ECX,
	WORD_CPUID_L7_0_EDX = CPUID_7_EDX,
	WORD_CPUID_L7_1_EAX = CPUID_7_1_EAX,
	WORD_CPUID_LD_1_EAX = CPUID_D_1_EAX,
	WORD_CPUID_L80000001_ECX = CPUID_8000_0001_ECX,
	WORD_CPUID_L80000001_EDX = CPUID_8000_0001_EDX,
	WORD_CPUID_L80000008_EBX = CPUID_8000_0008_EBX,
	WORD_CPUID_L8000000A_EDX = CPUID_8000_000A_EDX,
	WORD_CPUID_L8000001F_EAX = CPUID_8000_001F_EAX,
	WORD_CPUID_L80000021_EAX = CPUID_8000_0021_EAX,
};

/* The same of VMX: arch/x86/kernel/cpu/feat_ctl.c, enum vmx_feature_leafs. */
enum {
	WORD_IA32_VMX_PINBASED_CTLS = 0,
	WORD_IA32_VMX_TRUE_PINBASED_CTLS = 0,
	WORD_IA32_VMX_PROCBASED_CTLS = 1,
	WORD_IA32_VMX_TRUE_PROCBASED_CTLS = 1,
	WORD_IA32_VMX_PROCBASED_CTLS2 = 2,
	WORD_IA32_VMX_PROCBASED_CTLS3 = 3,
};

#define SAME(reg, field, a, b)                                                 \
	static_assert((u64)(a) == (u64)(b), #reg "." #field);
#define ORACLE_MASK(reg, field, constant)                                      \
	SAME(reg, field, MASK(reg, field), constant)
#define ORACLE_BIT(reg, field, constant)                                       \
	SAME(reg, field, MASK(reg, field), 1ULL << (constant))
#define ORACLE_FEATURE(reg, field, constant)                                   \
	SAME(reg, field, MASK(reg, field), 1ULL << (constant) % 32)            \
	SAME(reg, field, WORD_##reg, (constant) / 32)
#define ORACLE_VMX_FEATURE(reg, field, constant)                               \
	ORACLE_FEATURE(reg, field, constant)
#define ORACLE_VPID(reg, field, constant)                                      \
	SAME(reg, field, MASK(reg, field), (u64)(constant) << 32)
#define ORACLE_MSR(reg, constant)                                              \
	static_assert((u32)ADDRESS_##reg == (u32)(constant), #reg);

#include "linux.def"

static const char asserted[] __used __section(".oracle") =
#define ORACLE_MASK(reg, field, constant) #reg "." #field " " #constant "\n"
#define ORACLE_BIT			  ORACLE_MASK
#define ORACLE_FEATURE			  ORACLE_MASK
#define ORACLE_VMX_FEATURE		  ORACLE_MASK
#define ORACLE_VPID			  ORACLE_MASK
#define ORACLE_MSR(reg, constant)	  #reg " " #constant "\n"
#include "linux.def"
	"";

MODULE_LICENSE("GPL");
