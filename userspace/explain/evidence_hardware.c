// SPDX-License-Identifier: GPL-2.0-only
/* Evidence that takes more than one field of the registers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/answer.h"
#include "explain/diagrams.h"
#include "explain/evidence.h"
#include "summary.h"

static bool shows(const struct lesson_machine *machine, enum field_id id)
{
	return answer_of(machine->host, id) == ANSWER_YES;
}

static bool has_vmx(const struct lesson_machine *machine)
{
	return shows(machine, FIELD_CPUID_L1_ECX_vmx);
}

static bool has_svm(const struct lesson_machine *machine)
{
	return shows(machine, FIELD_CPUID_L80000001_ECX_svm);
}

/* For what belongs to an extension that is not shown: its own answer. */
static void say_without(struct evidence *evidence,
			const struct lesson_machine *machine,
			enum field_id extension)
{
	evidence_field(evidence, machine->host, extension);
	evidence->text[0] = 0;
	evidence->source[0] = 0;
	if (evidence->answer == ANSWER_UNKNOWN)
		return;
	if (machine->above.privileged == ANSWER_YES)
		evidence->answer = ANSWER_UNKNOWN;
	evidence_add(evidence, "", "no %s is shown to this system",
		     extension == FIELD_CPUID_L1_ECX_vmx ? "VMX" : "SVM");
}

/* A register as it stands, on every group, with a word about it. */
static void say_register(struct evidence *evidence,
			 const struct lesson_machine *machine,
			 enum register_id id,
			 const char *(*word)(const struct vi_sample *sample))
{
	const struct host *host = machine->host;
	size_t i;

	snprintf(evidence->source, sizeof(evidence->source), "%s",
		 register_info(id)->name);
	for (i = 0; i < host->nr_groups; i++) {
		struct register_value value =
			register_value(host->groups[i], id);

		if (host->nr_groups > 1)
			evidence_add_cpus(evidence, host->groups[i]);
		if (value.status == VI_READ) {
			evidence->answer = ANSWER_YES;
			evidence_add(evidence, "", "0x%llx", value.value);
			if (word)
				evidence_add(evidence, "", ", %s",
					     word(&host->groups[i]->sample));
		} else {
			evidence_add(
				evidence, "", "%s",
				value.status == VI_GP ?
					"unknown: reading it took a fault (#GP)" :
				value.status == VI_NOT_ATTEMPTED ?
					"not read: this processor does not announce it" :
					"unknown: the input does not hold it");
		}
	}
}

static const char *state_word(const struct vi_sample *sample)
{
	switch (vi_state(sample)) {
	case VI_STATE_ENABLED:
		return "allowed";
	case VI_STATE_UNLOCKED:
		return "not locked: ring 0 may allow it";
	case VI_STATE_DISABLED:
		return "locked off";
	case VI_STATE_SMX_ONLY:
		return "allowed inside SMX only";
	case VI_STATE_NONE:
		return "but the extension is not shown";
	default:
		return "unknown";
	}
}

void evidence_feature_control(struct evidence *evidence,
			      const struct lesson_machine *machine)
{
	say_register(evidence, machine, REG_IA32_FEATURE_CONTROL, state_word);
}

void evidence_vm_cr(struct evidence *evidence,
		    const struct lesson_machine *machine)
{
	say_register(evidence, machine, REG_VM_CR, state_word);
}

static void say_state(struct evidence *evidence,
		      const struct lesson_machine *machine,
		      enum field_id extension)
{
	const struct host *host = machine->host;
	size_t i;

	evidence->answers = true;
	if (!shows(machine, extension)) {
		say_without(evidence, machine, extension);
		return;
	}
	evidence->answer = ANSWER_YES;
	for (i = 0; i < host->nr_groups; i++) {
		enum vi_state state = vi_state(&host->groups[i]->sample);

		if (state == VI_STATE_UNKNOWN && evidence->answer == ANSWER_YES)
			evidence->answer = ANSWER_UNKNOWN;
		else if (state != VI_STATE_ENABLED &&
			 state != VI_STATE_UNLOCKED &&
			 state != VI_STATE_UNKNOWN)
			evidence->answer = ANSWER_NO;
		if (host->nr_groups > 1)
			evidence_add_cpus(evidence, host->groups[i]);
		evidence_add(evidence, "", "%s",
			     state_word(&host->groups[i]->sample));
	}
}

void evidence_vmx_state(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	say_state(evidence, machine, FIELD_CPUID_L1_ECX_vmx);
}

void evidence_svm_state(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	say_state(evidence, machine, FIELD_CPUID_L80000001_ECX_svm);
}

static void say_on(struct evidence *evidence,
		   const struct lesson_machine *machine, bool svm)
{
	const struct host *host = machine->host;
	bool on = false, known = host->nr_groups > 0;
	size_t i;

	evidence->answers = true;
	for (i = 0; i < host->nr_groups; i++) {
		const struct host_group *group = host->groups[i];
		const struct cpulist *list =
			svm ? &group->svm_on : &group->vmx_on;
		char *cpus;

		known &= group->on_known;
		if (!list->count)
			continue;
		on = true;
		cpus = cpulist_words(list);
		evidence_add(evidence, ", ", "%s", cpus ? cpus : "?");
		free(cpus);
	}
	snprintf(evidence->source, sizeof(evidence->source), "%s",
		 svm ? "IA32_EFER svme" : "CR4 vmxe");
	if (on)
		evidence->answer = ANSWER_YES;
	else if (known)
		evidence->answer = ANSWER_NO;
	if (!on && known)
		evidence_add(evidence, "", "on no CPU at this moment");
}

void evidence_vmx_on(struct evidence *evidence,
		     const struct lesson_machine *machine)
{
	say_on(evidence, machine, false);
}

void evidence_svm_on(struct evidence *evidence,
		     const struct lesson_machine *machine)
{
	say_on(evidence, machine, true);
}

static void say_fixed(struct evidence *evidence,
		      const struct lesson_machine *machine,
		      enum register_id fixed0, enum register_id fixed1)
{
	struct register_value must, may;

	if (!machine->host->nr_groups)
		return;
	must = register_value(machine->host->groups[0], fixed0);
	may = register_value(machine->host->groups[0], fixed1);
	if (must.status != VI_READ || may.status != VI_READ) {
		if (!has_vmx(machine))
			say_without(evidence, machine, FIELD_CPUID_L1_ECX_vmx);
		return;
	}
	evidence->answer = ANSWER_YES;
	snprintf(evidence->source, sizeof(evidence->source), "%s, %s",
		 register_info(fixed0)->name, register_info(fixed1)->name);
	evidence_add(evidence, "", "must be 1: 0x%llx, may be 1: 0x%llx",
		     must.value, may.value);
}

void evidence_cr0_fixed(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	say_fixed(evidence, machine, REG_IA32_VMX_CR0_FIXED0,
		  REG_IA32_VMX_CR0_FIXED1);
}

void evidence_cr4_fixed(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	say_fixed(evidence, machine, REG_IA32_VMX_CR4_FIXED0,
		  REG_IA32_VMX_CR4_FIXED1);
}

/* "pin-based 5 of 5": how many of the named controls of a word may be 1. */
static void add_controls(struct evidence *evidence,
			 const struct lesson_machine *machine,
			 enum register_id id, const char *name)
{
	const struct register_info *info = register_info(id);
	unsigned int i, may = 0, all = 0, unknown = 0;

	for (i = info->first_field; i < info->first_field + info->nr_fields;
	     i++) {
		if (field_info(i)->kind != FIELD_CONTROL &&
		    field_info(i)->kind != FIELD_CONTROL1)
			continue;
		all++;
		may += answer_of(machine->host, i) == ANSWER_YES;
		unknown += answer_of(machine->host, i) == ANSWER_UNKNOWN;
	}
	if (unknown == all) {
		evidence_add(evidence, ", ", "%s unknown", name);
		return;
	}
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, ", ", "%s %u of %u", name, may, all);
}

static bool without_vmx(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	if (has_vmx(machine))
		return false;
	say_without(evidence, machine, FIELD_CPUID_L1_ECX_vmx);
	return true;
}

void evidence_vmx_controls(struct evidence *evidence,
			   const struct lesson_machine *machine)
{
	if (without_vmx(evidence, machine))
		return;
	add_controls(evidence, machine, REG_IA32_VMX_PINBASED_CTLS,
		     "pin-based");
	add_controls(evidence, machine, REG_IA32_VMX_PROCBASED_CTLS, "primary");
	add_controls(evidence, machine, REG_IA32_VMX_PROCBASED_CTLS2,
		     "secondary");
	add_controls(evidence, machine, REG_IA32_VMX_PROCBASED_CTLS3,
		     "tertiary");
}

void evidence_exit_controls(struct evidence *evidence,
			    const struct lesson_machine *machine)
{
	if (without_vmx(evidence, machine))
		return;
	add_controls(evidence, machine, REG_IA32_VMX_EXIT_CTLS, "primary");
	add_controls(evidence, machine, REG_IA32_VMX_EXIT_CTLS2, "secondary");
}

void evidence_entry_controls(struct evidence *evidence,
			     const struct lesson_machine *machine)
{
	if (without_vmx(evidence, machine))
		return;
	add_controls(evidence, machine, REG_IA32_VMX_ENTRY_CTLS, "entry");
}

/* The names of those that every CPU has; says nothing where all are unknown. */
static void add_names(struct evidence *evidence,
		      const struct lesson_machine *machine,
		      const enum field_id *ids, const char *const *names,
		      size_t count)
{
	size_t i, unknown = 0;

	for (i = 0; i < count; i++) {
		enum answer answer = answer_of(machine->host, ids[i]);

		if (answer == ANSWER_YES)
			evidence_add(evidence, ", ", "%s", names[i]);
		unknown += answer == ANSWER_UNKNOWN;
	}
	if (unknown == count)
		return;
	evidence->answer = ANSWER_YES;
	if (!*evidence->text)
		evidence_add(evidence, "", "none");
}

void evidence_activity_states(struct evidence *evidence,
			      const struct lesson_machine *machine)
{
	static const enum field_id ids[] = {
		FIELD_IA32_VMX_MISC_activity_state_hlt,
		FIELD_IA32_VMX_MISC_activity_state_shutdown,
		FIELD_IA32_VMX_MISC_activity_state_wait_for_sipi,
	};
	static const char *const names[] = { "HLT", "shutdown",
					     "wait-for-SIPI" };

	if (without_vmx(evidence, machine))
		return;
	add_names(evidence, machine, ids, names, ARRAY_SIZE(ids));
}

void evidence_ept_walk(struct evidence *evidence,
		       const struct lesson_machine *machine)
{
	static const enum field_id ids[] = {
		FIELD_IA32_VMX_EPT_VPID_CAP_ept_page_walk_4,
		FIELD_IA32_VMX_EPT_VPID_CAP_ept_page_walk_5,
	};
	static const char *const names[] = { "4", "5" };

	if (without_vmx(evidence, machine))
		return;
	add_names(evidence, machine, ids, names, ARRAY_SIZE(ids));
}

void evidence_ept_pages(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	static const enum field_id ids[] = {
		FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept,
		FIELD_IA32_VMX_EPT_VPID_CAP_ept_2m_pages,
		FIELD_IA32_VMX_EPT_VPID_CAP_ept_1g_pages,
	};
	static const char *const names[] = { "4 KiB", "2 MiB", "1 GiB" };

	if (without_vmx(evidence, machine))
		return;
	add_names(evidence, machine, ids, names, ARRAY_SIZE(ids));
}

void evidence_slat(struct evidence *evidence,
		   const struct lesson_machine *machine)
{
	enum field_id id = FIELD_CPUID_L8000000A_EDX_np;

	evidence->answers = true;
	if (!has_vmx(machine) && !has_svm(machine)) {
		evidence->answer = machine->above.privileged == ANSWER_YES ?
					   ANSWER_UNKNOWN :
					   answer_of(machine->host,
						     FIELD_CPUID_L1_ECX_vmx);
		if (evidence->answer == ANSWER_NO)
			evidence_add(evidence, "",
				     "no extension is shown to this system");
		return;
	}
	if (has_vmx(machine))
		id = FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept;
	evidence_field(evidence, machine->host, id);
	if (evidence->answer == ANSWER_YES) {
		evidence->text[0] = 0;
		evidence_add(evidence, "", "%s",
			     has_vmx(machine) ? "EPT" : "NPT");
	}
}

void evidence_tagged_tlb(struct evidence *evidence,
			 const struct lesson_machine *machine)
{
	struct field_value asids;

	evidence->answers = true;
	if (has_vmx(machine)) {
		evidence_field(evidence, machine->host,
			       FIELD_IA32_VMX_PROCBASED_CTLS2_enable_vpid);
		if (evidence->answer == ANSWER_YES)
			snprintf(evidence->text, sizeof(evidence->text),
				 "VPID, 16 bits");
		return;
	}
	if (!has_svm(machine)) {
		say_without(evidence, machine, FIELD_CPUID_L80000001_ECX_svm);
		return;
	}
	asids = field_value(machine->host->groups[0],
			    FIELD_CPUID_L8000000A_EBX_nasid);
	if (!asids.known)
		return;
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "%llu ASIDs", asids.number);
}

void evidence_virtual_apic(struct evidence *evidence,
			   const struct lesson_machine *machine)
{
	static const enum field_id vmx_ids[] = {
		FIELD_IA32_VMX_PROCBASED_CTLS2_apic_register_virtualization,
		FIELD_IA32_VMX_PROCBASED_CTLS2_virtual_interrupt_delivery,
		FIELD_IA32_VMX_PINBASED_CTLS_process_posted_interrupts,
	};
	static const char *const vmx_names[] = { "APIC registers",
						 "interrupt delivery",
						 "posted interrupts" };
	static const enum field_id svm_ids[] = {
		FIELD_CPUID_L8000000A_EDX_avic,
		FIELD_CPUID_L8000000A_EDX_x2avic,
	};
	static const char *const svm_names[] = { "AVIC", "x2AVIC" };

	if (has_svm(machine))
		add_names(evidence, machine, svm_ids, svm_names,
			  ARRAY_SIZE(svm_ids));
	else if (!without_vmx(evidence, machine))
		add_names(evidence, machine, vmx_ids, vmx_names,
			  ARRAY_SIZE(vmx_ids));
}

void evidence_guest_phys_bits(struct evidence *evidence,
			      const struct lesson_machine *machine)
{
	struct diagram_values values = { 0 };

	diagram_values_of(&values, machine->host);
	if (!strncmp(values.guest_physical, "width", 5))
		return;
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "%s", values.guest_physical);
}

void evidence_sev_asids(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	struct field_value all, least;

	if (!machine->host->nr_groups)
		return;
	all = field_value(machine->host->groups[0],
			  FIELD_CPUID_L8000001F_ECX_num_encrypted_guests);
	least = field_value(machine->host->groups[0],
			    FIELD_CPUID_L8000001F_EDX_min_sev_no_es_asid);
	if (answer_of(machine->host, FIELD_CPUID_L8000001F_EAX_sev) ==
	    ANSWER_NO) {
		evidence->answer = ANSWER_YES;
		evidence_add(evidence, "", "none: no SEV");
	} else if (all.known && least.known) {
		evidence->answer = ANSWER_YES;
		evidence_add(
			evidence, "",
			"up to %llu; ASIDs below %llu for SEV-ES and SEV-SNP",
			all.number, least.number);
	}
}

void evidence_sev_status(struct evidence *evidence,
			 const struct lesson_machine *machine)
{
	static const enum field_id ids[] = {
		FIELD_SEV_STATUS_sev_enabled,
		FIELD_SEV_STATUS_sev_es_enabled,
		FIELD_SEV_STATUS_snp_active,
	};
	static const char *const names[] = { "SEV", "SEV-ES", "SEV-SNP" };

	add_names(evidence, machine, ids, names, ARRAY_SIZE(ids));
	if (*evidence->text)
		snprintf(evidence->source, sizeof(evidence->source),
			 "SEV_STATUS");
}

void evidence_tdx_guest(struct evidence *evidence,
			const struct lesson_machine *machine)
{
	const struct host *host = machine->host;
	size_t i;

	evidence->answers = true;
	if (!host->nr_groups ||
	    host->groups[0]->sample.leaf_status[VI_L21] == VI_ABSENT)
		return;
	evidence->answer = ANSWER_NO;
	snprintf(evidence->source, sizeof(evidence->source),
		 "CPUID 0x00000021");
	for (i = 0; i < machine->above.count; i++)
		if (machine->above.layers[i].product == HYPERVISOR_TDX)
			evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "%s", answer_name(evidence->answer));
}
