// SPDX-License-Identifier: GPL-2.0-only
/* Raw dumps of libcpuid. */
#include "input.h"

#define BASIC(apic)                                                            \
	"basic_cpuid[0]=0000000b 756e6547 6c65746e 49656e69\n"                 \
	"basic_cpuid[1]=000206c2 " apic "200800 029ee3ff bfebfbff\n"
#define EXTENDED                                                               \
	"ext_cpuid[0]=80000008 00000000 00000000 00000000\n"                   \
	"ext_cpuid[1]=00000000 00000000 00000001 2c100800\n"
#define HEADER(number)                                                         \
	"\n_________________ Logical CPU #" number " _________________\n"

static void one_cpu(void **state)
{
	struct host *host = parse_string("version=0.2.1\n" BASIC(
		"00") EXTENDED "intel_fn4[1]=1c004122 00c0003f 7f 0\n");
	const struct vi_sample *sample = &host->groups[0]->sample;
	const struct raw_leaf *raw;

	(void)state;
	assert_int_equal(host->source, HOST_LIBCPUID);
	assert_int_equal(host->ignored, 0);
	assert_true(host->any_cpu);
	assert_cpus(&host->groups[0]->cpus, "0");
	assert_int_equal(sample->leaf[VI_L1][VI_EAX], 0x206c2);
	assert_int_equal(sample->leaf[VI_L1][VI_ECX], 0x029ee3ff);
	assert_int_equal(sample->leaf[VI_L80000001][VI_EDX], 0x2c100800);
	assert_int_equal(sample->leaf_status[VI_L7_0], VI_ABSENT);
	raw = raw_leaves_find(&host->groups[0]->others, 4, 1);
	assert_non_null(raw);
	assert_int_equal(raw->reg[VI_ECX], 0x7f);
	host_free(host);
}

static void many_cpus(void **state)
{
	struct host *host = parse_string("version=0.6.4\n" HEADER("0") BASIC(
		"00") EXTENDED HEADER("3") BASIC("03") EXTENDED);

	(void)state;
	assert_false(host->any_cpu);
	assert_int_equal(host->nr_groups, 1);
	assert_cpus(&host->groups[0]->cpus, "0,3");
	host_free(host);
}

/* An array is as long for every processor: what is above its maximum. */
static void above_the_maximum(void **state)
{
	struct host *host =
		parse_string(BASIC("00") "basic_cpuid[20]=7 7 7 7\n"
					 "intel_fn14h[0]=7 7 7 7\n" EXTENDED
					 "ext_cpuid[10]=7 7 7 7\n"
					 "amd_fn8000001dh[0]=7 7 7 7\n");
	const struct host_group *group = host->groups[0];

	(void)state;
	assert_int_not_equal(group->sample.leaf_status[VI_L14_0], VI_READ);
	assert_int_not_equal(group->sample.leaf_status[VI_L8000000A], VI_READ);
	assert_int_equal(group->others.count, 0);
	host_free(host);
}

static void of_sgx(void **state)
{
	struct host *host = parse_string(
		"basic_cpuid[0]=00000016 756e6547 6c65746e 49656e69\n"
		"basic_cpuid[1]=000906ea 00200800 029ee3ff bfebfbff\n"
		"basic_cpuid[18]=1 0 0 241f\nintel_fn12h[0]=1 0 0 241f\n"
		"intel_fn12h[1]=36 0 1f 0\n");
	const struct vi_sample *sample = &host->groups[0]->sample;

	(void)state;
	assert_int_equal(sample->leaf[VI_L12_0][VI_EDX], 0x241f);
	assert_int_equal(sample->leaf[VI_L12_1][VI_ECX], 0x1f);
	host_free(host);
}

static void damaged(void **state)
{
	(void)state;
	refuse("basic_cpuid[0]=0000000b 756e6547 6c65746e\n",
	       "f:1: not a leaf and 4 words of libcpuid");
	refuse("basic_cpuid[0]=0000000b 756e6547 6c65746e 49656e69 0\n",
	       "f:1: not a leaf and 4 words of libcpuid");
	refuse("basic_cpuid[999]=1 2 3 4\n",
	       "f:1: not a leaf and 4 words of libcpuid");
	refuse("ext_cpuid[x]=1 2 3 4\n",
	       "f:1: not a leaf and 4 words of libcpuid");
	refuse(BASIC("00") "basic_cpuid[1]=1 2 3 4\n",
	       "f:3: a second value of CPUID 0x00000001.0x0, which is also in line 2");
	refuse(HEADER("8192") BASIC("00"),
	       "f:3: CPU number out of range: the highest is 8191");
	refuse("_____ Logical CPU #0 _____\nversion=0.6.0\n",
	       "f:2: truncated: no CPU with CPUID leaf 1 in this dump");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_cpu),
		cmocka_unit_test(many_cpus),
		cmocka_unit_test(above_the_maximum),
		cmocka_unit_test(of_sgx),
		cmocka_unit_test(damaged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
