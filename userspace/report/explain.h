/* SPDX-License-Identifier: GPL-2.0-only */
/* The parts of "virtinfo explain": what was asked for, and its writers. */
#ifndef VIRTINFO_REPORT_EXPLAIN_H
#define VIRTINFO_REPORT_EXPLAIN_H

#include "kvm/exit_reasons.h"
#include "explain/evidence.h"
#include "explain/kernel_message.h"
#include "explain/topics.h"
#include "output/out.h"
#include "verdict/message.h"

enum explained_kind {
	EXPLAINED_TOPIC,
	EXPLAINED_REASON,
	EXPLAINED_EXIT,
	EXPLAINED_VMCS_FIELD,
	EXPLAINED_REGISTER,
	EXPLAINED_FIELD, /* of common/registers.def, by its name alone */
	EXPLAINED_MESSAGE,
};

/* One thing to explain. */
struct explained {
	enum explained_kind kind;
	size_t section; /* of topic_sections */
	const struct topic *topic;
	enum reason reason;
	const struct exit_reason *exit;
	const struct vmcs_field *vmcs_field;
	enum register_id reg;
	enum field_id field;
	struct message message;
};

/*
 * Append what name means to *list, which is in memory that is grown: a topic,
 * a reason, an exit reason, a VMCS field, a register, or the fields of that
 * name. Returns how many things were appended, 0 where it means nothing,
 * -1 without memory.
 */
int explain_resolve(struct explained **list, size_t *count, const char *name);

/*
 * The same for the error messages that are in text, one of the kernel's log
 * first.
 */
int explain_resolve_messages(struct explained **list, size_t *count,
			     const char *text);

/* Append every topic, in order. Returns 0, or -1 without memory. */
int explain_resolve_all(struct explained **list, size_t *count);

/* The nearest name that would mean something, or NULL. free() it. */
char *explain_suggestion(const char *name);

/* All of them return 0, or -1 when memory ran out or writing failed. */
int explain_text(struct out *out, const struct explain_machine *machine,
		 const struct explained *list, size_t count);
int explain_text_list(struct out *out);
int explain_json(struct out *out, const struct explain_machine *machine,
		 const struct explained *list, size_t count);
int explain_json_list(struct out *out);

/* "30" of Intel, "0x7b" of AMD, "-1" for AMD's negative codes. */
#define EXIT_CODE_SIZE 24
const char *exit_code_text(char text[EXIT_CODE_SIZE],
			   const struct exit_reason *reason);

/*
 * Has the machine this field of the VMCS? Unknown where a hypervisor has VMX
 * for itself.
 */
enum answer vmcs_field_here(const struct explain_machine *machine,
			    const struct vmcs_field *field);

/* Is the field in that list of VMCS fields? */
bool topic_lists_field(enum topic_list list, const struct vmcs_field *field);

/* The measured exit of the reason, or NULL. */
const struct kvm_exit_result *exit_measured(const struct kvm_exits *exits,
					    const struct exit_reason *reason);

/* The exit reason at *cursor of a topic's list "intel:48 amd:0x400", or NULL. */
const struct exit_reason *exit_reference(const char **cursor);

#endif
