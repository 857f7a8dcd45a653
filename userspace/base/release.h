/* SPDX-License-Identifier: GPL-2.0-only */
/* Releases of the Linux kernel and of programs as numbers that compare. */
#ifndef VIRTINFO_BASE_RELEASE_H
#define VIRTINFO_BASE_RELEASE_H

#define KERNEL_RELEASE(major, minor) ((major)*1000 + (minor))

/* KVM turns VMX or SVM on when it loads, not with its first guest. */
#define KERNEL_ENABLES_AT_LOAD KERNEL_RELEASE(6, 12)
/* The kernel itself turns them on and counts their users. */
#define KERNEL_ENABLES_APART KERNEL_RELEASE(7, 1)

#define PROGRAM_VERSION(major, minor, patch)                                   \
	(((major)*1000 + (minor)) * 1000 + (patch))

/* Major and minor of a PROGRAM_VERSION(), as KERNEL_RELEASE(). */
#define PROGRAM_RELEASE(version) ((version) / 1000)

/* Major and minor of a release string as KERNEL_RELEASE(), 0 if it has none. */
int kernel_release_parse(const char *release);
/*
 * "7.2.10", and what follows that ("7.2.10_Debian r173250"), as
 * PROGRAM_VERSION(); 0 where it does not begin with three numbers.
 */
int program_version_parse(const char *version);

#endif
