// SPDX-License-Identifier: GPL-2.0-only
/* Files, good and bad, as input_file() takes them. */
#include "folder.h"
#include "input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define CAPTURE                                                                \
	"virtinfo\t: 1\n\ncpus\t\t: 0\n"                                       \
	"cpuid 0x00000000.0x0\t: 0x1 0x2 0x3 0x4\n"                            \
	"cpuid 0x00000001.0x0\t: 0x1 0x2 0x3 0x4\n"

static void refuse_file(const char *path, int status, const char *message)
{
	struct input_error error = { 0 };
	struct host *host = input_file(path, &error);

	assert_null(host);
	assert_string_equal(error.text, message);
	assert_int_equal(error.status, status);
}

static void test_file(void **state)
{
	struct input_error error;
	struct host *host;

	(void)state;
	write_file("good", CAPTURE);
	host = input_file("good", &error);
	assert_non_null(host);
	assert_string_equal(host->name, "good");
	assert_int_equal(host->source, HOST_CAPTURE);
	host_free(host);
	unlink("good");
}

static void test_pipe(void **state)
{
	struct input_error error;
	struct host *host;
	int ends[2], before = dup(STDIN_FILENO);

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], CAPTURE, strlen(CAPTURE)),
			 strlen(CAPTURE));
	close(ends[1]);
	dup2(ends[0], STDIN_FILENO);
	host = input_file("-", &error);
	assert_non_null(host);
	assert_string_equal(host->name, "standard input");
	host_free(host);
	refuse_file("-", STATUS_BAD_INPUT, "standard input:1: empty");
	close(ends[0]);
	dup2(before, STDIN_FILENO);
	close(before);
}

/* Longer than the first read of a pipe. */
static void test_large_file_of_no_size(void **state)
{
	static char text[200000];
	struct input_error error;
	struct host *host;
	FILE *writer;

	(void)state;
	strcpy(text, CAPTURE "\n");
	while (strlen(text) < sizeof(text) - 4000)
		sprintf(text + strlen(text), "key %zu\t: %01000d\n",
			strlen(text), 0);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	if (!fork()) {
		writer = fopen("fifo", "w");
		_exit(!writer || fputs(text, writer) < 0 || fclose(writer));
	}
	host = input_file("fifo", &error);
	assert_non_null(host);
	assert_true(facts_count(host->facts) > 190);
	host_free(host);
	unlink("fifo");
}

static void test_unreadable(void **state)
{
	(void)state;
	refuse_file("missing", STATUS_FAILED,
		    "missing: cannot read: No such file or directory");
	refuse_file(
		".", STATUS_BAD_INPUT,
		".: a folder, and not that of an unpacked sos archive: no sos_commands in it");
	refuse_file("", STATUS_FAILED,
		    ": cannot read: No such file or directory");
	/* No program has memory at address 0. */
	refuse_file("/proc/self/mem", STATUS_FAILED,
		    "/proc/self/mem: cannot read: Input/output error");
}

static void test_no_permission(void **state)
{
	uid_t user = geteuid();

	(void)state;
	write_file("secret", CAPTURE);
	assert_int_equal(chmod("secret", 0), 0);
	assert_int_equal(chmod(".", 0755), 0);
	if (!user)
		assert_int_equal(seteuid(65534), 0);
	refuse_file("secret", STATUS_FAILED,
		    "secret: cannot read: Permission denied");
	if (!user)
		assert_int_equal(seteuid(0), 0);
	unlink("secret");
}

static void test_empty(void **state)
{
	(void)state;
	write_file("empty", "");
	refuse_file("empty", STATUS_BAD_INPUT, "empty:1: empty");
	unlink("empty");
	refuse_file("/dev/null", STATUS_BAD_INPUT, "/dev/null:1: empty");
}

static void test_too_large(void **state)
{
	int fd = open("large", O_CREAT | O_WRONLY, 0600);

	(void)state;
	assert_int_equal(ftruncate(fd, 300 << 20), 0);
	close(fd);
	refuse_file("large", STATUS_BAD_INPUT,
		    "large: larger than 256 MiB, which no capture or dump is");
	unlink("large");
	refuse_file(
		"/dev/zero", STATUS_BAD_INPUT,
		"/dev/zero: larger than 256 MiB, which no capture or dump is");
}

/* A name can neither break the line nor fill the screen. */
static void test_names(void **state)
{
	char name[200];

	(void)state;
	write_file("a\n\x1b[2Jb", "?\n");
	refuse_file("a\n\x1b[2Jb", STATUS_BAD_INPUT,
		    unknown_form("a\\x0a\\x1b[2Jb:1"));
	unlink("a\n\x1b[2Jb");
	memset(name, 'x', sizeof(name));
	memcpy(name + sizeof(name) - 12, "123456789.b", 12);
	refuse_file(
		name, STATUS_FAILED,
		"...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx123456789.b: cannot read: No such file or directory");
}

#define R_CPU                                                                               \
	"CPU 0:\n"                                                                          \
	"   0x00000000 0x00: eax=0x0000000d ebx=0x756e6547 ecx=0x6c65746e edx=0x49656e69\n" \
	"   0x00000001 0x00: eax=0x000306c3 ebx=0x00100800 ecx=0x00000020 edx=0xbfebfbff\n"

static struct host *read_values(const char *text)
{
	struct input_error error;
	struct host *host;

	write_file("values", text);
	host = input_file_of("values", VI_IA32_FEATURE_CONTROL, &error);
	unlink("values");
	if (!host)
		fail_msg("%s", error.text);
	return host;
}

/* Values of a register that the user names, alone and in a paste. */
static void test_values_of_a_register(void **state)
{
	static const char *const texts[] = { "5\n5\n1\n", "> 5\n> 0x5\n> 1\n",
					     "```\n5\n5\n1\n```\n\n" R_CPU,
					     R_CPU "\n5\n5\n1\n" };
	struct host *host;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		host = read_values(texts[i]);
		assert_int_equal(host_group_of(host, 1)
					 ->sample.msr[VI_IA32_FEATURE_CONTROL],
				 5);
		assert_int_equal(host_group_of(host, 2)
					 ->sample.msr[VI_IA32_FEATURE_CONTROL],
				 1);
		assert_null(host_group_of(host, 3));
		host_free(host);
	}
	/* A command behind them says of what its own values are. */
	host = read_values("5\n$ rdmsr 0xc0000080\nd01\n");
	assert_int_equal(host->groups[0]->sample.msr[VI_IA32_FEATURE_CONTROL],
			 5);
	assert_int_equal(host->groups[0]->sample.msr[VI_IA32_EFER], 0xd01);
	host_free(host);
}

/* A register that nothing in the file is of is a mistake. */
static void test_no_values(void **state)
{
	static const char *const texts[] = {
		R_CPU,
		"$ rdmsr 0x3a\n5\n",
		"virtinfo\t: 1\n",
		"prose\n",
	};
	struct input_error error;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		write_file("values", texts[i]);
		assert_null(input_file_of("values", VI_IA32_FEATURE_CONTROL,
					  &error));
		assert_int_equal(error.status, STATUS_BAD_INPUT);
		assert_string_equal(
			error.text,
			"values: no values of IA32_FEATURE_CONTROL: lines with a number and no command of rdmsr before them");
	}
	/* And without it a hint is given. */
	write_file("values", "\n5\n5\n");
	refuse_file(
		"values", STATUS_BAD_INPUT,
		"values:1: a value of no register: --register=REGISTER tells which one rdmsr read");
	unlink("values");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_pipe),
		cmocka_unit_test(test_large_file_of_no_size),
		cmocka_unit_test(test_unreadable),
		cmocka_unit_test(test_no_permission),
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_too_large),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_values_of_a_register),
		cmocka_unit_test(test_no_values),
	};

	return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
