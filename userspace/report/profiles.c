// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo check --for list: what each profile asks for, and who says so. */
#include "output/json.h"
#include "verdict/profile.h"
#include "report/check.h"
#include "report/report.h"

static void print_requirement(struct out *out,
			      const struct requirement *requirement)
{
	char text[REQUIREMENT_TEXT];

	out_printf(out, "  %-7s", requirement->level ? "must" : "should");
	out_folded(out, OUT_PLAIN, 9, 10, " %s [%s]",
		   requirement_name(requirement, text), requirement->source);
}

static void print_text(struct out *out)
{
	for (int id = 0; id < NR_PROFILES; id++) {
		const struct profile *profile = profile_at(id);

		out_styled(out, OUT_BOLD, "%s", profile->name);
		out_printf(out, "  %s%s\n", profile->title,
			   profile->needs_kvm ? "" : ", without KVM");
		REQUIREMENT_EACH(requirement)
			if (requirement->profile == profile->id)
				print_requirement(out, requirement);
	}
}

static void requirement_json(struct json *json,
			     const struct requirement *requirement)
{
	char text[REQUIREMENT_TEXT];

	json_begin_object(json, NULL);
	json_string(json, "name", requirement_name(requirement, text));
	json_string(json, "rung", stage_name(requirement->stage));
	json_boolean(json, "required", requirement->level != LEVEL_SHOULD);
	json_string(json, "extension", requirement->extension);
	json_string(json, "source", requirement->source);
	json_end(json);
}

static int print_json(struct out *out)
{
	struct json *json = json_new("virtinfo.profiles/1");

	json_begin_array(json, "profiles");
	for (int id = 0; id < NR_PROFILES; id++) {
		const struct profile *profile = profile_at(id);

		json_begin_object(json, NULL);
		json_string(json, "name", profile->name);
		json_string(json, "title", profile->title);
		json_boolean(json, "needs_kvm", profile->needs_kvm);
		json_begin_array(json, "requirements");
		REQUIREMENT_EACH(requirement)
			if (requirement->profile == profile->id)
				requirement_json(json, requirement);
		json_end(json);
		json_end(json);
	}
	json_end(json);
	return json_finish(json, out->file) ? STATUS_FAILED : 0;
}

int check_profiles(struct out *out, const struct options *options)
{
	if (options_has(options, OPT_JSON))
		return print_json(out);
	print_text(out);
	return 0;
}
