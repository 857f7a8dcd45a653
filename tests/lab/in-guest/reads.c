// SPDX-License-Identifier: GPL-2.0-only
/*
 * reads FILE: reads FILE whole, then in every other way on the same open file:
 * by bytes, by odd and huge sizes, from any position, with pread, readv,
 * sendfile. The text must be the same each time. Exit status 1 and one line
 * when it is not.
 */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/uio.h>
#include <unistd.h>

#define MAX_TEXT (1 << 20)

static char whole[MAX_TEXT], again[MAX_TEXT];

/* Reads from the start, @size bytes at a time. Returns the length. */
static size_t read_by(int fd, char *text, size_t size)
{
	size_t length = 0;
	ssize_t got;

	if (lseek(fd, 0, SEEK_SET))
		err(1, "lseek");
	while ((got = read(fd, text + length,
			   size < MAX_TEXT - length ? size :
						      MAX_TEXT - length)) > 0)
		length += got;
	if (got < 0)
		err(1, "read by %zu", size);
	return length;
}

static void expect(const char *how, const char *text, size_t length,
		   size_t wanted)
{
	if (length != wanted)
		errx(1, "%s: %zu bytes, not %zu", how, length, wanted);
	if (memcmp(text, whole, wanted))
		errx(1, "%s: another text", how);
}

static void positions(int fd, size_t length)
{
	char piece[777];
	int i;

	srand(1);
	for (i = 0; i < 300; i++) {
		size_t at = (size_t)rand() % length;
		ssize_t got;

		if (i % 2) {
			got = pread(fd, piece, sizeof(piece), at);
		} else {
			if (lseek(fd, at, SEEK_SET) != (off_t)at)
				err(1, "lseek to %zu", at);
			got = read(fd, piece, sizeof(piece));
		}
		if (got <= 0 || memcmp(piece, whole + at, got))
			errx(1, "another text at %zu", at);
	}
}

static void ends(int fd, size_t length)
{
	char *volatile nowhere = (char *)8;
	char byte;

	if (pread(fd, &byte, 1, length) || pread(fd, &byte, 1, length + 4096) ||
	    pread(fd, &byte, 1, 0x7ffffffffffLL))
		errx(1, "something after the end");
	if (pread(fd, &byte, 1, -1) >= 0 || errno != EINVAL)
		errx(1, "a negative position is no error");
	if (lseek(fd, -1, SEEK_SET) >= 0)
		errx(1, "seeking before the start is no error");
	if (pread(fd, &byte, 0, 0))
		errx(1, "reading nothing");
	if (pread(fd, nowhere, 100, 0) >= 0 || errno != EFAULT)
		errx(1, "reading to a bad address is no EFAULT");
	if (write(fd, "x", 1) >= 0)
		errx(1, "it takes writes");
}

static void vectors(int fd, size_t length)
{
	struct iovec parts[64];
	size_t total = 0;
	ssize_t got;
	int i;

	if (lseek(fd, 0, SEEK_SET))
		err(1, "lseek");
	do {
		for (i = 0; i < 64; i++)
			parts[i] = (struct iovec){ again + total + i * 13, 13 };
		got = readv(fd, parts, 64);
		if (got < 0)
			err(1, "readv");
		total += got;
	} while (got > 0 && total + 64 * 13 < MAX_TEXT);
	expect("readv", again, total, length);
}

static void sent(int fd, size_t length)
{
	char path[] = "/tmp/reads.XXXXXX";
	int out = mkstemp(path);
	off_t from = 0;
	ssize_t got;

	if (out < 0)
		err(1, "%s", path);
	unlink(path);
	do
		got = sendfile(out, fd, &from, 1000);
	while (got > 0);
	/* A kernel whose sysfs has no way to sendfile says so. */
	if (got < 0 && errno == EINVAL && !from)
		goto done;
	if (got < 0)
		err(1, "sendfile");
	expect("sendfile", again, pread(out, again, MAX_TEXT, 0), length);
done:
	close(out);
}

int main(int argc, char **argv)
{
	static const size_t sizes[] = { 1,    2,    3,	  13,	 511,	  4095,
					4096, 4097, 8191, 65536, MAX_TEXT };
	size_t length, i;
	int fd;

	if (argc != 2)
		errx(2, "usage: reads FILE");
	fd = open(argv[1], O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		err(1, "%s", argv[1]);
	length = read_by(fd, whole, MAX_TEXT);
	if (!length || length == MAX_TEXT)
		errx(1, "%s has %zu bytes", argv[1], length);
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		char how[32];

		snprintf(how, sizeof(how), "%zu bytes at a time", sizes[i]);
		expect(how, again, read_by(fd, again, sizes[i]), length);
	}
	positions(fd, length);
	ends(fd, length);
	vectors(fd, length);
	sent(fd, length);
	expect("at last", again, read_by(fd, again, MAX_TEXT), length);
	close(fd);
	return 0;
}
