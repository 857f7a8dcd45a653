// SPDX-License-Identifier: GPL-2.0-only
#include "input/modprobe_said.h"

#include <errno.h>
#include <string.h>

#include "base/array.h"
#include "base/errname.h"
#include "model/known_modules.h"
#include "types.h"

/* The name is between the two; behind the second are the words of the error. */
static const struct {
	const char *before, *after;
} sentences[] = {
	/* kmod: tools/modprobe.c, tools/insmod.c */
	{ "could not insert '", "': " },
	{ "could not insert module ", ": " },
	/* module-init-tools: modprobe.c, insmod.c */
	{ "Error inserting ", "): " },
	{ "error inserting '", "': -1 " },
	/* busybox: modutils */
	{ "can't load module ", "): " },
	{ "can't insert '", "': " },
	/* systemd: src/shared/module-util.c */
	{ "Failed to insert module '", "': " },
	{ "Failed to insert '", "': " },
};

/* Where there is no file of the module. */
static const struct {
	const char *before, *after;
} absences[] = {
	{ "Module ", " not found" },
	{ "module ", " not found" },
	{ "Failed to find module '", "'" },
};

/* kmod's own words for errors of init_module(2). */
static const struct {
	const char *words;
	int error;
} kmod_errors[] = {
	{ "Unknown symbol in module", ENOENT },
	{ "Invalid module format", ENOEXEC },
	{ "Module already in kernel", EEXIST },
};

static const char *behind(const char *at, const char *end, const char *text)
{
	const char *found = memmem(at, (size_t)(end - at), text, strlen(text));

	return found ? found + strlen(text) : NULL;
}

/* "/lib/modules/.../kvm-intel.ko.xz" and "kvm_intel (...": the name alone. */
static bool take_name(char name[MODULE_NAME_SIZE], const char *at,
		      const char *end)
{
	const char *slash, *stop;
	size_t i;

	while ((slash = memchr(at, '/', (size_t)(end - at))) &&
	       !memchr(at, ' ', (size_t)(slash - at)))
		at = slash + 1;
	for (stop = at; stop < end && *stop != '.' && *stop != ' '; stop++)
		;
	if (stop - at >= MODULE_NAME_SIZE)
		return false;
	for (i = 0; at < stop; at++)
		name[i++] = *at == '-' ? '_' : *at;
	name[i] = '\0';
	ARRAY_EACH(module, known_modules, NR_KNOWN_MODULES)
		if (!strcmp(module->name, name))
			return true;
	return false;
}

static const char *error_name(const char *at, const char *end)
{
	ARRAY_EACH(row, kmod_errors, ARRAY_SIZE(kmod_errors))
		if (begins_with(at, end, row->words))
			return errname(row->error);
	return errname_of_words(at, (size_t)(end - at));
}

static bool is_absent(const char *at, const char *end,
		      struct modprobe_said *said)
{
	ARRAY_EACH(row, absences, ARRAY_SIZE(absences)) {
		const char *name = behind(at, end, row->before);
		const char *after = name ? behind(name, end, row->after) : NULL;

		said->absent = after && take_name(said->name, name,
						  after - strlen(row->after));
		if (said->absent)
			return true;
	}
	return false;
}

bool modprobe_said(const char *at, const char *end, struct modprobe_said *said)
{
	*said = (struct modprobe_said){ .absent = false };
	/* All sentences have one of the two, and most lines have none. */
	if (!behind(at, end, "insert") && !behind(at, end, "odule "))
		return false;
	ARRAY_EACH(row, sentences, ARRAY_SIZE(sentences)) {
		const char *name = behind(at, end, row->before);
		const char *words = name ? behind(name, end, row->after) : NULL;

		if (!words ||
		    !take_name(said->name, name, words - strlen(row->after)))
			continue;
		said->error = error_name(words, end);
		return true;
	}
	return is_absent(at, end, said);
}
