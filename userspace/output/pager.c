// SPDX-License-Identifier: GPL-2.0-only
#include "output/pager.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#define USUAL_PAGER "less -R"
/* What sh says when it finds no program to run. */
#define NOT_FOUND 127

static bool is_long(const struct out *out, const char *text, size_t length)
{
	const char *end = text + length;
	struct winsize size;
	size_t lines = 0;

	if (ioctl(fileno(out->file), TIOCGWINSZ, &size) || !size.ws_row)
		return false;
	while (text < end &&
	       (text = memchr(text, '\n', (size_t)(end - text)))) {
		lines++;
		text++;
	}
	return lines >= size.ws_row;
}

/* Is the text out? A pager that never ran has shown nothing. */
static bool show(const char *command, const char *text, size_t length)
{
	void (*pipe_signal)(int);
	FILE *pager;
	int status;

	pager = popen(command, "we");
	if (!pager)
		return false;
	/* Who leaves the pager before the end has seen enough. */
	pipe_signal = signal(SIGPIPE, SIG_IGN);
	fwrite(text, 1, length, pager);
	status = pclose(pager);
	signal(SIGPIPE, pipe_signal);
	return status != -1 &&
	       !(WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND);
}

static int print(struct out *out, const char *text, size_t length)
{
	const char *command = getenv("PAGER");

	if (!command)
		command = USUAL_PAGER;
	if (out->terminal && *command && is_long(out, text, length)) {
		fflush(out->file);
		/* Leave at the end of a short text, show colours, keep the screen. */
		setenv("LESS", "FRX", 0);
		if (show(command, text, length))
			return 0;
	}
	return fwrite(text, 1, length, out->file) == length ? 0 : -1;
}

int paged_begin(struct paged *paged, struct out *out)
{
	*paged = (struct paged){ .out = *out, .to = out };
	paged->out.file = open_memstream(&paged->text, &paged->length);
	return paged->out.file ? 0 : -1;
}

int paged_end(struct paged *paged, bool failed)
{
	int error = fclose(paged->out.file) || failed;

	if (!error)
		error = print(paged->to, paged->text, paged->length);
	free(paged->text);
	return error ? -1 : 0;
}
