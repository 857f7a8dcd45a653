// SPDX-License-Identifier: GPL-2.0-only
/* Evidence about the machine as a whole, the hypervisor above and KVM. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/answer.h"
#include "explain/evidence.h"
#include "explain/vmcs_table.h"
#include "summary.h"

static const char *fact(const struct lesson_machine *machine, const char *key)
{
	return facts_get(machine->host->facts, key);
}

/* Bytes of the processor without what pads them. */
static void add_bytes(struct evidence *evidence, const char *bytes,
		      size_t count)
{
	char safe[SAFE_SIZE(48)];

	while (count && (bytes[count - 1] == ' ' || !bytes[count - 1]))
		count--;
	while (count && *bytes == ' ') {
		bytes++;
		count--;
	}
	if (count)
		evidence_add(evidence, ", ", "%s",
			     safe_bytes(safe, sizeof(safe), bytes, count));
}

void evidence_processor(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	const struct vi_sample *sample;
	char vendor[12], model[48];

	if (!machine->host->nr_groups)
		return;
	sample = &machine->host->groups[0]->sample;
	if (sample->leaf_status[VI_L0] != VI_READ)
		return;
	evidence->answer = ANSWER_YES;
	vi_vendor(sample, vendor);
	add_bytes(evidence, vendor, sizeof(vendor));
	if (sample->leaf_status[VI_L80000004] == VI_READ) {
		vi_model_name(sample, model);
		add_bytes(evidence, model, sizeof(model));
	}
	if (machine->host->nr_groups > 1)
		evidence_add(evidence, "; ", "%zu groups of unlike CPUs",
			     machine->host->nr_groups);
}

void evidence_extension(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	enum answer vmx = answer_of(machine->host, FIELD_CPUID_L1_ECX_vmx);
	enum answer svm =
		answer_of(machine->host, FIELD_CPUID_L80000001_ECX_svm);

	evidence->answer =
		vmx == ANSWER_YES || svm == ANSWER_YES ? ANSWER_YES : vmx;
	if (vmx == ANSWER_YES)
		evidence_add(evidence, "", "VMX");
	else if (svm == ANSWER_YES)
		evidence_add(evidence, "", "SVM");
	else if (vmx == ANSWER_UNKNOWN || svm == ANSWER_UNKNOWN)
		return;
	else if (machine->above.privileged == ANSWER_YES)
		evidence_add(
			evidence, "",
			"kept by the hypervisor that this system rules with");
	else if (machine->above.guest == ANSWER_YES)
		evidence_add(evidence, "",
			     "none that the hypervisor above would show");
	else
		evidence_add(evidence, "", "none");
}

void evidence_verdict(struct evidence *evidence,
		      const struct lesson_machine *machine)
{
	const struct verdict *verdict = machine->verdict;

	if (!verdict)
		return;
	evidence->answer = verdict->usable;
	evidence_add(evidence, "", "%s: %s", reason_info(verdict->reason)->name,
		     verdict->summary ? verdict->summary :
					reason_info(verdict->reason)->meaning);
}

void evidence_dmi(struct evidence *evidence,
		  const struct lesson_machine *machine)
{
	const char *vendor = fact(machine, "dmi sys_vendor");
	const char *name = fact(machine, "dmi product_name");

	if (!vendor && !name)
		return;
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "\"%s\", \"%s\"", vendor ? vendor : "",
		     name ? name : "");
	snprintf(evidence->source, sizeof(evidence->source),
		 "DMI sys_vendor, product_name");
}

void evidence_above(struct evidence *evidence,
		    const struct lesson_machine *machine)
{
	const struct hypervisor *above = &machine->above;
	const struct hypervisor_layer *nearest = hypervisor_nearest(above);

	evidence->answers = true;
	evidence->answer = above->guest;
	if (above->guest == ANSWER_NO)
		evidence_add(evidence, "", "no hypervisor is seen");
	else if (nearest && nearest->certainty == LAYER_CANNOT_TELL)
		evidence_add(evidence, "", "cannot tell which hypervisor: %s",
			     nearest->why);
	else if (nearest)
		evidence_add(evidence, "", "%s%s%s: %s",
			     hypervisor_name(nearest->product),
			     *nearest->version ? " " : "", nearest->version,
			     nearest->why);
	else if (above->count)
		evidence_add(evidence, "", "%s: %s",
			     hypervisor_name(above->layers[0].product),
			     above->layers[0].why);
}

void evidence_privileged(struct evidence *evidence,
			 const struct lesson_machine *machine)
{
	evidence->answers = true;
	evidence->answer = machine->above.privileged;
	if (evidence->answer == ANSWER_UNKNOWN)
		return;
	if (evidence->answer == ANSWER_YES)
		evidence_add(evidence, "", "yes, beside a hypervisor: %s",
			     machine->above.privileged_why);
	else if (machine->above.guest == ANSWER_YES)
		evidence_add(evidence, "", "no, this is an ordinary guest");
	else
		evidence_add(evidence, "",
			     "yes, no hypervisor is seen below it");
	if (machine->above.guest == ANSWER_NO)
		evidence->answer = ANSWER_YES;
}

void evidence_interfaces(struct evidence *evidence,
			 const struct lesson_machine *machine)
{
	const struct hypervisor *above = &machine->above;
	size_t i;

	evidence->answer = above->guest;
	for (i = 0; i < above->count; i++)
		if (*above->layers[i].signature)
			evidence_add(evidence, "; ", "\"%s\" at 0x%08x",
				     above->layers[i].signature,
				     above->layers[i].leaf);
	if (!*evidence->text && above->guest == ANSWER_NO)
		evidence_add(evidence, "", "none");
	else if (!*evidence->text && above->guest == ANSWER_YES)
		evidence_add(evidence, "", "none in CPUID");
}

/* The names of the flags of a register that are set on every CPU. */
static void add_flags(struct evidence *evidence, const struct host *host,
		      enum register_id id)
{
	const struct register_info *info = register_info(id);
	unsigned int i;

	snprintf(evidence->source, sizeof(evidence->source), "%s", info->name);
	for (i = info->first_field; i < info->first_field + info->nr_fields;
	     i++)
		if (field_info(i)->kind == FIELD_FLAG &&
		    answer_of(host, i) == ANSWER_YES)
			evidence_add(evidence, " ", "%s", field_info(i)->name);
}

void evidence_kvm_features(struct evidence *evidence,
			   const struct lesson_machine *machine)
{
	const struct host *host = machine->host;

	if (!host->nr_groups)
		return;
	if (register_value(host->groups[0], REG_HV_KVM_1_0_EAX).status !=
	    VI_READ) {
		if (machine->above.guest != ANSWER_UNKNOWN)
			evidence_add(evidence, "", "no leaves of KVM's here");
		return;
	}
	evidence->answer = ANSWER_YES;
	add_flags(evidence, host, REG_HV_KVM_1_0_EAX);
	if (!*evidence->text)
		evidence_add(evidence, "", "none");
}

void evidence_hosts(struct evidence *evidence,
		    const struct lesson_machine *machine)
{
	bool unknown = false;
	enum hosting_id id;

	for (id = 0; id < NR_HOSTINGS; id++) {
		struct hosting hosting =
			hosting_of(machine->host, &machine->above, id);

		if (hosting.present == ANSWER_YES)
			evidence_add(evidence, ", ", "%s (%s)", hosting.name,
				     hosting.type);
		unknown |= hosting.present == ANSWER_UNKNOWN;
	}
	evidence->answer =
		*evidence->text || !unknown ? ANSWER_YES : ANSWER_UNKNOWN;
	if (!*evidence->text && !unknown)
		evidence_add(evidence, "", "nothing that is known here");
}

void evidence_vendor_module(struct evidence *evidence,
			    const struct lesson_machine *machine)
{
	const char *intel = fact(machine, "module kvm_intel");
	const char *amd = fact(machine, "module kvm_amd");

	if (!intel && !amd)
		return;
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "kvm_intel %s, kvm_amd %s",
		     intel ? intel : "unknown", amd ? amd : "unknown");
}

void evidence_kvm_device(struct evidence *evidence,
			 const struct lesson_machine *machine)
{
	const char *open = fact(machine, "kvm device open");

	if (!open)
		return;
	evidence->answers = true;
	evidence->answer = strcmp(open, "ok") ? ANSWER_NO : ANSWER_YES;
	if (evidence->answer == ANSWER_YES)
		evidence_add(evidence, "", "it opens");
	else if (!strcmp(open, "ENOENT"))
		evidence_add(evidence, "",
			     "fails: there is no such file (ENOENT)");
	else if (!strcmp(open, "EACCES"))
		evidence_add(evidence, "", "fails: no permission (EACCES)");
	else if (!strcmp(open, "EPERM"))
		evidence_add(
			evidence, "",
			"fails: forbidden, as by a container's rules (EPERM)");
	else if (!strcmp(open, "ENODEV") || !strcmp(open, "ENXIO"))
		evidence_add(evidence, "",
			     "fails: nothing is behind the node (%s)", open);
	else
		evidence_add(evidence, "", "fails: %s", open);
}

/* Say what KVM answered for one capability. */
static void add_cap(struct evidence *evidence, const struct kvm_caps *caps,
		    int number)
{
	const struct kvm_cap *cap = kvm_caps_get(caps, number);
	const struct kvm_cap_row *row = kvm_cap_find(number);
	const char *name = row ? row->name + strlen("KVM_CAP_") : "?";

	if (!cap || !cap->asked)
		evidence_add(evidence, ", ", "%s unknown", name);
	else if (cap->error)
		evidence_add(evidence, ", ", "%s no answer", name);
	else
		evidence_add(evidence, ", ", "%s %d", name, cap->value);
}

static void add_caps(struct evidence *evidence,
		     const struct lesson_machine *machine, size_t first,
		     size_t end)
{
	const struct kvm_caps *caps = &machine->host->system.kvm;
	size_t i;

	if (!caps->known || caps->open_error)
		return;
	evidence->answer = ANSWER_YES;
	for (i = first; i < end; i++)
		add_cap(evidence, caps, kvm_cap_classics[i]);
}

void evidence_classic_caps(struct evidence *evidence,
			   const struct lesson_machine *machine)
{
	add_caps(evidence, machine, 0, KVM_CAP_CLASSICS);
}

void evidence_max_vcpus(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	/* NR_VCPUS and MAX_VCPUS are the last two of the classic ones. */
	add_caps(evidence, machine, KVM_CAP_CLASSICS - 2, KVM_CAP_CLASSICS);
}

/* A parameter of whichever vendor's module the kernel has. */
static void add_parameter(struct evidence *evidence,
			  const struct lesson_machine *machine,
			  const char *name)
{
	char key[64];

	snprintf(key, sizeof(key), "parameter %s", name);
	if (!fact(machine, key))
		return;
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, ", ", "%s=%s", name, fact(machine, key));
}

void evidence_kvm_slat(struct evidence *evidence,
		       const struct lesson_machine *machine)
{
	add_parameter(evidence, machine, "kvm_intel.ept");
	add_parameter(evidence, machine, "kvm_amd.npt");
}

void evidence_kvm_nested(struct evidence *evidence,
			 const struct lesson_machine *machine)
{
	add_parameter(evidence, machine, "kvm_intel.nested");
	add_parameter(evidence, machine, "kvm_amd.nested");
}

void evidence_kvm_sev(struct evidence *evidence,
		      const struct lesson_machine *machine)
{
	add_parameter(evidence, machine, "kvm_amd.sev");
	add_parameter(evidence, machine, "kvm_amd.sev_es");
	add_parameter(evidence, machine, "kvm_amd.sev_snp");
}

void evidence_iommu(struct evidence *evidence,
		    const struct lesson_machine *machine)
{
	const char *units = fact(machine, "iommu units");
	const char *groups = fact(machine, "iommu groups");

	if (!units && !groups)
		return;
	evidence->answer = ANSWER_YES;
	if (units && strcmp(units, "none"))
		evidence_add(evidence, "", "the kernel uses %s", units);
	else if (units)
		evidence_add(evidence, "", "the kernel uses none");
	if (groups)
		evidence_add(evidence, "; ", "%s groups", groups);
}

void evidence_iommu_table(struct evidence *evidence,
			  const struct lesson_machine *machine)
{
	const char *dmar = fact(machine, "acpi DMAR");
	const char *ivrs = fact(machine, "acpi IVRS");

	if (!dmar && !ivrs)
		return;
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "DMAR %s, IVRS %s", dmar ? dmar : "unknown",
		     ivrs ? ivrs : "unknown");
}

void evidence_exits(struct evidence *evidence,
		    const struct lesson_machine *machine)
{
	const struct kvm_exits *exits = machine->exits;
	enum kvm_exit_id id;

	if (!exits) {
		evidence_add(
			evidence, "",
			"unknown: not measured; \"virtinfo exits\" does where KVM works");
		return;
	}
	evidence->answer = ANSWER_YES;
	for (id = KVM_EXITS_NOTHING + 1; id < KVM_EXITS_COUNT; id++) {
		const struct kvm_exit_result *result = &exits->results[id];

		if (result->status != KVM_EXITS_MEASURED &&
		    result->status != KVM_EXITS_PARTLY)
			continue;
		if (result->timed)
			evidence_add(evidence, ", ", "%s %.1f us",
				     kvm_exit_causes[id].name,
				     (double)result->median_ns / 1000);
		else
			evidence_add(evidence, ", ", "%s %llu cycles",
				     kvm_exit_causes[id].name,
				     (unsigned long long)result->median_cycles);
	}
	if (!*evidence->text)
		evidence_add(evidence, "", "none could be measured");
}

static void add_fields(struct evidence *evidence,
		       const struct lesson_machine *machine,
		       enum vmcs_group group)
{
	const struct host *host = machine->host;
	size_t unknown = vmcs_field_total(host, group, ANSWER_UNKNOWN);

	if (answer_of(host, FIELD_CPUID_L1_ECX_vmx) == ANSWER_NO) {
		evidence->answer = machine->above.privileged == ANSWER_YES ?
					   ANSWER_UNKNOWN :
					   ANSWER_NO;
		evidence_add(evidence, "", "no VMX is shown to this system");
		return;
	}
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "%zu are there, %zu are not, %zu unknown",
		     vmcs_field_total(host, group, ANSWER_YES),
		     vmcs_field_total(host, group, ANSWER_NO), unknown);
}

void evidence_vmcs_all(struct evidence *evidence,
		       const struct lesson_machine *machine)
{
	add_fields(evidence, machine, VMCS_GROUPS);
}

void evidence_vmcs_control(struct evidence *evidence,
			   const struct lesson_machine *machine)
{
	add_fields(evidence, machine, VMCS_CONTROL);
}

void evidence_vmcs_guest(struct evidence *evidence,
			 const struct lesson_machine *machine)
{
	add_fields(evidence, machine, VMCS_GUEST);
}

void evidence_vmcs_host(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	add_fields(evidence, machine, VMCS_HOST);
}

void evidence_vmcs_info(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	add_fields(evidence, machine, VMCS_EXIT_INFO);
}

void evidence_svm_features(struct evidence *evidence,
			   const struct lesson_machine *machine)
{
	if (answer_of(machine->host, FIELD_CPUID_L80000001_ECX_svm) !=
	    ANSWER_YES) {
		evidence_field(evidence, machine->host,
			       FIELD_CPUID_L80000001_ECX_svm);
		return;
	}
	evidence->answer = ANSWER_YES;
	add_flags(evidence, machine->host, REG_CPUID_L8000000A_EDX);
	if (!*evidence->text)
		evidence_add(evidence, "", "none");
}
