// SPDX-License-Identifier: GPL-2.0-only
#include "input/dump.h"

#include <stdlib.h>

#include "input/lookup.h"

/* Four full ranges of a hypervisor that fills each to VI_HV_LEAVES. */
#define MAX_HV_LEAVES 256

struct hv_leaves {
	size_t count;
	size_t next; /* the reader asks in ascending order, mostly */
	struct vi_hv_leaf leaves[MAX_HV_LEAVES]; /* ascending */
};

struct dump_cpu {
	struct vi_sample sample;
	struct hv_leaves *hv; /* NULL where it has none */
	bool cpuid_begun;
};

int dump_init(struct dump *dump, const struct input_piece *piece,
	      struct input_error *error)
{
	*dump = (struct dump){
		.name = piece->name,
		.error = error,
		.lines = piece_lines(piece),
		.cpus = calloc(DUMP_MAX_CPUS, sizeof(*dump->cpus)),
	};
	return dump->cpus ? 0 : input_no_memory(error, piece->name);
}

void dump_free(struct dump *dump)
{
	size_t i;

	for (i = 0; dump->cpus && i < DUMP_MAX_CPUS; i++) {
		if (dump->cpus[i])
			free(dump->cpus[i]->hv);
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

static int order(const struct vi_hv_leaf *at, u32 leaf, u32 subleaf)
{
	if (at->leaf != leaf)
		return at->leaf < leaf ? -1 : 1;
	if (at->subleaf != subleaf)
		return at->subleaf < subleaf ? -1 : 1;
	return 0;
}

static int dump_hv_leaf(struct dump *dump, struct dump_cpu *cpu,
			const struct vi_hv_leaf *leaf)
{
	struct hv_leaves *hv = cpu->hv;
	size_t at;

	if (!hv)
		hv = cpu->hv = calloc(1, sizeof(*hv));
	if (!hv)
		return input_no_memory(dump->error, dump->name);
	for (at = hv->count; at; at--)
		if (order(&hv->leaves[at - 1], leaf->leaf, leaf->subleaf) <= 0)
			break;
	if (at && !order(&hv->leaves[at - 1], leaf->leaf, leaf->subleaf)) {
		hv->leaves[at - 1] = *leaf;
		return 0;
	}
	if (hv->count == MAX_HV_LEAVES)
		return DUMP_BAD(dump,
				"more than %u hypervisor leaves of one CPU",
				MAX_HV_LEAVES);
	memmove(&hv->leaves[at + 1], &hv->leaves[at],
		(hv->count - at) * sizeof(*leaf));
	hv->leaves[at] = *leaf;
	hv->count++;
	return 0;
}

int dump_leaf(struct dump *dump, struct dump_cpu *cpu, u32 leaf, u32 subleaf,
	      const u32 reg[4])
{
	enum vi_leaf id;

	if (is_hv_leaf(leaf)) {
		const struct vi_hv_leaf hv_leaf = {
			.leaf = leaf,
			.subleaf = subleaf,
			.reg = { reg[0], reg[1], reg[2], reg[3] },
		};

		return dump_hv_leaf(dump, cpu, &hv_leaf);
	}
	id = lookup_leaf(leaf, subleaf);
	if (id == VI_NR_LEAVES)
		return 0;
	memcpy(cpu->sample.leaf[id], reg, sizeof(cpu->sample.leaf[id]));
	cpu->sample.leaf_status[id] = VI_READ;
	return 0;
}

void dump_msr(struct dump_cpu *cpu, enum vi_msr msr, enum vi_status status,
	      u64 value)
{
	cpu->sample.msr_status[msr] = (u8)status;
	cpu->sample.msr[msr] = status == VI_READ ? value : 0;
}

/* NULL where the dump has no such leaf. */
static const struct vi_hv_leaf *find_hv_leaf(struct hv_leaves *hv, u32 leaf,
					     u32 subleaf)
{
	if (hv->next && order(&hv->leaves[hv->next - 1], leaf, subleaf) > 0)
		hv->next = 0;
	while (hv->next < hv->count &&
	       order(&hv->leaves[hv->next], leaf, subleaf) < 0)
		hv->next++;
	if (hv->next == hv->count ||
	    order(&hv->leaves[hv->next], leaf, subleaf))
		return NULL;
	return &hv->leaves[hv->next];
}

/* For vi_hv_read(): the leaves of the dump, the others all 0. */
static void read_cpuid(void *context, u32 leaf, u32 subleaf, u32 reg[4])
{
	struct dump_cpu *cpu = context;

	memset(reg, 0, 4 * sizeof(*reg));
	if (is_hv_leaf(leaf)) {
		const struct vi_hv_leaf *found =
			find_hv_leaf(cpu->hv, leaf, subleaf);

		if (found)
			memcpy(reg, found->reg, sizeof(found->reg));
	} else {
		enum vi_leaf id = lookup_leaf(leaf, subleaf);

		if (id != VI_NR_LEAVES)
			memcpy(reg, cpu->sample.leaf[id],
			       sizeof(cpu->sample.leaf[id]));
	}
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
		if (find_hv_leaf(cpu->hv, hv->leaves[i].leaf,
				 hv->leaves[i].subleaf))
			hv->leaves[kept++] = hv->leaves[i];
	hv->count = kept;
}

/*
 * KVM's first MSRs have numbers that meant something else on processors of
 * the past, and a dump tells numbers only.
 */
static void drop_kvm_msrs(struct vi_sample *sample)
{
	unsigned int i;

	for (i = 0; i < VI_NR_MSRS; i++) {
		if (strncmp(vi_msrs[i].name, "MSR_KVM_", 8))
			continue;
		sample->msr_status[i] = VI_ABSENT;
		sample->msr[i] = 0;
	}
}

static int add_cpu(struct dump *dump, struct host *host, u32 number)
{
	struct dump_cpu *cpu = dump->cpus[number];
	struct vi_hv hv = { 0 };

	if (cpu->hv)
		read_hv(cpu, &hv);
	if (!vi_hv_find(&hv, VI_HV_KVM))
		drop_kvm_msrs(&cpu->sample);
	if (host_add_cpu(host, number, &cpu->sample, &hv))
		return input_no_memory(dump->error, dump->name);
	return 0;
}

static int add_all(struct dump *dump, struct host *host)
{
	bool cpuid = false;
	u32 number;

	for (number = 0; number < DUMP_MAX_CPUS; number++) {
		struct dump_cpu *cpu = dump->cpus[number];

		if (!cpu)
			continue;
		cpuid |= cpu->sample.leaf_status[VI_L1] == VI_READ;
		if (add_cpu(dump, host, number))
			return -1;
	}
	if (!cpuid)
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
	if (add_all(dump, host)) {
		host_free(host);
		return NULL;
	}
	return host;
}
