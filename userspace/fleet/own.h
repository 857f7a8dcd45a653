/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is a host's own: hosts that are alike differ in it. Everything else is
 * written down here in one order, so that hosts are alike where the bytes are.
 */
#ifndef VIRTINFO_FLEET_OWN_H
#define VIRTINFO_FLEET_OWN_H

#include "fleet/bytes.h"
#include "model/host.h"

/* Registers of a group, and the CPUs it stands for. Bits that vary are 0. */
void own_put_registers(struct bytes *bytes, const struct host_group *group);
void own_put_lists(struct bytes *bytes, const struct host_group *group);

/* Back into an empty group. Returns 0, or -1 without memory. */
int own_take_registers(struct host_group *group, const char *at);
int own_take_lists(struct host_group *group, const char *at);

/* Does one of the CPUs run under a hypervisor? */
bool own_is_guest(const struct host *host);

#define OWN_VALUE 32

/*
 * The value of a fact in hosts that are alike: of numbers that only have to be
 * 0 or not, "0", "1" or "-1"; of what is measured five digits, the others being
 * 0. NULL where the fact is the host's own. It may be in buffer.
 */
const char *own_fact(char buffer[OWN_VALUE], const struct fact *fact,
		     bool guest);

#endif
