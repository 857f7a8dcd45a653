// SPDX-License-Identifier: GPL-2.0-only
#include "model/ladder.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kvm/caps.h"
#include "kvm/device.h"
#include "kvm/errname.h"
#include "kvm/facts.h"
#include "model/rungs.h"

const char *rung_status_name(enum rung_status status)
{
	static const char *const names[] = {
		[RUNG_PASS] = "pass",	    [RUNG_FAIL] = "fail",
		[RUNG_WARN] = "warn",	    [RUNG_SKIPPED] = "skipped",
		[RUNG_UNKNOWN] = "unknown",
	};

	return names[status];
}

int verdict_exit_status(const struct verdict *verdict)
{
	return reason_info(verdict->reason)->exit_status;
}

static void free_rung(struct rung *rung)
{
	size_t i;

	for (i = 0; i < rung->nr_evidence; i++)
		free(rung->evidence[i]);
	free(rung->evidence);
	free(rung->summary);
	free(rung->remedy);
}

void verdict_free(struct verdict *verdict)
{
	size_t i;

	if (!verdict)
		return;
	for (i = 0; i < verdict->nr_rungs; i++)
		free_rung(&verdict->rungs[i]);
	free(verdict->summary);
	free(verdict->remedy);
	free(verdict);
}

static const char *find_fact(void *context, const char *key)
{
	return facts_get(context, key);
}

static void read_kvm(struct judging *judging)
{
	const char *open = facts_get(judging->facts, "kvm device open");
	const char *api = facts_get(judging->facts, "kvm api");

	judging->api = -1;
	if (open && !strcmp(open, "ok")) {
		judging->open_told = true;
	} else if (open) {
		judging->open_error = errname_parse(open);
		if (!judging->open_error &&
		    sscanf(open, "errno %9d", &judging->open_error) != 1)
			judging->open_error = 0;
		judging->open_told = judging->open_error != 0;
	}
	if (api && sscanf(api, "%9d", &judging->api) != 1)
		judging->api = -1;
	judging->answers = judging->open_told && !judging->open_error &&
			   judging->api == KVM_DEVICE_API;
	kvm_facts_read_proof(&judging->proof, find_fact, judging->host->facts);
	if (!judging->proof.attempted && !fact_is(judging, "proof", "not run"))
		judging->proof_untold = facts_get(judging->facts, "proof");
	if (!judging->open_told && judging->proof.step == KVM_STEP_OPEN &&
	    judging->proof.error) {
		judging->open_told = true;
		judging->open_error = judging->proof.error;
	}
}

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static int begin_judging(struct judging *judging, const struct host *host,
			 const struct profile *profile)
{
	const char *kernel = facts_get(host->facts, "kernel");
	size_t i;

	*judging = (struct judging){ .host = host,
				     .facts = host->facts,
				     .profile = profile };
	if (hardware_of(&judging->hardware, host))
		return -1;
	judging->above = above_of(host);
	if (judging->hardware.vmx.count) {
		judging->extension = VI_VMX;
		judging->vendor_module = "kvm_intel";
	} else if (judging->hardware.svm.count) {
		judging->extension = VI_SVM;
		judging->vendor_module = "kvm_amd";
	}
	judging->release = kernel ? kvm_release_parse(kernel) : 0;
	for (i = 0; i < facts_count(host->facts); i++) {
		const char *key = facts_at(host->facts, i).key;

		if (begins(key, "module ") || begins(key, "config "))
			judging->system_told = true;
		if (!strcmp(key, "device kvm"))
			judging->device_told = true;
	}
	read_kvm(judging);
	return 0;
}

/*
 * Is KVM here that needs neither VMX nor SVM? What is built in may still have
 * failed to start: then there is no device, or nothing behind it.
 */
static bool has_software_kvm(const struct judging *judging)
{
	if (fact_is(judging, "module kvm_pvm", "loaded"))
		return true;
	return fact_is(judging, "module kvm_pvm", "builtin") &&
	       !fact_is(judging, "device kvm", "missing") &&
	       judging->open_error != ENOENT && judging->open_error != ENODEV &&
	       judging->open_error != ENXIO;
}

/* Why the rung does not stand in the way, or NULL where it does. */
static const char *overridden_by(const struct judging *judging,
				 const struct rung *rung)
{
	if (judging->proof.ran)
		return "this stands in nobody's way: a guest ran";
	if (rung->reason == REASON_CPUS_DISAGREE ||
	    rung->reason == REASON_IN_USE)
		return NULL;
	if (judging->answers && rung->id <= RUNG_KERNEL)
		return "this does not stand in the way: KVM answers all the same";
	if (rung->id <= RUNG_FIRMWARE && has_software_kvm(judging))
		return "this does not stand in the way: software KVM (kvm_pvm) is there, which needs neither VMX nor SVM";
	return NULL;
}

static void override(struct judging *judging, struct rung *rung)
{
	const char *why;

	if (rung->status != RUNG_FAIL)
		return;
	why = overridden_by(judging, rung);
	if (!why)
		return;
	rung->status = RUNG_WARN;
	rung_evidence(judging, rung, "%s", why);
	free(rung->remedy);
	rung->remedy = NULL;
}

/* What comes after the thing in the way is not judged, only shown. */
static void follow(struct rung *rung, bool broken)
{
	if (!broken || rung->status == RUNG_PASS || rung->status == RUNG_WARN)
		return;
	rung->status = RUNG_SKIPPED;
	rung->reason = REASON_NONE;
	free(rung->summary);
	free(rung->remedy);
	rung->summary = NULL;
	rung->remedy = NULL;
}

static struct rung *add_rung(struct verdict *verdict, enum rung_id id)
{
	struct rung *rung = &verdict->rungs[verdict->nr_rungs++];

	rung->id = id;
	rung->status = RUNG_PASS;
	rung->reason = REASON_NONE;
	return rung;
}

/* Returns whether something stands in the way. */
static bool climb(struct judging *judging, struct verdict *verdict)
{
	static void (*const rungs[])(struct judging *, struct rung *) = {
		[RUNG_PROCESSOR] = rung_processor,
		[RUNG_FIRMWARE] = rung_firmware,
		[RUNG_KERNEL] = rung_kernel,
		[RUNG_DEVICE] = rung_device,
		[RUNG_KVM] = rung_kvm,
	};
	const struct profile *profile = judging->profile;
	bool kvm = !profile || profile->needs_kvm;
	bool broken = false;
	int id;

	for (id = RUNG_PROCESSOR; id <= RUNG_KVM; id++) {
		struct rung *rung = add_rung(verdict, id);

		if (id > RUNG_FIRMWARE && !kvm) {
			rung->status = RUNG_SKIPPED;
			rung_evidence(judging, rung, "%s does not need KVM",
				      profile->title);
			continue;
		}
		rungs[id](judging, rung);
		if (kvm)
			override(judging, rung);
		follow(rung, broken);
		if (rung->status == RUNG_FAIL)
			broken = true;
	}
	return broken;
}

static void climb_profile(struct judging *judging, struct verdict *verdict,
			  bool broken)
{
	int stage;

	for (stage = RUNG_PROCESSOR; stage <= RUNG_KVM; stage++) {
		struct rung *rung =
			add_rung(verdict, stage + RUNG_PROFILE_PROCESSOR);

		if (!rung_profile(judging, rung, stage)) {
			verdict->nr_rungs--;
			continue;
		}
		follow(rung, broken);
		if (rung->status == RUNG_FAIL)
			broken = true;
	}
}

static const char *software_name(const struct judging *judging)
{
	return module_present(judging, "kvm_pvm") ? "software KVM (kvm_pvm)" :
						    "software KVM";
}

static char *ready_summary(struct judging *judging)
{
	const char *proof = judging->proof.ran ? "a guest ran" :
						 "no guest was run to prove it";
	const char *vmx = extension_text(judging);
	char *text = NULL;
	int length;

	if (judging->hardware.any &&
	    (judging->extension == VI_NO_EXTENSION ||
	     (judging->system_told &&
	      !module_present(judging, judging->vendor_module) &&
	      module_present(judging, "kvm_pvm"))))
		length = asprintf(&text, "KVM works without VMX or SVM: %s; %s",
				  software_name(judging), proof);
	else
		length =
			asprintf(&text, "KVM works here on %s; %s", vmx, proof);
	if (length < 0) {
		judging->no_memory = true;
		return NULL;
	}
	return text;
}

static char *copy(struct judging *judging, const char *text)
{
	char *copied = text ? strdup(text) : NULL;

	if (text && !copied)
		judging->no_memory = true;
	return copied;
}

static const struct rung *first_with(const struct verdict *verdict,
				     enum rung_status status)
{
	size_t i;

	for (i = 0; i < verdict->nr_rungs; i++)
		if (verdict->rungs[i].status == status)
			return &verdict->rungs[i];
	return NULL;
}

/* A guest that ran leaves nothing below it unknown. */
static const struct rung *first_unknown(const struct judging *judging,
					const struct verdict *verdict)
{
	size_t i;

	for (i = 0; i < verdict->nr_rungs; i++) {
		const struct rung *rung = &verdict->rungs[i];

		if (rung->status == RUNG_UNKNOWN &&
		    !(rung->id <= RUNG_KVM && judging->proof.ran))
			return rung;
	}
	return NULL;
}

/* Ready, and for what. */
static char *ready_for(struct judging *judging, bool own)
{
	char *ready = own ? NULL : ready_summary(judging), *text = NULL;

	if (!judging->profile)
		return ready;
	if (asprintf(&text, "ready for %s%s%s", judging->profile->title,
		     ready ? ": " : "", ready ? ready : "") < 0) {
		judging->no_memory = true;
		text = NULL;
	}
	free(ready);
	return text;
}

static void conclude(struct judging *judging, struct verdict *verdict)
{
	const struct rung *rung = first_with(verdict, RUNG_FAIL);
	bool own = judging->profile && !judging->profile->needs_kvm;
	bool ready = own ? judging->system_told :
			   judging->proof.ran || judging->answers;

	if (rung) {
		verdict->reason = rung->reason;
	} else {
		rung = first_unknown(judging, verdict);
		verdict->reason = rung	? REASON_UNKNOWN :
				  ready ? REASON_READY :
					  REASON_HARDWARE_READY;
	}
	if (rung) {
		verdict->summary = copy(
			judging, rung->summary ?
					 rung->summary :
					 reason_info(verdict->reason)->meaning);
		verdict->remedy = copy(judging, rung->remedy);
	} else if (verdict->reason == REASON_READY) {
		verdict->summary = ready_for(judging, own);
	} else {
		verdict->summary =
			copy(judging, reason_info(verdict->reason)->meaning);
	}
	verdict->usable = reason_info(verdict->reason)->usable;
}

struct verdict *ladder_judge(const struct host *host,
			     const struct profile *profile)
{
	struct verdict *verdict = calloc(1, sizeof(*verdict));
	struct judging judging;
	bool broken;

	if (!verdict)
		return NULL;
	if (begin_judging(&judging, host, profile)) {
		judging.no_memory = true;
	} else {
		broken = climb(&judging, verdict);
		if (profile)
			climb_profile(&judging, verdict, broken);
		conclude(&judging, verdict);
	}
	hardware_free(&judging.hardware);
	if (judging.no_memory) {
		verdict_free(verdict);
		return NULL;
	}
	return verdict;
}
