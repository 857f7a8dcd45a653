// SPDX-License-Identifier: GPL-2.0-only
/* KVM's modules and those of others: there, loaded, kept from loading. */
#include <errno.h>
#include <libkmod.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/gather.h"
#include "base/errname.h"

#define KEY_SIZE 80

struct modules {
	struct gather *gather;
	struct kmod_ctx *kmod; /* NULL where there is no index to ask */
	bool opened;	       /* kmod was asked for */
	bool folder;	       /* /lib/modules/RELEASE is there */
	bool supported;	       /* this kernel takes modules at all */
};

static const char *const kvm_names[] = { "kvm", "kvm_intel", "kvm_amd",
					 "kvm_pvm" };
static const char *const other_names[] = {
	"vboxdrv", "vmmon", "jailhouse", "acrn",	"mshv_root",
	"haxm",	   "vhost", "vhost_net", "vhost_vsock", "ccp",
};

static const struct {
	const char *module;
	const char *name;
	bool beside; /* no verdict asks for it */
} parameters[] = {
	{ "kvm", "enable_virt_at_load", false },
	{ "kvm_intel", "nested", false },
	{ "kvm_intel", "ept", false },
	{ "kvm_intel", "vpid", true },
	{ "kvm_intel", "unrestricted_guest", false },
	{ "kvm_intel", "enable_apicv", true },
	{ "kvm_intel", "tdx", false },
	{ "kvm_amd", "nested", false },
	{ "kvm_amd", "npt", false },
	{ "kvm_amd", "avic", true },
	{ "kvm_amd", "sev", false },
	{ "kvm_amd", "sev_es", false },
	{ "kvm_amd", "sev_snp", false },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void tell(struct modules *modules, const char *what, const char *name,
		 const char *value)
{
	char key[KEY_SIZE];

	snprintf(key, sizeof(key), "module %s%s%s", name, *what ? " " : "",
		 what);
	gather_fact(modules->gather, key, "%s", value);
}

static bool in_sysfs(const struct modules *modules, const char *name,
		     const char *file)
{
	char path[KEY_SIZE];

	snprintf(path, sizeof(path), "/sys/module/%s%s", name, file);
	return gather_exists(modules->gather, path);
}

/* The file of a module without libkmod's index: busybox has none. */
static bool listed(const struct modules *modules, const char *list,
		   const char *name, char file[GATHER_PATH])
{
	char path[GATHER_PATH], *line = NULL;
	bool found = false;
	size_t size = 0;
	FILE *index;

	snprintf(path, sizeof(path), "/lib/modules/%.200s/%s",
		 gather_release(modules->gather), list);
	index = gather_open(modules->gather, path);
	if (!index)
		return false;
	while (!found && getline(&line, &size, index) > 0) {
		size_t length = strcspn(line, ":\n");
		const char *base;

		line[length] = '\0';
		base = strrchr(line, '/');
		base = base ? base + 1 : line;
		found = gather_same_module(base, strcspn(base, "."), name);
	}
	if (found && file)
		found = gather_path(modules->gather, file,
				    "/lib/modules/%.200s/%s",
				    gather_release(modules->gather), line);
	free(line);
	fclose(index);
	return found;
}

/*
 * Only when the first question comes that needs it: loading libkmod and what
 * it is linked with takes longer than all the rest of a verdict.
 */
static void open_index(struct modules *modules)
{
	const char *no_config = NULL;
	char path[GATHER_PATH], index[GATHER_PATH];
	const char *release = gather_release(modules->gather);

	if (modules->opened)
		return;
	modules->opened = true;
	if (!*release ||
	    !gather_path(modules->gather, path, "/lib/modules/%.200s",
			 release) ||
	    !gather_path(modules->gather, index,
			 "/lib/modules/%.200s/modules.dep.bin", release) ||
	    access(index, R_OK))
		return;
	/*
	 * The lines of modprobe.d are read apart, and only those at the root.
	 * Without libkmod the lists in text do.
	 */
	modules->kmod =
		kmod_new(path, modules->gather->try_load ? NULL : &no_config);
}

/* NULL where there is no such module, or no index. */
static struct kmod_module *look_up(struct modules *modules, const char *name)
{
	struct kmod_list *list = NULL;
	struct kmod_module *module = NULL;

	open_index(modules);
	if (!modules->kmod ||
	    kmod_module_new_from_lookup(modules->kmod, name, &list) < 0 ||
	    !list)
		return NULL;
	module = kmod_module_get_module(list);
	kmod_module_unref_list(list);
	return module;
}

/* What the lists in text say; NULL where neither has it. */
static const char *state_in_lists(const struct modules *modules,
				  const char *name)
{
	if (listed(modules, "modules.dep", name, NULL))
		return "loadable";
	return listed(modules, "modules.builtin", name, NULL) ? "builtin" :
								NULL;
}

static const char *state_on_disk(struct modules *modules, const char *name)
{
	struct kmod_module *module = NULL;
	const char *state = NULL;

	/*
	 * Where nobody could load KVM for this processor all that is asked is
	 * whether kvm is there, and the lists tell that sooner.
	 */
	if (!modules->gather->vendor_module && !modules->gather->everything)
		state = state_in_lists(modules, name);
	if (!state)
		module = look_up(modules, name);
	if (module) {
		state = kmod_module_get_path(module) ? "loadable" : "builtin";
		kmod_module_unref(module);
	}
	if (!state)
		state = state_in_lists(modules, name);
	if (!state)
		state = modules->supported && !modules->folder ? "unknown" :
								 "absent";
	return state;
}

/*
 * sysfs has "initstate" of modules that were loaded; a built-in one has a
 * folder too where it has parameters. NULL: neither.
 */
static const char *state_in_sysfs(const struct modules *modules,
				  const char *name)
{
	if (!in_sysfs(modules, name, ""))
		return NULL;
	return in_sysfs(modules, name, "/initstate") ? "loaded" : "builtin";
}

/*
 * On disk no verdict asks for a module but kvm and the one for this processor:
 * of the others it asks whether they are loaded.
 */
static bool disk_matters(const struct gather *gather, const char *name)
{
	return gather_beside_kvm(gather) || !strcmp(name, "kvm") ||
	       (gather->vendor_module && !strcmp(name, gather->vendor_module));
}

/* Commands that only pretend to load. */
static bool is_refusal(const char *command)
{
	static const char *const words[] = { "/false", "/true", "false",
					     "true",   ":",	"exit" };
	char word[64];
	size_t i;

	snprintf(word, sizeof(word), "%.*s", (int)strcspn(command, " \t;"),
		 command);
	for (i = 0; i < COUNT(words); i++) {
		size_t length = strlen(words[i]), have = strlen(word);

		if (!strcmp(word, words[i]) ||
		    (*words[i] == '/' && have > length &&
		     !strcmp(word + have - length, words[i])))
			return true;
	}
	return false;
}

/* "install kvm_amd /bin/false (FILE:LINE)": the third word on. */
static bool is_install_refusal(const char *where)
{
	const char *at = where;
	int word;

	for (word = 0; word < 2; word++) {
		at += strcspn(at, " \t");
		at += strspn(at, " \t");
	}
	return is_refusal(at);
}

static void tell_blocked(struct modules *modules, const char *name)
{
	struct gather *gather = modules->gather;
	char where[GATHER_LINE];

	if (gather_module_argument(gather, "module_blacklist", name))
		tell(modules, "blocked", name,
		     "module_blacklist= on the kernel's command line");
	else if (gather_blacklist_line(gather, name, "install", where) &&
		 is_install_refusal(where))
		tell(modules, "blocked", name, where);
	else if (gather_blacklist_line(gather, name, "blacklist", where))
		tell(modules, "blocked", name, where);
	else if (gather_module_argument(gather, "modprobe.blacklist", name))
		tell(modules, "blocked", name,
		     "modprobe.blacklist= on the kernel's command line");
}

/* What is appended to a signed module, before compression (linux/module_signature.h). */
#define SIGNATURE_MARK "~Module signature appended~\n"

/* 1 signed, 0 not, -1 not known. */
static int file_is_signed(const char *path)
{
	char tail[sizeof(SIGNATURE_MARK) - 1];
	size_t length = strlen(path);
	FILE *file;
	int is = -1;

	if (length < 3 || strcmp(path + length - 3, ".ko"))
		return -1;
	file = fopen(path, "re");
	if (!file)
		return -1;
	if (!fseek(file, -(long)sizeof(tail), SEEK_END) &&
	    fread(tail, sizeof(tail), 1, file) == 1)
		is = !memcmp(tail, SIGNATURE_MARK, sizeof(tail));
	fclose(file);
	return is;
}

/* The same of a compressed module, which libkmod unpacks. */
static int kmod_is_signed(struct kmod_module *module)
{
	struct kmod_list *list = NULL, *item;
	int is = 0;

	if (kmod_module_get_info(module, &list) < 0)
		return -1;
	kmod_list_foreach(item, list)
	{
		const char *key = kmod_module_info_get_key(item);

		if (key && !strcmp(key, "sig_id"))
			is = 1;
	}
	kmod_module_info_free_list(list);
	return is;
}

/* Of no module that lies on the disk: the kernel has no use for it. */
static bool signature_matters(const struct gather *gather)
{
	const char *enforced = facts_get(gather->facts, "kernel sig_enforce");
	const char *lockdown = facts_get(gather->facts, "kernel lockdown");

	return gather->everything || (enforced && strcmp(enforced, "N")) ||
	       (lockdown && strcmp(lockdown, "none"));
}

static void tell_signature(struct modules *modules, const char *name)
{
	struct kmod_module *module = look_up(modules, name);
	const char *path = module ? kmod_module_get_path(module) : NULL;
	char file[GATHER_PATH];
	int is = -1;

	if (path)
		is = file_is_signed(path);
	else if (listed(modules, "modules.dep", name, file))
		is = file_is_signed(file);
	if (is < 0 && path)
		is = kmod_is_signed(module);
	if (is >= 0)
		tell(modules, "signature", name, is ? "present" : "none");
	if (module)
		kmod_module_unref(module);
}

/* Only where somebody asked for it: this changes the system. */
static void try_load(struct modules *modules, const char *name)
{
	struct kmod_module *module = look_up(modules, name);
	char error[ERRNAME_SIZE];
	int result;

	if (!module)
		return;
	result = kmod_module_probe_insert_module(
		module, KMOD_PROBE_APPLY_BLACKLIST_ALL, NULL, NULL, NULL, NULL);
	kmod_module_unref(module);
	/* Positive: the blacklist forbids it, which is told already. */
	if (result <= 0)
		tell(modules, "load", name,
		     result ? errname_format(error, -result) : "ok");
}

static void gather_module(struct modules *modules, const char *name, bool kvm)
{
	struct gather *gather = modules->gather;
	const char *state = state_in_sysfs(modules, name);
	char path[KEY_SIZE], users[GATHER_LINE];

	if (!state && !disk_matters(gather, name))
		return;
	if (!state)
		state = state_on_disk(modules, name);
	tell(modules, "", name, state);
	snprintf(path, sizeof(path), "/sys/module/%s/refcnt", name);
	if (!strcmp(state, "loaded") && gather_line(gather, path, users))
		tell(modules, "users", name, users);
	if (!kvm || strcmp(state, "loadable"))
		return;
	/* Nobody loads KVM where no processor is known to be for it. */
	if (!gather->vendor_module && !gather_beside_kvm(gather))
		return;
	tell_blocked(modules, name);
	if (signature_matters(gather))
		tell_signature(modules, name);
}

static void gather_parameters(struct gather *gather)
{
	char key[KEY_SIZE], path[2 * KEY_SIZE];
	size_t i;

	for (i = 0; i < COUNT(parameters); i++) {
		if ((parameters[i].beside && !gather->everything) ||
		    !facts_module_present(gather->facts, parameters[i].module))
			continue;
		snprintf(key, sizeof(key), "parameter %s.%s",
			 parameters[i].module, parameters[i].name);
		snprintf(path, sizeof(path), "/sys/module/%s/parameters/%s",
			 parameters[i].module, parameters[i].name);
		gather_file(gather, key, path);
	}
}

static bool has_folder(struct gather *gather)
{
	const char *release = gather_release(gather);
	char path[GATHER_PATH];

	return *release &&
	       gather_path(gather, path, "/lib/modules/%.200s", release) &&
	       !access(path, R_OK | X_OK);
}

void gather_modules(struct gather *gather)
{
	struct modules modules = { .gather = gather };
	size_t i;

	if (!gather_exists(gather, "/sys/module"))
		return;
	modules.supported = gather_exists(gather, "/proc/modules");
	if (!modules.supported)
		gather_fact(gather, "kernel modules", "not supported");
	modules.folder = has_folder(gather);
	/* First: it loads kvm too, and what is told below must be so then. */
	if (gather->try_load && gather->vendor_module &&
	    !state_in_sysfs(&modules, gather->vendor_module) &&
	    !strcmp(state_on_disk(&modules, gather->vendor_module), "loadable"))
		try_load(&modules, gather->vendor_module);
	for (i = 0; i < COUNT(kvm_names); i++)
		gather_module(&modules, kvm_names[i], true);
	for (i = 0; i < COUNT(other_names); i++)
		gather_module(&modules, other_names[i], false);
	if (modules.kmod)
		kmod_unref(modules.kmod);
	gather_parameters(gather);
}
