/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The text of format 1 (docs/ABI/proc-virtinfo): the module writes
 * /proc/virtinfo with this, the program a capture.
 */
#ifndef VIRTINFO_TEXT_H
#define VIRTINFO_TEXT_H

#include "summary.h"

#define VI_FORMAT 1

#ifdef __KERNEL__
#include <linux/seq_buf.h>
typedef struct seq_buf vi_text;
#define vi_print seq_buf_printf
#else
#include <stdio.h>
typedef FILE vi_text;
#define vi_print(file, ...) ((void)fprintf(file, __VA_ARGS__))
#endif

/* vendor to hypervisor: what a person wants to know of this group first. */
void vi_text_summary(vi_text *text, const struct vi_sample *sample,
		     const struct vi_hv *hv);

/*
 * Every register on its own line. Sensitive values are written as "set" or
 * "clear" unless addresses is true.
 */
void vi_text_registers(vi_text *text, const struct vi_sample *sample,
		       const struct vi_hv *hv, bool addresses);

/* The value of one register, or the word that it has instead, and a newline. */
void vi_text_value(vi_text *text, enum vi_msr msr,
		   const struct vi_sample *sample, bool addresses);

/* One leaf of CPUID on its own line. */
void vi_text_leaf(vi_text *text, u32 leaf, u32 subleaf, const u32 reg[4]);

/*
 * The bytes up to trailing NULs and blanks; those that are not printable
 * ASCII as \xNN.
 */
void vi_text_bytes(vi_text *text, const char *bytes, unsigned int count);

/* "KVMKVMKVM, Microsoft Hv": the signatures there are. Returns how many. */
unsigned int vi_text_signatures(vi_text *text, const struct vi_hv *hv);

#endif
