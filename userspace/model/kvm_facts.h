/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What KVM said and what the proof found, as facts; system_parse() has the way
 * back. Everything that the reports and the verdict use goes this way, so a
 * capture gives what the live system gave.
 *
 *	kvm device open       ok, or an errno ("ENOENT", "errno 200")
 *	kvm api               the version, or "no answer"
 *	kvm cap NUMBER NAME   value, "VALUE vm VALUE" where a VM answers
 *	                      differently, or an errno
 *	kvm vm types          the bits, and their names for people
 *	kvm msrs              the indices that KVM offers, or an errno
 *	kvm msr INDEX         the value, or "unreadable"
 *	kvm cpuid LEAF SUBLEAF    EAX to EDX of KVM_GET_SUPPORTED_CPUID
 *	kvm cpuid             the list's errno, or "none" where it is empty; so
 *	                      the two of "kvm emulated cpuid" and of "kvm hyper-v
 *	                      cpuid"
 *	kvm tsc khz           of a new virtual CPU
 *	kvm xcomp guest       XCR0 bits that a guest may have, hexadecimal
 *	proof                 "ran", "not run", "failed STEP" with the errno or,
 *	                      for unexpected-exit, "KVM_EXIT number hardware reason"
 *	proof time us         microseconds
 *
 * The kernel's release is the capture's own line "kernel", which is written by
 * whoever writes the head of the capture.
 */
#ifndef VIRTINFO_MODEL_KVM_FACTS_H
#define VIRTINFO_MODEL_KVM_FACTS_H

#include "base/facts.h"
#include "kvm/caps.h"
#include "kvm/proof.h"

/* Append them. Return 0, or -1 when there is no memory. */
int kvm_facts_write_caps(struct facts *facts, const struct kvm_caps *caps);
int kvm_facts_write_proof(struct facts *facts, const struct kvm_proof *proof);
/* Of kvm_facts_write_caps(): what a virtual CPU can be given, besides MSRs. */
int kvm_facts_write_offer(struct facts *facts, const struct kvm_caps *caps);
/*
 * Only the device: the errno of opening it, 0 if it opened, and then its API
 * version, negative where it does not answer.
 */
int kvm_facts_write_device(struct facts *facts, int open_error, int api);

#define KVM_CAP_TEXT 32
/* What was answered for one, as its fact has it. Returns text. */
char *kvm_cap_text(char text[KVM_CAP_TEXT], const struct kvm_cap *cap);

#endif
