// SPDX-License-Identifier: GPL-2.0-only
/*
 * Giving a virtual CPU of this system's KVM what another host's guest has, and
 * that nothing of it stays. Without a device every test says that it was
 * skipped.
 */
#include "footprint.h"

#include <sys/resource.h>

#include "kvm/caps.h"
#include "kvm/restore.h"

#define IA32_ARCH_CAPABILITIES 0x10a
#define IA32_VMX_PINBASED_CTLS 0x481
#define IA32_VMX_ENTRY_CTLS    0x484
#define IA32_VMX_CR0_FIXED1    0x487
#define IA32_VMX_CR4_FIXED1    0x489
#define CAP_TSC_CONTROL	       60
#define XCR0_FP_SSE	       0x3
#define XCR0_AMX	       0x60000

static void begin(struct kvm_restore *restore)
{
	struct kvm_failure failure;

	assert_int_equal(kvm_restore_begin(restore, NULL,
					   KVM_RESTORE_TIMEOUT_MS, &failure),
			 KVM_STEP_NONE);
}

static struct kvm_caps read_caps(void)
{
	struct kvm_caps caps;

	assert_int_equal(kvm_caps_read(&caps, NULL, true), 0);
	return caps;
}

/* What leaf 0DH lets a guest have, but what needs the kernel's permission. */
static uint64_t xcr0_of(const struct kvm_caps *caps)
{
	const struct kvm_cpuid_leaf *leaf =
		kvm_caps_cpuid(caps, KVM_CPUID_SUPPORTED, 0xd, 0);

	return leaf ? (leaf->reg[0] | (uint64_t)leaf->reg[3] << 32) &
			       ~(uint64_t)XCR0_AMX :
		      0;
}

/*
 * KVM makes these from others, and takes not even its own value; nor for AMD's
 * guests that of IA32_ARCH_CAPABILITIES, which some kernels list all the same.
 */
static bool takes_no_value(uint32_t msr)
{
	return msr == IA32_ARCH_CAPABILITIES ||
	       (msr >= IA32_VMX_PINBASED_CTLS && msr <= IA32_VMX_ENTRY_CTLS) ||
	       msr == IA32_VMX_CR0_FIXED1 || msr == IA32_VMX_CR4_FIXED1;
}

static struct kvm_answer give_own(struct kvm_restore *restore,
				  const struct kvm_caps *caps)
{
	return kvm_restore_cpuid(restore, &caps->cpuid[KVM_CPUID_SUPPORTED]);
}

static void what_it_has_is_accepted(void **state)
{
	struct kvm_restore restore;
	struct kvm_answer answer;
	struct kvm_caps caps;

	(void)state;
	need_device();
	caps = read_caps();
	begin(&restore);
	/* AMX in leaf 0DH needs a permission that this process has not. */
	if (!(kvm_caps_cpuid(&caps, KVM_CPUID_SUPPORTED, 0xd, 0) &&
	      kvm_caps_cpuid(&caps, KVM_CPUID_SUPPORTED, 0xd, 0)->reg[0] &
		      XCR0_AMX))
		assert_int_equal(give_own(&restore, &caps).word, KVM_ACCEPTED);
	for (size_t i = 0; i < caps.msr_count; i++) {
		const struct kvm_msr *msr = &caps.msrs[i];

		if (!msr->readable || takes_no_value(msr->index))
			continue;
		answer = kvm_restore_msr(&restore, msr->index, msr->value);
		if (answer.word != KVM_ACCEPTED)
			fail_msg("MSR 0x%x: %s", msr->index,
				 kvm_word_name(answer.word));
	}
	answer = kvm_restore_tsc(&restore, caps.tsc_khz);
	assert_int_equal(answer.word, KVM_ACCEPTED);
	assert_int_equal(answer.value, caps.tsc_khz);
	if (xcr0_of(&caps)) {
		answer = kvm_restore_xcr0(&restore, xcr0_of(&caps));
		assert_int_equal(answer.word, KVM_ACCEPTED);
		assert_true(answer.value == xcr0_of(&caps));
	}
	kvm_restore_end(&restore);
	kvm_caps_free(&caps);
}

static void what_it_has_not_is_refused(void **state)
{
	const struct kvm_cap *cap;
	struct kvm_restore restore;
	struct kvm_answer answer;
	struct kvm_caps caps;

	(void)state;
	need_device();
	caps = read_caps();
	begin(&restore);
	answer = kvm_restore_xcr0(&restore,
				  xcr0_of(&caps) | XCR0_FP_SSE | 1ull << 62);
	assert_int_equal(answer.word, KVM_REFUSED);
	assert_int_equal(answer.error, EINVAL);
	cap = kvm_caps_get(&caps, CAP_TSC_CONTROL);
	answer = kvm_restore_tsc(&restore, caps.tsc_khz / 2);
	assert_int_equal(answer.word,
			 cap->value > 0 ? KVM_ACCEPTED : KVM_REFUSED);
	assert_int_equal(answer.error, cap->value > 0 ? 0 : EINVAL);
	/* A list without XSAVE: its state cannot be switched on. */
	answer = kvm_restore_cpuid(&restore, &(struct kvm_cpuids){ 0 });
	assert_int_equal(answer.word, KVM_ACCEPTED);
	if (xcr0_of(&caps) & ~(uint64_t)XCR0_FP_SSE)
		assert_int_equal(
			kvm_restore_xcr0(&restore, xcr0_of(&caps)).word,
			KVM_REFUSED);
	kvm_restore_end(&restore);
	kvm_caps_free(&caps);
}

static void the_size_of_the_state(void **state)
{
	struct kvm_restore restore;
	struct kvm_answer answer;
	struct kvm_caps caps;
	uint64_t size;

	(void)state;
	need_device();
	caps = read_caps();
	begin(&restore);
	answer = kvm_restore_xsave(&restore, 1);
	assert_int_equal(answer.word, KVM_ACCEPTED);
	size = answer.value;
	assert_true(size >= sizeof(struct kvm_xsave));
	assert_int_equal(kvm_restore_xsave(&restore, (uint32_t)size).word,
			 KVM_ACCEPTED);
	assert_int_equal(kvm_restore_xsave(&restore, (uint32_t)size + 1).word,
			 KVM_REFUSED);
	kvm_restore_end(&restore);
	kvm_caps_free(&caps);
}

static void thousand_restores_leave_nothing(void **state)
{
	struct footprint before;
	struct kvm_caps caps;

	(void)state;
	need_device();
	caps = read_caps();
	for (int i = 0; i < runs() + 10; i++) {
		struct kvm_restore restore;

		/* The first rounds fill the allocator. */
		if (i == 10)
			before = footprint();
		begin(&restore);
		give_own(&restore, &caps);
		kvm_restore_msr(&restore, 0x10a, 0);
		kvm_restore_tsc(&restore, caps.tsc_khz);
		kvm_restore_xcr0(&restore, ~0ull);
		kvm_restore_xsave(&restore, 4096);
		kvm_restore_end(&restore);
	}
	assert_unchanged(&before);
	kvm_caps_free(&caps);
}

/* More than a VM may have: the next VM takes them. */
static void hundreds_of_settings(void **state)
{
	struct footprint before;
	struct kvm_restore restore;
	struct kvm_caps caps;

	(void)state;
	need_device();
	caps = read_caps();
	before = footprint();
	begin(&restore);
	for (int i = 0; i < 200; i++)
		assert_int_equal(kvm_restore_tsc(&restore, caps.tsc_khz).word,
				 KVM_ACCEPTED);
	kvm_restore_end(&restore);
	assert_unchanged(&before);
	kvm_caps_free(&caps);
}

static void time_is_limited(void **state)
{
	struct footprint before;
	struct kvm_restore restore;
	struct kvm_failure failure;
	struct kvm_answer answer;

	(void)state;
	need_device();
	before = footprint();
	assert_int_equal(kvm_restore_begin(&restore, NULL, 1, &failure),
			 KVM_STEP_NONE);
	usleep(5000);
	answer = kvm_restore_tsc(&restore, 1000000);
	assert_int_equal(answer.word, KVM_NOT_ASKED);
	assert_int_equal(answer.error, ETIMEDOUT);
	kvm_restore_end(&restore);
	assert_unchanged(&before);
}

static void errors_name_their_step(void **state)
{
	struct kvm_restore restore;
	struct kvm_failure failure;
	struct rlimit old, none;
	struct footprint before = footprint();
	struct kvm_answer answer;
	int next;

	(void)state;
	assert_int_equal(
		kvm_restore_begin(&restore, "/nonexistent", 1000, &failure),
		KVM_STEP_OPEN);
	assert_int_equal(failure.error, ENOENT);
	assert_int_equal(
		kvm_restore_begin(&restore, "/dev/null", 1000, &failure),
		KVM_STEP_API);
	assert_unchanged(&before);
	need_device();

	/* No descriptor is left for another virtual CPU, nor for another VM. */
	before = footprint();
	begin(&restore);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	next = dup(0);
	close(next);
	none = (struct rlimit){ .rlim_cur = next, .rlim_max = old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	answer = kvm_restore_tsc(&restore, 1000000);
	assert_int_equal(answer.word, KVM_NOT_ASKED);
	assert_int_equal(answer.error, EMFILE);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	kvm_restore_end(&restore);
	assert_unchanged(&before);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_it_has_is_accepted),
		cmocka_unit_test(what_it_has_not_is_refused),
		cmocka_unit_test(the_size_of_the_state),
		cmocka_unit_test(thousand_restores_leave_nothing),
		cmocka_unit_test(hundreds_of_settings),
		cmocka_unit_test(time_is_limited),
		cmocka_unit_test(errors_name_their_step),
	};

	return cmocka_run_group_tests_name("restore_live", tests, NULL, NULL);
}
