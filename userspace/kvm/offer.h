/* SPDX-License-Identifier: GPL-2.0-only */
/* What KVM can give to a virtual CPU, besides MSRs. For kvm/caps_read.c. */
#ifndef VIRTINFO_KVM_OFFER_H
#define VIRTINFO_KVM_OFFER_H

#include "kvm/caps.h"

/*
 * Fill the members of *caps from cpuid on. @vm is a VM of that device to make a
 * virtual CPU in, or negative: what only that one is asked stays unknown.
 * Returns 0 or -ENOMEM.
 */
int kvm_offer_read(struct kvm_caps *caps, int device, int vm);

#endif
