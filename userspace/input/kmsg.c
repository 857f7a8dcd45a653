// SPDX-License-Identifier: GPL-2.0-only
/* The kernel's log, from /dev/kmsg, where this user may read it. */
#include "input/gather.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/errname.h"
#include "model/kernel_log.h"

/* The kernel's longest record; a read into less fails (EINVAL). */
#define KMSG_RECORD 8192

/* What names the hypervisor is printed before the clocks run. */
#define BOOT_US 60000000ULL

/* A busy log might never end: more than the largest buffers hold. */
#define RECORDS_MAX 1000000

struct log_reader {
	struct gather *gather;
	bool whole; /* not only until the hypervisor is known */
	bool any;   /* a record was read */
	bool late;  /* the last of them is not of the boot */
	bool lost;  /* the first of them are overwritten */
	bool done;
};

/*
 * A record is "PRIORITY,SEQUENCE,MICROSECONDS,FLAGS;TEXT", where a priority
 * below 8 is the kernel's own (Documentation/ABI/testing/dev-kmsg): what root
 * writes into the log is not the kernel's word. Returns the text, or NULL for
 * another's record.
 */
static const char *kernel_text(struct log_reader *reader, const char *record)
{
	unsigned long long sequence;
	unsigned long priority;
	char *end;

	priority = strtoul(record, &end, 10);
	if (end == record || *end != ',')
		return NULL;
	sequence = strtoull(end + 1, &end, 10);
	if (*end != ',')
		return NULL;
	if (!reader->any && sequence)
		reader->lost = true;
	reader->any = true;
	reader->late = strtoull(end + 1, &end, 10) > BOOT_US;
	end = strchr(end, ';');
	return end && priority <= 7 ? end + 1 : NULL;
}

/* The hypervisor is named at boot or never. */
static bool is_believed(const struct log_reader *reader,
			const struct log_message *message)
{
	return !reader->late || message->claim != LOG_HYPERVISOR;
}

static void take_record(struct log_reader *reader, const char *record)
{
	const char *text = kernel_text(reader, record);
	const struct log_message *message;

	if (!reader->whole && reader->late)
		reader->done = true;
	if (!text || reader->done)
		return;
	message = kernel_log_match(text, strlen(text));
	if (!message || !is_believed(reader, message))
		return;
	if (kernel_log_keep(reader->gather->facts, 0, text, strlen(text)))
		reader->gather->no_memory = true;
	if (!reader->whole && message->claim == LOG_HYPERVISOR)
		reader->done = true;
}

/* Each line of what was read: a device gives one record, a file all of them. */
static void take_records(struct log_reader *reader, char *records)
{
	char *line, *next;

	for (line = records; line && !reader->done; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		take_record(reader, line);
	}
}

/* Returns an errno where the log cannot be read, else 0. */
static int read_log(struct log_reader *reader, int file)
{
	char records[KMSG_RECORD + 1];
	size_t count;

	for (count = 0; count < RECORDS_MAX && !reader->done; count++) {
		ssize_t length = read(file, records, KMSG_RECORD);

		/* What was next is overwritten; the read after it goes on. */
		if (length < 0 && errno == EPIPE) {
			reader->lost = true;
			continue;
		}
		if (length < 0 && errno != EAGAIN)
			return errno;
		if (length <= 0)
			break;
		records[length] = '\0';
		take_records(reader, records);
	}
	return 0;
}

void gather_kernel_log(struct gather *gather, bool whole)
{
	struct log_reader reader = { .gather = gather, .whole = whole };
	char path[GATHER_PATH], name[ERRNAME_SIZE];
	int file, error;

	if (!gather_path(gather, path, "/dev/kmsg"))
		return;
	file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	error = file < 0 ? errno : read_log(&reader, file);
	if (file >= 0)
		close(file);
	if (error)
		gather_fact(gather, "kernel log", "unreadable (%s)",
			    errname_format(name, error));
	else
		gather_fact(gather, "kernel log", "read%s",
			    reader.lost ? ", its beginning is overwritten" :
					  "");
}
