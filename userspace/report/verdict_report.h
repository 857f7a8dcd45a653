/* SPDX-License-Identifier: GPL-2.0-only */
/* The verdict, as every report that has one shows it. */
#ifndef VIRTINFO_REPORT_VERDICT_REPORT_H
#define VIRTINFO_REPORT_VERDICT_REPORT_H

#include "verdict/verdict.h"
#include "output/json.h"
#include "output/out.h"

/* The reason, then its summary and remedy as paragraphs. */
void verdict_text(struct out *out, const struct verdict *verdict);

/* An object "verdict" in the open one. usable is null where it is unknown. */
void verdict_json(struct json *json, const struct verdict *verdict);

#endif
