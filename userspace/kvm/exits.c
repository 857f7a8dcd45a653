// SPDX-License-Identifier: GPL-2.0-only
#include "kvm/exits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "kvm/exits_guest.h"
#include "kvm/stats.h"
#include "kvm/vm.h"

#define USUAL_EVENTS	 1000
#define USUAL_TIMEOUT_MS 2000
/* Each of these needs a reset of the guest, or time to come by. */
#define USUAL_RESETS	   100
#define USUAL_INTERRUPTS   50
#define INTERRUPT_EVERY_NS (1000 * 1000)
/*
 * A pause this many times as long as looking at the clock takes, and half as
 * long as the quickest exit that is known, is an interrupt's.
 */
#define GAP_FACTOR 8

const struct kvm_exit_cause kvm_exit_causes[KVM_EXITS_COUNT] = {
#define NO_CODE KVM_EXITS_NO_CODE
#define EXIT_CAUSE(id, key, words, does, reason, code, counts)                 \
	[KVM_EXITS_##id] = { .name = (key),                                    \
			     .title = (words),                                 \
			     .what = (does),                                   \
			     .intel = (reason),                                \
			     .amd = (code),                                    \
			     .counter = (counts) },
#include "tables/exit_causes.def"
};

/* One cause being tried. */
struct trial {
	struct kvm_vm vm;
	struct kvm_watchdog dog;
	struct kvm_stats *stats; /* NULL: this kernel has none */
	struct exits_guest guest;
	const struct kvm_exit_cause *cause;
	struct kvm_exit_result *result;
	uint64_t exits_before;
	uint64_t kind_before;
	uint64_t *samples; /* cycles, or nanoseconds of the host's clock */
	unsigned int sample_count;
};

static void failed(struct kvm_exit_result *result, enum kvm_step step,
		   int error)
{
	result->status = KVM_EXITS_FAILED;
	result->step = step;
	result->error = error;
}

static void unexpected(struct kvm_exit_result *result,
		       const struct kvm_run *run)
{
	failed(result, KVM_STEP_UNEXPECTED_EXIT, 0);
	result->exit_reason = run->exit_reason;
	if (run->exit_reason == KVM_EXIT_INTERNAL_ERROR)
		result->suberror = run->internal.suberror;
}

static void count_before(struct trial *trial)
{
	struct kvm_exit_result *result = trial->result;

	if (!trial->stats)
		return;
	result->counted =
		!kvm_stats_read(trial->stats, "exits", &trial->exits_before);
	result->kind_counted =
		trial->cause->counter &&
		!kvm_stats_read(trial->stats, trial->cause->counter,
				&trial->kind_before);
}

static void count_after(struct trial *trial)
{
	struct kvm_exit_result *result = trial->result;
	uint64_t now;

	if (result->counted) {
		result->counted = !kvm_stats_read(trial->stats, "exits", &now);
		result->exits = now - trial->exits_before;
	}
	if (result->kind_counted) {
		result->kind_counted = !kvm_stats_read(
			trial->stats, trial->cause->counter, &now);
		result->kind = now - trial->kind_before;
	}
}

/* Is this what the guest came out for, and not its end? */
static bool expected_exit(const struct trial *trial)
{
	enum kvm_exit_id id = trial->guest.id;
	uint32_t reason = trial->vm.run->exit_reason;

	return (id == KVM_EXITS_PORT && reason == KVM_EXIT_IO) ||
	       (id == KVM_EXITS_HLT && reason == KVM_EXIT_HLT) ||
	       (id == KVM_EXITS_MMIO && reason == KVM_EXIT_MMIO);
}

static bool done(const struct kvm_run *run)
{
	return run->exit_reason == KVM_EXIT_IO &&
	       run->io.direction == KVM_EXIT_IO_OUT &&
	       run->io.port == EXITS_GUEST_DONE;
}

/* The guest runs to its end and times itself. */
static void run_timed(struct trial *trial)
{
	struct kvm_exit_result *result = trial->result;
	struct kvm_run *run = trial->vm.run;
	int error;

	for (;;) {
		error = kvm_vm_run(&trial->vm, &trial->dog);
		if (error || done(run))
			break;
		if (!expected_exit(trial)) {
			unexpected(result, run);
			return;
		}
		result->user_exits++;
		result->user_reason = run->exit_reason;
	}
	if (error && error != -ETIMEDOUT) {
		failed(result, KVM_STEP_RUN, -error);
		return;
	}
	result->status = error ? KVM_EXITS_PARTLY : KVM_EXITS_MEASURED;
}

/* A guest that ends each time: the host's clock, around KVM_RUN. */
static void run_resets(struct trial *trial)
{
	struct kvm_exit_result *result = trial->result;

	for (unsigned int i = 0; i < trial->guest.events; i++) {
		uint64_t start = kvm_clock_ns();
		int error = kvm_vm_run(&trial->vm, &trial->dog);

		if (error == -ETIMEDOUT) {
			result->status = KVM_EXITS_PARTLY;
			return;
		}
		if (error) {
			failed(result, KVM_STEP_RUN, -error);
			return;
		}
		if (trial->vm.run->exit_reason != KVM_EXIT_SHUTDOWN) {
			unexpected(result, trial->vm.run);
			return;
		}
		trial->samples[trial->sample_count++] = kvm_clock_ns() - start;
		result->user_exits++;
		result->user_reason = KVM_EXIT_SHUTDOWN;
		error = exits_guest_restart(&trial->vm, &trial->guest);
		if (error) {
			failed(result, KVM_STEP_REGISTERS, -error);
			return;
		}
	}
	result->status = KVM_EXITS_MEASURED;
}

/*
 * A timer that interrupts the CPU that it was started on. Nobody waits for
 * it: the interrupt is all that it is for.
 */
static int start_interrupts(void)
{
	const struct itimerspec often = {
		.it_interval = { .tv_nsec = INTERRUPT_EVERY_NS },
		.it_value = { .tv_nsec = INTERRUPT_EVERY_NS },
	};
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);

	if (timer < 0)
		return -errno;
	if (timerfd_settime(timer, 0, &often, NULL)) {
		int error = errno;

		close(timer);
		return -error;
	}
	return timer;
}

static void run_interrupted(struct trial *trial)
{
	int timer = start_interrupts();

	if (timer < 0) {
		failed(trial->result, KVM_STEP_RUN, -timer);
		return;
	}
	run_timed(trial);
	close(timer);
}

static int compare(const void *a, const void *b)
{
	const uint64_t left = *(const uint64_t *)a;
	const uint64_t right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

/* The guest's own samples, where it timed itself. */
static int fetch_samples(struct trial *trial)
{
	int count = exits_guest_samples(&trial->vm);

	if (count < 0)
		return count;
	trial->sample_count = (unsigned int)count;
	for (int i = 0; i < count; i++) {
		uint32_t cycles;

		memcpy(&cycles,
		       trial->vm.memory + EXITS_GUEST_SAMPLES +
			       (size_t)i * sizeof(cycles),
		       sizeof(cycles));
		trial->samples[i] = cycles;
	}
	return 0;
}

static uint64_t without(uint64_t value, uint64_t overhead)
{
	return value > overhead ? value - overhead : 0;
}

static uint64_t to_ns(uint64_t cycles, unsigned int khz)
{
	return (uint64_t)((double)cycles * 1e6 / khz + 0.5);
}

static void summarise(struct trial *trial, const struct kvm_exits *exits)
{
	const struct kvm_exit_result *nothing =
		&exits->results[KVM_EXITS_NOTHING];
	struct kvm_exit_result *result = trial->result;
	uint64_t least, median;

	qsort(trial->samples, trial->sample_count, sizeof(*trial->samples),
	      compare);
	result->events = trial->sample_count;
	least = trial->samples[0];
	median = trial->samples[trial->sample_count / 2];
	if (result->host_clock) {
		result->timed = true;
		result->min_ns = least;
		result->median_ns = median;
		return;
	}
	if (result != nothing) {
		least = without(least, nothing->min_cycles);
		median = without(median, nothing->min_cycles);
	}
	result->min_cycles = least;
	result->median_cycles = median;
	result->timed = exits->tsc_khz != 0;
	if (result->timed) {
		result->min_ns = to_ns(least, exits->tsc_khz);
		result->median_ns = to_ns(median, exits->tsc_khz);
	}
}

static void run_trial(struct trial *trial, struct kvm_exits *exits)
{
	struct kvm_exit_result *result = trial->result;
	int error;

	count_before(trial);
	switch (trial->guest.id) {
	case KVM_EXITS_TRIPLE_FAULT:
		result->host_clock = true;
		run_resets(trial);
		break;
	case KVM_EXITS_INTERRUPT:
		run_interrupted(trial);
		break;
	default:
		run_timed(trial);
		break;
	}
	count_after(trial);
	if (result->status == KVM_EXITS_FAILED)
		return;
	error = result->host_clock ? 0 : fetch_samples(trial);
	if (error)
		failed(result, KVM_STEP_RUN, -error);
	else if (!trial->sample_count)
		failed(result, KVM_STEP_TIMED_OUT, 0);
	else
		summarise(trial, exits);
}

static unsigned int usual_events(enum kvm_exit_id id)
{
	return id == KVM_EXITS_TRIPLE_FAULT ? USUAL_RESETS :
	       id == KVM_EXITS_INTERRUPT    ? USUAL_INTERRUPTS :
					      USUAL_EVENTS;
}

static struct exits_guest guest_of(enum kvm_exit_id id,
				   const struct kvm_exits_options *options,
				   const struct kvm_exits *exits)
{
	const struct kvm_exit_result *results = exits->results;
	uint64_t gap = GAP_FACTOR * results[KVM_EXITS_NOTHING].median_cycles;
	struct exits_guest guest = {
		.id = id,
		.svm = exits->svm,
		.events = usual_events(id),
	};

	if (options->events && options->events < guest.events)
		guest.events = options->events;
	if (gap < results[KVM_EXITS_CPUID].min_cycles / 2)
		gap = results[KVM_EXITS_CPUID].min_cycles / 2;
	guest.threshold = (uint32_t)gap + 1;
	return guest;
}

/* The VM exists: what is asked of it, and then the guest. */
static void try_in_vm(struct trial *trial, struct kvm_exits *exits)
{
	int error, khz;

	error = kvm_watchdog_attach(&trial->dog, trial->vm.vcpu);
	if (error) {
		failed(trial->result, KVM_STEP_WATCHDOG, -error);
		return;
	}
	khz = ioctl(trial->vm.vcpu, KVM_GET_TSC_KHZ, 0);
	exits->tsc_khz = khz > 0 ? (unsigned int)khz : 0;
	exits->stats_error = -kvm_stats_open(&trial->stats, trial->vm.vcpu);
	error = exits_guest_load(&trial->vm, &trial->guest);
	if (error)
		failed(trial->result, KVM_STEP_REGISTERS, -error);
	else
		run_trial(trial, exits);
	kvm_stats_close(trial->stats);
}

static void try_cause(enum kvm_exit_id id,
		      const struct kvm_exits_options *options,
		      struct kvm_exits *exits)
{
	struct trial trial = {
		.guest = guest_of(id, options, exits),
		.cause = &kvm_exit_causes[id],
		.result = &exits->results[id],
	};
	struct kvm_failure failure;
	int error;

	trial.samples = calloc(EXITS_GUEST_EVENTS, sizeof(*trial.samples));
	if (!trial.samples) {
		failed(trial.result, KVM_STEP_MEMORY, ENOMEM);
		return;
	}
	error = kvm_watchdog_start(&trial.dog, options->timeout_ms ?
						       options->timeout_ms :
						       USUAL_TIMEOUT_MS);
	if (error) {
		failed(trial.result, KVM_STEP_WATCHDOG, -error);
		free(trial.samples);
		return;
	}
	if (kvm_vm_create(&trial.vm, options->device, EXITS_GUEST_MEMORY,
			  &failure)) {
		failed(trial.result, failure.step, failure.error);
	} else {
		try_in_vm(&trial, exits);
		kvm_vm_destroy(&trial.vm);
	}
	kvm_watchdog_stop(&trial.dog);
	free(trial.samples);
}

/* Which instruction a hypercall is: AMD and Hygon have VMMCALL. */
static bool cpu_has_vmmcall(void)
{
	uint32_t eax = 0, ebx, ecx, edx;

	__asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "=c"(ecx), "=d"(edx));
	return ebx == 0x68747541 /* Auth */ || ebx == 0x6f677948 /* Hygo */;
}

enum kvm_step kvm_exits_run(const struct kvm_exits_options *options,
			    struct kvm_exits *exits)
{
	static const struct kvm_exits_options usual = { 0 };
	/* What others are measured against comes first. */
	static const enum kvm_exit_id order[KVM_EXITS_COUNT] = {
		KVM_EXITS_NOTHING,     KVM_EXITS_CPUID,
		KVM_EXITS_INTERRUPT,   KVM_EXITS_TRIPLE_FAULT,
		KVM_EXITS_HLT,	       KVM_EXITS_PORT,
		KVM_EXITS_RDMSR,       KVM_EXITS_WRMSR,
		KVM_EXITS_CR,	       KVM_EXITS_EXCEPTION,
		KVM_EXITS_FIRST_TOUCH, KVM_EXITS_MMIO,
		KVM_EXITS_HYPERCALL,
	};

	if (!options)
		options = &usual;
	*exits = (struct kvm_exits){ .svm = cpu_has_vmmcall() };
	for (int i = 0; i < KVM_EXITS_COUNT; i++) {
		enum kvm_exit_id id = order[i];

		if (options->progress)
			options->progress(options->context, id, i);
		try_cause(id, options, exits);
		if (id == KVM_EXITS_NOTHING &&
		    exits->results[id].status == KVM_EXITS_FAILED)
			return exits->results[id].step;
	}
	return KVM_STEP_NONE;
}
