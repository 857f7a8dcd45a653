// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/watchdog.h"

#include <errno.h>
#include <linux/kvm.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* timer_create(2)'s name, which the GNU C library has since 2.36 only. */
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/* The kernel's signal set, which is smaller than the C library's. */
#define KERNEL_SIGSET_SIZE 8
#define SECOND_NS	   1000000000ull
#define REPEAT_NS	   (20 * 1000 * 1000)

uint64_t kvm_clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * SECOND_NS + now.tv_nsec;
}

/*
 * A real-time signal that nobody in this process uses: default disposition,
 * not blocked and not pending, so that what is taken back at the end can only
 * be the timer's. Returns 0 when there is none.
 */
static int find_signal(const sigset_t *blocked)
{
	struct sigaction action;
	sigset_t pending;

	if (sigpending(&pending))
		return 0;
	for (int signal = SIGRTMAX; signal >= SIGRTMIN; signal--) {
		if (sigismember(blocked, signal) ||
		    sigismember(&pending, signal))
			continue;
		if (!sigaction(signal, NULL, &action) &&
		    !(action.sa_flags & SA_SIGINFO) &&
		    action.sa_handler == SIG_DFL)
			return signal;
	}
	return 0;
}

/* Every signal but those that a fault of this thread raises. */
static sigset_t all_that_can_wait(void)
{
	sigset_t set;

	sigfillset(&set);
	sigdelset(&set, SIGSEGV);
	sigdelset(&set, SIGBUS);
	sigdelset(&set, SIGFPE);
	sigdelset(&set, SIGILL);
	return set;
}

int kvm_watchdog_start(struct kvm_watchdog *dog, unsigned int timeout_ms)
{
	struct itimerspec when = { .it_interval = { .tv_nsec = REPEAT_NS } };
	struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID };
	const sigset_t waiting = all_that_can_wait();
	int signal, error;

	error = pthread_sigmask(SIG_SETMASK, NULL, &dog->saved);
	if (error)
		return -error;
	signal = find_signal(&dog->saved);
	if (!signal)
		return -EAGAIN;
	sigemptyset(&dog->signal);
	sigaddset(&dog->signal, signal);
	error = pthread_sigmask(SIG_BLOCK, &waiting, NULL);
	if (error)
		return -error;

	event.sigev_signo = signal;
	event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
	if (timer_create(CLOCK_MONOTONIC, &event, &dog->timer)) {
		error = errno;
		goto unblock;
	}
	dog->end_ns = kvm_clock_ns() + timeout_ms * 1000000ull;
	when.it_value = (struct timespec){
		.tv_sec = (time_t)(dog->end_ns / SECOND_NS),
		.tv_nsec = (long)(dog->end_ns % SECOND_NS),
	};
	if (timer_settime(dog->timer, TIMER_ABSTIME, &when, NULL)) {
		error = errno;
		goto delete_timer;
	}
	return 0;

delete_timer:
	timer_delete(dog->timer);
unblock:
	pthread_sigmask(SIG_SETMASK, &dog->saved, NULL);
	return -error;
}

int kvm_watchdog_attach(const struct kvm_watchdog *dog, int vcpu)
{
	struct kvm_signal_mask *mask;
	sigset_t others = all_that_can_wait();
	int error = 0;

	mask = calloc(1, sizeof(*mask) + KERNEL_SIGSET_SIZE);
	if (!mask)
		return -ENOMEM;
	for (int signal = SIGRTMIN; signal <= SIGRTMAX; signal++)
		if (sigismember(&dog->signal, signal))
			sigdelset(&others, signal);
	mask->len = KERNEL_SIGSET_SIZE;
	memcpy(mask->sigset, &others, KERNEL_SIGSET_SIZE);
	if (ioctl(vcpu, KVM_SET_SIGNAL_MASK, mask))
		error = -errno;
	free(mask);
	return error;
}

void kvm_watchdog_take_back(const struct kvm_watchdog *dog)
{
	static const struct timespec now = { 0 };

	while (sigtimedwait(&dog->signal, NULL, &now) > 0 || errno == EINTR)
		;
}

bool kvm_watchdog_expired(const struct kvm_watchdog *dog)
{
	return kvm_clock_ns() >= dog->end_ns;
}

void kvm_watchdog_stop(struct kvm_watchdog *dog)
{
	timer_delete(dog->timer);
	kvm_watchdog_take_back(dog);
	pthread_sigmask(SIG_SETMASK, &dog->saved, NULL);
}
