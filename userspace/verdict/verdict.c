// SPDX-License-Identifier: GPL-2.0-only
#include "verdict/verdict.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kvm/caps.h"
#include "kvm/device.h"
#include "base/errname.h"
#include "model/kvm_facts.h"
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
	size_t i;

	for (i = 0; i < stage->nr_evidence; i++)
		free(stage->evidence[i]);
	free(stage->evidence);
	free(stage->summary);
	free(stage->remedy);
}

void verdict_free(struct verdict *verdict)
{
	size_t i;

	if (!verdict)
		return;
	for (i = 0; i < verdict->nr_stages; i++)
		free_stage(&verdict->stages[i]);
	free(verdict->summary);
	free(verdict->remedy);
	free(verdict);
}

static void read_kvm(struct verdict_context *v)
{
	const char *open = facts_get(v->facts, "kvm device open");
	const char *api = facts_get(v->facts, "kvm api");

	v->api = -1;
	if (open && !strcmp(open, "ok")) {
		v->open_known = true;
	} else if (open) {
		v->open_error = errname_parse(open);
		if (!v->open_error &&
		    sscanf(open, "errno %9d", &v->open_error) != 1)
			v->open_error = 0;
		v->open_known = v->open_error != 0;
	}
	if (api && sscanf(api, "%9d", &v->api) != 1)
		v->api = -1;
	v->answers =
		v->open_known && !v->open_error && v->api == KVM_DEVICE_API;
	kvm_facts_read_proof(&v->proof, v->host->facts);
	if (!v->proof.attempted && !fact_is(v, "proof", "not run"))
		v->proof_unknown = facts_get(v->facts, "proof");
	if (!v->open_known && v->proof.step == KVM_STEP_OPEN &&
	    v->proof.error) {
		v->open_known = true;
		v->open_error = v->proof.error;
	}
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static int begin_context(struct verdict_context *v, const struct host *host,
			 const struct profile *profile,
			 const struct hypervisor *hypervisor)
{
	const char *kernel = facts_get(host->facts, "kernel");
	size_t i;

	*v = (struct verdict_context){ .host = host,
				       .facts = host->facts,
				       .profile = profile,
				       .hypervisor = hypervisor };
	if (hardware_of(&v->hardware, host))
		return -1;
	if (v->hardware.vmx.count) {
		v->extension = VI_VMX;
		v->vendor_module = "kvm_intel";
	} else if (v->hardware.svm.count) {
		v->extension = VI_SVM;
		v->vendor_module = "kvm_amd";
	}
	v->release = kernel ? kernel_release_parse(kernel) : 0;
	for (i = 0; i < facts_count(host->facts); i++) {
		const char *key = facts_at(host->facts, i).key;

		if (begins(key, "module ") || begins(key, "config "))
			v->system_known = true;
		if (!strcmp(key, "device kvm"))
			v->device_known = true;
	}
	read_kvm(v);
	return 0;
}

/*
 * Is KVM here that needs neither VMX nor SVM? What is built in may still have
 * failed to start: then there is no device, or nothing behind it.
 */
static bool has_software_kvm(const struct verdict_context *v)
{
	if (fact_is(v, "module kvm_pvm", "loaded"))
		return true;
	return fact_is(v, "module kvm_pvm", "builtin") &&
	       !fact_is(v, "device kvm", "missing") &&
	       v->open_error != ENOENT && v->open_error != ENODEV &&
	       v->open_error != ENXIO;
}

/* Why the stage does not stand in the way, or NULL where it does. */
static const char *overridden_by(const struct stage *stage)
{
	const struct verdict_context *v = stage->v;

	if (v->proof.ran)
		return "this stands in nobody's way: a guest ran";
	if (stage->reason == REASON_CPUS_DISAGREE ||
	    stage->reason == REASON_IN_USE)
		return NULL;
	if (v->answers && stage->id <= STAGE_KERNEL)
		return "this does not stand in the way: KVM answers all the same";
	if (stage->id <= STAGE_FIRMWARE && has_software_kvm(v))
		return "this does not stand in the way: software KVM (kvm_pvm) is there, which needs neither VMX nor SVM";
	return NULL;
}

static void weigh_witnesses(struct stage *stage)
{
	const char *why;

	if (stage->status != STAGE_FAIL)
		return;
	why = overridden_by(stage);
	if (!why)
		return;
	stage->status = STAGE_WARN;
	stage_evidence(stage, "%s", why);
	free(stage->remedy);
	stage->remedy = NULL;
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
	free(stage->remedy);
	stage->summary = NULL;
	stage->remedy = NULL;
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
	int id;

	for (id = STAGE_PROCESSOR; id <= STAGE_KVM; id++) {
		struct stage *stage = add_stage(verdict, v, id);

		if (id > STAGE_FIRMWARE && !kvm) {
			stage->status = STAGE_SKIPPED;
			stage_evidence(stage, "%s does not need KVM",
				       profile->title);
			continue;
		}
		judges[id](stage);
		if (kvm)
			weigh_witnesses(stage);
		skip_after_failure(stage, failed);
		if (stage->status == STAGE_FAIL)
			failed = true;
	}
	return failed;
}

static void judge_profile(struct verdict_context *v, struct verdict *verdict,
			  bool failed)
{
	int id;

	for (id = STAGE_PROCESSOR; id <= STAGE_KVM; id++) {
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

static const char *software_name(const struct verdict_context *v)
{
	return module_present(v, "kvm_pvm") ? "software KVM (kvm_pvm)" :
					      "software KVM";
}

static char *ready_summary(struct verdict_context *v)
{
	const char *proof =
		v->proof.ran ? "a guest ran" : "no guest was run to prove it";
	const char *vmx = extension_text(v);
	char *text = NULL;
	int length;

	if (v->hardware.any &&
	    (v->extension == VI_NO_EXTENSION ||
	     (v->system_known && !module_present(v, v->vendor_module) &&
	      module_present(v, "kvm_pvm"))))
		length = asprintf(&text, "KVM works without VMX or SVM: %s; %s",
				  software_name(v), proof);
	else
		length =
			asprintf(&text, "KVM works here on %s; %s", vmx, proof);
	if (length < 0) {
		v->no_memory = true;
		return NULL;
	}
	return text;
}

static char *copy(struct verdict_context *v, const char *text)
{
	char *copied = text ? strdup(text) : NULL;

	if (text && !copied)
		v->no_memory = true;
	return copied;
}

static const struct stage *first_with(const struct verdict *verdict,
				      enum stage_status status)
{
	size_t i;

	for (i = 0; i < verdict->nr_stages; i++)
		if (verdict->stages[i].status == status)
			return &verdict->stages[i];
	return NULL;
}

/* A guest that ran leaves nothing below it unknown. */
static const struct stage *first_unknown(const struct verdict_context *v,
					 const struct verdict *verdict)
{
	size_t i;

	for (i = 0; i < verdict->nr_stages; i++) {
		const struct stage *stage = &verdict->stages[i];

		if (stage->status == STAGE_UNKNOWN &&
		    !(stage->id <= STAGE_KVM && v->proof.ran))
			return stage;
	}
	return NULL;
}

/* Ready, and for what. */
static char *ready_for(struct verdict_context *v, bool own)
{
	char *ready = own ? NULL : ready_summary(v), *text = NULL;

	if (!v->profile)
		return ready;
	if (asprintf(&text, "ready for %s%s%s", v->profile->title,
		     ready ? ": " : "", ready ? ready : "") < 0) {
		v->no_memory = true;
		text = NULL;
	}
	free(ready);
	return text;
}

static void conclude(struct verdict_context *v, struct verdict *verdict)
{
	const struct stage *stage = first_with(verdict, STAGE_FAIL);
	bool own = v->profile && !v->profile->needs_kvm;
	bool ready = own ? v->system_known : v->proof.ran || v->answers;

	if (stage) {
		verdict->reason = stage->reason;
	} else {
		stage = first_unknown(v, verdict);
		verdict->reason = stage ? REASON_UNKNOWN :
				  ready ? REASON_READY :
					  REASON_HARDWARE_READY;
	}
	if (stage) {
		verdict->summary =
			copy(v, stage->summary ?
					stage->summary :
					reason_info(verdict->reason)->meaning);
		verdict->remedy = copy(v, stage->remedy);
	} else if (verdict->reason == REASON_READY) {
		verdict->summary = ready_for(v, own);
	} else {
		verdict->summary =
			copy(v, reason_info(verdict->reason)->meaning);
	}
	verdict->usable = reason_info(verdict->reason)->usable;
}

struct verdict *verdict_of(const struct host *host,
			   const struct profile *profile)
{
	struct verdict *verdict = calloc(1, sizeof(*verdict));
	struct verdict_context v;
	bool failed;
	size_t i;

	if (!verdict)
		return NULL;
	hypervisor_detect(&verdict->hypervisor, host);
	if (begin_context(&v, host, profile, &verdict->hypervisor)) {
		v.no_memory = true;
	} else {
		failed = judge_stages(&v, verdict);
		if (profile)
			judge_profile(&v, verdict, failed);
		conclude(&v, verdict);
	}
	for (i = 0; i < verdict->nr_stages; i++)
		verdict->stages[i].v = NULL;
	hardware_free(&v.hardware);
	if (v.no_memory) {
		verdict_free(verdict);
		return NULL;
	}
	return verdict;
}
