// SPDX-License-Identifier: GPL-2.0-only
/*
 * Groups. Hosts of one model of processor that are alike in what matters
 * (struct fleet_alike) are a class. The largest class of a model is a group, and
 * so is each that has at least two hosts and a tenth of the model's; the hosts
 * of the others are the odd ones of the group that they differ from least.
 */
#include "fleet/group.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "fleet/judge.h"
#include "fleet/kind.h"

/* One in so many hosts of a model. */
#define SHARE_OF_A_GROUP 10
#define LEAST_OF_A_GROUP 2

/* Kinds of one model and class: some of grouping->kinds, one behind the other. */
struct class
{
	size_t first;
	size_t nr_kinds;
	size_t nr_hosts;
	size_t first_host;
	size_t usual; /* the kind that most hosts are of */
	size_t group; /* FLEET_NONE: of odd hosts */
};

struct grouping {
	struct fleet *fleet;
	size_t *kinds; /* sorted by model, then class, then number */
	size_t nr_kinds;
	struct class *classes; /* sorted by model, then the largest first */
	size_t nr_classes;
	size_t class_capacity;
	size_t group_capacity;
};

static size_t hosts_left(const struct fleet *fleet, size_t kind)
{
	const struct host_list *hosts = &fleet->kinds[kind]->hosts;
	size_t i, count = 0;

	for (i = 0; i < hosts->count; i++)
		count += !fleet->hosts[hosts->hosts[i]].left_out;
	return count;
}

static size_t first_left(const struct fleet *fleet, size_t kind)
{
	const struct host_list *hosts = &fleet->kinds[kind]->hosts;
	size_t i = 0;

	while (fleet->hosts[hosts->hosts[i]].left_out)
		i++;
	return hosts->hosts[i];
}

static const char *processor_of(const struct grouping *grouping,
				const struct class *class)
{
	return grouping->fleet->kinds[class->usual]->processor;
}

/* Addresses tell what is the same, and say nothing of an order: by chance. */
static int compare_kinds(const void *one, const void *other, void *data)
{
	const struct fleet *fleet = data;
	size_t a = *(const size_t *)one, b = *(const size_t *)other;
	const struct fleet_kind *x = fleet->kinds[a], *y = fleet->kinds[b];
	int order = strcmp(x->processor, y->processor);

	if (order)
		return order;
	if (x->alike != y->alike)
		return x->alike < y->alike ? -1 : 1;
	return (a > b) - (a < b);
}

static int compare_classes(const void *one, const void *other, void *data)
{
	const struct grouping *grouping = data;
	const struct class *a = one, *b = other;
	int order =
		strcmp(processor_of(grouping, a), processor_of(grouping, b));

	if (order)
		return order;
	if (a->nr_hosts != b->nr_hosts)
		return a->nr_hosts > b->nr_hosts ? -1 : 1;
	return (a->first_host > b->first_host) -
	       (a->first_host < b->first_host);
}

static int add_to_class(struct grouping *grouping, size_t at)
{
	const struct fleet *fleet = grouping->fleet;
	size_t kind = grouping->kinds[at], count = hosts_left(fleet, kind);
	const struct fleet_kind *now = fleet->kinds[kind];
	const struct fleet_kind *before =
		at ? fleet->kinds[grouping->kinds[at - 1]] : NULL;
	struct class *class;

	if (!before || before->processor != now->processor ||
	    before->alike != now->alike) {
		if (ARRAY_GROW(grouping->classes, grouping->nr_classes,
			       grouping->class_capacity))
			return -1;
		grouping->classes[grouping->nr_classes++] = (struct class){
			.first = at,
			.usual = kind,
			.first_host = first_left(fleet, kind),
			.group = FLEET_NONE,
		};
	}
	class = &grouping->classes[grouping->nr_classes - 1];
	if (count > hosts_left(fleet, class->usual))
		class->usual = kind;
	class->nr_kinds++;
	class->nr_hosts += count;
	return 0;
}

static int find_classes(struct grouping *grouping)
{
	struct fleet *fleet = grouping->fleet;
	size_t i;

	grouping->kinds = calloc(fleet->nr_kinds + 1, sizeof(size_t));
	if (!grouping->kinds)
		return -1;
	for (i = 0; i < fleet->nr_kinds; i++)
		if (hosts_left(fleet, i))
			grouping->kinds[grouping->nr_kinds++] = i;
	qsort_r(grouping->kinds, grouping->nr_kinds, sizeof(size_t),
		compare_kinds, fleet);
	for (i = 0; i < grouping->nr_kinds; i++)
		if (add_to_class(grouping, i))
			return -1;
	if (grouping->nr_classes)
		qsort_r(grouping->classes, grouping->nr_classes,
			sizeof(*grouping->classes), compare_classes, grouping);
	return 0;
}

static int add_hosts(struct host_list *list, const struct grouping *grouping,
		     const struct class *class)
{
	const struct fleet *fleet = grouping->fleet;
	size_t i, j;

	for (i = 0; i < class->nr_kinds; i++) {
		size_t kind = grouping->kinds[class->first + i];
		const struct host_list *hosts = &fleet->kinds[kind]->hosts;

		for (j = 0; j < hosts->count; j++)
			if (!fleet->hosts[hosts->hosts[j]].left_out &&
			    host_list_add(list, hosts->hosts[j]))
				return -1;
	}
	host_list_sort(list);
	return 0;
}

static void note_hosts(const struct grouping *grouping,
		       const struct class *class, size_t group, size_t odd)
{
	struct fleet *fleet = grouping->fleet;
	size_t i, j;

	for (i = 0; i < class->nr_kinds; i++) {
		size_t kind = grouping->kinds[class->first + i];
		const struct host_list *hosts = &fleet->kinds[kind]->hosts;

		fleet->kinds[kind]->group = group;
		for (j = 0; j < hosts->count; j++) {
			fleet->hosts[hosts->hosts[j]].group = group;
			fleet->hosts[hosts->hosts[j]].odd = odd;
		}
	}
}

/* "Intel(R) Xeon(R) Gold 6130 CPU @ 2.10GHz", or vendor and numbers. */
static const char *name_of(struct fleet *fleet, const struct fleet_kind *kind)
{
	const char *vendor = kind->cells[COLUMN_VENDOR];
	const char *family = kind->cells[COLUMN_FAMILY];
	const char *model = kind->cells[COLUMN_MODEL];
	const char *stepping = kind->cells[COLUMN_STEPPING];
	char text[256];

	if (kind->cells[COLUMN_MODEL_NAME])
		return kind->cells[COLUMN_MODEL_NAME];
	if (!vendor && !family)
		return pool_string(fleet->pool, "processor not known");
	snprintf(text, sizeof(text), "%s%s%s%s%s%s%s", vendor ? vendor : "",
		 family ? " family " : "", family ? family : "",
		 model ? " model " : "", model ? model : "",
		 stepping ? " stepping " : "", stepping ? stepping : "");
	return pool_string(fleet->pool, *text == ' ' ? text + 1 : text);
}

#define SHOWN_APART 2

static const char *apart_text(struct fleet *fleet,
			      const struct fleet_differences *differences)
{
	char text[512] = "";
	size_t i, used = 0, count = differences->count;
	size_t shown = count > SHOWN_APART ? SHOWN_APART : count;

	for (i = 0; i < shown && used < sizeof(text); i++)
		used += (size_t)snprintf(
			text + used, sizeof(text) - used, "%s%s %s",
			i ? ", " : "", differences->list[i].what,
			differences->list[i].here ? differences->list[i].here :
						    "not known");
	if (shown < count && used < sizeof(text))
		snprintf(text + used, sizeof(text) - used, " and %zu more",
			 count - shown);
	return pool_string(fleet->pool, text);
}

/* largest: the group of that model that has the most hosts, or FLEET_NONE. */
static int add_group(struct grouping *grouping, struct class *class,
		     size_t largest)
{
	struct fleet *fleet = grouping->fleet;
	const struct fleet_kind *kind = fleet->kinds[class->usual];
	struct fleet_differences differences = { .list = NULL };
	struct fleet_group *group;
	int error = 0;

	if (ARRAY_GROW(fleet->groups, fleet->nr_groups,
		       grouping->group_capacity))
		return -1;
	group = &fleet->groups[fleet->nr_groups];
	*group = (struct fleet_group){ .kind = class->usual,
				       .name = name_of(fleet, kind) };
	class->group = fleet->nr_groups++;
	if (largest != FLEET_NONE) {
		error = kind_differences(&differences, fleet,
					 fleet->groups[largest].kind, fleet,
					 class->usual);
		if (!error)
			group->apart = apart_text(fleet, &differences);
		error |= !group->apart;
	}
	free(differences.list);
	note_hosts(grouping, class, class->group, FLEET_NONE);
	return error || !group->name ||
			       add_hosts(&group->hosts, grouping, class) ?
		       -1 :
		       0;
}

/* Of the model's groups, the one that the class differs from least. */
static int nearest(const struct grouping *grouping, const struct class *class,
		   size_t first, size_t *group,
		   struct fleet_differences *differences)
{
	struct fleet *fleet = grouping->fleet;
	size_t i;

	*group = FLEET_NONE;
	for (i = first; i < fleet->nr_groups; i++) {
		struct fleet_differences found = { .list = NULL };

		if (kind_differences(&found, fleet, fleet->groups[i].kind,
				     fleet, class->usual)) {
			free(found.list);
			return -1;
		}
		if (*group == FLEET_NONE || found.count < differences->count) {
			free(differences->list);
			*differences = found;
			*group = i;
		} else {
			free(found.list);
		}
	}
	return 0;
}

static int add_odd(struct grouping *grouping, const struct class *class,
		   size_t first)
{
	struct fleet *fleet = grouping->fleet;
	struct fleet_differences differences = { .list = NULL };
	struct fleet_odd odd = { .kind = class->usual };
	struct fleet_group *group;
	size_t at;

	if (nearest(grouping, class, first, &at, &differences)) {
		free(differences.list);
		return -1;
	}
	group = &fleet->groups[at];
	odd.differences = differences.list;
	odd.nr_differences = differences.count;
	if (add_hosts(&odd.hosts, grouping, class) ||
	    ARRAY_GROW(group->odd, group->nr_odd, group->odd_capacity)) {
		free(odd.differences);
		free(odd.hosts.hosts);
		return -1;
	}
	group->odd[group->nr_odd++] = odd;
	note_hosts(grouping, class, at, group->nr_odd - 1);
	return add_hosts(&group->hosts, grouping, class);
}

/* The classes of one model, from one on; the largest is first. */
static int group_model(struct grouping *grouping, size_t from, size_t end)
{
	size_t i, hosts = 0, first = grouping->fleet->nr_groups;
	struct class *classes = grouping->classes;

	for (i = from; i < end; i++)
		hosts += classes[i].nr_hosts;
	for (i = from; i < end; i++)
		if (i == from ||
		    (classes[i].nr_hosts >= LEAST_OF_A_GROUP &&
		     classes[i].nr_hosts * SHARE_OF_A_GROUP >= hosts))
			if (add_group(grouping, &classes[i],
				      i == from ? FLEET_NONE : first))
				return -1;
	for (i = from; i < end; i++)
		if (classes[i].group == FLEET_NONE &&
		    add_odd(grouping, &classes[i], first))
			return -1;
	return 0;
}

static int group_models(struct grouping *grouping)
{
	size_t i, from = 0;

	for (i = 1; i <= grouping->nr_classes; i++) {
		if (i < grouping->nr_classes &&
		    processor_of(grouping, &grouping->classes[i]) ==
			    processor_of(grouping, &grouping->classes[from]))
			continue;
		if (group_model(grouping, from, i))
			return -1;
		from = i;
	}
	return 0;
}

static int compare_groups(const void *one, const void *other)
{
	const struct fleet_group *a = one, *b = other;

	if (a->hosts.count != b->hosts.count)
		return a->hosts.count > b->hosts.count ? -1 : 1;
	return (a->hosts.hosts[0] > b->hosts.hosts[0]) -
	       (a->hosts.hosts[0] < b->hosts.hosts[0]);
}

/* The largest first; hosts and kinds say the new number. */
static int sort_groups(struct fleet *fleet)
{
	size_t *places = calloc(fleet->nr_groups + 1, sizeof(*places));
	size_t i;

	if (!places)
		return -1;
	for (i = 0; i < fleet->nr_groups; i++)
		fleet->groups[i].number = i;
	if (fleet->nr_groups)
		qsort(fleet->groups, fleet->nr_groups, sizeof(*fleet->groups),
		      compare_groups);
	for (i = 0; i < fleet->nr_groups; i++) {
		places[fleet->groups[i].number] = i;
		fleet->groups[i].number = i + 1;
	}
	for (i = 0; i < fleet->nr_hosts; i++)
		if (fleet->hosts[i].group != FLEET_NONE)
			fleet->hosts[i].group = places[fleet->hosts[i].group];
	for (i = 0; i < fleet->nr_kinds; i++)
		if (fleet->kinds[i]->group != FLEET_NONE)
			fleet->kinds[i]->group = places[fleet->kinds[i]->group];
	free(places);
	return 0;
}

int judge_groups(struct fleet *fleet)
{
	struct grouping grouping = { .fleet = fleet };
	int error;
	size_t i;

	for (i = 0; i < fleet->nr_kinds; i++)
		fleet->kinds[i]->group = FLEET_NONE;
	error = find_classes(&grouping) || group_models(&grouping) ||
		sort_groups(fleet);
	free(grouping.kinds);
	free(grouping.classes);
	return error ? -1 : 0;
}

static void drop_left_out(const struct fleet *fleet, struct host_list *list)
{
	size_t i, kept = 0;

	for (i = 0; i < list->count; i++)
		if (!fleet->hosts[list->hosts[i]].left_out)
			list->hosts[kept++] = list->hosts[i];
	list->count = kept;
}

/* Lists only become shorter: who is in which group does not change. */
void judge_groups_again(struct fleet *fleet)
{
	size_t i, j;

	for (i = 0; i < fleet->nr_groups; i++) {
		struct fleet_group *group = &fleet->groups[i];

		drop_left_out(fleet, &group->hosts);
		for (j = 0; j < group->nr_odd; j++)
			drop_left_out(fleet, &group->odd[j].hosts);
	}
}

void free_groups(struct fleet *fleet)
{
	size_t i, j;

	for (i = 0; i < fleet->nr_groups; i++) {
		struct fleet_group *group = &fleet->groups[i];

		for (j = 0; j < group->nr_odd; j++) {
			free(group->odd[j].hosts.hosts);
			free(group->odd[j].differences);
		}
		free(group->odd);
		free(group->hosts.hosts);
	}
	free(fleet->groups);
}
