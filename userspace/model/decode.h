/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one decoder: registers of a group, taken apart by common/registers.def
 * into named fields. Writers, the verdict and explain all ask here.
 */
#ifndef VIRTINFO_MODEL_DECODE_H
#define VIRTINFO_MODEL_DECODE_H

#include "model/host.h"
#include "model/register_table.h"

/*
 * The leaf at which the hypervisor's range of the register begins; NULL: these
 * leaves have none.
 */
const struct vi_hv_leaf *register_range(const struct vi_hv *hv,
					const struct register_info *info);

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
