// SPDX-License-Identifier: GPL-2.0-only
/* Device nodes: whose they are, and whether this user may use them. */
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/append.h"
#include "base/array.h"
#include "input/gather.h"

/* POSIX ACLs as the kernel hands them out (linux/posix_acl_xattr.h). */
#define ACL_VERSION 2
#define ACL_USER    0x02
#define ACL_GROUP   0x08
#define ACL_MASK    0x10
#define ACL_ENTRIES 32

struct acl_entry {
	uint16_t tag;
	uint16_t permissions;
	uint32_t id;
};

/* This user's name, as the system at the root has it. */
static bool user_name(const struct gather *gather, char *name, size_t size)
{
	FILE *file = gather_open(gather, "/etc/passwd");
	const struct passwd *user;
	bool found = false;

	if (!file)
		return false;
	while (!found && (user = fgetpwent(file)))
		if (user->pw_uid == geteuid()) {
			snprintf(name, size, "%s", user->pw_name);
			found = true;
		}
	fclose(file);
	return found;
}

static bool lists_user(const struct gather *gather, const struct group *group)
{
	char user[64];
	char **member;

	if (!user_name(gather, user, sizeof(user)))
		return false;
	for (member = group->gr_mem; *member; member++)
		if (!strcmp(*member, user))
			return true;
	return false;
}

/* Of a node's group: its name, and whether the user has been put into it. */
struct node_group {
	char name[64];
	bool named;
	bool lists_user;
};

static void find_group(const struct gather *gather, gid_t gid,
		       struct node_group *found)
{
	FILE *file = gather_open(gather, "/etc/group");
	const struct group *group;

	*found = (struct node_group){ .name = "?" };
	if (!file)
		return;
	while (!found->named && (group = fgetgrent(file)))
		if (group->gr_gid == gid) {
			snprintf(found->name, sizeof(found->name), "%s",
				 group->gr_name);
			found->named = true;
			found->lists_user = lists_user(gather, group);
		}
	fclose(file);
}

static void tell_acl_entry(char *text, size_t size, const struct acl_entry *raw)
{
	unsigned int permissions = le16toh(raw->permissions);
	char who[32];

	switch (le16toh(raw->tag)) {
	case ACL_USER:
		snprintf(who, sizeof(who), "user:%u", le32toh(raw->id));
		break;
	case ACL_GROUP:
		snprintf(who, sizeof(who), "group:%u", le32toh(raw->id));
		break;
	case ACL_MASK:
		snprintf(who, sizeof(who), "mask");
		break;
	default:
		return;
	}
	append_text(text, size, " ", "%s:%c%c", who,
		    permissions & 4 ? 'r' : '-', permissions & 2 ? 'w' : '-');
}

static void gather_acl(struct gather *gather, const char *name,
		       const char *path)
{
	struct {
		uint32_t version;
		struct acl_entry entries[ACL_ENTRIES];
	} acl;
	char text[ACL_ENTRIES * sizeof(" group:4294967295:rw")] = "";
	ssize_t size =
		getxattr(path, "system.posix_acl_access", &acl, sizeof(acl));

	if (size < (ssize_t)sizeof(acl.version) ||
	    le32toh(acl.version) != ACL_VERSION)
		return;
	for (size_t i = 0;
	     i < ((size_t)size - sizeof(acl.version)) / sizeof(acl.entries[0]);
	     i++)
		tell_acl_entry(text, sizeof(text), &acl.entries[i]);
	if (*text)
		gather_keyed(gather, text, "device %s acl", name);
}

static bool may(const char *path, int mode)
{
	return !faccessat(AT_FDCWD, path, mode, AT_EACCESS);
}

/*
 * What owner, mode and ACL say. Device rules of a control group answer EPERM,
 * and only when those let the user in.
 */
static void gather_access(struct gather *gather, const char *name,
			  const char *path)
{
	const char *access = "none";

	if (may(path, R_OK | W_OK)) {
		access = "read write";
	} else if (errno == EPERM) {
		access = "read write";
		gather_keyed(gather, "refused (EPERM)", "device %s cgroup rule",
			     name);
	} else if (may(path, R_OK)) {
		access = "read";
	} else if (may(path, W_OK)) {
		access = "write";
	}
	gather_keyed(gather, access, "device %s access", name);
}

static void gather_node(struct gather *gather, const char *name,
			const char *path, const struct stat *status)
{
	char key[64];
	const char *kind = S_ISCHR(status->st_mode) ? "character" :
			   S_ISBLK(status->st_mode) ? "block" :
						      "not a device";
	struct node_group group;
	struct statvfs mount;

	find_group(gather, status->st_gid, &group);
	snprintf(key, sizeof(key), "device %s node", name);
	gather_fact(gather, key, "%s %u:%u, owner %u, group %u (%s), mode %04o",
		    kind, major(status->st_rdev), minor(status->st_rdev),
		    status->st_uid, status->st_gid, group.name,
		    status->st_mode & 07777);
	if (group.named)
		gather_keyed(gather, group.name, "device %s group", name);
	if (group.lists_user)
		gather_keyed(gather, "yes", "device %s member", name);
	if (!statvfs(path, &mount) && mount.f_flag & ST_NODEV)
		gather_keyed(gather, "nodev", "device %s mount", name);
}

static void gather_device(struct gather *gather, const char *name)
{
	char path[GATHER_PATH];
	struct stat status;

	if (!gather_path(gather, path, "/dev/%s", name))
		return;
	if (stat(path, &status)) {
		if (errno == ENOENT || errno == ENOTDIR)
			gather_keyed(gather, "missing", "device %s", name);
		return;
	}
	gather_keyed(gather, "present", "device %s", name);
	gather_node(gather, name, path, &status);
	gather_acl(gather, name, path);
	gather_access(gather, name, path);
}

/* Directory services give some users hundreds of groups: most say nothing. */
#define GROUPS_SHOWN 64

/* Numbers only: a capture is sent to others. */
static void gather_user(struct gather *gather)
{
	char text[GROUPS_SHOWN * sizeof(" 4294967295") + 32] = " none";
	int i, count = getgroups(0, NULL);
	gid_t *groups = NULL;
	size_t used = 0;

	if (count > 0)
		groups = calloc((size_t)count, sizeof(*groups));
	if (count > 0 && !groups) {
		gather->no_memory = true;
		return;
	}
	if (count > 0)
		count = getgroups(count, groups);
	for (i = 0; i < count && i < GROUPS_SHOWN; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 " %u", groups[i]);
	if (count > GROUPS_SHOWN)
		snprintf(text + used, sizeof(text) - used, " and %d more",
			 count - GROUPS_SHOWN);
	free(groups);
	gather_fact(gather, "user", "uid %u, gid %u, groups%s", geteuid(),
		    getegid(), count < 0 ? " unknown" : text);
}

void gather_devices(struct gather *gather)
{
	static const char *const beside_kvm[] = {
		"vhost-net", "vhost-vsock", "net/tun", "sev", "vboxdrv", "mshv",
	};

	gather_device(gather, "kvm");
	if (gather->options->scope >= SYSTEM_PROFILES)
		ARRAY_EACH(name, beside_kvm, ARRAY_SIZE(beside_kvm))
			gather_device(gather, *name);
	gather_user(gather);
}
