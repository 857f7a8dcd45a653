// SPDX-License-Identifier: GPL-2.0-only
#include "input/shell_access.h"

#include <stdio.h>

#include "input/words.h"

/* "crw-rw----+ 1 root kvm 10, 232 Nov 27 10:42 /dev/kvm" */
bool shell_is_node(const char *at, const char *end)
{
	static const char letters[] = "rwxsStT-";
	int i;

	if (end - at < 12 || *at++ != 'c')
		return false;
	for (i = 0; i < 9; i++)
		if (!memchr(letters, *at++, sizeof(letters) - 1))
			return false;
	return is_blank(*at) || *at == '+' || *at == '.';
}

void shell_access_node(struct shell_access *access, const char *at,
		       const char *end)
{
	struct span links;

	if (next_span(&at, end, &access->mode) && next_span(&at, end, &links) &&
	    next_span(&at, end, &access->owner))
		next_span(&at, end, &access->group);
}

/* "uid=1000(joe) gid=1000(joe) groups=1000(joe),108(kvm)" */
bool shell_is_id(const char *at, const char *end)
{
	return BEGINS(at, end, "uid=") &&
	       memmem(at, (size_t)(end - at), " groups=", strlen(" groups="));
}

void shell_access_id(struct shell_access *access, const char *at,
		     const char *end)
{
	static const char key[] = " groups=";
	const char *list = memmem(at, (size_t)(end - at), key, strlen(key));

	access->root = BEGINS(at, end, "uid=0(") || BEGINS(at, end, "uid=0 ");
	list += strlen(key);
	next_span(&list, end, &access->groups);
}

/* "108(kvm)" of id, "kvm" of groups: is it the node's? Its number, or 0. */
static bool is_group(const struct shell_access *access, const char *at,
		     const char *end, u32 *number)
{
	const char *behind = scan_decimal(at, end, 0xffffffff, number);

	if (behind && behind < end && *behind == '(' && end[-1] == ')') {
		at = behind + 1;
		end--;
	} else {
		*number = 0;
	}
	return end - at == access->group.end - access->group.at &&
	       !memcmp(at, access->group.at, (size_t)(end - at));
}

/* Is the node's group among them? Its number, where that is known, or 0. */
static bool is_member(const struct shell_access *access, u32 *number)
{
	const char *at = access->groups.at, *end = access->groups.end, *name;

	for (; at < end; at += at < end) {
		for (name = at; at < end && *at != ',' && !is_blank(*at);)
			at++;
		if (is_group(access, name, at, number))
			return true;
	}
	*number = 0;
	return false;
}

static unsigned int mode_bits(struct span mode)
{
	unsigned int bits = 0;
	int i;

	for (i = 1; i < 10; i++)
		bits = bits << 1 | (mode.at[i] != '-');
	return bits;
}

/* What owner and mode let this user do, where it is known who that is. */
static const char *access_of(const struct shell_access *access,
			     unsigned int mode, bool member)
{
	bool known = access->groups.at != access->groups.end;

	if (access->root || (mode & 06) == 06 ||
	    (member && (mode & 060) == 060))
		return "read write";
	/* An ACL may let the user in; so may a name that owns the node. */
	if (!known || access->mode.at[10] == '+' ||
	    !IS(access->owner.at, access->owner.end, "root"))
		return NULL;
	return "none";
}

int shell_access_tell(const struct shell_access *access, struct dump *dump,
		      struct host *host)
{
	const struct span *owner = &access->owner, *group = &access->group;
	const char *may;
	char node[160], number_text[64] = "";
	unsigned int mode;
	u32 number;
	bool member;

	if (!span_length(*group))
		return 0;
	mode = mode_bits(access->mode);
	member = is_member(access, &number);
	may = access_of(access, mode, member);
	if (number)
		snprintf(number_text, sizeof(number_text), ", group %u (%.*s)",
			 number, span_length(*group), group->at);
	snprintf(node, sizeof(node),
		 "character 10:232, of %.*s:%.*s%s, mode %04o",
		 span_length(*owner), owner->at, span_length(*group), group->at,
		 number_text, mode);
	if (words_last(dump, host, "device kvm node", node,
		       node + strlen(node)) ||
	    words_last(dump, host, "device kvm group", group->at, group->end))
		return -1;
	return may ? words_last(dump, host, "device kvm access", may,
				may + strlen(may)) :
		     0;
}
