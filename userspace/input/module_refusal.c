// SPDX-License-Identifier: GPL-2.0-only
#include "input/module_refusal.h"

#include <errno.h>
#include <glob.h>
#include <libkmod.h>
#include <limits.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/safe.h"

#define MODULE	 "virtinfo"
#define VERMAGIC "vermagic="
/* Ends a signed module (linux/module_signature.h). */
#define SIGNATURE_MARK "~Module signature appended~\n"

static FILE *open_below(const char *root, const char *path)
{
	char whole[PATH_MAX];

	if (snprintf(whole, sizeof(whole), "%s%s", root, path) >=
	    (int)sizeof(whole))
		return NULL;
	return fopen(whole, "re");
}

static bool exists_below(const char *root, const char *path)
{
	FILE *file = open_below(root, path);

	if (!file)
		return false;
	fclose(file);
	return true;
}

/* The first line of a file; "" where it cannot be read. */
static void read_line(char *line, size_t size, const char *root,
		      const char *path)
{
	FILE *file = open_below(root, path);

	*line = '\0';
	if (!file)
		return;
	if (!fgets(line, (int)size, file))
		*line = '\0';
	line[strcspn(line, "\n")] = '\0';
	fclose(file);
}

/* "none [integrity] confidentiality": the one in brackets holds. */
static void read_lockdown(struct module_facts *facts, const char *root)
{
	char line[MODULE_TEXT];
	const char *begin;

	read_line(line, sizeof(line), root, "/sys/kernel/security/lockdown");
	begin = strchr(line, '[');
	if (begin)
		snprintf(facts->lockdown, sizeof(facts->lockdown), "%.*s",
			 (int)strcspn(begin + 1, "]"), begin + 1);
}

static void read_release(struct module_facts *facts, const char *root)
{
	struct utsname names;

	read_line(facts->release, sizeof(facts->release), root,
		  "/proc/sys/kernel/osrelease");
	if (!*facts->release && !*root && !uname(&names))
		snprintf(facts->release, sizeof(facts->release), "%s",
			 names.release);
}

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

static char *read_whole(FILE *file, size_t *length)
{
	char *data = NULL;
	long size;

	if (fseek(file, 0, SEEK_END) || (size = ftell(file)) <= 0)
		return NULL;
	rewind(file);
	data = malloc((size_t)size);
	if (data && fread(data, (size_t)size, 1, file) != 1) {
		free(data);
		return NULL;
	}
	*length = (size_t)size;
	return data;
}

/* A module's file holds its information as strings that end with NUL. */
static void read_module_file(struct module_facts *facts, const char *path)
{
	const size_t mark = strlen(SIGNATURE_MARK);
	FILE *file = fopen(path, "re");
	const char *vermagic;
	size_t length = 0;
	char *data;

	if (!file)
		return;
	facts->found = true;
	data = read_whole(file, &length);
	fclose(file);
	if (!data)
		return;
	vermagic = memmem(data, length, VERMAGIC, strlen(VERMAGIC));
	if (vermagic) {
		vermagic += strlen(VERMAGIC);
		snprintf(facts->vermagic, sizeof(facts->vermagic), "%.*s",
			 (int)strnlen(vermagic,
				      length - (size_t)(vermagic - data)),
			 vermagic);
	}
	facts->is_signed = length >= mark &&
			   !memcmp(data + length - mark, SIGNATURE_MARK, mark);
	free(data);
}

static void read_information(struct module_facts *facts,
			     struct kmod_module *module)
{
	struct kmod_list *list = NULL, *item;

	if (!kmod_module_get_path(module) ||
	    kmod_module_get_info(module, &list) < 0)
		return;
	facts->found = true;
	for (item = list; item; item = kmod_list_next(list, item)) {
		const char *key = kmod_module_info_get_key(item);

		if (!strcmp(key, "vermagic"))
			snprintf(facts->vermagic, sizeof(facts->vermagic), "%s",
				 kmod_module_info_get_value(item));
		facts->is_signed |=
			!strcmp(key, "sig_key") || !strcmp(key, "signer");
	}
	kmod_module_info_free_list(list);
}

/* The module that modprobe would take. */
static void read_installed(struct module_facts *facts, const char *root)
{
	static const char *const no_config[] = { NULL };
	struct kmod_list *list = NULL;
	struct kmod_module *module;
	struct kmod_ctx *kmod;
	char folder[PATH_MAX];

	if (snprintf(folder, sizeof(folder), "%s/lib/modules/%s", root,
		     facts->release) >= (int)sizeof(folder))
		return;
	kmod = kmod_new(folder, no_config);
	if (!kmod)
		return;
	if (kmod_module_new_from_lookup(kmod, MODULE, &list) >= 0 && list) {
		module = kmod_module_get_module(list);
		read_information(facts, module);
		kmod_module_unref(module);
		kmod_module_unref_list(list);
	}
	kmod_unref(kmod);
}

static bool installed_elsewhere(const char *root)
{
	static const char *const places[] = { "updates/dkms", "updates",
					      "extra" };
	char pattern[PATH_MAX];
	bool found = false;
	glob_t paths;
	size_t i;

	for (i = 0; !found && i < sizeof(places) / sizeof(places[0]); i++) {
		if (snprintf(pattern, sizeof(pattern),
			     "%s/lib/modules/*/%s/" MODULE ".ko*", root,
			     places[i]) >= (int)sizeof(pattern))
			continue;
		found = !glob(pattern, 0, NULL, &paths);
		globfree(&paths);
	}
	return found;
}

void module_facts_read(struct module_facts *facts, const char *root,
		       const char *file)
{
	*facts = (struct module_facts){
		.supported = exists_below(root, "/proc/modules"),
		.loaded =
			exists_below(root, "/sys/module/" MODULE "/initstate"),
		.may_load = may_load_modules(),
	};
	read_line(facts->sig_enforce, sizeof(facts->sig_enforce), root,
		  "/sys/module/module/parameters/sig_enforce");
	read_line(facts->disabled, sizeof(facts->disabled), root,
		  "/proc/sys/kernel/modules_disabled");
	read_lockdown(facts, root);
	read_release(facts, root);
	if (file)
		read_module_file(facts, file);
	else
		read_installed(facts, root);
	if (!facts->found)
		facts->elsewhere = installed_elsewhere(root);
}

static bool enforced(const struct module_facts *facts)
{
	return *facts->sig_enforce == 'Y' || *facts->sig_enforce == '1';
}

static bool locked_down(const struct module_facts *facts)
{
	return *facts->lockdown && strcmp(facts->lockdown, "none");
}

/* The release is the first word of vermagic. */
static bool other_vermagic(const struct module_facts *facts)
{
	size_t length = strlen(facts->release);

	return *facts->vermagic && length &&
	       (strncmp(facts->vermagic, facts->release, length) ||
		(facts->vermagic[length] && facts->vermagic[length] != ' '));
}

/* EPERM is the answer of three checks. */
static enum module_refusal not_permitted(const struct module_facts *facts)
{
	if (!facts->may_load)
		return MODULE_NOT_PERMITTED;
	if (*facts->disabled == '1')
		return MODULE_DISABLED;
	if (locked_down(facts))
		return MODULE_LOCKDOWN;
	return MODULE_FAILED;
}

/* kernel/module/main.c and signing.c: what each check returns. */
static enum module_refusal refused_with(const struct module_facts *facts,
					int error)
{
	switch (error) {
	case EEXIST:
		return MODULE_LOADED;
	case ENOSYS:
		return MODULE_NO_SUPPORT;
	case EPERM:
		return not_permitted(facts);
	case EKEYREJECTED:
	case ENOKEY:
	case EBADMSG:
	case ENODATA:
	case ENOPKG:
		return MODULE_SIGNATURE;
	case ENOEXEC:
		return MODULE_VERMAGIC;
	case ENOENT:
		return facts->found ? MODULE_SYMBOLS : MODULE_ABSENT;
	case EINVAL:
		return MODULE_SYMBOLS;
	default:
		return MODULE_FAILED;
	}
}

enum module_refusal module_refusal(const struct module_facts *facts, int error)
{
	if (facts->loaded)
		return MODULE_LOADED;
	if (!facts->supported)
		return MODULE_NO_SUPPORT;
	if (error)
		return refused_with(facts, error);
	if (!facts->found)
		return facts->elsewhere ? MODULE_OTHER_KERNEL : MODULE_ABSENT;
	if (!facts->may_load)
		return MODULE_NOT_PERMITTED;
	if (*facts->disabled == '1')
		return MODULE_DISABLED;
	if (!facts->is_signed && enforced(facts))
		return MODULE_SIGNATURE;
	if (!facts->is_signed && locked_down(facts))
		return MODULE_LOCKDOWN;
	if (other_vermagic(facts))
		return MODULE_VERMAGIC;
	return MODULE_NOT_REFUSED;
}

static const struct {
	const char *name;
	const char *text;
} words[NR_MODULE_REFUSALS] = {
	[MODULE_NOT_REFUSED] = { "none",
				 "nothing is known to keep the module out: load it with modprobe virtinfo" },
	[MODULE_LOADED] = { "loaded", "the module is loaded" },
	[MODULE_NO_SUPPORT] = { "no-support",
				"this kernel is built without support for modules" },
	[MODULE_OTHER_KERNEL] = { "other-kernel",
				  "the module is installed for other kernels, not for this one: install its headers" },
	[MODULE_ABSENT] = { "absent",
			    "the module is not installed: make dkms-install, or the package virtinfo-dkms" },
	[MODULE_NOT_PERMITTED] = { "not-permitted",
				   "only root may load modules (CAP_SYS_MODULE)" },
	[MODULE_DISABLED] = { "disabled",
			      "loading modules is switched off until the next start (kernel.modules_disabled)" },
	[MODULE_SIGNATURE] = { "signature",
			       "the kernel enforces signatures and trusts none on this module: see SECURE-BOOT.md" },
	[MODULE_LOCKDOWN] = { "lockdown",
			      "the kernel is locked down and trusts no signature on this module: see SECURE-BOOT.md" },
	[MODULE_VERMAGIC] = { "vermagic",
			      "the module was built for another kernel" },
	[MODULE_SYMBOLS] = { "symbols",
			     "the module uses functions that this kernel does not have: build it against its headers" },
	[MODULE_FAILED] = { "failed", "the module did not load" },
};

const char *module_refusal_name(enum module_refusal refusal)
{
	return words[refusal].name;
}

const char *module_refusal_text(enum module_refusal refusal,
				const struct module_facts *facts, int error,
				char *text, size_t size)
{
	char vermagic[SAFE_SIZE(MODULE_TEXT)], release[SAFE_SIZE(MODULE_TEXT)];

	switch (refusal) {
	case MODULE_VERMAGIC:
		safe_bytes(vermagic, sizeof(vermagic), facts->vermagic,
			   strcspn(facts->vermagic, " "));
		safe_bytes(release, sizeof(release), facts->release,
			   strlen(facts->release));
		snprintf(text, size, "%s: %s, and this is %s",
			 words[refusal].text,
			 *vermagic ? vermagic : "it does not say which",
			 release);
		break;
	case MODULE_FAILED:
		snprintf(text, size, "%s: %s", words[refusal].text,
			 strerror(error));
		break;
	default:
		snprintf(text, size, "%s", words[refusal].text);
		break;
	}
	return text;
}
