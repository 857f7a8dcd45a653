// SPDX-License-Identifier: GPL-2.0-only
/* The table of capabilities, against the kernel's own header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <linux/kvm.h>

#include "kvm/caps.h"

/*
 * The installed header knows a part of the names; their numbers there are the
 * oracle. A name that is not a macro stays as it is when made a string.
 */
static const struct {
	const char *name;
	const char *expansion;
} oracle[] = {
#define STRING(text)   #text
#define EXPANDED(text) STRING(text)
#define KVM_CAP_ROW(nr, cap, arch, kind, gone, here, meaning, where)           \
	{ "KVM_CAP_" #cap, EXPANDED(KVM_CAP_##cap) },
#include "tables/kvm_caps.def"
#undef KVM_CAP_ROW
};

static void numbers_are_the_kernels(void **state)
{
	int compared = 0;

	(void)state;
	for (size_t i = 0; i < kvm_cap_row_count; i++) {
		int number;

		assert_string_equal(kvm_cap_rows[i].name, oracle[i].name);
		if (sscanf(oracle[i].expansion, "%d", &number) != 1)
			continue;
		assert_int_equal(kvm_cap_rows[i].number, number);
		compared++;
	}
	/* Those of number 190 and below are in every header since 5.10. */
	assert_true(compared >= 180);
}

static void rows_are_in_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < kvm_cap_row_count; i++) {
		const struct kvm_cap_row *row = &kvm_cap_rows[i];

		assert_ptr_equal(kvm_cap_find(row->number), row);
		assert_true(row->meaning[0] && row->source[0]);
		if (i)
			assert_true(row[-1].number < row->number);
	}
	assert_null(kvm_cap_find(-1));
	assert_null(kvm_cap_find(KVM_CAP_NUMBER_END));
}

static void classics_are_the_five(void **state)
{
	static const char *const names[KVM_CAP_CLASSICS] = {
		"KVM_CAP_USER_MEMORY", "KVM_CAP_SET_TSS_ADDR",
		"KVM_CAP_EXT_CPUID",   "KVM_CAP_NR_VCPUS",
		"KVM_CAP_MAX_VCPUS",
	};

	(void)state;
	for (int i = 0; i < KVM_CAP_CLASSICS; i++)
		assert_string_equal(kvm_cap_find(kvm_cap_classics[i])->name,
				    names[i]);
}

static enum kvm_cap_state state_of(const char *release, struct kvm_cap cap)
{
	struct kvm_caps caps = { .known = true };

	snprintf(caps.release, sizeof(caps.release), "%s", release);
	return kvm_cap_state(&caps, &cap);
}

static void unknown_is_not_unsupported(void **state)
{
	const struct kvm_cap guest_memfd = { .number = 234, .asked = true };
	const struct kvm_cap pv_mmu = { .number = 13, .asked = true };
	const struct kvm_cap memfd_flags = { .number = 244, .asked = true };
	const struct kvm_cap not_in_table = { .number = 300, .asked = true };
	struct kvm_cap backported = guest_memfd;
	struct kvm_cap failed = guest_memfd;

	(void)state;
	assert_int_equal(state_of("6.1.0-56-amd64", guest_memfd),
			 KVM_CAP_UNKNOWN_NUMBER);
	assert_int_equal(state_of("5.10.0", guest_memfd),
			 KVM_CAP_UNKNOWN_NUMBER);
	assert_int_equal(state_of("6.12.117", guest_memfd),
			 KVM_CAP_UNSUPPORTED);
	assert_int_equal(state_of("7.3", guest_memfd), KVM_CAP_UNSUPPORTED);
	/* The table knows that 5.10 has it: nothing older is said to lack it. */
	assert_int_equal(state_of("5.10.0", pv_mmu), KVM_CAP_UNSUPPORTED);
	assert_int_equal(state_of("5.4.0", pv_mmu), KVM_CAP_NO_ANSWER);
	/* It came between 6.1 and 6.12. */
	assert_int_equal(state_of("6.6.3", guest_memfd), KVM_CAP_NO_ANSWER);
	assert_int_equal(state_of("6.12.117", memfd_flags),
			 KVM_CAP_UNKNOWN_NUMBER);
	assert_int_equal(state_of("", guest_memfd), KVM_CAP_NO_ANSWER);
	assert_int_equal(state_of("unknown", guest_memfd), KVM_CAP_NO_ANSWER);
	assert_int_equal(state_of("6.1.0", not_in_table), KVM_CAP_NO_ANSWER);

	backported.value = 1;
	assert_int_equal(state_of("5.14.0-503.el9", backported),
			 KVM_CAP_SUPPORTED);
	backported = guest_memfd;
	backported.per_vm = true;
	backported.vm_value = 1;
	assert_int_equal(state_of("6.1.0", backported), KVM_CAP_SUPPORTED);
	failed.error = 5;
	assert_int_equal(state_of("6.12.0", failed), KVM_CAP_NO_ANSWER);
	assert_int_equal(state_of("6.12.0", (struct kvm_cap){ .number = 234 }),
			 KVM_CAP_NOT_ASKED);
	assert_int_equal(kvm_cap_state(&(struct kvm_caps){ 0 }, NULL),
			 KVM_CAP_NOT_ASKED);
}

static void vm_types_are_named(void **state)
{
	struct kvm_caps caps = { .known = true };
	bool listed = true;

	(void)state;
	assert_int_equal(kvm_caps_vm_types(&caps, &listed), 1);
	assert_false(listed);
	assert_int_equal(
		kvm_caps_add(&caps,
			     &(struct kvm_cap){ .number = KVM_CAP_IRQCHIP }),
		0);
	assert_int_equal(
		kvm_caps_add(&caps, &(struct kvm_cap){ .number = 235,
						       .asked = true,
						       .value = 0x1d }),
		0);
	assert_int_equal(kvm_caps_vm_types(&caps, &listed), 0x1d);
	assert_true(listed);
	assert_string_equal(kvm_vm_type_name(4), "sev-snp");
	assert_string_equal(kvm_vm_type_name(5), "tdx");
	assert_null(kvm_vm_type_name(6));
	kvm_caps_free(&caps);
}

static void a_missing_device_is_an_answer(void **state)
{
	struct kvm_caps caps;

	(void)state;
	assert_int_equal(kvm_caps_read(&caps, "/nonexistent/kvm", true), 0);
	assert_true(caps.known);
	assert_int_equal(caps.open_error, 2);
	assert_int_equal(caps.api, -1);
	assert_true(caps.release[0]);
	kvm_caps_free(&caps);

	/* A device, but not KVM's. */
	assert_int_equal(kvm_caps_read(&caps, "/dev/null", true), 0);
	assert_int_equal(caps.open_error, 0);
	assert_int_equal(caps.api, -1);
	assert_int_equal(caps.cap_count, 0);
	kvm_caps_free(&caps);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_the_kernels),
		cmocka_unit_test(rows_are_in_order),
		cmocka_unit_test(classics_are_the_five),
		cmocka_unit_test(unknown_is_not_unsupported),
		cmocka_unit_test(vm_types_are_named),
		cmocka_unit_test(a_missing_device_is_an_answer),
	};

	return cmocka_run_group_tests_name("kvm_caps", tests, NULL, NULL);
}
