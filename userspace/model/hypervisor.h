/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is above this system: every layer that shows itself, from CPUID, the
 * machine's names (DMI) and what the kernel says, with how certain each is.
 * model/above.h has the short answer that the verdict needs.
 */
#ifndef VIRTINFO_MODEL_HYPERVISOR_H
#define VIRTINFO_MODEL_HYPERVISOR_H

#include "model/above.h"
#include "model/decode.h"
#include "base/safe.h"

/* Room for twelve bytes made safe. */
#define SIGNATURE_SIZE SAFE_SIZE(12)

enum hypervisor_product {
	HYPERVISOR_NONE,
#define HYPERVISOR_PRODUCT(id, name, kind) HYPERVISOR_##id,
#include "tables/hypervisors.def"
	NR_HYPERVISORS
};

/* Type 1 or 2, both or none, or not a hypervisor in that sense. */
enum hypervisor_kind {
	KIND_TYPE_1,
	KIND_TYPE_2,
	KIND_HYBRID,
	KIND_EITHER, /* a family that has both */
	KIND_OTHER,
};

enum layer_certainty {
	LAYER_CERTAIN,
	LAYER_LIKELY,	   /* nothing speaks for another */
	LAYER_CANNOT_TELL, /* another could show the same; why says which */
	LAYER_INTERFACE, /* only the interface of product, spoken by another */
};

struct hypervisor_layer {
	enum hypervisor_product product;
	enum layer_certainty certainty;
	u32 leaf; /* where its range begins; 0: not known from CPUID */
	char signature[SIGNATURE_SIZE]; /* safe to print; "" without one */
	char version[48];		/* "" where it does not tell */
	char why[192]; /* the evidence in one sentence; safe to print */
};

#define MAX_LAYERS 8

struct hypervisors_above {
	enum answer above;	/* is there any? */
	enum answer privileged; /* is this the system that rules the machine? */
	char ruling[96];	/* how that is known; "" */
	size_t count;
	struct hypervisor_layer layers[MAX_LAYERS]; /* nearest first */
	/* The layer that this system is a guest of, or NULL. */
	const struct hypervisor_layer *nearest;
};

/* Fill *above from the host's registers and facts. */
void hypervisors_above(struct hypervisors_above *above,
		       const struct host *host);

/* "KVM", "Microsoft Hyper-V", ... */
const char *hypervisor_name(enum hypervisor_product product);
enum hypervisor_kind hypervisor_kind(enum hypervisor_product product);
/* "1", "2", "hybrid", "1 or 2" or "-". */
const char *hypervisor_kind_name(enum hypervisor_kind kind);
const char *layer_certainty_name(enum layer_certainty certainty);

#endif
