// SPDX-License-Identifier: GPL-2.0-only
/*
 * The part of a KubeVirt VirtualMachine that names its CPU, by libvirt's names.
 * KubeVirt has no word for the width of physical addresses.
 */
#include "migrate/baseline_plan.h"

static int comment_phys_bits(struct out *out, const struct baseline_plan *plan)
{
	char text[128];

	snprintf(
		text, sizeof(text),
		"physical addresses of guests: %u bits at most, which KubeVirt cannot set",
		plan->phys_bits);
	return out_comment(out, COMMENT_HASH, text);
}

int baseline_kubevirt(struct out *out, const struct baseline_plan *plan)
{
	size_t i;

	if (baseline_plan_comments(out, plan, COMMENT_HASH))
		return -1;
	if (plan->phys_bits && comment_phys_bits(out, plan))
		return -1;
	if (!plan->model)
		return 0;
	out_printf(out,
		   "spec:\n"
		   "  template:\n"
		   "    spec:\n"
		   "      domain:\n"
		   "        cpu:\n"
		   "          model: \"%s\"\n"
		   "          features:%s\n",
		   plan->model, plan->nr_switches ? "" : " []");
	for (i = 0; i < plan->nr_switches; i++)
		out_printf(out,
			   "          - name: \"%s\"\n"
			   "            policy: %s\n",
			   plan->switches[i].name,
			   plan->switches[i].on ? "require" : "disable");
	return 0;
}
