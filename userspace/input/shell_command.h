/* SPDX-License-Identifier: GPL-2.0-only */
/* The commands whose answers tell nothing without them (input/shell.c). */
#ifndef VIRTINFO_INPUT_SHELL_COMMAND_H
#define VIRTINFO_INPUT_SHELL_COMMAND_H

#include "input/modprobe_said.h"
#include "input/scan.h"

enum asked {
	ASKED_NOTHING,
	ASKED_RELEASE,	  /* uname -r, cat /proc/sys/kernel/osrelease */
	ASKED_PARAMETER,  /* cat /sys/module/MODULE/parameters/NAME */
	ASKED_FLAG_COUNT, /* grep -c vmx /proc/cpuinfo */
	ASKED_FLAGS,	  /* the same without -c: prints the lines */
	ASKED_MODULES,	  /* lsmod | grep kvm */
	ASKED_LOAD,	  /* modprobe MODULE */
	ASKED_GROUPS,	  /* groups, id -nG */
	ASKED_NODE,	  /* ls /dev/kvm, /dev/sev... */
	ASKED_HYPERVISOR, /* systemd-detect-virt */
	ASKED_VIRTUALBOX, /* VBoxManage --version */
};

struct shell_command {
	enum asked asked;
	const char *path, *path_end;   /* of ASKED_PARAMETER */
	char module[MODULE_NAME_SIZE]; /* of ASKED_LOAD */
	bool vmx, svm;		       /* which flags were looked for */
};

/*
 * Is the line, with a prompt or without, one of them? Lines that begin with a
 * prompt and have another command, or none, are ASKED_NOTHING and not false:
 * there the answer of the one before has ended.
 */
bool shell_command_of(const struct line *line, struct shell_command *command);

#endif
