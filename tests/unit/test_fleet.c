// SPDX-License-Identifier: GPL-2.0-only
/*
 * Groups and domains of made-up fleets, against what is computed here, host by
 * host, from the files alone: no kinds, no packing, every pair of hosts.
 */
#include "folder.h"
#include "tree.h"

#include <string.h>

#include "fleet/load.h"
#include "input/input.h"
#include "migrate/migration.h"
#include "migrate/side.h"

#define HOSTS 14
#define RUNS  120

/* Read before the tests enter a folder of their own. */
static char *capture;

static int begin(void **state)
{
	capture = tree_text("tests/captures/ready.offer.virtinfo");
	return enter_folder(state);
}

static int end(void **state)
{
	free(capture);
	return leave_folder(state);
}

/* What a host is made of. */
struct made {
	u32 features; /* of leaf 7 EBX, that KVM offers */
	unsigned int khz;
	bool known; /* what its KVM is capable of */
	unsigned int parameter;
	bool ready;
};

static struct made make(unsigned int *seed)
{
	/* Frequencies of which the next one is within the tolerance. */
	static const unsigned int khz[] = { 3393000, 3393000, 3393000, 3393700,
					    3394400 };
	unsigned int chance = (unsigned int)rand_r(seed);

	return (struct made){
		/* Few, so that some offer the same, or more than others. */
		.features = 0x219c97a0 | (chance & 3) << 3,
		.khz = khz[chance >> 4 & 3 ? 0 : chance >> 6 & 3],
		.known = chance >> 8 & 15,
		.parameter = chance >> 12 & 15 ? (chance >> 16 & 3) / 2 :
						 2 + (chance >> 16 & 1),
		.ready = chance >> 18 & 7,
	};
}

/* The text from begin to the end of its line becomes another. */
static void replace(char *text, size_t size, const char *begins,
		    const char *with)
{
	char *at = strstr(text, begins), rest[8192];

	assert_non_null(at);
	snprintf(rest, sizeof(rest), "%s", strchr(at, '\n'));
	snprintf(at, size - (size_t)(at - text), "%s%s", with, rest);
}

static void write_host(const char *name, const struct made *made)
{
	char text[8192], line[256];

	snprintf(text, sizeof(text), "%s", capture);
	snprintf(
		line, sizeof(line),
		"kvm cpuid 0x00000007 0x0\t: 0x00000000 0x%08x 0x0040068c 0x00000010",
		made->features);
	replace(text, sizeof(text), "kvm cpuid 0x00000007", line);
	snprintf(line, sizeof(line), "kvm tsc khz\t: %u", made->khz);
	replace(text, sizeof(text), "kvm tsc khz", line);
	replace(text, sizeof(text), "kvm hyper-v cpuid",
		"kvm cpuid 0x40000000 0x0\t: 0x40000001 0x4b4d564b 0x564b4d56 0x0000004d\n"
		"kvm cpuid 0x40000001 0x0\t: 0x01007efb 0x00000000 0x00000000 0x00000000\n"
		"kvm hyper-v cpuid 0x40000000 0x0\t: 0x40000003 0x00000000 0x00000000 0x00000000\n"
		"kvm hyper-v cpuid 0x40000003 0x0\t: 0x00000000 0x00000000 0x00000000 0x00000000\n"
		"kvm cap 72 KVM_CAP_TSC_DEADLINE_TIMER\t: 1\n"
		"kvm msrs\t: 0x10a 0xcf 0x345 0xce\n"
		"kvm msr 0x10a\t: 0x0\nkvm msr 0xcf\t: 0x0\n"
		"kvm msr 0x345\t: 0x0\nkvm msr 0xce\t: 0x0");
	if (!made->ready)
		replace(text, sizeof(text), "proof\t\t: ran",
			"proof\t\t: skipped");
	snprintf(line, sizeof(line), "%sparameter kvm_amd made_up\t: %u\n",
		 made->known ? "kvm cap 129 KVM_CAP_X2APIC_API\t: 3\n"
			       "kvm cap 213 KVM_CAP_DISABLE_QUIRKS2\t: 127\n" :
			       "",
		 made->parameter);
	strcat(text, line);
	write_file(name, text);
}

struct made_fleet {
	struct made made[HOSTS];
	struct fleet *fleet;
	/* By the fleet's index: a host read by itself. */
	struct host *hosts[HOSTS];
	struct side sides[HOSTS];
	bool ready[HOSTS];
	bool safe[HOSTS][HOSTS];
};

/* Files 10 to 23: the order of the names is that of the numbers. */
static void name_of(char name[8], size_t host)
{
	snprintf(name, 8, "%zu", host + 10);
}

static void judge_by_hand(struct made_fleet *f, enum guest_class guest)
{
	enum migration_answer answers[NR_GUEST_CLASSES];
	struct input_error error;
	size_t i, k;

	for (i = 0; i < HOSTS; i++) {
		f->hosts[i] = input_file(f->fleet->hosts[i].path, &error);
		assert_non_null(f->hosts[i]);
		assert_int_equal(side_of(&f->sides[i], f->hosts[i]), 0);
	}
	for (i = 0; i < HOSTS; i++)
		for (k = 0; k < HOSTS; k++) {
			migration_answers(answers, &f->sides[i], &f->sides[k]);
			f->safe[i][k] = answers[guest] == MIGRATION_SAFE;
		}
}

static void make_fleet(struct made_fleet *f, unsigned int seed,
		       enum guest_class guest)
{
	const struct fleet_asked asked = { .domains = true, .guest = guest };
	const struct fleet_reading reading = { .strict = true };
	char *arguments[] = { (char *)".", NULL }, *why;
	char name[8];
	size_t i;

	for (i = 0; i < HOSTS; i++) {
		f->made[i] = make(&seed);
		name_of(name, i);
		write_host(name, &f->made[i]);
	}
	f->fleet = fleet_new();
	assert_non_null(f->fleet);
	assert_int_equal(fleet_load(f->fleet, arguments, &reading), 0);
	assert_int_equal(f->fleet->nr_hosts, HOSTS);
	assert_int_equal(fleet_judge(f->fleet, &asked, &why), 0);
	for (i = 0; i < HOSTS; i++) {
		name_of(name, i);
		assert_string_equal(f->fleet->hosts[i].name, name);
		assert_null(f->fleet->hosts[i].error);
		f->ready[i] =
			f->fleet->kinds[f->fleet->hosts[i].kind]->usable ==
			ANSWER_YES;
	}
	judge_by_hand(f, guest);
}

static void unmake_fleet(struct made_fleet *f)
{
	char name[8];
	size_t i;

	for (i = 0; i < HOSTS; i++) {
		side_free(&f->sides[i]);
		host_free(f->hosts[i]);
		name_of(name, i);
		assert_int_equal(unlink(name), 0);
	}
	fleet_free(f->fleet);
}

static bool has(const struct host_list *list, size_t host)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (list->hosts[i] == host)
			return true;
	return false;
}

/* Does every guest move from each of the one to each of the other? */
static bool all_safe(const struct made_fleet *f, const struct host_list *from,
		     const struct host_list *to)
{
	size_t i, k;

	for (i = 0; i < from->count; i++)
		for (k = 0; k < to->count; k++)
			if (!f->safe[from->hosts[i]][to->hosts[k]])
				return false;
	return true;
}

/* In how many domains a host is, or among those of which it is not known. */
static size_t places_of(const struct fleet_domains *domains, size_t host)
{
	size_t i, count = has(&domains->unknown, host);

	for (i = 0; i < domains->count; i++)
		count += has(&domains->list[i].hosts, host);
	return count;
}

static bool leads(const struct fleet_domain *domain, size_t to)
{
	size_t i;

	for (i = 0; i < domain->nr_to; i++)
		if (domain->to[i] == to)
			return true;
	return false;
}

static void check_domains(const struct made_fleet *f)
{
	const struct fleet_domains *domains = &f->fleet->domains;
	size_t i, k;

	for (i = 0; i < HOSTS; i++) {
		assert_int_equal(places_of(domains, i), f->ready[i]);
		if (f->ready[i])
			assert_int_equal(has(&domains->unknown, i),
					 !f->safe[i][i]);
	}
	for (i = 0; i < domains->count; i++) {
		const struct fleet_domain *of = &domains->list[i];

		assert_true(all_safe(f, &of->hosts, &of->hosts));
		for (k = 0; k < domains->count; k++) {
			const struct fleet_domain *other = &domains->list[k];

			if (i == k)
				continue;
			assert_int_equal(leads(of, k), all_safe(f, &of->hosts,
								&other->hosts));
			/* Two that move both ways would be one. */
			assert_false(leads(of, k) && leads(other, i));
		}
	}
}

static void domains_are_those_of_every_pair(void **state)
{
	size_t domains = 0, arrows = 0, both = 0, idle = 0, i, k;
	struct made_fleet f;
	unsigned int run;

	(void)state;
	for (run = 0; run < RUNS; run++) {
		make_fleet(&f, run, run % NR_GUEST_CLASSES);
		check_domains(&f);
		domains += f.fleet->domains.count > 1;
		for (i = 0; i < f.fleet->domains.count; i++)
			arrows += f.fleet->domains.list[i].nr_to;
		for (i = 0; i < HOSTS; i++)
			idle += !f.ready[i];
		for (i = 0; i < HOSTS; i++)
			for (k = 0; k < i; k++)
				both += f.safe[i][k] && f.safe[k][i];
		unmake_fleet(&f);
	}
	/* Each case was met. */
	assert_true(domains && arrows && both && idle);
}

/* Hosts that are alike in what the groups compare: that here are these two. */
static bool alike(const struct made_fleet *f, size_t one, size_t other)
{
	return f->made[one].parameter == f->made[other].parameter &&
	       f->fleet->kinds[f->fleet->hosts[one].kind]->reason ==
		       f->fleet->kinds[f->fleet->hosts[other].kind]->reason;
}

static size_t nr_alike(const struct made_fleet *f, size_t host)
{
	size_t i, count = 0;

	for (i = 0; i < HOSTS; i++)
		count += alike(f, host, i);
	return count;
}

/* The rule of docs/FLEET.md; all hosts are of one model. */
static bool makes_a_group(const struct made_fleet *f, size_t host)
{
	size_t i, count = nr_alike(f, host);
	bool largest = true, first = true;

	for (i = 0; i < HOSTS; i++) {
		if (nr_alike(f, i) > count)
			largest = false;
		/* Of two as large the one with the first host counts. */
		if (nr_alike(f, i) == count && !alike(f, i, host) && i < host) {
			size_t k = 0;

			while (!alike(f, k, host))
				k++;
			first &= k < i;
		}
	}
	return (largest && first) || (count >= 2 && 10 * count >= HOSTS);
}

static void check_groups(const struct made_fleet *f)
{
	const struct fleet *fleet = f->fleet;
	size_t i, k;

	for (i = 0; i < HOSTS; i++) {
		const struct fleet_host *host = &fleet->hosts[i];

		assert_true(host->group < fleet->nr_groups);
		assert_true(has(&fleet->groups[host->group].hosts, i));
		assert_int_equal(host->odd == FLEET_NONE, makes_a_group(f, i));
		for (k = 0; k < HOSTS; k++) {
			const struct fleet_host *other = &fleet->hosts[k];

			if (alike(f, i, k)) {
				assert_int_equal(host->group, other->group);
				assert_int_equal(host->odd, other->odd);
			} else if (host->odd == FLEET_NONE &&
				   other->odd == FLEET_NONE) {
				assert_int_not_equal(host->group, other->group);
			}
		}
	}
}

static void groups_are_those_of_the_rule(void **state)
{
	size_t groups = 0, odd = 0, i;
	struct made_fleet f;
	unsigned int run;

	(void)state;
	for (run = 0; run < RUNS; run++) {
		make_fleet(&f, 1000 + run, GUEST_PLAIN);
		check_groups(&f);
		groups += f.fleet->nr_groups > 1;
		for (i = 0; i < HOSTS; i++)
			odd += f.fleet->hosts[i].odd != FLEET_NONE;
		unmake_fleet(&f);
	}
	assert_true(groups && odd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(domains_are_those_of_every_pair),
		cmocka_unit_test(groups_are_those_of_the_rule),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
