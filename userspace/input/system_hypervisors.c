// SPDX-License-Identifier: GPL-2.0-only
#include "input/system_hypervisors.h"

#include <ctype.h>
#include <dirent.h>
#include <libkmod.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#define VALUE_SIZE 256
#define KEY_SIZE   128
#define ABSENT	   "absent"
#define PRESENT	   "present"

struct gathering {
	const char *root;
	system_emit *emit;
	void *context;
};

static void emit(const struct gathering *g, const char *kind, const char *name,
		 const char *value)
{
	char key[2 * KEY_SIZE];

	snprintf(key, sizeof(key), "%s %s", kind, name);
	g->emit(g->context, key, value);
}

/* A path below root in new memory, or NULL. */
static char *path_of(const struct gathering *g, const char *folder,
		     const char *name)
{
	char *path;

	if (asprintf(&path, "%s%s%s%s", g->root, folder, *name ? "/" : "",
		     name) < 0)
		return NULL;
	return path;
}

static bool exists(const struct gathering *g, const char *folder,
		   const char *name)
{
	char *path = path_of(g, folder, name);
	struct stat status;
	bool found = path && !stat(path, &status);

	free(path);
	return found;
}

/* The first line of a file without blanks at its end. False if unreadable. */
static bool read_line(const struct gathering *g, const char *folder,
		      const char *name, char value[VALUE_SIZE])
{
	char *path = path_of(g, folder, name);
	FILE *file = path ? fopen(path, "re") : NULL;
	bool read = file && fgets(value, VALUE_SIZE, file);
	size_t length;

	free(path);
	/* An empty file has an empty line. */
	if (file && !read && !ferror(file)) {
		*value = 0;
		read = true;
	}
	if (file && fclose(file))
		read = false;
	if (!read)
		return false;
	for (length = strlen(value);
	     length && isspace((unsigned char)value[length - 1]); length--)
		value[length - 1] = 0;
	return true;
}

static void emit_file(const struct gathering *g, const char *kind,
		      const char *name, const char *folder, const char *file)
{
	char value[VALUE_SIZE];

	if (read_line(g, folder, file, value))
		emit(g, kind, name, value);
}

static void emit_names(const struct gathering *g)
{
	static const char *const names[] = {
		"sys_vendor",	"product_name",	  "product_version",
		"board_vendor", "board_name",	  "bios_vendor",
		"bios_version", "chassis_vendor", "chassis_asset_tag",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		emit_file(g, "dmi", names[i], "/sys/class/dmi/id", names[i]);
}

static void emit_xen(const struct gathering *g)
{
	char major[VALUE_SIZE], minor[VALUE_SIZE], version[2 * VALUE_SIZE + 1];

	if (exists(g, "/sys/hypervisor", "type"))
		emit_file(g, "hypervisor", "type", "/sys/hypervisor", "type");
	else if (exists(g, "/sys", ""))
		emit(g, "hypervisor", "type", "none");
	emit_file(g, "xen", "guest type", "/sys/hypervisor", "guest_type");
	emit_file(g, "xen", "capabilities", "/proc/xen", "capabilities");
	emit_file(g, "xen", "features", "/sys/hypervisor/properties",
		  "features");
	if (read_line(g, "/sys/hypervisor/version", "major", major) &&
	    read_line(g, "/sys/hypervisor/version", "minor", minor)) {
		snprintf(version, sizeof(version), "%s.%s", major, minor);
		emit(g, "xen", "version", version);
	}
}

/* Has this kernel's module folder the module? libkmod knows how to look. */
static const char *module_on_disk(struct kmod_ctx *kmod, const char *name)
{
	struct kmod_list *list = NULL;
	const char *state = ABSENT;

	if (!kmod || kmod_module_new_from_lookup(kmod, name, &list) < 0)
		return NULL;
	if (list) {
		struct kmod_module *module = kmod_module_get_module(list);

		state = kmod_module_get_path(module) ? "loadable" : "builtin";
		kmod_module_unref(module);
	}
	kmod_module_unref_list(list);
	return state;
}

/* sysfs has a folder for loaded modules, and for built-in ones that have parameters. */
static void emit_module(const struct gathering *g, struct kmod_ctx *kmod,
			const char *name)
{
	char folder[KEY_SIZE], users_key[KEY_SIZE], users[VALUE_SIZE];
	const char *state;

	snprintf(users_key, sizeof(users_key), "%s users", name);
	snprintf(folder, sizeof(folder), "/sys/module/%s", name);
	if (exists(g, folder, "initstate")) {
		emit(g, "module", name, "loaded");
		if (read_line(g, folder, "refcnt", users))
			emit(g, "module", users_key, users);
		return;
	}
	if (exists(g, folder, "")) {
		emit(g, "module", name, "builtin");
		return;
	}
	/* Not loaded; whether it could be is not told without its folder. */
	state = module_on_disk(kmod, name);
	emit(g, "module", name, state ? state : "unknown");
}

static struct kmod_ctx *open_modules(const struct gathering *g)
{
	const char *no_config = NULL;
	struct utsname names;
	struct kmod_ctx *kmod;
	char *path;

	if (uname(&names))
		return NULL;
	if (asprintf(&path, "%s/lib/modules/%s", g->root, names.release) < 0)
		return NULL;
	kmod = access(path, R_OK) ? NULL : kmod_new(path, &no_config);
	free(path);
	return kmod;
}

static bool find_program(const struct gathering *g, const char *folder,
			 const char *name)
{
	char *path = path_of(g, folder, name);
	struct stat status;
	bool found = path && !stat(path, &status) && S_ISREG(status.st_mode) &&
		     status.st_mode & 0111;

	if (found)
		emit(g, "program", name, path + strlen(g->root));
	free(path);
	return found;
}

static void emit_program(const struct gathering *g, const char *name)
{
	/* Besides PATH's usual folders: where packages put what is not for users. */
	static const char *const folders[] = {
		"/usr/local/sbin", "/usr/local/bin", "/usr/sbin",
		"/usr/bin",	   "/sbin",	     "/bin",
		"/usr/libexec",	   "/usr/lib/qemu",  "/opt/bin",
	};
	size_t i;

	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (find_program(g, folders[i], name))
			return;
	emit(g, "program", name, ABSENT);
}

static const char *const process_names[] = {
#define HOSTING_TRACE(id, kind, name) TRACE_##kind(name)
#define TRACE_MODULE(name)
#define TRACE_NODE(name)
#define TRACE_PROGRAM(name)
#define TRACE_PROCESS(name) name,
#include "tables/hosting.def"
#undef TRACE_PROCESS
#undef TRACE_PROGRAM
};

#define PROCESS_NAMES (sizeof(process_names) / sizeof(process_names[0]))

static void count_process(const struct gathering *g, const char *number,
			  unsigned int counts[PROCESS_NAMES])
{
	char folder[KEY_SIZE], name[VALUE_SIZE];
	size_t i;

	snprintf(folder, sizeof(folder), "/proc/%.20s", number);
	if (!read_line(g, folder, "comm", name))
		return;
	for (i = 0; i < PROCESS_NAMES; i++)
		if (!strcmp(process_names[i], name))
			counts[i]++;
}

static void emit_processes(const struct gathering *g)
{
	unsigned int counts[PROCESS_NAMES] = { 0 };
	char *path = path_of(g, "/proc", "");
	DIR *folder = path ? opendir(path) : NULL;
	struct dirent *entry;
	char count[16];
	size_t i;

	free(path);
	if (!folder)
		return;
	while ((entry = readdir(folder)))
		if (isdigit((unsigned char)entry->d_name[0]))
			count_process(g, entry->d_name, counts);
	closedir(folder);
	for (i = 0; i < PROCESS_NAMES; i++) {
		snprintf(count, sizeof(count), "%u", counts[i]);
		emit(g, "process", process_names[i], count);
	}
}

static void emit_traces(const struct gathering *g)
{
	struct kmod_ctx *kmod = open_modules(g);

#define HOSTING_TRACE(id, kind, name) TRACE_##kind(name)
#define TRACE_PROCESS(name)
#define TRACE_PROGRAM(name) emit_program(g, name);
#undef TRACE_NODE
#define TRACE_NODE(name)                                                       \
	emit(g, "node", name, exists(g, name, "") ? PRESENT : ABSENT);
#undef TRACE_MODULE
#define TRACE_MODULE(name) emit_module(g, kmod, name);
#include "tables/hosting.def"
	if (kmod)
		kmod_unref(kmod);
	emit_processes(g);
	emit_file(g, "jailhouse", "enabled", "/sys/devices/jailhouse",
		  "enabled");
}

/* The names in a folder of sysfs, up to what fits; -1 if there is no folder. */
static int list_folder(const struct gathering *g, const char *name,
		       char names[VALUE_SIZE])
{
	char *path = path_of(g, name, "");
	DIR *folder = path ? opendir(path) : NULL;
	struct dirent *entry;
	size_t length = 0;
	int count = 0;

	free(path);
	*names = 0;
	if (!folder)
		return -1;
	while ((entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		count++;
		if (length + strlen(entry->d_name) + 2 > VALUE_SIZE)
			continue;
		if (length)
			names[length++] = ' ';
		strcpy(names + length, entry->d_name);
		length += strlen(entry->d_name);
	}
	closedir(folder);
	return count;
}

static void emit_iommu(const struct gathering *g)
{
	static const char *const tables[] = { "DMAR", "IVRS" };
	char names[VALUE_SIZE], count[16];
	int groups;
	size_t i;

	groups = list_folder(g, "/sys/class/iommu", names);
	if (groups >= 0)
		emit(g, "iommu", "units", groups ? names : "none");
	groups = list_folder(g, "/sys/kernel/iommu_groups", names);
	if (groups >= 0) {
		snprintf(count, sizeof(count), "%d", groups);
		emit(g, "iommu", "groups", count);
	}
	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (exists(g, "/sys/firmware/acpi/tables", ""))
			emit(g, "acpi", tables[i],
			     exists(g, "/sys/firmware/acpi/tables", tables[i]) ?
				     PRESENT :
				     ABSENT);
}

void system_hypervisors(const char *root, system_emit *emit_fact, void *context)
{
	const struct gathering g = { .root = root,
				     .emit = emit_fact,
				     .context = context };

	emit_names(&g);
	emit_xen(&g);
	emit_traces(&g);
	emit_iommu(&g);
}
