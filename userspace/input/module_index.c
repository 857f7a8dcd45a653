// SPDX-License-Identifier: GPL-2.0-only
#include "input/module_index.h"

#include <libkmod.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODULE_FOLDER "/lib/modules/%.200s"

void module_index_begin(struct gather *gather)
{
	const char *release = gather_release(gather);
	char path[GATHER_PATH];

	gather->takes_modules = gather_exists(gather, "/proc/modules");
	gather->modules_on_disk =
		*release && gather_path(gather, path, MODULE_FOLDER, release) &&
		!access(path, R_OK | X_OK);
}

void module_index_end(struct gather *gather)
{
	if (gather->kmod)
		kmod_unref(gather->kmod);
}

/*
 * sysfs has "initstate" of modules that were loaded; a built-in one has a
 * folder too where it has parameters.
 */
const char *module_in_kernel(const struct gather *gather, const char *name)
{
	if (!gather_exists(gather, "/sys/module/%s", name))
		return NULL;
	return gather_exists(gather, "/sys/module/%s/initstate", name) ?
		       "loaded" :
		       "builtin";
}

/*
 * Only when the first question comes that needs it: loading libkmod and what
 * it is linked with takes longer than all the rest of a verdict.
 */
static struct kmod_ctx *index_of(struct gather *gather)
{
	const char *release = gather_release(gather), *no_config = NULL;
	char path[GATHER_PATH], index[GATHER_PATH];

	if (gather->kmod_asked)
		return gather->kmod;
	gather->kmod_asked = true;
	if (!*release || !gather_path(gather, path, MODULE_FOLDER, release) ||
	    !gather_path(gather, index, MODULE_FOLDER "/modules.dep.bin",
			 release) ||
	    access(index, R_OK))
		return NULL;
	/*
	 * The lines of modprobe.d are read apart, and only those at the root.
	 * Without libkmod the lists in text do.
	 */
	gather->kmod =
		kmod_new(path, gather->options->try_load ? NULL : &no_config);
	return gather->kmod;
}

struct kmod_module *module_look_up(struct gather *gather, const char *name)
{
	struct kmod_ctx *kmod = index_of(gather);
	struct kmod_list *list = NULL;
	struct kmod_module *module;

	if (!kmod || kmod_module_new_from_lookup(kmod, name, &list) < 0 ||
	    !list)
		return NULL;
	module = kmod_module_get_module(list);
	kmod_module_unref_list(list);
	return module;
}

/* The file of a module without libkmod's index: busybox has none. */
static bool listed(struct gather *gather, const char *list, const char *name,
		   char file[GATHER_PATH])
{
	const char *release = gather_release(gather);
	FILE *index = gather_open(gather, MODULE_FOLDER "/%s", release, list);
	char *line = NULL;
	bool found = false;
	size_t size = 0;

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
		found = gather_path(gather, file, MODULE_FOLDER "/%s", release,
				    line);
	free(line);
	fclose(index);
	return found;
}

/* What the lists in text say; NULL where neither has it. */
static const char *state_in_lists(struct gather *gather, const char *name)
{
	if (listed(gather, "modules.dep", name, NULL))
		return "loadable";
	return listed(gather, "modules.builtin", name, NULL) ? "builtin" : NULL;
}

const char *module_on_disk(struct gather *gather, const char *name)
{
	struct kmod_module *module = NULL;
	const char *state = NULL;

	/*
	 * Where nobody could load KVM for this processor all that is asked is
	 * whether kvm is there, and the lists have that sooner.
	 */
	if (!gather->options->vendor_module &&
	    gather->options->scope < SYSTEM_EVERYTHING)
		state = state_in_lists(gather, name);
	if (!state)
		module = module_look_up(gather, name);
	if (module) {
		state = kmod_module_get_path(module) ? "loadable" : "builtin";
		kmod_module_unref(module);
	}
	if (!state)
		state = state_in_lists(gather, name);
	if (!state)
		state = gather->takes_modules && !gather->modules_on_disk ?
				"unknown" :
				"absent";
	return state;
}

/* 1: libkmod knows the key, with this value; 0: not; -1: nothing is known. */
static int information(struct kmod_module *module, const char *key,
		       char value[GATHER_LINE])
{
	struct kmod_list *list = NULL, *item;
	int found = 0;

	if (kmod_module_get_info(module, &list) < 0)
		return -1;
	kmod_list_foreach(item, list)
	{
		const char *name = kmod_module_info_get_key(item);

		if (!name || strcmp(name, key))
			continue;
		found = 1;
		snprintf(value, GATHER_LINE, "%s",
			 kmod_module_info_get_value(item));
	}
	kmod_module_info_free_list(list);
	return found;
}

void module_information(struct gather *gather, const char *name,
			const char *key, char value[GATHER_LINE])
{
	struct kmod_module *module = module_look_up(gather, name);

	*value = '\0';
	if (!module)
		return;
	information(module, key, value);
	kmod_module_unref(module);
}

/* What is appended to a signed module, before compression (linux/module_signature.h). */
#define SIGNATURE_MARK "~Module signature appended~\n"

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

int module_is_signed(struct gather *gather, const char *name)
{
	struct kmod_module *module = module_look_up(gather, name);
	const char *path = module ? kmod_module_get_path(module) : NULL;
	char file[GATHER_PATH], id[GATHER_LINE];
	int is = -1;

	if (path)
		is = file_is_signed(path);
	else if (listed(gather, "modules.dep", name, file))
		is = file_is_signed(file);
	/* A compressed one libkmod unpacks. */
	if (is < 0 && path)
		is = information(module, "sig_id", id);
	if (module)
		kmod_module_unref(module);
	return is;
}
