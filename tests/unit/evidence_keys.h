/* SPDX-License-Identifier: GPL-2.0-only */
/* The keys of all evidence, from its table. */
#ifndef VIRTINFO_TESTS_EVIDENCE_KEYS_H
#define VIRTINFO_TESTS_EVIDENCE_KEYS_H

static const char *const evidence_keys[] = {
#define EVIDENCE_FIELD(key, label, reg, field)	key,
#define EVIDENCE_ANY(key, label, names)		key,
#define EVIDENCE_FLAGS(key, label, reg)		key,
#define EVIDENCE_REGISTER(key, label, reg)	key,
#define EVIDENCE_VMCS(key, label, group)	key,
#define EVIDENCE_FACTS(key, label, ...)		key,
#define EVIDENCE_STAGE(key, label, stage)	key,
#define EVIDENCE_IS(key, label, product)	key,
#define EVIDENCE_HOSTING(key, label, id)	key,
#define EVIDENCE_COMPUTED(key, label, function) key,
#include "explain/evidence.def"
};

#endif
