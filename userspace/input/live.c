// SPDX-License-Identifier: GPL-2.0-only
/* This system from the best source, and what the one that served lacks. */
#include "input/live.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "input/error.h"

#define MSR_DEVICE_COSTS                                                       \
	"registers come from /dev/cpu/N/msr and CPUID, so CR0 and CR4 are "    \
	"unknown, and whether VMX is on now"
#define CPUID_COSTS                                                            \
	"CPUID only, so firmware locks and VMX capabilities are unknown"

void live_lost_free(struct live_lost *lost)
{
	cpulist_free(&lost->not_allowed);
	cpulist_free(&lost->no_msr);
}

static void note_cpus(FILE *note, const struct cpulist *cpus, const char *what)
{
	char *names;

	if (!cpus->count)
		return;
	names = cpulist_words(cpus);
	fprintf(note, "; %s %s", what, names ? names : "");
	free(names);
}

static int add_note(struct host *host, const char *no_module,
		    const char *no_device, const struct live_lost *lost)
{
	char *text = NULL;
	size_t size;
	FILE *note;
	int failed;

	note = open_memstream(&text, &size);
	if (!note)
		return -1;
	fputs(no_module, note);
	if (no_device)
		fprintf(note, "; %s: " CPUID_COSTS, no_device);
	else
		fputs(": " MSR_DEVICE_COSTS, note);
	note_cpus(note, &lost->not_allowed,
		  "skipped (not in the allowed CPU set):");
	note_cpus(note, &lost->no_msr, "MSRs not readable on");
	failed = fclose(note);
	if (!failed)
		failed = facts_add(host->facts, "source note", text);
	free(text);
	return failed;
}

static int add_kernel(struct host *host)
{
	struct utsname names;

	if (uname(&names))
		return 0;
	return facts_add(host->facts, "kernel", names.release);
}

/* Registers of every CPU, and where they come from. Returns -1 without memory. */
static int read_cpus(struct host *host, const struct live_paths *paths,
		     const char *no_module)
{
	char no_device[LIVE_REASON_SIZE];
	struct live_lost lost = { 0 };
	int failed, result;

	result = live_cpus(host, paths, &lost, no_device);
	failed = result < 0;
	if (result > 0) {
		host->source = HOST_CPUID;
		failed = host_rename(host, "CPUID");
	}
	if (!failed)
		failed = add_kernel(host);
	if (!failed)
		failed = add_note(host, no_module, result ? no_device : NULL,
				  &lost);
	live_lost_free(&lost);
	return failed ? -1 : 0;
}

struct host *input_live_from(const struct live_paths *paths,
			     struct input_error *error)
{
	char no_module[LIVE_REASON_SIZE];
	struct host *host;

	host = live_proc(paths->proc, no_module);
	if (host)
		return host;
	host = host_new(HOST_MSR_DEVICE, paths->devices);
	if (host && read_cpus(host, paths, no_module)) {
		host_free(host);
		host = NULL;
	}
	if (!host)
		input_no_memory(error, "this system");
	return host;
}

struct host *input_live(bool hv_near, struct input_error *error)
{
	const struct live_paths paths = {
		.proc = "/proc/virtinfo",
		.devices = "/dev/cpu",
		.online = "/sys/devices/system/cpu/online",
		.hv_near = hv_near,
	};

	return input_live_from(&paths, error);
}
