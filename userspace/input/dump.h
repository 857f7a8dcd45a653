/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The CPUs of a dump while it is read. A dump lists what its program found;
 * a leaf or an MSR that it does not have stays VI_ABSENT.
 */
#ifndef VIRTINFO_INPUT_DUMP_H
#define VIRTINFO_INPUT_DUMP_H

#include "input/error.h"
#include "input/forms.h"
#include "input/scan.h"
#include "model/host.h"

/* Linux has no more CPUs than this, and Windows has fewer. */
#define DUMP_MAX_CPUS 8192

struct dump_cpu;

struct dump {
	const char *name; /* of the file */
	struct input_error *error;
	struct lines lines;
	struct line line;
	bool partial;		/* others may have the CPUID of these CPUs */
	struct dump_cpu **cpus; /* by number; NULL where there is none */
};

/* A message about the line read last. Is -1. */
#define DUMP_BAD(dump, ...)                                                    \
	input_error((dump)->error, STATUS_BAD_INPUT, (dump)->name,             \
		    (dump)->lines.number, __VA_ARGS__)

/* All below return 0, or -1 with the error filled, if not said otherwise. */

int dump_init(struct dump *dump, const struct input_piece *piece,
	      struct input_error *error);
void dump_free(struct dump *dump);

/*
 * The next line. Returns 1; 0 at the end; -1 where the line is too long.
 */
int dump_line(struct dump *dump);

/*
 * Give state to take() at each line, which returns 0 to go on, or -1 with the
 * error filled.
 */
int dump_lines(struct dump *dump, int (*take)(void *state), void *state);

/* CPU number, made where it is new. NULL with the error filled. */
struct dump_cpu *dump_cpu(struct dump *dump, u32 number);

/* Its CPUID begins here. A CPU has it once. */
int dump_begin_cpuid(struct dump *dump, struct dump_cpu *cpu);

/* The last one wins where a leaf is there twice. */
int dump_leaf(struct dump *dump, struct dump_cpu *cpu, u32 leaf, u32 subleaf,
	      const u32 reg[4]);

/*
 * Bits of an output of a leaf of the table, where the form has no whole value:
 * those of known. A second value of one is an error. Of a leaf that the dump
 * has whole they are not kept.
 */
int dump_bits(struct dump *dump, struct dump_cpu *cpu, enum vi_leaf leaf,
	      enum vi_cpuid_register reg, u32 value, u32 known);

/* The same of a leaf of a hypervisor. */
int dump_hv_bits(struct dump *dump, struct dump_cpu *cpu, u32 leaf, u32 subleaf,
		 enum vi_cpuid_register reg, u32 value, u32 known);

/* The last one wins where an MSR is there twice. */
void dump_msr(struct dump *dump, struct dump_cpu *cpu, enum vi_msr msr,
	      enum vi_status status, u64 value);

/*
 * The same where a second value is an error, but for bits in which CPUs differ
 * that are alike: the program may have read it on another.
 */
int dump_leaf_once(struct dump *dump, struct dump_cpu *cpu, u32 leaf,
		   u32 subleaf, const u32 reg[4]);
int dump_msr_once(struct dump *dump, struct dump_cpu *cpu, enum vi_msr msr,
		  u64 value);

/* Add them to the host, like CPUs in groups. */
int dump_add_cpus(struct dump *dump, struct host *host);

/* The same in a new one. NULL with the error filled. */
struct host *dump_finish(struct dump *dump, enum host_source source);

/*
 * A host that has neither a CPU nor a fact gets a note that says so of what
 * was read. Returns host; NULL, with host freed, without memory.
 */
struct host *dump_note_nothing(struct dump *dump, struct host *host,
			       const char *what);

/*
 * The machine of a piece of lines: all of the above in order. Partial is for
 * programs that show no CPUID, alone or not: what names the output of one for
 * dump_note_nothing(). NULL with *error filled.
 */
struct host *dump_read(struct dump *dump, const struct input_piece *piece,
		       enum host_source source, struct input_error *error,
		       int (*take)(void *state), void *state);
struct host *
dump_read_partial(struct dump *dump, const struct input_piece *piece,
		  enum host_source source, struct input_error *error,
		  int (*take)(void *state), void *state, const char *what);

#endif
