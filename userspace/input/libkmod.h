/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VIRTINFO_INPUT_LIBKMOD_H
#define VIRTINFO_INPUT_LIBKMOD_H

#include <stdbool.h>

/*
 * Can libkmod be loaded here? Without it the lists in text say which modules
 * there are, and none can be loaded. Always false in a static program.
 */
bool libkmod_here(void);

#endif
