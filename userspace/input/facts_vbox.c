// SPDX-License-Identifier: GPL-2.0-only
/* Facts of what VirtualBox says of the host in its log. */
#include <string.h>

#include "input/fact_keys.h"
#include "types.h"

enum parsed parse_vbox_used(const struct parsing *at)
{
	struct vbox_words *vbox = &at->system->vbox;

	vbox->used_text = at->value;
	vbox->used = !strncmp(at->value, "VT-x", 4)  ? VI_VMX :
		     !strncmp(at->value, "AMD-V", 5) ? VI_SVM :
						       VI_NO_EXTENSION;
	return PARSED;
}

/* The message that the words of VirtualBox are, or that its code is in. */
static enum parsed said_by_vbox(const struct parsing *at)
{
	const struct message *message =
		message_find(at->value, strlen(at->value));
	struct fact_name id = { message ? message->id : "",
				message ? strlen(message->id) : 0 };

	return message ? add_printed(at->system, id, at->value) : PARSED;
}

enum parsed parse_vbox_refused(const struct parsing *at)
{
	return said_by_vbox(at);
}

enum parsed parse_vbox_error(const struct parsing *at)
{
	return said_by_vbox(at);
}

enum parsed parse_vbox_hypervisor(const struct parsing *at)
{
	at->system->vbox.windows_hypervisor = !strcmp(at->value, "present");
	return PARSED;
}
