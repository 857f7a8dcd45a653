/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of a live KVM share: is there one, and does anything stay? */
#ifndef VIRTINFO_TESTS_FOOTPRINT_H
#define VIRTINFO_TESTS_FOOTPRINT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kvm/device.h"

/* What a process could leave behind. */
struct footprint {
	int descriptors;
	int threads;
	int mappings;
	long pages;	   /* of address space */
	long private;	   /* kB of memory that no file backs */
	char signals[512]; /* of /proc/self/status, but SigQ is the user's */
	sigset_t blocked;
};

static inline int count_entries(const char *path)
{
	DIR *dir = opendir(path);
	int count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count;
}

static inline int count_lines(const char *path)
{
	FILE *file = fopen(path, "r");
	char line[1024];
	int count = 0;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file))
		count++;
	fclose(file);
	return count;
}

/*
 * The signals, and the memory of the process's own. Pages of files are not
 * counted: the kernel takes and returns them as memory is scarce (DAMON does so
 * in advance), whatever the process does.
 */
static inline void read_status(struct footprint *now)
{
	const size_t size = sizeof(now->signals);
	FILE *file = fopen("/proc/self/status", "r");
	char line[256];
	long kb;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		char *end = now->signals + strlen(now->signals);

		if ((!strncmp(line, "Sig", 3) && strncmp(line, "SigQ", 4)) ||
		    !strncmp(line, "ShdPnd", 6))
			snprintf(end, size - (end - now->signals), "%s", line);
		else if (sscanf(line, "RssAnon: %ld", &kb) == 1 ||
			 sscanf(line, "VmSwap: %ld", &kb) == 1)
			now->private += kb;
	}
	fclose(file);
	assert_true(now->private > 0);
}

static inline struct footprint footprint(void)
{
	struct footprint now = { 0 };
	FILE *file = fopen("/proc/self/statm", "r");

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%ld", &now.pages), 1);
	fclose(file);
	now.descriptors = count_entries("/proc/self/fd");
	now.threads = count_entries("/proc/self/task");
	now.mappings = count_lines("/proc/self/maps");
	read_status(&now);
	assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &now.blocked), 0);
	return now;
}

static inline void assert_unchanged(const struct footprint *before)
{
	const struct footprint now = footprint();

	assert_int_equal(now.descriptors, before->descriptors);
	assert_int_equal(now.threads, before->threads);
	assert_int_equal(now.mappings, before->mappings);
	assert_int_equal(now.pages, before->pages);
	/* Data of the program itself may be written late. */
	assert_true(now.private <= before->private + 256);
	assert_string_equal(now.signals, before->signals);
	assert_memory_equal(&now.blocked, &before->blocked,
			    sizeof(now.blocked));
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	/* Empty, or not there in a kernel without checkpoint and restore. */
	if (!access("/proc/self/timers", R_OK))
		assert_int_equal(count_lines("/proc/self/timers"), 0);
}

static inline void need_device(void)
{
	int device = kvm_device_open(NULL);

	if (device < 0) {
		print_message("SKIPPED: %s: %s\n", KVM_DEVICE,
			      strerror(-device));
		skip();
	}
	close(device);
}

/* How often what could leak is done. */
static inline int runs(void)
{
	const char *text = getenv("PROOF_SOAK_RUNS");
	int count = text ? atoi(text) : 0;

	return count > 0 ? count : 1000;
}

#endif
