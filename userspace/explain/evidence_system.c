// SPDX-License-Identifier: GPL-2.0-only
/* What the facts say, and what the other commands answer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "explain/evidence.h"
#include "model/group_names.h"
#include "model/hardware.h"
#include "model/iommu.h"

/* "kvm cap 66 KVM_CAP_MAX_VCPUS" is MAX_VCPUS to people. */
static const char *short_name(const char *key)
{
	const char *word = strrchr(key, ' ');

	word = word ? word + 1 : key;
	return strncmp(word, "KVM_CAP_", 8) ? word : word + 8;
}

void evidence_facts(struct evidence *evidence)
{
	const char *const *keys = evidence->row->facts;

	for (size_t i = 0; keys[i]; i++) {
		const char *value =
			facts_get(evidence->machine->host->facts, keys[i]);

		if (!value)
			continue;
		evidence->answer = ANSWER_YES;
		if (keys[1])
			evidence_add(evidence, ", ", "%s %s",
				     short_name(keys[i]), value);
		else
			evidence_add(evidence, "", "%s", value);
	}
	if (!keys[1])
		snprintf(evidence->source, sizeof(evidence->source),
			 "fact \"%s\"", keys[0]);
}

void evidence_stage(struct evidence *evidence)
{
	const struct verdict *verdict = evidence->machine->verdict;
	static const enum answer answers[] = {
		[STAGE_PASS] = ANSWER_YES,
		[STAGE_FAIL] = ANSWER_NO,
		[STAGE_WARN] = ANSWER_YES,
		[STAGE_SKIPPED] = ANSWER_UNKNOWN,
		[STAGE_UNKNOWN] = ANSWER_UNKNOWN,
	};

	evidence->answers = true;
	ARRAY_EACH(stage, verdict->stages, verdict->nr_stages) {
		if (stage->id != evidence->row->stage)
			continue;
		evidence->answer = answers[stage->status];
		evidence_add(evidence, "", "%s",
			     stage_status_name(stage->status));
		ARRAY_EACH(text, stage->evidence, stage->nr_evidence)
			evidence_add(evidence,
				     text == stage->evidence ? ": " : "; ",
				     "%s", *text);
	}
}

void evidence_is(struct evidence *evidence)
{
	const struct hypervisor *hypervisor = evidence->machine->hypervisor;
	const struct hypervisor_layer *nearest = hypervisor_nearest(hypervisor);

	evidence->answers = true;
	if (hypervisor->guest == ANSWER_UNKNOWN)
		return;
	if (nearest && nearest->certainty == LAYER_CANNOT_TELL) {
		evidence_add(evidence, "", "unknown: %s", nearest->why);
		return;
	}
	evidence->answer =
		nearest && nearest->product == evidence->row->product ?
			ANSWER_YES :
			ANSWER_NO;
	evidence_add(evidence, "", "%s", answer_name(evidence->answer));
	if (evidence->answer == ANSWER_YES)
		evidence_add(evidence, "", "%s: %s",
			     nearest->certainty == LAYER_LIKELY ?
				     ", most likely" :
				     "",
			     hypervisor->privileged == ANSWER_YES ?
				     hypervisor->privileged_why :
				     nearest->why);
}

void evidence_hosting(struct evidence *evidence)
{
	struct hosting hosting = hosting_of(evidence->machine->host,
					    evidence->machine->hypervisor,
					    evidence->row->hosting);

	evidence->answers = true;
	evidence->answer = hosting.present;
	if (hosting.present == ANSWER_YES)
		evidence_add(evidence, "", "%s", hosting.evidence);
	else if (hosting.present == ANSWER_NO)
		evidence_add(evidence, "", "not found");
}

void evidence_processor(struct evidence *evidence)
{
	const struct host *host = evidence->machine->host;
	struct group_names names;

	if (!host->nr_groups || !vendor_is_known(host->groups[0]))
		return;
	if (!group_names(host->groups[0], &names)) {
		evidence->answer = ANSWER_YES;
		evidence_add(evidence, "", "%s%s%s", names.vendor,
			     *names.model_name ? ", " : "", names.model_name);
	}
	group_names_free(&names);
	if (host->nr_groups > 1)
		evidence_add(evidence, "; ", "%zu groups of CPUs that differ",
			     host->nr_groups);
}

void evidence_verdict(struct evidence *evidence)
{
	const struct verdict *verdict = evidence->machine->verdict;

	evidence->answer = verdict->usable;
	evidence_add(evidence, "", "%s: %s", reason_info(verdict->reason)->name,
		     verdict->summary ? verdict->summary :
					reason_info(verdict->reason)->meaning);
}

void evidence_above(struct evidence *evidence)
{
	const struct hypervisor *hypervisor = evidence->machine->hypervisor;
	const struct hypervisor_layer *nearest = hypervisor_nearest(hypervisor);
	const struct hypervisor_layer *layer =
		nearest ? nearest : hypervisor->layers;

	evidence->answers = true;
	evidence->answer = hypervisor->guest;
	if (hypervisor->guest == ANSWER_NO)
		evidence_add(evidence, "", "no hypervisor");
	else if (nearest && layer->certainty == LAYER_CANNOT_TELL)
		evidence_add(evidence, "", "cannot tell which hypervisor: %s",
			     layer->why);
	else if (hypervisor->count)
		evidence_add(evidence, "", "%s%s%s: %s",
			     hypervisor_name(layer->product),
			     *layer->version ? " " : "", layer->version,
			     layer->why);
}

void evidence_privileged(struct evidence *evidence)
{
	const struct hypervisor *hypervisor = evidence->machine->hypervisor;

	evidence->answers = true;
	evidence->answer = hypervisor->privileged;
	if (hypervisor->guest == ANSWER_NO) {
		evidence->answer = ANSWER_YES;
		evidence_add(evidence, "", "yes, there is no hypervisor");
	} else if (hypervisor->privileged == ANSWER_YES) {
		evidence_add(evidence, "", "yes: %s",
			     hypervisor->privileged_why);
	} else if (hypervisor->privileged == ANSWER_NO) {
		evidence_add(evidence, "", "no, an ordinary guest");
	}
}

void evidence_interfaces(struct evidence *evidence)
{
	const struct hypervisor *hypervisor = evidence->machine->hypervisor;

	evidence->answer = hypervisor->guest;
	ARRAY_EACH(layer, hypervisor->layers, hypervisor->count)
		if (*layer->signature)
			evidence_add(evidence, "; ", "\"%s\" at 0x%08x",
				     layer->signature, layer->leaf);
	if (!*evidence->text && hypervisor->guest != ANSWER_UNKNOWN)
		evidence_add(evidence, "", "none");
}

void evidence_hosts(struct evidence *evidence)
{
	bool unknown = false;

	for (enum hosting_id id = 0; id < NR_HOSTINGS; id++) {
		struct hosting hosting =
			hosting_of(evidence->machine->host,
				   evidence->machine->hypervisor, id);

		if (hosting.present == ANSWER_YES)
			evidence_add(evidence, ", ", "%s (%s)", hosting.name,
				     hosting.type);
		unknown |= hosting.present == ANSWER_UNKNOWN;
	}
	if (*evidence->text || !unknown)
		evidence->answer = ANSWER_YES;
	if (!*evidence->text && !unknown)
		evidence_add(evidence, "", "none found");
}

void evidence_extension_on(struct evidence *evidence)
{
	struct hardware hardware;

	evidence->answers = true;
	if (!hardware_of(&hardware, evidence->machine->host)) {
		char *cpus = cpulist_words(&hardware.on);

		if (hardware.on.count)
			evidence->answer = ANSWER_YES;
		else if (hardware.on_known)
			evidence->answer = ANSWER_NO;
		if (evidence->answer == ANSWER_YES)
			evidence_add(evidence, "", "on %s", cpus ? cpus : "?");
		else if (evidence->answer == ANSWER_NO)
			evidence_add(evidence, "", "on no CPU at this moment");
		free(cpus);
	}
	hardware_free(&hardware);
}

static void add_exit(struct evidence *evidence, enum kvm_exit_id id,
		     const struct kvm_exit_result *result)
{
	if (result->timed)
		evidence_add(evidence, ", ", "%s %.1f us",
			     kvm_exit_causes[id].name,
			     (double)result->median_ns / 1000);
	else
		evidence_add(evidence, ", ", "%s %llu cycles",
			     kvm_exit_causes[id].name,
			     (unsigned long long)result->median_cycles);
}

void evidence_exits(struct evidence *evidence)
{
	if (!evidence->machine->exits) {
		evidence_add(evidence, "",
			     "not measured; \"virtinfo exits\" does it");
		return;
	}
	evidence->answer = ANSWER_YES;
	for (enum kvm_exit_id id = KVM_EXITS_NOTHING + 1; id < KVM_EXITS_COUNT;
	     id++) {
		const struct kvm_exit_result *result =
			&evidence->machine->exits->results[id];

		if (kvm_exit_has_figures(result))
			add_exit(evidence, id, result);
	}
	if (!*evidence->text)
		evidence_add(evidence, "", "none could be measured");
}

void evidence_iommu_interrupts(struct evidence *evidence)
{
	struct iommu iommu = iommu_of(&evidence->machine->host->system);

	if (iommu.remapping == ANSWER_UNKNOWN && iommu.posted == ANSWER_UNKNOWN)
		return;
	evidence->answer = ANSWER_YES;
	evidence_add(evidence, "", "remapping: %s, posted: %s",
		     answer_name(iommu.remapping), answer_name(iommu.posted));
}
