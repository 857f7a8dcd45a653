// SPDX-License-Identifier: GPL-2.0-only
/* Does KVM speak the API, make a virtual machine, and run a guest? */
#include "verdict/stage.h"

#include <errno.h>

#include "base/errname.h"
#include "kvm/device.h"
#include "model/tool_words.h"

static void show_failure(struct stage *stage)
{
	const struct kvm_proof *proof = &stage->v->system->proof;
	const char *exit = kvm_exit_name(proof->exit_reason);
	char name[ERRNAME_SIZE];

	if (proof->step == KVM_STEP_UNEXPECTED_EXIT)
		stage_evidence(
			stage,
			"the guest ended with KVM_EXIT_%s (%u), hardware reason 0x%llx",
			exit ? exit : "?", proof->exit_reason,
			(unsigned long long)proof->hardware_reason);
	else if (proof->error)
		stage_evidence(stage,
			       "the test guest failed at step \"%s\": %s",
			       kvm_step_name(proof->step),
			       errname_format(name, proof->error));
	else
		stage_evidence(stage, "the test guest failed at step \"%s\"",
			       kvm_step_name(proof->step));
}

/* A capture written by hand may not say how long it took. */
static void show_success(struct stage *stage)
{
	unsigned long long time_us = stage->v->system->proof.time_us;

	if (time_us)
		stage_evidence(
			stage,
			"a guest ran and gave the right value (%llu microseconds in all)",
			time_us);
	else
		stage_evidence(stage, "a guest ran and gave the right value");
}

static void fail_api(struct stage *stage)
{
	stage_fail(stage, REASON_KVM_API);
	if (stage->v->system->kvm.api >= 0)
		stage_summary(stage, "the API version is %d, not %d",
			      stage->v->system->kvm.api, KVM_DEVICE_API);
	else
		stage_summary(
			stage,
			"/dev/kvm does not answer to KVM_GET_API_VERSION: it is not KVM");
}

static void fail_create(struct stage *stage)
{
	int error = stage->v->system->proof.error;
	char name[ERRNAME_SIZE];

	stage_fail(stage, REASON_CREATE_FAILED);
	if (error)
		stage_summary(stage, "KVM_CREATE_VM failed (%s)",
			      errname_format(name, error));
	if (error == ENOMEM)
		stage_remedy(
			stage,
			"ENOMEM: memory, or a limit on it (memory control group, locked memory), ran out.");
	else if (error == EMFILE || error == ENFILE)
		stage_remedy(
			stage,
			"Too many files are open: raise the limit (ulimit -n).");
	else if (error == EPERM || error == EACCES)
		stage_remedy(
			stage,
			"A security policy (seccomp, SELinux) forbids it.");
}

static void fail_run(struct stage *stage)
{
	stage_fail(stage, REASON_RUN_FAILED);
	if (is_guest(stage->v))
		stage_remedy(
			stage,
			"This is a guest of %s: its nested virtualization is at fault, so update the host or try another one. The kernel log (dmesg) says what KVM met.",
			hypervisor_name(stage->v->hypervisor->product));
}

static void judge_proof(struct stage *stage)
{
	show_failure(stage);
	switch (stage->v->system->proof.step) {
	case KVM_STEP_WATCHDOG:
		stage->status = STAGE_UNKNOWN;
		stage_summary(
			stage,
			"the test guest was not run: no timer could be made");
		stage_remedy(
			stage,
			"A limit on pending signals (ulimit -i) or a security policy forbids timers: run it again without that.");
		break;
	case KVM_STEP_OPEN:
		/* Opened before, or judged by the device's stage. */
		stage->status = STAGE_UNKNOWN;
		stage_summary(stage, "/dev/kvm did not open again");
		stage_remedy(stage, "Run virtinfo check again.");
		break;
	case KVM_STEP_API:
		fail_api(stage);
		break;
	case KVM_STEP_RUN:
	case KVM_STEP_WRONG_VALUE:
	case KVM_STEP_TIMED_OUT:
	case KVM_STEP_UNEXPECTED_EXIT:
		fail_run(stage);
		break;
	default:
		fail_create(stage);
		break;
	}
}

void stage_kvm(struct stage *stage)
{
	const struct verdict_context *v = stage->v;
	const struct system *system = v->system;

	if (system->kvm.api >= 0)
		stage_evidence(stage, "KVM_GET_API_VERSION: %d",
			       system->kvm.api);
	if (system->proof.attempted && system->proof.ran) {
		show_success(stage);
	} else if (v->open_known && !v->open_error &&
		   system->kvm.api != KVM_DEVICE_API) {
		fail_api(stage);
	} else if (system->proof.attempted) {
		judge_proof(stage);
	} else if (system->proof_unknown) {
		/* Only "ran" is success: what a newer program tells may be a failure. */
		stage->status = STAGE_UNKNOWN;
		stage_summary(
			stage,
			"this program does not know this result of the test guest: \"%.80s\"",
			system->proof_unknown);
		stage_remedy(
			stage,
			"Judge the file with the virtinfo that wrote it, or a newer one.");
	} else if (v->open_known && !v->open_error) {
		stage_evidence(stage, "no test guest was run");
	} else if (!v->open_known && tool_used_kvm(system)) {
		stage_evidence(stage, "%s: KVM answers",
			       tool_used_kvm(system)->name.text);
	} else if (v->open_known || !v->device->state_text) {
		stage->status = STAGE_SKIPPED;
	} else {
		stage->status = STAGE_UNKNOWN;
		stage_summary(
			stage,
			"whether /dev/kvm opens and answers is not known");
		remedy_evidence(stage);
	}
}
