/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the gatherers of facts share. For input/system.c and those it calls.
 *
 * Each key has one gatherer: a fact that is added twice is a mistake, which
 * the unit tests look for. Paths are those of the running system; they are
 * looked for below the root.
 */
#ifndef VIRTINFO_INPUT_GATHER_H
#define VIRTINFO_INPUT_GATHER_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "input/system.h"
#include "types.h"

#define GATHER_LINE 256
#define GATHER_PATH 4096

struct kmod_ctx;

struct gather {
	const struct system_options *options;
	struct facts *facts;
	bool no_memory;
	/* What keeps modules out; an empty line is one that cannot be read. */
	char sig_enforce[GATHER_LINE];
	char modules_disabled[GATHER_LINE];
	char lockdown[GATHER_LINE];
	/* For input/module_index.c. */
	struct kmod_ctx *kmod; /* NULL where there is no index to ask */
	bool kmod_asked;       /* for kmod: it may be NULL */
	bool takes_modules;    /* this kernel does: /proc/modules is there */
	bool modules_on_disk;  /* /lib/modules/RELEASE is there */
};

/* A fact whose value is formatted, and one whose key is. */
void gather_fact(struct gather *gather, const char *key, const char *format,
		 ...) __attribute__((format(printf, 3, 4)));
void gather_keyed(struct gather *gather, const char *value,
		  const char *key_format, ...)
	__attribute__((format(printf, 3, 4)));

/* path below the root, in out; false where it is too long. */
bool gather_path(const struct gather *gather, char out[GATHER_PATH],
		 const char *format, ...) __attribute__((format(printf, 3, 4)));

bool gather_exists(const struct gather *gather, const char *path_format, ...)
	__attribute__((format(printf, 2, 3)));

/* NULL where it cannot be opened. closedir() it. */
DIR *gather_folder(const struct gather *gather, const char *path);

/* Open for reading; NULL where that fails. fclose() it. */
FILE *gather_open(const struct gather *gather, const char *path_format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * The first line of a file, blanks at its end removed. False where it cannot
 * be read; an empty file has an empty line.
 */
bool gather_line(const struct gather *gather, char line[GATHER_LINE],
		 const char *path_format, ...)
	__attribute__((format(printf, 3, 4)));

/* A fact of the first line of a file, if it can be read. */
void gather_file(struct gather *gather, const char *key, const char *path);

/* For scandir(): neither "." nor "..", nor what is hidden. */
int gather_is_shown(const struct dirent *entry);

/*
 * The names in a folder, sorted, with a blank between, up to what fits. False
 * where it cannot be read.
 */
bool gather_listing(const struct gather *gather, const char *path,
		    char names[GATHER_LINE]);

/* The kernel's release; "" where it is not known. */
const char *gather_release(struct gather *gather);

/* The gatherers. */
void gather_own_module(struct gather *gather);
void gather_cpuinfo(struct gather *gather);
void gather_security(struct gather *gather);
void gather_modules(struct gather *gather);
void gather_config(struct gather *gather);
void gather_command_line(struct gather *gather);
void gather_kernel_word(struct gather *gather);
/* whole: not only what was printed until the hypervisor was known. */
void gather_kernel_log(struct gather *gather, bool whole);
void gather_container(struct gather *gather);
void gather_devices(struct gather *gather);
void gather_memory(struct gather *gather);
void gather_machine(struct gather *gather);
void gather_iommu(struct gather *gather);
void gather_programs(struct gather *gather);
void gather_firmware(struct gather *gather);
void gather_versions(struct gather *gather);

/* The path of a program, in out; false where no usual folder has it. */
bool gather_find_program(const struct gather *gather, char out[GATHER_PATH],
			 const char *name);

/* Fill sig_enforce, modules_disabled and lockdown. */
void gather_read_security(struct gather *gather);
/* Does the kernel refuse modules that nobody it trusts has signed? */
bool gather_signatures_enforced(const struct gather *gather);
bool gather_locked_down(const struct gather *gather);

/* What keeps a module from loading, in words with file and line; or false. */
bool gather_module_blocked(const struct gather *gather, const char *module,
			   char where[GATHER_LINE]);
/* Does the kernel's command line have "PARAMETER=...,MODULE,..."? */
bool gather_module_argument(const struct gather *gather, const char *parameter,
			    const char *module);
/* Are two names of modules the same? '-' and '_' are. */
bool gather_same_module(const char *a, size_t length, const char *b);

#endif
