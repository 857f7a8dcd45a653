// SPDX-License-Identifier: GPL-2.0-only
#include "model/host.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "model/hardware.h"
#include "summary.h"

struct host *host_new(enum host_source source, const char *name)
{
	struct host *host = calloc(1, sizeof(*host));

	if (!host)
		return NULL;
	host->source = source;
	host->name = strdup(name);
	host->facts = facts_new();
	system_init(&host->system);
	if (!host->name || !host->facts) {
		host_free(host);
		return NULL;
	}
	return host;
}

int host_rename(struct host *host, const char *name)
{
	char *copied = strdup(name);

	if (!copied)
		return -1;
	free(host->name);
	host->name = copied;
	return 0;
}

static void free_group(struct host_group *group)
{
	cpulist_free(&group->cpus);
	cpulist_free(&group->msrs_known);
	cpulist_free(&group->vmx_on);
	cpulist_free(&group->svm_on);
	cpulist_free(&group->older);
	raw_leaves_free(&group->others);
	free(group);
}

void host_free(struct host *host)
{
	if (!host)
		return;
	GROUP_EACH(host, group)
		free_group(group);
	free(host->groups);
	system_free(&host->system);
	facts_free(host->facts);
	free(host->forms);
	free(host->ignored_in);
	free(host->name);
	free(host);
}

const char *host_source_name(const struct host *host)
{
	static const char *const names[] = {
		[HOST_MODULE] = "the virtinfo module, /proc/virtinfo",
		[HOST_MSR_DEVICE] = "CPUID and /dev/cpu/N/msr",
		[HOST_CPUID] = "CPUID alone",
		[HOST_SEVERAL] = "several forms",
#define FORM(id, name, title) [HOST_##id] = (title),
#include "tables/forms.def"
	};

	return host->forms ? host->forms : names[host->source];
}

bool host_is_live(const struct host *host)
{
	return host->source == HOST_MODULE || host->source == HOST_MSR_DEVICE ||
	       host->source == HOST_CPUID;
}

struct host_group *host_add_group(struct host *host)
{
	struct host_group *group;

	if (ARRAY_GROW(host->groups, host->nr_groups, host->capacity))
		return NULL;
	group = calloc(1, sizeof(*group));
	if (group)
		host->groups[host->nr_groups++] = group;
	return group;
}

bool host_hv_varies(const struct vi_hv *hv, const struct vi_hv_leaf *leaf,
		    enum vi_cpuid_register reg)
{
	const struct vi_hv_leaf *first = vi_hv_leaf(hv, leaf->leaf & ~0xffU, 0);

	return first && !memcmp(&first->reg[VI_EBX], VI_HV_XEN, 12) &&
	       leaf->leaf - first->leaf == 4 && reg == VI_EBX;
}

static bool hv_alike(const struct vi_hv *a, const struct vi_hv *b)
{
	if (a->count != b->count)
		return false;
	for (unsigned int i = 0; i < a->count; i++) {
		const struct vi_hv_leaf *x = &a->leaves[i], *y = &b->leaves[i];

		if (x->leaf != y->leaf || x->subleaf != y->subleaf)
			return false;
		for (enum vi_cpuid_register reg = VI_EAX; reg <= VI_EDX; reg++)
			if (x->reg[reg] != y->reg[reg] &&
			    !host_hv_varies(a, x, reg))
				return false;
	}
	return true;
}

bool host_tells_msrs(const struct vi_sample *sample)
{
	MSR_EACH(i)
		if (sample->msr_status[i] != VI_ABSENT)
			return true;
	return false;
}

static void merge(struct vi_sample *into, const struct vi_sample *sample)
{
	MSR_EACH(i) {
		if (into->msr_status[i] != VI_ABSENT)
			continue;
		into->msr_status[i] = sample->msr_status[i];
		into->msr[i] = sample->msr[i];
	}
	LEAF_EACH(i) {
		if (into->leaf_status[i] != VI_ABSENT)
			continue;
		into->leaf_status[i] = sample->leaf_status[i];
		memcpy(into->leaf[i], sample->leaf[i], sizeof(into->leaf[i]));
	}
}

int host_add_cpu(struct host *host, unsigned int cpu,
		 const struct vi_sample *sample, const struct vi_hv *hv,
		 const struct raw_leaves *others)
{
	struct host_group *group = NULL;

	GROUP_EACH(host, known)
		if (!group && vi_sample_alike(&known->sample, sample) &&
		    hv_alike(&known->hv, hv))
			group = known;
	if (!group) {
		group = host_add_group(host);
		if (!group)
			return -1;
		group->hv = *hv;
	}
	merge(&group->sample, sample);
	if (others && raw_leaves_merge(&group->others, others))
		return -1;
	if (host_tells_msrs(sample) &&
	    cpulist_add(&group->msrs_known, cpu, cpu))
		return -1;
	group->on_known |= sample->msr_status[VI_CR4] == VI_READ;
	if (vi_vmx_on(sample) && cpulist_add(&group->vmx_on, cpu, cpu))
		return -1;
	if (vi_svm_on(sample) && cpulist_add(&group->svm_on, cpu, cpu))
		return -1;
	return cpulist_add(&group->cpus, cpu, cpu);
}

void host_group_note_lines(struct host_group *group,
			   const struct register_lines *lines)
{
	MSR_EACH(i)
		if (!group->lines.msr[i])
			group->lines.msr[i] = lines->msr[i];
	LEAF_EACH(i)
		if (!group->lines.leaf[i])
			group->lines.leaf[i] = lines->leaf[i];
}

/* The same of a hypervisor's leaves: of its first CPU all is kept. */
void host_group_note_hv_bits(struct host_group *group,
			     const struct hv_bits *bits)
{
	if (group->hv_bits.count)
		hv_bits_common(&group->hv_bits, bits);
	else if (cpulist_weight(&group->cpus) == 1)
		group->hv_bits = *bits;
}

/* Where more is known of some CPUs of a group than of others, what is of all. */
void host_group_note_known(struct host_group *group,
			   const struct known_bits *known)
{
	static const u32 none[4];

	LEAF_EACH(i) {
		u32 *of = group->known.leaf[i];

		if (group->sample.leaf_status[i] != VI_BITS ||
		    !memcmp(known->leaf[i], none, sizeof(none)))
			continue;
		if (!memcmp(of, none, sizeof(none)))
			memcpy(of, known->leaf[i], sizeof(none));
		for (unsigned int reg = VI_EAX; reg <= VI_EDX; reg++) {
			of[reg] &= known->leaf[i][reg];
			group->sample.leaf[i][reg] &= of[reg];
		}
	}
}

u32 host_group_known(const struct host_group *group, enum vi_leaf leaf,
		     enum vi_cpuid_register reg)
{
	return known_bits_of(&group->sample, &group->known, leaf, reg);
}

bool host_group_partial(const struct host_group *group)
{
	return group->msrs_known.count && cpulist_weight(&group->msrs_known) <
						  cpulist_weight(&group->cpus);
}

const struct cpulist *host_group_msrs_known(const struct host_group *group)
{
	if (host_tells_msrs(&group->sample) && !host_group_partial(group))
		return &group->cpus;
	return &group->msrs_known;
}

int host_cpus(const struct host *host, struct cpulist *cpus)
{
	GROUP_EACH(host, group)
		if (cpulist_add_all(cpus, &group->cpus))
			return -1;
	return 0;
}

int host_group_msrs_unknown(const struct host_group *group,
			    struct cpulist *cpus)
{
	CPULIST_EACH(&group->cpus, cpu)
		if (!cpulist_has(&group->msrs_known, cpu) &&
		    cpulist_add(cpus, cpu, cpu))
			return -1;
	return 0;
}

struct host_group *host_group_of(const struct host *host, unsigned int cpu)
{
	GROUP_EACH(host, group)
		if (cpulist_has(&group->cpus, cpu))
			return group;
	return NULL;
}

const char *host_vendor_module(const struct host *host)
{
	GROUP_EACH(host, group)
		if (vi_extension(&group->sample) != VI_NO_EXTENSION)
			return vendor_module(vi_extension(&group->sample));
	return NULL;
}
