/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one decoder: registers of a group, taken apart by common/registers.def
 * into named fields. Writers, the verdict and explain all ask here.
 */
#ifndef VIRTINFO_MODEL_DECODE_H
#define VIRTINFO_MODEL_DECODE_H

#include "model/host.h"

/* Every register of the table that has fields, by its id there. */
enum register_id {
#define REGISTER(id) REG_##id,
#include "registers.def"
	NR_REGISTERS
};

/* Every field, by the id of its register and its name. */
enum field_id {
#define FIELD(reg, name, high, low, kind, title, meaning) FIELD_##reg##_##name,
#include "registers.def"
	NR_FIELDS
};

enum register_class {
	REGISTER_CPUID,
	REGISTER_CONTROL,
	REGISTER_MSR,
	REGISTER_HYPERVISOR, /* a CPUID leaf of the hypervisor */
};

enum hv_interface {
	HV_ANY,
	HV_KVM,
	HV_HYPERV,
	HV_XEN,
	HV_VMWARE,
	HV_ACRN,
	HV_BHYVE,
};

enum field_kind {
	FIELD_FLAG,
	FIELD_VALUE,
	FIELD_ENUM,
	FIELD_RESERVED0, /* a position that is always 0 */
	FIELD_DEFAULT1,	 /* positions of a VMX control word that must be 1 */
	FIELD_CONTROL,	/* a VMX control with a must-be-1 and a may-be-1 half */
	FIELD_CONTROL1, /* a VMX control with a may-be-1 bit only */
};

struct register_info {
	const char *name;   /* the JSON key */
	const char *vendor; /* "intel", "amd" or "any" */
	const char *gate;   /* of an MSR: when it may be read */
	const char *source; /* manual and section */
	enum register_class class;
	u32 address; /* of an MSR; the leaf; the offset of a leaf */
	u32 subleaf;
	enum vi_cpuid_register reg;
	enum hv_interface interface;
	int sampled;  /* enum vi_leaf or enum vi_msr */
	u32 flags;    /* VI_VOLATILE, VI_SENSITIVE */
	bool partial; /* not every defined bit has a field */
	unsigned int first_field;
	unsigned int nr_fields;
};

struct field_info {
	const char *name;
	const char *title;
	const char *meaning;
	enum register_id reg;
	unsigned char high;
	unsigned char low;
	enum field_kind kind;
};

const struct register_info *register_info(enum register_id id);
const struct field_info *field_info(enum field_id id);

/* The signature of the hypervisor's range that the register is in; or NULL. */
const char *register_signature(const struct register_info *info);

/* Each register in turn. */
#define REGISTER_EACH(id) for (enum register_id id = 0; id < NR_REGISTERS; id++)

/* Each field of a register in turn; info is what register_info() has of it. */
#define FIELD_EACH(info, field)                                                \
	for (enum field_id field = (info)->first_field;                        \
	     field < (info)->first_field + (info)->nr_fields; field++)

/* Bits of the register in which like CPUs of one machine differ. */
u64 register_varies(enum register_id id);

/* Its bits, in place. */
u64 field_mask(const struct field_info *field);

/* Is it answered by yes or no: a flag or a control? */
bool field_is_question(enum field_id id);

/* "flag", "control", ... as --list and the manual page say it. */
const char *field_kind_name(enum field_kind kind);

/* The field of that name in that register, or NR_FIELDS. */
enum field_id field_find(enum register_id id, const char *name);

/*
 * Does a person mean it with that word? By its name; an MSR by its address,
 * all of a CPUID leaf by the leaf's, a hypervisor's wherever it may lie;
 * 0x00000012:n:eax, as the manual has it, is that of every sub-leaf from 2 on.
 */
bool register_is_meant(enum register_id id, const char *word);

/* The MSR that is meant, by name or address; VI_NR_MSRS for none. */
enum vi_msr msr_meant(const char *word);

/* "REGISTER.FIELD", as reports write it: the field, or NR_FIELDS. */
enum field_id register_field_find(const char *name);

/*
 * One register of a group: how its read went, and its value if VI_READ; if
 * VI_BITS, those bits that are known.
 */
struct register_value {
	enum vi_status status;
	u64 value;
	u64 known; /* its bits that are: all of VI_READ, some of VI_BITS */
	u32 leaf;  /* of a hypervisor's register: where its range really is */
};

struct register_value register_value(const struct host_group *group,
				     enum register_id id);

/* vmxcap's four words. */
enum control_setting {
	CONTROL_NO,	/* must be 0 */
	CONTROL_YES,	/* may be 0 or 1 */
	CONTROL_FORCED, /* must be 1 */
	CONTROL_DEFAULT, /* must be 1 in the plain MSR, may be 0 in the TRUE one */
};

const char *control_setting_name(enum control_setting setting);

struct field_value {
	bool known;		      /* its bits are */
	u64 number;		      /* the bits; of a control its may-be-1 */
	enum control_setting control; /* of a control */
	const char *text; /* of an enum, where the number has a name */
};

struct field_value field_value(const struct host_group *group,
			       enum field_id id);

/*
 * The value in a word: "yes" or "no" of a flag, a control's setting, the name
 * of a number that has one, "0x7f" of others, for which alone word is written.
 */
#define FIELD_WORD_SIZE 64
const char *field_word(char word[FIELD_WORD_SIZE], enum field_id id,
		       const struct field_value *value);

/*
 * A yes-or-no question to a flag or a control (may it be 1?). Unknown is not
 * no.
 */
enum answer { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN };

/* "yes", "no" or "unknown". */
const char *answer_name(enum answer answer);

/*
 * The one rule, for each way in which a read may have gone: a value answers; a
 * register that cannot be there (its leaf is above the maximum, its gate does
 * not hold whatever the unknown registers say, it was read as 0) has nothing:
 * no; one that may be there is unknown.
 */
enum answer field_answer(const struct host_group *group, enum field_id id);

/* Both: no if one is no, else unknown if one is. */
enum answer answer_and(enum answer all, enum answer one);

/* The same of every group: the machine has what each of its CPUs has. */
enum answer host_answer(const struct host *host, enum field_id id);

/* Is the vendor in leaf 0 known? */
bool vendor_is_known(const struct host_group *group);

/*
 * Does the maker of these CPUs build processors with that register? A missing
 * feature of another maker is no hypervisor's doing. True where the vendor is
 * not known, or neither Intel's nor AMD's kind.
 */
bool vendor_makes(const struct host_group *group, enum register_id id);

/*
 * Bits of a register that are set though no field, or one that is always 0,
 * has them. They are reserved where the register is listed completely.
 */
u64 register_unnamed_bits(const struct host_group *group, enum register_id id);

#endif
