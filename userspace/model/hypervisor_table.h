/* SPDX-License-Identifier: GPL-2.0-only */
/* Hypervisors by what names them (tables/hypervisors.def). */
#ifndef VIRTINFO_MODEL_HYPERVISOR_TABLE_H
#define VIRTINFO_MODEL_HYPERVISOR_TABLE_H

#include "model/host.h"

enum hypervisor_product {
	HYPERVISOR_NONE,
#define HYPERVISOR_PRODUCT(id, name, kind, nesting) HYPERVISOR_##id,
#include "tables/hypervisors.def"
	NR_HYPERVISORS
};

/* How a guest of it is offered VMX or SVM. */
enum hypervisor_nesting {
	NESTING_OTHER, /* not known here */
	NESTING_NONE,  /* never */
	NESTING_KVM,
	NESTING_QEMU, /* with KVM or without */
	NESTING_TCG,
	NESTING_HYPERV,
	NESTING_XEN,
	NESTING_VMWARE,
	NESTING_VIRTUALBOX,
	NESTING_PARALLELS,
	NESTING_ACRN,
	NESTING_JAILHOUSE,
	NR_NESTINGS
};

/* A service that decides what its guests may do. */
enum hypervisor_service {
	SERVICE_NONE,
#define HYPERVISOR_SERVICE(id) SERVICE_##id,
#include "tables/hypervisors.def"
	NR_SERVICES
};

/* "KVM", "Microsoft Hyper-V", ...; "none". */
const char *hypervisor_name(enum hypervisor_product product);
/*
 * Its type: "1", "2", "hybrid", "1 or 2" of a family that has both; "-" where it
 * is no hypervisor in that sense.
 */
const char *hypervisor_type(enum hypervisor_product product);
enum hypervisor_nesting hypervisor_nesting(enum hypervisor_product product);
/* What the privileged system beside it is called: "root partition", "dom0". */
const char *hypervisor_privileged_name(enum hypervisor_product product);

enum signature_place { PLACE_RANGE, PLACE_VENDOR, PLACE_TDX };

/*
 * The product with that signature in EBX, ECX and EDX of a leaf, or
 * HYPERVISOR_NONE. *note is a remark on it, or NULL.
 */
enum hypervisor_product hypervisor_by_signature(enum signature_place place,
						const u32 reg[4],
						const char **note);

/* What the machine's names (DMI) say, or HYPERVISOR_NONE. */
enum hypervisor_product hypervisor_by_dmi(const struct host *host);

/*
 * What the kernel says, or HYPERVISOR_NONE. *word is the word that says so,
 * *evidence what goes before it.
 */
enum hypervisor_product hypervisor_by_kernel(const struct host *host,
					     const char **word,
					     const char **evidence);

/* What lscpu says, or HYPERVISOR_NONE. */
enum hypervisor_product hypervisor_by_lscpu(const struct host *host);

enum hypervisor_service hypervisor_by_service(const struct host *host);

#endif
