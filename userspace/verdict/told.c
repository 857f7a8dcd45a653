// SPDX-License-Identifier: GPL-2.0-only
/*
 * What error messages of other programs say of the machine. Each is of one
 * moment and of one program's view: it counts where nothing else tells.
 */
#include <string.h>

#include "base/number.h"
#include "verdict/message.h"
#include "verdict/stage.h"

/*
 * Does the message tell what stands in the way? "No extension" is what a program
 * sees, also where something hides it. That there is no node, or nothing behind
 * it, may be for what is below, unless that is known to be right. Who holds it
 * from VirtualBox may be KVM.
 */
static bool is_certain(const struct stage *stage, const struct message *message)
{
	const struct stage *below = stage - 1;

	switch (message_reason(message)) {
	case REASON_NONE:
	case REASON_NO_EXTENSION:
		return false;
	case REASON_DEVICE_MISSING:
	case REASON_KVM_NOT_LOADED:
		return stage->id > STAGE_PROCESSOR &&
		       (below->status == STAGE_PASS ||
			below->status == STAGE_WARN);
	case REASON_IN_USE:
		return strcmp(message->program, "VirtualBox");
	default:
		return true;
	}
}

static const struct told *told_at(const struct verdict_context *v, size_t index)
{
	const struct told *told = v->system->told.items;

	return index < v->system->told.count ? &told[index] : NULL;
}

static void show(struct stage *stage, const struct told *told)
{
	stage_evidence(stage, "%s says \"%s\"", told->message->program,
		       told->text);
}

/* The cure that is to run this program is to have its evidence. */
static void remedy(struct stage *stage, const struct message *message)
{
	const char *cure = message_cure(message);

	if (message_reason(message) == REASON_IN_USE &&
	    !is_certain(stage, message))
		remedy_virtualbox_version(stage);
	else if (take_text(&cure, "virtinfo check"))
		remedy_evidence(stage);
	else
		stage_remedy(stage, "%s", cure);
}

static void fail(struct stage *stage, const struct told *told)
{
	enum reason reason = message_reason(told->message);

	show(stage, told);
	stage_remedy_anew(stage);
	if (reason == REASON_FIRMWARE_DISABLED) {
		fail_locked(stage);
		return;
	}
	stage_fail(stage, reason);
	stage_summary(stage, "%s", reason_info(reason)->meaning);
	if (reason == REASON_IN_USE)
		remedy_sharing(stage);
	else
		remedy(stage, told->message);
}

/* Without any CPU in the input the first message is all that is known. */
static void explain_unknown(struct stage *stage, const struct told *told)
{
	show(stage, told);
	stage_summary(stage, "%s", told->message->meaning);
	stage_remedy_anew(stage);
	remedy(stage, told->message);
}

void judge_told(struct stage *stage)
{
	const struct told *told;
	bool certain = false;
	size_t i;

	if (stage->status != STAGE_UNKNOWN && stage->status != STAGE_SKIPPED)
		return;
	for (i = 0; (told = told_at(stage->v, i)); i++) {
		if (!is_certain(stage, told->message))
			continue;
		certain = true;
		if (reason_info(message_reason(told->message))->stage !=
		    stage->id)
			continue;
		fail(stage, told);
		return;
	}
	told = told_at(stage->v, 0);
	if (told && !certain && stage->id == STAGE_PROCESSOR &&
	    !stage->v->hardware.any)
		explain_unknown(stage, told);
}

enum vi_extension told_extension(const struct system *system)
{
	const struct told *told = system->told.items;
	size_t i;

	for (i = 0; i < system->told.count; i++)
		if (message_extension(told[i].message) != VI_NO_EXTENSION)
			return message_extension(told[i].message);
	return VI_NO_EXTENSION;
}
