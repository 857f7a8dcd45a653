// SPDX-License-Identifier: GPL-2.0-only
/* What the IOMMU's units say of interrupts. */
#include "input.h"

#include "model/iommu.h"
#include "reported.h"

#define CPU                                                                    \
	"virtinfo : 1\n\ncpus : 0\n"                                           \
	"cpuid 0x00000000.0x0 : 0x1 0x756e6547 0x6c65746e 0x49656e69\n"        \
	"cpuid 0x00000001.0x0 : 0x306c3 0x0 0x0 0x0\n\n"

static void assert_iommu(const char *lines, enum answer remapping,
			 enum answer posted)
{
	char text[512];
	struct iommu iommu;
	struct host *host;

	snprintf(text, sizeof(text), CPU "%s", lines);
	host = parse_string(text);
	iommu = iommu_of(&host->system);
	if (iommu.remapping != remapping || iommu.posted != posted)
		fail_msg("%s: remapping %s, posted %s", lines,
			 answer_name(iommu.remapping),
			 answer_name(iommu.posted));
	host_free(host);
}

static void intels_bits(void **state)
{
	(void)state;
	assert_iommu("iommu units : dmar0\niommu dmar0 cap : 8d2078c106f0466\n"
		     "iommu dmar0 ecap : f020df\n",
		     ANSWER_YES, ANSWER_YES);
	assert_iommu("iommu units : dmar0\niommu dmar0 cap : d2008c40660462\n"
		     "iommu dmar0 ecap : f050da\n",
		     ANSWER_YES, ANSWER_NO);
	/* Bit 3 of ECAP and bit 59 of CAP, and no other. */
	assert_iommu("iommu units : dmar0\n"
		     "iommu dmar0 cap : f7ffffffffffffff\n"
		     "iommu dmar0 ecap : fffffffffffffff7\n",
		     ANSWER_NO, ANSWER_NO);
	assert_iommu("iommu units : dmar0\niommu dmar0 cap : 800000000000000\n"
		     "iommu dmar0 ecap : 8\n",
		     ANSWER_YES, ANSWER_YES);
}

/* What one unit lacks, devices behind it lack. */
static void the_machine_has_what_each_unit_has(void **state)
{
#define TWO_UNITS                                                              \
	"iommu units : dmar1 dmar0\n"                                          \
	"iommu dmar0 cap : 800000000000000\niommu dmar0 ecap : 8\n"
	(void)state;
	assert_iommu(TWO_UNITS "iommu dmar1 cap : 0\niommu dmar1 ecap : 8\n",
		     ANSWER_YES, ANSWER_NO);
	assert_iommu(TWO_UNITS, ANSWER_UNKNOWN, ANSWER_UNKNOWN);
}

/* EFR alone, behind EFR2 and before it. */
static void amds_register_in_three_forms(void **state)
{
#define UNIT "iommu units : ivhd0\niommu ivhd0 features : "
	(void)state;
	assert_iommu(UNIT "246577efa2254afa\n", ANSWER_YES, ANSWER_YES);
	assert_iommu(UNIT "10:246577efa2254afa\n", ANSWER_YES, ANSWER_YES);
	assert_iommu(UNIT "246577efa2254afa:10\n", ANSWER_YES, ANSWER_YES);
	/* Without GASup, without GAMSup. */
	assert_iommu(UNIT "246577efa2254a7a\n", ANSWER_YES, ANSWER_NO);
	assert_iommu(UNIT "246577efa2054afa:0\n", ANSWER_YES, ANSWER_NO);
}

static void without_a_unit(void **state)
{
	(void)state;
	assert_iommu("", ANSWER_UNKNOWN, ANSWER_UNKNOWN);
	assert_iommu("iommu units : none\n", ANSWER_UNKNOWN, ANSWER_UNKNOWN);
	assert_iommu("iommu units : none\nacpi DMAR : present\n"
		     "acpi IVRS : absent\n",
		     ANSWER_UNKNOWN, ANSWER_UNKNOWN);
	assert_iommu("iommu units : none\nacpi DMAR : absent\n"
		     "acpi IVRS : absent\n",
		     ANSWER_NO, ANSWER_NO);
}

static void damaged_values(void **state)
{
	(void)state;
	refuse(CPU "iommu dmar0 ecap : 8x\n",
	       "f:7: bad value of \"iommu dmar0 ecap\": \"8x\"; a number of 64 bits in hexadecimal is expected");
	refuse(CPU "iommu ivhd0 features : 1:\n",
	       "f:7: bad value of \"iommu ivhd0 features\": \"1:\"; a number of 64 bits in hexadecimal, or two with \":\" between is expected");
}

static void status_has_a_line(void **state)
{
	struct host *host =
		parse_string(CPU "iommu units : dmar0\n"
				 "iommu dmar0 cap : 0\niommu dmar0 ecap : 8\n");
	struct options options = { .command = COMMAND_STATUS };
	char *text;

	(void)state;
	assert_int_equal(
		reported(&text, report_status, plain_out, &host, &options), 0);
	assert_non_null(strstr(
		text, "interrupt remapping: yes, posted interrupts: no\n"));
	free(text);
	options.value[OPT_JSON] = "";
	assert_int_equal(
		reported(&text, report_status, plain_out, &host, &options), 0);
	assert_non_null(strstr(text, "\"iommu_interrupt_remapping\": \"yes\""));
	assert_non_null(strstr(text, "\"iommu_posted_interrupts\": \"no\""));
	free(text);
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intels_bits),
		cmocka_unit_test(the_machine_has_what_each_unit_has),
		cmocka_unit_test(amds_register_in_three_forms),
		cmocka_unit_test(without_a_unit),
		cmocka_unit_test(damaged_values),
		cmocka_unit_test(status_has_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
