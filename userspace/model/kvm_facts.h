/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What KVM said and what the proof found, as "key : value" lines of a capture,
 * and back. Everything that the reports and the verdict use goes this way, so
 * a capture gives what the live system gave.
 *
 *	kvm device open       ok, or an errno ("ENOENT", "errno 200")
 *	kvm api               the version, or "no answer"
 *	kvm cap NUMBER NAME   value, "VALUE vm VALUE" where a VM answers
 *	                      differently, or an errno
 *	kvm vm types          the bits, and their names for people
 *	kvm msrs              the indices that KVM offers, or an errno
 *	kvm msr INDEX         the value, or "unreadable"
 *	proof                 "ran", "not run", "failed STEP" with the errno or,
 *	                      for unexpected-exit, "KVM_EXIT number hardware reason"
 *	proof time us         microseconds
 *
 * The kernel's release is the capture's own line "kernel", which is read here
 * and written by whoever writes the head of the capture.
 */
#ifndef VIRTINFO_MODEL_KVM_FACTS_H
#define VIRTINFO_MODEL_KVM_FACTS_H

#include "kvm/caps.h"
#include "kvm/proof.h"

/* One line; both strings are only valid during the call. */
typedef void kvm_fact_emit(void *context, const char *key, const char *value);
/* The value of a key, NULL when the capture has none. */
typedef const char *kvm_fact_find(void *context, const char *key);

void kvm_facts_emit_caps(const struct kvm_caps *caps, kvm_fact_emit *emit,
			 void *context);
void kvm_facts_emit_proof(const struct kvm_proof *proof, kvm_fact_emit *emit,
			  void *context);

/*
 * The other way. A capture that says nothing gives .known and .attempted
 * false; a value that cannot be read counts as not there. Returns 0 or
 * -ENOMEM; kvm_caps_free() is owed either way.
 */
int kvm_facts_read_caps(struct kvm_caps *caps, kvm_fact_find *find,
			void *context);
void kvm_facts_read_proof(struct kvm_proof *proof, kvm_fact_find *find,
			  void *context);

#endif
