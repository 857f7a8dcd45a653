/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a person asks of a CPU first, in one word each. These are the only
 * judgements that the module makes.
 */
#ifndef VIRTINFO_SUMMARY_H
#define VIRTINFO_SUMMARY_H

#include "sample.h"

enum vi_extension { VI_NO_EXTENSION, VI_VMX, VI_SVM };

enum vi_state {
	VI_STATE_NONE,	  /* no extension */
	VI_STATE_UNKNOWN, /* the register that has it was not readable */
	VI_STATE_ENABLED,
	VI_STATE_UNLOCKED, /* neither on nor locked off: ring 0 may enable it */
	VI_STATE_DISABLED, /* locked off */
	VI_STATE_SMX_ONLY, /* VMX inside SMX operation only */
};

enum vi_paging {
	VI_PAGING_NONE,
	VI_PAGING_UNKNOWN,
	VI_PAGING_EPT,
	VI_PAGING_NPT
};

enum vi_extension vi_extension(const struct vi_sample *sample);
/* From IA32_FEATURE_CONTROL (SDM vol3C 25.7) or VM_CR (APM vol2 15.30.1). */
enum vi_state vi_state(const struct vi_sample *sample);
/* Second-level address translation. */
enum vi_paging vi_paging(const struct vi_sample *sample);

const char *vi_extension_name(enum vi_extension extension);
const char *vi_state_name(enum vi_state state);
const char *vi_paging_name(enum vi_paging paging);

/* Is VMX (CR4.VMXE) or SVM (EFER.SVME) on at this moment? Unknown is no. */
bool vi_vmx_on(const struct vi_sample *sample);
bool vi_svm_on(const struct vi_sample *sample);

/* The vendor's 12 bytes, and the model name's 48; not safe to print. */
void vi_vendor(const struct vi_sample *sample, char vendor[12]);
void vi_model_name(const struct vi_sample *sample, char name[48]);

/* Family, model and stepping as leaf 1 EAX has them, extensions added. */
struct vi_signature {
	u32 family;
	u32 model;
	u32 stepping;
};

struct vi_signature vi_signature(u32 eax);

#endif
