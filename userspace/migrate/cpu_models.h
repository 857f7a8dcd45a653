/* SPDX-License-Identifier: GPL-2.0-only */
/* The named CPU models of tables/cpu_models.def. */
#ifndef VIRTINFO_MIGRATE_CPU_MODELS_H
#define VIRTINFO_MIGRATE_CPU_MODELS_H

#include "migrate/cpu_features.h"

enum cpu_vendor {
	CPU_VENDOR_ANY,
	CPU_VENDOR_INTEL,
	CPU_VENDOR_AMD,
	CPU_VENDOR_HYGON,
};

/* By whose list a model is called. */
enum model_names {
	MODELS_QEMU,
	MODELS_LIBVIRT,
	MODELS_PROXMOX,
	NR_MODEL_NAMES
};

struct cpu_model {
	enum cpu_vendor vendor;
	unsigned int family;
	unsigned int model;
	struct {
		const char *name; /* or NULL */
		int since;	  /* KERNEL_RELEASE() of the program, or 0 */
	} called[NR_MODEL_NAMES];
	struct cpu_set set;
};

/* Number @at of the table, or NULL behind its end. */
const struct cpu_model *cpu_model_at(size_t at);

/* Its name for that version of the program (0: the newest), or NULL. */
const char *cpu_model_name(const struct cpu_model *model,
			   enum model_names names, int version);

/* Whose processors those of the group are. */
enum cpu_vendor cpu_vendor_of(const struct host_group *group);

/*
 * The model of that version nearest to the set: of which the fewest features have
 * to be switched, on or (which counts more) off.
 * Features of nested virtualization do not count: they come with vmx or svm.
 * What a model has must have a name to be switched off by. NULL where there is
 * none.
 */
const struct cpu_model *cpu_model_nearest(const struct cpu_set *set,
					  enum cpu_vendor vendor,
					  enum model_names models,
					  enum cpu_names names, int version);

/*
 * What has to be switched off of the model so that no more than the set is
 * there. Returns false where some of it has no name in that version.
 */
bool cpu_model_excess(const struct cpu_model *model, const struct cpu_set *set,
		      enum cpu_names names, int version,
		      struct cpu_set *excess);

#endif
