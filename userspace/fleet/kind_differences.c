// SPDX-License-Identifier: GPL-2.0-only
#include "fleet/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "migrate/changes.h"

/* A text of the pool; NULL stays. */
static int keep(struct pool *pool, const char **kept, const char *text)
{
	*kept = text ? pool_string(pool, text) : NULL;
	return text && !*kept ? -1 : 0;
}

static int add(struct fleet_differences *all, struct pool *pool,
	       const char *cause, const char *what, const char *usual,
	       const char *here)
{
	struct fleet_difference *new;

	if (ARRAY_GROW(all->list, all->count, all->capacity))
		return -1;
	new = &all->list[all->count];
	if (keep(pool, &new->cause, cause) || keep(pool, &new->what, what) ||
	    keep(pool, &new->usual, usual) || keep(pool, &new->here, here))
		return -1;
	all->count++;
	return 0;
}

static int add_changes(struct fleet_differences *all, struct pool *pool,
		       const struct host *usual, const struct host *here)
{
	struct changes changes;
	int error = changes_of(&changes, usual, here);
	size_t i;

	for (i = 0; i < changes.count && !error; i++) {
		const struct change *change = &changes.list[i];

		error = add(all, pool, change_cause_name(change->cause),
			    change->name, change->a, change->b);
	}
	changes_free(&changes);
	return error;
}

int kind_differences(struct fleet_differences *differences,
		     const struct fleet *fleet, size_t usual,
		     const struct fleet *other, size_t here)
{
	const char *a = reason_info(fleet->kinds[usual]->reason)->name;
	const char *b = reason_info(other->kinds[here]->reason)->name;
	struct host *one, *two;
	int error = 0;

	if (strcmp(a, b))
		error = add(differences, fleet->pool, "verdict", "reason", a,
			    b);
	if (error)
		return -1;
	one = fleet_kind_host(fleet, usual);
	two = fleet_kind_host(other, here);
	/* A file that has changed since says nothing of what it was. */
	differences->unread = !one || !two;
	if (!differences->unread)
		error = add_changes(differences, fleet->pool, one, two);
	fleet_kind_close(fleet, one);
	fleet_kind_close(other, two);
	return error;
}
