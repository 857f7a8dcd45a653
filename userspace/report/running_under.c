// SPDX-License-Identifier: GPL-2.0-only
#include "report/running_under.h"

#include "base/append.h"

#define add(text, ...) append_text(text, RUNNING_UNDER_SIZE, "", __VA_ARGS__)

static void add_outer(char text[RUNNING_UNDER_SIZE],
		      const struct hypervisor *hypervisor)
{
	const struct hypervisor_layer *outer = hypervisor_outer(hypervisor);

	if (outer)
		add(text, "; outer hypervisor: %s",
		    hypervisor_name(outer->product));
}

static void add_guest(char text[RUNNING_UNDER_SIZE],
		      const struct hypervisor *hypervisor)
{
	const char *name = hypervisor_name(hypervisor->product);
	bool named = hypervisor->product != HYPERVISOR_UNNAMED;

	if (named && hypervisor->certainty == LAYER_CANNOT_TELL)
		add(text,
		    "running under %s or another hypervisor that shows the same",
		    name);
	else if (named && hypervisor->certainty == LAYER_LIKELY)
		add(text, "running under %s, most likely", name);
	else
		add(text, "running under %s", name);
}

void running_under_sentence(char text[RUNNING_UNDER_SIZE],
			    const struct hypervisor *hypervisor)
{
	const char *name = hypervisor_name(hypervisor->product);

	*text = '\0';
	if (hypervisor->guest == ANSWER_UNKNOWN) {
		add(text,
		    "not known whether this system runs under a hypervisor");
	} else if (hypervisor->guest == ANSWER_NO) {
		add(text, "no hypervisor detected");
	} else if (hypervisor->privileged == ANSWER_YES) {
		add(text, "running as the %s of %s: %s",
		    hypervisor_privileged_name(hypervisor->product), name,
		    hypervisor->privileged_why);
	} else {
		add_guest(text, hypervisor);
	}
	add_outer(text, hypervisor);
}

void running_under_words(char text[RUNNING_UNDER_SIZE],
			 const struct hypervisor *hypervisor)
{
	*text = '\0';
	if (hypervisor->guest != ANSWER_YES) {
		add(text, "%s",
		    hypervisor->guest == ANSWER_NO ? "none" : "not known");
		return;
	}
	add(text, "%s", hypervisor_name(hypervisor->product));
	if (hypervisor->privileged == ANSWER_YES)
		add(text, ", as its %s",
		    hypervisor_privileged_name(hypervisor->product));
	if (hypervisor->certainty != LAYER_CERTAIN &&
	    hypervisor->product != HYPERVISOR_UNNAMED)
		add(text, " (%s)", layer_certainty_name(hypervisor->certainty));
	add_outer(text, hypervisor);
}

void json_answer(struct json *json, const char *key, enum answer answer)
{
	if (answer == ANSWER_UNKNOWN)
		json_null(json, key);
	else
		json_boolean(json, key, answer == ANSWER_YES);
}

void running_under_json(struct json *json, const struct hypervisor *hypervisor)
{
	json_string(json, "running_under",
		    hypervisor->guest == ANSWER_UNKNOWN ?
			    NULL :
			    hypervisor_name(hypervisor->product));
}
