// SPDX-License-Identifier: GPL-2.0-only
/*
 * The guests of "virtinfo exits" on this system's KVM. Without a device every
 * test says that it was skipped.
 */
#include "footprint.h"

#include "kvm/exits.h"
#include "types.h"

static void check_result(const struct kvm_exit_result *result)
{
	if (result->status == KVM_EXITS_FAILED) {
		assert_int_not_equal(result->step, KVM_STEP_NONE);
		return;
	}
	assert_true(kvm_exit_has_figures(result));
	assert_true(result->events > 0);
	assert_true(result->min_cycles <= result->median_cycles);
	assert_true(result->min_ns <= result->median_ns);
	/* What user space saw, KVM has counted. */
	if (result->counted)
		assert_true(result->exits >= result->user_exits);
}

/* These reach user space on every KVM: it has nobody else to ask. */
static void check_user_exit(const struct kvm_exits *exits, enum kvm_exit_id id,
			    uint32_t reason)
{
	const struct kvm_exit_result *result = &exits->results[id];

	assert_int_equal(result->status, KVM_EXITS_MEASURED);
	assert_int_equal(result->user_exits, result->events);
	assert_int_equal(result->user_reason, reason);
	assert_true(!result->timed || result->median_ns > 0);
	if (result->kind_counted && id != KVM_EXITS_PORT)
		assert_int_equal(result->kind, result->events);
}

static void every_cause_is_tried(void **state)
{
	const struct kvm_exits_options options = { .events = 200 };
	int descriptors = count_entries("/proc/self/fd");
	struct kvm_exits exits;
	sigset_t before, after;

	(void)state;
	need_device();
	/* The kernel fills only a part of what the C library compares. */
	memset(&before, 0, sizeof(before));
	memset(&after, 0, sizeof(after));
	assert_int_equal(sigprocmask(SIG_SETMASK, NULL, &before), 0);
	assert_int_equal(kvm_exits_run(&options, &exits), KVM_STEP_NONE);
	for (int id = 0; id < KVM_EXITS_COUNT; id++)
		check_result(&exits.results[id]);
	check_user_exit(&exits, KVM_EXITS_HLT, 5);
	check_user_exit(&exits, KVM_EXITS_PORT, 2);
	check_user_exit(&exits, KVM_EXITS_MMIO, 6);
	check_user_exit(&exits, KVM_EXITS_TRIPLE_FAULT, 8);
	assert_int_equal(exits.results[KVM_EXITS_CPUID].user_exits, 0);
	assert_int_equal(exits.results[KVM_EXITS_NOTHING].user_exits, 0);

	assert_int_equal(count_entries("/proc/self/fd"), descriptors);
	assert_int_equal(sigprocmask(SIG_SETMASK, NULL, &after), 0);
	assert_memory_equal(&before, &after, sizeof(before));
}

/* With VMX or SVM there is no way around these. */
static void hardware_leaves_for_every_event(void **state)
{
	static const enum kvm_exit_id ids[] = {
		KVM_EXITS_CPUID,     KVM_EXITS_RDMSR,	  KVM_EXITS_WRMSR,
		KVM_EXITS_CR,	     KVM_EXITS_EXCEPTION, KVM_EXITS_FIRST_TOUCH,
		KVM_EXITS_HYPERCALL,
	};
	struct kvm_exits exits;

	(void)state;
	need_device();
	if (access("/sys/module/kvm_intel", F_OK) &&
	    access("/sys/module/kvm_amd", F_OK)) {
		print_message("SKIPPED: neither kvm_intel nor kvm_amd\n");
		skip();
	}
	assert_int_equal(kvm_exits_run(NULL, &exits), KVM_STEP_NONE);
	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		const struct kvm_exit_result *result = &exits.results[ids[i]];

		assert_true(kvm_exit_has_figures(result));
		assert_int_equal(result->user_exits, 0);
		if (result->counted)
			assert_true(result->exits >= result->events);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_cause_is_tried),
		cmocka_unit_test(hardware_leaves_for_every_event),
	};

	return cmocka_run_group_tests_name("exits_live", tests, NULL, NULL);
}
