/* SPDX-License-Identifier: GPL-2.0-only */
/* What other tools say of a host: witnesses where the registers are missing. */
#ifndef VIRTINFO_MODEL_TOOL_WORDS_H
#define VIRTINFO_MODEL_TOOL_WORDS_H

#include "model/decode.h"

/*
 * What a tool says of the field, first in the order of tables/tool_words.def;
 * NULL where none does. Its key says which tool.
 */
const struct said *tool_word(const struct system *system, enum field_id field);

/* The same as an answer: is the field not 0? */
enum answer tool_answer(const struct system *system, enum field_id field);

/* The extension that a tool says the processor has, or VI_NO_EXTENSION. */
enum vi_extension tool_extension(const struct system *system);

/*
 * What a tool says of the flags "vmx" and "svm" that does not tell which of
 * them it found; NULL where none does.
 */
const struct said *tool_either_flag(const struct system *system);

/*
 * A tool that made KVM answer, which it does not where the extension is locked
 * off; NULL: none did.
 */
const struct said *tool_used_kvm(const struct system *system);

/* Is there a word of that tool, the first word of its keys? */
bool tool_spoke(const struct system *system, const char *tool);

#endif
