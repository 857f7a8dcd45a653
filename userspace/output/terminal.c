// SPDX-License-Identifier: GPL-2.0-only
#include "output/terminal.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEFAULT_WIDTH 80
#define LEAST_WIDTH   40

static bool has_colours(bool terminal, const char *colour)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (colour && !strcmp(colour, "always"))
		return true;
	if (colour && !strcmp(colour, "never"))
		return false;
	return terminal && !(no_color && *no_color) && term &&
	       strcmp(term, "dumb");
}

static int terminal_width(FILE *file)
{
	struct winsize size;

	if (ioctl(fileno(file), TIOCGWINSZ, &size) || !size.ws_col)
		return DEFAULT_WIDTH;
	return size.ws_col < LEAST_WIDTH ? LEAST_WIDTH : size.ws_col;
}

struct out terminal_out(FILE *file, const char *colour)
{
	bool terminal = isatty(fileno(file));

	return (struct out){
		.file = file,
		.terminal = terminal,
		.colour = has_colours(terminal, colour),
		.utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8"),
		.width = terminal ? terminal_width(file) : DEFAULT_WIDTH,
	};
}
