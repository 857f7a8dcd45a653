// SPDX-License-Identifier: GPL-2.0-only
/* Where the leaves of hypervisors are found. */
#include "machine.h"

static void read_hv(struct machine *machine, struct vi_hv *hv)
{
	struct vi_reader reader = reader_of(machine);

	vi_hv_read(hv, &reader);
}

static void bare_metal_has_no_hypervisor(void **state)
{
	struct machine machine = plain(INTEL);
	struct vi_hv hv;

	(void)state;
	/* It answers there with the data of its highest basic leaf. */
	machine.highest_basic[VI_EAX] = 0x40000001;
	memcpy(&machine.highest_basic[VI_EBX], "KVMKVMKVM\0\0", 12);
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 0);
	/* With the bit, what looks like no range is none. */
	has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
	machine.highest_basic[VI_EAX] = 7;
	machine.highest_basic[VI_EBX] = 0x340;
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 0);
}

static void one_range_behind_another(void **state)
{
	struct machine machine = plain(INTEL);
	const struct vi_hv_leaf *leaf;
	struct vi_hv hv;

	(void)state;
	has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
	has_text(&machine, 0x40000000, 0x40000002, "Microsoft Hv");
	has_leaf(&machine, 0x40000001, 0, 0x31237648, 0, 0, 0);
	has_leaf(&machine, 0x40000002, 0, 0x4563, 0, 0, 0);
	has_text(&machine, 0x40000100, 0x40000101, "KVMKVMKVM\0\0");
	has_leaf(&machine, 0x40000101, 0, 0x1007ffb, 0, 0, 0);
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 5);
	assert_false(hv.truncated);
	leaf = vi_hv_find(&hv, "KVMKVMKVM\0\0");
	assert_non_null(leaf);
	assert_int_equal(leaf->leaf, 0x40000100);
	leaf = vi_hv_leaf(&hv, 0x40000101, 0);
	assert_non_null(leaf);
	assert_int_equal(leaf->reg[VI_EAX], 0x1007ffb);
	assert_non_null(vi_hv_find(&hv, "Microsoft Hv"));
	assert_null(vi_hv_find(&hv, "XenVMMXenVMM"));
}

static void very_old_kvm_says_no_maximum(void **state)
{
	struct machine machine = plain(INTEL);
	struct vi_hv hv;

	(void)state;
	has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
	has_text(&machine, 0x40000000, 0, "KVMKVMKVM\0\0");
	has_leaf(&machine, 0x40000001, 0, 7, 0, 0, 0);
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 2);
	assert_int_equal(hv.leaves[1].reg[VI_EAX], 7);
}

static void xens_time_leaf_has_three(void **state)
{
	struct machine machine = plain(INTEL);
	struct vi_hv hv;

	(void)state;
	has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
	has_text(&machine, 0x40000100, 0x40000103, "XenVMMXenVMM");
	has_leaf(&machine, 0x40000103, 2, 2400000, 0, 0, 0);
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 6);
	assert_int_equal(vi_hv_leaf(&hv, 0x40000103, 2)->reg[VI_EAX], 2400000);
}

/* Others may have taken all the places before. */
static void the_last_place_is_asked(void **state)
{
	struct machine machine = plain(INTEL);
	struct vi_hv hv;

	(void)state;
	has_leaf(&machine, 1, 0, 0, 0, 1U << 31, 0);
	has_text(&machine, 0x4000ff00, 0x4000ff01, "KVMKVMKVM\0\0");
	has_leaf(&machine, 0x4000ff01, 0, 0x1007ffb, 0, 0, 0);
	read_hv(&machine, &hv);
	assert_int_equal(hv.count, 2);
	assert_int_equal(vi_hv_leaf(&hv, 0x4000ff01, 0)->reg[VI_EAX],
			 0x1007ffb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bare_metal_has_no_hypervisor),
		cmocka_unit_test(one_range_behind_another),
		cmocka_unit_test(very_old_kvm_says_no_maximum),
		cmocka_unit_test(xens_time_leaf_has_three),
		cmocka_unit_test(the_last_place_is_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
