// SPDX-License-Identifier: GPL-2.0-only
#include "options.h"

#include <getopt.h>
#include <string.h>

#include "base/exit_status.h"
#include "base/safe.h"
#include "types.h"

#define TAKES(id)     (1u << OPT_##id)
#define TAKES_NOT(id) TAKES(id)
#define COMMON                                                                 \
	(TAKES(INPUT) | TAKES(JSON) | TAKES(COLOUR) | TAKES(HELP) |            \
	 TAKES(VERSION))

static const struct {
	const char *name;
	const char *arguments;
	const char *summary;
	unsigned int options;
} commands[NR_COMMANDS] = {
#define COMMAND(id, title, takes, text, opts)                                  \
	[COMMAND_##id] = { .name = (title),                                    \
			   .arguments = (takes),                               \
			   .summary = (text),                                  \
			   .options = (opts) },
#include "commands.def"
};

static const struct {
	const char *name;
	const char *argument;
	const char *summary;
	char letter;
} rows[NR_OPTIONS] = {
#define OPTION(id, title, short, takes, text)                                  \
	[OPT_##id] = { .name = (title),                                        \
		       .argument = (takes),                                    \
		       .summary = (text),                                      \
		       .letter = (short)},
#include "commands.def"
};

static int usage_error(const char *what, const char *which)
{
	char safe[SAFE_SIZE(64)];

	safe_bytes(safe, sizeof(safe), which, strnlen(which, 64));
	fprintf(stderr,
		"virtinfo: %s '%s'\n"
		"usage: virtinfo [COMMAND] [OPTION...]; virtinfo --help lists them\n",
		what, safe);
	return STATUS_USAGE;
}

enum together { IDLE_BESIDE, IDLE_WITHOUT, IDLE_ARGUMENTS };

static const struct {
	enum together how;
	enum command_id command;
	enum option_id option;
	enum option_id other;
} pairs[] = {
#define IDLE(of, this, that)                                                   \
	{ .how = IDLE_BESIDE,                                                  \
	  .command = COMMAND_##of,                                             \
	  .option = OPT_##this,                                                \
	  .other = OPT_##that },
#define NEEDS(of, this, that)                                                  \
	{ .how = IDLE_WITHOUT,                                                 \
	  .command = COMMAND_##of,                                             \
	  .option = OPT_##this,                                                \
	  .other = OPT_##that },
#define NO_ARGUMENTS(of, this)                                                 \
	{ .how = IDLE_ARGUMENTS,                                               \
	  .command = COMMAND_##of,                                             \
	  .option = OPT_##this },
#include "commands.def"
};

static unsigned int accepted(enum command_id command)
{
	return COMMON ^ commands[command].options;
}

static int find_command(const char *name, enum command_id *command)
{
	for (*command = 0; *command < NR_COMMANDS; (*command)++)
		if (!strcmp(commands[*command].name, name))
			return 0;
	return -1;
}

/* Letters of getopt(), and its long options; both end themselves. */
static void fill_getopt(char *letters, struct option *long_options)
{
	enum option_id i;

	*letters++ = ':';
	for (i = 0; i < NR_OPTIONS; i++) {
		long_options[i] = (struct option){
			.name = rows[i].name,
			.has_arg = rows[i].argument ? required_argument :
						      no_argument,
			.val = 256 + (int)i,
		};
		if (!rows[i].letter)
			continue;
		*letters++ = rows[i].letter;
		if (rows[i].argument)
			*letters++ = ':';
	}
	*letters = '\0';
	long_options[NR_OPTIONS] = (struct option){ 0 };
}

static enum option_id option_of(int found)
{
	enum option_id i;

	if (found >= 256)
		return (enum option_id)(found - 256);
	for (i = 0; i < NR_OPTIONS; i++)
		if (rows[i].letter == found)
			break;
	return i;
}

/* As much as a message shows of a word. */
#define OPTION_NAME 64

/* With its dashes, as it is given. Returns name. */
static const char *option_name(char name[OPTION_NAME], enum option_id option)
{
	snprintf(name, OPTION_NAME, "--%s", rows[option].name);
	return name;
}

int options_idle(enum option_id option, const char *other)
{
	char what[64];

	snprintf(what, sizeof(what), "--%s does nothing beside",
		 rows[option].name);
	return usage_error(what, other);
}

static int check_pair(const struct options *options, size_t i)
{
	const char *option = rows[pairs[i].option].name;
	char other[OPTION_NAME], what[64];

	option_name(other, pairs[i].other);
	switch (pairs[i].how) {
	case IDLE_BESIDE:
		if (options_has(options, pairs[i].other))
			return options_idle(pairs[i].option, other);
		return 0;
	case IDLE_WITHOUT:
		if (options_has(options, pairs[i].other))
			return 0;
		snprintf(what, sizeof(what), "--%s of %s needs", option,
			 commands[pairs[i].command].name);
		return usage_error(what, other);
	default:
		if (!options->nr_arguments)
			return 0;
		snprintf(what, sizeof(what), "with --%s there is no", option);
		return usage_error(what, options->arguments[0]);
	}
}

static int check_pairs(const struct options *options)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(pairs); i++)
		if (pairs[i].command == options->command &&
		    options_has(options, pairs[i].option) &&
		    check_pair(options, i))
			return STATUS_USAGE;
	return 0;
}

static int check_accepted(const struct options *options)
{
	char what[64], name[OPTION_NAME];
	enum option_id i;

	for (i = 0; i < NR_OPTIONS; i++)
		if (options->value[i] &&
		    !(accepted(options->command) & 1u << i)) {
			snprintf(what, sizeof(what), "%s takes no option",
				 commands[options->command].name);
			return usage_error(what, option_name(name, i));
		}
	if (options->nr_arguments && !commands[options->command].arguments)
		return usage_error("too many arguments:",
				   options->arguments[0]);
	if (options->value[OPT_COLOUR] &&
	    strcmp(options->value[OPT_COLOUR], "auto") &&
	    strcmp(options->value[OPT_COLOUR], "always") &&
	    strcmp(options->value[OPT_COLOUR], "never"))
		return usage_error("--color is auto, always or never, not",
				   options->value[OPT_COLOUR]);
	return check_pairs(options);
}

/* Of two files or profiles the first would be forgotten. */
static int take(struct options *options, enum option_id option)
{
	char name[OPTION_NAME];

	if (options->value[option] && optarg && option != OPT_COLOUR)
		return usage_error("a second time:", option_name(name, option));
	options->value[option] = optarg ? optarg : "";
	return 0;
}

int options_parse(struct options *options, int argc, char **argv)
{
	struct option long_options[NR_OPTIONS + 1];
	char letters[2 * NR_OPTIONS + 2];
	int found;

	*options = (struct options){ .command = COMMAND_STATUS };
	fill_getopt(letters, long_options);
	opterr = 0;
	while ((found = getopt_long(argc, argv, letters, long_options, NULL)) !=
	       -1) {
		if (found == '?')
			return usage_error("unknown option", argv[optind - 1]);
		if (found == ':')
			return usage_error("an argument is missing after",
					   argv[optind - 1]);
		if (take(options, option_of(found)))
			return STATUS_USAGE;
	}
	if (optind < argc && find_command(argv[optind++], &options->command))
		return usage_error("unknown verb", argv[optind - 1]);
	options->arguments = argv + optind;
	options->nr_arguments = argc - optind;
	if (options_has(options, OPT_HELP) || options_has(options, OPT_VERSION))
		return 0;
	return check_accepted(options);
}

static void help_option(FILE *file, enum option_id i)
{
	char name[64];

	snprintf(name, sizeof(name), "%s%c%s--%s%s%s",
		 rows[i].letter ? "-" : "  ",
		 rows[i].letter ? rows[i].letter : ' ',
		 rows[i].letter ? ", " : " ", rows[i].name,
		 rows[i].argument ? "=" : "",
		 rows[i].argument ? rows[i].argument : "");
	fprintf(file, "  %s\n          %s\n", name, rows[i].summary);
}

void options_help(FILE *file)
{
	enum option_id o;
	enum command_id v;

	fputs("usage: virtinfo [COMMAND] [OPTION...]\n\n"
	      "Can this machine run virtual machines in hardware, with which features,\n"
	      "and if not, which single thing stands in the way?\n\n"
	      "Verbs; status is meant when there is none:\n",
	      file);
	for (v = 0; v < NR_COMMANDS; v++)
		fprintf(file, "  %s%s%s\n          %s\n", commands[v].name,
			commands[v].arguments ? " " : "",
			commands[v].arguments ? commands[v].arguments : "",
			commands[v].summary);
	fputs("\nOptions of every verb:\n", file);
	for (o = 0; o < NR_OPTIONS; o++)
		if (COMMON & 1u << o)
			help_option(file, o);
	for (v = 0; v < NR_COMMANDS; v++) {
		if (!(commands[v].options & ~COMMON))
			continue;
		fprintf(file, "\nOptions of %s:\n", commands[v].name);
		for (o = 0; o < NR_OPTIONS; o++)
			if (commands[v].options & ~COMMON & 1u << o)
				help_option(file, o);
	}
	fputs("\nExit status: 0 ready, 1 an operation failed, 2 usage, 3 bad input; of check\n"
	      "the reason: 10-12 processor, 20-23 firmware, 30-33 kernel, 40-42 device,\n"
	      "50-53 KVM, 60 unknown. virtinfo(1) has them all.\n",
	      file);
}

void options_list(FILE *file)
{
	enum option_id o;
	enum command_id v;

	for (v = 0; v < NR_COMMANDS; v++) {
		fprintf(file, "command\t%s\t%s\t%s", commands[v].name,
			commands[v].arguments ? commands[v].arguments : "-",
			commands[v].summary);
		for (o = 0; o < NR_OPTIONS; o++)
			if (accepted(v) & 1u << o)
				fprintf(file, "\t--%s", rows[o].name);
		putc('\n', file);
	}
	for (o = 0; o < NR_OPTIONS; o++)
		fprintf(file, "option\t--%s\t%c\t%s\t%s\n", rows[o].name,
			rows[o].letter ? rows[o].letter : '-',
			rows[o].argument ? rows[o].argument : "-",
			rows[o].summary);
}
