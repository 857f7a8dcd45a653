/* SPDX-License-Identifier: GPL-2.0-only */
/* Hypervisors by what names them (tables/hypervisors.def). */
#ifndef VIRTINFO_MODEL_HYPERVISOR_TABLE_H
#define VIRTINFO_MODEL_HYPERVISOR_TABLE_H

#include "sample.h"

enum hypervisor_product {
	HYPERVISOR_NONE,
#define HYPERVISOR_PRODUCT(id, name, kind, nesting) HYPERVISOR_##id,
#include "tables/hypervisors.def"
	NR_HYPERVISORS
};

/* How a guest of it is offered VMX or SVM. */
enum hypervisor_nesting {
	NESTING_OTHER, /* not known here */
	NESTING_NONE,  /* never */
	NESTING_KVM,
	NESTING_QEMU, /* with KVM or without */
	NESTING_TCG,
	NESTING_HYPERV,
	NESTING_XEN,
	NESTING_VMWARE,
	NESTING_VIRTUALBOX,
	NESTING_PARALLELS,
	NESTING_ACRN,
	NESTING_JAILHOUSE,
	NR_NESTINGS
};

/* A service that decides what its guests may do. */
enum hypervisor_service {
	SERVICE_NONE,
#define HYPERVISOR_SERVICE(id) SERVICE_##id,
#include "tables/hypervisors.def"
	NR_SERVICES
};

/* What the system says of itself, as the facts have it; NULL: not known. */
struct system_words {
	const char *dmi_vendor;
	const char *dmi_name;
	const char *dmi_asset_tag;
	const char *dmi_bios_version;
	const char
		*flavour; /* of the kernel: what follows "-" in its release */
	const char *detected; /* "Hypervisor detected:" in the kernel's log */
	const char *clocksource;  /* the current one */
	const char *model_name;	  /* of /proc/cpuinfo */
	const char *cpuinfo_flag; /* the CPUs that show "hypervisor" there */
	/* These two where no register tells. */
	const char *coreinfo_flag;   /* what Coreinfo says of it */
	const char *libvirt_feature; /* "yes": libvirt lists it */
	const char *sysfs_type;	     /* /sys/hypervisor/type */
	const char *xen_domain;	     /* as virtinfo.ko has it */
	const char *xen_guest_type;
	bool xen_pv; /* as struct system has these three */
	bool xen_initial;
	bool xen_control;
	u64 xen_features;      /* XENFEAT_*; 0 if not known */
	const char *jailhouse; /* 1 in the root cell */
	const char *lscpu; /* its "Hypervisor vendor" of a virtual machine */
	const char
		*cpuid; /* the signature of CPUID 0x40000000, as cpuid has it */
};

/* "KVM", "Microsoft Hyper-V", ...; "none". */
const char *hypervisor_name(enum hypervisor_product product);
/*
 * Its type: "1", "2", "hybrid", "1 or 2" of a family that has both; "-" where it
 * is no hypervisor in that sense.
 */
const char *hypervisor_type(enum hypervisor_product product);
enum hypervisor_nesting hypervisor_nesting(enum hypervisor_product product);
/* What the privileged system beside it is called: "root partition", "dom0". */
const char *hypervisor_privileged_name(enum hypervisor_product product);

enum signature_place { PLACE_RANGE, PLACE_VENDOR, PLACE_TDX };

/*
 * The product with that signature in EBX, ECX and EDX of a leaf, or
 * HYPERVISOR_NONE. *note is a remark on it, or NULL.
 */
enum hypervisor_product hypervisor_by_signature(enum signature_place place,
						const u32 reg[4],
						const char **note);

/* What the machine's names (DMI) say, or HYPERVISOR_NONE. */
enum hypervisor_product hypervisor_by_dmi(const struct system_words *words);

/*
 * What the kernel says, or HYPERVISOR_NONE. *word is the word that says so,
 * *evidence what goes before it.
 */
enum hypervisor_product hypervisor_by_kernel(const struct system_words *words,
					     const char **word,
					     const char **evidence);

/* What lscpu says, or HYPERVISOR_NONE. */
enum hypervisor_product hypervisor_by_lscpu(const struct system_words *words);

enum hypervisor_service hypervisor_by_service(const struct system_words *words);

#endif
