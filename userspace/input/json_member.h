/* SPDX-License-Identifier: GPL-2.0-only */
/* Members of the JSON documents that are read. */
#ifndef VIRTINFO_INPUT_JSON_MEMBER_H
#define VIRTINFO_INPUT_JSON_MEMBER_H

struct json_object;

/*
 * Where the string of that name begins, with its end in *end; NULL where the
 * member is none or not there.
 */
const char *json_member_string(struct json_object *object, const char *name,
			       const char **end);

#endif
