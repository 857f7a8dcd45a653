// SPDX-License-Identifier: GPL-2.0-only
/* virtinfo: the commands, and what is the same for all of them. */
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "input/input.h"
#include "input/live_facts.h"
#include "options.h"
#include "output/terminal.h"
#include "report/check.h"
#include "report/report.h"

#ifndef VIRTINFO_VERSION
#error "the Makefile defines VIRTINFO_VERSION"
#endif

/* What a command needs of the live system besides the registers. */
static const struct {
	int (*report)(struct out *out, const struct host *host,
		      const struct options *options);
	unsigned int facts;
	bool hv_near; /* for input_live() */
} reports[NR_COMMANDS] = {
	[COMMAND_STATUS] = { .report = report_status,
			     .facts = LIVE_SYSTEM | LIVE_PROOF | LIVE_MODULE,
			     .hv_near = true },
	[COMMAND_CHECK] = { .report = report_check,
			    .facts = LIVE_SYSTEM | LIVE_CAPS | LIVE_PROOF,
			    .hv_near = true },
	[COMMAND_SHOW] = { .report = report_show },
	[COMMAND_CPUS] = { .report = report_cpus },
	[COMMAND_KVM] = { .report = report_kvm, .facts = LIVE_CAPS },
	[COMMAND_HYPERVISORS] = { .report = report_hypervisors,
				  .facts = LIVE_SYSTEM | LIVE_BESIDE },
	[COMMAND_EXPLAIN] = { .report = report_explain,
			      .facts = LIVE_SYSTEM | LIVE_BESIDE | LIVE_CAPS |
				       LIVE_PROOF },
	[COMMAND_CAPTURE] = { .report = report_capture,
			      .facts = LIVE_SYSTEM | LIVE_BESIDE | LIVE_CAPS |
				       LIVE_PROOF | LIVE_MODULE },
};

static struct host *load_host(const struct options *options, int *status)
{
	const char *path = options->value[OPT_INPUT];
	unsigned int facts = reports[options->command].facts;
	struct input_error error;
	struct host *host;

	if (options_has(options, OPT_NO_RUN))
		facts &= ~LIVE_PROOF;
	/* Only profiles ask for capabilities. */
	if (options->command == COMMAND_CHECK && !options_has(options, OPT_FOR))
		facts &= ~LIVE_CAPS;
	if (options_has(options, OPT_TRY_LOAD))
		facts |= LIVE_TRY_LOAD;
	host = path ? input_file(path, &error) :
		      input_live(reports[options->command].hv_near, &error);
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
	struct host *host;
	int status = 0;

	/* These tell of no machine, or only of what they run themselves. */
	if (options_has(options, OPT_LIST))
		return report_list(out, options);
	if (options->command == COMMAND_EXPLAIN &&
	    options_has(options, OPT_ROFF))
		return report_explain_manual(out);
	if (options->command == COMMAND_EXITS)
		return report_exits(out, options);
	if (options->command == COMMAND_CHECK &&
	    report_check_early(out, options, &status))
		return status;

	host = load_host(options, &status);
	if (host)
		status = reports[options->command].report(out, host, options);
	host_free(host);
	return status;
}

int main(int argc, char **argv)
{
	struct options options;
	struct out out;
	int status;

	setlocale(LC_CTYPE, "");
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
		return STATUS_FAILED;
	}
	return status;
}
