/* SPDX-License-Identifier: GPL-2.0-only */
/* What the parts of the detector share. For model/hypervisor*.c only. */
#ifndef VIRTINFO_MODEL_HYPERVISOR_DETECTION_H
#define VIRTINFO_MODEL_HYPERVISOR_DETECTION_H

#include "model/hypervisor.h"

/* What a detection works on. */
struct detection {
	struct hypervisor *hypervisor;
	const struct host *host;
	const struct host_group *group; /* whose leaves are read; or NULL */
	enum hypervisor_product named;	/* by DMI */
};

/* A layer further out than all others; NULL where they are too many. */
struct hypervisor_layer *hypervisor_add_layer(struct hypervisor *hypervisor,
					      enum hypervisor_product product);

/* The nearest layer of that product that is no outer one, or NULL. */
struct hypervisor_layer *hypervisor_layer_of(struct hypervisor *hypervisor,
					     enum hypervisor_product product);

/* The layer, outer or not, that has the product's signature in CPUID; or NULL. */
struct hypervisor_layer *
hypervisor_signed_layer(struct hypervisor *hypervisor,
			enum hypervisor_product product);

/* Write why. The sentence may quote what the layer holds, itself included. */
void layer_say(struct hypervisor_layer *layer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The same, after the words "CPUID 0x40000000 says "..."" of its signature. */
#define layer_say_signature(layer, format, ...)                                \
	layer_say(layer, "CPUID 0x%08x says \"%s\"" format, (layer)->leaf,     \
		  (layer)->signature, ##__VA_ARGS__)

/* Is this system the root partition, dom0 or the like? */
void hypervisor_judge_privileged(struct detection *d);

/* A range of Hyper-V beside one of another's own is only an interface. */
void hypervisor_resolve_imitation(struct detection *d);
/* A signature that more than one product has: by features and names. */
void hypervisor_resolve_kvm(struct detection *d);
void hypervisor_resolve_hyperv(struct detection *d);

#endif
