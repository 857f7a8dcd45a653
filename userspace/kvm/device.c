// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/device.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
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
