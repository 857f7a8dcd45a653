// SPDX-License-Identifier: GPL-2.0-only
#include "input/module_refusal.h"

#include <glob.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "input/gather.h"
#include "input/module_index.h"

#define MODULE "virtinfo"

static bool may_load_modules(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = { 0 };

	if (syscall(SYS_capget, &header, data))
		return false;
	return data[CAP_SYS_MODULE / 32].effective >> CAP_SYS_MODULE % 32 & 1;
}

static bool installed_elsewhere(const struct gather *gather)
{
	static const char *const places[] = { "updates/dkms", "updates",
					      "extra" };
	char pattern[GATHER_PATH];
	bool found = false;
	glob_t paths;

	for (size_t i = 0; !found && i < ARRAY_SIZE(places); i++) {
		if (!gather_path(gather, pattern,
				 "/lib/modules/*/%s/" MODULE ".ko*", places[i]))
			continue;
		found = !glob(pattern, 0, NULL, &paths);
		globfree(&paths);
	}
	return found;
}

/* The release is the first word of vermagic. */
static bool other_vermagic(const struct module_facts *facts)
{
	size_t length = strlen(facts->release);

	return *facts->vermagic && length &&
	       (strncmp(facts->vermagic, facts->release, length) ||
		(facts->vermagic[length] && facts->vermagic[length] != ' '));
}

/* In the order in which the kernel checks; NULL where none refuses it. */
static const char *first_refusal(const struct module_facts *facts)
{
	if (facts->loaded)
		return "the module is loaded";
	if (!facts->supported)
		return "this kernel is built without support for modules";
	if (!facts->found)
		return facts->elsewhere ?
			       "the module is installed for other kernels, not for this one: install its headers" :
			       "the module is not installed: make dkms-install, or the package virtinfo-dkms";
	if (!facts->may_load)
		return "only root may load modules (CAP_SYS_MODULE)";
	if (facts->disabled)
		return "loading modules is switched off until the next start (kernel.modules_disabled)";
	if (!facts->is_signed && facts->enforced)
		return "the kernel enforces signatures and trusts none on this module: see SECURE-BOOT.md";
	if (!facts->is_signed && facts->locked_down)
		return "the kernel is locked down and trusts no signature on this module: see SECURE-BOOT.md";
	return NULL;
}

const char *module_refusal(const struct module_facts *facts, char *text,
			   size_t size)
{
	const char *refusal = first_refusal(facts);

	if (!refusal && other_vermagic(facts))
		snprintf(
			text, size,
			"the module was built for another kernel: %.*s, and this is %.200s",
			(int)strcspn(facts->vermagic, " "), facts->vermagic,
			facts->release);
	else
		snprintf(
			text, size, "%s",
			refusal ?
				refusal :
				"nothing is known to prevent loading it: modprobe virtinfo");
	return text;
}

void gather_own_module(struct gather *gather)
{
	char vermagic[GATHER_LINE] = "", text[512];
	struct module_facts facts = {
		.supported = gather->takes_modules,
		.loaded = module_in_kernel(gather, MODULE),
		.may_load = may_load_modules(),
		.disabled = *gather->modules_disabled == '1',
		.enforced = gather_signatures_enforced(gather),
		.locked_down = gather_locked_down(gather),
		.release = gather_release(gather),
		.vermagic = vermagic,
	};

	if (!facts.loaded)
		facts.found =
			!strcmp(module_on_disk(gather, MODULE), "loadable");
	if (facts.found) {
		facts.is_signed = module_is_signed(gather, MODULE) == 1;
		module_information(gather, MODULE, "vermagic", vermagic);
	} else if (!facts.loaded) {
		facts.elsewhere = installed_elsewhere(gather);
	}
	gather_fact(gather, "source module", "%s",
		    module_refusal(&facts, text, sizeof(text)));
}
