// SPDX-License-Identifier: GPL-2.0-only
/* Facts of what VirtualBox says of the host in its log. */
#include <string.h>

#include "input/fact_keys.h"
#include "types.h"

/* Of include/iprt/err.h and VBox/err.h: what the lock bits say. */
static const char *const locked_errors[] = {
	"VERR_VMX_MSR_ALL_VMX_DISABLED",
	"VERR_VMX_MSR_VMX_DISABLED",
	"VERR_SVM_DISABLED",
};

enum parsed parse_vbox_used(const struct parsing *at)
{
	struct vbox_words *vbox = &at->system->vbox;

	vbox->used_text = at->value;
	vbox->used = !strncmp(at->value, "VT-x", 4)  ? VI_VMX :
		     !strncmp(at->value, "AMD-V", 5) ? VI_SVM :
						       VI_NO_EXTENSION;
	return PARSED;
}

/* A sentence is quoted rather than a status code. */
enum parsed parse_vbox_refused(const struct parsing *at)
{
	if (strstr(at->value, "disabled in the BIOS"))
		at->system->vbox.locked = at->value;
	return PARSED;
}

enum parsed parse_vbox_error(const struct parsing *at)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(locked_errors); i++)
		if (!at->system->vbox.locked &&
		    !strcmp(at->value, locked_errors[i]))
			at->system->vbox.locked = at->value;
	return PARSED;
}

enum parsed parse_vbox_hypervisor(const struct parsing *at)
{
	at->system->vbox.windows_hypervisor = !strcmp(at->value, "present");
	return PARSED;
}
