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
	names = cpulist_string(cpus);
	fprintf(note, "; CPUs %s %s", names ? names : "", what);
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
		  "are left out: this program may not run on them");
	note_cpus(note, &lost->no_msr, "would not tell their MSRs");
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

static struct host *finish(struct host *host, const char *no_module,
			   const char *no_device, struct live_lost *lost,
			   int failed)
{
	if (!failed)
		failed = add_kernel(host);
	if (!failed)
		failed = add_note(host, no_module, no_device, lost);
	live_lost_free(lost);
	if (!failed)
		return host;
	host_free(host);
	return NULL;
}

static struct host *from_cpuid(const struct live_paths *paths,
			       const char *no_module, const char *no_device)
{
	struct live_lost lost = { 0 };
	struct host *host = host_new(HOST_CPUID, "CPUID");

	if (!host)
		return NULL;
	return finish(host, no_module, no_device, &lost,
		      live_cpuid(host, paths, &lost));
}

struct host *input_live_from(const struct live_paths *paths,
			     struct input_error *error)
{
	char no_module[LIVE_REASON_SIZE], no_device[LIVE_REASON_SIZE];
	struct live_lost lost = { 0 };
	struct host *host;
	int failed;

	host = live_proc(paths->proc, no_module);
	if (host)
		return host;
	host = host_new(HOST_MSR_DEVICE, paths->devices);
	if (!host) {
		input_no_memory(error, paths->devices);
		return NULL;
	}
	failed = live_msr_device(host, paths, &lost, no_device);
	if (failed <= 0) {
		host = finish(host, no_module, NULL, &lost, failed);
	} else {
		live_lost_free(&lost);
		host_free(host);
		host = from_cpuid(paths, no_module, no_device);
	}
	if (!host)
		input_no_memory(error, "this system");
	return host;
}

struct host *input_live(struct input_error *error)
{
	static const struct live_paths paths = {
		.proc = "/proc/virtinfo",
		.devices = "/dev/cpu",
		.online = "/sys/devices/system/cpu/online",
	};

	return input_live_from(&paths, error);
}
