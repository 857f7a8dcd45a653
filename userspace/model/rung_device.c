// SPDX-License-Identifier: GPL-2.0-only
/* Can this user open /dev/kvm, and if not, who keeps him out? */
#include "model/rungs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kvm/errname.h"

static const char *container(const struct judging *judging)
{
	const char *name = facts_get(judging->facts, "container");

	return name && strcmp(name, "none") ? name : NULL;
}

/* How each of them is told to hand the device in. */
static void remedy_container(struct judging *judging, struct rung *rung,
			     const char *name)
{
	if (!strcmp(name, "docker") || !strcmp(name, "podman"))
		rung_remedy(
			judging, rung,
			"Start the container with --device=/dev/kvm (%s run --device=/dev/kvm ...).",
			name);
	else if (!strncmp(name, "lxc", 3))
		rung_remedy(
			judging, rung,
			"On the host: incus or lxc config device add NAME kvm unix-char source=/dev/kvm; with plain LXC: lxc.cgroup2.devices.allow = c 10:232 rwm and a mount entry for /dev/kvm.");
	else if (!strcmp(name, "systemd-nspawn"))
		rung_remedy(
			judging, rung,
			"Start it with --bind=/dev/kvm --property=DeviceAllow=\"/dev/kvm rw\".");
	else if (!strcmp(name, "kubernetes"))
		rung_remedy(
			judging, rung,
			"Give the pod the device through a device plugin (KubeVirt's asks for devices.kubevirt.io/kvm).");
	else
		rung_remedy(
			judging, rung,
			"Have the container started with the device /dev/kvm (character 10:232, read and write).");
}

static void missing(struct judging *judging, struct rung *rung)
{
	const char *name = container(judging);

	rung_fail(judging, rung, REASON_DEVICE_MISSING);
	if (name) {
		rung_summary(judging, rung,
			     "there is no /dev/kvm in this container (%s)",
			     name);
		remedy_container(judging, rung, name);
	} else if (judging->vendor_module &&
		   fact_is(judging,
			   judging->extension == VI_VMX ? "module kvm_intel" :
							  "module kvm_amd",
			   "builtin")) {
		rung_summary(
			judging, rung,
			"there is no /dev/kvm although KVM is built in: it did not start");
		rung_remedy(judging, rung,
			    "The kernel's log has why: dmesg | grep -i kvm.");
	} else {
		rung_remedy(
			judging, rung,
			"KVM is there, so its node is what is missing: udevadm trigger /sys/class/misc/kvm, or mknod -m 0660 /dev/kvm c 10 232 and chgrp kvm /dev/kvm.");
	}
}

static bool mode_allows(const struct judging *judging)
{
	return fact_is(judging, "device kvm access", "read write");
}

/* "..., mode 0660": may the group read and write? Not told is yes. */
static bool group_may(const struct judging *judging)
{
	const char *node = facts_get(judging->facts, "device kvm node");
	const char *mode = node ? strstr(node, "mode ") : NULL;
	unsigned int bits;

	return !mode || sscanf(mode, "mode %5o", &bits) != 1 ||
	       (bits & 0060) == 0060;
}

/* "uid 1000, gid 1000, groups 106 1000": of which the node has one? */
static bool user_in_group(const struct judging *judging)
{
	const char *node = facts_get(judging->facts, "device kvm node");
	const char *user = facts_get(judging->facts, "user");
	const char *group = node ? strstr(node, "group ") : NULL;
	const char *groups = user ? strstr(user, "groups ") : NULL;
	unsigned int wanted, own;
	unsigned long one;
	char *end;

	if (!group || !user || sscanf(group, "group %u", &wanted) != 1)
		return false;
	if (sscanf(user, "uid %*u, gid %u", &own) == 1 && own == wanted)
		return true;
	for (groups = groups ? groups + strlen("groups ") : ""; *groups;
	     groups = end) {
		one = strtoul(groups, &end, 10);
		if (end == groups)
			break;
		if (one == wanted)
			return true;
	}
	return false;
}

/*
 * "user:1000:-- group:5:rw mask:r-": does an entry of this user's, or the mask
 * of all entries, keep him out whatever group he is in?
 */
static bool acl_denies(const struct judging *judging, const char *acl)
{
	const char *user = facts_get(judging->facts, "user");
	const char *entry, *mask = strstr(acl, "mask:");
	unsigned int uid;
	char own[32];

	if (mask && strncmp(mask, "mask:rw", 7) != 0)
		return true;
	if (!user || sscanf(user, "uid %u", &uid) != 1)
		return false;
	snprintf(own, sizeof(own), "user:%u:", uid);
	entry = strstr(acl, own);
	return entry && strncmp(entry + strlen(own), "rw", 2) != 0;
}

static void denied(struct judging *judging, struct rung *rung)
{
	const char *group = facts_get(judging->facts, "device kvm group");
	const char *acl = facts_get(judging->facts, "device kvm acl");
	bool member = user_in_group(judging);

	if (mode_allows(judging)) {
		rung_fail(judging, rung, REASON_DEVICE_BLOCKED);
		rung_summary(
			judging, rung,
			"owner and mode let this user in, something else does not (EACCES)");
		if (fact_is(judging, "device kvm mount", "nodev"))
			rung_remedy(
				judging, rung,
				"It lies on a file system mounted nodev, where no node opens: mount it with dev, or bind the host's /dev/kvm there.");
		else
			rung_remedy(
				judging, rung,
				"A security module (SELinux, AppArmor, Landlock) is the usual one: its log names the rule.");
		return;
	}
	rung_fail(judging, rung, REASON_PERMISSION_DENIED);
	if (acl && (member || acl_denies(judging, acl))) {
		rung_summary(
			judging, rung,
			"the access control list of /dev/kvm keeps this user out");
		rung_remedy(
			judging, rung,
			"The node's ACL keeps this user out, and another group does not change that: getfacl /dev/kvm shows the entry or the mask. As root: setfacl -m u:USER:rw,m::rw /dev/kvm, or setfacl -b /dev/kvm to go by owner and mode alone.");
	} else if (!group_may(judging)) {
		rung_remedy(
			judging, rung,
			"The mode gives the node's group nothing either: as root, chgrp kvm /dev/kvm and chmod 0660 /dev/kvm, or restart with the distribution's udev rules%s.",
			member ?
				"" :
				"; then be in that group (usermod -aG kvm USER, and log in again)");
	} else if (member) {
		rung_remedy(
			judging, rung,
			"This user is in the node's group %s already, so ls -l and getfacl /dev/kvm tell what else is set; as root, setfacl -m u:USER:rw /dev/kvm lets him in at once.",
			group ? group : "");
	} else if (group && !strcmp(group, "root")) {
		rung_remedy(
			judging, rung,
			"The node belongs to group root, so udev's rules for KVM did not run: as root, chgrp kvm /dev/kvm and chmod 0660 /dev/kvm, or restart with the distribution's udev rules.");
	} else {
		rung_remedy(
			judging, rung,
			"As root: usermod -aG %s USER, then log out and in again; for this one user at once: setfacl -m u:USER:rw /dev/kvm.",
			group ? group : "kvm");
	}
	if (container(judging))
		rung_remedy(
			judging, rung,
			"In a container the group's number counts: give it with --group-add (keep-groups under rootless podman).");
}

static void device_rules(struct judging *judging, struct rung *rung)
{
	const char *name = container(judging);

	rung_fail(judging, rung, REASON_DEVICE_BLOCKED);
	rung_summary(
		judging, rung,
		"the mode lets this user in, the device rules of %s do not (EPERM)",
		name ? "the container" : "its control group");
	if (name)
		remedy_container(judging, rung, name);
	else
		rung_remedy(
			judging, rung,
			"The service or session was started with a list of devices: for systemd add DeviceAllow=/dev/kvm rw to the unit.");
}

static void nothing_behind(struct judging *judging, struct rung *rung,
			   const char *error)
{
	rung_fail(judging, rung, REASON_DEVICE_BLOCKED);
	rung_summary(judging, rung,
		     "there is a /dev/kvm with nothing behind it (%s)", error);
	rung_remedy(
		judging, rung,
		"The node is only a name: KVM did not start in this kernel, or the node has wrong numbers (it must be character 10:232). See dmesg | grep -i kvm.");
}

static void show_node(struct judging *judging, struct rung *rung)
{
	const char *node = facts_get(judging->facts, "device kvm node");
	const char *acl = facts_get(judging->facts, "device kvm acl");
	const char *user = facts_get(judging->facts, "user");
	const char *name = container(judging);
	const char *rules = facts_get(judging->facts, "device kvm cgroup rule");

	if (node)
		rung_evidence(judging, rung, "/dev/kvm: %s", node);
	if (acl)
		rung_evidence(judging, rung, "/dev/kvm has an ACL: %s", acl);
	if (user)
		rung_evidence(judging, rung, "this user: %s", user);
	if (name)
		rung_evidence(judging, rung, "container: %s", name);
	if (rules)
		rung_evidence(judging, rung, "device rules for 10:232: %s",
			      rules);
}

static void judge_error(struct judging *judging, struct rung *rung, int error)
{
	char name[ERRNAME_SIZE];

	errname_format(name, error);
	rung_evidence(judging, rung, "open(\"/dev/kvm\", O_RDWR): %s", name);
	switch (error) {
	case ENOENT:
		missing(judging, rung);
		break;
	case EACCES:
		denied(judging, rung);
		break;
	case EPERM:
		device_rules(judging, rung);
		break;
	case ENODEV:
	case ENXIO:
		nothing_behind(judging, rung, name);
		break;
	default:
		rung_fail(judging, rung, REASON_DEVICE_BLOCKED);
		rung_summary(judging, rung, "opening /dev/kvm gives %s", name);
		rung_remedy(judging, rung,
			    "The kernel's log (dmesg) may say why.");
		break;
	}
}

void rung_device(struct judging *judging, struct rung *rung)
{
	bool missing_node = fact_is(judging, "device kvm", "missing");

	if (!judging->device_told && !judging->open_told) {
		rung->status =
			judging->system_told ? RUNG_UNKNOWN : RUNG_SKIPPED;
		if (judging->system_told)
			remedy_evidence(judging, rung);
		return;
	}
	show_node(judging, rung);
	if (judging->open_told && !judging->open_error) {
		rung_evidence(judging, rung, "open(\"/dev/kvm\", O_RDWR): ok");
	} else if (judging->open_told) {
		judge_error(judging, rung, judging->open_error);
	} else if (missing_node) {
		missing(judging, rung);
	} else if (fact_is(judging, "device kvm access", "read write")) {
		rung_evidence(judging, rung,
			      "owner and mode let this user read and write");
	} else if (facts_get(judging->facts, "device kvm access")) {
		denied(judging, rung);
	} else {
		rung->status = RUNG_UNKNOWN;
		remedy_evidence(judging, rung);
	}
}
