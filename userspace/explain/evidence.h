/* SPDX-License-Identifier: GPL-2.0-only */
/* What a machine has of a topic, computed from the host when it is asked. */
#ifndef VIRTINFO_EXPLAIN_EVIDENCE_H
#define VIRTINFO_EXPLAIN_EVIDENCE_H

#include "kvm/exits.h"
#include "model/hosting.h"
#include "model/hypervisor.h"
#include "verdict/verdict.h"

#define EVIDENCE_TEXT 512

/* The machine, and what is worked out of it only where a topic asks. */
struct lesson_machine {
	const struct host *host;
	struct hypervisor above;
	const struct verdict *verdict; /* NULL: not judged */
	const struct kvm_exits *exits; /* NULL: not measured */
};

struct evidence {
	const char *key;
	const char *label;
	bool answers;	    /* it is a yes-or-no question */
	enum answer answer; /* where it is one; else unknown or yes: known */
	char text[EVIDENCE_TEXT]; /* what to say; safe to print */
	char source[96];	  /* the register or fact; "" */
};

/* How many keys there are, and the key at an index below that. */
size_t evidence_count(void);
const char *evidence_key(size_t index);

/* Is there such a key? *index becomes its index. */
bool evidence_find(const char *key, size_t length, size_t *index);

/* Compute the evidence of a key. */
void evidence_get(struct evidence *evidence, size_t index,
		  const struct lesson_machine *machine);

/* For evidence.c and evidence_computed.c. */
typedef void evidence_compute(struct evidence *evidence,
			      const struct lesson_machine *machine);

/* Say what a field has on every group. */
void evidence_field(struct evidence *evidence, const struct host *host,
		    enum field_id id);
/* Append to the text, with a separator where there is some already. */
void evidence_add(struct evidence *evidence, const char *separator,
		  const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* "CPUs 0-3: ", of which the next words are. */
void evidence_add_cpus(struct evidence *evidence,
		       const struct host_group *group);

#define EVIDENCE_COMPUTED(key, label, function)                                \
	evidence_compute evidence_##function;
#include "explain/evidence.def"

#endif
