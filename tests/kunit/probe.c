// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stands at the entry of a kernel function and counts the calls that come from
 * virtinfo.ko; makes one of them fail when asked to. For what fail-nth cannot
 * reach (per-CPU memory) or not tell (broadcasts).
 *
 *	insmod virtinfo_probe.ko function=NAME [nth=N value=V]
 *
 * The call number N does not run and returns V. A number M written to the
 * parameter "arm" makes the next call set the caller's fail-nth to M: faults
 * begin with the module's own code, not with the kernel that loads it.
 */
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/sched.h>

static char *function;
module_param(function, charp, 0444);
static int nth;
module_param(nth, int, 0444);
static long value;
module_param(value, long, 0444);
static atomic_t calls = ATOMIC_INIT(0);
#ifdef CONFIG_FAULT_INJECTION
static int arm;
module_param(arm, int, 0644);
#endif

static int get_calls(char *buffer, const struct kernel_param *unused)
{
	return sysfs_emit(buffer, "%d\n", atomic_read(&calls));
}

static const struct kernel_param_ops calls_ops = { .get = get_calls };
module_param_cb(calls, &calls_ops, NULL, 0444);

static int on_entry(struct kprobe *probe, struct pt_regs *regs)
{
	unsigned long caller = *(unsigned long *)regs->sp;
	char symbol[KSYM_SYMBOL_LEN];

	/* "name+0x10/0x20 [module]" */
	snprintf(symbol, sizeof(symbol), "%pS", (void *)caller);
	if (!strstr(symbol, " [virtinfo]"))
		return 0;
#ifdef CONFIG_FAULT_INJECTION
	if (arm)
		current->fail_nth = xchg(&arm, 0);
#endif
	if (atomic_inc_return(&calls) != nth)
		return 0;
	regs->ax = value;
	regs->ip = caller;
	regs->sp += sizeof(caller);
	return 1;
}
NOKPROBE_SYMBOL(on_entry);

/* Its presence keeps the probe from being made a jump, which cannot skip. */
static void after(struct kprobe *probe, struct pt_regs *regs,
		  unsigned long flags)
{
}
NOKPROBE_SYMBOL(after);

static struct kprobe probe = {
	.pre_handler = on_entry,
	.post_handler = after,
};

static int __init probe_init(void)
{
	if (!function)
		return -EINVAL;
	probe.symbol_name = function;
	return register_kprobe(&probe);
}

static void __exit probe_exit(void)
{
	unregister_kprobe(&probe);
}

module_init(probe_init);
module_exit(probe_exit);

MODULE_DESCRIPTION("Counts and fails calls that virtinfo makes");
MODULE_LICENSE("GPL");
