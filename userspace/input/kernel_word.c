// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the kernel made of the processor and of its hypervisor when it booted:
 * its log, its clock source and its name of the processor.
 */
#include "input/gather.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The kernel's longest record; a read into less fails (EINVAL). */
#define KMSG_RECORD 8192

#define DETECTED   "Hypervisor detected: "
#define MODEL_NAME "model name"

/*
 * The line is printed before the clocks run. Later records are not searched:
 * a busy log might never end.
 */
#define BOOT_US 60000000ULL

/*
 * A record is "PRIORITY,SEQUENCE,MICROSECONDS,FLAGS;TEXT", where a priority
 * below 8 is the kernel's own (Documentation/ABI/testing/dev-kmsg): what root
 * writes into the log is not the kernel's word. Returns the text, or NULL for
 * another's record; *late is set behind the boot.
 */
static const char *kernel_text(const char *record, bool *late)
{
	unsigned long priority;
	char *end;

	priority = strtoul(record, &end, 10);
	if (end == record || *end != ',' || priority > 7)
		return NULL;
	strtoull(end + 1, &end, 10);
	if (*end != ',')
		return NULL;
	*late = strtoull(end + 1, &end, 10) > BOOT_US;
	if (*late)
		return NULL;
	end = strchr(end, ';');
	return end ? end + 1 : NULL;
}

/* Each line of what was read: a device gives one record, a file all of them. */
static bool search(struct gather *gather, char *records)
{
	bool late = false;
	char *line, *next;

	for (line = records; line && !late; line = next) {
		const char *text;

		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		text = kernel_text(line, &late);
		if (!text || strncmp(text, DETECTED, strlen(DETECTED)))
			continue;
		gather_fact(gather, "hypervisor detected", "%s",
			    text + strlen(DETECTED));
		return true;
	}
	return late;
}

static void gather_log(struct gather *gather)
{
	char path[GATHER_PATH], records[KMSG_RECORD + 1];
	ssize_t length;
	int file;

	if (!gather_path(gather, path, "/dev/kmsg"))
		return;
	file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (file < 0)
		return;
	do {
		length = read(file, records, KMSG_RECORD);
		/* EPIPE: what was next is overwritten; the read after it goes on. */
		if (length <= 0 && !(length < 0 && errno == EPIPE))
			break;
		records[length > 0 ? length : 0] = '\0';
	} while (!search(gather, records));
	close(file);
}

/* Of the first CPU. Old kernels leave the blanks at its end. */
static void gather_model_name(struct gather *gather)
{
	FILE *file = gather_open(gather, "/proc/cpuinfo");
	char line[GATHER_LINE];
	size_t length;

	if (!file)
		return;
	while (fgets(line, sizeof(line), file)) {
		char *value = strchr(line, ':');

		if (!value || strncmp(line, MODEL_NAME, strlen(MODEL_NAME)))
			continue;
		value++;
		value += strspn(value, " ");
		for (length = strlen(value);
		     length && isspace((unsigned char)value[length - 1]);
		     length--)
			value[length - 1] = '\0';
		gather_fact(gather, "cpuinfo model name", "%s", value);
		break;
	}
	fclose(file);
}

void gather_kernel_word(struct gather *gather)
{
	gather_log(gather);
	gather_model_name(gather);
	gather_file(
		gather, "clocksource",
		"/sys/devices/system/clocksource/clocksource0/current_clocksource");
}
