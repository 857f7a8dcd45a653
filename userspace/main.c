// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo: read the machines that the command needs, and report. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input/input.h"
#include "input/libkmod.h"
#include "input/live_facts.h"
#include "model/decode.h"
#include "options.h"
#include "output/terminal.h"
#include "report/report.h"

#ifndef VIRTINFO_VERSION
#error "the Makefile defines VIRTINFO_VERSION"
#endif

#define LIVE(what) LIVE_##what

static const struct {
	int (*report)(struct out *out, struct host *const *hosts,
		      const struct options *options);
	unsigned int facts;
} commands[NR_COMMANDS] = {
#define COMMAND(id, name, hosts, arguments, summary, options, what)            \
	[COMMAND_##id] = { .report = report_##name, .facts = (what) },
#include "commands.def"
};

static const struct {
	unsigned int adds;
	unsigned int drops;
} option_facts[NR_OPTIONS] = {
#define ADDS(option, what)  [OPT_##option] = { .adds = (what) },
#define DROPS(option, what) [OPT_##option] = { .drops = (what) },
#include "commands.def"
};

static unsigned int facts_of(const struct options *options)
{
	unsigned int facts = commands[options->command].facts;

	OPTION_EACH(i)
		if (options_has(options, i))
			facts = (facts | option_facts[i].adds) &
				~option_facts[i].drops;
	return facts;
}

/* What of the file is not in the host: said, or with --strict an error. */
static struct host *load_file(const char *path, const struct options *options,
			      struct input_error *error)
{
	const char *values = options->value[OPT_REGISTER];
	struct host *host =
		values ? input_file_of(path, msr_meant(values), error) :
			 input_file(path, error);

	if (!host)
		return NULL;
	if (options_has(options, OPT_STRICT) && input_strict(host, error)) {
		host_free(host);
		return NULL;
	}
	if (!options_has(options, OPT_QUIET))
		input_remarks(stderr, host);
	return host;
}

/* From a file, or this system where path is NULL. */
static struct host *load_host(const char *path, const struct options *options,
			      int *status)
{
	unsigned int facts = facts_of(options);
	struct input_error error;
	struct host *host;

	if (!path && facts & LIVE_TRY_LOAD && !libkmod_here()) {
		fputs("virtinfo: --try-load needs libkmod, which is not here\n",
		      stderr);
		*status = STATUS_FAILED;
		return NULL;
	}
	host = path ? load_file(path, options, &error) :
		      input_live(facts & LIVE_FIRST_HV_LEAVES, &error);
	if (!host) {
		fprintf(stderr, "virtinfo: %s\n", error.text);
		*status = error.status;
		return NULL;
	}
	if (host_is_live(host) && live_facts(host, facts)) {
		*status = report_out_of_memory();
		host_free(host);
		return NULL;
	}
	return host;
}

static int report(struct out *out, const struct options *options)
{
	size_t i, count = options_nr_inputs(options);
	struct host **hosts = calloc(count + 1, sizeof(*hosts));
	int status = STATUS_OK;

	if (!hosts)
		return report_out_of_memory();
	for (i = 0; i < count && status == STATUS_OK; i++)
		hosts[i] =
			load_host(options_input(options, i), options, &status);
	if (status == STATUS_OK)
		status = commands[options->command].report(out, hosts, options);
	for (i = 0; i < count; i++)
		host_free(hosts[i]);
	free(hosts);
	return status;
}

int main(int argc, char **argv)
{
	struct options options;
	struct out out;
	int status;

	setlocale(LC_CTYPE, "");
	/* A closed pipe ends the program, also where a parent ignores it. */
	signal(SIGPIPE, SIG_DFL);

	status = options_parse(&options, argc, argv);
	if (status)
		return status;
	out = terminal_out(stdout, options.value[OPT_COLOUR]);
	if (options_has(&options, OPT_HELP))
		options_help(stdout, &options);
	else if (options_has(&options, OPT_VERSION))
		out_printf(&out, "virtinfo %s\n", VIRTINFO_VERSION);
	else
		status = report(&out, &options);

	/* errno says more from fflush() than from fclose() after it. */
	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr, "virtinfo: write error: %s\n", strerror(errno));
		return STATUS_FAILED;
	}
	return status;
}
