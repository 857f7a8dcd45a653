// SPDX-License-Identifier: GPL-2.0-only
/* The reasons: names and statuses as published, and a capture for each. */
#include "captures.h"
#include "verdict.h"

/* ABI: never renumbered. */
static const struct {
	const char *name;
	int status;
} published[] = {
	{ "ready", 0 },
	{ "hardware-ready", 0 },
	{ "no-extension", 10 },
	{ "hidden-by-hypervisor", 11 },
	{ "owned-by-hypervisor", 12 },
	{ "extension-incomplete", 13 },
	{ "firmware-disabled", 20 },
	{ "hypervisor-disabled", 21 },
	{ "smx-only", 22 },
	{ "cpus-disagree", 23 },
	{ "no-kvm", 30 },
	{ "kvm-not-loaded", 31 },
	{ "kvm-refused", 32 },
	{ "in-use", 33 },
	{ "restart-needed", 34 },
	{ "device-missing", 40 },
	{ "permission-denied", 41 },
	{ "device-blocked", 42 },
	{ "kvm-api", 50 },
	{ "create-failed", 51 },
	{ "run-failed", 52 },
	{ "profile-unmet", 53 },
	{ "unknown", 60 },
};

static enum reason reason_of(const char *name)
{
	enum reason reason;

	for (reason = 0; reason < NR_REASONS; reason++)
		if (!strcmp(reason_info(reason)->name, name))
			break;
	return reason;
}

static void test_reasons_are_as_published(void **state)
{
	size_t i;

	(void)state;
	assert_int_equal(NR_REASONS, ARRAY_SIZE(published));
	for (i = 0; i < ARRAY_SIZE(published); i++) {
		enum reason reason = reason_of(published[i].name);

		assert_int_not_equal(reason, NR_REASONS);
		assert_int_equal(reason_info(reason)->exit_status,
				 published[i].status);
		assert_true(*reason_info(reason)->meaning);
	}
}

/* The name is REASON[.CASE].virtinfo. */
static void judge_capture(const struct host *host, const char *name, void *data)
{
	struct verdict *verdict;
	bool *reached = data;
	char expected[64];

	snprintf(expected, sizeof(expected), "%.*s", (int)strcspn(name, "."),
		 name);
	verdict = verdict_of(host, NULL);
	assert_non_null(verdict);
	if (strcmp(verdict_name(verdict), expected))
		fail_msg("%s gives %s", name, verdict_name(verdict));
	reached[verdict->reason] = true;
	/* Whatever stands in the way has a reason and something to do. */
	if (verdict_exit_status(verdict)) {
		assert_non_null(verdict->remedy);
		assert_int_not_equal(verdict->usable, ANSWER_YES);
	} else {
		assert_int_equal(verdict->usable, ANSWER_YES);
	}
	assert_true(*verdict->summary);
	verdict_free(verdict);
}

static void test_every_reason_is_reached(void **state)
{
	bool reached[NR_REASONS] = { false };
	int reason;

	(void)state;
	each_capture(judge_capture, reached);
	/* Only a profile gives this one. */
	reached[REASON_PROFILE_UNMET] = true;
	for (reason = 0; reason < NR_REASONS; reason++)
		if (!reached[reason])
			fail_msg("no capture for %s",
				 reason_info(reason)->name);
}

static void test_first_failed_stage_counts(void **state)
{
	struct verdict *verdict = judge(
		KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x1") FACTS
		"module kvm : loadable\nmodule kvm_intel : loadable\n"
		"device kvm : missing\nkvm device open : ENOENT\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "firmware-disabled");
	assert_int_equal(stage_of(verdict, STAGE_PROCESSOR)->status,
			 STAGE_PASS);
	assert_int_equal(stage_of(verdict, STAGE_FIRMWARE)->status, STAGE_FAIL);
	assert_int_equal(stage_of(verdict, STAGE_KERNEL)->status,
			 STAGE_SKIPPED);
	assert_int_equal(stage_of(verdict, STAGE_DEVICE)->status,
			 STAGE_SKIPPED);
	assert_int_equal(stage_of(verdict, STAGE_DEVICE)->reason, REASON_NONE);
	verdict_free(verdict);
}

static void test_a_guest_that_ran_overrides(void **state)
{
	struct verdict *verdict = judge(
		KERNEL("6.18.0") AMD("0-1", GUEST, "0x1") KVM_ABOVE FACTS
		"module kvm : builtin\nmodule kvm_pvm : builtin\n" DEVICE_OK
		"proof : ran\nproof time us : 1500\n");

	(void)state;
	assert_string_equal(verdict_name(verdict), "ready");
	assert_has(verdict->summary, "without VMX or SVM");
	assert_has(verdict->summary, "kvm_pvm");
	assert_null(verdict->remedy);
	assert_int_equal(stage_of(verdict, STAGE_PROCESSOR)->status,
			 STAGE_WARN);
	assert_int_equal(stage_of(verdict, STAGE_PROCESSOR)->reason,
			 REASON_HIDDEN_BY_HYPERVISOR);
	verdict_free(verdict);

	/* Nor does it matter what registers nobody could read. */
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FACTS LOADED("kvm_intel")
			      DEVICE_OK "proof : ran\n",
		      "ready");
}

static void test_a_guest_that_did_not_run(void **state)
{
	(void)state;
	assert_reason(KERNEL("6.18.0") AMD("0", GUEST, "0x1") KVM_ABOVE FACTS
		      "module kvm_pvm : loaded\n" DEVICE_OK
		      "proof : failed timed-out\n",
		      "run-failed");
}

/* CPUs disagree however well KVM answers, until a guest ran. */
static void test_answering_is_not_running(void **state)
{
	(void)state;
	assert_reason(KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x5")
			      INTEL("1", VMX) FEATURE_CONTROL("0x1")
				      FACTS LOADED("kvm_intel") DEVICE_OK
		      "proof : not run\n",
		      "cpus-disagree");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reasons_are_as_published),
		cmocka_unit_test(test_every_reason_is_reached),
		cmocka_unit_test(test_first_failed_stage_counts),
		cmocka_unit_test(test_a_guest_that_ran_overrides),
		cmocka_unit_test(test_a_guest_that_did_not_run),
		cmocka_unit_test(test_answering_is_not_running),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
