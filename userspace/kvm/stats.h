/* SPDX-License-Identifier: GPL-2.0-only */
/* KVM's binary statistics of one virtual processor (Linux 5.14 and later). */
#ifndef VIRTINFO_KVM_STATS_H
#define VIRTINFO_KVM_STATS_H

#include <stdint.h>

struct kvm_stats;

/*
 * Open them for @vcpu. Returns 0 and fills *stats, for kvm_stats_close();
 * or -errno: ENOTTY is a kernel without them.
 */
int kvm_stats_open(struct kvm_stats **stats, int vcpu);
void kvm_stats_close(struct kvm_stats *stats);

/*
 * The value now of the counter of that name. Returns 0 or -errno: ENOENT is a
 * KVM without that counter.
 */
int kvm_stats_read(const struct kvm_stats *stats, const char *name,
		   uint64_t *value);

#endif
