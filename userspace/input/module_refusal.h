/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why the kernel would not take virtinfo's own module. KVM's modules are the
 * verdict's matter.
 */
#ifndef VIRTINFO_INPUT_MODULE_REFUSAL_H
#define VIRTINFO_INPUT_MODULE_REFUSAL_H

#include <stdbool.h>
#include <stddef.h>

/* What the kernel's checks depend on. */
struct module_facts {
	bool supported;	      /* the kernel takes modules */
	bool loaded;	      /* it is loaded already */
	bool found;	      /* there is a file to load */
	bool elsewhere;	      /* there is one for another kernel */
	bool may_load;	      /* the caller has CAP_SYS_MODULE */
	bool disabled;	      /* no module may be loaded any more */
	bool is_signed;	      /* the file has a signature, whoever made it */
	bool enforced;	      /* signatures are */
	bool locked_down;     /* the kernel is */
	const char *release;  /* of the kernel, "" if not known */
	const char *vermagic; /* of the module, the same */
};

/*
 * The first of the kernel's checks that refuses it, and what to do, in one
 * line. Returns text, which has size bytes.
 */
const char *module_refusal(const struct module_facts *facts, char *text,
			   size_t size);

#endif
