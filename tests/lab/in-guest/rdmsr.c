// SPDX-License-Identifier: GPL-2.0-only
/*
 * rdmsr ADDRESS: prints an MSR of CPU 0 as 0x and 16 digits, read through
 * /dev/cpu/0/msr: a second opinion on what virtinfo.ko reads. Exit status 1
 * when the read faults or the device is not there.
 */
#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	uint64_t value;
	int fd;

	if (argc != 2)
		errx(2, "usage: rdmsr ADDRESS");
	fd = open("/dev/cpu/0/msr", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		err(1, "/dev/cpu/0/msr");
	if (pread(fd, &value, sizeof(value), strtol(argv[1], NULL, 16)) !=
	    sizeof(value))
		err(1, "MSR %s", argv[1]);
	printf("0x%016" PRIx64 "\n", value);
	return 0;
}
