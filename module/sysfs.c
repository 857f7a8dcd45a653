// SPDX-License-Identifier: GPL-2.0-only
/*
 * /sys/devices/system/cpu/cpuN/virtinfo/: one value a file. A register that
 * was not attempted on a CPU has no file there. Physical addresses are told
 * as "set" or "clear": a sysfs file does not know who opened it.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpu.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/sysfs.h>

#include "virtinfo.h"
#include "../common/text.h"

static struct device_attribute msr_attributes[VI_NR_MSRS];

static ssize_t show_msr(struct device *device,
			struct device_attribute *attribute, char *buffer)
{
	enum vi_msr msr = attribute - msr_attributes;
	bool fresh = vi_msrs[msr].flags & VI_VOLATILE;
	const struct vi_sample *sample =
		vi_sample_lock_killable(device->id, fresh);
	struct seq_buf text;

	if (IS_ERR(sample))
		return PTR_ERR(sample);
	seq_buf_init(&text, buffer, PAGE_SIZE);
	vi_text_value(&text, msr, sample, false);
	vi_sample_unlock();
	return text.len;
}

/* @fresh: the word may change. */
static ssize_t show_word(struct device *device, char *buffer, bool fresh,
			 const char *(*word)(const struct vi_sample *sample))
{
	const struct vi_sample *sample =
		vi_sample_lock_killable(device->id, fresh);
	ssize_t length;

	if (IS_ERR(sample))
		return PTR_ERR(sample);
	length = sysfs_emit(buffer, "%s\n", word(sample));
	vi_sample_unlock();
	return length;
}

static const char *on_name(const struct vi_sample *sample, enum vi_msr msr,
			   bool on)
{
	if (sample->msr_status[msr] != VI_READ)
		return "unknown";
	return on ? "1" : "0";
}

#define WORD(_name, fresh, expression)                                         \
	static const char *_name##_text(const struct vi_sample *sample)        \
	{                                                                      \
		return expression;                                             \
	}                                                                      \
	static ssize_t _name##_show(struct device *device,                     \
				    struct device_attribute *attribute,        \
				    char *buffer)                              \
	{                                                                      \
		return show_word(device, buffer, fresh, _name##_text);         \
	}                                                                      \
	static DEVICE_ATTR_RO(_name)

WORD(extension, false, vi_extension_name(vi_extension(sample)));
WORD(state, true, vi_state_name(vi_state(sample)));
WORD(paging, false, vi_paging_name(vi_paging(sample)));
WORD(vmx_on, true, on_name(sample, VI_CR4, vi_vmx_on(sample)));
WORD(svm_on, true, on_name(sample, VI_IA32_EFER, vi_svm_on(sample)));

/*
 * The kernel has macros with names of registers (MSR_KVM_WALL_CLOCK): only
 * # and ## in the table's own macros leave an id as it stands.
 */
static struct device_attribute msr_attributes[VI_NR_MSRS] = {
#define ATTRIBUTE(string)                                                      \
	{                                                                      \
		.attr = { .name = string, .mode = 0444 }, .show = show_msr     \
	}
#define CONTROL_REGISTER(id, number, flags, varies, source)                    \
	[VI_##id] = ATTRIBUTE(#id),
#define MSR(id, address, vendor, flags, varies, gate, source)                  \
	[VI_##id] = ATTRIBUTE(#id),
#include "../common/registers.def"
};

static struct attribute *attributes[] = { &dev_attr_extension.attr,
					  &dev_attr_state.attr,
					  &dev_attr_paging.attr,
					  &dev_attr_vmx_on.attr,
					  &dev_attr_svm_on.attr,
#define CONTROL_REGISTER(id, number, flags, varies, source)                    \
	&msr_attributes[VI_##id].attr,
#define MSR(id, address, vendor, flags, varies, gate, source)                  \
	&msr_attributes[VI_##id].attr,
#include "../common/registers.def"
					  NULL };

static bool has_file(const struct vi_sample *sample,
		     const struct attribute *attribute)
{
	const struct device_attribute *file =
		container_of(attribute, struct device_attribute, attr);

	if (attribute == &dev_attr_vmx_on.attr)
		return vi_extension(sample) == VI_VMX;
	if (attribute == &dev_attr_svm_on.attr)
		return vi_extension(sample) == VI_SVM;
	return file->show != show_msr ||
	       sample->msr_status[file - msr_attributes] != VI_NOT_ATTEMPTED;
}

static umode_t is_visible(struct kobject *kobject, struct attribute *attribute,
			  int index)
{
	/* Not refreshed: a CPU that comes online is to disturb no other. */
	const struct vi_sample *sample =
		vi_sample_lock(kobj_to_dev(kobject)->id);
	bool visible;

	if (!sample)
		return 0;
	visible = has_file(sample, attribute);
	vi_sample_unlock();
	return visible ? attribute->mode : 0;
}

static const struct attribute_group group = {
	.name = "virtinfo",
	.attrs = attributes,
	.is_visible = is_visible,
};

/*
 * CPUs that have the group: removing one that is not there is a warning.
 * Guarded by the lock of CPU hotplug.
 */
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

/* An update that fails takes the group away. */
static void update(unsigned int cpu)
{
	int error = sysfs_update_group(&get_cpu_device(cpu)->kobj, &group);

	if (!error)
		return;
	pr_warn("no sysfs files for CPU %u: error %d\n", cpu, error);
	cpumask_clear_cpu(cpu, &with_files);
}

void vi_sysfs_update(void)
{
	unsigned int cpu;

	cpus_read_lock();
	for_each_cpu(cpu, &with_files)
		update(cpu);
	cpus_read_unlock();
}
