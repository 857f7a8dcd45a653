// SPDX-License-Identifier: GPL-2.0-only
#include "report/verdict_report.h"

#include "report/running_under.h"
#include "report/style.h"

void verdict_text(struct out *out, const struct verdict *verdict)
{
	out_styled(out, usable_style(verdict->usable), "%s",
		   reason_info(verdict->reason)->name);
	out_printf(out, "\n");
	out_paragraph(out, 2, verdict->summary);
	if (verdict->remedy)
		out_paragraph(out, 2, verdict->remedy);
}

void verdict_json(struct json *json, const struct verdict *verdict)
{
	json_begin_object(json, "verdict");
	json_string(json, "reason", reason_info(verdict->reason)->name);
	json_answer(json, "usable", verdict->usable);
	json_int(json, "exit_status", verdict_exit_status(verdict));
	json_string(json, "summary", verdict->summary);
	json_string(json, "remedy", verdict->remedy);
	json_end(json);
}
