/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One machine: its CPUs in groups of alike ones, and the facts about its
 * system. Every input ends in this, every report begins with it.
 */
#ifndef VIRTINFO_MODEL_HOST_H
#define VIRTINFO_MODEL_HOST_H

#include "base/cpulist.h"
#include "base/facts.h"
#include "model/known_bits.h"
#include "model/raw_leaves.h"
#include "model/hv_bits.h"
#include "model/register_lines.h"
#include "model/system.h"
#include "sample.h"

/* The key of a fact: two places of the input do not agree. */
#define FACT_CONTRADICTION "contradiction"

enum host_source {
	HOST_MODULE,	 /* /proc/virtinfo of this system */
	HOST_MSR_DEVICE, /* /dev/cpu/N/msr and CPUID */
	HOST_CPUID,	 /* CPUID alone */
	HOST_SEVERAL,	 /* a file of several forms; host->forms names them */
			 /* A file of that form. */
#define FORM(id, name, title) HOST_##id,
#include "tables/forms.def"
};

struct host_group {
	struct cpulist cpus;
	/*
	 * Those whose MSRs the input has. Many dumps have the MSRs of one
	 * CPU only; the others are taken to be like it.
	 */
	struct cpulist msrs_known;
	/* CPUs on which CR4.VMXE or EFER.SVME is set at this moment. */
	struct cpulist vmx_on;
	struct cpulist svm_on;
	bool on_known; /* the input says who is on */
	/* What may change was read on these longer ago than on the others. */
	struct cpulist older;
	u32 older_by; /* the oldest of these, seconds before "sampled" */
	struct vi_sample sample;
	struct vi_hv hv;
	struct raw_leaves others; /* leaves that the table has no row for */
	struct register_lines lines;
	struct known_bits known; /* of the leaves that are VI_BITS */
	struct hv_bits hv_bits;	 /* of leaves that hv does not have */
};

struct host {
	enum host_source source;
	char *forms; /* "VBox.log and a kernel log" of HOST_SEVERAL, else NULL */
	/*
	 * Its one CPU is some CPU of the machine: the form has one only, and
	 * does not say which.
	 */
	bool any_cpu;
	/* Of a paste: lines that nothing was read from, their first one. */
	unsigned long ignored;
	unsigned long first_ignored;
	char *ignored_in; /* the file, where it is another than name; or NULL */
	unsigned long
		lines; /* of the file, where it is a part of the machine */
	/*
	 * What was found in the input twice with two values, the first of which
	 * counts: each has a fact FACT_CONTRADICTION.
	 */
	size_t contradictions;
	char *name; /* of the file, as given; "/proc/virtinfo" */
	struct host_group **groups;
	size_t nr_groups;
	size_t capacity;
	struct facts *facts;  /* never NULL; holds the header's lines too */
	struct system system; /* the same parsed, by who filled them */
};

/* Each leaf, or MSR and control register, of a sample in turn. */
#define LEAF_EACH(id) for (enum vi_leaf id = 0; id < VI_NR_LEAVES; id++)
#define MSR_EACH(id)  for (enum vi_msr id = 0; id < VI_NR_MSRS; id++)

/* Each group of the host in turn. */
#define GROUP_EACH(host, group)                                                \
	for (struct host_group **at_ = (host)->groups, *group;                 \
	     (size_t)(at_ - (host)->groups) < (host)->nr_groups &&             \
	     (group = *at_);                                                   \
	     at_++)

/* NULL when there is no memory. */
struct host *host_new(enum host_source source, const char *name);
void host_free(struct host *host);

/* Returns -1, and the old name stays, when there is no memory. */
int host_rename(struct host *host, const char *name);

/*
 * Where the machine comes from, in words: "CPUID alone", "a capture",
 * "VBox.log and a kernel log".
 */
const char *host_source_name(const struct host *host);

/* Is source the system on which this program runs? */
bool host_is_live(const struct host *host);

/* A new, empty group at the end. NULL when there is no memory. */
struct host_group *host_add_group(struct host *host);

/*
 * Put one CPU into the group of its like, or into a new one. A register that
 * sample does not have is no difference; one that only sample has is the
 * group's from then on. Who is on is taken from CR4 and EFER where they were
 * read. Others may be NULL; they part no group.
 * Returns 0, or -1 when there is no memory.
 */
int host_add_cpu(struct host *host, unsigned int cpu,
		 const struct vi_sample *sample, const struct vi_hv *hv,
		 const struct raw_leaves *others);

/* Of a CPU just added to the group: the lines of what the group has from it. */
void host_group_note_lines(struct host_group *group,
			   const struct register_lines *lines);

/* The same: which bits of its leaves that are VI_BITS are known. */
void host_group_note_hv_bits(struct host_group *group,
			     const struct hv_bits *bits);
void host_group_note_known(struct host_group *group,
			   const struct known_bits *known);

/* The bits of an output of a leaf that are known: all where it was read. */
u32 host_group_known(const struct host_group *group, enum vi_leaf leaf,
		     enum vi_cpuid_register reg);

/*
 * Do like CPUs differ in this output of a hypervisor's leaf? Xen's leaf 4 has
 * the number of the virtual processor in EBX.
 */
bool host_hv_varies(const struct vi_hv *hv, const struct vi_hv_leaf *leaf,
		    enum vi_cpuid_register reg);

/* Is anything known of an MSR or a control register? */
bool host_tells_msrs(const struct vi_sample *sample);

/* Does the input have the MSRs of some CPUs of the group only? */
bool host_group_partial(const struct host_group *group);

/* The CPUs of the group whose MSRs the input has: all, some or none. */
const struct cpulist *host_group_msrs_known(const struct host_group *group);

/*
 * Add the CPUs of the host to the list, or those of the group whose MSRs the
 * input does not have. Both return 0, or -1 when there is no memory.
 */
int host_cpus(const struct host *host, struct cpulist *cpus);
int host_group_msrs_unknown(const struct host_group *group,
			    struct cpulist *cpus);

/* The group that CPU number cpu is in, or NULL. */
struct host_group *host_group_of(const struct host *host, unsigned int cpu);

/*
 * KVM's module for the processor: "kvm_intel" for VMX, "kvm_amd" for SVM, of
 * the first CPUs that have one (some may have none). NULL without either.
 */
const char *host_vendor_module(const struct host *host);

#endif
