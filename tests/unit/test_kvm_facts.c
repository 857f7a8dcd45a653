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

#include "kvm_offer.h"

#include "base/errname.h"
#include "input/kvm_facts.h"
#include "input/system_parse.h"
#include "types.h"

/* Parse them, none of them bad. */
static struct system parse(const struct facts *facts)
{
	struct bad_fact bad = { 0 };
	struct system system;

	system_init(&system);
	if (system_parse(&system, facts, &bad))
		fail_msg("\"%s\" is refused", bad.fact.key);
	return system;
}

static void assert_fact(const struct facts *facts, const char *key,
			const char *expected)
{
	const char *value = facts_get(facts, key);

	if (!value)
		fail_msg("no fact \"%s\"", key);
	assert_string_equal(value, expected);
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
	struct kvm_caps before = sample_caps(), *after;
	struct facts *facts = facts_new();
	struct system system;

	(void)state;
	assert_int_equal(facts_add(facts, "kernel", before.release), 0);
	assert_int_equal(kvm_facts_write_caps(facts, &before), 0);
	assert_fact(facts, "kvm device open", "ok");
	assert_fact(facts, "kvm api", "12");
	assert_fact(facts, "kvm cap 3 KVM_CAP_USER_MEMORY", "1");
	assert_fact(facts, "kvm cap 66 KVM_CAP_MAX_VCPUS", "4096 vm 255");
	assert_fact(facts, "kvm cap 203 KVM_CAP_BINARY_STATS_FD", "EINVAL");
	assert_fact(facts, "kvm cap 234 KVM_CAP_GUEST_MEMFD", "errno 523");
	assert_fact(facts, "kvm cap 300 (unnamed)", "7");
	assert_fact(facts, "kvm vm types", "0x1 default (not listed)");
	assert_fact(facts, "kvm msrs", "0x480 0x10a 0xc0011029");
	assert_fact(facts, "kvm msr 0x480", "0xda0400000000000f");
	assert_fact(facts, "kvm msr 0x10a", "unreadable");

	system = parse(facts);
	after = &system.kvm;
	assert_true(system.vm_types_known && system.vm_types == 1);
	assert_true(after->known);
	assert_int_equal(after->api, 12);
	assert_string_equal(after->release, "6.12.1");
	assert_int_equal(after->cap_count, before.cap_count);
	for (size_t i = 0; i < before.cap_count; i++) {
		assert_int_equal(after->caps[i].number, before.caps[i].number);
		assert_true(after->caps[i].asked);
		assert_int_equal(after->caps[i].error, before.caps[i].error);
		assert_int_equal(after->caps[i].value, before.caps[i].value);
		assert_int_equal(after->caps[i].per_vm, before.caps[i].per_vm);
		assert_int_equal(after->caps[i].vm_value,
				 before.caps[i].vm_value);
	}
	assert_int_equal(after->msr_error, 0);
	assert_int_equal(after->msr_count, before.msr_count);
	for (size_t i = 0; i < before.msr_count; i++) {
		assert_int_equal(after->msrs[i].index, before.msrs[i].index);
		assert_int_equal(after->msrs[i].readable,
				 before.msrs[i].readable);
		assert_true(after->msrs[i].value == before.msrs[i].value);
	}
	kvm_caps_free(&before);
	system_free(&system);
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
		struct facts *facts = facts_new();
		struct system system;

		assert_int_equal(kvm_facts_write_caps(facts, &before), 0);
		assert_int_equal(facts_count(facts), 1);
		assert_int_equal(facts_add(facts, "kernel", "6.1.0"), 0);
		system = parse(facts);
		assert_true(system.kvm.known);
		assert_int_equal(system.kvm.open_error, errors[i]);
		assert_string_equal(system.kvm.release, "6.1.0");
		system_free(&system);
		facts_free(facts);
	}
}

static void silence_is_not_an_answer(void **state)
{
	struct facts *facts = facts_new();
	struct system system = parse(facts);

	(void)state;
	assert_false(system.kvm.known);
	assert_int_equal(kvm_facts_write_caps(facts, &system.kvm), 0);
	assert_int_equal(facts_count(facts), 0);
	assert_false(system.proof.attempted);
	system_free(&system);
	facts_free(facts);
}

/* Words of a newer program. */
static void unknown_words_are_not_zeroes(void **state)
{
	struct facts *facts = facts_new();
	struct system system;

	(void)state;
	facts_add(facts, "kvm device open", "ok");
	facts_add(facts, "kvm api", "12");
	facts_add(facts, "kvm cap 3 KVM_CAP_USER_MEMORY", "maybe");
	facts_add(facts, "kvm cap 4 KVM_CAP_OF_ANOTHER_NUMBER", "1");
	facts_add(facts, "kvm msrs", "0x480 0x481 and others");
	facts_add(facts, "kvm msr 0x480", "none of it");
	facts_add(facts, "kvm vm types", "many");
	facts_add(facts, "kvm cpuid", "as usual");
	facts_add(facts, "kvm emulated cpuid 0x0 0x0", "all of it");
	facts_add(facts, "kvm hyper-v cpuid 0x40000000", "0x1");
	facts_add(facts, "kvm tsc khz", "fast");
	facts_add(facts, "kvm xcomp guest", "tiles");
	facts_add(facts, "proof", "failed gloriously");
	facts_add(facts, "proof time us", "soon");
	system = parse(facts);
	assert_int_equal(system.kvm.cap_count, 0);
	assert_int_equal(system.kvm.msr_count, 1);
	assert_false(system.kvm.msrs[0].readable);
	assert_false(system.vm_types_known);
	for (int list = 0; list < NR_KVM_CPUID_LISTS; list++)
		assert_false(system.kvm.cpuid[list].known);
	assert_int_equal(system.kvm.tsc_khz, 0);
	assert_false(system.kvm.xcomp_known);
	assert_false(system.proof.attempted);
	assert_false(system.proof.ran);
	assert_string_equal(system.proof_unknown, "failed gloriously");
	system_free(&system);
	facts_free(facts);
}

/* They are looked for by number, and shown in its order. */
static void caps_in_any_order(void **state)
{
	struct facts *facts = facts_new();
	struct system system;

	(void)state;
	facts_add(facts, "kvm cap 300 (unnamed)", "7");
	facts_add(facts, "kvm cap 3 (unnamed)", "1");
	facts_add(facts, "kvm cap 66 KVM_CAP_MAX_VCPUS", "4096 vm 255");
	system = parse(facts);
	assert_int_equal(system.kvm.cap_count, 3);
	assert_int_equal(system.kvm.caps[0].number, 3);
	assert_int_equal(system.kvm.caps[1].number, 66);
	assert_int_equal(system.kvm.caps[2].number, 300);
	assert_int_equal(kvm_caps_get(&system.kvm, 66)->vm_value, 255);
	system_free(&system);
	facts_free(facts);
}

static void msr_list_not_known_is_no_error_of_kvm(void **state)
{
	struct facts *facts = facts_new();
	struct system system;

	(void)state;
	facts_add(facts, "kvm device open", "ok");
	facts_add(facts, "kvm api", "12");
	system = parse(facts);
	assert_int_equal(system.kvm.msr_error, KVM_MSRS_UNKNOWN);
	system_free(&system);
	facts_free(facts);
}

static void msr_list_error_comes_back(void **state)
{
	const struct kvm_caps before = { .known = true,
					 .api = 12,
					 .msr_error = EINVAL };
	struct facts *facts = facts_new();
	struct system system;

	(void)state;
	assert_int_equal(kvm_facts_write_caps(facts, &before), 0);
	assert_fact(facts, "kvm msrs", "EINVAL");
	system = parse(facts);
	assert_int_equal(system.kvm.msr_error, EINVAL);
	system_free(&system);
	facts_free(facts);
}

static void offer_comes_back(void **state)
{
	struct kvm_caps before = { .known = true, .api = 12 }, *after;
	struct facts *facts = facts_new();
	struct system system;

	(void)state;
	add_leaf(&before, KVM_CPUID_SUPPORTED, 7, 0, 2, 1, ~0u, 0x80000000);
	add_leaf(&before, KVM_CPUID_SUPPORTED, 7, 1, 0x10, 1, ~0u, 0x80000000);
	add_leaf(&before, KVM_CPUID_SUPPORTED, 0x80000008, 0, 0x3030, 1, ~0u,
		 0x80000000);
	add_leaf(&before, KVM_CPUID_HYPERV, 0x40000000, 0, 0x40000082, 1, ~0u,
		 0x80000000);
	before.cpuid[KVM_CPUID_EMULATED] =
		(struct kvm_cpuids){ .known = true, .error = E2BIG };
	before.tsc_khz = 2596124;
	before.xcomp_known = true;
	before.xcomp = 0x602e7;

	assert_int_equal(kvm_facts_write_caps(facts, &before), 0);
	assert_fact(facts, "kvm cpuid 0x00000007 0x1",
		    "0x00000010 0x00000001 0xffffffff 0x80000000");
	assert_fact(facts, "kvm emulated cpuid", "E2BIG");
	assert_fact(facts, "kvm tsc khz", "2596124");
	assert_fact(facts, "kvm xcomp guest", "0x602e7");
	system = parse(facts);
	after = &system.kvm;
	for (int list = 0; list < NR_KVM_CPUID_LISTS; list++) {
		const struct kvm_cpuids *was = &before.cpuid[list];
		const struct kvm_cpuids *is = &after->cpuid[list];

		assert_true(is->known);
		assert_int_equal(is->error, was->error);
		assert_int_equal(is->count, was->count);
		if (was->count)
			assert_memory_equal(is->list, was->list,
					    was->count * sizeof(*was->list));
	}
	assert_int_equal(after->tsc_khz, before.tsc_khz);
	assert_true(after->xcomp_known && after->xcomp == before.xcomp);
	assert_int_equal(
		kvm_caps_cpuid(after, KVM_CPUID_SUPPORTED, 7, 1)->reg[0], 0x10);
	assert_null(kvm_caps_cpuid(after, KVM_CPUID_SUPPORTED, 7, 2));
	assert_null(kvm_caps_cpuid(after, KVM_CPUID_EMULATED, 7, 0));
	kvm_caps_free(&before);
	system_free(&system);
	facts_free(facts);
}

/* A list that is empty is known, one that no line has is not. */
static void empty_lists_come_back(void **state)
{
	struct kvm_caps before = { .known = true, .api = 12 };
	struct facts *facts = facts_new();
	struct system system;

	(void)state;
	before.cpuid[KVM_CPUID_SUPPORTED].known = true;
	assert_int_equal(kvm_facts_write_caps(facts, &before), 0);
	assert_fact(facts, "kvm cpuid", "none");
	system = parse(facts);
	assert_true(system.kvm.cpuid[KVM_CPUID_SUPPORTED].known);
	assert_int_equal(system.kvm.cpuid[KVM_CPUID_SUPPORTED].count, 0);
	assert_false(system.kvm.cpuid[KVM_CPUID_EMULATED].known);
	assert_int_equal(system.kvm.tsc_khz, 0);
	assert_false(system.kvm.xcomp_known);
	system_free(&system);
	facts_free(facts);
}

static void check_proof(const struct kvm_proof *before, const char *text)
{
	struct facts *facts = facts_new();
	struct system system;
	struct kvm_proof after;

	assert_int_equal(kvm_facts_write_proof(facts, before), 0);
	assert_fact(facts, "proof", text);
	system = parse(facts);
	after = system.proof;
	assert_null(system.proof_unknown);
	assert_int_equal(after.attempted, before->attempted);
	assert_int_equal(after.ran, before->ran);
	assert_int_equal(after.step, before->step);
	assert_int_equal(after.error, before->error);
	assert_int_equal(after.exit_reason, before->exit_reason);
	assert_true(after.hardware_reason == before->hardware_reason);
	assert_true(after.time_us == before->time_us);
	system_free(&system);
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
		cmocka_unit_test(unknown_words_are_not_zeroes),
		cmocka_unit_test(caps_in_any_order),
		cmocka_unit_test(msr_list_not_known_is_no_error_of_kvm),
		cmocka_unit_test(msr_list_error_comes_back),
		cmocka_unit_test(offer_comes_back),
		cmocka_unit_test(empty_lists_come_back),
		cmocka_unit_test(proofs_come_back),
		cmocka_unit_test(error_names_are_one_to_one),
	};

	return cmocka_run_group_tests_name("kvm_facts", tests, NULL, NULL);
}
