// SPDX-License-Identifier: GPL-2.0-only
/* What the profile asks for, one stage for each stage of the verdict. */
#include "verdict/stage.h"

#include <stdlib.h>
#include <string.h>

static void unmet(struct stage *stage, const struct requirement *requirement)
{
	char text[REQUIREMENT_TEXT];

	free(stage->remedy);
	stage->remedy = NULL;
	stage_fail(stage, REASON_PROFILE_UNMET);
	stage_remedy(stage, "%s",
		     requirement_advice(stage->v->host, requirement));
	stage_summary(stage, "not ready for %s: %s", stage->v->profile->title,
		      requirement_lack(stage->v->host, requirement, text));
}

static void judge_requirement(struct stage *stage,
			      const struct requirement *requirement)
{
	char text[REQUIREMENT_TEXT], seen[REQUIREMENT_TEXT];
	const char *name = requirement_name(requirement, text);
	enum answer met = requirement_met(stage->v->host, requirement, seen);

	stage_evidence(stage, "%s: %s (%s)%s", name, answer_name(met), seen,
		       requirement->must ? "" : ", recommended");
	if (met == ANSWER_YES || stage->status == STAGE_FAIL)
		return;
	if (!requirement->must) {
		if (stage->status == STAGE_PASS)
			stage->status = STAGE_WARN;
		if (met == ANSWER_NO && stage->status == STAGE_WARN)
			stage_remedy(stage, "%s",
				     requirement_advice(stage->v->host,
							requirement));
	} else if (met == ANSWER_NO) {
		unmet(stage, requirement);
	} else if (stage->status != STAGE_UNKNOWN) {
		stage->status = STAGE_UNKNOWN;
		stage_summary(stage, "whether %s is there is not known", name);
		remedy_evidence(stage);
	}
}

static bool applies(const struct verdict_context *v,
		    const struct requirement *requirement)
{
	return requirement->profile == v->profile->id &&
	       (!strcmp(requirement->extension, "any") ||
		!strcmp(requirement->extension,
			vi_extension_name(v->extension)));
}

bool stage_profile(struct stage *stage, enum stage_id of)
{
	const struct requirement *requirement;
	bool any = false;
	size_t i;

	for (i = 0; (requirement = requirement_at(i)); i++) {
		if (requirement->stage != of || !applies(stage->v, requirement))
			continue;
		judge_requirement(stage, requirement);
		any = true;
	}
	return any;
}
