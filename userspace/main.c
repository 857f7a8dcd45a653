// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo: the verbs, and what is the same for all of them. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "input/input.h"
#include "options.h"
#include "output/terminal.h"
#include "report/report.h"

#ifndef VIRTINFO_VERSION
#error "the Makefile defines VIRTINFO_VERSION"
#endif

static struct host *load_host(const struct options *options, int *status)
{
	const char *path = options->value[OPT_INPUT];
	struct input_error error;
	struct host *host;

	host = path ? input_file(path, &error) : input_live(&error);
	if (!host) {
		fprintf(stderr, "virtinfo: %s\n", error.text);
		*status = error.status;
	}
	return host;
}

static int report(struct out *out, const struct options *options)
{
	struct host *host;
	int status = 0;

	if (options->verb == VERB_SHOW && options_has(options, OPT_LIST))
		return report_list(out, options);

	host = load_host(options, &status);
	if (!host)
		return status;
	switch (options->verb) {
	case VERB_SHOW:
		status = report_show(out, host, options);
		break;
	case VERB_CPUS:
		status = report_cpus(out, host, options);
		break;
	default:
		status = report_status(out, host, options);
		break;
	}
	host_free(host);
	return status;
}

int main(int argc, char **argv)
{
	struct options options;
	struct out out;
	int status;

	setlocale(LC_ALL, "");
	/* A closed pipe is an error of writing, told like any other. */
	signal(SIGPIPE, SIG_IGN);

	status = options_parse(&options, argc, argv);
	if (status)
		return status;
	out = terminal_out(stdout, options.value[OPT_COLOUR]);
	if (options_has(&options, OPT_HELP))
		options_help(stdout);
	else if (options_has(&options, OPT_VERSION))
		out_printf(&out, "virtinfo %s\n", VIRTINFO_VERSION);
	else
		status = report(&out, &options);

	/* errno tells more from fflush() than from fclose() after it. */
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "virtinfo: cannot write the report: %s\n",
			strerror(errno));
		return REPORT_FAILED;
	}
	return status;
}
