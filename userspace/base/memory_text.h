/* SPDX-License-Identifier: GPL-2.0-only */
/* The end of a text that was written through open_memstream(). */
#ifndef VIRTINFO_BASE_MEMORY_TEXT_H
#define VIRTINFO_BASE_MEMORY_TEXT_H

#include <stdio.h>
#include <stdlib.h>

/* Closes the stream of *text. Returns it, to be freed; NULL without memory. */
static inline char *memory_text(FILE *file, char **text)
{
	if (!fclose(file))
		return *text;
	free(*text);
	return NULL;
}

#endif
