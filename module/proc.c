// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/virtinfo: a report made at open, so that every read is of one moment.
 * It is kept with its snapshot: all who open the file within a second read the
 * same one, and the cost of many readers is that of copying it.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/capability.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/seq_buf.h>
#include <linux/slab.h>
#include <linux/uio.h>
#include <linux/utsname.h>
#include <xen/xen.h>

#include "compat.h"
#include "virtinfo.h"
#include "../common/text.h"

/* A Xen PV guest shows neither in native CPUID: only the kernel knows. */
static void show_xen(vi_text *text)
{
	if (!xen_domain())
		return;
	vi_print(text, "xen domain\t: %s%s\n",
		 xen_pv_domain()  ? "pv" :
		 xen_pvh_domain() ? "pvh" :
				    "hvm",
		 xen_initial_domain() ? ", initial" : "");
}

static void show_header(vi_text *text, const struct vi_snapshot *snapshot)
{
	struct tm tm;

	time64_to_tm(snapshot->time, 0, &tm);
	vi_print(text, "virtinfo\t: %u\n", VI_FORMAT);
	vi_print(text, "version\t\t: %s\n", VIRTINFO_VERSION);
	vi_print(text, "kernel\t\t: %s\n", init_utsname()->release);
	vi_print(text, "cpus covered\t: %*pbl\n",
		 cpumask_pr_args(&snapshot->cpus));
	vi_print(text, "sampled\t\t: %04ld-%02d-%02dT%02d:%02d:%02dZ\n",
		 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
		 tm.tm_min, tm.tm_sec);
	show_xen(text);
}

static void show_on(vi_text *text, const char *key, const struct cpumask *cpus)
{
	if (cpumask_empty(cpus))
		vi_print(text, "%s\t\t: none\n", key);
	else
		vi_print(text, "%s\t\t: %*pbl\n", key, cpumask_pr_args(cpus));
}

static void show_age(vi_text *text, const struct vi_group *group)
{
	if (cpumask_empty(&group->older))
		return;
	show_on(text, "older", &group->older);
	vi_print(text, "older by\t: %u\n", group->older_by);
}

static void show_group(vi_text *text, const struct vi_group *group,
		       const struct vi_hv *hv, bool addresses)
{
	vi_print(text, "\ncpus\t\t: %*pbl\n", cpumask_pr_args(&group->cpus));
	vi_text_summary(text, &group->sample, hv);
	switch (vi_extension(&group->sample)) {
	case VI_VMX:
		show_on(text, "vmx on", &group->vmx_on);
		break;
	case VI_SVM:
		/* Where EFER took a fault nobody knows, and the line is left out. */
		if (group->sample.msr_status[VI_IA32_EFER] == VI_READ)
			show_on(text, "svm on", &group->svm_on);
		break;
	default:
		break;
	}
	show_age(text, group);
	vi_text_registers(text, &group->sample, hv, addresses);
}

static struct vi_report *new_report(struct vi_snapshot *snapshot,
				    bool addresses)
{
	/* Of the whole report: powers of two are what the allocator has. */
	size_t size = PAGE_SIZE * (1 + snapshot->nr_groups);
	struct vi_report *report;
	struct seq_buf text;
	unsigned int i;

	for (;; size *= 2) {
		report = kvmalloc(size, GFP_KERNEL_ACCOUNT);
		if (!report)
			return NULL;
		seq_buf_init(&text, report->text, size - sizeof(*report));
		show_header(&text, snapshot);
		for (i = 0; i < snapshot->nr_groups; i++)
			show_group(&text, &snapshot->groups[i], &snapshot->hv,
				   addresses);
		if (!seq_buf_has_overflowed(&text))
			break;
		kvfree(report);
	}
	report->snapshot = snapshot;
	report->length = text.len;
	return report;
}

/* The snapshot's report, made by the first who asks. NULL without memory. */
static struct vi_report *get_report(struct vi_snapshot *snapshot,
				    bool addresses)
{
	struct vi_report **place = &snapshot->reports[addresses];
	struct vi_report *report = READ_ONCE(*place), *first;

	if (report)
		return report;
	report = new_report(snapshot, addresses);
	if (!report)
		return NULL;
	first = cmpxchg(place, NULL, report);
	if (!first)
		return report;
	kvfree(report);
	return first;
}

static int vi_open(struct inode *inode, struct file *file)
{
	/*
	 * Who opens it counts, not who reads it. To be without the capability
	 * is no offence: a security module's log is not to name every reader.
	 */
	bool privileged = ns_capable_noaudit(&init_user_ns, CAP_SYS_RAWIO);
	struct vi_snapshot *snapshot = vi_snapshot_get(privileged);

	if (IS_ERR(snapshot))
		return PTR_ERR(snapshot);
	file->private_data = get_report(snapshot, privileged);
	if (file->private_data)
		return 0;
	vi_snapshot_put(snapshot);
	return -ENOMEM;
}

static ssize_t vi_read(struct kiocb *iocb, struct iov_iter *to)
{
	const struct vi_report *report = iocb->ki_filp->private_data;
	size_t copied;

	if (iocb->ki_pos >= report->length || !iov_iter_count(to))
		return 0;
	copied = copy_to_iter(report->text + iocb->ki_pos,
			      report->length - iocb->ki_pos, to);
	iocb->ki_pos += copied;
	return copied ? copied : -EFAULT;
}

static loff_t vi_lseek(struct file *file, loff_t offset, int whence)
{
	const struct vi_report *report = file->private_data;

	return generic_file_llseek_size(file, offset, whence, MAX_LFS_FILESIZE,
					report->length);
}

static int vi_release(struct inode *inode, struct file *file)
{
	const struct vi_report *report = file->private_data;

	vi_snapshot_put(report->snapshot);
	return 0;
}

static const struct proc_ops vi_proc_ops = {
	.proc_open = vi_open,
	.proc_read_iter = vi_read,
	.proc_lseek = vi_lseek,
	.proc_release = vi_release,
};

int vi_proc_init(void)
{
	if (!IS_ENABLED(CONFIG_PROC_FS)) {
		pr_err("this kernel has no /proc (CONFIG_PROC_FS is not set)\n");
		return -EOPNOTSUPP;
	}
	return proc_create("virtinfo", 0444, NULL, &vi_proc_ops) ? 0 : -ENOMEM;
}

void vi_proc_exit(void)
{
	remove_proc_entry("virtinfo", NULL);
}
