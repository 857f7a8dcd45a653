/* SPDX-License-Identifier: GPL-2.0-only */
/* Releases of the Linux kernel as numbers that compare. */
#ifndef VIRTINFO_BASE_RELEASE_H
#define VIRTINFO_BASE_RELEASE_H

#define KERNEL_RELEASE(major, minor) ((major)*1000 + (minor))

/* KVM turns VMX or SVM on when it loads, not with its first guest. */
#define KERNEL_ENABLES_AT_LOAD KERNEL_RELEASE(6, 12)
/* The kernel itself turns them on and counts their users. */
#define KERNEL_ENABLES_APART KERNEL_RELEASE(7, 1)

/* Major and minor of a release string as KERNEL_RELEASE(), 0 if it has none. */
int kernel_release_parse(const char *release);

#endif
