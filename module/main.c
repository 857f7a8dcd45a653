// SPDX-License-Identifier: GPL-2.0-only
/*
 * virtinfo: can this machine run virtual machines in hardware? Reads CPUID,
 * IA32_FEATURE_CONTROL, the VMX capability MSRs and AMD's counterparts on
 * every CPU and publishes them in /proc/virtinfo and sysfs. It only reads.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpuhotplug.h>
#include <linux/module.h>
#include <linux/suspend.h>

#include "virtinfo.h"

static enum cpuhp_state hotplug_state;
/* Of adding sysfs files while loading; later a CPU comes up without them. */
static int sysfs_error;

static int vi_cpu_online(unsigned int cpu)
{
	int error;

	vi_sample_online(cpu);
	error = vi_sysfs_add(cpu);
	if (error) {
		pr_warn("no sysfs files for CPU %u: error %d\n", cpu, error);
		sysfs_error = error;
	}
	/* A CPU is worth more than our files: never refuse it. */
	return 0;
}

static int vi_cpu_offline(unsigned int cpu)
{
	vi_sysfs_remove(cpu);
	vi_sample_offline(cpu);
	return 0;
}

/* CPUs that sleep took offline are sampled as they come online; one was not. */
static int vi_pm_event(struct notifier_block *block, unsigned long event,
		       void *unused)
{
	if (event == PM_POST_SUSPEND || event == PM_POST_HIBERNATION ||
	    event == PM_POST_RESTORE) {
		vi_samples_reread();
		vi_sysfs_update();
	}
	return NOTIFY_DONE;
}

static struct notifier_block pm_notifier = {
	.notifier_call = vi_pm_event,
};

static int __init virtinfo_init(void)
{
	int error;

	error = vi_samples_init(&vi_hardware);
	if (error)
		return error;

	error = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "x86/virtinfo:online",
				  vi_cpu_online, vi_cpu_offline);
	if (error < 0)
		goto free_samples;
	hotplug_state = error;
	error = sysfs_error;
	if (error)
		goto remove_hotplug;

	error = register_pm_notifier(&pm_notifier);
	if (error)
		goto remove_hotplug;

	error = vi_proc_init();
	if (error)
		goto remove_notifier;
	return 0;

remove_notifier:
	unregister_pm_notifier(&pm_notifier);
remove_hotplug:
	cpuhp_remove_state(hotplug_state);
free_samples:
	vi_samples_exit();
	return error;
}

static void __exit virtinfo_exit(void)
{
	vi_proc_exit();
	unregister_pm_notifier(&pm_notifier);
	cpuhp_remove_state(hotplug_state);
	vi_samples_exit();
}

module_init(virtinfo_init);
module_exit(virtinfo_exit);

MODULE_AUTHOR("The virtinfo developers");
MODULE_DESCRIPTION("Hardware virtualization capabilities of every CPU");
MODULE_LICENSE("GPL");
MODULE_VERSION(VIRTINFO_VERSION);
