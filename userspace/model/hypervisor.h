/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The hypervisor that this system runs under: the one detector, asked by every
 * command. It weighs CPUID, the machine's names (DMI), the kernel's word and
 * VirtualBox's.
 */
#ifndef VIRTINFO_MODEL_HYPERVISOR_H
#define VIRTINFO_MODEL_HYPERVISOR_H

#include "base/safe.h"
#include "model/decode.h"
#include "model/hypervisor_table.h"

/* Twelve bytes made safe fit. */
#define SIGNATURE_SIZE SAFE_SIZE(12)

enum layer_certainty {
	LAYER_CERTAIN,
	LAYER_LIKELY,	   /* nothing speaks for another */
	LAYER_CANNOT_TELL, /* another could show the same; why says which */
	LAYER_INTERFACE, /* only the interface of product, spoken by another */
};

struct hypervisor_layer {
	enum hypervisor_product product;
	enum layer_certainty certainty;
	bool outer; /* it runs the hypervisor that runs this system */
	u32 leaf;   /* where its range begins; 0: not known from CPUID */
	char signature[SIGNATURE_SIZE]; /* safe to print; "" without one */
	char version[48];		/* "" where it is not known */
	char why[192]; /* the evidence in one sentence; safe to print */
};

#define HYPERVISOR_LAYERS 8

struct hypervisor {
	enum answer guest; /* does this system run under a hypervisor? */
	/* HYPERVISOR_NONE where guest is not yes; what names none is UNNAMED. */
	enum hypervisor_product product;
	enum layer_certainty certainty; /* of product */
	enum answer privileged;	 /* is this its root partition, dom0 or like? */
	char privileged_why[96]; /* how that is known; "" if not privileged */
	enum hypervisor_service service;
	bool paravirtual; /* a Xen PV domain */
	/*
	 * The kernel runs in user mode (Xen PV, kvm_pvm): CPUID executes
	 * natively, so its leaves are those of the machine further out.
	 */
	bool user_mode;
	bool tdx; /* a trusted domain of Intel TDX */
	size_t count;
	struct hypervisor_layer layers[HYPERVISOR_LAYERS]; /* nearest first */
};

/* Fill *hypervisor from the host's registers and facts, and from nothing else. */
void hypervisor_detect(struct hypervisor *hypervisor, const struct host *host);

/* The layer that runs this system, not an interface or the TDX module; or NULL. */
const struct hypervisor_layer *
hypervisor_nearest(const struct hypervisor *hypervisor);

/* The hypervisor that runs the one this system runs under, or NULL. */
const struct hypervisor_layer *
hypervisor_outer(const struct hypervisor *hypervisor);

/* "certain", "likely", "cannot tell" or "interface". */
const char *layer_certainty_name(enum layer_certainty certainty);

#endif
