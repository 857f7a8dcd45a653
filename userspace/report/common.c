// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>

#include "report/report.h"

int report_out_of_memory(void)
{
	fputs("virtinfo: out of memory\n", stderr);
	return STATUS_FAILED;
}
