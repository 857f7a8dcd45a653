// SPDX-License-Identifier: GPL-2.0-only
/* What the profile asks for, one rung for each stage of the ladder. */
#include "model/rungs.h"

#include <stdlib.h>
#include <string.h>

static void unmet(struct judging *judging, struct rung *rung,
		  const struct requirement *requirement)
{
	char text[REQUIREMENT_TEXT];

	free(rung->remedy);
	rung->remedy = NULL;
	rung_fail(judging, rung, REASON_PROFILE_UNMET);
	rung_remedy(judging, rung, "%s",
		    requirement_advice(judging->host, requirement));
	rung_summary(judging, rung, "not ready for %s: %s",
		     judging->profile->title,
		     requirement_lack(judging->host, requirement, text));
}

static void judge_requirement(struct judging *judging, struct rung *rung,
			      const struct requirement *requirement)
{
	char text[REQUIREMENT_TEXT], seen[REQUIREMENT_TEXT];
	const char *name = requirement_name(requirement, text);
	enum answer met = requirement_met(judging->host, requirement, seen);

	rung_evidence(judging, rung, "%s: %s (%s)%s", name, answer_name(met),
		      seen, requirement->must ? "" : ", recommended");
	if (met == ANSWER_YES || rung->status == RUNG_FAIL)
		return;
	if (!requirement->must) {
		if (rung->status == RUNG_PASS)
			rung->status = RUNG_WARN;
		if (met == ANSWER_NO && rung->status == RUNG_WARN)
			rung_remedy(
				judging, rung, "%s",
				requirement_advice(judging->host, requirement));
	} else if (met == ANSWER_NO) {
		unmet(judging, rung, requirement);
	} else if (rung->status != RUNG_UNKNOWN) {
		rung->status = RUNG_UNKNOWN;
		rung_summary(judging, rung, "whether %s is there is not known",
			     name);
		remedy_evidence(judging, rung);
	}
}

static bool applies(const struct judging *judging,
		    const struct requirement *requirement)
{
	return requirement->profile == judging->profile->id &&
	       (!strcmp(requirement->extension, "any") ||
		!strcmp(requirement->extension,
			vi_extension_name(judging->extension)));
}

bool rung_profile(struct judging *judging, struct rung *rung,
		  enum rung_id stage)
{
	const struct requirement *requirement;
	bool any = false;
	size_t i;

	for (i = 0; (requirement = requirement_at(i)); i++) {
		if (requirement->stage != stage ||
		    !applies(judging, requirement))
			continue;
		judge_requirement(judging, rung, requirement);
		any = true;
	}
	return any;
}
