// SPDX-License-Identifier: GPL-2.0-only
/* The command line: what is refused rather than ignored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "options.h"
#include "output/out.h"
#include "report/check.h"

#define MOST_WORDS 8
#define USAGE                                                                  \
	"usage: virtinfo [COMMAND] [OPTION...]; virtinfo --help lists them\n"

/* Standard error into a file, while something is said. */
struct listening {
	FILE *file;
	int terminal;
};

static void listen_to(struct listening *listening)
{
	listening->terminal = dup(STDERR_FILENO);
	listening->file = tmpfile();
	assert_non_null(listening->file);
	assert_true(dup2(fileno(listening->file), STDERR_FILENO) >= 0);
}

static void heard(struct listening *listening, char *said, size_t size)
{
	assert_true(dup2(listening->terminal, STDERR_FILENO) >= 0);
	close(listening->terminal);
	rewind(listening->file);
	said[fread(said, 1, size - 1, listening->file)] = '\0';
	fclose(listening->file);
}

/* The exit status of "virtinfo LINE"; what it says goes to said. */
static int parse(const char *line, char *said, size_t size)
{
	char *words[MOST_WORDS + 1] = { NULL }, *copy = strdup(line);
	struct listening listening;
	struct options options;
	int argc = 1, status;

	assert_non_null(copy);
	words[0] = copy + strlen(copy);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
		assert_true(argc < MOST_WORDS);
		words[argc++] = word;
	}
	listen_to(&listening);
	/* As glibc wants it where another vector is parsed. */
	optind = 0;
	status = options_parse(&options, argc, words);
	heard(&listening, said, size);
	free(copy);
	return status;
}

static void said_of_early(const struct options *options, char *said,
			  size_t size)
{
	struct out out = { .file = stdout, .width = 80 };
	struct listening listening;
	int status = 0;

	listen_to(&listening);
	assert_true(report_check_early(&out, options, &status));
	heard(&listening, said, size);
	assert_int_equal(status, 2);
}

static void takes(const char *line)
{
	char said[512];

	if (parse(line, said, sizeof(said)))
		fail_msg("%s: %s", line, said);
	assert_string_equal(said, "");
}

static void refuses(const char *line, const char *message)
{
	char said[512], expected[512];

	assert_int_equal(parse(line, said, sizeof(said)), 2);
	snprintf(expected, sizeof(expected), "virtinfo: %s\n" USAGE, message);
	assert_string_equal(said, expected);
}

static void every_command_and_its_options(void **state)
{
	(void)state;
	takes("");
	takes("--json");
	takes("status --no-run --input f --json --color never");
	takes("check --quiet --try-load --for qemu");
	takes("check --for list --json");
	takes("check --no-run --input f");
	takes("show --brief --input f CR4");
	takes("show --list CR4 --json");
	takes("show --list --roff");
	takes("explain --roff");
	takes("explain --all --json --input f");
	takes("explain vm entry");
	takes("exits --json");
}

static void of_another_command(void **state)
{
	(void)state;
	refuses("cpus --quiet", "cpus takes no option '--quiet'");
	refuses("--brief", "status takes no option '--brief'");
	refuses("exits --input f", "exits takes no option '--input'");
	refuses("check now", "too many arguments: 'now'");
	refuses("prove", "unknown verb 'prove'");
	refuses("--prove", "unknown option '--prove'");
	refuses("check --for", "an argument is missing after '--for'");
}

static void options_that_would_do_nothing(void **state)
{
	(void)state;
	refuses("show --roff", "--roff of show needs '--list'");
	refuses("show --list --brief", "--brief does nothing beside '--list'");
	refuses("show -b -j", "--brief does nothing beside '--json'");
	refuses("show -l -i f", "--input does nothing beside '--list'");
	refuses("show --list --roff --json",
		"--json does nothing beside '--roff'");
	refuses("explain --roff --json", "--json does nothing beside '--roff'");
	refuses("explain --roff --all", "--all does nothing beside '--roff'");
	refuses("explain --roff -i f", "--input does nothing beside '--roff'");
	refuses("check -q -j", "--json does nothing beside '--quiet'");
	refuses("check --try-load -i f",
		"--try-load does nothing beside '--input'");
	refuses("explain --all ept", "with --all there is no 'ept'");
	refuses("explain --roff ept", "with --roff there is no 'ept'");
}

static void the_list_of_profiles(void **state)
{
	struct options options = {
		.command = COMMAND_CHECK,
		.value = { [OPT_FOR] = "list", [OPT_QUIET] = "" },
	};
	char said[512];

	(void)state;
	said_of_early(&options, said, sizeof(said));
	assert_string_equal(
		said,
		"virtinfo: --quiet does nothing beside '--for list'\n" USAGE);
	options.value[OPT_QUIET] = NULL;
	options.value[OPT_INPUT] = "f";
	said_of_early(&options, said, sizeof(said));
	assert_non_null(strstr(said, "--input does nothing"));
}

/* The first would be forgotten, and its answer taken for given. */
static void given_twice(void **state)
{
	(void)state;
	refuses("check --for qemu --for sev", "a second time: '--for'");
	refuses("-i f --input g", "a second time: '--input'");
	takes("--json --json");
	takes("--color never --color auto");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_and_its_options),
		cmocka_unit_test(of_another_command),
		cmocka_unit_test(options_that_would_do_nothing),
		cmocka_unit_test(the_list_of_profiles),
		cmocka_unit_test(given_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
