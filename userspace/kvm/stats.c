// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/stats.h"

#include <errno.h>
#include <linux/kvm.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* As <linux/kvm.h> has them since 5.14: the headers at hand may be older. */
#define GET_STATS_FD _IO(KVMIO, 0xce)

struct stats_header {
	uint32_t flags;
	uint32_t name_size;
	uint32_t num_desc;
	uint32_t id_offset;
	uint32_t desc_offset;
	uint32_t data_offset;
};

struct stats_desc {
	uint32_t flags;
	int16_t exponent;
	uint16_t size;
	uint32_t offset;
	uint32_t bucket_size;
	char name[];
};

/* Far more than any kernel has; what is larger is not what we think it is. */
#define NAME_LIMIT 256
#define DESC_LIMIT 1024

struct kvm_stats {
	int fd;
	struct stats_header header;
	size_t desc_size;
	char *descs;
};

static int read_all(int fd, void *buffer, size_t size, off_t offset)
{
	size_t done = 0;

	while (done < size) {
		ssize_t count = pread(fd, (char *)buffer + done, size - done,
				      offset + (off_t)done);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0)
			return -errno;
		if (!count)
			return -EIO;
		done += (size_t)count;
	}
	return 0;
}

static int read_descriptors(struct kvm_stats *stats)
{
	const struct stats_header *header = &stats->header;
	int error = read_all(stats->fd, &stats->header, sizeof(*header), 0);

	if (error)
		return error;
	if (!header->name_size || header->name_size > NAME_LIMIT ||
	    header->num_desc > DESC_LIMIT)
		return -EPROTO;
	stats->desc_size = sizeof(struct stats_desc) + header->name_size;
	stats->descs = calloc(header->num_desc + 1, stats->desc_size);
	if (!stats->descs)
		return -ENOMEM;
	return read_all(stats->fd, stats->descs,
			header->num_desc * stats->desc_size,
			header->desc_offset);
}

int kvm_stats_open(struct kvm_stats **stats, int vcpu)
{
	struct kvm_stats *new = calloc(1, sizeof(*new));
	int error;

	*stats = NULL;
	if (!new)
		return -ENOMEM;
	new->fd = ioctl(vcpu, GET_STATS_FD, NULL);
	error = new->fd < 0 ? -errno : read_descriptors(new);
	if (error) {
		kvm_stats_close(new);
		return error;
	}
	*stats = new;
	return 0;
}

void kvm_stats_close(struct kvm_stats *stats)
{
	if (!stats)
		return;
	if (stats->fd >= 0)
		close(stats->fd);
	free(stats->descs);
	free(stats);
}

int kvm_stats_read(const struct kvm_stats *stats, const char *name,
		   uint64_t *value)
{
	for (uint32_t i = 0; i < stats->header.num_desc; i++) {
		const struct stats_desc *desc =
			(const void *)(stats->descs + i * stats->desc_size);

		if (strncmp(desc->name, name, stats->header.name_size))
			continue;
		return read_all(stats->fd, value, sizeof(*value),
				(off_t)stats->header.data_offset +
					desc->offset);
	}
	return -ENOENT;
}
