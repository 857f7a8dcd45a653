/* SPDX-License-Identifier: GPL-2.0-only */
/* What the verdict must know of a hypervisor below this system. */
#ifndef VIRTINFO_MODEL_ABOVE_H
#define VIRTINFO_MODEL_ABOVE_H

#include "model/host.h"

enum above_kind {
	ABOVE_NONE,
	ABOVE_KVM,
	ABOVE_TCG,
	ABOVE_HYPERV,
	ABOVE_XEN,
	ABOVE_VMWARE,
	ABOVE_VIRTUALBOX,
	ABOVE_PARALLELS,
	ABOVE_BHYVE,
	ABOVE_ACRN,
	ABOVE_JAILHOUSE,
	ABOVE_OTHER, /* there is one, of no kind above */
};

/* A cloud whose offer decides what its guests may do. */
enum above_cloud { CLOUD_NONE, CLOUD_AMAZON, CLOUD_GOOGLE, CLOUD_AZURE };

struct above {
	enum above_kind kind;
	enum above_cloud cloud;
	bool guest;	  /* this system runs on a hypervisor */
	bool privileged;  /* as the partition that rules the machine */
	bool paravirtual; /* Xen PV: no extension is ever offered to it */
	bool trusted;	  /* a TDX guest */
	char seen[160];	  /* how the hypervisor is known; safe to print */
	char ruling[96];  /* how privileged is known; "" if not privileged */
};

/* Only what the host's registers and facts tell. */
struct above above_of(const struct host *host);

/* "KVM", "Hyper-V", ...; "an unknown hypervisor". */
const char *above_name(enum above_kind kind);

#endif
