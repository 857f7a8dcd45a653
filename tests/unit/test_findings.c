// SPDX-License-Identifier: GPL-2.0-only
/* What does not fit together in the registers of a group. */
#include "group.h"

#include <stdio.h>

#include "model/findings.h"

/*
 * The VMX registers of a processor without fault, in plain numbers: those of
 * an emulated Skylake-X. Every test breaks one of them.
 */
static void make_sound(struct host_group *group)
{
	memset(group, 0, sizeof(*group));
	set_leaf(group, VI_L1, 0x50654, 0, 1 << 5, 0);
	set_msr(group, VI_IA32_VMX_BASIC, 0x00d8100000000001);
	set_msr(group, VI_IA32_VMX_PINBASED_CTLS, 0x000000ff00000016);
	set_msr(group, VI_IA32_VMX_TRUE_PINBASED_CTLS, 0x000000ff00000016);
	set_msr(group, VI_IA32_VMX_PROCBASED_CTLS, 0xfff9fffe0401e172);
	set_msr(group, VI_IA32_VMX_TRUE_PROCBASED_CTLS, 0xfff9fffe04006172);
	set_msr(group, VI_IA32_VMX_PROCBASED_CTLS2, 0x035fffff00000000);
	set_msr(group, VI_IA32_VMX_EXIT_CTLS, 0x03ffffff00036dff);
	set_msr(group, VI_IA32_VMX_TRUE_EXIT_CTLS, 0x03ffffff00036dfb);
	set_msr(group, VI_IA32_VMX_ENTRY_CTLS, 0x0007ffff000011ff);
	set_msr(group, VI_IA32_VMX_TRUE_ENTRY_CTLS, 0x0007ffff000011fb);
	set_msr(group, VI_IA32_VMX_MISC, 0x000000007004c1e7);
	set_msr(group, VI_IA32_VMX_CR0_FIXED0, 0x80000021);
	set_msr(group, VI_IA32_VMX_CR0_FIXED1, 0xffffffff);
	set_msr(group, VI_IA32_VMX_CR4_FIXED0, 0x2000);
	set_msr(group, VI_IA32_VMX_CR4_FIXED1, 0x3767ff);
	set_msr(group, VI_IA32_VMX_EPT_VPID_CAP, 0x00000f0106734141);
	set_msr(group, VI_IA32_VMX_VMFUNC, 1);
}

static void clear_may(struct host_group *group, enum vi_msr msr,
		      unsigned int bit)
{
	group->sample.msr[msr] &= ~(1ULL << (bit + 32));
}

/* Exactly these findings, one a line. */
static void expect(const struct host_group *group, const char *want)
{
	struct findings findings = { .list = NULL };
	char have[4096] = "";
	size_t i, at = 0;

	assert_int_equal(findings_of(&findings, group), 0);
	for (i = 0; i < findings.count; i++) {
		const struct finding *finding = &findings.list[i];

		at += snprintf(have + at, sizeof(have) - at, "%s.%s: %s\n",
			       register_info(finding->reg)->name,
			       finding->field == NR_FIELDS ?
				       "*" :
				       field_info(finding->field)->name,
			       finding->text);
	}
	findings_free(&findings);
	assert_string_equal(have, want);
}

static void a_sound_processor_has_none(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	expect(&group, "");
}

static void what_was_not_read_is_not_judged(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	memset(group.sample.msr_status, VI_GP, sizeof(group.sample.msr_status));
	expect(&group, "");
	memset(group.sample.msr_status, VI_ABSENT,
	       sizeof(group.sample.msr_status));
	memset(group.sample.leaf_status, VI_ABSENT,
	       sizeof(group.sample.leaf_status));
	expect(&group, "");
}

static void must_be_1_but_may_not(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	group.sample.msr[VI_IA32_VMX_PROCBASED_CTLS] |= 1 << 18;
	group.sample.msr[VI_IA32_VMX_TRUE_PROCBASED_CTLS] |= 1 << 18;
	expect(&group,
	       "IA32_VMX_PROCBASED_CTLS.*: control 18 must be 1 and must be 0\n"
	       "IA32_VMX_PROCBASED_CTLS.*: reserved bits are set: 0x40000\n"
	       "IA32_VMX_TRUE_PROCBASED_CTLS.*: control 18 must be 1 and must be 0\n"
	       "IA32_VMX_TRUE_PROCBASED_CTLS.*: reserved bits are set: 0x40000\n");
}

static void true_disagrees_with_plain(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	clear_may(&group, VI_IA32_VMX_TRUE_PINBASED_CTLS, 6);
	group.sample.msr[VI_IA32_VMX_TRUE_PROCBASED_CTLS] |= 1 << 7;
	expect(&group,
	       "IA32_VMX_TRUE_PINBASED_CTLS.activate_vmx_preemption_timer: "
	       "control 6 may be 1 by only one of this register and the plain one\n"
	       "IA32_VMX_TRUE_PROCBASED_CTLS.hlt_exiting: "
	       "control 7 must be 1 by only one of this register and the plain one\n");
}

static void default1_may_be_0_in_the_plain_one(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	group.sample.msr[VI_IA32_VMX_EXIT_CTLS] &= ~4ULL;
	expect(&group,
	       "IA32_VMX_EXIT_CTLS.save_debug_controls: "
	       "control 2 is of the default1 class and yet may be 0 here\n");
}

static void secondary_control_that_must_be_1(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	group.sample.msr[VI_IA32_VMX_PROCBASED_CTLS2] |= 2;
	expect(&group,
	       "IA32_VMX_PROCBASED_CTLS2.enable_ept: "
	       "control 1 must be 1, though none of this word ever must\n");
}

static void basic(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	set_msr(&group, VI_IA32_VMX_BASIC, 0x00c0000000000001);
	expect(&group,
	       "IA32_VMX_BASIC.vmcs_size: the VMCS has 0 bytes, not 1 to 4096 (SDM vol3D App. A.1)\n");
	set_msr(&group, VI_IA32_VMX_BASIC, 0x00c0100100000001);
	expect(&group,
	       "IA32_VMX_BASIC.vmcs_size: the VMCS has 4097 bytes, not 1 to 4096 (SDM vol3D App. A.1)\n");
	set_msr(&group, VI_IA32_VMX_BASIC, 0x00c4100000000001);
	expect(&group,
	       "IA32_VMX_BASIC.vmcs_mem_type: 1 is no memory type for a VMCS (SDM vol3D App. A.1)\n");
	set_msr(&group, VI_IA32_VMX_BASIC, 0x02d8100080000001);
	expect(&group,
	       "IA32_VMX_BASIC.*: reserved bits are set: 0x200000080000000\n");
}

static void a_control_without_the_one_it_needs(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	clear_may(&group, VI_IA32_VMX_EXIT_CTLS, 15);
	clear_may(&group, VI_IA32_VMX_TRUE_EXIT_CTLS, 15);
	expect(&group,
	       "IA32_VMX_PINBASED_CTLS.process_posted_interrupts: "
	       "process_posted_interrupts is offered without "
	       "IA32_VMX_EXIT_CTLS.acknowledge_interrupt_on_exit, which it needs "
	       "(SDM vol3C 27.2.1.1)\n");

	make_sound(&group);
	group.sample.msr[VI_IA32_VMX_MISC] &= ~0x20ULL;
	expect(&group,
	       "IA32_VMX_PROCBASED_CTLS2.unrestricted_guest: unrestricted_guest is "
	       "offered without IA32_VMX_MISC.store_efer_lma, which it needs "
	       "(SDM vol3D App. A.6)\n");

	/* A control that is not offered needs nothing. */
	clear_may(&group, VI_IA32_VMX_PROCBASED_CTLS2, 7);
	expect(&group, "");
}

static void all_that_needs_ept(void **state)
{
	struct host_group group;
	struct findings findings = { .list = NULL };
	size_t i;

	(void)state;
	make_sound(&group);
	clear_may(&group, VI_IA32_VMX_PROCBASED_CTLS2, 1);
	assert_int_equal(findings_of(&findings, &group), 0);
	assert_int_equal(findings.count, 5);
	for (i = 0; i < findings.count; i++)
		assert_non_null(strstr(findings.list[i].text, "enable_ept"));
	findings_free(&findings);
}

static void ept_without_a_memory_type(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	group.sample.msr[VI_IA32_VMX_EPT_VPID_CAP] &= ~0x4100ULL;
	expect(&group,
	       "IA32_VMX_EPT_VPID_CAP.ept_mt_wb: "
	       "EPT is offered with no memory type for its tables (SDM vol3D App. A.10)\n");
}

static void fixed_bits(void **state)
{
	struct host_group group;

	(void)state;
	make_sound(&group);
	set_msr(&group, VI_IA32_VMX_CR0_FIXED0, 0x80000020);
	set_msr(&group, VI_IA32_VMX_CR4_FIXED0, 0x802000);
	expect(&group,
	       "IA32_VMX_CR0_FIXED0.*: bits that VMX operation needs are not fixed to 1: 0x1\n"
	       "IA32_VMX_CR4_FIXED0.*: bits are fixed to 1 and to 0: 0x800000\n");
	make_sound(&group);
	set_msr(&group, VI_IA32_VMX_CR4_FIXED1, 0x3747ff);
	expect(&group,
	       "IA32_VMX_CR4_FIXED0.*: bits are fixed to 1 and to 0: 0x2000\n"
	       "IA32_VMX_CR4_FIXED1.*: bits that VMX operation needs may not be 1: 0x2000\n");
}

static void svm(void **state)
{
	struct host_group group;

	(void)state;
	memset(&group, 0, sizeof(group));
	set_leaf(&group, VI_L80000001, 0, 0, 1 << 2, 0);
	set_leaf(&group, VI_L8000000A, 1, 16, 0, 0x0003bc7f);
	expect(&group, "0x8000000a:0:edx.*: reserved bits are set: 0x800\n");
	set_leaf(&group, VI_L8000000A, 1, 1, 0, 1 << 18);
	expect(&group,
	       "0x8000000a:0:ebx.nasid: 1 ASIDs leave none for a guest (APM vol2 15.16)\n"
	       "0x8000000a:0:edx.x2avic: x2avic is offered without "
	       "0x8000000a:0:edx.avic, which it needs (APM vol2 15.29.10)\n");
	/* Without SVM the number of ASIDs means nothing. */
	set_leaf(&group, VI_L80000001, 0, 0, 0, 0);
	set_leaf(&group, VI_L8000000A, 0, 0, 0, 0);
	expect(&group, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_processor_has_none),
		cmocka_unit_test(what_was_not_read_is_not_judged),
		cmocka_unit_test(must_be_1_but_may_not),
		cmocka_unit_test(true_disagrees_with_plain),
		cmocka_unit_test(default1_may_be_0_in_the_plain_one),
		cmocka_unit_test(secondary_control_that_must_be_1),
		cmocka_unit_test(basic),
		cmocka_unit_test(a_control_without_the_one_it_needs),
		cmocka_unit_test(all_that_needs_ept),
		cmocka_unit_test(ept_without_a_memory_type),
		cmocka_unit_test(fixed_bits),
		cmocka_unit_test(svm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
