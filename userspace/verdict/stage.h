/* SPDX-License-Identifier: GPL-2.0-only */
/* What the stages of the verdict share. For model/verdict.c and rung_*.c only. */
#ifndef VIRTINFO_VERDICT_STAGE_H
#define VIRTINFO_VERDICT_STAGE_H

#include "kvm/proof.h"
#include "model/hardware.h"
#include "verdict/verdict.h"
#include "summary.h"

struct verdict_context {
	const struct host *host;
	const struct facts *facts;
	const struct profile *profile; /* or NULL */
	struct hardware hardware;
	const struct hypervisor *hypervisor;
	enum vi_extension extension; /* of the CPUs that have one */
	const char *vendor_module;   /* kvm_intel or kvm_amd; NULL */
	int release;		     /* KERNEL_RELEASE(), 0 if not known */
	bool system_known; /* the facts tell of the kernel's modules */
	bool device_known; /* and of /dev/kvm */
	bool open_known;
	int open_error; /* errno, 0 if it opened; if open_known */
	int api;	/* -1 when not known or not answered */
	bool answers;	/* /dev/kvm opens and speaks version 12 */
	struct kvm_proof proof;
	const char *proof_unknown; /* an outcome that is not understood; NULL */
	enum stage_status kernel;  /* as the kernel's stage came out */
	bool no_memory;
};

void stage_processor(struct stage *stage);
void stage_firmware(struct stage *stage);
void stage_kernel(struct stage *stage);
void stage_device(struct stage *stage);
void stage_kvm(struct stage *stage);
/*
 * What the profile asks for at that stage, STAGE_PROCESSOR to STAGE_KVM.
 * False where it asks for nothing.
 */
bool stage_profile(struct stage *stage, enum stage_id of);

/* One more line of evidence. */
void stage_evidence(struct stage *stage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The stage's sentence; the last one counts. */
void stage_summary(struct stage *stage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* More of the remedy, after a blank. "" adds nothing. */
void stage_remedy(struct stage *stage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The stage fails: its remedy begins with what the reason always advises. */
void stage_fail(struct stage *stage, enum reason reason);
/* Some CPUs can and some cannot: what to do depends on who made it so. */
void fail_disagree(struct stage *stage);
/* What a list of CPUs is called: "CPUs 0-3", "CPU 2"; for one evidence. */
char *cpus_text(struct verdict_context *v, const struct cpulist *cpus);

/* Does the system run under a hypervisor? */
static inline bool is_guest(const struct verdict_context *v)
{
	return v->hypervisor->guest == ANSWER_YES;
}

/* "VMX", "SVM" or "VMX or SVM". */
const char *extension_text(const struct verdict_context *v);

/*
 * A fact compared: is it known and equal? And of a module: "loaded" or
 * "builtin".
 */
bool fact_is(const struct verdict_context *v, const char *key,
	     const char *value);
const char *module_state(const struct verdict_context *v, const char *module);
bool module_present(const struct verdict_context *v, const char *module);
/* A module's parameter, as sysfs shows it, or NULL. */
const char *module_parameter(const struct verdict_context *v,
			     const char *module, const char *parameter);

/*
 * Does the kernel itself lock IA32_FEATURE_CONTROL with VMX off? It does
 * where it is built without KVM for it. ANSWER_UNKNOWN: perhaps.
 */
enum answer kernel_locks_vmx_off(const struct verdict_context *v);

/* What fits the hypervisor, in verdict/remedy.c. */
void remedy_nested(struct stage *stage);
void remedy_owned(struct stage *stage);
void remedy_firmware(struct stage *stage);
void remedy_locked_guest(struct stage *stage);
void remedy_sharing(struct stage *stage);
/* How to get the evidence that the input lacks. */
void remedy_evidence(struct stage *stage);

#endif
