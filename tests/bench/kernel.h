/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * As much of the kernel as module/snapshot.c needs, for a program: the masks
 * of a kernel for 8,192 CPUs, memory, a count of references.
 */
#ifndef VIRTINFO_BENCH_KERNEL_H
#define VIRTINFO_BENCH_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define NR_CPUS	      8192
#define BITS_PER_LONG 64
#define HZ	      250

#define GFP_KERNEL_ACCOUNT    0
#define kvzalloc(size, flags) calloc(1, size)
#define kvfree(pointer)	      free(pointer)

#define struct_size(pointer, member, count)                                    \
	(sizeof(*(pointer)) + (count) * sizeof((pointer)->member[0]))
#define container_of(pointer, type, member)                                    \
	((type *)((char *)(pointer)-offsetof(type, member)))
#define DIV_ROUND_UP(n, d) (((n) + (d)-1) / (d))
#define max_t(type, a, b)  ((type)(a) > (type)(b) ? (type)(a) : (type)(b))

typedef long long time64_t;

struct cpumask {
	unsigned long bits[NR_CPUS / BITS_PER_LONG];
};

static inline void cpumask_set_cpu(unsigned int cpu, struct cpumask *mask)
{
	mask->bits[cpu / BITS_PER_LONG] |= 1UL << cpu % BITS_PER_LONG;
}

static inline bool cpumask_test_cpu(unsigned int cpu,
				    const struct cpumask *mask)
{
	return mask->bits[cpu / BITS_PER_LONG] >> cpu % BITS_PER_LONG & 1;
}

static inline void cpumask_copy(struct cpumask *to, const struct cpumask *from)
{
	*to = *from;
}

#define for_each_cpu(cpu, mask)                                                \
	for ((cpu) = 0; (cpu) < NR_CPUS; (cpu)++)                              \
		if (cpumask_test_cpu(cpu, mask))

struct kref {
	unsigned int count;
};

static inline void kref_init(struct kref *ref)
{
	ref->count = 1;
}

static inline void kref_put(struct kref *ref, void (*release)(struct kref *ref))
{
	if (!--ref->count)
		release(ref);
}

#endif
