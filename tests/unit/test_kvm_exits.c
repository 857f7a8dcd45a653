// SPDX-License-Identifier: GPL-2.0-only
/* Exit reasons, against the numbers in the kernel's headers for programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <asm/svm.h>
#include <asm/vmx.h>

#include "kvm/exit_reasons.h"
#include "kvm/exits.h"
#include "types.h"

/* The kernel's header for programs uses these names, and lacks them. */
enum {
	DE_VECTOR = 0,
	DB_VECTOR = 1,
	BP_VECTOR = 3,
	OF_VECTOR = 4,
	BR_VECTOR = 5,
	UD_VECTOR = 6,
	NM_VECTOR = 7,
	DF_VECTOR = 8,
	TS_VECTOR = 10,
	NP_VECTOR = 11,
	SS_VECTOR = 12,
	GP_VECTOR = 13,
	PF_VECTOR = 14,
	MF_VECTOR = 16,
	AC_VECTOR = 17,
	MC_VECTOR = 18,
	XM_VECTOR = 19,
};

struct oracle {
	uint64_t code;
	const char *name;
};

static const struct oracle vmx_oracle[] = { VMX_EXIT_REASONS };
static const struct oracle svm_oracle[] = { SVM_EXIT_REASONS };

static void check_all(enum exit_vendor vendor, const struct oracle *oracle,
		      size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t code = oracle[i].code;
		const struct exit_reason *row;

		/* VMEXIT_INVALID: some headers have it in 32 bits. */
		if (vendor == EXIT_AMD && (int32_t)code == -1)
			code = UINT64_MAX;
		row = exit_reason_find(vendor, code);
		if (!row)
			fail_msg("0x%llx (%s) has no row",
				 (unsigned long long)code, oracle[i].name);
	}
}

static void the_kernels_numbers_have_rows(void **state)
{
	(void)state;
	check_all(EXIT_INTEL, vmx_oracle, ARRAY_SIZE(vmx_oracle));
	check_all(EXIT_AMD, svm_oracle, ARRAY_SIZE(svm_oracle));
}

static void numbers_are_unique(void **state)
{
	(void)state;
	assert_true(exit_reason_count > 200);
	for (size_t i = 0; i < exit_reason_count; i++) {
		const struct exit_reason *row = &exit_reasons[i];

		assert_ptr_equal(exit_reason_find(row->vendor, row->code), row);
		assert_true(row->meaning[0] && row->source[0]);
	}
	assert_null(exit_reason_find(EXIT_INTEL, 38));
	assert_null(exit_reason_find(EXIT_AMD, 0x500));
}

static void names_fit_their_numbers(void **state)
{
	static const struct {
		enum exit_vendor vendor;
		uint64_t code;
		const char *name;
	} rows[] = {
		{ EXIT_INTEL, EXIT_REASON_EXCEPTION_NMI, "exception_or_nmi" },
		{ EXIT_INTEL, EXIT_REASON_CPUID, "cpuid" },
		{ EXIT_INTEL, EXIT_REASON_HLT, "hlt" },
		{ EXIT_INTEL, EXIT_REASON_VMCALL, "vmcall" },
		{ EXIT_INTEL, EXIT_REASON_IO_INSTRUCTION, "io_instruction" },
		{ EXIT_INTEL, EXIT_REASON_MSR_READ, "rdmsr" },
		{ EXIT_INTEL, EXIT_REASON_EPT_VIOLATION, "ept_violation" },
		{ EXIT_INTEL, EXIT_REASON_XSETBV, "xsetbv" },
		{ EXIT_AMD, SVM_EXIT_INTR, "vmexit_intr" },
		{ EXIT_AMD, SVM_EXIT_CPUID, "vmexit_cpuid" },
		{ EXIT_AMD, SVM_EXIT_HLT, "vmexit_hlt" },
		{ EXIT_AMD, SVM_EXIT_IOIO, "vmexit_ioio" },
		{ EXIT_AMD, SVM_EXIT_NPF, "vmexit_npf" },
		{ EXIT_AMD, SVM_EXIT_XSETBV, "vmexit_xsetbv" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		assert_string_equal(
			exit_reason_find(rows[i].vendor, rows[i].code)->name,
			rows[i].name);
}

static void causes_have_the_kernels_numbers(void **state)
{
	static const struct {
		enum kvm_exit_id id;
		uint64_t intel;
		uint64_t amd;
	} causes[] = {
		{ KVM_EXITS_INTERRUPT, EXIT_REASON_EXTERNAL_INTERRUPT,
		  SVM_EXIT_INTR },
		{ KVM_EXITS_TRIPLE_FAULT, EXIT_REASON_TRIPLE_FAULT,
		  SVM_EXIT_SHUTDOWN },
		{ KVM_EXITS_CPUID, EXIT_REASON_CPUID, SVM_EXIT_CPUID },
		{ KVM_EXITS_HLT, EXIT_REASON_HLT, SVM_EXIT_HLT },
		{ KVM_EXITS_PORT, EXIT_REASON_IO_INSTRUCTION, SVM_EXIT_IOIO },
		{ KVM_EXITS_RDMSR, EXIT_REASON_MSR_READ, SVM_EXIT_MSR },
		{ KVM_EXITS_WRMSR, EXIT_REASON_MSR_WRITE, SVM_EXIT_MSR },
		{ KVM_EXITS_CR, EXIT_REASON_CR_ACCESS, SVM_EXIT_WRITE_CR4 },
		{ KVM_EXITS_EXCEPTION, EXIT_REASON_EXCEPTION_NMI,
		  SVM_EXIT_EXCP_BASE + 6 },
		{ KVM_EXITS_FIRST_TOUCH, EXIT_REASON_EPT_VIOLATION,
		  SVM_EXIT_NPF },
		{ KVM_EXITS_MMIO, EXIT_REASON_EPT_MISCONFIG, SVM_EXIT_NPF },
		{ KVM_EXITS_HYPERCALL, EXIT_REASON_VMCALL, SVM_EXIT_VMMCALL },
	};

	(void)state;
	/* All of them, but for the measure itself. */
	assert_int_equal(ARRAY_SIZE(causes), KVM_EXITS_COUNT - 1);
	for (size_t i = 0; i < ARRAY_SIZE(causes); i++) {
		const struct kvm_exit_cause *cause =
			&kvm_exit_causes[causes[i].id];

		assert_true(cause->intel == causes[i].intel);
		assert_true(cause->amd == causes[i].amd);
		assert_non_null(exit_reason_find(EXIT_INTEL, cause->intel));
		assert_non_null(exit_reason_find(EXIT_AMD, cause->amd));
		assert_true(cause->name[0] && cause->title[0] &&
			    cause->what[0]);
	}
}

static void no_device_is_told(void **state)
{
	const struct kvm_exits_options options = { .device = "/nonexistent" };
	struct kvm_exits exits;

	(void)state;
	assert_int_equal(kvm_exits_run(&options, &exits), KVM_STEP_OPEN);
	assert_int_equal(exits.results[KVM_EXITS_NOTHING].error, 2);
	assert_int_equal(exits.results[KVM_EXITS_CPUID].status,
			 KVM_EXITS_NOT_RUN);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kernels_numbers_have_rows),
		cmocka_unit_test(numbers_are_unique),
		cmocka_unit_test(names_fit_their_numbers),
		cmocka_unit_test(causes_have_the_kernels_numbers),
		cmocka_unit_test(no_device_is_told),
	};

	return cmocka_run_group_tests_name("kvm_exits", tests, NULL, NULL);
}
