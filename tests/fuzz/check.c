// SPDX-License-Identifier: GPL-2.0-only
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/forms.h"
#include "model/decode.h"
#include "text.h"

void must(bool holds, const char *condition, const char *function)
{
	if (holds)
		return;
	fprintf(stderr, "%s: %s does not hold\n", function, condition);
	abort();
}

void check_safe(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	for (; *at; at++) {
		MUST(*at >= 0x20 && *at != 0x7f);
		/* C1 in UTF-8; a stray byte of C1 has no lead byte before. */
		MUST(!(*at == 0xc2 && at[1] < 0xa0));
		if (*at >= 0xc2)
			while ((at[1] & 0xc0) == 0x80)
				at++;
		else
			MUST(*at < 0x80);
	}
}

static void check_list(const struct cpulist *list)
{
	size_t i;

	for (i = 0; i < list->count; i++) {
		MUST(list->ranges[i].first <= list->ranges[i].last);
		MUST(list->ranges[i].last < CPULIST_MAX);
		MUST(!i ||
		     list->ranges[i - 1].last + 1 < list->ranges[i].first);
	}
}

static void check_subset(const struct cpulist *part,
			 const struct cpulist *whole)
{
	unsigned int cpu;
	size_t i;

	check_list(part);
	for (i = 0; i < part->count; i++)
		for (cpu = part->ranges[i].first; cpu <= part->ranges[i].last;
		     cpu++)
			MUST(cpulist_has(whole, cpu));
}

/* What was not read has no value. */
static void check_sample(const struct vi_sample *sample)
{
	unsigned int i;

	for (i = 0; i < VI_NR_MSRS; i++) {
		MUST(sample->msr_status[i] <= VI_CLEAR);
		MUST(sample->msr_status[i] == VI_READ || !sample->msr[i]);
	}
	for (i = 0; i < VI_NR_LEAVES; i++)
		MUST(sample->leaf_status[i] == VI_READ ||
		     sample->leaf_status[i] == VI_BITS ||
		     (!sample->leaf[i][0] && !sample->leaf[i][1] &&
		      !sample->leaf[i][2] && !sample->leaf[i][3]));
}

static void check_hv(const struct host_group *group)
{
	const struct vi_hv *hv = &group->hv;
	u32 i;

	MUST(hv->count <= VI_HV_LEAVES);
	MUST(!hv->count || vi_leaf_bit(&group->sample, VI_L1, VI_ECX, 31));
	for (i = 0; i < hv->count; i++)
		MUST(vi_hv_leaf(hv, hv->leaves[i].leaf,
				hv->leaves[i].subleaf) == &hv->leaves[i]);
}

/* A hypervisor's leaf is there once, and bits of it that are not known are 0. */
static void check_hv_bits(const struct hv_bits *bits)
{
	unsigned int reg;
	u32 i;

	MUST(bits->count <= HV_BITS_LEAVES);
	for (i = 0; i < bits->count; i++) {
		const struct hv_bits_leaf *leaf = &bits->leaves[i];

		MUST(hv_bits_leaf(bits, leaf->leaf, leaf->subleaf) == leaf);
		for (reg = VI_EAX; reg <= VI_EDX; reg++)
			MUST(!(leaf->value[reg] & ~leaf->known[reg]));
	}
}

/* Bits that are not known are 0, and of a leaf known in part one is. */
static void check_known(const struct host_group *group)
{
	unsigned int i, reg;

	for (i = 0; i < VI_NR_LEAVES; i++) {
		u32 any = 0;

		if (group->sample.leaf_status[i] != VI_BITS)
			continue;
		for (reg = VI_EAX; reg <= VI_EDX; reg++) {
			u32 known = group->known.leaf[i][reg];

			MUST(!(group->sample.leaf[i][reg] & ~known));
			any |= known;
		}
		MUST(any);
	}
}

static void decode(const struct host_group *group)
{
	unsigned int i;

	for (i = 0; i < NR_FIELDS; i++) {
		struct field_value value = field_value(group, i);

		MUST(!value.text || value.known);
		field_answer(group, i);
	}
	for (i = 0; i < NR_REGISTERS; i++)
		register_unnamed_bits(group, i);
}

static void check_group(const struct host_group *group)
{
	MUST(group->cpus.count > 0);
	check_list(&group->cpus);
	check_subset(&group->vmx_on, &group->cpus);
	check_subset(&group->svm_on, &group->cpus);
	check_subset(&group->msrs_known, &group->cpus);
	check_sample(&group->sample);
	check_hv_bits(&group->hv_bits);
	check_known(group);
	check_hv(group);
	decode(group);
}

static void write_group(FILE *file, const struct host_group *group)
{
	char *cpus = cpulist_string(&group->cpus);

	MUST(cpus);
	fprintf(file, "\ncpus\t\t: %s\n", cpus);
	free(cpus);
	vi_text_summary(file, &group->sample, &group->hv);
	vi_text_registers(file, &group->sample, &group->hv, true);
	known_bits_print(file, &group->sample, &group->known);
}

static char *write_host(const struct host *host)
{
	char *text = NULL;
	size_t size, i;
	FILE *file = open_memstream(&text, &size);

	MUST(file);
	fprintf(file, "virtinfo\t: %d\n", VI_FORMAT);
	for (i = 0; i < host->nr_groups; i++)
		write_group(file, host->groups[i]);
	fprintf(file, "\nend\t: facts follow\n");
	for (i = 0; i < facts_count(host->facts); i++) {
		check_safe(facts_at(host->facts, i).key);
		check_safe(facts_at(host->facts, i).value);
	}
	MUST(!fclose(file));
	return text;
}

/* What is parsed of the facts holds what its readers rely on. */
static void check_system(const struct system *system)
{
	const struct kvm_caps *kvm = &system->kvm;
	size_t i;

	MUST(kvm->api >= -1 && kvm->open_error >= 0);
	MUST(!kvm->open_error || kvm->known);
	for (i = 0; i < kvm->cap_count; i++) {
		MUST(kvm->caps[i].asked && kvm->caps[i].number >= 0);
		MUST(kvm->caps[i].value >= 0 && kvm->caps[i].vm_value >= 0);
		MUST(!i || kvm->caps[i - 1].number < kvm->caps[i].number);
	}
	MUST(!system->proof.ran || system->proof.attempted);
	MUST(system->proof.error >= 0 && system->proof.step < KVM_STEP_COUNT);
}

/* Has the stanza a vendor, as text? */
static bool has_vendor(const struct vi_sample *sample)
{
	char vendor[12];
	size_t i;

	vi_vendor(sample, vendor);
	for (i = 0; i < sizeof(vendor); i++)
		if (vendor[i] && vendor[i] != ' ')
			return true;
	return false;
}

/*
 * A stanza with a vendor and leaf 0 as a whole has to have leaf 1; a dump may
 * lack it.
 */
static bool has_first_leaves(const struct host *host)
{
	size_t i;

	for (i = 0; i < host->nr_groups; i++) {
		const struct vi_sample *sample = &host->groups[i]->sample;

		if (sample->leaf_status[VI_L0] &&
		    sample->leaf_status[VI_L0] != VI_BITS &&
		    has_vendor(sample) && !sample->leaf_status[VI_L1])
			return false;
	}
	return true;
}

static void check_round_trip(const struct host *host)
{
	char *text = write_host(host);
	const struct input_piece piece = {
		.name = "again",
		.data = text,
		.length = strlen(text),
	};
	struct input_error error;
	struct host *again;
	size_t i;

	again = input_text(&piece, HOST_CAPTURE, &error);
	free(text);
	if (!host->nr_groups || !has_first_leaves(host)) {
		MUST(!again);
		return;
	}
	if (!again)
		fprintf(stderr, "%s\n", error.text);
	MUST(again);
	MUST(again->nr_groups == host->nr_groups);
	for (i = 0; i < host->nr_groups; i++) {
		MUST(!memcmp(&again->groups[i]->sample,
			     &host->groups[i]->sample,
			     sizeof(struct vi_sample)));
		MUST(again->groups[i]->hv.count == host->groups[i]->hv.count);
		MUST(!memcmp(
			again->groups[i]->hv.leaves, host->groups[i]->hv.leaves,
			host->groups[i]->hv.count * sizeof(struct vi_hv_leaf)));
	}
	host_free(again);
}

void check_cut(const uint8_t *data, size_t size,
	       void (*parse)(const char *data, size_t size))
{
	size_t length;

	for (length = 0; length < size && getenv("FUZZ_CUT"); length++) {
		char *cut = malloc(length + !length);

		MUST(cut);
		memcpy(cut, data, length);
		parse(cut, length);
		free(cut);
	}
	parse((const char *)data, size);
}

void check_input(struct host *host, const struct input_error *error)
{
	unsigned int cpus = 0;
	size_t i;

	if (!host) {
		check_safe(error->text);
		MUST(error->status == STATUS_BAD_INPUT);
		MUST(!strncmp(error->text, "f:", 2));
		return;
	}
	MUST(host->nr_groups > 0 || facts_count(host->facts) > 0);
	for (i = 0; i < host->nr_groups; i++) {
		check_group(host->groups[i]);
		cpus += cpulist_weight(&host->groups[i]->cpus);
	}
	MUST(cpus <= CPULIST_MAX);
	check_system(&host->system);
	check_round_trip(host);
	host_free(host);
}
