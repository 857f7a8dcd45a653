// SPDX-License-Identifier: GPL-2.0-only
/* setacl FILE UID: gives that user reading and writing, beside the owner. */
#include <err.h>
#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>
#include <stdlib.h>
#include <sys/xattr.h>

int main(int argc, char **argv)
{
	const __u32 none = ACL_UNDEFINED_ID;
	struct {
		struct posix_acl_xattr_header header;
		struct posix_acl_xattr_entry entries[5];
	} acl = { { POSIX_ACL_XATTR_VERSION },
		  { { ACL_USER_OBJ, ACL_READ | ACL_WRITE, none },
		    { ACL_USER, ACL_READ | ACL_WRITE, 0 },
		    { ACL_GROUP_OBJ, 0, none },
		    { ACL_MASK, ACL_READ | ACL_WRITE, none },
		    { ACL_OTHER, 0, none } } };

	if (argc != 3)
		errx(2, "usage: setacl FILE UID");
	acl.entries[1].e_id = atoi(argv[2]);
	if (setxattr(argv[1], "system.posix_acl_access", &acl, sizeof(acl), 0))
		err(1, "%s", argv[1]);
	return 0;
}
