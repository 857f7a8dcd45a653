/* SPDX-License-Identifier: GPL-2.0-only */
/* What the kinds of requirements share. For verdict/requirement*.c only. */
#ifndef VIRTINFO_VERDICT_REQUIREMENT_H
#define VIRTINFO_VERDICT_REQUIREMENT_H

#include <stdio.h>

#include "verdict/profile.h"

#define SAY(seen, ...) snprintf(seen, REQUIREMENT_TEXT, __VA_ARGS__)

/* The module, device or parameter that is asked for; never NULL but the last. */
const struct module *required_module(const struct host *host,
				     const struct requirement *requirement);
const struct device *required_device(const struct host *host,
				     const struct requirement *requirement);
const char *required_parameter(const struct host *host,
			       const struct requirement *requirement);

/* ANSWER_UNKNOWN, and says so. */
enum answer not_known(char seen[REQUIREMENT_TEXT]);

/* Is kvm_intel or kvm_amd loaded or built in? */
bool vendor_loaded(const struct host *host);

/* Does nobody hold VMX or SVM? */
enum answer free_met(const struct host *host, char seen[REQUIREMENT_TEXT]);
/* Does VirtualBox get it beside KVM? And if not, what is in its way? */
enum answer shared_met(const struct host *host, char seen[REQUIREMENT_TEXT]);
const char *shared_lack(const struct host *host, char text[REQUIREMENT_TEXT]);
const char *shared_advice(const struct host *host);

/* What to do where a module of the kernel's own source has no file. */
#define MODULES_PACKAGE                                                        \
	"install the rest of the kernel's package (Ubuntu: linux-modules-extra; Fedora: kernel-modules-core)."

#endif
