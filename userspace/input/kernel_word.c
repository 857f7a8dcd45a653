// SPDX-License-Identifier: GPL-2.0-only
/* What the kernel made of its hypervisor when it booted: its clock source. */
#include "input/gather.h"

void gather_kernel_word(struct gather *gather)
{
	gather_file(
		gather, "clocksource",
		"/sys/devices/system/clocksource/clocksource0/current_clocksource");
}
