// SPDX-License-Identifier: GPL-2.0-only
#include "export/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/timestamp.h"
#include "model/features.h"
#include "model/group_names.h"
#include "model/hardware.h"
#include "model/iommu.h"
#include "model/parameters.h"
#include "summary.h"

/* More than one label. */
#define SEVERAL ""

static const struct export_info exports[NR_EXPORTS] = {
#define EXPORT(id, title, is, of, to, text)                                    \
	[EXPORT_##id] = { .name = #title,                                      \
			  .kind = EXPORT_##is,                                 \
			  .label = (of),                                       \
			  .use = EXPORT_##to,                                  \
			  .help = (text) },
#include "tables/exports.def"
};

const struct export_info *export_info(enum export_id id)
{
	return &exports[id];
}

/* The next item; what is set where there is no memory is never written. */
static struct export_item *add(struct export_list *list, enum export_id id)
{
	static struct export_item lost;

	if (list->no_memory ||
	    ARRAY_GROW(list->items, list->count, list->capacity)) {
		list->no_memory = true;
		return &lost;
	}
	list->items[list->count] = (struct export_item){ .id = id };
	return &list->items[list->count++];
}

static char *copy(struct export_list *list, const char *text)
{
	char *copied = list->no_memory ? NULL : strdup(text);

	if (!copied)
		list->no_memory = true;
	return copied;
}

static void add_label(struct export_list *list, struct export_item *item,
		      const char *name, const char *value)
{
	char *copied = copy(list, value);

	if (copied)
		item->labels[item->nr_labels++] = (struct export_label){
			.name = name,
			.value = copied,
		};
}

/* NULL and "" are what is not known. */
static void add_text(struct export_list *list, enum export_id id,
		     const char *text)
{
	struct export_item *item;
	char *copied;

	if (!text || !*text)
		return;
	copied = copy(list, text);
	if (!copied)
		return;
	item = add(list, id);
	if (list->no_memory)
		free(copied);
	else
		item->text = copied;
}

/* label is NULL for what is there once. */
static void add_answer(struct export_list *list, enum export_id id,
		       const char *label, enum answer answer)
{
	struct export_item *item;

	if (answer == ANSWER_UNKNOWN)
		return;
	item = add(list, id);
	if (label)
		add_label(list, item, export_info(id)->label, label);
	item->yes = answer == ANSWER_YES;
}

static void add_number(struct export_list *list, enum export_id id,
		       uint64_t number)
{
	add(list, id)->number = number;
}

/* NULL: not known, as the leaf that decides is not in the input. */
static const char *extension_name(const struct hardware *hardware)
{
	if (hardware->vmx.count)
		return vi_extension_name(VI_VMX);
	if (hardware->svm.count)
		return vi_extension_name(VI_SVM);
	if (!hardware->any || hardware_has(hardware, CPU_UNKNOWN))
		return NULL;
	return vi_extension_name(VI_NO_EXTENSION);
}

static const char *state_name(const struct vi_sample *sample)
{
	enum vi_state state = vi_state(sample);

	return state == VI_STATE_NONE || state == VI_STATE_UNKNOWN ?
		       NULL :
		       vi_state_name(state);
}

static const char *paging_name(const struct vi_sample *sample)
{
	enum vi_paging paging = vi_paging(sample);

	return paging == VI_PAGING_UNKNOWN ? NULL : vi_paging_name(paging);
}

static void add_known_label(struct export_list *list, struct export_item *item,
			    const char *name, const char *value)
{
	if (value && *value)
		add_label(list, item, name, value);
}

static void add_group(struct export_list *list, const struct host_group *group)
{
	const struct vi_sample *sample = &group->sample;
	enum vi_extension extension = vi_extension(sample);
	struct export_item *item = add(list, EXPORT_CPU_GROUP_CPUS);
	struct group_names names;

	if (group_names(group, &names)) {
		list->no_memory = true;
	} else {
		add_label(list, item, "cpus", names.cpus);
		add_known_label(list, item, "vendor", names.vendor);
		add_known_label(list, item, "model_name", names.model_name);
		if (extension != VI_NO_EXTENSION) {
			add_label(list, item, "extension",
				  vi_extension_name(extension));
			add_known_label(list, item, "state",
					state_name(sample));
			add_known_label(list, item, "paging",
					paging_name(sample));
		}
		item->number = cpulist_weight(&group->cpus);
	}
	group_names_free(&names);
}

static void add_processor(struct export_list *list, const struct host *host)
{
	struct hardware hardware = { 0 };
	struct group_names names;

	if (host->nr_groups) {
		if (group_names(host->groups[0], &names)) {
			list->no_memory = true;
		} else {
			add_text(list, EXPORT_VENDOR, names.vendor);
			add_text(list, EXPORT_MODEL_NAME, names.model_name);
		}
		group_names_free(&names);
	}
	if (hardware_of(&hardware, host))
		list->no_memory = true;
	else
		add_text(list, EXPORT_EXTENSION, extension_name(&hardware));
	hardware_free(&hardware);
}

static void add_stages(struct export_list *list, const struct verdict *verdict)
{
	size_t i;

	for (i = 0; i < verdict->nr_stages; i++) {
		const struct stage *stage = &verdict->stages[i];

		switch (stage->status) {
		case STAGE_PASS:
		case STAGE_WARN:
			add_answer(list, EXPORT_STAGE_PASSED,
				   stage_name(stage->id), ANSWER_YES);
			break;
		case STAGE_FAIL:
			add_answer(list, EXPORT_STAGE_PASSED,
				   stage_name(stage->id), ANSWER_NO);
			break;
		case STAGE_SKIPPED:
		case STAGE_UNKNOWN:
			break;
		}
	}
}

static void add_verdict(struct export_list *list, const struct verdict *verdict)
{
	const struct hypervisor *hypervisor = &verdict->hypervisor;

	if (hypervisor->guest != ANSWER_UNKNOWN)
		add_text(list, EXPORT_HYPERVISOR,
			 hypervisor_name(hypervisor->product));
	add_text(list, EXPORT_REASON, reason_info(verdict->reason)->name);
	add_answer(list, EXPORT_READY, NULL, verdict->usable);
	add_number(list, EXPORT_EXIT_STATUS,
		   (uint64_t)verdict_exit_status(verdict));
	add_answer(list, EXPORT_GUEST, NULL, hypervisor->guest);
	add_stages(list, verdict);
}

static void add_profile(struct export_list *list, const struct host *host,
			const struct profile *profile)
{
	struct verdict *verdict = verdict_of(host, profile);

	if (!verdict) {
		list->no_memory = true;
		return;
	}
	add_answer(list, EXPORT_PROFILE_READY, profile->name, verdict->usable);
	verdict_free(verdict);
}

static void add_features(struct export_list *list, const struct host *host)
{
	const struct feature *feature = NULL;
	struct iommu iommu = iommu_of(&host->system);

	while ((feature = feature_next(host, feature)))
		add_answer(list, EXPORT_FEATURE, feature->name,
			   host_answer(host, feature->field));
	add_answer(list, EXPORT_FEATURE, "iommu_interrupt_remapping",
		   iommu.remapping);
	add_answer(list, EXPORT_FEATURE, "iommu_posted_interrupts",
		   iommu.posted);
}

static void add_parameters(struct export_list *list, const struct host *host)
{
	char name[64];

	ARRAY_EACH(parameter, kvm_parameters, kvm_parameter_count) {
		snprintf(name, sizeof(name), "%s.%s", parameter->module,
			 parameter->name);
		add_answer(list, EXPORT_PARAMETER, name,
			   kvm_parameter_answer(host, parameter));
	}
}

static void add_groups(struct export_list *list, const struct host *host)
{
	uint64_t cpus = 0;
	size_t i;

	if (!host->nr_groups)
		return;
	for (i = 0; i < host->nr_groups; i++)
		cpus += cpulist_weight(&host->groups[i]->cpus);
	/* Where the form has some CPU only, how many there are is not known. */
	if (!host->any_cpu) {
		add_number(list, EXPORT_CPUS, cpus);
		add_number(list, EXPORT_CPU_GROUPS, host->nr_groups);
	}
	for (i = 0; i < host->nr_groups; i++)
		add_group(list, host->groups[i]);
}

static void add_exits(struct export_list *list, const struct kvm_exits *exits)
{
	int id;

	for (id = KVM_EXITS_NOTHING + 1; id < KVM_EXITS_COUNT; id++) {
		const struct kvm_exit_result *result = &exits->results[id];
		struct export_item *item;

		if (!kvm_exit_has_figures(result) || !result->timed)
			continue;
		item = add(list, EXPORT_VM_EXIT_SECONDS);
		add_label(list, item,
			  export_info(EXPORT_VM_EXIT_SECONDS)->label,
			  kvm_exit_causes[id].name);
		item->seconds = (double)result->median_ns / 1e9;
	}
}

/* A capture says when it was taken; of another file it is not known. */
static void add_last_run(struct export_list *list,
			 const struct export_input *input)
{
	const char *sampled = facts_get(input->host->facts, "sampled");
	int64_t when = input->now;

	if (!list->live && (!sampled || !timestamp_parse(sampled, &when)))
		return;
	if (when >= 0)
		add_number(list, EXPORT_LAST_RUN, (uint64_t)when);
}

int export_list_of(struct export_list *list, const struct export_input *input)
{
	const struct host *host = input->host;
	const struct kvm_proof *proof = &host->system.proof;
	struct verdict *verdict = verdict_of(host, NULL);

	if (!verdict)
		return -1;
	list->live = host_is_live(host);
	add_text(list, EXPORT_VERSION, VIRTINFO_VERSION);
	add_text(list, EXPORT_SOURCE, host_source_name(host));
	add_processor(list, host);
	add_verdict(list, verdict);
	if (input->profile)
		add_profile(list, host, input->profile);
	add_features(list, host);
	add_parameters(list, host);
	add_groups(list, host);
	/* The time has a fact of its own, which may be missing. */
	if (proof->ran && proof->time_us)
		add(list, EXPORT_PROOF_SECONDS)->seconds =
			(double)proof->time_us / 1e6;
	if (input->exits)
		add_exits(list, input->exits);
	add_last_run(list, input);
	verdict_free(verdict);
	return list->no_memory ? -1 : 0;
}

void export_list_free(struct export_list *list)
{
	size_t i, j;

	for (i = 0; i < list->count; i++) {
		free(list->items[i].text);
		for (j = 0; j < list->items[i].nr_labels; j++)
			free(list->items[i].labels[j].value);
	}
	free(list->items);
	*list = (struct export_list){ 0 };
}

bool export_begins(const struct export_list *list, size_t index)
{
	return !index || list->items[index - 1].id != list->items[index].id;
}

bool export_ends(const struct export_list *list, size_t index)
{
	return index + 1 == list->count ||
	       list->items[index + 1].id != list->items[index].id;
}
