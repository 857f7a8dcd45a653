// SPDX-License-Identifier: GPL-2.0-only
/* Does KVM speak the API, make a virtual machine, and run a guest? */
#include "model/rungs.h"

#include <errno.h>

#include "kvm/device.h"
#include "kvm/errname.h"

static void show_failure(struct judging *judging, struct rung *rung)
{
	const struct kvm_proof *proof = &judging->proof;
	const char *exit = kvm_exit_name(proof->exit_reason);
	char name[ERRNAME_SIZE];

	if (proof->step == KVM_STEP_UNEXPECTED_EXIT)
		rung_evidence(
			judging, rung,
			"the guest ended with KVM_EXIT_%s (%u), hardware reason 0x%llx",
			exit ? exit : "?", proof->exit_reason,
			(unsigned long long)proof->hardware_reason);
	else if (proof->error)
		rung_evidence(judging, rung, "the proof failed at \"%s\": %s",
			      kvm_step_name(proof->step),
			      errname_format(name, proof->error));
	else
		rung_evidence(judging, rung, "the proof failed at \"%s\"",
			      kvm_step_name(proof->step));
}

/* A capture written by hand may not say how long it took. */
static void show_success(struct judging *judging, struct rung *rung)
{
	unsigned long long time_us = judging->proof.time_us;

	if (time_us)
		rung_evidence(
			judging, rung,
			"a guest ran and gave the right value (%llu microseconds in all)",
			time_us);
	else
		rung_evidence(judging, rung,
			      "a guest ran and gave the right value");
}

static void fail_api(struct judging *judging, struct rung *rung)
{
	rung_fail(judging, rung, REASON_KVM_API);
	if (judging->api >= 0)
		rung_summary(judging, rung, "the API version is %d, not %d",
			     judging->api, KVM_DEVICE_API);
	else
		rung_summary(
			judging, rung,
			"/dev/kvm does not answer to KVM_GET_API_VERSION: it is not KVM");
}

static void fail_create(struct judging *judging, struct rung *rung)
{
	char name[ERRNAME_SIZE];

	rung_fail(judging, rung, REASON_CREATE_FAILED);
	if (judging->proof.error)
		rung_summary(judging, rung,
			     "no virtual machine could be made (%s)",
			     errname_format(name, judging->proof.error));
	switch (judging->proof.error) {
	case ENOMEM:
		rung_remedy(
			judging, rung,
			"ENOMEM: memory, or a limit on it (memory control group, locked memory), ran out.");
		break;
	case EMFILE:
	case ENFILE:
		rung_remedy(
			judging, rung,
			"Too many files are open: raise the limit (ulimit -n).");
		break;
	case EPERM:
	case EACCES:
		rung_remedy(judging, rung,
			    "A security policy (seccomp, SELinux) forbids it.");
		break;
	default:
		break;
	}
}

static void judge_proof(struct judging *judging, struct rung *rung)
{
	show_failure(judging, rung);
	switch (judging->proof.step) {
	case KVM_STEP_WATCHDOG:
		rung->status = RUNG_UNKNOWN;
		rung_summary(
			judging, rung,
			"the proof could not be run: no timer to bound it");
		rung_remedy(
			judging, rung,
			"A limit on pending signals (ulimit -i) or a security policy keeps timers away: run it again without that.");
		break;
	case KVM_STEP_OPEN:
		/* Opened before, or judged by the device's rung. */
		rung->status = RUNG_UNKNOWN;
		rung_summary(judging, rung, "/dev/kvm did not open again");
		rung_remedy(judging, rung, "Run virtinfo check again.");
		break;
	case KVM_STEP_API:
		fail_api(judging, rung);
		break;
	case KVM_STEP_RUN:
	case KVM_STEP_WRONG_VALUE:
	case KVM_STEP_TIMED_OUT:
	case KVM_STEP_UNEXPECTED_EXIT:
		rung_fail(judging, rung, REASON_RUN_FAILED);
		break;
	default:
		fail_create(judging, rung);
		break;
	}
}

void rung_kvm(struct judging *judging, struct rung *rung)
{
	if (judging->api >= 0)
		rung_evidence(judging, rung, "KVM_GET_API_VERSION: %d",
			      judging->api);
	if (judging->proof.attempted && judging->proof.ran) {
		show_success(judging, rung);
		return;
	}
	if (judging->open_told && !judging->open_error &&
	    judging->api != KVM_DEVICE_API) {
		fail_api(judging, rung);
		return;
	}
	if (judging->proof.attempted) {
		judge_proof(judging, rung);
		return;
	}
	/* Only "ran" is success: what a newer program tells may be a failure. */
	if (judging->proof_untold) {
		rung->status = RUNG_UNKNOWN;
		rung_summary(
			judging, rung,
			"how the proof ended is not known to this program: \"%.80s\"",
			judging->proof_untold);
		rung_remedy(
			judging, rung,
			"Judge the file with the virtinfo that wrote it, or a newer one.");
		return;
	}
	if (judging->open_told && judging->open_error) {
		rung->status = RUNG_SKIPPED;
		return;
	}
	if (!judging->open_told) {
		rung->status =
			judging->device_told ? RUNG_UNKNOWN : RUNG_SKIPPED;
		if (!judging->device_told)
			return;
		rung_summary(
			judging, rung,
			"whether /dev/kvm opens and answers is not in the evidence");
		remedy_evidence(judging, rung);
		return;
	}
	rung_evidence(judging, rung,
		      "no guest was run: whether one runs is not proved");
}
