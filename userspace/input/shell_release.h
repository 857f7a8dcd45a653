/* SPDX-License-Identifier: GPL-2.0-only */
/* Lines that name the kernel's release, whatever printed them. */
#ifndef VIRTINFO_INPUT_SHELL_RELEASE_H
#define VIRTINFO_INPUT_SHELL_RELEASE_H

#include "input/span.h"

/*
 * Does the line name the release of Linux that runs? What uname -a prints, the
 * line "Kernel" of hostnamectl, inxi, neofetch, docker info and forms of
 * reports, and any with a release of WSL's own kernel.
 */
bool shell_release(const char *at, const char *end, struct span *release);

#endif
