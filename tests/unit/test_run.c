// SPDX-License-Identifier: GPL-2.0-only
/* Another program's first line, and that nothing of it stays. */
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
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "input/run.h"
#include "kvm/watchdog.h"

static char folder[] = "/tmp/virtinfo-run-XXXXXX";
static char program[64], left[64];

static int setup(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(program, sizeof(program), "%s/program", folder);
	snprintf(left, sizeof(left), "%s/left", folder);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(program);
	unlink(left);
	return rmdir(folder);
}

static void write_program(const char *text)
{
	FILE *file = fopen(program, "w");

	assert_non_null(file);
	fprintf(file, "#!/bin/sh\n%s\n", text);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(chmod(program, 0755), 0);
}

static int descriptors(void)
{
	DIR *fds = opendir("/proc/self/fd");
	int count = 0;

	assert_non_null(fds);
	while (readdir(fds))
		count++;
	closedir(fds);
	return count;
}

static bool run(const char *text, unsigned int timeout_ms, char *line,
		size_t size)
{
	const int before = descriptors();
	bool have;

	write_program(text);
	have = run_for_line(program, "--version", timeout_ms, line, size);
	assert_int_equal(descriptors(), before);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	return have;
}

static void the_first_line(void **state)
{
	char line[32];

	(void)state;
	assert_true(run("echo \"$# $1 is 7.2\"; echo more", 10000, line,
			sizeof(line)));
	assert_string_equal(line, "1 --version is 7.2");
	/* One that has no end, and one that is longer than fits. */
	assert_true(run("printf 7.2", 10000, line, sizeof(line)));
	assert_string_equal(line, "7.2");
	assert_true(
		run("printf '%0100d' 0; sleep 100", 10000, line, sizeof(line)));
	assert_int_equal(strlen(line), sizeof(line) - 1);
}

static void no_line(void **state)
{
	char line[32];

	(void)state;
	assert_false(run("echo nothing >&2", 10000, line, sizeof(line)));
	assert_false(run("exit 1", 10000, line, sizeof(line)));
	assert_true(run("cat; echo end of input", 10000, line, sizeof(line)));
	assert_string_equal(line, "end of input");
	assert_false(
		run_for_line("/nonexistent", "", 10000, line, sizeof(line)));
	assert_false(run_for_line("/", "", 10000, line, sizeof(line)));
}

static void only_path_and_language(void **state)
{
	char line[64];

	(void)state;
	setenv("VIRTINFO_TEST", "set", 1);
	assert_true(
		run("echo $VIRTINFO_TEST $LC_ALL", 10000, line, sizeof(line)));
	assert_string_equal(line, "C");
}

/* What hangs is killed with what it started, which would leave a file. */
static void time_is_limited(void **state)
{
	const uint64_t start = kvm_clock_ns();
	char line[32], text[160];

	(void)state;
	snprintf(text, sizeof(text), "(sleep 1; : >%s) &\nexec sleep 100",
		 left);
	assert_false(run(text, 200, line, sizeof(line)));
	assert_true(kvm_clock_ns() - start < 60 * 1000000000ull);
	usleep(1500 * 1000);
	assert_int_equal(access(left, F_OK), -1);
}

/* A parent that has SIGCHLD ignored or blocked. */
static void signals_do_not_matter(void **state)
{
	sigset_t all, old;
	char line[32];

	(void)state;
	signal(SIGCHLD, SIG_IGN);
	sigfillset(&all);
	assert_int_equal(sigprocmask(SIG_SETMASK, &all, &old), 0);
	assert_true(run("echo 1.2; exec sleep 100", 10000, line, sizeof(line)));
	assert_string_equal(line, "1.2");
	assert_int_equal(sigprocmask(SIG_SETMASK, &old, NULL), 0);
	signal(SIGCHLD, SIG_DFL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_line),
		cmocka_unit_test(no_line),
		cmocka_unit_test(only_path_and_language),
		cmocka_unit_test(time_is_limited),
		cmocka_unit_test(signals_do_not_matter),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
