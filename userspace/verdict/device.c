// SPDX-License-Identifier: GPL-2.0-only
/* May this user open /dev/kvm, and if not, what denies it? */
#include "verdict/stage.h"

#include <errno.h>
#include <string.h>

#include "base/errname.h"
#include "model/tool_words.h"

/* How each of them gives a container the device. */
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

static bool is_loaded(const struct verdict_context *v)
{
	return module_present(v->vendor) || has_module(v, "kvm_pvm");
}

/* The host's modules are those of its containers. */
static void remedy_load_on_host(struct stage *stage)
{
	if (stage->v->system->container &&
	    stage->v->vendor->state == MODULE_STATE_NOT_LOADED)
		stage_remedy(stage, "On the host, as root: modprobe %s.",
			     stage->v->vendor_module);
}

static void missing(struct stage *stage)
{
	const char *name = stage->v->system->container;

	/* A module that is not loaded is why, or it is not: kvm-ok looks at none. */
	if (!name && !is_loaded(stage->v)) {
		stage->status = STAGE_UNKNOWN;
		stage_summary(
			stage,
			"there is no /dev/kvm; whether KVM's module is loaded is not known");
		remedy_evidence(stage);
		return;
	}
	stage_fail(stage, REASON_DEVICE_MISSING);
	if (name) {
		stage_summary(stage,
			      "there is no /dev/kvm in this container (%s)",
			      name);
		remedy_load_on_host(stage);
		remedy_container(stage, name);
	} else if (stage->v->vendor->state == MODULE_STATE_BUILTIN) {
		stage_summary(
			stage,
			"there is no /dev/kvm although KVM is built in: it did not start");
		stage_remedy(
			stage,
			"The kernel log may say why: dmesg | grep -i kvm.");
	} else {
		stage_remedy(
			stage,
			"KVM is loaded, so only its node is missing: udevadm trigger /sys/class/misc/kvm, or mknod -m 0660 /dev/kvm c 10 232 and chgrp kvm /dev/kvm.");
	}
}

/* May the group read and write? Where it is not known it is taken to. */
static bool group_may(const struct device *device)
{
	return !device->mode_known || (device->mode & 0060) == 0060;
}

/* EACCES though owner, mode and ACL let the user in. */
static void forbidden(struct stage *stage)
{
	stage_fail(stage, REASON_DEVICE_BLOCKED);
	stage_summary(
		stage,
		"owner and mode let this user in, something else does not (EACCES)");
	if (stage->v->device->nodev)
		stage_remedy(
			stage,
			"It lies on a file system mounted nodev, where no node opens: mount it with dev, or bind the host's /dev/kvm there.");
	else
		stage_remedy(
			stage,
			"A security module (SELinux, AppArmor, Landlock) is the usual one: its log names the rule.");
}

#define UDEV_RULE                                                              \
	"A machine that is made anew each time needs a udev rule: KERNEL==\"kvm\", GROUP=\"kvm\", MODE=\"0666\" in /etc/udev/rules.d."

/* In a container the group's number counts, whatever its name there is. */
static void join_from_outside(struct stage *stage, const char *container,
			      unsigned int group)
{
	stage_summary(
		stage,
		"/dev/kvm belongs to group %u, in which this container's user is not",
		group);
	if (!strcmp(container, "kubernetes"))
		stage_remedy(
			stage,
			"Give the pod the group: securityContext.supplementalGroups: [%u].",
			group);
	else if (!strcmp(container, "docker") || !strcmp(container, "podman"))
		stage_remedy(
			stage,
			"Start the container with --group-add %u (Compose: group_add: [\"%u\"]; rootless podman: --group-add keep-groups).",
			group, group);
	else
		stage_remedy(
			stage,
			"Give the container's user the group with the number %u: in the container groupadd -g %u kvmhost and usermod -aG kvmhost USER.",
			group, group);
}

/* Made as root's where the host's udev rules or its group did not reach. */
static void of_root_in_container(struct stage *stage)
{
	stage_summary(stage, "/dev/kvm of this container is for root alone");
	stage_remedy(
		stage,
		"As root in the container, at each start: chgrp kvm /dev/kvm and chmod 0660 /dev/kvm, with the user in that group. Or on the host chgrp kvm /dev/kvm, and start the container with the number of that group.");
}

static void join_unnamed(struct stage *stage, unsigned int group)
{
	stage_summary(
		stage,
		"/dev/kvm belongs to group %u, in which this user is not, and which has no name here",
		group);
	stage_remedy(
		stage,
		"As root: chgrp kvm /dev/kvm, and be in that group; or give the number a name and join it: groupadd -g %u kvmhost, usermod -aG kvmhost USER, then log out and in again.",
		group);
}

static void join_unmapped(struct stage *stage)
{
	const char *container = stage->v->system->container;

	stage_summary(
		stage,
		"the group of /dev/kvm is not mapped into this user namespace");
	/* Each container's own map decides, and may be given another group. */
	if (container && !strncmp(container, "lxc", 3))
		stage_remedy(
			stage,
			"Nobody can join it from inside. On the host give the device a group of this container: incus or lxc config device set NAME kvm gid=GID mode=0660 (of a unix-char device), on Proxmox pct set ID -dev0 /dev/kvm,gid=GID; or chmod 0666 /dev/kvm there.");
	else
		stage_remedy(
			stage,
			"Nobody can join it from inside. Outside: be in the node's group and keep it (rootless podman: --group-add keep-groups), or setfacl -m u:USER:rw /dev/kvm for the user that starts the container.");
}

static void join(struct stage *stage)
{
	const struct device *device = stage->v->device;
	const char *container = stage->v->system->container;
	const char *group = device_group_name(device);

	if (device_group_unmapped(device))
		join_unmapped(stage);
	else if (device->listed)
		stage_remedy(
			stage,
			"This user has been put into the node's group since this session began: log out and in again, or newgrp %s.",
			group ? group : "kvm");
	else if (container && device->group_known && !device->group)
		of_root_in_container(stage);
	else if (container && device->group_known)
		join_from_outside(stage, container, device->group);
	else if (!group && device->group_known && device->group)
		join_unnamed(stage, device->group);
	else if ((device->group_known && !device->group) ||
		 (group && !strcmp(group, "root")))
		stage_remedy(
			stage,
			"The node belongs to group root, so udev's rules for KVM did not run: as root, chgrp kvm /dev/kvm and chmod 0660 /dev/kvm, or restart with the distribution's udev rules.");
	else
		stage_remedy(
			stage,
			"As root: usermod -aG %s USER, then log out and in again. For this user at once, until the next start: setfacl -m u:USER:rw /dev/kvm. " UDEV_RULE,
			group ? group : "kvm");
}

static void denied(struct stage *stage)
{
	const struct device *device = stage->v->device;
	const struct user *user = &stage->v->system->user;
	const char *group = device_group_name(device);
	bool member = device_group_has(device, user);

	stage_fail(stage, REASON_PERMISSION_DENIED);
	if (device->acl && (member || device_acl_denies(device, user))) {
		stage_summary(
			stage,
			"the access control list of /dev/kvm keeps this user out");
		stage_remedy(
			stage,
			"The node's ACL keeps this user out, and another group does not change that: getfacl /dev/kvm shows the entry or the mask. As root: setfacl -m u:USER:rw,m::rw /dev/kvm, or setfacl -b /dev/kvm to go by owner and mode alone.");
	} else if (!group_may(device) &&
		   stage->v->hypervisor->service == SERVICE_WSL2) {
		stage_summary(stage, "/dev/kvm is for root alone");
		/* It has no udev of its own: the node is root's again each time. */
		stage_remedy(
			stage,
			"WSL makes the node anew at each start, for root alone: as root, chgrp kvm /dev/kvm and chmod 0660 /dev/kvm, and be in that group (usermod -aG kvm USER); to keep it, in /etc/wsl.conf under [boot]: command = chgrp kvm /dev/kvm && chmod 0660 /dev/kvm, or systemd=true for the distribution's udev rules; then wsl --shutdown.");
	} else if (!group_may(device)) {
		stage_summary(stage,
			      "the mode of /dev/kvm keeps its group out");
		stage_remedy(
			stage,
			"The mode gives the node's group nothing: as root, chgrp kvm /dev/kvm and chmod 0660 /dev/kvm, or restart with the distribution's udev rules%s.",
			member ?
				"" :
				"; then be in that group (usermod -aG kvm USER, and log in again)");
	} else if (member) {
		stage_remedy(
			stage,
			"This user is in the node's group %s already: ls -l and getfacl /dev/kvm show what else is set. As root, setfacl -m u:USER:rw /dev/kvm lets the user in at once.",
			group ? group : "");
	} else {
		join(stage);
	}
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
	remedy_load_on_host(stage);
	stage_remedy(
		stage,
		"KVM did not start in this kernel, or the node has wrong numbers (it must be character 10:232). See dmesg | grep -i kvm.");
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
		if (stage->v->device->access == ACCESS_READ_WRITE)
			forbidden(stage);
		else
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
		stage_remedy(stage, "The kernel log (dmesg) may say why.");
		break;
	}
}

/* Two commands tell, and --input reads what they print. */
static void not_known(struct stage *stage)
{
	stage->status = STAGE_UNKNOWN;
	if (!is_loaded(stage->v)) {
		remedy_evidence(stage);
		return;
	}
	stage_summary(
		stage,
		"KVM is loaded; whether this user may open /dev/kvm is not known");
	stage_remedy(
		stage,
		"\"ls -l /dev/kvm; id\" on that machine tells: add what it prints to the input. \"virtinfo check\" there tells too, and tries a guest.");
}

void stage_device(struct stage *stage)
{
	const struct device *device = stage->v->device;
	bool kernel_known = stage->v->system->kernel_known;

	if (!device->state_text && !stage->v->open_known &&
	    !tool_used_kvm(stage->v->system)) {
		if (kernel_known)
			not_known(stage);
		else
			stage->status = STAGE_SKIPPED;
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
	} else if (tool_used_kvm(stage->v->system)) {
		stage_evidence(stage, "%s: it opens",
			       tool_used_kvm(stage->v->system)->name.text);
	} else {
		not_known(stage);
	}
}
