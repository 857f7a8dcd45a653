// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/devices/system/cpu/cpuN/virtinfo/: one value a file. A register that
 * was not attempted on a CPU has no file there. Physical addresses are told
 * as "set" or "clear": a sysfs file does not know who opened it.
 */
#include <linux/cpu.h>
#include <linux/device.h>
#include <linux/sysfs.h>

#include "virtinfo.h"
#include "../common/summary.h"

struct msr_attribute {
	struct device_attribute attribute;
	enum vi_msr msr;
};

static ssize_t show_msr(struct device *device,
			struct device_attribute *attribute, char *buffer)
{
	const struct msr_attribute *file =
		container_of(attribute, struct msr_attribute, attribute);
	struct vi_sample sample;

	if (!vi_sample_get(device->id, &sample))
		return -ENODEV;
	if (sample.msr_status[file->msr] != VI_READ)
		return sysfs_emit(buffer, "#GP\n");
	if (vi_msrs[file->msr].flags & VI_SENSITIVE)
		return sysfs_emit(buffer, "%s\n",
				  sample.msr[file->msr] ? "set" : "clear");
	return sysfs_emit(buffer, "0x%016llx\n", sample.msr[file->msr]);
}

static ssize_t show_word(struct device *device, char *buffer,
			 const char *(*word)(const struct vi_sample *sample))
{
	struct vi_sample sample;

	if (!vi_sample_get(device->id, &sample))
		return -ENODEV;
	return sysfs_emit(buffer, "%s\n", word(&sample));
}

#define SUMMARY(_name, expression)                                             \
	static const char *_name##_text(const struct vi_sample *sample)        \
	{                                                                      \
		return expression;                                             \
	}                                                                      \
	static ssize_t _name##_show(struct device *device,                     \
				    struct device_attribute *attribute,        \
				    char *buffer)                              \
	{                                                                      \
		return show_word(device, buffer, _name##_text);                \
	}                                                                      \
	static DEVICE_ATTR_RO(_name)

SUMMARY(extension, vi_extension_name(vi_extension(sample)));
SUMMARY(state, vi_state_name(vi_state(sample)));
SUMMARY(paging, vi_paging_name(vi_paging(sample)));
SUMMARY(vmx_on, vi_vmx_on(sample) ? "1" : "0");
SUMMARY(svm_on, vi_svm_on(sample) ? "1" : "0");

/*
 * The kernel has macros with names of registers (MSR_KVM_WALL_CLOCK): only
 * # and ## in the table's own macros leave an id as it stands.
 */
#define ATTRIBUTE(string, number)                                              \
	{                                                                      \
		.attribute = { .attr = { .name = string, .mode = 0444 },       \
			       .show = show_msr },                             \
		.msr = number,                                                 \
	};
#define CONTROL_REGISTER(id, number, flags, varies, source)                    \
	static struct msr_attribute attribute_##id = ATTRIBUTE(#id, VI_##id)
#define MSR(id, address, vendor, flags, varies, gate, source)                  \
	static struct msr_attribute attribute_##id = ATTRIBUTE(#id, VI_##id)
#include "../common/registers.def"

static struct attribute *attributes[] = { &dev_attr_extension.attr,
					  &dev_attr_state.attr,
					  &dev_attr_paging.attr,
					  &dev_attr_vmx_on.attr,
					  &dev_attr_svm_on.attr,
#define CONTROL_REGISTER(id, number, flags, varies, source)                    \
	&attribute_##id.attribute.attr,
#define MSR(id, address, vendor, flags, varies, gate, source)                  \
	&attribute_##id.attribute.attr,
#include "../common/registers.def"
					  NULL };

static umode_t is_visible(struct kobject *kobject, struct attribute *attribute,
			  int index)
{
	const struct device *device = kobj_to_dev(kobject);
	const struct device_attribute *file =
		container_of(attribute, struct device_attribute, attr);
	const struct msr_attribute *msr =
		container_of(file, struct msr_attribute, attribute);
	struct vi_sample sample;

	/* Not refreshed: a CPU that comes online is to disturb no other. */
	if (!vi_sample_stored(device->id, &sample))
		return 0;
	if (attribute == &dev_attr_vmx_on.attr)
		return vi_extension(&sample) == VI_VMX ? attribute->mode : 0;
	if (attribute == &dev_attr_svm_on.attr)
		return vi_extension(&sample) == VI_SVM &&
				       sample.msr_status[VI_IA32_EFER] ==
					       VI_READ ?
			       attribute->mode :
			       0;
	if (file->show != show_msr)
		return attribute->mode;
	return sample.msr_status[msr->msr] == VI_NOT_ATTEMPTED ?
		       0 :
		       attribute->mode;
}

static const struct attribute_group group = {
	.name = "virtinfo",
	.attrs = attributes,
	.is_visible = is_visible,
};

/* CPUs that have the group. Removing one that is not there is a warning. */
static struct cpumask with_files;

int vi_sysfs_add(unsigned int cpu)
{
	struct device *device = get_cpu_device(cpu);
	int error =
		device ? sysfs_create_group(&device->kobj, &group) : -ENODEV;

	if (!error)
		cpumask_set_cpu(cpu, &with_files);
	return error;
}

void vi_sysfs_remove(unsigned int cpu)
{
	if (cpumask_test_and_clear_cpu(cpu, &with_files))
		sysfs_remove_group(&get_cpu_device(cpu)->kobj, &group);
}
