/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What an engine has to be told to make the CPU of a baseline: a model, what to
 * switch on and off of it, and what a person should know. The engines write it.
 */
#ifndef VIRTINFO_MIGRATE_BASELINE_PLAN_H
#define VIRTINFO_MIGRATE_BASELINE_PLAN_H

#include "migrate/baseline.h"
#include "migrate/cpu_models.h"
#include "output/comment.h"

struct baseline_switch {
	const char *name; /* the engine's */
	bool on;
};

struct baseline_plan {
	const struct side *baseline;
	int version; /* of the program whose names these are; 0: newest */
	struct cpu_set set; /* what the guest gets */
	const char *model;  /* NULL: none fits */
	struct baseline_switch *switches;
	size_t nr_switches;
	size_t switches_capacity;
	unsigned int phys_bits; /* 0: not known */
	char **notes;
	size_t nr_notes;
	size_t notes_capacity;
};

/* Whose names an engine takes. */
struct baseline_naming {
	enum cpu_names names;
	enum model_names models;
	const char *program; /* "libvirt" */
};

/*
 * Fill *plan. Returns 0, or -1 without memory; baseline_plan_free() it either
 * way.
 */
int baseline_plan_make(struct baseline_plan *plan, const struct side *baseline,
		       const struct side *const *sides, size_t count,
		       const struct baseline_naming *naming, int version);
void baseline_plan_free(struct baseline_plan *plan);

/* Note something for a person. Returns 0, or -1 without memory. */
int baseline_plan_note(struct baseline_plan *plan, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* All notes as comments. Returns 0, or -1 without memory. */
int baseline_plan_comments(struct out *out, const struct baseline_plan *plan,
			   enum comment_syntax syntax);

/*
 * The baseline before anything is taken out of it that no model can level.
 * Returns 0, or -1 without memory; side_free() it either way.
 */
int baseline_whole(struct side *whole, const struct side *const *sides,
		   size_t count);

/*
 * Note what keeps a guest with the baseline's CPU, made on one of the sides,
 * from moving to another one. Returns 0, or -1 without memory.
 */
int baseline_note_obstacles(struct baseline_plan *plan,
			    const struct side *const *sides, size_t count);

/*
 * May guests that can run guests have the whole baseline's VMX or SVM?
 * *answer is MIGRATION_SAFE then. Returns 0, or -1 without memory.
 */
int baseline_nested(enum migration_answer *answer, const struct side *whole,
		    const struct side *const *sides, size_t count);

/*
 * Note the newest machine type that each QEMU knows: of the sides, and of the
 * release (KERNEL_RELEASE(), 0: none) that was asked for. Nothing where none is
 * known. Returns 0, or -1 without memory.
 */
int baseline_note_machine(struct baseline_plan *plan,
			  const struct side *const *sides, size_t count,
			  int release);

int baseline_qemu(struct out *out, const struct baseline_plan *plan);
int baseline_libvirt(struct out *out, const struct baseline_plan *plan);
int baseline_proxmox(struct out *out, const struct baseline_plan *plan);
int baseline_kubevirt(struct out *out, const struct baseline_plan *plan);
int baseline_nova(struct out *out, const struct baseline_plan *plan);
int baseline_firecracker(struct out *out, const struct baseline_plan *plan);

#endif
