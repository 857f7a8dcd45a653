// SPDX-License-Identifier: GPL-2.0-only
/*
 * A model of Proxmox VE's /etc/pve/virtual-guest/cpu-models.conf, which adds
 * "enforce" itself: qemu-server, PVE/QemuServer/CPUConfig.pm.
 */
#include "migrate/baseline_plan.h"

int baseline_proxmox(struct out *out, const struct baseline_plan *plan)
{
	size_t i;

	if (baseline_plan_comments(out, plan, COMMENT_HASH))
		return -1;
	if (!plan->model)
		return 0;
	out_printf(out, "cpu-model: baseline\n");
	for (i = 0; i < plan->nr_switches; i++)
		out_printf(out, "%s%c%s", i ? ";" : "\tflags ",
			   plan->switches[i].on ? '+' : '-',
			   plan->switches[i].name);
	out_printf(out, "%s\treported-model %s\n",
		   plan->nr_switches ? "\n" : "", plan->model);
	if (plan->phys_bits)
		out_printf(out, "\tphys-bits %u\n", plan->phys_bits);
	return 0;
}
