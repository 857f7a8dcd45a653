/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What makes a guest leave, tried out: for each cause a guest that does it
 * many times over, with KVM's count of exits and the time that each took.
 */
#ifndef VIRTINFO_KVM_EXITS_H
#define VIRTINFO_KVM_EXITS_H

#include <stdbool.h>
#include <stdint.h>

#include "kvm/step.h"

/* KVM_EXITS_NOTHING is what measuring itself costs; it is no cause. */
enum kvm_exit_id {
#define EXIT_CAUSE(id, name, title, what, intel, amd, counter) KVM_EXITS_##id,
#include "tables/exit_causes.def"
	KVM_EXITS_COUNT
};

/* A vendor's number for "none such". */
#define KVM_EXITS_NO_CODE UINT64_MAX

struct kvm_exit_cause {
	const char *name;    /* "cpuid", the key in JSON */
	const char *title;   /* for people */
	const char *what;    /* what the guest does */
	uint64_t intel;	     /* exit reason */
	uint64_t amd;	     /* EXITCODE */
	const char *counter; /* KVM's own counter of this kind, or NULL */
};

extern const struct kvm_exit_cause kvm_exit_causes[KVM_EXITS_COUNT];

enum kvm_exit_status {
	KVM_EXITS_NOT_RUN,
	KVM_EXITS_MEASURED,
	KVM_EXITS_PARTLY, /* the time was up before all events were done */
	KVM_EXITS_FAILED,
};

struct kvm_exit_result {
	enum kvm_exit_status status;
	/* Of KVM_EXITS_FAILED, as in struct kvm_proof. */
	enum kvm_step step;
	int error;
	uint32_t exit_reason;
	uint32_t suberror; /* of KVM_EXIT_INTERNAL_ERROR */

	unsigned int events;  /* how often the guest did it */
	bool counted;	      /* this kernel counts exits */
	uint64_t exits;	      /* in all, those of other causes included */
	bool kind_counted;    /* KVM has kvm_exit_cause.counter */
	uint64_t kind;	      /* what it counted */
	uint64_t user_exits;  /* how many of them user space saw */
	uint32_t user_reason; /* KVM_EXIT_*, where user_exits is not 0 */

	/*
	 * One round trip, out and back in, with the least that measuring costs
	 * taken off. The guest's TSC measures, or with host_clock CLOCK_MONOTONIC
	 * around KVM_RUN. timed: the unit is known, so *_ns are filled;
	 * cycles are only those of the TSC.
	 */
	bool host_clock;
	bool timed;
	uint64_t min_cycles, median_cycles;
	uint64_t min_ns, median_ns;
};

/* Was it measured, at least partly? */
static inline bool kvm_exit_has_figures(const struct kvm_exit_result *result)
{
	return result->status == KVM_EXITS_MEASURED ||
	       result->status == KVM_EXITS_PARTLY;
}

struct kvm_exits {
	bool svm; /* hypercalls are VMMCALL: the CPU is AMD's kind */
	unsigned int tsc_khz; /* of the guest; 0: not known */
	int stats_error;      /* errno of KVM_GET_STATS_FD, 0 if it works */
	struct kvm_exit_result results[KVM_EXITS_COUNT];
};

struct kvm_exits_options {
	const char *device;	 /* NULL: KVM_DEVICE */
	unsigned int events;	 /* 0: the usual number */
	unsigned int timeout_ms; /* for each cause; 0: the usual */
	/* Called before each cause, with how many are done; may be NULL. */
	void (*progress)(void *context, enum kvm_exit_id id, int done);
	void *context;
};

/*
 * Try all causes, each in a VM of its own. @options may be NULL. Returns
 * KVM_STEP_NONE, or the step that failed already for the measure itself, with
 * errno in results[KVM_EXITS_NOTHING].
 */
enum kvm_step kvm_exits_run(const struct kvm_exits_options *options,
			    struct kvm_exits *exits);

#endif
