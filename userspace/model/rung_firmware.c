// SPDX-License-Identifier: GPL-2.0-only
/* Is the extension free for ring 0, or locked off, and by whom? */
#include "model/rungs.h"

#include <stdlib.h>
#include <string.h>

#include "kvm/caps.h"

/* Linux clears its flag where firmware disabled the extension, since: */
#define CLEARS_VMX KVM_RELEASE(5, 6)
#define CLEARS_SVM KVM_RELEASE(6, 7)

#define FEATURE_CONTROL_LOCK 0x1
/* What Linux sets beside the lock: SGX and its launch control. */
#define FEATURE_CONTROL_SGX 0x60000
#define SVM_LOCK_FEATURE    2 /* of leaf 8000000AH EDX: SVML */

static bool is_vmx(const struct judging *judging)
{
	return judging->extension == VI_VMX;
}

static const char *flag_key(const struct judging *judging)
{
	return is_vmx(judging) ? "cpuinfo vmx" : "cpuinfo svm";
}

/* Does this kernel clear its flag where the extension is locked off? */
static bool kernel_clears_flag(const struct judging *judging)
{
	return judging->release >= (is_vmx(judging) ? CLEARS_VMX : CLEARS_SVM);
}

static bool flag_missing(const struct judging *judging)
{
	return fact_is(judging, flag_key(judging), "none");
}

/* On every CPU that /proc/cpuinfo lists. */
static bool flag_present(const struct judging *judging)
{
	return fact_is(judging, flag_key(judging), "all");
}

enum answer kernel_locks_vmx_off(const struct judging *judging)
{
	const char *config =
		facts_get(judging->facts, "config CONFIG_KVM_INTEL");

	if (judging->release && judging->release < CLEARS_VMX)
		return ANSWER_NO;
	if (config)
		return strcmp(config, "n") ? ANSWER_NO : ANSWER_YES;
	if (module_present(judging, "kvm_intel") ||
	    fact_is(judging, "module kvm_intel", "loadable"))
		return ANSWER_NO;
	if (fact_is(judging, "module kvm_intel", "absent"))
		return ANSWER_YES;
	return ANSWER_UNKNOWN;
}

static const char *class_meaning(const struct judging *judging,
				 enum cpu_class class)
{
	bool vmx = is_vmx(judging);

	switch (class) {
	case CPU_ENABLED:
		return vmx ? "lock bit and VMX outside SMX are set: on" :
			     "SVMDIS (bit 4) is clear: on";
	case CPU_UNLOCKED:
		return "the lock bit is clear: the kernel may turn VMX on";
	case CPU_DISABLED:
		return vmx ? "locked with VMX off (bits 1 and 2 clear)" :
			     "SVMDIS (bit 4) is set: off";
	case CPU_SMX_ONLY:
		return "locked with VMX inside SMX only (bit 1 set, bit 2 clear)";
	case CPU_FAULTED:
		return "the read took a fault";
	default:
		return "not in the input";
	}
}

static void show_class(struct judging *judging, struct rung *rung,
		       enum cpu_class class)
{
	const struct host_group *example = judging->hardware.example[class];
	const char *name = is_vmx(judging) ? "IA32_FEATURE_CONTROL" : "VM_CR";
	enum vi_msr msr = is_vmx(judging) ? VI_IA32_FEATURE_CONTROL : VI_VM_CR;
	char *cpus;

	if (!example)
		return;
	cpus = cpus_text(judging, &judging->hardware.by_class[class]);
	if (class != CPU_UNREAD && class != CPU_FAULTED)
		rung_evidence(judging, rung, "%s is 0x%llx on %s: %s", name,
			      example->sample.msr[msr], cpus,
			      class_meaning(judging, class));
	else
		rung_evidence(judging, rung, "%s on %s: %s", name, cpus,
			      class_meaning(judging, class));
	free(cpus);
}

static void show_flag(struct judging *judging, struct rung *rung)
{
	const char *name = is_vmx(judging) ? "vmx" : "svm";

	if (flag_missing(judging))
		rung_evidence(
			judging, rung,
			"CPUID has %s, /proc/cpuinfo does not show \"%s\": the kernel hid it",
			extension_text(judging), name);
	else if (flag_present(judging))
		rung_evidence(judging, rung, "/proc/cpuinfo shows \"%s\"",
			      name);
}

/* SVM without its lock: off all the same. */
static bool off_unlocked(const struct judging *judging)
{
	const struct host_group *off = judging->hardware.example[CPU_DISABLED];

	return !is_vmx(judging) && off &&
	       field_answer(off, FIELD_VM_CR_lock) != ANSWER_YES;
}

static void fail_locked(struct judging *judging, struct rung *rung)
{
	if (judging->above.guest) {
		rung_fail(judging, rung, REASON_HYPERVISOR_DISABLED);
		rung_summary(
			judging, rung,
			"this is a guest of %s, and the %s that it is shown is locked off",
			above_name(judging->above.kind),
			extension_text(judging));
		remedy_locked_guest(judging, rung);
		return;
	}
	rung_fail(judging, rung, REASON_FIRMWARE_DISABLED);
	rung_summary(judging, rung, "firmware has %s %s off",
		     off_unlocked(judging) ? "turned" : "locked",
		     extension_text(judging));
	remedy_firmware(judging, rung);
}

/* Could Linux itself have written this value? */
static bool kernel_could_write(const struct judging *judging)
{
	const struct host *host = judging->host;
	size_t i;

	for (i = 0; i < host->nr_groups; i++) {
		const struct vi_sample *sample = &host->groups[i]->sample;

		if (sample->msr_status[VI_IA32_FEATURE_CONTROL] == VI_READ &&
		    (sample->msr[VI_IA32_FEATURE_CONTROL] &
		     ~(u64)FEATURE_CONTROL_SGX) != FEATURE_CONTROL_LOCK)
			return false;
	}
	return true;
}

static void judge_disabled(struct judging *judging, struct rung *rung)
{
	const struct host_group *off = judging->hardware.example[CPU_DISABLED];

	if (is_vmx(judging) && kernel_could_write(judging) &&
	    kernel_locks_vmx_off(judging) == ANSWER_YES) {
		rung->status = RUNG_WARN;
		rung_summary(
			judging, rung,
			"VMX is locked off, as this kernel itself does because it has no KVM for it");
		rung_evidence(
			judging, rung,
			"a kernel without CONFIG_KVM_INTEL locks IA32_FEATURE_CONTROL with VMX off when firmware left it open");
		return;
	}
	fail_locked(judging, rung);
	if (is_vmx(judging) || judging->above.guest)
		return;
	if (!off_unlocked(judging))
		rung_evidence(
			judging, rung, "%s",
			field_answer(off, FIELD_CPUID_L8000000A_EDX_svml) ==
					ANSWER_YES ?
				"locked (VM_CR bit 3); the processor has the lock with a key (SVML), which only firmware knows" :
				"locked (VM_CR bit 3), without a key: only a reset opens it");
	else
		rung_evidence(
			judging, rung,
			"not locked (VM_CR bit 3 is clear), but Linux leaves it as firmware set it");
}

/* A kernel started by tboot runs inside SMX: the bit for that is enough. */
static bool runs_inside_smx(const struct judging *judging)
{
	return flag_present(judging) && kernel_clears_flag(judging);
}

static void judge_smx(struct judging *judging, struct rung *rung)
{
	if (runs_inside_smx(judging)) {
		rung_evidence(
			judging, rung,
			"the kernel shows vmx all the same: it runs inside SMX (tboot)");
		return;
	}
	if (judging->above.guest) {
		fail_locked(judging, rung);
		return;
	}
	rung_fail(judging, rung, REASON_SMX_ONLY);
}

/* No register tells: what the kernel made of them may. */
static void judge_unread(struct judging *judging, struct rung *rung)
{
	if (judging->vendor_module &&
	    fact_is(judging,
		    is_vmx(judging) ? "module kvm_intel" : "module kvm_amd",
		    "loaded")) {
		rung_evidence(
			judging, rung,
			"%s is loaded: it refuses to where the extension is locked off",
			judging->vendor_module);
		return;
	}
	if (judging->answers) {
		rung_evidence(
			judging, rung,
			"KVM answers, which it does not where the extension is locked off");
		return;
	}
	if (kernel_clears_flag(judging) && flag_present(judging)) {
		rung_evidence(
			judging, rung,
			"this kernel would hide the flag if the extension were locked off");
		return;
	}
	if (kernel_clears_flag(judging) && flag_missing(judging) &&
	    (judging->above.guest ||
	     !hardware_has(&judging->hardware, CPU_FAULTED))) {
		if (is_vmx(judging) &&
		    kernel_locks_vmx_off(judging) == ANSWER_YES) {
			rung->status = RUNG_WARN;
			rung_evidence(
				judging, rung,
				"this kernel has no KVM for VMX and turns VMX off by itself");
			return;
		}
		fail_locked(judging, rung);
		return;
	}
	rung->status = RUNG_UNKNOWN;
	rung_summary(
		judging, rung,
		"the processor has %s; whether firmware left it on is not in the evidence",
		extension_text(judging));
	remedy_evidence(judging, rung);
}

void rung_firmware(struct judging *judging, struct rung *rung)
{
	const struct hardware *hardware = &judging->hardware;
	bool can = hardware_has(hardware, CPU_ENABLED) ||
		   hardware_has(hardware, CPU_UNLOCKED);
	bool off = hardware_has(hardware, CPU_DISABLED);
	bool smx = hardware_has(hardware, CPU_SMX_ONLY);
	int class;

	if (judging->extension == VI_NO_EXTENSION || hardware->unnamed) {
		rung->status = RUNG_SKIPPED;
		return;
	}
	for (class = CPU_ENABLED; class <= CPU_UNREAD; class ++)
		show_class(judging, rung, class);
	show_flag(judging, rung);
	if (can && smx && !off && runs_inside_smx(judging)) {
		judge_smx(judging, rung);
	} else if (can && (off || smx)) {
		fail_disagree(judging, rung);
	} else if (off) {
		judge_disabled(judging, rung);
	} else if (smx) {
		judge_smx(judging, rung);
	} else if (!can) {
		judge_unread(judging, rung);
	} else if (hardware_has(hardware, CPU_FAULTED)) {
		rung->status = RUNG_UNKNOWN;
		rung_summary(
			judging, rung,
			"the register that tells could be read on some CPUs only");
		remedy_evidence(judging, rung);
	} else if (hardware_has(hardware, CPU_UNREAD)) {
		rung->status = RUNG_WARN;
		rung_summary(
			judging, rung,
			"on; the input has the register of some CPUs only");
	}
}
