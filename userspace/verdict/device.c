// SPDX-License-Identifier: GPL-2.0-only
/* Can this user open /dev/kvm, and if not, who keeps him out? */
#include "verdict/stage.h"

#include <errno.h>
#include <string.h>

#include "base/errname.h"

/* How each of them is told to hand the device in. */
static void remedy_container(struct stage *stage, const char *name)
{
	if (!strcmp(name, "docker") || !strcmp(name, "podman"))
		stage_remedy(
			stage,
			"Start the container with --device=/dev/kvm (%s run --device=/dev/kvm ...).",
			name);
	else if (!strncmp(name, "lxc", 3))
		stage_remedy(
			stage,
			"On the host: incus or lxc config device add NAME kvm unix-char source=/dev/kvm; with plain LXC: lxc.cgroup2.devices.allow = c 10:232 rwm and a mount entry for /dev/kvm.");
	else if (!strcmp(name, "systemd-nspawn"))
		stage_remedy(
			stage,
			"Start it with --bind=/dev/kvm --property=DeviceAllow=\"/dev/kvm rw\".");
	else if (!strcmp(name, "kubernetes"))
		stage_remedy(
			stage,
			"Give the pod the device through a device plugin (KubeVirt's asks for devices.kubevirt.io/kvm).");
	else
		stage_remedy(
			stage,
			"Have the container started with the device /dev/kvm (character 10:232, read and write).");
}

static void missing(struct stage *stage)
{
	const char *name = stage->v->system->container;

	stage_fail(stage, REASON_DEVICE_MISSING);
	if (name) {
		stage_summary(stage,
			      "there is no /dev/kvm in this container (%s)",
			      name);
		remedy_container(stage, name);
	} else if (stage->v->vendor->state == MODULE_STATE_BUILTIN) {
		stage_summary(
			stage,
			"there is no /dev/kvm although KVM is built in: it did not start");
		stage_remedy(
			stage,
			"The kernel's log may have why: dmesg | grep -i kvm.");
	} else {
		stage_remedy(
			stage,
			"KVM is there, so its node is what is missing: udevadm trigger /sys/class/misc/kvm, or mknod -m 0660 /dev/kvm c 10 232 and chgrp kvm /dev/kvm.");
	}
}

/* May the group read and write? Where it is not known it is taken to. */
static bool group_may(const struct device *device)
{
	return !device->mode_known || (device->mode & 0060) == 0060;
}

static void denied(struct stage *stage)
{
	const struct device *device = stage->v->device;
	const struct user *user = &stage->v->system->user;
	const char *group = device->group_name;
	bool member = device_group_has(device, user);

	if (device->access == ACCESS_READ_WRITE) {
		stage_fail(stage, REASON_DEVICE_BLOCKED);
		stage_summary(
			stage,
			"owner and mode let this user in, something else does not (EACCES)");
		if (device->nodev)
			stage_remedy(
				stage,
				"It lies on a file system mounted nodev, where no node opens: mount it with dev, or bind the host's /dev/kvm there.");
		else
			stage_remedy(
				stage,
				"A security module (SELinux, AppArmor, Landlock) is the usual one: its log names the rule.");
		return;
	}
	stage_fail(stage, REASON_PERMISSION_DENIED);
	if (device->acl && (member || device_acl_denies(device, user))) {
		stage_summary(
			stage,
			"the access control list of /dev/kvm keeps this user out");
		stage_remedy(
			stage,
			"The node's ACL keeps this user out, and another group does not change that: getfacl /dev/kvm shows the entry or the mask. As root: setfacl -m u:USER:rw,m::rw /dev/kvm, or setfacl -b /dev/kvm to go by owner and mode alone.");
	} else if (!group_may(device)) {
		stage_remedy(
			stage,
			"The mode gives the node's group nothing either: as root, chgrp kvm /dev/kvm and chmod 0660 /dev/kvm, or restart with the distribution's udev rules%s.",
			member ?
				"" :
				"; then be in that group (usermod -aG kvm USER, and log in again)");
	} else if (member) {
		stage_remedy(
			stage,
			"This user is in the node's group %s already, so ls -l and getfacl /dev/kvm tell what else is set; as root, setfacl -m u:USER:rw /dev/kvm lets him in at once.",
			group ? group : "");
	} else if (group && !strcmp(group, "root")) {
		stage_remedy(
			stage,
			"The node belongs to group root, so udev's rules for KVM did not run: as root, chgrp kvm /dev/kvm and chmod 0660 /dev/kvm, or restart with the distribution's udev rules.");
	} else {
		stage_remedy(
			stage,
			"As root: usermod -aG %s USER, then log out and in again; for this one user at once: setfacl -m u:USER:rw /dev/kvm.",
			group ? group : "kvm");
	}
	if (stage->v->system->container)
		stage_remedy(
			stage,
			"In a container the group's number counts: give it with --group-add (keep-groups under rootless podman).");
}

static void device_rules(struct stage *stage)
{
	const char *name = stage->v->system->container;

	stage_fail(stage, REASON_DEVICE_BLOCKED);
	stage_summary(
		stage,
		"the mode lets this user in, the device rules of %s do not (EPERM)",
		name ? "the container" : "its control group");
	if (name)
		remedy_container(stage, name);
	else
		stage_remedy(
			stage,
			"The service or session was started with a list of devices: for systemd add DeviceAllow=/dev/kvm rw to the unit.");
}

static void nothing_behind(struct stage *stage, const char *error)
{
	stage_fail(stage, REASON_DEVICE_BLOCKED);
	stage_summary(stage, "there is a /dev/kvm with nothing behind it (%s)",
		      error);
	stage_remedy(
		stage,
		"The node is only a name: KVM did not start in this kernel, or the node has wrong numbers (it must be character 10:232). See dmesg | grep -i kvm.");
}

static void show_node(struct stage *stage)
{
	const struct system *system = stage->v->system;
	const struct device *device = stage->v->device;

	if (device->node)
		stage_evidence(stage, "/dev/kvm: %s", device->node);
	if (device->acl)
		stage_evidence(stage, "/dev/kvm has an ACL: %s", device->acl);
	if (system->user.text)
		stage_evidence(stage, "this user: %s", system->user.text);
	if (system->container)
		stage_evidence(stage, "container: %s", system->container);
	if (device->cgroup_rule)
		stage_evidence(stage, "device rules for 10:232: %s",
			       device->cgroup_rule);
}

static void judge_error(struct stage *stage, int error)
{
	char name[ERRNAME_SIZE];

	errname_format(name, error);
	stage_evidence(stage, "open(\"/dev/kvm\", O_RDWR): %s", name);
	switch (error) {
	case ENOENT:
		missing(stage);
		break;
	case EACCES:
		denied(stage);
		break;
	case EPERM:
		device_rules(stage);
		break;
	case ENODEV:
	case ENXIO:
		nothing_behind(stage, name);
		break;
	default:
		stage_fail(stage, REASON_DEVICE_BLOCKED);
		stage_summary(stage, "opening /dev/kvm gives %s", name);
		stage_remedy(stage, "The kernel's log (dmesg) may say why.");
		break;
	}
}

void stage_device(struct stage *stage)
{
	const struct device *device = stage->v->device;
	bool kernel_known = stage->v->system->kernel_known;

	if (!device->state_text && !stage->v->open_known) {
		stage->status = kernel_known ? STAGE_UNKNOWN : STAGE_SKIPPED;
		if (kernel_known)
			remedy_evidence(stage);
		return;
	}
	show_node(stage);
	if (stage->v->open_known && !stage->v->open_error) {
		stage_evidence(stage, "open(\"/dev/kvm\", O_RDWR): ok");
	} else if (stage->v->open_known) {
		judge_error(stage, stage->v->open_error);
	} else if (device->state == DEVICE_MISSING) {
		missing(stage);
	} else if (device->access == ACCESS_READ_WRITE) {
		stage_evidence(stage,
			       "owner and mode let this user read and write");
	} else if (device->access != ACCESS_UNKNOWN) {
		denied(stage);
	} else {
		stage->status = STAGE_UNKNOWN;
		remedy_evidence(stage);
	}
}
