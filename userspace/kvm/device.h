/* SPDX-License-Identifier: GPL-2.0-only */
/* The KVM device node. */
#ifndef VIRTINFO_KVM_DEVICE_H
#define VIRTINFO_KVM_DEVICE_H

#define KVM_DEVICE "/dev/kvm"

/* The one API version that Linux has had since 2.6.22. */
#define KVM_DEVICE_API 12

/*
 * Open @path (NULL: KVM_DEVICE) for reading and writing. Returns the
 * descriptor, or -errno: what the kernel answers tells a node that is missing
 * (ENOENT), forbidden by owner and mode (EACCES), forbidden by a container's
 * device rules (EPERM) and with nothing behind it (ENODEV, ENXIO) apart.
 */
int kvm_device_open(const char *path);

/*
 * KVM_GET_API_VERSION. Returns the version, or -errno: ENOTTY is a node that
 * is not KVM's.
 */
int kvm_device_api(int device);

#endif
