/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Facts about the live system that tell what is above it and what on it can
 * host guests. Nothing is run and nothing is changed: files are read.
 *
 *	dmi NAME		a DMI string, such as sys_vendor
 *	hypervisor type		/sys/hypervisor/type, or "none"
 *	xen guest type, xen capabilities, xen features, xen version
 *	module NAME		loaded, builtin, loadable, absent, or unknown: not
 *				loaded, and no folder of modules to look in
 *	module NAME users	how many use a loaded module
 *	node PATH		present or absent
 *	program NAME		its path, or absent
 *	process NAME		how many run
 *	jailhouse enabled	0 or 1
 *	iommu units, iommu groups	names of /sys/class/iommu; a count
 *	acpi DMAR, acpi IVRS	present or absent
 */
#ifndef VIRTINFO_INPUT_SYSTEM_HYPERVISORS_H
#define VIRTINFO_INPUT_SYSTEM_HYPERVISORS_H

/* One fact; both strings are only valid during the call. */
typedef void system_emit(void *context, const char *key, const char *value);

/*
 * Emit what the system at root tells; "" is this system, another folder one
 * laid out alike, for tests. What cannot be read is not emitted.
 */
void system_hypervisors(const char *root, system_emit *emit, void *context);

#endif
