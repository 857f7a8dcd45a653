// SPDX-License-Identifier: GPL-2.0-only
/* <cpu> of a libvirt domain: libvirt docs/formatdomain.rst. */
#include "migrate/baseline_plan.h"

#include "base/release.h"

/* <maxphysaddr> came with libvirt 8.7. */
#define MAXPHYSADDR KERNEL_RELEASE(8, 7)

static int comment_phys_bits(struct out *out, const struct baseline_plan *plan)
{
	char text[128];

	snprintf(
		text, sizeof(text),
		"physical addresses of guests: %u bits at most; <maxphysaddr> is of libvirt 8.7",
		plan->phys_bits);
	return out_comment(out, COMMENT_XML, text);
}

int baseline_libvirt(struct out *out, const struct baseline_plan *plan)
{
	bool sets_phys_bits = !plan->version || plan->version >= MAXPHYSADDR;
	size_t i;

	if (baseline_plan_comments(out, plan, COMMENT_XML))
		return -1;
	if (plan->phys_bits && !sets_phys_bits && comment_phys_bits(out, plan))
		return -1;
	if (!plan->model)
		return 0;
	out_printf(out,
		   "<cpu mode='custom' match='exact' check='partial'>\n"
		   "  <model fallback='forbid'>%s</model>\n",
		   plan->model);
	if (plan->phys_bits && sets_phys_bits)
		out_printf(out, "  <maxphysaddr mode='emulate' bits='%u'/>\n",
			   plan->phys_bits);
	for (i = 0; i < plan->nr_switches; i++)
		out_printf(out, "  <feature policy='%s' name='%s'/>\n",
			   plan->switches[i].on ? "require" : "disable",
			   plan->switches[i].name);
	out_printf(out, "</cpu>\n");
	return 0;
}
