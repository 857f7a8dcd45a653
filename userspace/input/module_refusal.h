/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why the kernel does not take a module: which of its checks refused it, or
 * would refuse it. For our own module; KVM's are the verdict's matter.
 */
#ifndef VIRTINFO_INPUT_MODULE_REFUSAL_H
#define VIRTINFO_INPUT_MODULE_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>

/* In the order in which the kernel checks. */
enum module_refusal {
	MODULE_NOT_REFUSED,   /* nothing that is known speaks against it */
	MODULE_LOADED,	      /* it is loaded already */
	MODULE_NO_SUPPORT,    /* the kernel takes no modules at all */
	MODULE_OTHER_KERNEL,  /* it is there for other kernels only */
	MODULE_ABSENT,	      /* nobody has installed it */
	MODULE_NOT_PERMITTED, /* the caller lacks CAP_SYS_MODULE */
	MODULE_DISABLED,      /* kernel.modules_disabled is set */
	MODULE_SIGNATURE,     /* signatures are enforced, its own does not do */
	MODULE_LOCKDOWN,      /* the kernel is locked down, the same */
	MODULE_VERMAGIC,      /* built for another kernel */
	MODULE_SYMBOLS,	      /* it uses what this kernel does not have */
	MODULE_FAILED,	      /* something else: the error tells */
	NR_MODULE_REFUSALS
};

#define MODULE_TEXT 128

/* What the checks depend on. An empty text is one that could not be read. */
struct module_facts {
	bool supported;	     /* /proc/modules is there */
	bool loaded;	     /* /sys/module/virtinfo is there */
	bool found;	     /* there is a file to load */
	bool elsewhere;	     /* there is one for another kernel */
	bool may_load;	     /* the caller has CAP_SYS_MODULE */
	bool is_signed;	     /* the file has a signature, whoever made it */
	char sig_enforce[8]; /* "Y" or "N" */
	char disabled[8];    /* "1": no module may be loaded any more */
	char lockdown[32];   /* "none", "integrity", "confidentiality" */
	char release[MODULE_TEXT];  /* of the kernel */
	char vermagic[MODULE_TEXT]; /* of the module */
};

/*
 * Read the facts. root is "" or a folder laid out as /; file is the module's
 * file (not compressed), or NULL: the one that is installed for this kernel.
 */
void module_facts_read(struct module_facts *facts, const char *root,
		       const char *file);

/*
 * Judge them. error is what an attempt to load the module failed with (its
 * errno), 0 where none was made.
 */
enum module_refusal module_refusal(const struct module_facts *facts, int error);

/* The word for it: "signature", "lockdown", ... */
const char *module_refusal_name(enum module_refusal refusal);

/*
 * One line, with what to do where that is known; safe to print. Returns text,
 * which has size bytes.
 */
const char *module_refusal_text(enum module_refusal refusal,
				const struct module_facts *facts, int error,
				char *text, size_t size);

#endif
