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

#define MOST_WORDS 8

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

/* Of the line parsed last; its words are gone. */
static struct options parsed;

/* The exit status of "virtinfo LINE"; what it says goes to said. */
static int parse(const char *line, char *said, size_t size)
{
	char *words[MOST_WORDS + 1] = { NULL }, *copy = strdup(line);
	struct listening listening;
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
	status = options_parse(&parsed, argc, words);
	heard(&listening, said, size);
	free(copy);
	return status;
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
	snprintf(expected, sizeof(expected), "virtinfo: %s\nTry 'virtinfo ",
		 message);
	if (strncmp(said, expected, strlen(expected)))
		fail_msg("%s: %s", line, said);
	assert_non_null(strstr(said, "--help' for more information.\n"));
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
	takes("explain --all --json --input f");
	takes("explain vm entry");
	takes("exits --json");
	takes("export prometheus --for qemu --output f.prom");
	takes("export nfd --exits");
	takes("export facter --input f --no-run");
	takes("export --list --json");
}

static void of_another_command(void **state)
{
	(void)state;
	refuses("cpus --quiet", "cpus takes no option '--quiet'");
	refuses("--brief", "status takes no option '--brief'");
	refuses("exits --input f", "exits takes no option '--input'");
	refuses("check now", "unexpected argument 'now'");
	refuses("prove", "unknown command 'prove'");
	refuses("\x1b[31m", "unknown command '\\x1b[31m'");
}

static void of_none(void **state)
{
	(void)state;
	refuses("--nosuch", "unrecognized option '--nosuch'");
	refuses("-jx", "invalid option -- 'x'");
	refuses("--json=3", "option '--json' doesn't allow an argument");
	refuses("check --for", "option '--for' requires an argument");
	refuses("-i", "option '--input' requires an argument");
}

static void bad_values(void **state)
{
	(void)state;
	refuses("--color sometimes",
		"invalid argument 'sometimes' for '--color', not auto|always|never");
	refuses("--color auto|always",
		"invalid argument 'auto|always' for '--color', not auto|always|never");
	refuses("check --for nosuch",
		"unknown profile 'nosuch', check --for=list prints them");
	refuses("check -i f --register 0x1",
		"unknown MSR '0x1', 'virtinfo show --list' prints them");
	/* rdmsr reads no CPUID. */
	refuses("check -i f --register 0x00000001:0:ecx",
		"unknown MSR '0x00000001:0:ecx', 'virtinfo show --list' prints them");
	takes("check -i f --register 0x3A");
	takes("cpus -i f --register vm_cr");
	refuses("export nfd --for list",
		"unknown profile 'list', check --for=list prints them");
	refuses("diff f --guest=other",
		"unknown class of guest 'other', not plain, nestable or nesting");
	takes("diff f g --guest=nesting");
	refuses("diff f g --prove", "unexpected argument 'g' with --prove");
	takes("diff f --prove");
	refuses("export nosuch",
		"unknown engine 'nosuch', export --list prints them");
	refuses("export",
		"export requires an engine, export --list prints them");
	refuses("export nfd zabbix", "unexpected argument 'zabbix'");
	refuses("export prometheus --output /x/a.txt",
		"prometheus reads files named NAME.prom, not '/x/a.txt'");
	refuses("export nfd --output /x/.a",
		"'/x/.a' is a hidden file or none, which nfd does not read");
}

static void options_without_effect(void **state)
{
	(void)state;
	refuses("show --roff", "--roff requires --list");
	refuses("check --register 0x3a", "--register requires --input");
	refuses("show --list --brief",
		"--brief and --list are mutually exclusive");
	refuses("show -b -j", "--brief and --json are mutually exclusive");
	refuses("show -l -i f", "--input and --list are mutually exclusive");
	refuses("show --list --roff --json",
		"--json and --roff are mutually exclusive");
	refuses("check -q -j", "--json and --quiet are mutually exclusive");
	refuses("check --try-load -i f",
		"--try-load and --input are mutually exclusive");
	refuses("export nfd --json", "--json requires --list");
	refuses("export --list nfd", "unexpected argument 'nfd' with --list");
	refuses("export nfd --exits --no-run",
		"--exits and --no-run are mutually exclusive");
	refuses("export nfd --exits -i f",
		"--exits and --input are mutually exclusive");
	refuses("export --list --output f",
		"--output and --list are mutually exclusive");
	refuses("explain --all ept", "unexpected argument 'ept' with --all");
	refuses("check --for list -q",
		"--quiet and --for=list are mutually exclusive");
	refuses("check --for list -i f",
		"--input and --for=list are mutually exclusive");
	refuses("check --for list --try-load",
		"--try-load and --for=list are mutually exclusive");
}

/* The first would have no effect, and its answer be taken for given. */
static void given_twice(void **state)
{
	(void)state;
	refuses("check --for qemu --for sev",
		"option '--for' can be given only once");
	refuses("-i f --input g", "option '--input' can be given only once");
	takes("--json --json");
	takes("--color never --color auto");
}

/* How many machines "virtinfo LINE" reads. */
static size_t reads(const char *line)
{
	char said[512];

	assert_int_equal(parse(line, said, sizeof(said)), 0);
	return options_nr_inputs(&parsed);
}

static void machines_to_read(void **state)
{
	(void)state;
	assert_int_equal(reads("check"), 1);
	assert_null(options_input(&parsed, 0));
	assert_int_equal(reads("check --for qemu"), 1);
	assert_int_equal(reads("check --for list"), 0);
	assert_int_equal(reads("show --list"), 0);
	assert_int_equal(reads("exits"), 0);
}

/* What a command of two machines or more is given. */
static void machines_of_arguments(void **state)
{
	char a[] = "a", b[] = "b", c[] = "c";
	char *const files[] = { a, b, c, NULL };
	struct options options = { .hosts = HOSTS_TWO,
				   .arguments = files,
				   .nr_arguments = 3 };

	(void)state;
	assert_int_equal(options_nr_inputs(&options), 3);
	assert_string_equal(options_input(&options, 2), "c");
	options.nr_arguments = 2;
	assert_int_equal(options_nr_inputs(&options), 2);
	assert_string_equal(options_input(&options, 1), "b");
	/* Only one: this system is the second. */
	options.arguments = &files[2];
	options.nr_arguments = 1;
	assert_int_equal(options_nr_inputs(&options), 2);
	assert_string_equal(options_input(&options, 0), "c");
	assert_null(options_input(&options, 1));
}

/* Every line of it fits a terminal, and has all that it is about. */
static char *help(const char *line)
{
	char said[512], *text = NULL, *at, *end;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	assert_non_null(file);
	assert_int_equal(parse(line, said, sizeof(said)), 0);
	options_help(file, &parsed);
	assert_int_equal(fclose(file), 0);
	for (at = text; (end = strchr(at, '\n')); at = end + 1)
		if (end - at > 80)
			fail_msg("longer than 80 columns: %.*s",
				 (int)(end - at), at);
	return text;
}

static void help_of_all(void **state)
{
	char *text = help("--help");
	enum command_id command;
	enum option_id option;
	char word[64];

	(void)state;
	for (command = 0; command < NR_COMMANDS; command++) {
		snprintf(word, sizeof(word), "\n %s ",
			 command_info(command)->name);
		assert_non_null(strstr(text, word));
		assert_non_null(strstr(text, command_info(command)->summary));
	}
	for (option = 0; option < NR_OPTIONS; option++) {
		snprintf(word, sizeof(word), "--%s", option_info(option)->name);
		assert_non_null(strstr(text, word));
		assert_non_null(strstr(text, option_info(option)->summary));
	}
	assert_non_null(strstr(text, " 10-13  processor\n"));
	assert_non_null(strstr(text, " 60     unknown\n"));
	assert_non_null(strstr(text, " 70     from A to B only\n"));
	assert_non_null(strstr(text, " 80     some are not ready"));
	free(text);
}

static void help_of_a_command(void **state)
{
	char *text = help("show --help");

	(void)state;
	assert_ptr_equal(
		strstr(text,
		       "Usage:\n virtinfo show [OPTION...] [REGISTER|FIELD...]\n"),
		text);
	assert_non_null(strstr(text, "--brief"));
	assert_null(strstr(text, "--quiet"));
	free(text);
	text = help("cpus --json -h");
	assert_null(strstr(text, "--brief"));
	assert_null(strstr(text, " 70 "));
	free(text);
	text = help("diff --help");
	assert_non_null(strstr(text, " 73     not known of one way"));
	assert_null(strstr(text, " 80 "));
	free(text);
	text = help("fleet --help");
	assert_non_null(strstr(text, " 82     "));
	assert_null(strstr(text, " 70 "));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_and_its_options),
		cmocka_unit_test(of_another_command),
		cmocka_unit_test(of_none),
		cmocka_unit_test(bad_values),
		cmocka_unit_test(options_without_effect),
		cmocka_unit_test(given_twice),
		cmocka_unit_test(machines_to_read),
		cmocka_unit_test(machines_of_arguments),
		cmocka_unit_test(help_of_all),
		cmocka_unit_test(help_of_a_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
