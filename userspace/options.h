/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line, taken apart by the rows of commands.def. */
#ifndef VIRTINFO_OPTIONS_H
#define VIRTINFO_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

enum option_id {
#define OPTION(id, name, letter, argument, summary) OPT_##id,
#include "commands.def"
	NR_OPTIONS
};

enum command_id {
#define COMMAND(id, name, arguments, summary, options) COMMAND_##id,
#include "commands.def"
	NR_COMMANDS
};

struct options {
	enum command_id command;
	const char *value[NR_OPTIONS]; /* "" for a flag; NULL: not given */
	char *const *arguments;	       /* of the command; ends with NULL */
	int nr_arguments;
};

/*
 * Take argv apart. Returns 0, or 2 after a message on standard error. What
 * options holds points into argv.
 */
int options_parse(struct options *options, int argc, char **argv);

static inline bool options_has(const struct options *options,
			       enum option_id option)
{
	return options->value[option] != NULL;
}

/* Say that the option does nothing beside the other. Returns 2. */
int options_idle(enum option_id option, const char *other);

void options_help(FILE *file);

/* One line a command or option, parted by tabs, for making completions. */
void options_list(FILE *file);

#endif
