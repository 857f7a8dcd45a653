// SPDX-License-Identifier: GPL-2.0-only
/* The text of /proc/virtinfo and of captures. */
#include "input.h"

#include "text.h"

#define HEADER "virtinfo\t: 1\nkernel\t\t: 6.1.0\n"
#define LEAF_0                                                                 \
	"cpuid 0x00000000.0x0\t: 0x0000000d 0x756e6547 0x6c65746e 0x49656e69\n"
#define LEAF_1                                                                 \
	"cpuid 0x00000001.0x0\t: 0x000306c3 0x00100800 0x80000020 0xbfebfbff\n"
#define LEAVES	    LEAF_0 LEAF_1
#define GROUP(cpus) "\ncpus\t\t: " cpus "\n" LEAVES

static void test_header_is_facts(void **state)
{
	struct host *host = parse_string(
		"virtinfo\t: 1\nversion\t\t: 0.0.9\ncpus covered\t: 0-1\n"
		"xen domain\t: pv, initial\nnovel key\t: a: b : c\n" GROUP(
			"0-1"));

	(void)state;
	assert_int_equal(host->source, HOST_CAPTURE);
	assert_string_equal(host->name, "f");
	assert_fact(host, "version", "0.0.9");
	assert_fact(host, "cpus covered", "0-1");
	assert_fact(host, "xen domain", "pv, initial");
	assert_fact(host, "novel key", "a: b : c");
	assert_null(facts_get(host->facts, "virtinfo"));
	host_free(host);
}

static void test_group(void **state)
{
	struct host *host = parse_string(
		HEADER
		"\ncpus\t\t: 0-3\nvendor\t\t: anything\n" LEAVES
		"vmx on\t\t: 0,2-3\nolder\t\t: 1,3\nolder by\t: 41\nnovel key\t: novel value\n"
		"cpuid 0x00000007.0x1\t: not attempted\n"
		"cpuid 0x77777777.0x0\t: 0x1 0x2 0x3 0x4\n"
		"cpuid 0x40000000.0x0\t: 0x40000001 0x4b4d564b 0x564b4d56 0x4d\n"
		"hypervisor leaves\t: truncated\n"
		"CR4\t\t: 0x00000000000020a0\n"
		"msr 0x0000003a IA32_FEATURE_CONTROL\t: 0x0000000000000005\n"
		"msr 0x00000480 IA32_VMX_BASIC\t: #GP\n"
		"msr 0x00000491 IA32_VMX_VMFUNC\t: not attempted\n"
		"msr 0xc0010117 VM_HSAVE_PA\t: set\n"
		"msr 0xc0010132 RMP_BASE\t: clear\n"
		"msr 0x12345678 NOVEL_REGISTER\t: novel word\n" GROUP(
			"9") "\nkey\t: value\n");
	const struct host_group *group = host->groups[0];
	const struct vi_sample *sample = &group->sample;

	(void)state;
	assert_int_equal(host->nr_groups, 2);
	assert_cpus(&group->cpus, "0-3");
	assert_true(group->on_known);
	assert_cpus(&group->vmx_on, "0,2-3");
	assert_cpus(&group->svm_on, "none");
	assert_cpus(&group->older, "1,3");
	assert_int_equal(group->older_by, 41);
	assert_int_equal(sample->leaf_status[VI_L1], VI_READ);
	assert_int_equal(sample->leaf[VI_L1][VI_ECX], 0x80000020);
	assert_int_equal(sample->leaf_status[VI_L7_1], VI_NOT_ATTEMPTED);
	assert_int_equal(sample->leaf_status[VI_L7_2], VI_ABSENT);
	assert_int_equal(group->hv.count, 1);
	assert_int_equal(group->hv.leaves[0].reg[VI_EDX], 0x4d);
	assert_true(group->hv.truncated);
	assert_int_equal(sample->msr_status[VI_CR4], VI_READ);
	assert_int_equal(sample->msr[VI_CR4], 0x20a0);
	assert_int_equal(sample->msr_status[VI_CR0], VI_ABSENT);
	assert_int_equal(sample->msr[VI_IA32_FEATURE_CONTROL], 5);
	assert_int_equal(sample->msr_status[VI_IA32_VMX_BASIC], VI_GP);
	assert_int_equal(sample->msr_status[VI_IA32_VMX_VMFUNC],
			 VI_NOT_ATTEMPTED);
	assert_int_equal(sample->msr_status[VI_VM_HSAVE_PA], VI_SET);
	assert_int_equal(sample->msr_status[VI_RMP_BASE], VI_CLEAR);
	assert_cpus(&host->groups[1]->cpus, "9");
	assert_false(host->groups[1]->on_known);
	assert_cpus(&host->groups[1]->older, "none");
	host_free(host);
}

static void test_facts_after_groups(void **state)
{
	struct host *host = parse_string(
		HEADER GROUP("0") "\n\nkvm device\t: present\nempty\t: \n"
				  "\nmodule kvm\t: loaded\n" GROUP("1"));

	(void)state;
	assert_int_equal(host->nr_groups, 2);
	assert_fact(host, "kvm device", "present");
	assert_fact(host, "empty", "");
	assert_fact(host, "module kvm", "loaded");
	host_free(host);
}

static void test_line_ends_of_windows(void **state)
{
	struct host *host = parse_string(
		"\xef\xbb\xbfvirtinfo\t: 1\r\nkernel\t: 6.1\r\n\r\ncpus\t: 0\r\n"
		"cpuid 0x0.0x0\t: 0x1 0x2 0x3 0x4\r\n"
		"cpuid 0x1.0x0\t: 0x1 0x2 0x3 0x4\r\n");

	(void)state;
	assert_fact(host, "kernel", "6.1");
	assert_int_equal(host->groups[0]->sample.leaf[VI_L1][VI_EDX], 4);
	host_free(host);
}

/* A key holds no colon, and blanks before the colon mean nothing. */
static void test_without_blanks(void **state)
{
	struct host *host = parse_string(
		"virtinfo: 1\nkernel:6.1\n\ncpus: 0\n"
		"cpuid 0x0.0x0:0x1 0x2 0x3 0x4\ncpuid 0x1.0x0: 0x1 0x2 0x3 0x4\n"
		"vmx on: 0\nCR4:0x2000\nmsr 0x3a IA32_FEATURE_CONTROL: 0x5\n"
		"msr 0x480: #GP\n\nkvm device: present : here\n");
	const struct vi_sample *sample = &host->groups[0]->sample;

	(void)state;
	assert_fact(host, "kernel", "6.1");
	assert_fact(host, "kvm device", "present : here");
	assert_cpus(&host->groups[0]->vmx_on, "0");
	assert_int_equal(sample->leaf[VI_L1][VI_EDX], 4);
	assert_int_equal(sample->msr[VI_CR4], 0x2000);
	assert_int_equal(sample->msr[VI_IA32_FEATURE_CONTROL], 5);
	assert_int_equal(sample->msr_status[VI_IA32_VMX_BASIC], VI_GP);
	host_free(host);
}

/* What a later version may write, and this one has no use for. */
static void test_of_later_versions(void **state)
{
	char text[8192] = HEADER GROUP("0") "novel : 1\nnovel : 2\n";
	size_t length = strlen(text);
	struct host *host;

	(void)state;
	memset(text + length, 'k', 5000);
	strcpy(text + length + 5000,
	       " : long\nCR4\t: #GP\n"
	       "msr 0x0000003a NOVEL_NAME\t: 0x5\n\nfact : 1\nfact : 2\n");
	host = parse_string(text);
	/* A value as that of an MSR, and never 0 where there is none. */
	assert_int_equal(host->groups[0]->sample.msr_status[VI_CR4], VI_GP);
	assert_int_equal(host->groups[0]->sample.msr[VI_IA32_FEATURE_CONTROL],
			 5);
	assert_fact(host, "fact", "1");
	host_free(host);
}

static void test_damaged_lines(void **state)
{
	(void)state;
	refuse(HEADER GROUP("0") "ven\x1b[2Jdor\t: x\n",
	       "f:7: a byte of no text in the key \"ven\\x1b[2Jdor\"");
	refuse(HEADER GROUP("0") "\nk\x7fy\t: x\n",
	       "f:8: a byte of no text in the key \"k\\x7fy\"");
	refuse(HEADER "k\xffy\t: x\n" GROUP("0"),
	       "f:3: a byte of no text in the key \"k\\xffy\"");
	refuse(HEADER GROUP("0") "msr 0x0000003a IA32_VMX_BASIC\t: 0x5\n",
	       "f:7: the name of another register in \"msr 0x0000003a IA32_VMX_BASIC\"");
	refuse(HEADER GROUP("0") "msr 0x12345678 IA32_VMX_BASIC\t: 0x5\n",
	       "f:7: the name of another register in \"msr 0x12345678 IA32_VMX_BASIC\"");
}

/* They mean nothing while the hypervisor bit is clear. */
static void test_hypervisor_leaves_without_the_bit(void **state)
{
	struct host *host = parse_string(
		HEADER
		"\ncpus\t\t: 0\n" LEAF_0
		"cpuid 0x00000001.0x0\t: 0x1 0x2 0x00000020 0x4\n"
		"cpuid 0x40000000.0x0\t: 0x40000001 0x4b4d564b 0x564b4d56 0x4d\n");

	(void)state;
	assert_int_equal(host->groups[0]->hv.count, 0);
	host_free(host);
}

static void test_more_hypervisor_leaves_than_are_kept(void **state)
{
	char text[16384] = HEADER "\ncpus\t\t: 0\n" LEAVES;
	struct host *host;
	unsigned int i;

	(void)state;
	for (i = 0; i <= VI_HV_LEAVES; i++)
		sprintf(text + strlen(text),
			"cpuid 0x%08x.0x0\t: 0x1 0x2 0x3 0x4\n",
			0x40000000 + i);
	host = parse_string(text);
	assert_int_equal(host->groups[0]->hv.count, VI_HV_LEAVES);
	assert_true(host->groups[0]->hv.truncated);
	host_free(host);
}

static void test_other_format(void **state)
{
	(void)state;
	refuse("virtinfo\t: 2\n" GROUP("0"),
	       "f:1: format \"2\" is not known to this program, only format 1 is");
	refuse("virtinfo\t: \n" GROUP("0"),
	       "f:1: format \"\" is not known to this program, only format 1 is");
	refuse("virtinfo\t: 1.5\x1b[2J\n" GROUP("0"),
	       "f:1: format \"1.5\\x1b[2J\" is not known to this program, only format 1 is");
}

static void test_truncated(void **state)
{
	(void)state;
	refuse("virtinfo\t: 1", "f:1: truncated: the last line has no end");
	refuse(HEADER, "f:2: truncated: no stanza of CPUs");
	refuse(HEADER "\n\n", "f:4: truncated: no stanza of CPUs");
	refuse(HEADER "\ncpus\t\t: 0\n" LEAF_0 "cpuid 0x0000",
	       "f:6: truncated: the last line has no end");
	refuse(HEADER "\ncpus\t\t: 3\n" LEAF_0,
	       "f:5: truncated: the stanza of CPU 3 ends without cpuid leaves 0 and 1");
	refuse(HEADER "\ncpus\t\t: 3\n",
	       "f:4: truncated: the stanza of CPU 3 ends without cpuid leaves 0 and 1");
	refuse(HEADER "\ncpus\t\t: 3\n" LEAF_1 "\nkey\t: value\n",
	       "f:6: truncated: the stanza of CPU 3 ends without cpuid leaves 0 and 1");
	refuse("virtinfo\t: 1\ncpus covered\t: 0-7\n" GROUP("0-3"),
	       "f:6: truncated: CPU 4 of \"cpus covered\" has no stanza");
}

/* As a capture of the output of rdmsr has it. */
static void test_without_cpuid(void **state)
{
	struct host *host = parse_string(
		HEADER "\ncpus\t\t: 0-1\nvendor\t\t: \n"
		       "msr 0x0000003a IA32_FEATURE_CONTROL : 0x5\n");

	(void)state;
	assert_int_equal(host->groups[0]->sample.msr[VI_IA32_FEATURE_CONTROL],
			 5);
	host_free(host);
	refuse(HEADER "\ncpus\t\t: 0\nvendor\t\t: \n"
		      "\ncpus\t\t: 1\nvendor\t\t: GenuineIntel\n",
	       "f:8: truncated: the stanza of CPU 1 ends without cpuid leaves 0 and 1");
}

/* The module writes every register of its table into every stanza. */
static void test_last_stanza_is_cut_short(void **state)
{
	(void)state;
	refuse(HEADER "\ncpus\t\t: 0\n" LEAVES
		      "msr 0x0000003a IA32_FEATURE_CONTROL\t: 0x5\n"
		      "msr 0x00000480 IA32_VMX_BASIC\t: #GP\n"
		      "\ncpus\t\t: 1\n" LEAVES
		      "msr 0x0000003a IA32_FEATURE_CONTROL\t: 0x5\n",
	       "f:13: truncated: the stanza of CPU 1 ends before IA32_VMX_BASIC");
	refuse("virtinfo\t: 1\nversion\t\t: " VIRTINFO_VERSION "\n" GROUP("0"),
	       "f:6: truncated: the stanza of CPU 0 ends before its last cpuid leaf");
}

/* But what facts follow is whole, whatever it has. */
static void test_capture_of_fewer_registers(void **state)
{
	struct host *host = parse_string(
		"virtinfo\t: 1\nversion\t\t: " VIRTINFO_VERSION
		"\n" GROUP("0") "msr 0x0000003a IA32_FEATURE_CONTROL\t: 0x5\n" GROUP(
			"1") "\nsource note\t: CPUID only\n");

	(void)state;
	assert_int_equal(host->nr_groups, 2);
	host_free(host);
}

static void test_binary(void **state)
{
	static const char in_the_midst[] = HEADER "\0" GROUP("0");

	(void)state;
	refuse_bytes("\x7f\x45LF\0\0\0", 7, "f:1: binary data, not text");
	refuse_bytes(in_the_midst, sizeof(in_the_midst) - 1,
		     "f:3: binary data, not text");
	refuse("\x7f\x45LF\x01\x02\xff\n", unknown_form("f:1"));
}

static void test_nothing(void **state)
{
	(void)state;
	refuse("", "f:1: empty");
	refuse("\xef\xbb\xbf", "f:1: empty");
	refuse("\n\n", unknown_form("f:1"));
	refuse("Caption\t: a computer\nDeviceID\t: CPU0\n",
	       unknown_form("f:1"));
}

static void test_line_too_long(void **state)
{
	size_t header = strlen(HEADER), length = header + 70000;
	char *text = malloc(length + 2);

	(void)state;
	assert_non_null(text);
	memcpy(text, HEADER, header);
	memset(text + header, 'a', 70000);
	text[length] = '\n';
	refuse_bytes(text, length + 1,
		     "f:3: line too long: more than 65536 bytes");
	free(text);
}

static void test_register_twice(void **state)
{
	(void)state;
	refuse(HEADER GROUP("0") LEAF_0,
	       "f:7: a second time in this stanza: \"cpuid 0x00000000.0x0\"");
	refuse(HEADER GROUP("0") "msr 0x3a IA32_FEATURE_CONTROL\t: #GP\n"
				 "msr 0x3a IA32_FEATURE_CONTROL\t: 0x5\n",
	       "f:8: a second time in this stanza: \"msr 0x3a IA32_FEATURE_CONTROL\"");
	refuse(HEADER GROUP("0") "CR4\t: 0x0\nCR0\t: 0x1\nCR4\t: 0x0\n",
	       "f:9: a second time in this stanza: \"CR4\"");
	refuse(HEADER GROUP("0") "cpuid 0x40000001.0x0\t: 0x1 0x2 0x3 0x4\n"
				 "cpuid 0x40000000.0x0\t: 0x1 0x2 0x3 0x4\n"
				 "cpuid 0x40000001.0x0\t: 0x1 0x2 0x3 0x4\n",
	       "f:9: a second time in this stanza: \"cpuid 0x40000001.0x0\"");
	refuse(HEADER GROUP("0") "svm on\t: none\nsvm on\t: 0\n",
	       "f:8: a second time in this stanza: \"svm on\"");
	refuse(HEADER "\ncpus\t: 0\nvendor\t: A\nvendor\t: B\n" LEAVES,
	       "f:6: a second time in this stanza: \"vendor\"");
	refuse(HEADER "kernel\t: 6.2\n" GROUP("0"),
	       "f:3: a second time in this stanza: \"kernel\"");
}

static void test_bad_number(void **state)
{
	(void)state;
	refuse(HEADER GROUP("0") "msr 0x3a IA32_FEATURE_CONTROL\t: 5\n",
	       "f:7: bad number \"5\"");
	refuse(HEADER GROUP("0") "msr 0x3a IA32_FEATURE_CONTROL\t: \n",
	       "f:7: bad number \"\"");
	refuse(HEADER GROUP("0") "msr 0x3a IA32_FEATURE_CONTROL\t: 0x\n",
	       "f:7: bad number \"0x\"");
	refuse(HEADER GROUP(
		       "0") "msr 0x3a IA32_FEATURE_CONTROL\t: 0x00000000000000005\n",
	       "f:7: bad number \"0x00000000000000005\"");
	refuse(HEADER GROUP("0") "msr 0x3a IA32_FEATURE_CONTROL\t: 0x5 0x5\n",
	       "f:7: bad number \"0x5 0x5\"");
	refuse(HEADER GROUP("0") "CR0\t: 0x8005003g\n",
	       "f:7: bad number \"0x8005003g\"");
	refuse(HEADER "\ncpus\t\t: 0\n"
		      "cpuid 0x0.0x0\t: 0x1 0x123456789 0x3 0x4\n",
	       "f:5: bad number \"0x123456789\"");
	refuse(HEADER GROUP("0") "msr 3a IA32_FEATURE_CONTROL\t: 0x5\n",
	       "f:7: bad address \"3a\"");
	refuse(HEADER GROUP("0") "msr 0x3aIA32_FEATURE_CONTROL\t: 0x5\n",
	       "f:7: bad address \"0x3aIA32_FEATURE_CONTROL\"");
	refuse(HEADER GROUP("0") "cpuid 0x7\t: 0x1 0x2 0x3 0x4\n",
	       "f:7: bad leaf \"0x7\"");
	refuse(HEADER GROUP("0") "cpuid 0x7.z\t: 0x1 0x2 0x3 0x4\n",
	       "f:7: bad leaf \"0x7.z\"");
	refuse(HEADER GROUP("0") "CRx\t: 0x1\n",
	       "f:7: bad control register \"CRx\\x09: 0x1\"");
}

static void test_missing_words(void **state)
{
	(void)state;
	refuse(HEADER "\ncpus\t\t: 0\ncpuid 0x0.0x0\t: 0x1 0x2 0x3\n",
	       "f:5: 3 of 4 words in this cpuid line");
	refuse(HEADER "\ncpus\t\t: 0\ncpuid 0x0.0x0\t: \n",
	       "f:5: 0 of 4 words in this cpuid line");
	refuse(HEADER "\ncpus\t\t: 0\ncpuid 0x0.0x0\t: 0x1 0x2 0x3 0x4 0x5\n",
	       "f:5: more than 4 words in this cpuid line: \"0x5\"");
	refuse(HEADER "\ncpus\t\t: 0\ncpuid 0x0.0x0\n",
	       "f:5: no value in \"cpuid 0x0.0x0\"");
	refuse(HEADER GROUP("0") "msr 0x3a IA32_FEATURE_CONTROL 0x5\n",
	       "f:7: no value in \"msr 0x3a IA32_FEATURE_CONTROL 0x...\"");
	refuse(HEADER "no colon\n" GROUP("0"),
	       "f:3: not a \"key : value\" line: \"no colon\"");
	refuse(HEADER GROUP("0") "no colon\n",
	       "f:7: not a \"key : value\" line: \"no colon\"");
	refuse(HEADER GROUP("0") "\n\t: no key\n",
	       "f:8: not a \"key : value\" line: \"\\x09: no key\"");
}

static void test_cpu_lists(void **state)
{
	(void)state;
	refuse(HEADER GROUP("0-65536"),
	       "f:4: CPU list \"0-65536\" is out of range: the highest CPU is 65535");
	refuse(HEADER GROUP("99999999999999999999"),
	       "f:4: CPU list \"99999999999999999999\" is out of range: the highest CPU is 65535");
	refuse(HEADER GROUP("0-"), "f:4: not a list of CPUs: \"0-\"");
	refuse(HEADER GROUP("3-1"), "f:4: not a list of CPUs: \"3-1\"");
	refuse(HEADER GROUP("all"), "f:4: not a list of CPUs: \"all\"");
	refuse(HEADER GROUP(""), "f:4: a stanza of no CPUs");
	refuse(HEADER GROUP("none"), "f:4: a stanza of no CPUs");
	refuse(HEADER GROUP("0-3") GROUP("5,2"),
	       "f:8: CPU 2 is in two stanzas");
	refuse(HEADER GROUP("0-3") "vmx on\t: 0-4\n",
	       "f:7: \"vmx on\" names a CPU that is not in this stanza");
	refuse(HEADER GROUP("0,2") "svm on\t: 1\n",
	       "f:7: \"svm on\" names a CPU that is not in this stanza");
	refuse(HEADER GROUP("0,2") "older\t: 1\n",
	       "f:7: \"older\" names a CPU that is not in this stanza");
	refuse(HEADER GROUP("0") "older by\t: 41 s\n",
	       "f:7: not a number of seconds: \"41 s\"");
	refuse(HEADER GROUP("0") "older by\t: \n",
	       "f:7: not a number of seconds: \"\"");
	refuse(HEADER GROUP("0") "vmx on\t: x\n",
	       "f:7: not a list of CPUs: \"x\"");
	refuse("virtinfo\t: 1\ncpus covered\t: 0-x\n" GROUP("0"),
	       "f:2: not a list of CPUs: \"0-x\"");
}

static void test_stanzas_run_together(void **state)
{
	(void)state;
	refuse(HEADER GROUP("0") "cpus\t\t: 1\n" LEAVES,
	       "f:7: \"cpus\" begins a stanza, but no blank line is before it");
	refuse(HEADER "cpus\t\t: 1\n" LEAVES,
	       "f:3: \"cpus\" begins a stanza, but no blank line is before it");
	refuse(HEADER GROUP("0") "\n" HEADER GROUP("1"),
	       "f:8: a second header in one file");
}

/* A hostile file gets a message, not the machine's memory. */
static void test_limits(void **state)
{
	char *text = NULL;
	size_t size;
	FILE *file;
	int i;

	(void)state;
	file = open_memstream(&text, &size);
	assert_non_null(file);
	fputs("virtinfo\t: 1\n", file);
	for (i = 0; i < 9000; i++)
		fputs("key\t: value\n", file);
	fclose(file);
	refuse(text, "f:8194: more than 8192 facts");
	free(text);

	file = open_memstream(&text, &size);
	assert_non_null(file);
	fputs("virtinfo\t: 1\n", file);
	for (i = 0; i < 9000; i++)
		fprintf(file, "\ncpus\t: %d\n" LEAVES, i);
	fclose(file);
	refuse(text, "f:32771: more than 8192 stanzas of CPUs");
	free(text);
}

/* A number that differs from register to register. */
static u64 noise(u64 seed)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	return seed * 0x9e3779b97f4a7c15;
}

static void fill(struct vi_sample *sample, struct vi_hv *hv)
{
	unsigned int i, reg;

	memset(sample, 0, sizeof(*sample));
	memset(hv, 0, sizeof(*hv));
	for (i = 0; i < VI_NR_LEAVES; i++) {
		sample->leaf_status[i] =
			i % 5 == 4 ? VI_NOT_ATTEMPTED : VI_READ;
		for (reg = 0; reg < 4 && i % 5 != 4; reg++)
			sample->leaf[i][reg] = (u32)noise(4 * i + reg + 1);
	}
	sample->leaf[VI_L1][VI_ECX] |= 1U << 31;
	for (i = 0; i < VI_NR_MSRS; i++) {
		sample->msr_status[i] = i % 4 == 3 ? VI_NOT_ATTEMPTED :
					i % 4 == 2 ? VI_GP :
						     VI_READ;
		if (sample->msr_status[i] == VI_READ)
			sample->msr[i] = noise(1000 + i);
	}
	for (i = 0; i < 5; i++) {
		hv->leaves[i].leaf = 0x40000000 + i;
		hv->leaves[i].subleaf = i == 3;
		for (reg = 0; reg < 4; reg++)
			hv->leaves[i].reg[reg] = (u32)noise(2000 + 4 * i + reg);
	}
	hv->count = 5;
	hv->truncated = true;
}

static struct host *write_and_read(const struct vi_sample *sample,
				   const struct vi_hv *hv, bool addresses)
{
	char *text = NULL;
	struct host *host;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	assert_non_null(file);
	fprintf(file, "virtinfo\t: %d\nversion\t\t: %s\n\ncpus\t\t: 0-1\n",
		VI_FORMAT, VIRTINFO_VERSION);
	vi_text_summary(file, sample, hv);
	vi_text_registers(file, sample, hv, addresses);
	fclose(file);
	host = parse_string(text);
	free(text);
	return host;
}

static void test_round_trip(void **state)
{
	struct vi_sample sample;
	struct vi_hv hv;
	struct host *host;
	unsigned int i;

	(void)state;
	fill(&sample, &hv);
	host = write_and_read(&sample, &hv, true);
	assert_memory_equal(&host->groups[0]->sample, &sample, sizeof(sample));
	assert_memory_equal(&host->groups[0]->hv, &hv, sizeof(hv));
	host_free(host);

	host = write_and_read(&sample, &hv, false);
	for (i = 0; i < VI_NR_MSRS; i++) {
		const struct vi_sample *read = &host->groups[0]->sample;
		bool kept = vi_msrs[i].flags & VI_SENSITIVE &&
			    sample.msr_status[i] == VI_READ;

		assert_int_equal(read->msr_status[i],
				 kept ? VI_SET : sample.msr_status[i]);
		assert_int_equal(read->msr[i], kept ? 0 : sample.msr[i]);
	}
	host_free(host);
}

/* Cut anywhere, it is refused or, at the end of a stanza, read as far. */
static void test_cut_anywhere(void **state)
{
	static const char text[] = HEADER GROUP("0") "CR4\t: 0x0\n" GROUP(
		"1") "CR4\t: 0x0\n\nkey\t: value\n";
	struct input_error error;
	struct host *host;
	unsigned int whole = 0;
	size_t length;

	(void)state;
	for (length = 0; length < sizeof(text) - 1; length++) {
		char *copy = malloc(length + 1);

		assert_non_null(copy);
		memcpy(copy, text, length);
		host = input_memory("f", copy, length, &error);
		free(copy);
		if (!host)
			assert_memory_equal(error.text, "f:", 2);
		whole += !!host;
		host_free(host);
	}
	/*
	 * At the ends of CPU 0's leaves, of its CR4, of the blank lines behind
	 * the two stanzas and of CPU 1's CR4.
	 */
	assert_int_equal(whole, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header_is_facts),
		cmocka_unit_test(test_group),
		cmocka_unit_test(test_facts_after_groups),
		cmocka_unit_test(test_line_ends_of_windows),
		cmocka_unit_test(test_without_blanks),
		cmocka_unit_test(test_of_later_versions),
		cmocka_unit_test(test_damaged_lines),
		cmocka_unit_test(test_hypervisor_leaves_without_the_bit),
		cmocka_unit_test(test_more_hypervisor_leaves_than_are_kept),
		cmocka_unit_test(test_other_format),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_without_cpuid),
		cmocka_unit_test(test_last_stanza_is_cut_short),
		cmocka_unit_test(test_capture_of_fewer_registers),
		cmocka_unit_test(test_binary),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_line_too_long),
		cmocka_unit_test(test_register_twice),
		cmocka_unit_test(test_bad_number),
		cmocka_unit_test(test_missing_words),
		cmocka_unit_test(test_cpu_lists),
		cmocka_unit_test(test_stanzas_run_together),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
