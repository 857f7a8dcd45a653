/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VIRTINFO_MIGRATE_ENGINE_ADDS_H
#define VIRTINFO_MIGRATE_ENGINE_ADDS_H

#include "kvm/caps.h"
#include "model/decode.h"

/*
 * The bits of a register of CPUID that an engine gives guests, whether KVM names
 * them or not (ENGINE_ADDS of tables/migration.def). caps: of that KVM; NULL for
 * those that need no capability.
 */
u32 engine_adds(enum register_id reg, const struct kvm_caps *caps);

#endif
