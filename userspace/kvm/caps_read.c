// SPDX-License-Identifier: GPL-2.0-only
/* Asking a live KVM. */
#include <errno.h>
#include <linux/kvm.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "kvm/caps.h"
#include "kvm/device.h"
#include "kvm/offer.h"

/* More than any kernel lists; a longer list is asked for again by its size. */
#define MSR_LIST_START 64

static int check_extension(int fd, int number, int *error)
{
	int value = ioctl(fd, KVM_CHECK_EXTENSION, (unsigned long)number);

	*error = value < 0 ? errno : 0;
	return value < 0 ? 0 : value;
}

/* A VM only to put questions to; -1 where there is none. */
static int create_vm(int device)
{
	int vm = -1;

	/* Signals that keep coming must not keep this here for ever. */
	for (int tries = 0; tries < 10 && vm < 0; tries++) {
		vm = ioctl(device, KVM_CREATE_VM, 0);
		if (vm < 0 && errno != EINTR)
			break;
	}
	return vm;
}

static int read_caps(struct kvm_caps *caps, int device, int vm)
{
	int no_answer;

	if (check_extension(device, KVM_CAP_CHECK_EXTENSION_VM, &no_answer) <=
	    0)
		vm = -1;
	for (int number = 0; number < KVM_CAP_NUMBER_END; number++) {
		const struct kvm_cap_row *row = kvm_cap_find(number);
		struct kvm_cap cap = { .number = number, .asked = true };
		int error;

		cap.value = check_extension(device, number, &cap.error);
		if (vm >= 0) {
			cap.vm_value = check_extension(vm, number, &error);
			cap.per_vm = !error && !cap.error &&
				     cap.vm_value != cap.value;
		}
		if (!row && !cap.value && !cap.per_vm)
			continue;
		if (kvm_caps_add(caps, &cap))
			return -ENOMEM;
	}
	return 0;
}

/* The list of indices, to be freed; NULL with *error set. */
static struct kvm_msr_list *msr_list(int device, int *error)
{
	uint32_t capacity = MSR_LIST_START;

	for (;;) {
		struct kvm_msr_list *list;

		list = calloc(1, sizeof(*list) +
					 capacity * sizeof(list->indices[0]));
		if (!list) {
			*error = ENOMEM;
			return NULL;
		}
		list->nmsrs = capacity;
		if (!ioctl(device, KVM_GET_MSR_FEATURE_INDEX_LIST, list))
			return list;
		*error = errno;
		if (*error != E2BIG || list->nmsrs <= capacity) {
			free(list);
			return NULL;
		}
		capacity = list->nmsrs;
		free(list);
	}
}

static struct kvm_msr read_msr(int device, uint32_t index)
{
	struct kvm_msr msr = { .index = index };

	msr.readable = !kvm_get_msr(device, index, &msr.value);
	return msr;
}

static int read_msrs(struct kvm_caps *caps, int device)
{
	struct kvm_msr_list *list = msr_list(device, &caps->msr_error);
	int error = 0;

	if (!list)
		return caps->msr_error == ENOMEM ? -ENOMEM : 0;
	for (uint32_t i = 0; i < list->nmsrs && !error; i++) {
		struct kvm_msr msr = read_msr(device, list->indices[i]);

		error = kvm_caps_add_msr(caps, &msr);
	}
	free(list);
	return error;
}

static void read_release(struct kvm_caps *caps)
{
	struct utsname name;

	if (uname(&name))
		return;
	memcpy(caps->release, name.release, sizeof(caps->release));
	caps->release[sizeof(caps->release) - 1] = '\0';
}

int kvm_caps_read(struct kvm_caps *caps, const char *path, bool offer)
{
	int device, vm, error;

	*caps = (struct kvm_caps){ .known = true, .api = -1 };
	read_release(caps);
	device = kvm_device_open(path);
	if (device < 0) {
		caps->open_error = -device;
		return 0;
	}
	caps->api = kvm_device_api(device);
	if (caps->api < 0) {
		caps->api = -1;
		close(device);
		return 0;
	}
	vm = create_vm(device);
	error = read_caps(caps, device, vm);
	if (!error)
		error = read_msrs(caps, device);
	if (!error && offer)
		error = kvm_offer_read(caps, device, vm);
	if (vm >= 0)
		close(vm);
	close(device);
	return error;
}
