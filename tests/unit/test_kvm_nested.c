// SPDX-License-Identifier: GPL-2.0-only
/* The hardware's VMX controls beside those that KVM offers. */
#include "kvm_offer.h"

#include <stdlib.h>
#include <string.h>

#include "model/nested.h"

static void set_msr(struct host_group *group, u32 address, u64 value)
{
	for (size_t i = 0; i < VI_NR_MSRS; i++) {
		if (vi_msrs[i].address != address ||
		    vi_msrs[i].flags & VI_CONTROL_REGISTER)
			continue;
		group->sample.msr[i] = value;
		group->sample.msr_status[i] = VI_READ;
		return;
	}
	fail_msg("no MSR 0x%x in the table", address);
}

static struct host *host_with(unsigned int groups)
{
	struct host *host = host_new(HOST_CAPTURE, "test");

	assert_non_null(host);
	for (unsigned int i = 0; i < groups; i++)
		assert_non_null(host_add_group(host));
	return host;
}

/* The row of a field, NULL when the comparison has none. */
static const struct nested_row *row_of(const struct nested_row *rows, int count,
				       enum field_id field)
{
	for (int i = 0; i < count; i++)
		if (rows[i].field == field)
			return &rows[i];
	return NULL;
}

#define EPT    FIELD_IA32_VMX_PROCBASED_CTLS2_enable_ept
#define VPID   FIELD_IA32_VMX_PROCBASED_CTLS2_enable_vpid
#define RDTSCP FIELD_IA32_VMX_PROCBASED_CTLS2_enable_rdtscp

/* Bit 1 is EPT, bit 3 RDTSCP, bit 5 VPID; may-be-1 in the high half. */
#define MAY(bits) ((uint64_t)(bits) << 32)

static void controls_are_compared(void **state)
{
	struct host *host = host_with(1);
	struct kvm_caps caps = { .known = true };
	struct nested_row *rows;
	int count;

	(void)state;
	set_msr(host->groups[0], 0x48b, MAY(0x22));
	add_msr(&caps, 0x48b, MAY(0x0a));
	count = nested_compare(host, &caps, &rows);
	assert_true(count > 3);
	assert_int_equal(row_of(rows, count, EPT)->relation, NESTED_SAME);
	assert_string_equal(row_of(rows, count, EPT)->kvm, "yes");
	assert_int_equal(row_of(rows, count, VPID)->relation, NESTED_WITHHELD);
	assert_string_equal(row_of(rows, count, VPID)->hardware, "yes");
	assert_string_equal(row_of(rows, count, VPID)->kvm, "no");
	assert_int_equal(row_of(rows, count, RDTSCP)->relation,
			 NESTED_EMULATED);
	free(rows);
	kvm_caps_free(&caps);
	host_free(host);
}

static void not_told_is_not_no(void **state)
{
	struct host *host = host_with(1);
	struct kvm_caps caps = { .known = true };
	struct nested_row *rows;
	int count;

	(void)state;
	assert_int_equal(nested_compare(host, &caps, &rows), 0);
	free(rows);

	/* KVM tells, the hardware's register was not read. */
	add_msr(&caps, 0x48b, MAY(0x22));
	count = nested_compare(host, &caps, &rows);
	assert_string_equal(row_of(rows, count, EPT)->hardware, "unknown");
	assert_string_equal(row_of(rows, count, EPT)->kvm, "yes");
	assert_int_equal(row_of(rows, count, EPT)->relation, NESTED_UNKNOWN);
	free(rows);
	kvm_caps_free(&caps);

	/* The other way round: nested virtualization is off. */
	set_msr(host->groups[0], 0x48b, MAY(0x22));
	count = nested_compare(host, &caps, &rows);
	assert_string_equal(row_of(rows, count, EPT)->hardware, "yes");
	assert_string_equal(row_of(rows, count, EPT)->kvm, "unknown");
	assert_int_equal(row_of(rows, count, EPT)->relation, NESTED_UNKNOWN);
	free(rows);
	host_free(host);
}

static void cpus_that_differ_are_told(void **state)
{
	struct host *host = host_with(2);
	struct kvm_caps caps = { .known = true };
	struct nested_row *rows;
	int count;

	(void)state;
	set_msr(host->groups[0], 0x48b, MAY(0x22));
	set_msr(host->groups[1], 0x48b, MAY(0x02));
	add_msr(&caps, 0x48b, MAY(0x02));
	count = nested_compare(host, &caps, &rows);
	assert_int_equal(row_of(rows, count, EPT)->relation, NESTED_SAME);
	assert_string_equal(row_of(rows, count, VPID)->hardware, "CPUs differ");
	assert_int_equal(row_of(rows, count, VPID)->relation, NESTED_DIFFERS);
	free(rows);
	kvm_caps_free(&caps);
	host_free(host);
}

static void msrs_have_names(void **state)
{
	(void)state;
	assert_string_equal(nested_msr_name(0x480), "IA32_VMX_BASIC");
	assert_string_equal(nested_msr_name(0x8b), "IA32_BIOS_SIGN_ID");
	assert_null(nested_msr_name(0x12345));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(controls_are_compared),
		cmocka_unit_test(not_told_is_not_no),
		cmocka_unit_test(cpus_that_differ_are_told),
		cmocka_unit_test(msrs_have_names),
	};

	return cmocka_run_group_tests_name("kvm_nested", tests, NULL, NULL);
}
