// SPDX-License-Identifier: GPL-2.0-only
#include "input/dump.h"

#include <stdlib.h>

#include "input/lookup.h"

/*
 * Of one CPU: four full ranges of a hypervisor that fills each to
 * VI_HV_LEAVES; and more than cpuid -r prints of any processor.
 */
#define MAX_HV_LEAVES 256
#define MAX_OTHERS    1024

struct dump_cpu {
	struct vi_sample sample;
	struct register_lines lines;
	struct known_bits known;
	struct hv_bits hv_bits;
	struct raw_leaves hv;
	struct raw_leaves others;
	bool cpuid_begun;
};

int dump_init(struct dump *dump, const struct input_piece *piece,
	      struct input_error *error)
{
	*dump = (struct dump){
		.name = piece->name,
		.error = error,
		.lines = piece_lines(piece),
		.partial = piece->partial,
		.cpus = calloc(DUMP_MAX_CPUS, sizeof(*dump->cpus)),
	};
	return dump->cpus ? 0 : input_no_memory(error, piece->name);
}

void dump_free(struct dump *dump)
{
	for (size_t i = 0; dump->cpus && i < DUMP_MAX_CPUS; i++) {
		if (!dump->cpus[i])
			continue;
		raw_leaves_free(&dump->cpus[i]->hv);
		raw_leaves_free(&dump->cpus[i]->others);
		free(dump->cpus[i]);
	}
	free(dump->cpus);
	dump->cpus = NULL;
}

int dump_line(struct dump *dump)
{
	if (!line_next(&dump->lines, &dump->line))
		return 0;
	if (line_too_long(&dump->line))
		return DUMP_BAD(dump, "line too long: more than %u bytes",
				INPUT_LINE_MAX);
	return 1;
}

int dump_lines(struct dump *dump, int (*take)(void *state), void *state)
{
	int more;

	while ((more = dump_line(dump)) > 0)
		if (take(state))
			return -1;
	return more;
}

struct dump_cpu *dump_cpu(struct dump *dump, u32 number)
{
	struct dump_cpu *cpu;

	if (number >= DUMP_MAX_CPUS) {
		DUMP_BAD(dump, "CPU number out of range: the highest is %u",
			 DUMP_MAX_CPUS - 1);
		return NULL;
	}
	if (dump->cpus[number])
		return dump->cpus[number];
	cpu = calloc(1, sizeof(*cpu));
	if (!cpu) {
		input_no_memory(dump->error, dump->name);
		return NULL;
	}
	dump->cpus[number] = cpu;
	return cpu;
}

int dump_begin_cpuid(struct dump *dump, struct dump_cpu *cpu)
{
	if (cpu->cpuid_begun)
		return DUMP_BAD(dump, "this CPU is in the dump a second time");
	cpu->cpuid_begun = true;
	return 0;
}

static int keep_raw(struct dump *dump, struct dump_cpu *cpu, u32 leaf,
		    u32 subleaf, const u32 reg[4])
{
	bool hv = is_hv_leaf(leaf);
	struct raw_leaves *leaves = hv ? &cpu->hv : &cpu->others;
	size_t most = hv ? MAX_HV_LEAVES : MAX_OTHERS;

	if (leaves->count == most && !raw_leaves_find(leaves, leaf, subleaf))
		return DUMP_BAD(dump, "more than %zu %s of one CPU", most,
				hv ? "hypervisor leaves" : "CPUID leaves");
	if (raw_leaves_set(leaves, leaf, subleaf, reg))
		return input_no_memory(dump->error, dump->name);
	return 0;
}

/* Are the known bits of value those that the CPU has already? */
static int check_bits(struct dump *dump, const struct dump_cpu *cpu,
		      enum vi_leaf leaf, enum vi_cpuid_register reg, u32 value,
		      u32 known)
{
	u32 differ = (cpu->sample.leaf[leaf][reg] ^ value) &
		     cpu->known.leaf[leaf][reg] & known;

	if (!(differ & ~vi_leaves[leaf].varies[reg]))
		return 0;
	return DUMP_BAD(
		dump,
		"a second value of bits of CPUID 0x%08x.0x%x, which is also in line %u",
		vi_leaves[leaf].leaf, vi_leaves[leaf].subleaf,
		cpu->lines.leaf[leaf]);
}

int dump_leaf(struct dump *dump, struct dump_cpu *cpu, u32 leaf, u32 subleaf,
	      const u32 reg[4])
{
	enum vi_leaf id = lookup_leaf(leaf, subleaf);

	if (id == VI_NR_LEAVES)
		return keep_raw(dump, cpu, leaf, subleaf, reg);
	if (cpu->sample.leaf_status[id] == VI_BITS)
		for (unsigned int i = VI_EAX; i <= VI_EDX; i++)
			if (check_bits(dump, cpu, id, i, reg[i], ~0U))
				return -1;
	memcpy(cpu->sample.leaf[id], reg, sizeof(cpu->sample.leaf[id]));
	cpu->sample.leaf_status[id] = VI_READ;
	cpu->lines.leaf[id] = (u32)dump->lines.number;
	return 0;
}

static bool is_any(const u32 bits[4])
{
	return bits[VI_EAX] | bits[VI_EBX] | bits[VI_ECX] | bits[VI_EDX];
}

int dump_bits(struct dump *dump, struct dump_cpu *cpu, enum vi_leaf leaf,
	      enum vi_cpuid_register reg, u32 value, u32 known)
{
	u32 *has = &cpu->sample.leaf[leaf][reg];
	u32 *had = &cpu->known.leaf[leaf][reg];

	if (cpu->sample.leaf_status[leaf] == VI_READ)
		return 0;
	if (check_bits(dump, cpu, leaf, reg, value, known))
		return -1;
	*has |= value & known & ~*had;
	*had |= known;
	if (!is_any(cpu->known.leaf[leaf]))
		return 0;
	cpu->sample.leaf_status[leaf] = VI_BITS;
	if (!cpu->lines.leaf[leaf])
		cpu->lines.leaf[leaf] = (u32)dump->lines.number;
	return 0;
}

int dump_hv_bits(struct dump *dump, struct dump_cpu *cpu, u32 leaf, u32 subleaf,
		 enum vi_cpuid_register reg, u32 value, u32 known)
{
	if (!hv_bits_note(&cpu->hv_bits, leaf, subleaf, reg, value, known))
		return 0;
	return DUMP_BAD(dump, "a second value of bits of CPUID 0x%08x.0x%x",
			leaf, subleaf);
}

void dump_msr(struct dump *dump, struct dump_cpu *cpu, enum vi_msr msr,
	      enum vi_status status, u64 value)
{
	cpu->lines.msr[msr] = (u32)dump->lines.number;
	cpu->sample.msr_status[msr] = (u8)status;
	cpu->sample.msr[msr] = status == VI_READ ? value : 0;
}

int dump_leaf_once(struct dump *dump, struct dump_cpu *cpu, u32 leaf,
		   u32 subleaf, const u32 reg[4])
{
	enum vi_leaf id = lookup_leaf(leaf, subleaf);

	if (id == VI_NR_LEAVES || cpu->sample.leaf_status[id] != VI_READ)
		return dump_leaf(dump, cpu, leaf, subleaf, reg);
	for (unsigned int i = VI_EAX; i <= VI_EDX; i++)
		if ((cpu->sample.leaf[id][i] ^ reg[i]) &
		    ~vi_leaves[id].varies[i])
			return DUMP_BAD(
				dump,
				"a second value of CPUID 0x%08x.0x%x, which is also in line %u",
				leaf, subleaf, cpu->lines.leaf[id]);
	return 0;
}

int dump_msr_once(struct dump *dump, struct dump_cpu *cpu, enum vi_msr msr,
		  u64 value)
{
	if (cpu->sample.msr_status[msr] != VI_READ) {
		dump_msr(dump, cpu, msr, VI_READ, value);
		return 0;
	}
	if (!((cpu->sample.msr[msr] ^ value) & ~vi_msrs[msr].varies))
		return 0;
	return DUMP_BAD(dump, "a second value of %s, which is also in line %u",
			vi_msrs[msr].name, cpu->lines.msr[msr]);
}

/* The registers of a leaf, or NULL where the dump does not have it. */
static const u32 *registers_of(const struct dump_cpu *cpu, u32 leaf,
			       u32 subleaf)
{
	enum vi_leaf id = lookup_leaf(leaf, subleaf);
	const struct raw_leaf *raw;

	if (id != VI_NR_LEAVES)
		return cpu->sample.leaf_status[id] == VI_READ ?
			       cpu->sample.leaf[id] :
			       NULL;
	raw = raw_leaves_find(is_hv_leaf(leaf) ? &cpu->hv : &cpu->others, leaf,
			      subleaf);
	return raw ? raw->reg : NULL;
}

/* For vi_hv_read(): the leaves of the dump, the others all 0. */
static void read_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	const u32 *found = registers_of(context, leaf, subleaf);

	if (found)
		memcpy(reg, found, 4 * sizeof(*reg));
	else
		memset(reg, 0, 4 * sizeof(*reg));
}

/*
 * The rule of common/hypervisor.c says which ranges are real; of these the
 * leaves that the dump has.
 */
static void read_hv(struct dump_cpu *cpu, struct vi_hv *hv)
{
	const struct vi_reader reader = { .cpuid = read_cpuid, .context = cpu };
	u32 i, kept = 0;

	vi_hv_read(hv, &reader);
	for (i = 0; i < hv->count; i++)
		if (raw_leaves_find(&cpu->hv, hv->leaves[i].leaf,
				    hv->leaves[i].subleaf))
			hv->leaves[kept++] = hv->leaves[i];
	hv->count = kept;
}

/*
 * KVM's first MSRs have numbers that meant something else on processors of
 * the past, and a dump has numbers only.
 */
static void drop_kvm_msrs(struct vi_sample *sample)
{
	MSR_EACH(i) {
		if (strncmp(vi_msrs[i].name, "MSR_KVM_", 8))
			continue;
		sample->msr_status[i] = VI_ABSENT;
		sample->msr[i] = 0;
	}
}

/*
 * The first leaf of a range says its maximum. A dump lists what is above it as
 * well: what old processors and hypervisors answer there means nothing. One
 * that lacks that first leaf is believed in the two ranges that each processor
 * has.
 */
static bool is_above_maximum(const struct dump_cpu *cpu, u32 leaf)
{
	u32 base = leaf & 0xffff0000;
	const u32 *first = registers_of(cpu, base, 0);

	if (!first)
		return base != 0 && base != 0x80000000;
	if (leaf == base && (!base || base == 0x80000000))
		return false;
	return (first[VI_EAX] & 0xffff0000) != base || leaf > first[VI_EAX];
}

static void drop_above_maximum(struct dump_cpu *cpu)
{
	struct raw_leaves *others = &cpu->others;

	/* From the end: what says the maximum is before what it is of. */
	for (size_t i = others->count; i--;)
		if (is_above_maximum(cpu, others->list[i].leaf))
			raw_leaves_remove(others, i);
	for (size_t i = 0; i < VI_NR_LEAVES; i++) {
		if (cpu->sample.leaf_status[i] != VI_READ ||
		    !is_above_maximum(cpu, vi_leaves[i].leaf))
			continue;
		cpu->sample.leaf_status[i] = VI_NOT_ATTEMPTED;
		memset(cpu->sample.leaf[i], 0, sizeof(cpu->sample.leaf[i]));
	}
}

/*
 * Old processors of Centaur (VIA) write EAX and EDX of leaf 1 only: EBX and ECX
 * keep what was in them, in one leaf as in the other. A bit 31 of ECX is then
 * no hypervisor, and a bit 5 no VMX.
 */
static void drop_left_over(struct vi_sample *sample)
{
	u32 *first = sample->leaf[VI_L1];
	const u32 *extended = sample->leaf[VI_L80000000];

	if (sample->leaf_status[VI_L1] != VI_READ ||
	    sample->leaf_status[VI_L80000000] != VI_READ ||
	    extended[VI_EAX] >> 16 != 0x8000 ||
	    first[VI_EBX] != extended[VI_EBX] ||
	    first[VI_ECX] != extended[VI_ECX])
		return;
	first[VI_EBX] = 0;
	first[VI_ECX] = 0;
}

static int add_cpu(struct dump *dump, struct host *host, u32 number)
{
	struct dump_cpu *cpu = dump->cpus[number];
	struct host_group *group;
	struct vi_hv hv = { 0 };

	drop_above_maximum(cpu);
	drop_left_over(&cpu->sample);
	if (cpu->hv.count)
		read_hv(cpu, &hv);
	hv_drop_unreal(&cpu->sample, &cpu->known, &hv, &cpu->hv_bits);
	if (!vi_hv_find(&hv, VI_HV_KVM))
		drop_kvm_msrs(&cpu->sample);
	if (host_add_cpu(host, number, &cpu->sample, &hv, &cpu->others))
		return input_no_memory(dump->error, dump->name);
	group = host_group_of(host, number);
	host_group_note_lines(group, &cpu->lines);
	host_group_note_known(group, &cpu->known);
	host_group_note_hv_bits(group, &cpu->hv_bits);
	return 0;
}

int dump_add_cpus(struct dump *dump, struct host *host)
{
	bool cpuid = false;

	for (u32 number = 0; number < DUMP_MAX_CPUS; number++) {
		struct dump_cpu *cpu = dump->cpus[number];

		if (!cpu)
			continue;
		cpuid |= cpu->sample.leaf_status[VI_L1] != VI_ABSENT;
		if (add_cpu(dump, host, number))
			return -1;
	}
	if (!cpuid && !dump->partial)
		return DUMP_BAD(
			dump,
			"truncated: no CPU with CPUID leaf 1 in this dump");
	return 0;
}

struct host *dump_finish(struct dump *dump, enum host_source source)
{
	struct host *host = host_new(source, dump->name);

	if (!host) {
		input_no_memory(dump->error, dump->name);
		return NULL;
	}
	if (dump_add_cpus(dump, host)) {
		host_free(host);
		return NULL;
	}
	return host;
}

struct host *dump_note_nothing(struct dump *dump, struct host *host,
			       const char *what)
{
	if (host->nr_groups || facts_count(host->facts) ||
	    !facts_format(host->facts, "source note",
			  "nothing is known from %s", what))
		return host;
	input_no_memory(dump->error, dump->name);
	host_free(host);
	return NULL;
}

struct host *dump_read(struct dump *dump, const struct input_piece *piece,
		       enum host_source source, struct input_error *error,
		       int (*take)(void *state), void *state)
{
	struct host *host = NULL;

	if (dump_init(dump, piece, error))
		return NULL;
	if (!dump_lines(dump, take, state))
		host = dump_finish(dump, source);
	dump_free(dump);
	return host;
}

struct host *
dump_read_partial(struct dump *dump, const struct input_piece *piece,
		  enum host_source source, struct input_error *error,
		  int (*take)(void *state), void *state, const char *what)
{
	struct input_piece part = *piece;
	struct host *host;

	part.partial = true;
	host = dump_read(dump, &part, source, error, take, state);
	return host ? dump_note_nothing(dump, host, what) : NULL;
}
