// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/device.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

int kvm_device_open(const char *path)
{
	int fd;

	do {
		fd = open(path ? path : KVM_DEVICE, O_RDWR | O_CLOEXEC);
	} while (fd < 0 && errno == EINTR);
	return fd < 0 ? -errno : fd;
}

int kvm_device_api(int device)
{
	int version = ioctl(device, KVM_GET_API_VERSION, 0);

	return version < 0 ? -errno : version;
}

int kvm_get_msr(int fd, uint32_t index, uint64_t *value)
{
	/* The entry is behind the head, in a flexible array. */
	union {
		struct kvm_msrs head;
		unsigned char bytes[sizeof(struct kvm_msrs) +
				    sizeof(struct kvm_msr_entry)];
	} request;

	memset(&request, 0, sizeof(request));
	request.head.nmsrs = 1;
	request.head.entries[0].index = index;
	switch (ioctl(fd, KVM_GET_MSRS, &request)) {
	case 1:
		*value = request.head.entries[0].data;
		return 0;
	case 0:
		return -EOPNOTSUPP;
	default:
		return -errno;
	}
}

struct kvm_cpuid2 *kvm_get_cpuid(int fd, unsigned long request, int *error)
{
	struct kvm_cpuid2 *list;

	list = calloc(1, sizeof(*list) +
				 KVM_CPUID_ENTRIES * sizeof(list->entries[0]));
	if (!list) {
		*error = ENOMEM;
		return NULL;
	}
	list->nent = KVM_CPUID_ENTRIES;
	if (!ioctl(fd, request, list))
		return list;
	*error = errno;
	free(list);
	return NULL;
}
