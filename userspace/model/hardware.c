// SPDX-License-Identifier: GPL-2.0-only
#include "model/hardware.h"

#include <string.h>

#include "model/decode.h"

/*
 * A processor without the extended leaves has no SVM; a dump that lost leaf
 * 0x80000001 although the processor has it decides nothing.
 */
static bool svm_is_known(const struct host_group *group)
{
	const struct vi_sample *sample = &group->sample;
	u32 max = sample->leaf[VI_L80000000][VI_EAX];

	if (field_value(group, FIELD_CPUID_L80000001_ECX_svm).known)
		return true;
	/* In words there is no maximum, and Intel's processors have no such word. */
	if (sample->leaf_status[VI_L1] == VI_BITS ||
	    sample->leaf_status[VI_L80000001] == VI_BITS)
		return vi_vendor_intel(sample);
	return sample->leaf_status[VI_L80000000] != VI_READ ||
	       max >> 16 != 0x8000 || max < 0x80000001;
}

static bool vmx_is_known(const struct host_group *group)
{
	const struct vi_sample *sample = &group->sample;

	if (field_value(group, FIELD_CPUID_L1_ECX_vmx).known)
		return true;
	return sample->leaf_status[VI_L0] == VI_READ &&
	       !sample->leaf[VI_L0][VI_EAX];
}

static enum cpu_class unknown_class(const struct vi_sample *sample)
{
	enum vi_msr msr = vi_extension(sample) == VI_VMX ?
				  VI_IA32_FEATURE_CONTROL :
				  VI_VM_CR;

	return sample->msr_status[msr] == VI_GP ? CPU_FAULTED : CPU_UNREAD;
}

static enum cpu_class class_of(const struct host_group *group)
{
	const struct vi_sample *sample = &group->sample;

	if (vi_extension(sample) == VI_NO_EXTENSION)
		return vmx_is_known(group) && svm_is_known(group) ?
			       CPU_WITHOUT :
			       CPU_UNKNOWN;
	switch (vi_state(sample)) {
	case VI_STATE_ENABLED:
		return CPU_ENABLED;
	case VI_STATE_UNLOCKED:
		return CPU_UNLOCKED;
	case VI_STATE_DISABLED:
		return CPU_DISABLED;
	case VI_STATE_SMX_ONLY:
		return CPU_SMX_ONLY;
	default:
		return unknown_class(sample);
	}
}

/* Does the class come from a register that an input may not have of every CPU? */
static bool from_msr(enum cpu_class class)
{
	return class >= CPU_ENABLED && class <= CPU_FAULTED;
}

static int classify(struct hardware *hardware, enum cpu_class class,
		    const struct cpulist *cpus, const struct host_group *group)
{
	if (!hardware->example[class])
		hardware->example[class] = group;
	return cpulist_add_all(&hardware->by_class[class], cpus);
}

/* CPUs of a group whose registers were not read are only taken to be alike. */
static int classify_unknown(struct hardware *hardware,
			    const struct host_group *group)
{
	struct cpulist unread = { 0 };
	int error = host_group_msrs_unknown(group, &unread);

	if (!error && unread.count)
		error = classify(hardware, CPU_UNREAD, &unread, group);
	cpulist_free(&unread);
	return error;
}

static int add_group(struct hardware *hardware, const struct host_group *group)
{
	enum cpu_class class = class_of(group);
	bool partly = from_msr(class) && host_group_partial(group);

	if (!group->cpus.count)
		hardware->unnamed = true;
	if (!group->on_known)
		hardware->on_known = false;
	if (classify(hardware, class,
		     partly ? &group->msrs_known : &group->cpus, group) ||
	    (partly && classify_unknown(hardware, group)) ||
	    cpulist_add_all(&hardware->cpus, &group->cpus) ||
	    cpulist_add_all(&hardware->on, &group->vmx_on) ||
	    cpulist_add_all(&hardware->on, &group->svm_on))
		return -1;
	switch (vi_extension(&group->sample)) {
	case VI_VMX:
		return cpulist_add_all(&hardware->vmx, &group->cpus);
	case VI_SVM:
		return cpulist_add_all(&hardware->svm, &group->cpus);
	default:
		return 0;
	}
}

int hardware_of(struct hardware *hardware, const struct host *host)
{
	const char *named = facts_get(host->facts, FACT_CPUS_NAMED);

	memset(hardware, 0, sizeof(*hardware));
	hardware->on_known = true;
	hardware->any = host->nr_groups > 0;
	hardware->unnamed = named && !strcmp(named, "no");
	GROUP_EACH(host, group)
		if (add_group(hardware, group))
			return -1;
	return 0;
}

void hardware_free(struct hardware *hardware)
{
	cpulist_free(&hardware->cpus);
	cpulist_free(&hardware->vmx);
	cpulist_free(&hardware->svm);
	cpulist_free(&hardware->on);
	for (int class = 0; class < CPU_CLASSES; class ++)
		cpulist_free(&hardware->by_class[class]);
}

const char *vendor_module(enum vi_extension extension)
{
	return extension == VI_VMX ? "kvm_intel" :
	       extension == VI_SVM ? "kvm_amd" :
				     NULL;
}

bool hardware_has(const struct hardware *hardware, enum cpu_class class)
{
	return hardware->example[class] != NULL;
}
