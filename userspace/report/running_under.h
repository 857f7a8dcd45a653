/* SPDX-License-Identifier: GPL-2.0-only */
/* How reports say which hypervisor this system runs under. */
#ifndef VIRTINFO_REPORT_RUNNING_UNDER_H
#define VIRTINFO_REPORT_RUNNING_UNDER_H

#include "model/hypervisor.h"
#include "output/json.h"

#define RUNNING_UNDER_SIZE 256

/* In one sentence: "running under KVM; outer hypervisor: Xen". */
void running_under_sentence(char text[RUNNING_UNDER_SIZE],
			    const struct hypervisor *hypervisor);

/* In a few words, after a title: "KVM (likely)", "none", "not known". */
void running_under_words(char text[RUNNING_UNDER_SIZE],
			 const struct hypervisor *hypervisor);

/* "running_under": the name, "none" without a hypervisor, null: not known. */
void running_under_json(struct json *json, const struct hypervisor *hypervisor);

/* null where the answer is not known. */
void json_answer(struct json *json, const char *key, enum answer answer);

#endif
