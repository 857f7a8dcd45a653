/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the facts say of a system, parsed once: all that is judged of them.
 * A fact stays a string where it is a name that is compared as one.
 * Zeroed is a system of which nothing is known.
 */
#ifndef VIRTINFO_MODEL_SYSTEM_H
#define VIRTINFO_MODEL_SYSTEM_H

#include "base/facts.h"
#include "kvm/caps.h"
#include "kvm/proof.h"
#include "model/kernel_log.h"
#include "model/messages.h"
#include "summary.h"

/* A part of a key: not terminated. */
struct fact_name {
	const char *text;
	size_t length;
};

enum module_state {
	MODULE_STATE_UNKNOWN,	 /* no fact, or a word of a newer program */
	MODULE_STATE_NOT_LOADED, /* and there is no folder of modules to look in */
	MODULE_STATE_ABSENT,	 /* neither loaded nor to be loaded */
	MODULE_STATE_LOADABLE,
	MODULE_STATE_LOADED,
	MODULE_STATE_BUILTIN,
};

enum module_block {
	BLOCK_NONE,
	BLOCK_BY_KERNEL,   /* module_blacklist= of the command line */
	BLOCK_BY_MODPROBE, /* modprobe.blacklist= of the command line */
	BLOCK_BLACKLIST,   /* a line "blacklist" */
	BLOCK_OTHER,	   /* a line "install", or what is not known */
};

/* A module of the kernel. Texts are as the facts have them, or NULL. */
struct module {
	struct fact_name name;
	enum module_state state;
	const char *state_text;
	bool parameters_known; /* those that it has */
	bool users_known;
	unsigned int users;
	const char *version_text;
	int version; /* PROGRAM_VERSION(); 0: not known */
	enum module_block block;
	const char *blocked; /* what keeps it from loading, and where */
	bool not_signed;
	const char *load; /* what the kernel answered an attempt to load */
	bool load_failed;
	int load_error; /* errno; 0 where it is not known */
};

enum device_state {
	DEVICE_UNKNOWN, /* no fact, or a word of a newer program */
	DEVICE_MISSING,
	DEVICE_PRESENT,
};

/* What owner, mode and ACL let the user do. */
enum device_access {
	ACCESS_UNKNOWN,
	ACCESS_NONE,
	ACCESS_READ,
	ACCESS_WRITE,
	ACCESS_READ_WRITE,
	ACCESS_LESS, /* not both; which is not known */
};

enum acl_kind { ACL_OF_USER, ACL_OF_GROUP, ACL_IS_MASK };

struct acl_entry {
	enum acl_kind kind;
	unsigned int id; /* of the user or group */
	bool read_write;
};

/* A node below /dev. Texts are as the facts have them, or NULL. */
#define GROUP_NAME_SIZE 33 /* useradd(8) and groupadd(8) take 32 characters */

struct device {
	struct fact_name name; /* "kvm", "net/tun" */
	enum device_state state;
	const char *state_text;
	const char *node; /* kind, numbers, owner, group and mode */
	bool group_known;
	unsigned int group;
	bool mode_known;
	unsigned int mode;
	const char *group_name;
	char node_group[GROUP_NAME_SIZE]; /* in node; "" if there is none */
	const char *acl;
	struct acl_entry *acl_entries;
	size_t nr_acl_entries;
	size_t acl_capacity;
	enum device_access access;
	const char *cgroup_rule;
	bool nodev;  /* on a file system mounted so */
	bool listed; /* /etc/group lists the user in the node's group */
};

/* Who asked. */
struct user {
	const char *text; /* as the fact has it, or NULL */
	bool uid_known;
	unsigned int uid;
	/* Of the process, then the supplementary ones. */
	unsigned int *groups;
	size_t nr_groups;
	size_t capacity;
};

/* How many processes have that name. */
struct process {
	struct fact_name name;
	unsigned int count;
};

/* A program that can host guests. */
struct program {
	struct fact_name name;
	const char *path; /* NULL: absent, or not known */
	bool absent;
	const char *version_text;
	int version; /* PROGRAM_VERSION(); 0: not known */
};

/* The microcode of the CPUs. */
struct microcode_facts {
	bool known;
	bool differs;	   /* from CPU to CPU */
	uint64_t revision; /* of all, or of the first ones */
};

/* A unit of the IOMMU; of Intel's or of AMD's registers none is known. */
struct iommu_unit {
	struct fact_name name;
	bool cap_known;
	bool ecap_known;
	bool efr_known;
	uint64_t cap;
	uint64_t ecap;
	uint64_t efr; /* AMD: extended features */
};

enum parameter_value { PARAMETER_UNKNOWN, PARAMETER_OFF, PARAMETER_ON };

/* How the kernel uses the IOMMU for devices that it has itself. */
enum iommu_state {
	IOMMU_UNKNOWN,
	IOMMU_OFF,
	IOMMU_PASSTHROUGH, /* identity: addresses are not translated */
	IOMMU_TRANSLATES,
};

/* By each witness; iommu_state() weighs them. */
struct iommu_use {
	enum iommu_state asked; /* on the kernel's command line */
	enum iommu_state units; /* off: there is none */
	enum iommu_state groups;
};

enum config_symbol {
	CONFIG_KVM,
	CONFIG_KVM_INTEL,
	CONFIG_KVM_AMD,
	NR_CONFIG_SYMBOLS
};

enum config_value { CONFIG_UNKNOWN, CONFIG_NO, CONFIG_MODULE, CONFIG_YES };

/* On which CPUs /proc/cpuinfo shows a flag. */
enum flag_shown { FLAG_UNKNOWN, FLAG_ON_NONE, FLAG_ON_SOME, FLAG_ON_ALL };

/* Of the struct whose name comes first in each item. */
struct named_list {
	void *items;
	size_t count;
	size_t capacity;
};

/* What kvm-ok says. */
struct kvm_ok {
	bool vmx; /* it found that flag */
	bool svm;
	const char *disabled; /* its line that says so; NULL: it does not */
	const char *no_flag;  /* the same */
};

/* What VirtualBox says of the host in its log. Texts: NULL where it does not. */
struct vbox_words {
	enum vi_extension used; /* that its driver found usable */
	const char *used_text;
	bool windows_hypervisor; /* Windows runs on a hypervisor of its own */
};

/* A fact in which another tool says yes, no or a number. */
struct said {
	struct fact_name name; /* the whole key: the tool, and of what */
	const char *text;      /* as the fact has it */
	bool known;	       /* false: a word of a newer program */
	uint64_t number;       /* yes is 1, no is 0 */
};

/* An error message that another program printed on this machine. */
struct printed {
	struct fact_name name; /* the id of the message */
	const struct message *message;
	const char *text; /* the line */
};

/* Parameters that the kernel's command line turns on. */
enum asked_parameter {
	ASKED_TDX,
	ASKED_SEV,
	ASKED_SEV_ES,
	ASKED_SEV_SNP,
	NR_ASKED_PARAMETERS
};

struct system {
	int release;	   /* of the kernel, KERNEL_RELEASE(); 0: not known */
	bool kernel_known; /* its modules or configuration are known */
	struct named_list modules;     /* struct module */
	struct named_list devices;     /* struct device */
	struct named_list processes;   /* struct process */
	struct named_list programs;    /* struct program */
	struct named_list iommu_units; /* struct iommu_unit */
	struct named_list said;	       /* struct said */
	struct named_list printed; /* struct printed; none without a message */
	/* What processors of this vendor have; VI_NO_EXTENSION: not known. */
	enum vi_extension vendor;
	bool no_dmar; /* firmware has no such table: known */
	bool no_ivrs;
	enum config_value config[NR_CONFIG_SYMBOLS];
	enum parameter_value enable_virt_at_load; /* of kvm */
	enum flag_shown flag_vmx;
	enum flag_shown flag_svm;
	struct kvm_ok kvm_ok;
	struct microcode_facts microcode;
	struct vbox_words vbox;
	const char *lockdown; /* its mode; NULL: none or not known */
	bool sig_enforce;
	bool modules_disabled;
	const char *container; /* its kind; NULL: none or not known */
	bool container_known;
	/* Releases whose modules are installed, of kernels that do not run. */
	const char *other_kernels;
	bool no_modules;	     /* of any kernel */
	const char *restart_pending; /* the packages that ask for it; NULL */
	bool restart_changes_kvm; /* some are a kernel, microcode, firmware */
	struct iommu_use iommu_use;
	bool asked[NR_ASKED_PARAMETERS];
	bool vmx_cleared; /* its flag is hidden by clearcpuid= */
	bool svm_cleared;
	bool xen_pv;	       /* a domain whose kernel runs in user mode */
	bool xen_initial;      /* dom0, as virtinfo.ko says */
	bool xen_control;      /* and as /proc/xen/capabilities says */
	bool xen_guests_known; /* the kinds that Xen can make */
	bool xen_makes_hvm;    /* with VMX or SVM */
	struct user user;
	bool log_was_read;	    /* from its beginning */
	const char *log_unreadable; /* "unreadable (EPERM)"; NULL: it is not */
	/* What the log says that proves the claim; NULL: nothing. */
	const char *log[NR_LOG_CLAIMS];
	uint64_t xen_features; /* XENFEAT_*, 0 if not known */
	struct kvm_caps kvm;
	bool vm_types_known;
	uint32_t vm_types; /* that KVM makes, a bit each */
	struct kvm_proof proof;
	const char *proof_unknown; /* an outcome that is not understood; NULL */
};

void system_init(struct system *system);
void system_free(struct system *system);

/*
 * For who fills one: the item of that name, made where it is not there. NULL
 * without memory.
 */
void *named_make(struct named_list *list, size_t size, struct fact_name name);

bool fact_name_is(struct fact_name name, const char *text);

/* By name; never NULL: one of which nothing is known where no fact says. */
const struct module *system_module(const struct system *system,
				   const char *name);
const struct device *system_device(const struct system *system,
				   const char *name);
/* By name, NULL where no fact says. */
const struct program *system_program(const struct system *system,
				     const char *name);
/* NULL where no fact says. */
const struct process *system_process(const struct system *system,
				     const char *name);

/* By the whole key; NULL where no fact says yes, no or a number. */
const struct said *system_said(const struct system *system, const char *key);

/* Is the module loaded or built in? */
bool module_present(const struct module *module);

/* "read write", "none", ...; NULL where it is not known. */
const char *device_access_name(enum device_access access);

enum iommu_state iommu_state(const struct iommu_use *use);
/* "in passthrough mode", ... */
const char *iommu_state_text(enum iommu_state state);

/* The name of the node's group; NULL where it has none here, or is not known. */
const char *device_group_name(const struct device *device);
/* Is the user in the group of the node? No, where either is not known. */
bool device_group_has(const struct device *device, const struct user *user);
/*
 * Is it the id of a group that this user namespace does not have? Nobody can
 * join that.
 */
bool device_group_unmapped(const struct device *device);
/*
 * Does the user's own entry, or the mask of all entries, keep the user out
 * whatever group the user is in?
 */
bool device_acl_denies(const struct device *device, const struct user *user);

#endif
