/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What virtual machine monitors and uses ask of a host
 * (tables/profiles.def), and whether a host has it.
 */
#ifndef VIRTINFO_VERDICT_PROFILE_H
#define VIRTINFO_VERDICT_PROFILE_H

#include "base/array.h"
#include "verdict/reasons.h"

enum profile_id {
#define PROFILE(id, name, title, needs_kvm) PROFILE_##id,
#include "tables/profiles.def"
	NR_PROFILES
};

struct profile {
	enum profile_id id;
	const char *name;
	const char *title;
	bool needs_kvm; /* false: it brings a hypervisor of its own */
};

enum requirement_kind {
	REQUIRE_CAP,	   /* a capability of KVM */
	REQUIRE_VM_TYPE,   /* a type of virtual machine */
	REQUIRE_BIT,	   /* a flag or control, on every CPU */
	REQUIRE_NUMBER,	   /* a number that is not 0, on every CPU */
	REQUIRE_ABOVE,	   /* a number above that of the row, on every CPU */
	REQUIRE_MODULE,	   /* loaded or built in */
	REQUIRE_PARAMETER, /* of a module, on */
	REQUIRE_DEVICE,	   /* a device node, open to this user */
	REQUIRE_MSR,	   /* an MSR that KVM offers to guests, not 0 */
	REQUIRE_FACT,	   /* a fact that is not "none", "absent" or 0 */
	REQUIRE_OFF,	   /* a fact that is "none" or 0 */
	REQUIRE_KERNEL,	   /* a release of Linux, at least */
	REQUIRE_IOMMU,	   /* on, and not in passthrough mode */
	REQUIRE_LINE,	   /* no line in the kernel's log that says no */
	REQUIRE_FREE,	   /* nobody holds VMX or SVM */
	REQUIRE_SHARED,	   /* VirtualBox gets it beside KVM */
};

enum requirement_level {
	LEVEL_SHOULD, /* only recommended */
	LEVEL_MUST,
	/*
	 * A must without which others fail, and nobody sees why: where it is
	 * not known, the remedy of those names it too.
	 */
	LEVEL_CAUSE,
	/*
	 * A must, and a better witness than a release: where KVM has it, the
	 * kernel is new enough, whatever its release.
	 */
	LEVEL_PROOF,
};

struct requirement {
	enum profile_id profile;
	enum requirement_kind kind;
	enum stage_id stage; /* STAGE_PROCESSOR to STAGE_KVM */
	enum requirement_level level;
	const char *extension; /* "vmx" or "svm": only with that; "any" */
	enum field_id field;
	const char *key; /* a capability, module, node or fact */
	const char *parameter;
	/* A bit, an index, a limit, a KERNEL_RELEASE() or an enum log_claim. */
	int number;
	const char *name;   /* for people; NULL: the key says it */
	const char *why;    /* what to do where it is missing; NULL: nothing */
	const char *source; /* where it is known from */
};

/* The profile of that name, or NULL. */
const struct profile *profile_find(const char *name);
/* Below NR_PROFILES. */
const struct profile *profile_at(enum profile_id id);

/* All requirements of all profiles, in order. */
extern const struct requirement requirements[];
extern const size_t requirement_count;

#define REQUIREMENT_EACH(row) ARRAY_EACH(row, requirements, requirement_count)

#define REQUIREMENT_TEXT 160

/* What it is called: "KVM_CAP_IRQCHIP", "module vhost_net". */
const char *requirement_name(const struct requirement *requirement,
			     char text[REQUIREMENT_TEXT]);

/* What is lacking where it is not met, as a sentence's part. */
const char *requirement_lack(const struct host *host,
			     const struct requirement *requirement,
			     char text[REQUIREMENT_TEXT]);

/*
 * What to do then: its why, but where the host shows that this would not
 * help.
 */
const char *requirement_advice(const struct host *host,
			       const struct requirement *requirement);

/*
 * Is there anything to ask of the host? Not where a line of the kernel's log is
 * not there, which proves nothing.
 */
bool requirement_asks(const struct host *host,
		      const struct requirement *requirement);

/* Does the host meet it? *seen tells what was seen of it. */
enum answer requirement_met(const struct host *host,
			    const struct requirement *requirement,
			    char seen[REQUIREMENT_TEXT]);

#endif
