// SPDX-License-Identifier: GPL-2.0-only
/* What the registers say. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explain/diagrams.h"
#include "explain/evidence.h"
#include "model/register_name.h"

/* VMX or SVM, where the register exists with them only; else NR_FIELDS. */
static enum field_id extension_of(enum register_id reg)
{
	const char *name = register_info(reg)->name;

	if (!strncmp(name, "IA32_VMX_", 9))
		return FIELD_CPUID_L1_ECX_vmx;
	if (!strncmp(name, "0x8000000a", 10))
		return FIELD_CPUID_L80000001_ECX_svm;
	return NR_FIELDS;
}

static bool lacks_extension(const struct host *host, enum register_id reg)
{
	enum field_id extension = extension_of(reg);

	return extension != NR_FIELDS &&
	       host_answer(host, extension) == ANSWER_NO;
}

/* May a hypervisor be the reason why the field says no? */
static bool may_be_hidden(const struct explain_machine *machine,
			  enum field_id id)
{
	const struct host *host = machine->host;
	enum register_id reg = field_info(id)->reg;

	if (id != FIELD_CPUID_L1_ECX_vmx &&
	    id != FIELD_CPUID_L80000001_ECX_svm &&
	    extension_of(reg) == NR_FIELDS)
		return false;
	if (machine->hypervisor->guest != ANSWER_YES &&
	    machine->hypervisor->privileged != ANSWER_YES)
		return false;
	return host->nr_groups && vendor_makes(host->groups[0], reg) &&
	       host_answer(host, FIELD_CPUID_L1_ECX_vmx) == ANSWER_NO &&
	       host_answer(host, FIELD_CPUID_L80000001_ECX_svm) == ANSWER_NO;
}

enum answer answer_here(const struct explain_machine *machine,
			enum answer answer, enum field_id id)
{
	const struct host *host = machine->host;

	if (answer != ANSWER_NO ||
	    machine->hypervisor->privileged != ANSWER_YES ||
	    !may_be_hidden(machine, id))
		return answer;
	return register_value(host->groups[0], field_info(id)->reg).status ==
			       VI_READ ?
		       answer :
		       ANSWER_UNKNOWN;
}

/* "yes", "no" or "unknown", and which hypervisor is the reason for it. */
static void say_answer(struct evidence *evidence,
		       const struct explain_machine *machine,
		       enum answer answer, enum field_id id)
{
	evidence->answers = true;
	evidence->answer = answer_here(machine, answer, id);
	evidence_add(evidence, "", "%s", answer_name(evidence->answer));
	if (answer == ANSWER_NO && may_be_hidden(machine, id))
		evidence_add(
			evidence, "",
			machine->hypervisor->privileged == ANSWER_YES ?
				": the hypervisor has VMX and SVM for itself" :
				": the hypervisor offers neither VMX nor SVM");
}

/* Why a register has no value on any CPU, in a few words. */
static const char *why_unknown(const struct host *host, enum register_id id)
{
	if (register_info(id)->class == REGISTER_HYPERVISOR)
		return "no such hypervisor leaf here";
	if (lacks_extension(host, id))
		return extension_of(id) == FIELD_CPUID_L1_ECX_vmx ?
			       "no VMX here" :
			       "no SVM here";
	GROUP_EACH(host, group)
		if (register_value(group, id).status != VI_READ)
			return register_status_text(
				register_value(group, id).status);
	return "no CPU in this input";
}

/* "CPUs 0-3: ", of which the next words are. */
static void add_cpus(struct evidence *evidence, const struct host_group *group)
{
	char *cpus = cpulist_words(&group->cpus);

	evidence_add(evidence, "; ", "%s: ", cpus ? cpus : "?");
	free(cpus);
}

static bool groups_agree(const struct host *host, enum field_id id)
{
	for (size_t i = 1; i < host->nr_groups; i++) {
		struct field_value first = field_value(host->groups[0], id);
		struct field_value other = field_value(host->groups[i], id);

		if (field_is_question(id) ?
			    field_answer(host->groups[0], id) !=
				    field_answer(host->groups[i], id) :
			    first.known != other.known ||
				    first.number != other.number)
			return false;
	}
	return true;
}

static void add_value(struct evidence *evidence, const struct host_group *group,
		      enum field_id id)
{
	struct field_value value = field_value(group, id);

	if (field_is_question(id))
		evidence_add(evidence, "", "%s",
			     answer_name(field_answer(group, id)));
	else if (!value.known)
		evidence_add(evidence, "", "unknown");
	else if (value.text)
		evidence_add(evidence, "", "%llu, %s", value.number,
			     value.text);
	else
		evidence_add(evidence, "", "%llu", value.number);
}

/* Is the number of a field known on every CPU? */
static enum answer is_known(const struct host *host, enum field_id id)
{
	GROUP_EACH(host, group)
		if (!field_value(group, id).known)
			return ANSWER_UNKNOWN;
	return host->nr_groups ? ANSWER_YES : ANSWER_UNKNOWN;
}

void evidence_field(struct evidence *evidence,
		    const struct explain_machine *machine, enum field_id id)
{
	const struct host *host = machine->host;
	enum register_id reg = field_info(id)->reg;

	snprintf(evidence->source, sizeof(evidence->source), "%s %s",
		 register_info(reg)->name, field_info(id)->name);
	evidence->answers = field_is_question(id);
	evidence->answer =
		evidence->answers ? host_answer(host, id) : is_known(host, id);
	if (!groups_agree(host, id)) {
		GROUP_EACH(host, group) {
			add_cpus(evidence, group);
			add_value(evidence, group, id);
		}
	} else if (evidence->answer == ANSWER_UNKNOWN) {
		evidence_add(evidence, "", "%s", why_unknown(host, reg));
	} else if (evidence->answers) {
		say_answer(evidence, machine, evidence->answer, id);
	} else {
		add_value(evidence, host->groups[0], id);
	}
}

void evidence_any(struct evidence *evidence)
{
	enum field_id asked = evidence->row->any->field;
	enum answer any = ANSWER_NO;
	const struct named_field *field;

	for (field = evidence->row->any; field->name; field++) {
		enum answer answer =
			host_answer(evidence->machine->host, field->field);

		if (answer == ANSWER_YES)
			evidence_add(evidence, ", ", "%s", field->name);
		if (answer == ANSWER_YES ||
		    (answer == ANSWER_UNKNOWN && any == ANSWER_NO))
			any = answer;
		if (may_be_hidden(evidence->machine, field->field))
			asked = field->field;
	}
	evidence->answers = true;
	evidence->answer = any;
	if (any != ANSWER_YES)
		say_answer(evidence, evidence->machine, any, asked);
}

void evidence_flags(struct evidence *evidence)
{
	enum register_id id = evidence->row->reg;
	const struct register_info *info = register_info(id);
	unsigned int all = 0, set = 0, unknown = 0;
	bool controls = false;

	snprintf(evidence->source, sizeof(evidence->source), "%s", info->name);
	FIELD_EACH(info, i) {
		enum answer answer = host_answer(evidence->machine->host, i);

		if (!field_is_question(i))
			continue;
		controls |= field_info(i)->kind != FIELD_FLAG;
		all++;
		set += answer == ANSWER_YES;
		unknown += answer == ANSWER_UNKNOWN;
		if (!controls && answer == ANSWER_YES)
			evidence_add(evidence, " ", "%s", field_info(i)->name);
	}
	evidence->answer = set || !unknown ? ANSWER_YES : ANSWER_UNKNOWN;
	if (set && controls)
		evidence_add(evidence, "", "%u of %u may be 1", set, all);
	else if (!set &&
		 (unknown || lacks_extension(evidence->machine->host, id)))
		evidence_add(evidence, "", "%s",
			     why_unknown(evidence->machine->host, id));
	else if (!set)
		evidence_add(evidence, "", "none");
}

void evidence_register(struct evidence *evidence)
{
	enum register_id id = evidence->row->reg;
	const struct host *host = evidence->machine->host;

	snprintf(evidence->source, sizeof(evidence->source), "%s",
		 register_info(id)->name);
	GROUP_EACH(host, group) {
		struct register_value value = register_value(group, id);

		if (value.status != VI_READ)
			continue;
		evidence->answer = ANSWER_YES;
		if (host->nr_groups > 1)
			add_cpus(evidence, group);
		evidence_add(evidence, "", "0x%llx", value.value);
	}
	if (evidence->answer == ANSWER_UNKNOWN)
		evidence_add(evidence, "", "%s", why_unknown(host, id));
}

void evidence_vmcs(struct evidence *evidence)
{
	enum vmcs_group group = evidence->row->vmcs;
	const struct host *host = evidence->machine->host;

	if (host_answer(host, FIELD_CPUID_L1_ECX_vmx) == ANSWER_NO) {
		evidence_field(evidence, evidence->machine,
			       FIELD_CPUID_L1_ECX_vmx);
		evidence->answers = false;
		return;
	}
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "%zu exist, %zu do not, %zu unknown",
		     vmcs_field_total(host, group, ANSWER_YES),
		     vmcs_field_total(host, group, ANSWER_NO),
		     vmcs_field_total(host, group, ANSWER_UNKNOWN));
}

void evidence_guest_phys_bits(struct evidence *evidence)
{
	struct diagram_values values;

	diagram_values_of(&values, evidence->machine->host);
	if (!*values.guest_physical)
		return;
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "%s", values.guest_physical);
}

void evidence_tdx_guest(struct evidence *evidence)
{
	const struct host *host = evidence->machine->host;

	evidence->answers = true;
	if (!host->nr_groups ||
	    host->groups[0]->sample.leaf_status[VI_L21] == VI_ABSENT)
		return;
	evidence->answer =
		evidence->machine->hypervisor->tdx ? ANSWER_YES : ANSWER_NO;
	snprintf(evidence->source, sizeof(evidence->source),
		 "CPUID 0x00000021");
	evidence_add(evidence, "", "%s", answer_name(evidence->answer));
}
