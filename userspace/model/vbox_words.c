// SPDX-License-Identifier: GPL-2.0-only
#include "model/vbox_words.h"

#include <string.h>

/* Of include/iprt/err.h and VBox/err.h: what the lock bits say. */
static const char *const locked_errors[] = {
	"VERR_VMX_MSR_ALL_VMX_DISABLED",
	"VERR_VMX_MSR_VMX_DISABLED",
	"VERR_SVM_DISABLED",
};

static bool is_locked_error(struct fact fact)
{
	size_t i;

	if (strcmp(fact.key, "vbox error"))
		return false;
	for (i = 0; i < ARRAY_SIZE(locked_errors); i++)
		if (!strcmp(fact.value, locked_errors[i]))
			return true;
	return false;
}

static const char *find_locked(const struct facts *facts)
{
	const char *refused = facts_get(facts, "vbox hm refused");
	size_t i;

	if (refused && strstr(refused, "disabled in the BIOS"))
		return refused;
	for (i = 0; i < facts_count(facts); i++)
		if (is_locked_error(facts_at(facts, i)))
			return facts_at(facts, i).value;
	return NULL;
}

struct vbox_words vbox_words_of(const struct facts *facts)
{
	const char *used = facts_get(facts, "vbox hm");
	const char *hypervisor = facts_get(facts, "vbox nem hypervisor");

	return (struct vbox_words){
		.used = !used			   ? VI_NO_EXTENSION :
			!strncmp(used, "VT-x", 4)  ? VI_VMX :
			!strncmp(used, "AMD-V", 5) ? VI_SVM :
						     VI_NO_EXTENSION,
		.used_text = used,
		.locked = find_locked(facts),
		.windows_hypervisor =
			hypervisor && !strcmp(hypervisor, "present"),
	};
}
