// SPDX-License-Identifier: GPL-2.0-only
/* commands.def as tables. */
#include "options.h"

#define TAKES(id)	   (1ULL << OPT_##id)
#define COMMON		   (TAKES(JSON) | TAKES(COLOUR) | TAKES(HELP) | TAKES(VERSION))
#define WITH_HOSTS_NONE	   0u
#define WITH_HOSTS_ONE	   (TAKES(INPUT) | TAKES(STRICT) | TAKES(REGISTER))
#define WITH_HOSTS_TWO	   TAKES(STRICT)
#define WITH_HOSTS_FOLDERS TAKES(STRICT)

_Static_assert(NR_OPTIONS <= 64, "a bit for each option");

static const struct command_info commands[NR_COMMANDS] = {
#define COMMAND(id, title, reads, takes, text, opts, facts)                    \
	[COMMAND_##id] = { .name = #title,                                     \
			   .hosts = HOSTS_##reads,                             \
			   .arguments = (takes),                               \
			   .summary = (text),                                  \
			   .options = COMMON | WITH_HOSTS_##reads | (opts) },
#include "commands.def"
};

static const struct option_info rows[NR_OPTIONS] = {
#define OPTION(id, title, short, takes, text)                                  \
	[OPT_##id] = { .name = (title),                                        \
		       .argument = (takes),                                    \
		       .summary = (text),                                      \
		       .letter = (short)},
#include "commands.def"
};

const struct command_info *command_info(enum command_id command)
{
	return &commands[command];
}

const struct option_info *option_info(enum option_id option)
{
	return &rows[option];
}

bool option_is_common(enum option_id option)
{
	return (COMMON | WITH_HOSTS_ONE) >> option & 1;
}
