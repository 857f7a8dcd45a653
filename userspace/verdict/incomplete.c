// SPDX-License-Identifier: GPL-2.0-only
/* Has VMX or SVM all that KVM of this kernel cannot do without? */
#include "verdict/kvm_requirements.h"
#include "verdict/stage.h"

#include <errno.h>
#include <stdlib.h>

#include "base/release.h"

#define MAX_SHOWN 8

/* What the groups of a host lack, while it is gathered. */
struct gathering {
	struct stage *stage;
	const struct host_group *group;
	size_t shown;
	bool any_refuses;
	struct kvm_lack first; /* that this kernel refuses to load for */
};

static const char *vendor_text(const struct verdict_context *v)
{
	return v->vendor_module ? v->vendor_module : "KVM";
}

static void show_lack(struct gathering *gathering, const struct kvm_lack *lack)
{
	struct stage *stage = gathering->stage;
	char *cpus;

	if (gathering->shown++ >= MAX_SHOWN)
		return;
	cpus = cpus_text(stage->v, &gathering->group->cpus);
	if (lack->from)
		stage_evidence(
			stage,
			"%s on %s; %s asks for it since Linux %d.%d (%s())",
			lack->text, cpus, vendor_text(stage->v),
			lack->from / 1000, lack->from % 1000, lack->function);
	else
		stage_evidence(stage, "%s on %s; %s asks for it (%s())",
			       lack->text, cpus, vendor_text(stage->v),
			       lack->function);
	free(cpus);
}

static void found(void *data, const struct kvm_lack *lack)
{
	struct gathering *gathering = data;

	show_lack(gathering, lack);
	if (lack->refuses != ANSWER_YES || gathering->any_refuses)
		return;
	gathering->any_refuses = true;
	gathering->first = *lack;
}

bool kvm_loads_here(const struct verdict_context *v)
{
	return v->system->proof.ran || v->answers ||
	       v->vendor->state == MODULE_STATE_LOADED;
}

void warn_kvm_loads(struct stage *stage)
{
	stage->status = STAGE_WARN;
	stage_evidence(stage, "ignored: %s is loaded or KVM answers",
		       vendor_text(stage->v));
}

void remedy_offer(struct stage *stage)
{
	const struct hypervisor *hypervisor = stage->v->hypervisor;
	const char *offer = nesting_advice(stage)->whole;

	if (hypervisor->service == SERVICE_WSL2)
		stage_remedy(stage,
			     "On Windows: wsl --update, and update Windows.");
	else if (provider_decides(stage->v))
		stage_remedy(
			stage,
			"The provider decides what its hypervisor offers: try another machine type, or one that gives the whole processor (bare metal), and report it to the provider.");
	else
		stage_remedy(
			stage, "%s",
			offer ? offer :
				"Update the hypervisor that runs this machine, or use another host.");
}

void remedy_too_little(struct stage *stage)
{
	bool known = host_answer(stage->v->host,
				 FIELD_IA32_VMX_PROCBASED_CTLS_hlt_exiting) !=
		     ANSWER_UNKNOWN;

	stage_remedy_anew(stage);
	stage_remedy(
		stage,
		"In a guest EIO means, as a rule, that the %s which the hypervisor offers lacks something that %s needs; the kernel need not print a line about it.",
		extension_text(stage->v), vendor_text(stage->v));
	remedy_offer(stage);
	if (stage->v->extension == VI_VMX && !known)
		stage_remedy(
			stage,
			"The VMX capability registers name what is missing: in this guest run \"virtinfo check\" with virtinfo.ko loaded, or as root with the module msr.");
}

void remedy_svm_refused(struct stage *stage)
{
	stage_remedy_anew(stage);
	stage_remedy(
		stage,
		"In a guest kvm_amd is refused so where its hypervisor turned SVM off, where it offers too little of it, or where the guest has encrypted memory (SEV).");
	remedy_offer(stage);
}

/* f93f7ede087f: a KVM of spring 2019 hid the control from some guests. */
static void remedy_rdpmc(struct stage *stage, const struct kvm_lack *lack)
{
	enum hypervisor_nesting nesting =
		hypervisor_nesting(stage->v->hypervisor->product);

	if (lack->field == FIELD_IA32_VMX_PROCBASED_CTLS_rdpmc_exiting &&
	    (nesting == NESTING_KVM || nesting == NESTING_QEMU))
		stage_remedy(
			stage,
			"KVM of Linux 5.1, and of stable kernels of that spring, hides this control from a guest without a PMU: Linux 5.2 does not, nor does it where the guest has one (<pmu state='on'/>, -cpu host,pmu=on).");
}

static void remedy_kernel(struct stage *stage, const struct kvm_lack *lack)
{
	if (lack->inconsistent)
		stage_remedy(
			stage,
			"Until then kvm_intel loads with error_on_inconsistent_vmcs_config=0, and does without that feature.");
	else if (lack->from)
		stage_remedy(stage,
			     "Kernels before Linux %d.%d do not ask for it.",
			     lack->from / 1000, lack->from % 1000);
}

/* ccd85d90ce09, Linux 5.12 and stable kernels before it. */
static bool log_says_sev_guest(const struct verdict_context *v)
{
	return v->extension == VI_SVM && v->system->log[LOG_GUEST_OF_SEV] &&
	       (v->system->release >= KERNEL_RELEASE(5, 12) ||
		v->vendor->load_error == EOPNOTSUPP) &&
	       !kvm_loads_here(v);
}

#define WITHOUT_SEV                                                            \
	"KVM does not run in a virtual machine with encrypted memory: take one without SEV (a confidential VM is one with it)."

static void fail_sev_guest(struct stage *stage)
{
	stage_fail(stage, REASON_EXTENSION_INCOMPLETE);
	stage_evidence(stage, "kernel log: %s",
		       stage->v->system->log[LOG_GUEST_OF_SEV]);
	stage_summary(
		stage,
		"this is a guest whose memory is encrypted (SEV), where %s does not load",
		vendor_text(stage->v));
	stage_remedy(stage, WITHOUT_SEV);
}

void remedy_no_nx(struct stage *stage)
{
	if (is_guest(stage->v))
		remedy_cpu_model(stage);
	else
		stage_remedy(
			stage,
			"Turn NX on in the firmware setup (Execute Disable Bit, XD, No-Execute, Data Execution Prevention), and take noexec=off out of the kernel's command line.");
}

static void remedy_incomplete(struct stage *stage, const struct kvm_lack *lack)
{
	if (lack->field == FIELD_SEV_STATUS_sev_enabled)
		stage_remedy(stage, WITHOUT_SEV);
	else if (lack->field == FIELD_CPUID_L80000001_EDX_nx)
		remedy_no_nx(stage);
	else if (is_guest(stage->v))
		remedy_offer(stage);
	else
		stage_remedy(
			stage,
			"Every processor that KVM supports has it: update the microcode and the firmware, and load the defaults of the firmware setup; if it is still missing, ask the machine's maker.");
	if (is_guest(stage->v))
		remedy_rdpmc(stage, lack);
	remedy_kernel(stage, lack);
}

static void fail_incomplete(struct stage *stage, const struct kvm_lack *lack)
{
	const char *extension = extension_text(stage->v);

	if (kvm_loads_here(stage->v)) {
		warn_kvm_loads(stage);
		return;
	}
	stage_fail(stage, REASON_EXTENSION_INCOMPLETE);
	if (is_guest(stage->v))
		stage_summary(
			stage,
			"this is a guest of %s, which offers it %s without what %s needs: %s",
			hypervisor_name(stage->v->hypervisor->product),
			extension, vendor_text(stage->v), lack->name);
	else
		stage_summary(stage,
			      "the processor's %s lacks what %s needs: %s",
			      extension, vendor_text(stage->v), lack->name);
	remedy_incomplete(stage, lack);
}

void judge_incomplete(struct stage *stage)
{
	const struct verdict_context *v = stage->v;
	struct gathering gathering = { .stage = stage };
	size_t i;

	if (v->profile && !v->profile->needs_kvm)
		return;
	for (i = 0; i < v->host->nr_groups; i++) {
		gathering.group = v->host->groups[i];
		kvm_lacks(gathering.group, v->system->release, found,
			  &gathering);
	}
	if (gathering.shown > MAX_SHOWN)
		stage_evidence(stage, "and %zu more",
			       gathering.shown - MAX_SHOWN);
	if (gathering.any_refuses)
		fail_incomplete(stage, &gathering.first);
	else if (log_says_sev_guest(v))
		fail_sev_guest(stage);
	else if (gathering.shown)
		stage->status = STAGE_WARN;
}
