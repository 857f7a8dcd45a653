// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hosts from strangers, compared: the bytes are files with form feeds between
 * them, and what is short before the first one is what --filter is given. Each
 * file is what became of the one before.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "fleet/drift.h"
#include "fleet/load.h"
#include "report/drift.h"
#include "report/fleet.h"
#include "report/screen.h"

#define MOST_FILES 6
#define FILTER	   64

static char top[] = "/tmp/fuzz-fleet-XXXXXX";
static char folders[2][sizeof(top) + sizeof("/then")];

int LLVMFuzzerInitialize(int *argc, char ***argv);

static void write_file(const char *folder, size_t number, const uint8_t *data,
		       size_t size)
{
	char path[sizeof(folders[0]) + sizeof("/0")];
	int file;

	snprintf(path, sizeof(path), "%s/%zu", folder, number % 10);
	if (!data) {
		unlink(path);
		return;
	}
	file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	MUST(file >= 0);
	MUST(write(file, data, size) == (ssize_t)size);
	close(file);
}

static void clean(void)
{
	size_t i, j;

	for (i = 0; i < 2; i++) {
		for (j = 0; j < MOST_FILES; j++)
			write_file(folders[i], j, NULL, 0);
		rmdir(folders[i]);
	}
	rmdir(top);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	MUST(mkdtemp(top));
	snprintf(folders[0], sizeof(folders[0]), "%s/then", top);
	snprintf(folders[1], sizeof(folders[1]), "%s/now", top);
	MUST(!mkdir(folders[0], 0700) && !mkdir(folders[1], 0700));
	atexit(clean);
	return 0;
}

static size_t files_of(const uint8_t *data, size_t size)
{
	size_t count = 0;

	while (count < MOST_FILES) {
		const uint8_t *end = memchr(data, '\f', size);
		size_t length = end ? (size_t)(end - data) : size;

		write_file(folders[0], count, data, length);
		if (count)
			write_file(folders[1], count - 1, data, length);
		count++;
		if (!end)
			break;
		data += length + 1;
		size -= length + 1;
	}
	/* The last is what became of itself. */
	write_file(folders[1], count - 1, data, size);
	return count;
}

static void load(struct fleet *fleet, size_t folder)
{
	const struct fleet_reading reading = { .strict = false };
	char *arguments[] = { folders[folder], NULL };

	MUST(fleet);
	MUST(!fleet_load(fleet, arguments, &reading));
}

/* Every one that was read is in one group; every ready one in one baseline. */
static void check_counts(const struct fleet *fleet)
{
	size_t i, hosts = fleet->nr_hosts - fleet->nr_left_out, count = 0;

	for (i = 0; i < fleet->nr_groups; i++)
		count += fleet->groups[i].hosts.count;
	MUST(count == hosts - fleet->nr_errors);
	for (i = count = 0; i < fleet->nr_reasons; i++)
		count += fleet->reasons[i].hosts.count;
	MUST(count == hosts - fleet->nr_errors);
	for (i = count = 0; i < fleet->nr_baselines; i++)
		count += fleet->baselines[i].hosts.count;
	MUST(count == fleet->nr_usable);
	for (i = 0, count = fleet->domains.unknown.count;
	     i < fleet->domains.count; i++)
		count += fleet->domains.list[i].hosts.count;
	MUST(count == fleet->nr_usable);
}

static void check_cells(const struct fleet *fleet)
{
	char buffer[FLEET_CELL];
	enum fleet_column column;
	size_t i;

	for (i = 0; i < fleet->nr_hosts; i++)
		for (column = 0; column < NR_FLEET_COLUMNS; column++) {
			const char *cell = fleet_cell(fleet, i, column, buffer);

			/* A path is as it was given. */
			if (cell && column != COLUMN_FILE)
				check_safe(cell);
		}
}

/* A screen of safe lines, which end with their newline. */
static void check_text(char *text)
{
	char *line, *rest = text;
	size_t lines = 0;

	while ((line = strsep(&rest, "\n"))) {
		MUST(rest || !*line);
		check_safe(line);
		lines += rest != NULL;
	}
	MUST(lines <= SCREEN_LINES);
}

/* A report as it is written, whose text is freed at its end. */
struct report {
	struct out out;
	char *text;
	size_t size;
};

static void begin(struct report *report)
{
	*report = (struct report){ .out = { .width = 80 } };
	report->out.file = open_memstream(&report->text, &report->size);
	MUST(report->out.file);
}

static void end(struct report *report, bool is_text)
{
	MUST(!fclose(report->out.file));
	if (is_text)
		check_text(report->text);
	free(report->text);
}

static void compare(const char *filter)
{
	const struct fleet_asked asked = { .filter = filter,
					   .domains = true,
					   .guest = GUEST_NESTING,
					   .suggest = 2 };
	struct fleet *fleet = fleet_new();
	struct report report;
	char *why = NULL;
	int error;

	load(fleet, 1);
	error = fleet_judge(fleet, &asked, &why);
	MUST(!error == !why);
	if (!error) {
		check_counts(fleet);
		check_cells(fleet);
		begin(&report);
		MUST(!fleet_text(&report.out, fleet, false));
		end(&report, true);
		begin(&report);
		MUST(!fleet_json(&report.out, fleet));
		end(&report, false);
	}
	free(why);
	fleet_free(fleet);
}

static void check_drift(const struct fleet_drift *drift, size_t files)
{
	size_t i, listed = 0, counted = 0;

	for (i = 0; i < drift->count; i++)
		listed += drift->entries[i].hosts.count;
	for (i = 0; i < NR_DRIFTS; i++)
		counted += drift->hosts[i];
	MUST(listed == counted);
	/* Each is once in it; those that are in both fleets, for both. */
	MUST(listed + drift->nr_same + drift->nr_unreadable >= files);
	MUST(listed + drift->nr_same + drift->nr_unreadable -
		     drift->hosts[DRIFT_VANISHED] ==
	     files);
}

static void since(size_t files)
{
	struct fleet *old = fleet_new();
	struct fleet *now = old ? fleet_new_beside(old) : NULL;
	struct fleet_drift drift;
	struct report report;

	load(old, 0);
	load(now, 1);
	MUST(!drift_of(&drift, old, now));
	check_drift(&drift, files);
	begin(&report);
	MUST(!drift_text(&report.out, &drift, false));
	end(&report, true);
	begin(&report);
	MUST(!drift_json(&report.out, &drift, 0));
	end(&report, false);
	drift_free(&drift);
	fleet_free(now);
	fleet_free(old);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *first = memchr(data, '\f', size);
	char filter[FILTER] = "";
	size_t i, files;

	if (first && first - data < FILTER)
		memcpy(filter, data, (size_t)(first - data));
	files = files_of(data, size);
	compare(NULL);
	if (*filter)
		compare(filter);
	since(files);
	for (i = 0; i < files; i++) {
		write_file(folders[0], i, NULL, 0);
		write_file(folders[1], i, NULL, 0);
	}
	return 0;
}
