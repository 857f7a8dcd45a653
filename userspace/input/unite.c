// SPDX-License-Identifier: GPL-2.0-only
#include "input/unite.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/append.h"
#include "input/fact_keys.h"
#include "model/register_name.h"

/* A file may contradict itself in every register of 8192 CPUs. */
#define MAX_CONTRADICTIONS 64

#define ORIGIN "origin "

/* Each log has its own number of them, and the first one stands. */
#define LOG_LINES "log lines"

struct union_of {
	struct host *host;
	const struct united_piece *pieces;
	const struct united_piece *piece; /* that is being added */
	/*
	 * Lines of the files before it. The lines of registers are counted on
	 * from one file to the next, so that they tell of which one they are.
	 */
	u32 before;
	struct facts *origins;
};

#define PLACE_SIZE 128

/* "line 4" of the input, or of the file that the counted line is in. */
static const char *place(char text[PLACE_SIZE], const struct union_of *u,
			 u32 line)
{
	const struct united_piece *piece = u->pieces;

	if (piece->file && line)
		for (; piece < u->piece && line > piece->last; piece++)
			line -= (u32)piece->last;
	if (piece->file && line)
		snprintf(text, PLACE_SIZE, "line %u of %s", line, piece->title);
	else
		snprintf(text, PLACE_SIZE, "line %u", line);
	return text;
}

static void count_lines_on(const struct union_of *u, struct host *host)
{
	size_t i, j;

	for (i = 0; i < host->nr_groups; i++) {
		struct register_lines *lines = &host->groups[i]->lines;

		for (j = 0; j < VI_NR_MSRS; j++)
			if (lines->msr[j])
				lines->msr[j] += u->before;
		for (j = 0; j < VI_NR_LEAVES; j++)
			if (lines->leaf[j])
				lines->leaf[j] += u->before;
	}
}

/* Each piece has its own of these: they are added, not compared. */
static bool is_repeatable(const char *key)
{
	struct fact_name name;
	const struct fact_key *row = fact_key_find(key, &name);

	return row && row->many;
}

static __attribute__((format(printf, 2, 3))) int
contradict(struct union_of *u, const char *format, ...)
{
	va_list arguments;
	int error;

	if (u->host->contradictions++ >= MAX_CONTRADICTIONS)
		return 0;
	va_start(arguments, format);
	error = facts_vformat(u->host->facts, 0, FACT_CONTRADICTION, format,
			      arguments);
	va_end(arguments);
	return error;
}

static int add_fact(struct union_of *u, const struct fact *fact)
{
	if (facts_add_line(u->host->facts, fact->line, fact->key,
			   strlen(fact->key), fact->value, strlen(fact->value)))
		return -1;
	if (!strncmp(fact->key, ORIGIN, strlen(ORIGIN)))
		return 0;
	if (fact->line)
		return facts_format(u->origins, fact->key, "%s, line %lu",
				    u->piece->title, fact->line);
	return facts_format(u->origins, fact->key, "%s, lines %lu to %lu",
			    u->piece->title, u->piece->first, u->piece->last);
}

static int unite_fact(struct union_of *u, const struct fact *fact)
{
	/* The first of that key counts. */
	const struct fact *has = facts_find(u->host->facts, fact->key);
	const char *origin;

	if (!has || is_repeatable(fact->key))
		return add_fact(u, fact);
	if (!strcmp(has->value, fact->value) || !strcmp(fact->key, LOG_LINES))
		return 0;
	origin = facts_get(u->origins, fact->key);
	if (u->piece->file && origin)
		return contradict(
			u, "\"%s\" is \"%s\" in %s, and \"%s\" in %s, line %lu",
			fact->key, has->value, origin, fact->value,
			u->piece->title, fact->line);
	return contradict(
		u, "\"%s\" is \"%s\" in line %lu and \"%s\" in line %lu",
		fact->key, has->value, has->line, fact->value, fact->line);
}

/* A piece may have a key more than once itself: those are all its own. */
static int unite_facts(struct union_of *u, const struct facts *facts)
{
	size_t i;

	for (i = 0; i < facts_count(facts); i++) {
		struct fact fact = facts_at(facts, i);
		int error =
			fact.first ? add_fact(u, &fact) : unite_fact(u, &fact);

		if (error)
			return -1;
	}
	return 0;
}

/* A CPU of one of the two hosts, or of both, while it is put together. */
struct cpu {
	unsigned int number;
	struct vi_sample sample;
	struct register_lines lines;
	struct known_bits known;
	struct vi_hv hv;
	struct hv_bits hv_bits;
	/* Of each host that has some; the second may lack what the first has. */
	const struct raw_leaves *others[2];
	size_t nr_others;
	bool on_known, vmx_on, svm_on;
};

#define MSR_TEXT 64

static const char *msr_text(char text[MSR_TEXT], const struct vi_sample *sample,
			    enum vi_msr msr)
{
	enum vi_status status = sample->msr_status[msr];

	if (status == VI_READ)
		snprintf(text, MSR_TEXT, "0x%llx", sample->msr[msr]);
	else
		snprintf(text, MSR_TEXT, "%s", register_status_text(status));
	return text;
}

static int compare_msr(struct union_of *u, const struct cpu *cpu,
		       const struct host_group *group, enum vi_msr msr)
{
	const struct vi_sample *has = &cpu->sample, *new = &group->sample;
	char first[MSR_TEXT], second[MSR_TEXT];
	char where[PLACE_SIZE], there[PLACE_SIZE];

	if (vi_msr_alike(has, new, msr) ||
	    has->msr_status[msr] == VI_NOT_ATTEMPTED ||
	    new->msr_status[msr] == VI_NOT_ATTEMPTED)
		return 0;
	return contradict(u, "%s of CPU %u is %s in %s and %s in %s",
			  vi_msrs[msr].name, cpu->number,
			  msr_text(first, has, msr),
			  place(where, u, cpu->lines.msr[msr]),
			  msr_text(second, new, msr),
			  place(there, u, group->lines.msr[msr]));
}

/* Bits of a leaf that the CPU has; the new ones are host_group_known(). */
static u32 known_of(const struct cpu *cpu, enum vi_leaf leaf, unsigned int reg)
{
	switch (cpu->sample.leaf_status[leaf]) {
	case VI_READ:
		return ~0U;
	case VI_BITS:
		return cpu->known.leaf[leaf][reg];
	default:
		return 0;
	}
}

/* The same as vi_leaf_alike() where one or both are known in part. */
static bool bits_alike(const struct cpu *cpu, const struct host_group *group,
		       enum vi_leaf leaf)
{
	unsigned int reg;

	for (reg = VI_EAX; reg <= VI_EDX; reg++)
		if ((cpu->sample.leaf[leaf][reg] ^
		     group->sample.leaf[leaf][reg]) &
		    known_of(cpu, leaf, reg) &
		    host_group_known(group, leaf, reg) &
		    ~vi_leaves[leaf].varies[reg])
			return false;
	return true;
}

static int compare_leaf(struct union_of *u, const struct cpu *cpu,
			const struct host_group *group, enum vi_leaf leaf)
{
	const struct vi_sample *has = &cpu->sample, *new = &group->sample;
	char where[PLACE_SIZE], there[PLACE_SIZE];
	bool partial = has->leaf_status[leaf] == VI_BITS ||
		       new->leaf_status[leaf] == VI_BITS;

	if ((partial ? bits_alike(cpu, group, leaf) :
		       vi_leaf_alike(has, new, leaf)) ||
	    has->leaf_status[leaf] == VI_NOT_ATTEMPTED ||
	    new->leaf_status[leaf] == VI_NOT_ATTEMPTED)
		return 0;
	return contradict(
		u,
		"CPUID 0x%08x.0x%x of CPU %u is not the same in %s and in %s",
		vi_leaves[leaf].leaf, vi_leaves[leaf].subleaf, cpu->number,
		place(where, u, cpu->lines.leaf[leaf]),
		place(there, u, group->lines.leaf[leaf]));
}

/* What is known in part of both, together. */
static void unite_bits(struct cpu *cpu, const struct host_group *group,
		       enum vi_leaf leaf)
{
	unsigned int reg;

	for (reg = VI_EAX; reg <= VI_EDX; reg++) {
		u32 *has = &cpu->known.leaf[leaf][reg];

		cpu->sample.leaf[leaf][reg] |=
			group->sample.leaf[leaf][reg] & ~*has;
		*has |= group->known.leaf[leaf][reg];
	}
}

static bool is_told(u8 status)
{
	return status != VI_ABSENT && status != VI_NOT_ATTEMPTED;
}

static int take_leaves(struct union_of *u, struct cpu *cpu,
		       const struct host_group *group)
{
	struct vi_sample *to = &cpu->sample;
	const struct vi_sample *from = &group->sample;
	unsigned int i;

	for (i = 0; i < VI_NR_LEAVES; i++) {
		if (compare_leaf(u, cpu, group, i))
			return -1;
		if (to->leaf_status[i] == VI_BITS &&
		    from->leaf_status[i] == VI_BITS)
			unite_bits(cpu, group, i);
		if (from->leaf_status[i] == VI_ABSENT ||
		    (to->leaf_status[i] == VI_BITS ?
			     from->leaf_status[i] != VI_READ :
			     is_told(to->leaf_status[i])))
			continue;
		to->leaf_status[i] = from->leaf_status[i];
		memcpy(to->leaf[i], from->leaf[i], sizeof(to->leaf[i]));
		memcpy(cpu->known.leaf[i], group->known.leaf[i],
		       sizeof(cpu->known.leaf[i]));
		cpu->lines.leaf[i] = group->lines.leaf[i];
	}
	if (!cpu->hv.count)
		cpu->hv = group->hv;
	if (!cpu->hv_bits.count)
		cpu->hv_bits = group->hv_bits;
	return 0;
}

static int take_msrs(struct union_of *u, struct cpu *cpu,
		     const struct host_group *group)
{
	struct vi_sample *to = &cpu->sample;
	const struct vi_sample *from = &group->sample;
	unsigned int i;

	for (i = 0; i < VI_NR_MSRS; i++) {
		if (compare_msr(u, cpu, group, i))
			return -1;
		if (is_told(to->msr_status[i]) ||
		    from->msr_status[i] == VI_ABSENT)
			continue;
		to->msr_status[i] = from->msr_status[i];
		to->msr[i] = from->msr[i];
		cpu->lines.msr[i] = group->lines.msr[i];
	}
	if (group->on_known && !cpu->on_known) {
		cpu->on_known = true;
		cpu->vmx_on = cpulist_has(&group->vmx_on, cpu->number);
		cpu->svm_on = cpulist_has(&group->svm_on, cpu->number);
	}
	return 0;
}

/* What a host has of the CPU; of a host of some one CPU, its leaves. */
static int take_cpu(struct union_of *u, struct cpu *cpu,
		    const struct host *host)
{
	const struct host_group *group = host_group_of(host, cpu->number);
	bool own = group;

	if (!group && host->any_cpu && host->nr_groups)
		group = host->groups[0];
	if (!group)
		return 0;
	if (take_leaves(u, cpu, group))
		return -1;
	if (group->others.count)
		cpu->others[cpu->nr_others++] = &group->others;
	if (own && cpulist_has(host_group_msrs_known(group), cpu->number))
		return take_msrs(u, cpu, group);
	return 0;
}

static int put_cpu(struct host *host, struct cpu *cpu)
{
	struct host_group *group;
	size_t i;

	/* The first host's leaf 1 may say that the second's are not real. */
	hv_drop_unreal(&cpu->sample, &cpu->known, &cpu->hv, &cpu->hv_bits);
	if (host_add_cpu(host, cpu->number, &cpu->sample, &cpu->hv, NULL))
		return -1;
	group = host_group_of(host, cpu->number);
	for (i = 0; i < cpu->nr_others; i++)
		if (raw_leaves_merge(&group->others, cpu->others[i]))
			return -1;
	host_group_note_lines(group, &cpu->lines);
	host_group_note_known(group, &cpu->known);
	host_group_note_hv_bits(group, &cpu->hv_bits);
	group->on_known |= cpu->on_known;
	if (cpu->vmx_on &&
	    cpulist_add(&group->vmx_on, cpu->number, cpu->number))
		return -1;
	return cpu->svm_on ?
		       cpulist_add(&group->svm_on, cpu->number, cpu->number) :
		       0;
}

static int put_all(struct union_of *u, struct host *into,
		   const struct cpulist *cpus, const struct host *a,
		   const struct host *b)
{
	CPULIST_EACH(cpus, number) {
		struct cpu cpu = { .number = number };

		if (take_cpu(u, &cpu, a) || take_cpu(u, &cpu, b) ||
		    put_cpu(into, &cpu))
			return -1;
	}
	return 0;
}

static void move_groups(struct host *to, struct host *from)
{
	struct host_group **groups = to->groups;
	size_t count = to->nr_groups, capacity = to->capacity;

	to->groups = from->groups;
	to->nr_groups = from->nr_groups;
	to->capacity = from->capacity;
	from->groups = groups;
	from->nr_groups = count;
	from->capacity = capacity;
}

static int unite_cpus(struct union_of *u, struct host *from)
{
	struct host *host = u->host, *both;
	struct cpulist cpus = { 0 };
	int error;

	if (!from->nr_groups)
		return 0;
	if (!host->nr_groups) {
		move_groups(host, from);
		host->any_cpu = from->any_cpu;
		return 0;
	}
	both = host_new(host->source, host->name);
	error = !both || host_cpus(host, &cpus) || host_cpus(from, &cpus) ||
		put_all(u, both, &cpus, host, from);
	if (!error) {
		move_groups(host, both);
		host->any_cpu &= from->any_cpu;
	}
	host_free(both);
	cpulist_free(&cpus);
	return error ? -1 : 0;
}

static int add_piece(struct union_of *u, const struct united_piece *piece)
{
	bool cpus = piece->host->nr_groups;

	u->piece = piece;
	if (piece->file)
		count_lines_on(u, piece->host);
	if (cpus &&
	    facts_format(u->origins, "registers", "%s, lines %lu to %lu",
			 piece->title, piece->first, piece->last))
		return -1;
	if (unite_cpus(u, piece->host) || unite_facts(u, piece->host->facts))
		return -1;
	u->before += (u32)piece->last;
	return 0;
}

static int add_origins(struct union_of *u)
{
	char key[256];
	size_t i;

	for (i = 0; i < facts_count(u->origins); i++) {
		struct fact fact = facts_at(u->origins, i);

		snprintf(key, sizeof(key), ORIGIN "%s", fact.key);
		if (facts_add(u->host->facts, key, fact.value))
			return -1;
	}
	return 0;
}

static int unite_all(struct union_of *u, const struct united_piece *pieces,
		     size_t count)
{
	char titles[FORM_TITLES] = "";
	size_t i;

	/* "A, B and C" */
	for (i = 0; i < count; i++)
		append_text(titles, sizeof(titles),
			    i + 1 == count ? " and " : ", ", "%s",
			    pieces[i].title);
	u->host->forms = strdup(titles);
	if (!u->host->forms)
		return -1;
	for (i = 0; i < count; i++)
		if (add_piece(u, &pieces[i]))
			return -1;
	return add_origins(u);
}

struct host *unite(const struct united_piece *pieces, size_t count)
{
	struct union_of u = { .pieces = pieces };
	size_t i;

	u.host = host_new(HOST_SEVERAL, pieces->host->name);
	u.origins = facts_new();
	if (!u.host || !u.origins || unite_all(&u, pieces, count)) {
		host_free(u.host);
		u.host = NULL;
	}
	facts_free(u.origins);
	for (i = 0; i < count; i++)
		host_free(pieces[i].host);
	return u.host;
}
