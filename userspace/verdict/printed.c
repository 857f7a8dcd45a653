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
	switch (message_reason(message)) {
	case REASON_NONE:
	case REASON_NO_EXTENSION:
		return false;
	case REASON_DEVICE_MISSING:
	case REASON_KVM_NOT_LOADED:
		return stage->id > STAGE_PROCESSOR &&
		       (stage[-1].status == STAGE_PASS ||
			stage[-1].status == STAGE_WARN);
	case REASON_IN_USE:
		return strcmp(message->program, "VirtualBox");
	default:
		return true;
	}
}

static const struct printed *printed_at(const struct verdict_context *v,
					size_t index)
{
	const struct printed *printed = v->system->printed.items;

	return index < v->system->printed.count ? &printed[index] : NULL;
}

static void show(struct stage *stage, const struct printed *printed)
{
	stage_evidence(stage, "%s says \"%s\"", printed->message->program,
		       printed->text);
}

void remedy_message(struct stage *stage, const struct message *message)
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

static void fail(struct stage *stage, const struct printed *printed)
{
	enum reason reason = message_reason(printed->message);

	show(stage, printed);
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
		remedy_message(stage, printed->message);
}

/* That there is no node follows from what others tell. */
static bool is_consequence(const struct printed *printed)
{
	enum reason reason = message_reason(printed->message);

	return reason == REASON_DEVICE_MISSING ||
	       reason == REASON_KVM_NOT_LOADED;
}

/* Without any CPU in the input the messages are all that is known. */
static void explain_unknown(struct stage *stage)
{
	const struct printed *first = printed_at(stage->v, 0), *printed;
	size_t i;

	for (i = 0; (printed = printed_at(stage->v, i)); i++) {
		show(stage, printed);
		if (is_consequence(first))
			first = printed;
	}
	stage_summary(stage, "%s", first->message->meaning);
	stage_remedy_anew(stage);
	remedy_message(stage, first->message);
}

void judge_printed(struct stage *stage)
{
	const struct printed *printed;
	bool certain = false;
	size_t i;

	if (stage->status != STAGE_UNKNOWN && stage->status != STAGE_SKIPPED)
		return;
	for (i = 0; (printed = printed_at(stage->v, i)); i++) {
		if (!is_certain(stage, printed->message))
			continue;
		certain = true;
		if (reason_info(message_reason(printed->message))->stage !=
		    stage->id)
			continue;
		fail(stage, printed);
		return;
	}
	if (i && !certain && stage->id == STAGE_PROCESSOR &&
	    !stage->v->hardware.any)
		explain_unknown(stage);
}

bool show_virtualbox_refused(struct stage *stage)
{
	const struct printed *printed;
	size_t i;

	for (i = 0; (printed = printed_at(stage->v, i)); i++)
		if (message_reason(printed->message) == REASON_IN_USE &&
		    !is_certain(stage, printed->message))
			break;
	if (printed)
		show(stage, printed);
	return printed;
}

enum vi_extension printed_extension(const struct system *system)
{
	const struct printed *printed = system->printed.items;
	size_t i;

	for (i = 0; i < system->printed.count; i++)
		if (message_extension(printed[i].message) != VI_NO_EXTENSION)
			return message_extension(printed[i].message);
	return VI_NO_EXTENSION;
}
