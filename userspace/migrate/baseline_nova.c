// SPDX-License-Identifier: GPL-2.0-only
/*
 * [libvirt] of OpenStack's nova.conf: nova/conf/libvirt.py. The width of physical
 * addresses is a property of images or flavors there.
 */
#include "migrate/baseline_plan.h"

static int comment_phys_bits(struct out *out, const struct baseline_plan *plan)
{
	char text[160];

	snprintf(
		text, sizeof(text),
		"physical addresses of guests: %u bits; set in the flavor: hw:maxphysaddr_mode=emulate hw:maxphysaddr_bits=%u (2024.1)",
		plan->phys_bits, plan->phys_bits);
	return out_comment(out, COMMENT_HASH, text);
}

int baseline_nova(struct out *out, const struct baseline_plan *plan)
{
	size_t i;

	if (baseline_plan_comments(out, plan, COMMENT_HASH))
		return -1;
	if (plan->phys_bits && comment_phys_bits(out, plan))
		return -1;
	if (!plan->model)
		return 0;
	out_printf(out,
		   "[libvirt]\n"
		   "cpu_mode = custom\n"
		   "cpu_models = %s\n",
		   plan->model);
	for (i = 0; i < plan->nr_switches; i++)
		out_printf(out, "%s%c%s", i ? ", " : "cpu_model_extra_flags = ",
			   plan->switches[i].on ? '+' : '-',
			   plan->switches[i].name);
	if (plan->nr_switches)
		out_printf(out, "\n");
	return 0;
}
