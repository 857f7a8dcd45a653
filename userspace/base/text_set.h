/* SPDX-License-Identifier: GPL-2.0-only */
/* Texts of which each is kept once and is known by its number, from 0. */
#ifndef VIRTINFO_BASE_TEXT_SET_H
#define VIRTINFO_BASE_TEXT_SET_H

#include <stdbool.h>
#include <stddef.h>

struct text_set;

/* NULL when there is no memory. */
struct text_set *text_set_new(void);
void text_set_free(struct text_set *set);

/* The number of the text, which is added if need be; 0 without memory. */
size_t text_set_add(struct text_set *set, const char *text);

/* Those in it, by number. */
size_t text_set_count(const struct text_set *set);
const char *text_set_at(const struct text_set *set, size_t number);

/* Was there no memory for one of them? */
bool text_set_failed(const struct text_set *set);

#endif
