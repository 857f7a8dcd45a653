/* SPDX-License-Identifier: GPL-2.0-only */
/* Parameters of KVM's modules (tables/parameters.def). */
#ifndef VIRTINFO_MODEL_PARAMETERS_H
#define VIRTINFO_MODEL_PARAMETERS_H

#include "model/decode.h"

struct kvm_parameter {
	const char *module;
	const char *name;
	bool beside; /* no verdict asks for it */
};

extern const struct kvm_parameter kvm_parameters[];
extern const size_t kvm_parameter_count;

/* Is it on? Unknown where the host does not say, or says another word. */
enum answer kvm_parameter_answer(const struct host *host,
				 const struct kvm_parameter *parameter);

#endif
