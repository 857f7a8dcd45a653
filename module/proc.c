// SPDX-License-Identifier: GPL-2.0-only
/* /proc/virtinfo: a snapshot taken at open, so that every read is of one moment. */
#include <linux/capability.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/utsname.h>
#include <xen/xen.h>

#include "compat.h"
#include "virtinfo.h"
#include "../common/text.h"

struct vi_open {
	struct vi_snapshot *snapshot;
	bool addresses; /* opened by one who may see physical addresses */
};

/* A Xen PV guest shows neither in native CPUID: only the kernel knows. */
static void show_xen(struct seq_file *file)
{
	if (!xen_domain())
		return;
	seq_printf(file, "xen domain\t: %s%s\n",
		   xen_pv_domain()  ? "pv" :
		   xen_pvh_domain() ? "pvh" :
				      "hvm",
		   xen_initial_domain() ? ", initial" : "");
}

static void show_header(struct seq_file *file,
			const struct vi_snapshot *snapshot)
{
	struct tm tm;

	time64_to_tm(snapshot->time, 0, &tm);
	seq_printf(file, "virtinfo\t: %u\n", VI_FORMAT);
	seq_printf(file, "version\t\t: %s\n", VIRTINFO_VERSION);
	seq_printf(file, "kernel\t\t: %s\n", init_utsname()->release);
	seq_printf(file, "cpus covered\t: %*pbl\n",
		   cpumask_pr_args(&snapshot->cpus));
	seq_printf(file, "sampled\t\t: %04ld-%02d-%02dT%02d:%02d:%02dZ\n",
		   tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		   tm.tm_min, tm.tm_sec);
	show_xen(file);
}

static void show_on(struct seq_file *file, const char *key,
		    const struct cpumask *cpus)
{
	if (cpumask_empty(cpus))
		seq_printf(file, "%s\t\t: none\n", key);
	else
		seq_printf(file, "%s\t\t: %*pbl\n", key, cpumask_pr_args(cpus));
}

static int vi_show(struct seq_file *file, void *v)
{
	const struct vi_open *open = file->private;
	const struct vi_group *group = v;

	if (v == SEQ_START_TOKEN) {
		show_header(file, open->snapshot);
		return 0;
	}
	seq_printf(file, "\ncpus\t\t: %*pbl\n", cpumask_pr_args(&group->cpus));
	vi_text_summary(file, &group->sample, &open->snapshot->hv);
	switch (vi_extension(&group->sample)) {
	case VI_VMX:
		show_on(file, "vmx on", &group->vmx_on);
		break;
	case VI_SVM:
		/* Where EFER took a fault nobody knows, and the line is left out. */
		if (group->sample.msr_status[VI_IA32_EFER] == VI_READ)
			show_on(file, "svm on", &group->svm_on);
		break;
	default:
		break;
	}
	vi_text_registers(file, &group->sample, &open->snapshot->hv,
			  open->addresses);
	return 0;
}

static void *vi_start(struct seq_file *file, loff_t *pos)
{
	const struct vi_open *open = file->private;

	if (!*pos)
		return SEQ_START_TOKEN;
	if (*pos > open->snapshot->nr_groups)
		return NULL;
	return &open->snapshot->groups[*pos - 1];
}

static void *vi_next(struct seq_file *file, void *v, loff_t *pos)
{
	++*pos;
	return vi_start(file, pos);
}

static void vi_stop(struct seq_file *file, void *v)
{
}

static const struct seq_operations vi_seq_ops = {
	.start = vi_start,
	.next = vi_next,
	.stop = vi_stop,
	.show = vi_show,
};

static int vi_open(struct inode *inode, struct file *file)
{
	struct vi_open *open;

	open = __seq_open_private(file, &vi_seq_ops, sizeof(*open));
	if (!open)
		return -ENOMEM;
	open->snapshot = vi_snapshot_get();
	if (!open->snapshot) {
		seq_release_private(inode, file);
		return -ENOMEM;
	}
	open->addresses = file_ns_capable(file, &init_user_ns, CAP_SYS_RAWIO);
	return 0;
}

static int vi_release(struct inode *inode, struct file *file)
{
	const struct seq_file *seq = file->private_data;
	const struct vi_open *open = seq->private;

	vi_snapshot_put(open->snapshot);
	return seq_release_private(inode, file);
}

static const struct proc_ops vi_proc_ops = {
	.proc_open = vi_open,
	.proc_read_iter = seq_read_iter,
	.proc_lseek = seq_lseek,
	.proc_release = vi_release,
};

int vi_proc_init(void)
{
	return proc_create("virtinfo", 0444, NULL, &vi_proc_ops) ? 0 : -ENOMEM;
}

void vi_proc_exit(void)
{
	remove_proc_entry("virtinfo", NULL);
}
