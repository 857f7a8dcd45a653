/* SPDX-License-Identifier: GPL-2.0-only */
/* How registers and their bits are called and written, in every report. */
#ifndef VIRTINFO_MODEL_REGISTER_NAME_H
#define VIRTINFO_MODEL_REGISTER_NAME_H

#include "model/decode.h"

/* Hexadecimal digits that its value has. */
int register_digits(const struct register_info *info);

/*
 * The register whose bits the value has, as the VMX MSRs about CR0 and CR4
 * have; or NR_REGISTERS.
 */
enum register_id register_of_bits(enum register_id id);

#define FIELD_BITS_SIZE 16

/* "63:32", or "5" of a single bit. */
const char *field_bits(char text[FIELD_BITS_SIZE],
		       const struct field_info *field);

/* The field of that one bit, or NULL. */
const char *register_bit_name(enum register_id id, unsigned int bit);

/* What came of reading it: "read", "#GP", "not attempted", as format 1 has it. */
const char *register_status_word(enum vi_status status);

/* The same for people: "the read faulted (#GP)". */
const char *register_status_text(enum vi_status status);

#define REGISTER_ADDRESS_SIZE 32

/* "0x00000001:0:ecx", also of a leaf that the table does not have. */
const char *cpuid_address(char text[REGISTER_ADDRESS_SIZE], u32 leaf,
			  u32 subleaf, enum vi_cpuid_register reg);

/* "0x48b", "cr4", or as cpuid_address(). A hypervisor's leaf may lie anywhere. */
const char *register_address(char text[REGISTER_ADDRESS_SIZE],
			     const struct register_info *info,
			     const struct register_value *value);

#endif
