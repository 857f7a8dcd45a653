// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo status: one screen. */
#include <stdlib.h>

#include "report/report.h"

int report_status(struct out *out, const struct host *host,
		  const struct options *options)
{
	return report_cpus(out, host, options);
}
