/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VIRTINFO_MIGRATE_ENGINE_ADDS_H
#define VIRTINFO_MIGRATE_ENGINE_ADDS_H

#include "kvm/caps.h"
#include "model/decode.h"

/*
 * The bits of a register of CPUID that an engine gives guests, whether KVM names
 * them or not (ENGINE_ADDS of tables/migration.def): by what that KVM answers,
 * ANSWER_YES; ANSWER_UNKNOWN those that need a capability of which it is not
 * known. caps NULL: of no KVM anything is known.
 */
u32 engine_adds(enum register_id reg, const struct kvm_caps *caps,
		enum answer answer);

#endif
