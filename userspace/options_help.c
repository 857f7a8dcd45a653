// SPDX-License-Identifier: GPL-2.0-only
/* --help, and the table of options for the completions. */
#include "base/array.h"
#include "base/exit_status.h"
#include "options.h"
#include "verdict/reasons.h"

/* Where summaries begin; the longest name fits before it. */
#define SUMMARY_COLUMN 32

static void print_row(FILE *file, const char *name, const char *summary)
{
	fprintf(file, " %-*s%s\n", SUMMARY_COLUMN - 1, name, summary);
}

static void print_command(FILE *file, enum command_id command)
{
	const struct command_info *info = command_info(command);
	char name[SUMMARY_COLUMN];

	snprintf(name, sizeof(name), "%s%s%s", info->name,
		 info->arguments ? " " : "",
		 info->arguments ? info->arguments : "");
	print_row(file, name, info->summary);
}

static void print_option(FILE *file, enum option_id option)
{
	const struct option_info *info = option_info(option);
	char name[SUMMARY_COLUMN], letter[] = "    ";

	if (info->letter)
		snprintf(letter, sizeof(letter), "-%c, ", info->letter);
	if (info->argument && *info->argument == '[')
		snprintf(name, sizeof(name), "%s--%s[=%s", letter, info->name,
			 info->argument + 1);
	else
		snprintf(name, sizeof(name), "%s--%s%s%s", letter, info->name,
			 info->argument ? "=" : "",
			 info->argument ? info->argument : "");
	print_row(file, name, info->summary);
}

static bool same_commands(enum option_id a, enum option_id b)
{
	COMMAND_EACH(command)
		if (command_takes(command, a) != command_takes(command, b))
			return false;
	return true;
}

/* "Options of status, check, capture:" */
static void print_heading(FILE *file, enum option_id option)
{
	const char *before = "\nOptions of ";

	COMMAND_EACH(command) {
		if (!command_takes(command, option))
			continue;
		fprintf(file, "%s%s", before, command_info(command)->name);
		before = ", ";
	}
	fputs(":\n", file);
}

/* Those of every command, then those that the same commands take. */
static void print_all_options(FILE *file)
{
	enum option_id last = NR_OPTIONS;

	fputs("\nOptions:\n", file);
	OPTION_EACH(i)
		if (option_is_common(i))
			print_option(file, i);
	OPTION_EACH(i) {
		if (option_is_common(i))
			continue;
		if (last == NR_OPTIONS || !same_commands(last, i))
			print_heading(file, i);
		print_option(file, i);
		last = i;
	}
}

static void print_command_options(FILE *file, enum command_id command)
{
	fputs("\nOptions:\n", file);
	OPTION_EACH(i)
		if (command_takes(command, i))
			print_option(file, i);
}

/* What the statuses of one decade have in common: a stage, or their name. */
static const char *decade_name(int decade)
{
	const char *name = NULL;

	for (int reason = 0; reason < NR_REASONS; reason++) {
		const struct reason_info *info = reason_info(reason);

		if (info->exit_status / 10 != decade)
			continue;
		if (info->stage != STAGE_NONE)
			return stage_name(info->stage);
		name = info->name;
	}
	return name;
}

/* "10-12  processor" */
static void print_decade(FILE *file, int decade)
{
	int first = 10 * decade + 9, last = 0, reason;
	char range[16];

	for (reason = 0; reason < NR_REASONS; reason++) {
		int status = reason_info(reason)->exit_status;

		if (status / 10 != decade)
			continue;
		first = status < first ? status : first;
		last = status > last ? status : last;
	}
	snprintf(range, sizeof(range), first < last ? "%d-%d" : "%d", first,
		 last);
	fprintf(file, " %-6s %s\n", range, decade_name(decade));
}

/* Statuses of one command: as base/exit_status.h has them. */
static const struct {
	enum command_id command;
	int status;
	const char *meaning;
} own_statuses[] = {
	{ COMMAND_DIFF, STATUS_ONLY_TO_B, "from A to B only" },
	{ COMMAND_DIFF, STATUS_ONLY_TO_A, "from B to A only" },
	{ COMMAND_DIFF, STATUS_NEITHER_WAY, "neither way" },
	{ COMMAND_DIFF, STATUS_MIGRATION_UNKNOWN,
	  "not known of one way at least" },
	{ COMMAND_FLEET, STATUS_NOT_ALL_READY,
	  "some are not ready, or it is not known" },
	{ COMMAND_FLEET, STATUS_DRIFTED,
	  "--since: machines appeared, vanished or changed" },
	{ COMMAND_FLEET, STATUS_LOST_A_HOST,
	  "--since: one that was ready is not, or vanished" },
};

static void print_own_statuses(FILE *file, enum command_id command)
{
	ARRAY_EACH(own, own_statuses, ARRAY_SIZE(own_statuses))
		if (own->command == command)
			fprintf(file, " %-6d %s\n", own->status, own->meaning);
}

/* What the statuses of the command say besides those of every command. */
static void print_answers(FILE *file, enum command_id command)
{
	switch (command) {
	case COMMAND_CHECK:
		fputs("\nExit status of check, by the stage that fails (0: ready):\n",
		      file);
		for (int decade = 1; decade_name(decade); decade++)
			print_decade(file, decade);
		break;
	case COMMAND_DIFF:
		fputs("\nExit status of diff, where a guest may move (0: both ways):\n",
		      file);
		print_own_statuses(file, command);
		break;
	case COMMAND_FLEET:
		fputs("\nExit status of fleet (0: all are ready; --since: nothing differs):\n",
		      file);
		print_own_statuses(file, command);
		break;
	default:
		break;
	}
}

static void print_exit_status(FILE *file)
{
	fputs("\nExit status:\n"
	      " 0      success\n"
	      " 1      an operation failed\n"
	      " 2      usage error\n"
	      " 3      bad input\n",
	      file);
}

static void help_command(FILE *file, enum command_id command)
{
	const struct command_info *info = command_info(command);

	fprintf(file, "Usage:\n virtinfo %s [OPTION...]%s%s\n\n%s\n",
		info->name, info->arguments ? " " : "",
		info->arguments ? info->arguments : "", info->summary);
	print_command_options(file, command);
	print_exit_status(file);
	print_answers(file, command);
}

static void help_all(FILE *file)
{
	fputs("Usage:\n virtinfo [COMMAND] [OPTION...] [ARGUMENT...]\n\n"
	      "Can this machine run virtual machines in hardware, with which features, and if\n"
	      "not, why?\n\n"
	      "Commands (default: status):\n",
	      file);
	COMMAND_EACH(command)
		print_command(file, command);
	print_all_options(file);
	print_exit_status(file);
	COMMAND_EACH(command)
		print_answers(file, command);
}

void options_help(FILE *file, const struct options *options)
{
	if (options->command_given)
		help_command(file, options->command);
	else
		help_all(file);
	fputs("\nFor more details see virtinfo(1).\n", file);
}

void options_list(FILE *file)
{
	COMMAND_EACH(command) {
		const struct command_info *info = command_info(command);

		fprintf(file, "command\t%s\t%s\t%s", info->name,
			info->arguments ? info->arguments : "-", info->summary);
		OPTION_EACH(i)
			if (command_takes(command, i))
				fprintf(file, "\t--%s", option_info(i)->name);
		putc('\n', file);
	}
	OPTION_EACH(i) {
		const struct option_info *info = option_info(i);

		fprintf(file, "option\t--%s\t%c\t%s\t%s\n", info->name,
			info->letter ? info->letter : '-',
			info->argument ? info->argument : "-", info->summary);
	}
}
