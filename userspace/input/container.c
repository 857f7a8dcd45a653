// SPDX-License-Identifier: GPL-2.0-only
/* Is this a container, and whose? */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/gather.h"

/* The kernel's own numbers of the first namespaces (linux/proc_ns.h). */
#define FIRST_PID_NAMESPACE    "pid:[4026531836]"
#define FIRST_CGROUP_NAMESPACE "cgroup:[4026531835]"

static bool link_is(const struct gather *gather, const char *path,
		    const char *expected)
{
	char full[GATHER_PATH], target[64];
	ssize_t length;

	if (!gather_path(gather, full, "%s", path))
		return false;
	length = readlink(full, target, sizeof(target) - 1);
	if (length < 0)
		return false;
	target[length] = '\0';
	return !strcmp(target, expected);
}

/* Images leave their marks in machines that are made from them. */
static bool in_first_namespaces(const struct gather *gather)
{
	return link_is(gather, "/proc/self/ns/pid", FIRST_PID_NAMESPACE) &&
	       link_is(gather, "/proc/self/ns/cgroup", FIRST_CGROUP_NAMESPACE);
}

/* The variable "container" of process 1, or of this one. */
static bool from_environment(const struct gather *gather,
			     char name[GATHER_LINE])
{
	static const char variable[] = "container=";
	FILE *file = gather_open(gather, "/proc/1/environ");
	char *word = NULL;
	size_t size = 0;
	bool found = false;

	if (!file)
		return false;
	while (!found && getdelim(&word, &size, '\0', file) > 0)
		if (!strncmp(word, variable, sizeof(variable) - 1)) {
			snprintf(name, GATHER_LINE, "%.60s",
				 word + sizeof(variable) - 1);
			found = *name != '\0';
		}
	free(word);
	fclose(file);
	return found;
}

static const char *from_cgroup(const struct gather *gather)
{
	static const char *const words[][2] = {
		{ "kubepods", "kubernetes" },
		{ "docker", "docker" },
		{ "libpod", "podman" },
		{ "/lxc", "lxc" },
	};
	FILE *file = gather_open(gather, "/proc/1/cgroup");
	const char *found = NULL;
	char line[1024];

	if (!file)
		return NULL;
	while (!found && fgets(line, sizeof(line), file))
		for (size_t i = 0; i < ARRAY_SIZE(words) && !found; i++)
			if (strstr(line, words[i][0]))
				found = words[i][1];
	fclose(file);
	return found;
}

void gather_container(struct gather *gather)
{
	const char *name = NULL;
	char line[GATHER_LINE];

	if (in_first_namespaces(gather))
		name = "none";
	else if (!*gather->options->root && getenv("KUBERNETES_SERVICE_HOST"))
		name = "kubernetes";
	else if (gather_line(gather, line, "/run/systemd/container") && *line)
		name = line;
	else if (gather_exists(gather, "/run/.containerenv"))
		name = "podman";
	else if (gather_exists(gather, "/.dockerenv"))
		name = "docker";
	else if (from_environment(gather, line))
		name = line;
	else
		name = from_cgroup(gather);
	gather_fact(gather, "container", "%s", name ? name : "none");
}
