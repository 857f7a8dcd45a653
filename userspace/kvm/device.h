/* SPDX-License-Identifier: GPL-2.0-only */
/* The KVM device node. */
#ifndef VIRTINFO_KVM_DEVICE_H
#define VIRTINFO_KVM_DEVICE_H

#include <linux/kvm.h>
#include <stdint.h>

#define KVM_DEVICE "/dev/kvm"

/* The one API version that Linux has had since 2.6.22. */
#define KVM_DEVICE_API 12

/*
 * Open @path (NULL: KVM_DEVICE) for reading and writing. Returns the
 * descriptor, or -errno: of a node that is missing ENOENT, forbidden by owner
 * and mode EACCES, forbidden by a container's device rules EPERM, with nothing
 * behind it ENODEV or ENXIO.
 */
int kvm_device_open(const char *path);

/*
 * KVM_GET_API_VERSION. Returns the version, or -errno: ENOTTY is a node that
 * is not KVM's.
 */
int kvm_device_api(int device);

/*
 * KVM_GET_MSRS for one register: of @fd, the device (what KVM can offer) or a
 * virtual CPU. Returns 0 with *@value, or -errno: EOPNOTSUPP is a register that
 * is not there.
 */
int kvm_get_msr(int fd, uint32_t index, uint64_t *value);

/* KVM_MAX_CPUID_ENTRIES of the kernel's, which takes and gives no more. */
#define KVM_CPUID_ENTRIES 256

/*
 * The list that an ioctl of the kind of KVM_GET_SUPPORTED_CPUID gives of @fd;
 * free() it. NULL with *@error set to the errno.
 */
struct kvm_cpuid2 *kvm_get_cpuid(int fd, unsigned long request, int *error);

#endif
