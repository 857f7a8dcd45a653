// SPDX-License-Identifier: GPL-2.0-only
/* What the profile asks for, one stage for each stage of the verdict. */
#include "verdict/processors.h"
#include "verdict/stage.h"

#include <stdlib.h>
#include <string.h>

static bool applies(const struct verdict_context *v,
		    const struct requirement *requirement)
{
	return requirement->profile == v->profile->id &&
	       requirement_asks(v->host, requirement) &&
	       (!strcmp(requirement->extension, "any") ||
		!strcmp(requirement->extension,
			vi_extension_name(v->extension)));
}

/* Does the hypervisor decide whether the processor has it? */
static bool is_of_cpu_model(const struct verdict_context *v,
			    const struct requirement *requirement)
{
	return is_guest(v) && requirement->stage == STAGE_PROCESSOR;
}

static bool is_confidential(const struct profile *profile)
{
	return profile->id == PROFILE_SEV || profile->id == PROFILE_SEV_ES ||
	       profile->id == PROFILE_SEV_SNP || profile->id == PROFILE_TDX;
}

/* Whom to blame: the processor, whoever makes a guest's, or the host's rest. */
static void advise(struct stage *stage, const struct requirement *requirement)
{
	const struct processor_feature *lacks =
		processor_lacks(stage->v->host, requirement);

	if (lacks)
		remedy_processor_lacks(stage, lacks->name);
	else if (is_of_cpu_model(stage->v, requirement) &&
		 is_confidential(stage->v->profile))
		remedy_confidential(stage);
	else if (is_of_cpu_model(stage->v, requirement))
		remedy_cpu_model(stage);
	else
		stage_remedy(stage, "%s",
			     requirement_advice(stage->v->host, requirement));
}

/* Others that may be the cause: they are musts too, and are not known. */
static void name_causes(struct stage *stage, const struct requirement *unmet)
{
	char seen[REQUIREMENT_TEXT];

	if (unmet->stage < STAGE_KERNEL && unmet->level != LEVEL_CAUSE)
		return;
	REQUIREMENT_EACH(requirement)
		if (requirement->level == LEVEL_CAUSE && requirement != unmet &&
		    applies(stage->v, requirement) &&
		    requirement_met(stage->v->host, requirement, seen) ==
			    ANSWER_UNKNOWN)
			stage_remedy(stage,
				     "Check this too, it is not known: %s. %s",
				     requirement->name, requirement->why);
}

static void unmet(struct stage *stage, const struct requirement *requirement)
{
	char text[REQUIREMENT_TEXT];

	stage_remedy_anew(stage);
	stage_fail(stage, REASON_PROFILE_UNMET);
	advise(stage, requirement);
	name_causes(stage, requirement);
	stage_summary(stage, "not ready for %s: %s", stage->v->profile->title,
		      requirement_lack(stage->v->host, requirement, text));
}

static void judge_requirement(struct stage *stage,
			      const struct requirement *requirement)
{
	bool must = requirement->level != LEVEL_SHOULD;
	char text[REQUIREMENT_TEXT], seen[REQUIREMENT_TEXT];
	const char *name = requirement_name(requirement, text);
	enum answer met = requirement_met(stage->v->host, requirement, seen);

	stage_evidence(stage, "%s: %s (%s)%s", name, answer_name(met), seen,
		       must ? "" : ", recommended");
	if (met == ANSWER_YES || stage->status == STAGE_FAIL)
		return;
	if (!must) {
		if (stage->status == STAGE_PASS)
			stage->status = STAGE_WARN;
		/* Nobody changes a CPU model for what works without. */
		if (met == ANSWER_NO && stage->status == STAGE_WARN &&
		    !is_of_cpu_model(stage->v, requirement))
			advise(stage, requirement);
	} else if (met == ANSWER_NO) {
		unmet(stage, requirement);
	} else if (stage->status != STAGE_UNKNOWN) {
		stage->status = STAGE_UNKNOWN;
		stage_remedy_anew(stage);
		stage_summary(stage, "not known: %s", name);
		if (requirement->kind == REQUIRE_SHARED)
			remedy_virtualbox_version(stage);
		else
			remedy_evidence(stage);
	}
}

/*
 * What the profile asks of KVM, and KVM of the processor: where that lacks it,
 * neither a newer kernel nor a parameter helps. KVM's own answer knows better.
 */
static void judge_processor_lack(struct stage *stage,
				 const struct requirement *requirement,
				 const struct processor_feature *lacks)
{
	const struct field_info *field = field_info(lacks->field);
	char text[REQUIREMENT_TEXT];
	const char *name = requirement_name(requirement, text);

	stage_evidence(stage, "%s, which %s needs: no (%s bit %u)", lacks->name,
		       name, register_info(field->reg)->name, field->low);
	if (stage->status == STAGE_FAIL)
		return;
	stage_remedy_anew(stage);
	stage_fail(stage, REASON_PROFILE_UNMET);
	remedy_processor_lacks(stage, lacks->name);
	stage_summary(stage,
		      "not ready for %s: the %s has no %s, which %s needs",
		      stage->v->profile->title,
		      is_guest(stage->v) ? "CPU of this virtual machine" :
					   "processor",
		      lacks->name, name);
}

static bool judge_processor_lacks(struct stage *stage)
{
	const struct processor_feature *lacks;
	char seen[REQUIREMENT_TEXT];
	bool any = false;

	REQUIREMENT_EACH(requirement) {
		if (requirement->level == LEVEL_SHOULD ||
		    !applies(stage->v, requirement))
			continue;
		lacks = processor_lacks(stage->v->host, requirement);
		if (!lacks || requirement_met(stage->v->host, requirement,
					      seen) == ANSWER_YES)
			continue;
		judge_processor_lack(stage, requirement, lacks);
		any = true;
	}
	return any;
}

bool stage_profile(struct stage *stage, enum stage_id of)
{
	bool any = false;

	REQUIREMENT_EACH(requirement) {
		if (requirement->stage != of || !applies(stage->v, requirement))
			continue;
		judge_requirement(stage, requirement);
		any = true;
	}
	if (of == STAGE_PROCESSOR && judge_processor_lacks(stage))
		any = true;
	return any;
}
