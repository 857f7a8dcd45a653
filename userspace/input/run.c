// SPDX-License-Identifier: GPL-2.0-only
#include "input/run.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Signals as a shell gives them: this program blocks and ignores its own. */
static int set_attributes(posix_spawnattr_t *attributes)
{
	sigset_t all, none;
	int error;

	sigfillset(&all);
	sigemptyset(&none);
	error = posix_spawnattr_setflags(
		attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
				    POSIX_SPAWN_SETSIGMASK);
	if (!error)
		error = posix_spawnattr_setpgroup(attributes, 0);
	if (!error)
		error = posix_spawnattr_setsigdefault(attributes, &all);
	if (!error)
		error = posix_spawnattr_setsigmask(attributes, &none);
	return error;
}

static int set_files(posix_spawn_file_actions_t *files, int output)
{
	int error;

	error = posix_spawn_file_actions_adddup2(files, output, 1);
	if (!error)
		error = posix_spawn_file_actions_addopen(files, 0, "/dev/null",
							 O_RDONLY, 0);
	if (!error)
		error = posix_spawn_file_actions_addopen(files, 2, "/dev/null",
							 O_WRONLY, 0);
	return error;
}

/* Returns 0 with *child, or an errno. */
static int start(pid_t *child, const char *path, const char *argument,
		 int output)
{
	char *const arguments[] = { (char *)path, (char *)argument, NULL };
	char search[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
	char language[] = "LC_ALL=C";
	char *const environment[] = { search, language, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	int error;

	error = posix_spawn_file_actions_init(&files);
	if (error)
		return error;
	error = posix_spawnattr_init(&attributes);
	if (error)
		goto destroy_files;
	error = set_files(&files, output);
	if (!error)
		error = set_attributes(&attributes);
	if (!error)
		error = posix_spawn(child, path, &files, &attributes, arguments,
				    environment);
	posix_spawnattr_destroy(&attributes);
destroy_files:
	posix_spawn_file_actions_destroy(&files);
	return error;
}

/* Wait for something to read; false where the time is over. */
static bool wait_readable(int file, int64_t end)
{
	struct pollfd poll_file = { .fd = file, .events = POLLIN };
	int64_t left;
	int ready;

	do {
		left = end - now_ms();
		if (left <= 0)
			return false;
		ready = poll(&poll_file, 1, (int)left);
	} while (ready < 0 && errno == EINTR);
	return ready > 0;
}

/* Is there a line, or its beginning where it is longer than fits? */
static bool read_line(int file, int64_t end, char *line, size_t size)
{
	size_t used = 0;

	while (used + 1 < size && wait_readable(file, end)) {
		ssize_t got = read(file, line + used, size - 1 - used);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		used += (size_t)got;
		if (memchr(line + used - got, '\n', (size_t)got))
			break;
	}
	line[used] = '\0';
	line[strcspn(line, "\n")] = '\0';
	return used;
}

static void end_group(pid_t child)
{
	kill(-child, SIGKILL);
	while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
		;
}

bool run_for_line(const char *path, const char *argument,
		  unsigned int timeout_ms, char *line, size_t size)
{
	const int64_t end = now_ms() + timeout_ms;
	bool have = false;
	int output[2];
	pid_t child;

	if (pipe2(output, O_CLOEXEC))
		return false;
	if (!start(&child, path, argument, output[1])) {
		close(output[1]);
		output[1] = -1;
		have = read_line(output[0], end, line, size);
		end_group(child);
	}
	if (output[1] >= 0)
		close(output[1]);
	close(output[0]);
	return have;
}
