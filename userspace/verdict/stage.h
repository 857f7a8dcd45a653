/* SPDX-License-Identifier: GPL-2.0-only */
/* What the stages of the verdict share. For the files of this folder only. */
#ifndef VIRTINFO_VERDICT_STAGE_H
#define VIRTINFO_VERDICT_STAGE_H

#include "model/hardware.h"
#include "verdict/verdict.h"
#include "summary.h"

struct verdict_context {
	const struct host *host;
	const struct system *system;
	const struct profile *profile; /* or NULL */
	struct hardware hardware;
	const struct hypervisor *hypervisor;
	bool bare;		     /* no evidence is wanted */
	enum vi_extension extension; /* of the CPUs that have one */
	bool in_words;		   /* which the kernel says, and no register */
	const char *vendor_module; /* kvm_intel or kvm_amd; NULL */
	const struct module *vendor; /* what is known of it */
	const struct device *device; /* /dev/kvm */
	bool open_known;
	int open_error;		  /* errno, 0 if it opened; if open_known */
	bool answers;		  /* /dev/kvm opens and speaks version 12 */
	enum stage_status kernel; /* as the kernel's stage came out */
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

/* In new memory; NULL, with no_memory noted, where there is none. */
char *new_text(struct verdict_context *v, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* One more line of evidence. */
void stage_evidence(struct stage *stage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The stage's sentence; the last one counts. */
void stage_summary(struct stage *stage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* More of the remedy, after a blank. "" adds nothing. */
void stage_remedy(struct stage *stage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* What was advised does not fit: begin the remedy again. */
void stage_remedy_anew(struct stage *stage);
void stage_fail(struct stage *stage, enum reason reason);
/* A stage that failed and has no remedy of its own takes the reason's. */
void stage_finish(struct stage *stage);
/* Some CPUs can and some cannot: what to do depends on who made it so. */
void fail_disagree(struct stage *stage);
/* What a list of CPUs is called: "CPUs 0-3", "CPU 2"; for one evidence. */
char *cpus_text(struct verdict_context *v, const struct cpulist *cpus);

/* Does the system run under a hypervisor? */
static inline bool is_guest(const struct verdict_context *v)
{
	return v->hypervisor->guest == ANSWER_YES;
}

/* Does a cloud run the host, whose reader has only types of machines to take? */
static inline bool provider_decides(const struct verdict_context *v)
{
	enum hypervisor_service service = v->hypervisor->service;

	return service == SERVICE_AMAZON || service == SERVICE_GOOGLE ||
	       service == SERVICE_AZURE || service == SERVICE_PROVIDER;
}

/* "VMX", "SVM" or "VMX or SVM". */
const char *extension_text(const struct verdict_context *v);

/* Is that module loaded or built in? */
bool has_module(const struct verdict_context *v, const char *name);

/*
 * Does the kernel itself lock IA32_FEATURE_CONTROL with VMX off? It does
 * where it is built without KVM for it. ANSWER_UNKNOWN: perhaps.
 */
enum answer kernel_locks_vmx_off(const struct verdict_context *v);

/* The extension that the kernel's flags or log prove. verdict/words.c. */
enum vi_extension words_extension(const struct system *system);
/*
 * A line of the log that is printed where that extension is in use, so on; or
 * NULL.
 */
const char *log_of_use(const struct system *system,
		       enum vi_extension extension);
/* They as evidence; and the lines of the log that prove the claims. */
void show_words_of_extension(struct stage *stage);
/* What other tools say of the extension, as evidence. */
void show_tools(struct stage *stage);
/* Evidence of the flags that are known not to be shown. Is there one? */
bool show_no_flag(struct stage *stage);
/*
 * Where no register and no word tells of the extension: in
 * verdict/words_open.c. The claim that KVM's module found none, NR_LOG_CLAIMS if
 * none does; such lines as evidence; and the stage, unknown, with what is known.
 */
enum log_claim log_lacks(const struct system *system);
void show_log_of_lack(struct stage *stage);
void words_tell_nothing(struct stage *stage);
void show_log(struct stage *stage, const enum log_claim *claims, size_t count);
/* The lines that tell why KVM's module did not load, or why there are none. */
void show_log_of_load(struct stage *stage);
/* Is there a line that tells? */
bool log_of_load(const struct verdict_context *v);
/* What the log says then, or may say where it was not read. */
void remedy_log(struct stage *stage);
/* The kernel refused to load it. In verdict/load_failed.c. */
void judge_failed_load(struct stage *stage);
/* The line of the log that says that the extension is turned off, or NULL. */
const char *log_says_off(const struct verdict_context *v);
/* The line of kvm-ok that says so, or NULL. */
const char *kvm_ok_says_off(const struct verdict_context *v);
/*
 * Is it known to be on, or unlocked, so that no line says that it is off? In
 * verdict/firmware.c.
 */
bool is_not_locked(const struct verdict_context *v);
/* Does the command line hide the extension's flag (clearcpuid=)? There too. */
bool command_line_hides(const struct verdict_context *v);
/* Was the log read, and would this kernel have said so there? */
bool log_should_say_off(const struct verdict_context *v);

/* The extension is locked off: by firmware, or by what is below a guest. */
void fail_locked(struct stage *stage);
/* Of a stage of which nothing better tells. In verdict/printed.c. */
void judge_printed(struct stage *stage);
/*
 * Did VirtualBox say that another hypervisor uses the extension? Then that is
 * evidence of the stage.
 */
bool show_virtualbox_refused(struct stage *stage);
/* What to do about a message: its cure, or the command that tells more. */
void remedy_message(struct stage *stage, const struct message *message);
/* The extension that a message says is off: what is off is there. */
enum vi_extension printed_extension(const struct system *system);

/* In verdict/no_setup.c. */
bool is_mac(const struct verdict_context *v);
void mac_locked(struct stage *stage);
bool is_chromebook(const struct verdict_context *v);
void chromebook_locked(struct stage *stage);
void chromebook_without_kvm(struct stage *stage);
#define CHROMEBOOK_LOCKS                                                       \
	"a kernel of ChromeOS locks VMX off unless disablevmx=off is on its command line"

/*
 * Of the extension that every CPU has: is it all that KVM needs to load, and
 * the same on each? The second fails the stage, or warns, and returns false
 * where it is not.
 */
void judge_incomplete(struct stage *stage);
bool judge_cpus_alike(struct stage *stage);
/* The better witness: KVM loaded on this machine as it is. */
bool kvm_loads_here(const struct verdict_context *v);
/* Then what registers say against it is a warning. */
void warn_kvm_loads(struct stage *stage);
/* What to do where a guest is offered too little of VMX or SVM. */
void remedy_offer(struct stage *stage);
/* The same where the processor's NX is off or missing. */
void remedy_no_nx(struct stage *stage);
/* The same where loading KVM in a guest failed for it (EIO). */
void remedy_too_little(struct stage *stage);
/* The same where kvm_amd was refused (EOPNOTSUPP). */
void remedy_svm_refused(struct stage *stage);

/*
 * Where the processor cannot, in verdict/cpu_model.c. A guest lacks what its
 * hypervisor decides: its CPU model is to blame.
 */
void remedy_cpu_model(struct stage *stage);
/* No CPU model has SEV or TDX for guests of its own. */
void remedy_confidential(struct stage *stage);
void remedy_processor_lacks(struct stage *stage, const char *feature);
void remedy_perhaps_hidden(struct stage *stage);

/*
 * What fits the hypervisor, in verdict/remedy.c. Of tables/advice.def: how a
 * guest gets the extension, the whole of it, and the processor's features.
 */
struct nesting_advice {
	const char *nested, *whole, *model;
};

const struct nesting_advice *nesting_advice(const struct stage *stage);
void remedy_nested(struct stage *stage);
void remedy_owned(struct stage *stage);
/* Which of the two it is of Hyper-V is not known. */
void remedy_guest_or_root(struct stage *stage);
void remedy_firmware(struct stage *stage);
void remedy_locked_guest(struct stage *stage);
/* In verdict/sharing.c: what lets the other hypervisor and KVM both work. */
void remedy_sharing(struct stage *stage);
/* The same where VirtualBox's version, which decides, is not known. */
void remedy_virtualbox_version(struct stage *stage);
/* Is it of Windows? */
bool is_windows(const struct verdict_context *v);
/* How to find out whether Windows' own hypervisor hides the extension. */
void remedy_windows_hypervisor(struct stage *stage);
/* How to get the evidence that the input lacks. */
void remedy_evidence(struct stage *stage);

#endif
