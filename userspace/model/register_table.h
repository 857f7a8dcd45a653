/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The registers of common/registers.def and their fields: by id, and by what
 * people call them.
 */
#ifndef VIRTINFO_MODEL_REGISTER_TABLE_H
#define VIRTINFO_MODEL_REGISTER_TABLE_H

#include <stdbool.h>

#include "sample.h"

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

/* Whose processors have a register that not all have. */
#define REGISTER_INTEL "intel"
#define REGISTER_AMD   "amd"

struct register_info {
	const char *name;   /* the JSON key */
	const char *vendor; /* REGISTER_INTEL, REGISTER_AMD or "any" */
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

/* The rows, for the functions below: every field that is decoded asks them. */
extern const struct register_info register_rows[NR_REGISTERS];
extern const struct field_info field_rows[NR_FIELDS];

static inline const struct register_info *register_info(enum register_id id)
{
	return &register_rows[id];
}

static inline const struct field_info *field_info(enum field_id id)
{
	return &field_rows[id];
}

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
static inline u64 field_mask(const struct field_info *field)
{
	return ~0ULL >> (63 - field->high) & ~0ULL << field->low;
}

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

#endif
