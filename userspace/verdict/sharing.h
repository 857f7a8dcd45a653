/* SPDX-License-Identifier: GPL-2.0-only */
/* Two hypervisors on one kernel: who holds VMX or SVM, and how they share it. */
#ifndef VIRTINFO_VERDICT_SHARING_H
#define VIRTINFO_VERDICT_SHARING_H

#include "model/system.h"

/* How VirtualBox gets VMX or SVM beside KVM. */
enum virtualbox_way {
	VIRTUALBOX_UNKNOWN,
	VIRTUALBOX_TAKES_IT,  /* KVM must not hold it */
	VIRTUALBOX_ASKS_KVM,  /* KVM may hold it or not */
	VIRTUALBOX_NEEDS_KVM, /* KVM, where it is loaded, must hold it */
};

/* By the version of vboxdrv and the kernel's release. */
enum virtualbox_way virtualbox_way(const struct system *system);

/* Does KVM, if it is loaded, hold it from then on? It does from 6.12 on. */
bool kvm_holds_at_load(const struct system *system);

#endif
