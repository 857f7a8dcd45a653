// SPDX-License-Identifier: GPL-2.0-only
#include <linux/kvm.h>

#include "kvm/caps.h"
#include "types.h"

const int kvm_cap_classics[KVM_CAP_CLASSICS] = {
	KVM_CAP_USER_MEMORY, KVM_CAP_SET_TSS_ADDR, KVM_CAP_EXT_CPUID,
	KVM_CAP_NR_VCPUS,    KVM_CAP_MAX_VCPUS,
};

#define ARCHITECTURE_X86   true
#define ARCHITECTURE_OTHER false

const struct kvm_cap_row kvm_cap_rows[] = {
#define KVM_CAP_ROW(nr, cap, arch, value_kind, gone, here, text, where)        \
	{                                                                      \
		.number = nr,                                                  \
		.name = "KVM_CAP_" #cap,                                       \
		.x86 = ARCHITECTURE_##arch,                                    \
		.kind = KVM_CAP_KIND_##value_kind,                             \
		.missing = gone,                                               \
		.present = here,                                               \
		.meaning = text,                                               \
		.source = where,                                               \
	},
#include "tables/kvm_caps.def"
#undef KVM_CAP_ROW
};

const size_t kvm_cap_row_count = ARRAY_SIZE(kvm_cap_rows);

/* A name twice does not compile. */
enum {
#define KVM_CAP_ROW(nr, cap, arch, value_kind, gone, here, text, where)        \
	UNIQUE_##cap,
#include "tables/kvm_caps.def"
#undef KVM_CAP_ROW
};

#define KVM_CAP_ROW(nr, cap, arch, value_kind, gone, here, text, where)        \
	_Static_assert((gone) < (here), "KVM_CAP_" #cap ": missing, present"); \
	_Static_assert((nr) < KVM_CAP_NUMBER_END, "KVM_CAP_NUMBER_END too low");
#include "tables/kvm_caps.def"
#undef KVM_CAP_ROW

/* A number twice does not compile either. */
const struct kvm_cap_row *kvm_cap_find(int number)
{
	switch (number) {
#define KVM_CAP_ROW(nr, cap, arch, value_kind, gone, here, text, where)        \
	case nr:                                                               \
		return &kvm_cap_rows[UNIQUE_##cap];
#include "tables/kvm_caps.def"
#undef KVM_CAP_ROW
	default:
		return NULL;
	}
}

const char *kvm_cap_kind_name(enum kvm_cap_kind kind)
{
	static const char *const names[] = {
		[KVM_CAP_KIND_BOOL] = "boolean",
		[KVM_CAP_KIND_COUNT] = "count",
		[KVM_CAP_KIND_BITMASK] = "bitmask",
		[KVM_CAP_KIND_BYTES] = "bytes",
		[KVM_CAP_KIND_BITS] = "bits",
		[KVM_CAP_KIND_ENUM] = "enum",
		[KVM_CAP_KIND_PAGE_OFFSET] = "page offset",
		[KVM_CAP_KIND_NANOSECONDS] = "nanoseconds",
	};

	return names[kind];
}
