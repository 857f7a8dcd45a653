// SPDX-License-Identifier: GPL-2.0-only
/* A file that is replaced while others read it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "folder.h"
#include "output/replace.h"

#define ROUNDS 300
#define LARGE  100000

static void assert_holds(const char *name, const char *text)
{
	char data[64];
	FILE *file = fopen(name, "r");
	size_t length;

	assert_non_null(file);
	length = fread(data, 1, sizeof(data) - 1, file);
	data[length] = '\0';
	fclose(file);
	assert_string_equal(data, text);
}

/* How many files there are, hidden ones too. */
static unsigned int files(void)
{
	DIR *here = opendir(".");
	unsigned int count = 0;

	assert_non_null(here);
	while (readdir(here))
		count++;
	closedir(here);
	return count - 2;
}

static void is_new_or_replaced(void **state)
{
	struct stat status;
	mode_t old = umask(077);

	(void)state;
	assert_null(replace_file("new", 0644, "one\n", 4));
	assert_holds("new", "one\n");
	assert_int_equal(stat("new", &status), 0);
	assert_int_equal(status.st_mode, S_IFREG | 0644);
	assert_null(replace_file("./new", 0640, "two", 3));
	assert_holds("new", "two");
	assert_int_equal(stat("new", &status), 0);
	assert_int_equal(status.st_mode, S_IFREG | 0640);
	assert_int_equal(files(), 1);
	umask(old);
	unlink("new");
}

static void nothing_else_is_replaced(void **state)
{
	struct stat status;

	(void)state;
	write_file("target", "mine");
	assert_int_equal(symlink("target", "link"), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	assert_int_equal(mkdir("folder", 0700), 0);
	assert_string_equal(replace_file("link", 0644, "x", 1),
			    "not a regular file");
	assert_string_equal(replace_file("fifo", 0644, "x", 1),
			    "not a regular file");
	assert_string_equal(replace_file("folder", 0644, "x", 1),
			    "not a regular file");
	assert_string_equal(replace_file("/dev/null", 0644, "x", 1),
			    "not a regular file");
	assert_holds("target", "mine");
	assert_int_equal(lstat("link", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(files(), 4);
	unlink("target");
	unlink("link");
	unlink("fifo");
	rmdir("folder");
}

static void a_failure_leaves_the_old_one(void **state)
{
	struct rlimit usual, small;
	const char *why;

	(void)state;
	assert_string_equal(replace_file("missing/new", 0644, "x", 1),
			    strerror(ENOENT));
	write_file("old", "old");
	assert_string_equal(replace_file("old/new", 0644, "x", 1),
			    strerror(ENOTDIR));
	/* A disk that is full half-way: nothing of it may be left. */
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
	small = (struct rlimit){ .rlim_cur = 2, .rlim_max = usual.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	why = replace_file("old", 0644, "news", 4);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
	assert_string_equal(why, strerror(EFBIG));
	assert_holds("old", "old");
	assert_int_equal(files(), 1);
	unlink("old");
}

static void *write_often(void *data)
{
	char *text = data;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		memset(text, 'a' + i % 26, LARGE);
		if (replace_file("read", 0644, text, LARGE))
			return data;
	}
	return NULL;
}

/* Every letter of it is of one writing. */
static void is_whole_to_a_reader(void **state)
{
	static char text[LARGE], seen[LARGE + 1];
	unsigned int reads = 0;
	pthread_t writer;
	void *failed;
	int fd;

	(void)state;
	memset(text, 'z', LARGE);
	assert_null(replace_file("read", 0644, text, LARGE));
	assert_int_equal(pthread_create(&writer, NULL, write_often, text), 0);
	while (pthread_tryjoin_np(writer, &failed) == EBUSY) {
		fd = open("read", O_RDONLY);
		assert_true(fd >= 0);
		assert_int_equal(read(fd, seen, sizeof(seen)), LARGE);
		close(fd);
		seen[LARGE] = '\0';
		assert_int_equal(strspn(seen, (char[]){ *seen, '\0' }), LARGE);
		reads++;
	}
	assert_null(failed);
	assert_true(reads > 0);
	assert_int_equal(files(), 1);
	unlink("read");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_new_or_replaced),
		cmocka_unit_test(nothing_else_is_replaced),
		cmocka_unit_test(a_failure_leaves_the_old_one),
		cmocka_unit_test(is_whole_to_a_reader),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
