/* SPDX-License-Identifier: GPL-2.0-only */
/* What the rungs of the ladder share. For model/ladder.c and rung_*.c only. */
#ifndef VIRTINFO_MODEL_RUNGS_H
#define VIRTINFO_MODEL_RUNGS_H

#include "kvm/proof.h"
#include "model/above.h"
#include "model/hardware.h"
#include "model/ladder.h"
#include "summary.h"

struct judging {
	const struct host *host;
	const struct facts *facts;
	const struct profile *profile; /* or NULL */
	struct hardware hardware;
	struct above above;
	enum vi_extension extension; /* of the CPUs that have one */
	const char *vendor_module;   /* kvm_intel or kvm_amd; NULL */
	int release;		     /* KVM_RELEASE(), 0 if not known */
	bool system_told; /* the facts tell of the kernel's modules */
	bool device_told; /* and of /dev/kvm */
	bool open_told;
	int open_error; /* errno, 0 if it opened; if open_told */
	int api;	/* -1 when not known or not answered */
	bool answers;	/* /dev/kvm opens and speaks version 12 */
	struct kvm_proof proof;
	const char *proof_untold; /* an outcome that is not understood; NULL */
	enum rung_status kernel;  /* as the kernel's rung came out */
	bool no_memory;
};

void rung_processor(struct judging *judging, struct rung *rung);
void rung_firmware(struct judging *judging, struct rung *rung);
void rung_kernel(struct judging *judging, struct rung *rung);
void rung_device(struct judging *judging, struct rung *rung);
void rung_kvm(struct judging *judging, struct rung *rung);
/*
 * What judging->profile asks for at that stage, RUNG_PROCESSOR to RUNG_KVM.
 * False where it asks for nothing.
 */
bool rung_profile(struct judging *judging, struct rung *rung,
		  enum rung_id stage);

/* One more line of evidence. */
void rung_evidence(struct judging *judging, struct rung *rung,
		   const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The rung's sentence; the last one counts. */
void rung_summary(struct judging *judging, struct rung *rung,
		  const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* More of the remedy, after a blank. "" adds nothing. */
void rung_remedy(struct judging *judging, struct rung *rung, const char *format,
		 ...) __attribute__((format(printf, 3, 4)));
/* The rung fails: its remedy begins with what the reason always advises. */
void rung_fail(struct judging *judging, struct rung *rung, enum reason reason);
/* Some CPUs can and some cannot: what to do depends on who made it so. */
void fail_disagree(struct judging *judging, struct rung *rung);
/* What a list of CPUs is called: "CPUs 0-3", "CPU 2"; for one evidence. */
char *cpus_text(struct judging *judging, const struct cpulist *cpus);

/* "VMX", "SVM" or "VMX or SVM". */
const char *extension_text(const struct judging *judging);

/*
 * A fact compared: is it known and equal? And of a module: "loaded" or
 * "builtin".
 */
bool fact_is(const struct judging *judging, const char *key, const char *value);
const char *module_state(const struct judging *judging, const char *module);
bool module_present(const struct judging *judging, const char *module);
/* A module's parameter, as sysfs shows it, or NULL. */
const char *module_parameter(const struct judging *judging, const char *module,
			     const char *parameter);

/*
 * Does the kernel itself lock IA32_FEATURE_CONTROL with VMX off? It does
 * where it is built without KVM for it. ANSWER_UNKNOWN: perhaps.
 */
enum answer kernel_locks_vmx_off(const struct judging *judging);

/* What fits the hypervisor above, in model/remedy.c. */
void remedy_nested(struct judging *judging, struct rung *rung);
void remedy_owned(struct judging *judging, struct rung *rung);
void remedy_firmware(struct judging *judging, struct rung *rung);
void remedy_locked_guest(struct judging *judging, struct rung *rung);
void remedy_sharing(struct judging *judging, struct rung *rung);
/* How to get the evidence that the input lacks. */
void remedy_evidence(struct judging *judging, struct rung *rung);

#endif
