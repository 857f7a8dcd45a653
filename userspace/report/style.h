/* SPDX-License-Identifier: GPL-2.0-only */
/* The styles of answers and checks, the same in every report. */
#ifndef VIRTINFO_REPORT_STYLE_H
#define VIRTINFO_REPORT_STYLE_H

#include "output/out.h"
#include "verdict/verdict.h"

/* Of what a machine has or not: no is nothing bad. */
static inline enum out_style answer_style(enum answer answer)
{
	return answer == ANSWER_YES ? OUT_GOOD :
	       answer == ANSWER_NO  ? OUT_DIM :
				      OUT_WARN;
}

/* Of a verdict: can guests run? */
static inline enum out_style usable_style(enum answer usable)
{
	return usable == ANSWER_NO ? OUT_BAD : answer_style(usable);
}

static inline enum out_style stage_style(enum stage_status status)
{
	return status == STAGE_PASS    ? OUT_GOOD :
	       status == STAGE_FAIL    ? OUT_BAD :
	       status == STAGE_SKIPPED ? OUT_DIM :
					 OUT_WARN;
}

#endif
