// SPDX-License-Identifier: GPL-2.0-only
/* What KVM said survives the way into a capture and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>

#include "base/errname.h"
#include "model/kvm_facts.h"
#include "types.h"

static void add(struct facts *facts, const char *key, const char *value)
{
	assert_int_equal(facts_add(facts, key, value), 0);
}

static struct facts *new_facts(void)
{
	struct facts *facts = facts_new();

	assert_non_null(facts);
	return facts;
}

static void write_caps(struct facts *facts, const struct kvm_caps *caps)
{
	assert_int_equal(kvm_facts_write_caps(facts, caps), 0);
}

static void read_caps(struct kvm_caps *caps, const struct facts *facts)
{
	assert_int_equal(kvm_facts_read_caps(caps, facts), 0);
}

static struct kvm_caps sample_caps(void)
{
	static const struct kvm_cap caps[] = {
		{ .number = 3, .asked = true, .value = 1 },
		{ .number = 66,
		  .asked = true,
		  .value = 4096,
		  .per_vm = true,
		  .vm_value = 255 },
		{ .number = 101, .asked = true },
		{ .number = 203, .asked = true, .error = EINVAL },
		{ .number = 234, .asked = true, .error = 523 },
		{ .number = 300, .asked = true, .value = 7 },
	};
	static const struct kvm_msr msrs[] = {
		{ .index = 0x480,
		  .readable = true,
		  .value = 0xda0400000000000full },
		{ .index = 0x10a },
		{ .index = 0xc0011029, .readable = true },
	};
	struct kvm_caps sample = { .known = true,
				   .api = 12,
				   .release = "6.12.1" };

	for (size_t i = 0; i < ARRAY_SIZE(caps); i++)
		assert_int_equal(kvm_caps_add(&sample, &caps[i]), 0);
	for (size_t i = 0; i < ARRAY_SIZE(msrs); i++)
		assert_int_equal(kvm_caps_add_msr(&sample, &msrs[i]), 0);
	return sample;
}

static void caps_come_back(void **state)
{
	struct facts *facts = new_facts();
	struct kvm_caps before = sample_caps(), after;

	(void)state;
	add(facts, "kernel", before.release);
	write_caps(facts, &before);
	assert_string_equal(facts_get(facts, "kvm device open"), "ok");
	assert_string_equal(facts_get(facts, "kvm api"), "12");
	assert_string_equal(facts_get(facts, "kvm cap 3 KVM_CAP_USER_MEMORY"),
			    "1");
	assert_string_equal(facts_get(facts, "kvm cap 66 KVM_CAP_MAX_VCPUS"),
			    "4096 vm 255");
	assert_string_equal(
		facts_get(facts, "kvm cap 203 KVM_CAP_BINARY_STATS_FD"),
		"EINVAL");
	assert_string_equal(facts_get(facts, "kvm cap 234 KVM_CAP_GUEST_MEMFD"),
			    "errno 523");
	assert_string_equal(facts_get(facts, "kvm cap 300 (unnamed)"), "7");
	assert_string_equal(facts_get(facts, "kvm vm types"),
			    "0x1 default (not listed)");
	assert_string_equal(facts_get(facts, "kvm msrs"),
			    "0x480 0x10a 0xc0011029");
	assert_string_equal(facts_get(facts, "kvm msr 0x480"),
			    "0xda0400000000000f");
	assert_string_equal(facts_get(facts, "kvm msr 0x10a"), "unreadable");

	read_caps(&after, facts);
	assert_true(after.known);
	assert_int_equal(after.api, 12);
	assert_string_equal(after.release, "6.12.1");
	assert_int_equal(after.cap_count, before.cap_count);
	for (size_t i = 0; i < before.cap_count; i++) {
		assert_int_equal(after.caps[i].number, before.caps[i].number);
		assert_true(after.caps[i].asked);
		assert_int_equal(after.caps[i].error, before.caps[i].error);
		assert_int_equal(after.caps[i].value, before.caps[i].value);
		assert_int_equal(after.caps[i].per_vm, before.caps[i].per_vm);
		assert_int_equal(after.caps[i].vm_value,
				 before.caps[i].vm_value);
	}
	assert_int_equal(after.msr_count, before.msr_count);
	for (size_t i = 0; i < before.msr_count; i++) {
		assert_int_equal(after.msrs[i].index, before.msrs[i].index);
		assert_int_equal(after.msrs[i].readable,
				 before.msrs[i].readable);
		assert_true(after.msrs[i].value == before.msrs[i].value);
	}
	kvm_caps_free(&before);
	kvm_caps_free(&after);
	facts_free(facts);
}

static void a_closed_device_comes_back(void **state)
{
	static const int errors[] = {
		ENOENT, EACCES, EPERM, ENODEV, ENXIO, 999
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(errors); i++) {
		const struct kvm_caps before = { .known = true,
						 .open_error = errors[i],
						 .api = -1 };
		struct kvm_caps after;
		struct facts *facts = new_facts();

		write_caps(facts, &before);
		assert_int_equal(facts_count(facts), 1);
		add(facts, "kernel", "6.1.0");
		read_caps(&after, facts);
		assert_true(after.known);
		assert_int_equal(after.open_error, errors[i]);
		assert_string_equal(after.release, "6.1.0");
		kvm_caps_free(&after);
		facts_free(facts);
	}
}

static void silence_is_not_an_answer(void **state)
{
	struct facts *facts = new_facts();
	struct kvm_proof proof;
	struct kvm_caps caps;

	(void)state;
	read_caps(&caps, facts);
	assert_false(caps.known);
	write_caps(facts, &caps);
	assert_int_equal(facts_count(facts), 0);
	kvm_facts_read_proof(&proof, facts);
	assert_false(proof.attempted);
	kvm_caps_free(&caps);
	facts_free(facts);
}

static void damaged_lines_are_not_zeroes(void **state)
{
	struct facts *facts = new_facts();
	struct kvm_proof proof;
	struct kvm_caps caps;

	(void)state;
	add(facts, "kvm device open", "ok");
	add(facts, "kvm api", "12");
	add(facts, "kvm cap 3 KVM_CAP_USER_MEMORY", "maybe");
	add(facts, "kvm cap 4 KVM_CAP_SET_TSS_ADDR", "1x");
	add(facts, "kvm msrs", "0x480 0x481 garbage");
	add(facts, "kvm msr 0x480", "none of it");
	add(facts, "proof", "failed gloriously");
	read_caps(&caps, facts);
	assert_int_equal(caps.cap_count, 0);
	assert_int_equal(caps.msr_count, 1);
	assert_false(caps.msrs[0].readable);
	kvm_facts_read_proof(&proof, facts);
	assert_false(proof.attempted);
	assert_false(proof.ran);
	kvm_caps_free(&caps);
	facts_free(facts);
}

static void msr_list_untold_is_no_error_of_kvm(void **state)
{
	struct facts *facts = new_facts();
	struct kvm_caps caps;

	(void)state;
	add(facts, "kvm device open", "ok");
	add(facts, "kvm api", "12");
	read_caps(&caps, facts);
	assert_int_equal(caps.msr_error, KVM_MSRS_UNKNOWN);
	kvm_caps_free(&caps);
	facts_free(facts);
}

static void msr_list_error_comes_back(void **state)
{
	struct kvm_caps before = { .known = true,
				   .api = 12,
				   .msr_error = EINVAL },
			after;
	struct facts *facts = new_facts();

	(void)state;
	write_caps(facts, &before);
	assert_string_equal(facts_get(facts, "kvm msrs"), "EINVAL");
	read_caps(&after, facts);
	assert_int_equal(after.msr_error, EINVAL);
	kvm_caps_free(&after);
	facts_free(facts);
}

static void check_proof(const struct kvm_proof *before, const char *text)
{
	struct facts *facts = new_facts();
	struct kvm_proof after;

	assert_int_equal(kvm_facts_write_proof(facts, before), 0);
	assert_string_equal(facts_get(facts, "proof"), text);
	kvm_facts_read_proof(&after, facts);
	assert_int_equal(after.attempted, before->attempted);
	assert_int_equal(after.ran, before->ran);
	assert_int_equal(after.step, before->step);
	assert_int_equal(after.error, before->error);
	assert_int_equal(after.exit_reason, before->exit_reason);
	assert_true(after.hardware_reason == before->hardware_reason);
	assert_true(after.time_us == before->time_us);
	facts_free(facts);
}

static void proofs_come_back(void **state)
{
	(void)state;
	check_proof(&(struct kvm_proof){ 0 }, "not run");
	check_proof(&(struct kvm_proof){ .attempted = true,
					 .ran = true,
					 .time_us = 1234 },
		    "ran");
	check_proof(&(struct kvm_proof){ .attempted = true,
					 .step = KVM_STEP_CREATE_VM,
					 .error = EBUSY,
					 .time_us = 5 },
		    "failed create-vm EBUSY");
	check_proof(&(struct kvm_proof){ .attempted = true,
					 .step = KVM_STEP_RUN,
					 .error = 4095 },
		    "failed run errno 4095");
	check_proof(&(struct kvm_proof){ .attempted = true,
					 .step = KVM_STEP_TIMED_OUT,
					 .time_us = 3000000 },
		    "failed timed-out");
	check_proof(&(struct kvm_proof){ .attempted = true,
					 .step = KVM_STEP_UNEXPECTED_EXIT,
					 .exit_reason = 9,
					 .hardware_reason = 0x80000021 },
		    "failed unexpected-exit KVM_EXIT_FAIL_ENTRY 9 0x80000021");
	check_proof(&(struct kvm_proof){ .attempted = true,
					 .step = KVM_STEP_UNEXPECTED_EXIT,
					 .exit_reason = 4000 },
		    "failed unexpected-exit KVM_EXIT_? 4000 0x0");
	for (int step = KVM_STEP_OPEN; step < KVM_STEP_UNEXPECTED_EXIT;
	     step++) {
		char text[64];

		snprintf(text, sizeof(text), "failed %s", kvm_step_name(step));
		check_proof(
			&(struct kvm_proof){ .attempted = true, .step = step },
			text);
	}
}

static void error_names_are_one_to_one(void **state)
{
	int named = 0;

	(void)state;
	for (int error = 1; error < 200; error++) {
		const char *name = errname(error);

		if (!name)
			continue;
		assert_int_equal(errname_parse(name), error);
		named++;
	}
	assert_true(named > 20);
	assert_int_equal(errname_parse("ENOSUCHNAME"), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(caps_come_back),
		cmocka_unit_test(a_closed_device_comes_back),
		cmocka_unit_test(silence_is_not_an_answer),
		cmocka_unit_test(damaged_lines_are_not_zeroes),
		cmocka_unit_test(msr_list_untold_is_no_error_of_kvm),
		cmocka_unit_test(msr_list_error_comes_back),
		cmocka_unit_test(proofs_come_back),
		cmocka_unit_test(error_names_are_one_to_one),
	};

	return cmocka_run_group_tests_name("kvm_facts", tests, NULL, NULL);
}
