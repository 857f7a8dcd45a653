// SPDX-License-Identifier: GPL-2.0-only
#include "verdict/verdict.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "kvm/device.h"
#include "model/tool_words.h"
#include "verdict/stage.h"

const char *stage_status_name(enum stage_status status)
{
	static const char *const names[] = {
		[STAGE_PASS] = "pass",	     [STAGE_FAIL] = "fail",
		[STAGE_WARN] = "warn",	     [STAGE_SKIPPED] = "skipped",
		[STAGE_UNKNOWN] = "unknown",
	};

	return names[status];
}

int verdict_exit_status(const struct verdict *verdict)
{
	return reason_info(verdict->reason)->exit_status;
}

static void free_stage(struct stage *stage)
{
	ARRAY_EACH(text, stage->evidence, stage->nr_evidence)
		free(*text);
	free(stage->evidence);
	free(stage->summary);
	free(stage->remedy);
}

void verdict_free(struct verdict *verdict)
{
	if (!verdict)
		return;
	ARRAY_EACH(stage, verdict->stages, verdict->nr_stages)
		free_stage(stage);
	free(verdict->summary);
	free(verdict->remedy);
	free(verdict);
}

static void read_kvm(struct verdict_context *v)
{
	const struct kvm_caps *kvm = &v->system->kvm;
	const struct kvm_proof *proof = &v->system->proof;

	v->open_known = kvm->known;
	v->open_error = kvm->open_error;
	v->answers =
		kvm->known && !kvm->open_error && kvm->api == KVM_DEVICE_API;
	if (!v->open_known && proof->step == KVM_STEP_OPEN && proof->error) {
		v->open_known = true;
		v->open_error = proof->error;
	}
}

static int begin_context(struct verdict_context *v, const struct host *host,
			 const struct profile *profile,
			 const struct hypervisor *hypervisor)
{
	*v = (struct verdict_context){ .host = host,
				       .system = &host->system,
				       .profile = profile,
				       .hypervisor = hypervisor };
	if (hardware_of(&v->hardware, host))
		return -1;
	v->in_words = !v->hardware.any ||
		      cpulist_weight(&v->hardware.by_class[CPU_UNKNOWN]) ==
			      cpulist_weight(&v->hardware.cpus);
	v->extension = v->in_words	     ? words_extension(v->system) :
		       v->hardware.vmx.count ? VI_VMX :
		       v->hardware.svm.count ? VI_SVM :
					       VI_NO_EXTENSION;
	v->vendor_module = vendor_module(v->extension);
	v->vendor = system_module(v->system,
				  v->vendor_module ? v->vendor_module : "");
	v->device = system_device(v->system, "kvm");
	read_kvm(v);
	return 0;
}

/*
 * Is KVM here that needs neither VMX nor SVM? What is built in may still have
 * failed to start: then there is no device, or nothing behind it.
 */
static bool has_software_kvm(const struct verdict_context *v)
{
	const struct module *pvm = system_module(v->system, "kvm_pvm");

	if (pvm->state == MODULE_STATE_LOADED)
		return true;
	return pvm->state == MODULE_STATE_BUILTIN &&
	       v->device->state != DEVICE_MISSING && v->open_error != ENOENT &&
	       v->open_error != ENODEV && v->open_error != ENXIO;
}

/* Which better witness overrides the stage, or NULL for none. */
static const char *overridden_by(const struct stage *stage)
{
	const struct verdict_context *v = stage->v;

	if (v->system->proof.ran)
		return "ignored: a test guest ran";
	if (stage->reason == REASON_CPUS_DISAGREE ||
	    stage->reason == REASON_IN_USE)
		return NULL;
	if ((v->answers || (v->in_words && tool_used_kvm(v->system))) &&
	    stage->id <= STAGE_KERNEL)
		return "ignored: KVM is working";
	if (stage->id <= STAGE_FIRMWARE && has_software_kvm(v))
		return "ignored: software KVM (kvm_pvm) is loaded, which needs neither VMX nor SVM";
	return NULL;
}

static void weigh_witnesses(struct stage *stage)
{
	const char *why =
		stage->status == STAGE_FAIL ? overridden_by(stage) : NULL;

	if (!why)
		return;
	stage->status = STAGE_WARN;
	stage_evidence(stage, "%s", why);
	stage_remedy_anew(stage);
}

/* What comes after the first failure is not judged, only shown. */
static void skip_after_failure(struct stage *stage, bool failed)
{
	if (!failed || stage->status == STAGE_PASS ||
	    stage->status == STAGE_WARN)
		return;
	stage->status = STAGE_SKIPPED;
	stage->reason = REASON_NONE;
	free(stage->summary);
	stage->summary = NULL;
	stage_remedy_anew(stage);
}

static struct stage *add_stage(struct verdict *verdict,
			       struct verdict_context *v, enum stage_id id)
{
	struct stage *stage = &verdict->stages[verdict->nr_stages++];

	stage->v = v;
	stage->id = id;
	stage->status = STAGE_PASS;
	stage->reason = REASON_NONE;
	return stage;
}

/* Returns whether a stage failed. */
static bool judge_stages(struct verdict_context *v, struct verdict *verdict)
{
	static void (*const judges[])(struct stage *) = {
		[STAGE_PROCESSOR] = stage_processor,
		[STAGE_FIRMWARE] = stage_firmware,
		[STAGE_KERNEL] = stage_kernel,
		[STAGE_DEVICE] = stage_device,
		[STAGE_KVM] = stage_kvm,
	};
	const struct profile *profile = v->profile;
	bool kvm = !profile || profile->needs_kvm;
	bool failed = false;

	for (int id = STAGE_PROCESSOR; id <= STAGE_KVM; id++) {
		struct stage *stage = add_stage(verdict, v, id);

		if (id > STAGE_FIRMWARE && !kvm) {
			stage->status = STAGE_SKIPPED;
			stage_evidence(stage, "%s does not need KVM",
				       profile->title);
			continue;
		}
		judges[id](stage);
		judge_printed(stage);
		if (kvm)
			weigh_witnesses(stage);
		skip_after_failure(stage, failed);
		stage_finish(stage);
		if (stage->status == STAGE_FAIL)
			failed = true;
	}
	return failed;
}

static void judge_profile(struct verdict_context *v, struct verdict *verdict,
			  bool failed)
{
	for (int id = STAGE_PROCESSOR; id <= STAGE_KVM; id++) {
		struct stage *stage =
			add_stage(verdict, v, id + STAGE_PROFILE_PROCESSOR);

		if (!stage_profile(stage, id)) {
			verdict->nr_stages--;
			continue;
		}
		skip_after_failure(stage, failed);
		if (stage->status == STAGE_FAIL)
			failed = true;
	}
}

static char *ready_summary(struct verdict_context *v)
{
	const char *proof = v->system->proof.ran ? "a test guest ran" :
						   "no test guest was run";

	if (v->hardware.any &&
	    (v->extension == VI_NO_EXTENSION ||
	     (v->system->kernel_known && !module_present(v->vendor) &&
	      has_module(v, "kvm_pvm"))))
		return new_text(
			v, "KVM works without VMX or SVM: software KVM%s; %s",
			has_module(v, "kvm_pvm") ? " (kvm_pvm)" : "", proof);
	return new_text(v, "KVM works here on %s; %s", extension_text(v),
			proof);
}

static char *copy(struct verdict_context *v, const char *text)
{
	return text ? new_text(v, "%s", text) : NULL;
}

/* A guest that ran leaves nothing below it unknown. */
static const struct stage *first_with(const struct verdict_context *v,
				      const struct verdict *verdict,
				      enum stage_status status)
{
	ARRAY_EACH(stage, verdict->stages, verdict->nr_stages)
		if (stage->status == status &&
		    !(status == STAGE_UNKNOWN && stage->id <= STAGE_KVM &&
		      v->system->proof.ran))
			return stage;
	return NULL;
}

/* Ready, and for what. */
static char *ready_for(struct verdict_context *v, bool own)
{
	char *ready = own ? NULL : ready_summary(v), *text;

	if (!v->profile)
		return ready;
	text = new_text(v, "ready for %s%s%s", v->profile->title,
			ready ? ": " : "", ready ? ready : "");
	free(ready);
	return text;
}

static void conclude(struct verdict_context *v, struct verdict *verdict)
{
	const struct stage *stage = first_with(v, verdict, STAGE_FAIL);
	const struct reason_info *info;
	bool own = v->profile && !v->profile->needs_kvm;
	bool ready = own ? v->system->kernel_known :
			   v->system->proof.ran || v->answers ||
				     tool_used_kvm(v->system);

	if (stage) {
		verdict->reason = stage->reason;
	} else {
		stage = first_with(v, verdict, STAGE_UNKNOWN);
		verdict->reason = stage ? REASON_UNKNOWN :
				  ready ? REASON_READY :
					  REASON_HARDWARE_READY;
	}
	info = reason_info(verdict->reason);
	if (verdict->reason == REASON_READY)
		verdict->summary = ready_for(v, own);
	else
		verdict->summary =
			copy(v, stage && stage->summary ? stage->summary :
							  info->meaning);
	verdict->remedy = copy(v, stage ? stage->remedy : NULL);
	verdict->usable = info->usable;
}

static struct verdict *judge(const struct host *host,
			     const struct profile *profile, bool bare)
{
	struct verdict *verdict = calloc(1, sizeof(*verdict));
	struct verdict_context v;
	bool failed;

	if (!verdict)
		return NULL;
	hypervisor_detect(&verdict->hypervisor, host);
	if (begin_context(&v, host, profile, &verdict->hypervisor)) {
		v.no_memory = true;
	} else {
		v.bare = bare;
		failed = judge_stages(&v, verdict);
		if (profile)
			judge_profile(&v, verdict, failed);
		conclude(&v, verdict);
	}
	ARRAY_EACH(stage, verdict->stages, verdict->nr_stages)
		stage->v = NULL;
	hardware_free(&v.hardware);
	if (v.no_memory) {
		verdict_free(verdict);
		return NULL;
	}
	return verdict;
}

struct verdict *verdict_of(const struct host *host,
			   const struct profile *profile)
{
	return judge(host, profile, false);
}

struct verdict *verdict_bare(const struct host *host)
{
	return judge(host, NULL, true);
}
