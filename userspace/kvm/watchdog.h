/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A bound on the time that a guest may run.
 *
 * A timer sends a real-time signal to the calling thread, which keeps it
 * blocked; only KVM_RUN opens it (KVM_SET_SIGNAL_MASK) and then returns
 * EINTR. So no handler is needed, a signal that comes before KVM_RUN is not
 * lost but ends it at once, and one that comes after it is taken back by
 * kvm_watchdog_stop(). The timer repeats.
 *
 * All other signals wait from start to stop, which is not long: a storm of
 * them could otherwise keep the guest from making progress, and already
 * KVM_CREATE_VM from ever succeeding. Those of the thread's own faults
 * do not wait.
 */
#ifndef VIRTINFO_KVM_WATCHDOG_H
#define VIRTINFO_KVM_WATCHDOG_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct kvm_watchdog {
	timer_t timer;
	sigset_t signal; /* the one signal of the timer */
	sigset_t saved;	 /* the thread's mask before */
	uint64_t end_ns; /* as kvm_clock_ns() has it */
};

/*
 * Start it for the calling thread, which must also be the one that runs the
 * guest and stops it. Returns 0 or -errno; on error nothing is to be stopped.
 */
int kvm_watchdog_start(struct kvm_watchdog *dog, unsigned int timeout_ms);

/* Let KVM_RUN on @vcpu be ended by it. 0 or -errno. */
int kvm_watchdog_attach(const struct kvm_watchdog *dog, int vcpu);

/* Is the time over? No system call where the clock needs none. */
bool kvm_watchdog_expired(const struct kvm_watchdog *dog);

/* After KVM_RUN was interrupted: take back the signal, whose ever it was. */
void kvm_watchdog_take_back(const struct kvm_watchdog *dog);

/* Stop it; the thread's signal state is as it was before. */
void kvm_watchdog_stop(struct kvm_watchdog *dog);

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t kvm_clock_ns(void);

#endif
