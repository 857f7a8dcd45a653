/* SPDX-License-Identifier: GPL-2.0-only */
/* The command line, parsed by the rows of commands.def. */
#ifndef VIRTINFO_OPTIONS_H
#define VIRTINFO_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum option_id {
#define OPTION(id, name, letter, argument, summary) OPT_##id,
#include "commands.def"
	NR_OPTIONS
};

enum command_id {
#define COMMAND(id, name, hosts, arguments, summary, options, facts)           \
	COMMAND_##id,
#include "commands.def"
	NR_COMMANDS
};

/* Each option or command in turn. */
#define OPTION_EACH(id)	 for (enum option_id id = 0; id < NR_OPTIONS; id++)
#define COMMAND_EACH(id) for (enum command_id id = 0; id < NR_COMMANDS; id++)

/* The machines that a command reads. */
enum command_hosts {
	HOSTS_NONE,
	HOSTS_ONE,     /* of --input, else this system */
	HOSTS_TWO,     /* of its arguments; this system for a missing second */
	HOSTS_FOLDERS, /* of files and folders, which the command reads */
};

struct command_info {
	const char *name;
	enum command_hosts hosts;
	const char *arguments; /* NULL: it takes none */
	const char *summary;
	unsigned long long
		options; /* a bit 1 << OPT_... for each that it takes */
};

struct option_info {
	const char *name;
	const char *argument; /* NULL: a flag; "[FILE]": may be left out */
	const char *summary;
	char letter; /* 0: none */
};

const struct command_info *command_info(enum command_id command);
const struct option_info *option_info(enum option_id option);

/*
 * Does every command take it? Every one that reads one machine takes --input,
 * --strict and --register.
 */
bool option_is_common(enum option_id option);

static inline bool command_takes(enum command_id command, enum option_id option)
{
	return command_info(command)->options >> option & 1;
}

struct options {
	enum command_id command;
	bool command_given;	       /* false: it is the default */
	enum command_hosts hosts;      /* that these options leave to read */
	const char *value[NR_OPTIONS]; /* "" for a flag; NULL: not given */
	char *const *arguments;	       /* of the command; ends with NULL */
	int nr_arguments;
};

/*
 * Parse argv. Returns 0, or STATUS_USAGE after a message on standard error.
 * What options holds points into argv.
 */
int options_parse(struct options *options, int argc, char **argv);

static inline bool options_has(const struct options *options,
			       enum option_id option)
{
	return options->value[option] != NULL;
}

/* How many machines are to be read. */
size_t options_nr_inputs(const struct options *options);

/* The file of one of them, from 0; NULL where it is this system. */
const char *options_input(const struct options *options, size_t index);

/* --help: of the command that was given, or of all. */
void options_help(FILE *file, const struct options *options);

/* One line a command or option, parted by tabs, for making completions. */
void options_list(FILE *file);

#endif
