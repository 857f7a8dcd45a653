/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sets of the features of guests' CPUs, by tables/cpu_features.def, and what
 * QEMU and libvirt call them.
 */
#ifndef VIRTINFO_MIGRATE_CPU_FEATURES_H
#define VIRTINFO_MIGRATE_CPU_FEATURES_H

#include "migrate/side.h"

/* A register with features. Of a VMX control word: what can be set. */
enum cpu_word {
#define CPU_WORD(reg) WORD_##reg,
#include "tables/cpu_features.def"
	NR_CPU_WORDS
};

struct cpu_set {
	u64 word[NR_CPU_WORDS];
};

/* As the head of tables/cpu_features.def explains them. */
enum cpu_feature_use {
	FEATURE_PLAIN,
	FEATURE_LEFT,
	FEATURE_NEVER,
	FEATURE_MODEL,
	FEATURE_SAY,
	FEATURE_SAY_LIBVIRT,
	FEATURE_VARIES,
	FEATURE_SHARED,
};

enum cpu_names { NAMES_QEMU, NAMES_LIBVIRT, NR_CPU_NAMES };

struct cpu_feature {
	enum cpu_word word;
	enum field_id field;
	enum cpu_feature_use use;
	struct {
		const char *name; /* or NULL */
		int since;	  /* KERNEL_RELEASE() of the program, or 0 */
	} called[NR_CPU_NAMES];
};

enum {
	NR_CPU_FEATURES = 0
#define CPU_FEATURE(reg, field, qemu, qemu_since, libvirt, libvirt_since, use) \
	+1
#include "tables/cpu_features.def"
};

extern const struct cpu_feature cpu_features[NR_CPU_FEATURES];

enum register_id cpu_word_register(enum cpu_word word);

/* The bit of the feature in its word. */
u64 cpu_feature_bit(const struct cpu_feature *feature);

/* Its name for that version of the program (0: the newest), or NULL. */
const char *cpu_feature_name(const struct cpu_feature *feature,
			     enum cpu_names names, int version);

bool cpu_set_has(const struct cpu_set *set, enum cpu_word word,
		 enum field_id field);

/*
 * What the side offers, by the comparisons of tables/migration.def. *unknown is
 * what it is not known to offer, which is not in *set.
 */
void cpu_set_of(struct cpu_set *set, struct cpu_set *unknown,
		const struct side *side);

/* Take out what is never on, and what needs a feature that is not in it. */
void cpu_set_close(struct cpu_set *set);

/* Take out vmx, svm and what needs them. */
void cpu_set_strip_nested(struct cpu_set *set);

/*
 * What of the set a guest sees: the features of VMX without vmx are not there.
 * For sets of models, which have them in case it is on.
 */
void cpu_set_visible(struct cpu_set *set, const struct cpu_set *with);

#endif
