// SPDX-License-Identifier: GPL-2.0-only
/* Every CPU in turn, by moving this thread from one to the next. */
#include <errno.h>
#include <sched.h>
#include <stdlib.h>

#include "input/buffer.h"
#include "input/live.h"

/* The kernel's mask may be larger than a cpu_set_t. */
struct affinity {
	cpu_set_t *set;
	size_t size;
};

static void affinity_free(struct affinity *affinity)
{
	CPU_FREE(affinity->set);
}

static int affinity_new(struct affinity *affinity)
{
	affinity->size = CPU_ALLOC_SIZE(CPULIST_MAX);
	affinity->set = CPU_ALLOC(CPULIST_MAX);
	if (!affinity->set)
		return -1;
	CPU_ZERO_S(affinity->size, affinity->set);
	return 0;
}

static int set_to_list(const struct affinity *affinity, struct cpulist *list)
{
	for (unsigned int cpu = 0; cpu < CPULIST_MAX; cpu++)
		if (CPU_ISSET_S(cpu, affinity->size, affinity->set) &&
		    cpulist_add(list, cpu, cpu))
			return -1;
	return 0;
}

/* What the kernel says, or else what this thread may use. */
static int find_cpus(const char *online, const struct affinity *allowed,
		     struct cpulist *cpus)
{
	struct buffer buffer;
	int failed;

	if (!buffer_read(&buffer, online)) {
		if (buffer.length && buffer.data[buffer.length - 1] == '\n')
			buffer.length--;
		failed = cpulist_parse(cpus, buffer.data, buffer.length);
		free(buffer.data);
		if (!failed && cpus->count)
			return 0;
		cpulist_free(cpus);
		if (failed == -1)
			return -1;
	}
	return set_to_list(allowed, cpus);
}

struct walk {
	struct affinity one;
	int (*visit)(void *context, unsigned int cpu);
	void *context;
	struct cpulist *not_allowed;
	unsigned int visited;
};

static int walk_to(struct walk *walk, unsigned int cpu)
{
	int failed;

	CPU_SET_S(cpu, walk->one.size, walk->one.set);
	failed = sched_setaffinity(0, walk->one.size, walk->one.set);
	CPU_CLR_S(cpu, walk->one.size, walk->one.set);
	if (failed)
		return cpulist_add(walk->not_allowed, cpu, cpu);
	walk->visited++;
	return walk->visit(walk->context, cpu);
}

/* It may not be moved at all: what is known is of the CPU that it is on. */
static int stay(struct walk *walk, const struct cpulist *cpus)
{
	int current = sched_getcpu();
	unsigned int here = current < 0 ? 0 : (unsigned int)current;

	cpulist_free(walk->not_allowed);
	CPULIST_EACH(cpus, cpu)
		if (cpu != here && cpulist_add(walk->not_allowed, cpu, cpu))
			return -1;
	return walk->visit(walk->context, here);
}

static int walk_all(struct walk *walk, const struct cpulist *cpus)
{
	int result;

	CPULIST_EACH(cpus, cpu) {
		result = walk_to(walk, cpu);
		if (result)
			return result;
	}
	return walk->visited ? 0 : stay(walk, cpus);
}

int live_each_cpu(const char *online,
		  int (*visit)(void *context, unsigned int cpu), void *context,
		  struct cpulist *not_allowed)
{
	struct walk walk = { .visit = visit,
			     .context = context,
			     .not_allowed = not_allowed };
	struct affinity before = { 0 };
	struct cpulist cpus = { 0 };
	int result = -1, known;

	if (affinity_new(&walk.one))
		return -1;
	if (affinity_new(&before))
		goto free_one;
	known = sched_getaffinity(0, before.size, before.set);
	if (known) {
		CPU_ZERO_S(before.size, before.set);
		CPU_SET_S(0, before.size, before.set);
	}
	if (find_cpus(online, &before, &cpus))
		goto free_before;
	result = walk_all(&walk, &cpus);
	/* Fails only when none of them is left; no answer depends on it. */
	if (!known)
		(void)sched_setaffinity(0, before.size, before.set);
	cpulist_free(&cpus);
free_before:
	affinity_free(&before);
free_one:
	affinity_free(&walk.one);
	return result;
}
