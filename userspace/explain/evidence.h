/* SPDX-License-Identifier: GPL-2.0-only */
/* What a machine has of a topic, computed from the host when it is asked. */
#ifndef VIRTINFO_EXPLAIN_EVIDENCE_H
#define VIRTINFO_EXPLAIN_EVIDENCE_H

#include "base/append.h"
#include "explain/vmcs_table.h"
#include "kvm/exits.h"
#include "model/hosting.h"
#include "model/hypervisor.h"
#include "verdict/verdict.h"

#define EVIDENCE_TEXT 1024

/* The machine, and what the other commands answer about it. */
struct explain_machine {
	const struct host *host;
	const struct hypervisor *hypervisor; /* it runs under */
	const struct verdict *verdict;
	const struct kvm_exits *exits; /* NULL: not measured */
};

struct evidence_row;

struct evidence {
	const struct explain_machine *machine;
	const struct evidence_row *row;
	const char *key;
	const char *label;
	bool answers;	    /* it is a yes-or-no question */
	enum answer answer; /* where it is one; else unknown or yes: known */
	char text[EVIDENCE_TEXT]; /* what to say; safe to print */
	char source[96];	  /* the register or fact; "" */
};

/* Compute the evidence of a key. Returns false where there is no such key. */
bool evidence_get(struct evidence *evidence, const char *key,
		  const struct explain_machine *machine);

/* What a field has on every group of CPUs. */
void evidence_field(struct evidence *evidence,
		    const struct explain_machine *machine, enum field_id id);

/*
 * The answer of a field about VMX or SVM on this machine: where a hypervisor has
 * the extension for itself, a register that is not there says nothing.
 */
enum answer answer_here(const struct explain_machine *machine,
			enum answer answer, enum field_id id);

/* For evidence*.c only. */

#define EVIDENCE_FACTS_MAX 5

struct named_field {
	const char *name; /* NULL after the last */
	enum field_id field;
};

/* Says what evidence->machine has of evidence->row. */
typedef void evidence_fill(struct evidence *evidence);

/* A row of evidence.def. */
struct evidence_row {
	const char *key;
	const char *label;
	evidence_fill *fill;
	union {
		enum field_id field;
		const struct named_field *any;
		enum register_id reg;
		enum vmcs_group vmcs;
		const char *facts[EVIDENCE_FACTS_MAX + 1];
		enum stage_id stage;
		enum hypervisor_product product;
		enum hosting_id hosting;
	};
};

/* Append to the text, with a separator where there is some already. */
#define evidence_add(evidence, separator, ...)                                 \
	append_text((evidence)->text, EVIDENCE_TEXT, separator, __VA_ARGS__)

/* What the rows of evidence.def ask for. */
evidence_fill evidence_any, evidence_flags, evidence_register, evidence_vmcs,
	evidence_facts, evidence_stage, evidence_is, evidence_hosting;

#define EVIDENCE_COMPUTED(key, label, function)                                \
	evidence_fill evidence_##function;
#include "explain/evidence.def"

#endif
