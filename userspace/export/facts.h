/* SPDX-License-Identifier: GPL-2.0-only */
/* The list as members of a JSON object, for the engines that read such facts. */
#ifndef VIRTINFO_EXPORT_FACTS_H
#define VIRTINFO_EXPORT_FACTS_H

#include "export/list.h"
#include "output/json.h"

/* The document's name, in docs/schemas. */
#define EXPORT_FACTS_SCHEMA "virtinfo.facts/1"

/*
 * Add them to the open object. Of one name with a label they are an object, the
 * label's values its keys; with several labels an array of objects.
 */
void export_facts(struct json *json, const struct export_list *list);

/* The value of one as a member; an answer is true or false. */
void export_fact_value(struct json *json, const char *key,
		       const struct export_item *item);

/* Its labels as members. */
void export_fact_labels(struct json *json, const struct export_item *item);

#endif
