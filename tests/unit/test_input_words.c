// SPDX-License-Identifier: GPL-2.0-only
/* The forms that have no register: what is read of them, and what it proves. */
#include "verdict.h"

/* Whole up to where svm is. */
#define WORDS_3_TO_6(vmx, svm)                                                 \
	"flags\t\t: fpu sse2 nx lm pni" vmx " sse4_1 lahf_lm cmp_legacy" svm   \
	" abm\n"
#define VMX_FLAG  WORDS_3_TO_6(" vmx", "")
#define SVM_FLAG  WORDS_3_TO_6("", " svm")
#define NO_FLAG	  WORDS_3_TO_6("", "")
#define LINUX(r)  "Linux version " r " (a@b)\n"
#define CPU(n)	  "processor\t: " n "\n"
#define GUEST_SVM WORDS_3_TO_6(" hypervisor", " svm")

static void cpuinfo_of_two_cpus(void **state)
{
	struct host *host = parse_string("$ cat /proc/cpuinfo\n" CPU(
		"0") "vendor_id\t: GenuineIntel\n"
		     "cpu family\t: 6\nmodel\t\t: 140\n"
		     "model name\t: Example: CPU @ 2.60GHz\nstepping\t: 1\n" VMX_FLAG
		     "vmx flags\t: vnmi\nbugs\t\t: svm\npower management:\n\n" CPU(
			     "5") "model\t\t: 141\n" NO_FLAG);

	(void)state;
	assert_int_equal(host->source, HOST_CPUINFO);
	assert_int_equal(host->nr_groups, 0);
	assert_int_equal(host->ignored, 0);
	assert_fact(host, "cpuinfo vendor_id", "GenuineIntel");
	assert_fact(host, "cpuinfo family", "6");
	assert_fact(host, "cpuinfo model", "140");
	assert_fact(host, "cpuinfo model name", "Example: CPU @ 2.60GHz");
	assert_fact(host, "cpuinfo stepping", "1");
	assert_fact(host, "cpuinfo vmx", "0");
	assert_fact(host, "cpuinfo svm", "none");
	assert_fact(host, "cpuinfo sse4_1", "all");
	assert_fact(host, "cpuinfo hypervisor", "none");
	host_free(host);
}

/* What grep prints: the CPUs count on. */
static void cpuinfo_of_flags_alone(void **state)
{
	struct host *host = parse_string("> " VMX_FLAG "> " VMX_FLAG);

	(void)state;
	assert_fact(host, "cpuinfo vmx", "all");
	host_free(host);
	host = parse_string(VMX_FLAG NO_FLAG VMX_FLAG);
	assert_fact(host, "cpuinfo vmx", "0,2");
	host_free(host);
}

/* What may have been cut off is not known to be missing. */
static void cpuinfo_cut(void **state)
{
	struct host *host =
		parse_string("flags : fpu nx lm pni\ncpu family : 6\n");

	(void)state;
	assert_no_fact(host, "cpuinfo vmx");
	assert_no_fact(host, "cpuinfo svm");
	assert_no_fact(host, "cpuinfo hypervisor");
	host_free(host);
	host = parse_string("flags : fpu nx lm pni vmx\n");
	assert_fact(host, "cpuinfo vmx", "all");
	assert_no_fact(host, "cpuinfo sse4_1");
	host_free(host);
	host = parse_string("flags : fpu nx lm pni sse4_1 lahf_lm cmp_leg");
	assert_fact(host, "cpuinfo vmx", "none");
	assert_no_fact(host, "cpuinfo svm");
	host_free(host);
	/* A word that has the name in it is another one. */
	host = parse_string("flags : fpu nx vmx_x xsvm lahf_lm abm\n");
	assert_fact(host, "cpuinfo vmx", "none");
	assert_fact(host, "cpuinfo svm", "none");
	host_free(host);
}

static void cpuinfo_damage(void **state)
{
	struct host *host = parse_string(
		CPU("99999999999") VMX_FLAG
		"model name :\nvendor_id : \x02[31mX\nflags :\nprocessor :\n");

	(void)state;
	assert_fact(host, "cpuinfo vendor_id", "\\x02[31mX");
	assert_no_fact(host, "cpuinfo vmx");
	assert_no_fact(host, "cpuinfo model name");
	host_free(host);
	refuse(CPU("3") VMX_FLAG CPU("3") SVM_FLAG,
	       "f:4: other flags of CPU 3 than in a line before");
	host = parse_string(CPU("3") VMX_FLAG CPU("3") VMX_FLAG);
	assert_fact(host, "cpuinfo vmx", "all");
	host_free(host);
	refuse("flags : fpu nx lm pni\n",
	       "f:1: no line of it tells of a machine");
}

/* Features have no register there; who lacks one may have lost its flag. */
static void flags_of_features(void **state)
{
	struct host *host =
		parse_string("flags : fpu msr sev svm lahf_lm npt sev_es\n");

	(void)state;
	assert_fact(host, "cpuinfo npt", "yes");
	assert_fact(host, "cpuinfo sev_es", "yes");
	assert_no_fact(host, "cpuinfo ept");
	assert_no_fact(host, "cpuinfo sev_snp");
	host_free(host);
	host = parse_string(CPU("0") "flags : fpu msr vmx lahf_lm ept\n" CPU(
		"1") "flags : fpu msr vmx lahf_lm\n");
	assert_fact(host, "cpuinfo vmx", "all");
	assert_no_fact(host, "cpuinfo ept");
	host_free(host);
}

#define LSCPU_HEAD "CPU op-mode(s): 32-bit, 64-bit\nVendor ID: GenuineIntel\n"

#define FLAGS_LIST "fpu vme de pse tsc msr pae sse4_1 vmx lahf_lm abm\n"

static void assert_german(const char *text)
{
	struct host *host = parse_string(text);

	assert_fact(host, "cpuinfo vendor_id", "GenuineIntel");
	assert_fact(host, "cpuinfo family", "6");
	assert_int_equal(host->source, HOST_LSCPU);
	assert_int_equal(host->ignored, 0);
	assert_fact(host, "cpuinfo model", "142");
	assert_fact(host, "cpuinfo model name", "Intel(R) X");
	assert_fact(host, "cpuinfo stepping", "10");
	assert_fact(host, "cpuinfo vmx", "all");
	host_free(host);
}

/* The names differ with the language, the values do not. */
static void lscpu_in_other_languages(void **state)
{
	(void)state;
	assert_german("Architektur:                     x86_64\n"
		      "CPU Operationsmodus:             32-bit, 64-bit\n"
		      "CPU(s):                          8\n"
		      "Anbieterkennung:                 GenuineIntel\n"
		      "Prozessorfamilie:                6\n"
		      "Modell:                          142\n"
		      "Modellname:                      Intel(R) X\n"
		      "Stepping:                        10\n"
		      "Virtualisierung:                 VT-x\n"
		      "Markierungen:                    " FLAGS_LIST);
	assert_german("Processeur(s) :                  4\n"
		      "Identifiant constructeur :       GenuineIntel\n"
		      "Famille de processeur :          6\n"
		      "Mod\xc3\xa8le :                        142\n"
		      "Nom de mod\xc3\xa8le :                 Intel(R) X\n"
		      "R\xc3\xa9vision :                      10\n"
		      "Drapaux :                        " FLAGS_LIST);
	assert_german(
		"CPU:                             4\n"
		"\xe5\x8e\x82\xe5\x95\x86 ID\xef\xbc\x9a   GenuineIntel\n"
		"CPU \xe7\xb3\xbb\xe5\x88\x97\xef\xbc\x9a  6\n"
		"\xe5\x9e\x8b\xe5\x8f\xb7\xef\xbc\x9a      142\n"
		"\xe5\x9e\x8b\xe5\x8f\xb7\xe5\x90\x8d\xe7\xa7\xb0\xef\xbc\x9a Intel(R) X\n"
		"\xe6\xad\xa5\xe8\xbf\x9b\xef\xbc\x9a      10\n"
		"\xe6\xa0\x87\xe8\xae\xb0\xef\xbc\x9a      " FLAGS_LIST);
}

static void lscpu_text(void **state)
{
	struct host *host = parse_string(
		"$ lscpu\nArchitecture:          x86_64\n" LSCPU_HEAD
		"  Model name:  Example\nCPU family:  6\n    Model:  94\n"
		"Stepping:  3\nL1d cache:  32K\nNUMA node0 CPU(s):  0-3\n"
		"Vulnerability Meltdown:  Mitigation; PTI\n"
		"Virtualization:  VT-x\nHypervisor vendor:  KVM\n"
		"Virtualization type:  full\nFlags:  fpu vmx lahf_lm abm\n");

	(void)state;
	assert_int_equal(host->source, HOST_LSCPU);
	assert_int_equal(host->ignored, 0);
	assert_keys_once(host->facts);
	assert_fact(host, "cpuinfo vendor_id", "GenuineIntel");
	assert_fact(host, "cpuinfo model name", "Example");
	assert_fact(host, "cpuinfo family", "6");
	assert_fact(host, "cpuinfo model", "94");
	assert_fact(host, "cpuinfo stepping", "3");
	assert_fact(host, "cpuinfo vmx", "all");
	assert_fact(host, "cpuinfo hypervisor", "none");
	assert_fact(host, "lscpu hypervisor", "KVM");
	host_free(host);
	host = parse_string(LSCPU_HEAD "Virtualization: AMD-V\n");
	assert_fact(host, "cpuinfo svm", "all");
	assert_no_fact(host, "cpuinfo vmx");
	host_free(host);
	refuse(LSCPU_HEAD "Vendor ID: AuthenticAMD\n",
	       "f:3: another value of \"cpuinfo vendor_id\" than in a line before");
	refuse(LSCPU_HEAD "Flags: fpu vmx\nFlags: fpu\n",
	       "f:4: other flags than in a line before");
}

#define ITEM(field, data) "{\"field\": \"" field ":\", \"data\": \"" data "\"}"
#define JSON(items)	  "{\n   \"lscpu\": [\n" items "\n   ]\n}\n"

static void lscpu_json(void **state)
{
	struct host *host = parse_string(
		JSON(ITEM("Model", "94") ",\n" ITEM("Virtualization", "VT-x")));

	(void)state;
	assert_int_equal(host->source, HOST_LSCPU);
	assert_int_equal(host->ignored, 0);
	assert_fact(host, "cpuinfo model", "94");
	assert_fact(host, "cpuinfo vmx", "all");
	host_free(host);
	host = parse_string(
		"> {\n> \"lscpu\": [{\n> \"field\": \"Vendor ID:\",\n"
		"> \"data\": \"AuthenticAMD\",\n> \"children\": [\n> " ITEM(
			"Flags", "fpu lahf_lm svm abm") "]}]}\n");
	assert_int_equal(host->ignored, 0);
	assert_fact(host, "cpuinfo vendor_id", "AuthenticAMD");
	assert_fact(host, "cpuinfo svm", "all");
	host_free(host);
	refuse("{\n\"lscpu\": [\n", "f:2: the JSON of lscpu has no end");
	refuse("{\n\"lscpu\": [\n]]\n", "f:3: the JSON of lscpu is damaged");
	refuse("\"field\": \"Model:\",\n",
	       "f:1: the JSON of lscpu has no beginning here");
	refuse(JSON("{\"field\": 1, \"data\": {}}, 1, null, {}, []"),
	       "f:5: no line of it tells of a machine");
}

static void assert_says(const char *text, const char *reason,
			const char *summary, const char *remedy)
{
	struct verdict *verdict = judge(text);

	assert_string_equal(verdict_name(verdict), reason);
	assert_has(verdict->summary, summary);
	if (remedy)
		assert_has(verdict->remedy, remedy);
	verdict_free(verdict);
}

/* The flag proves the extension; that no lock stands only of new kernels. */
static void flags_as_witness(void **state)
{
	(void)state;
	assert_says(LINUX("5.6.0") VMX_FLAG, "hardware-ready", "", NULL);
	assert_says(LINUX("5.5.0") VMX_FLAG, "unknown", "has VMX",
		    "virtinfo capture");
	assert_says(LINUX("6.7.0") SVM_FLAG, "hardware-ready", "", NULL);
	assert_says(LINUX("6.6.0") SVM_FLAG, "unknown", "has SVM",
		    "virtinfo capture");
	assert_says(VMX_FLAG, "unknown", "has VMX",
		    "If uname -r says Linux 5.6 or later there, VMX is on");
	assert_says(SVM_FLAG, "unknown", "has SVM", "Linux 6.7 or later");
	assert_says(LINUX("6.8.0") NO_FLAG, "unknown",
		    "whether the processor has it is not known",
		    "On that machine run \"virtinfo capture\"");
	assert_says(LINUX("6.8.0") WORDS_3_TO_6(" hypervisor", ""),
		    "hidden-by-hypervisor", "", NULL);
	assert_says(LINUX("6.8.0") GUEST_SVM, "hardware-ready", "", NULL);
}

static void assert_under(const char *text, enum hypervisor_product product,
			 enum layer_certainty certainty)
{
	struct verdict *verdict = judge(text);

	assert_int_equal(verdict->hypervisor.product, product);
	if (product != HYPERVISOR_NONE)
		assert_int_equal(verdict->hypervisor.certainty, certainty);
	verdict_free(verdict);
}

#define VENDOR(name, type)                                                     \
	"Hypervisor vendor: " name "\nVirtualization type: " type "\n"

/* lscpu's word counts where no better witness names the hypervisor. */
static void lscpu_as_witness(void **state)
{
	(void)state;
	assert_under(VENDOR("KVM", "full"), HYPERVISOR_KVM, LAYER_LIKELY);
	assert_under(VENDOR("Oracle", "full") GUEST_SVM, HYPERVISOR_VIRTUALBOX,
		     LAYER_LIKELY);
	assert_under("Hypervisor detected: KVM\n" VENDOR("Microsoft", "full"),
		     HYPERVISOR_KVM, LAYER_CERTAIN);
	assert_under(VENDOR("Parallels", "container"), HYPERVISOR_NONE, 0);
	assert_under(VENDOR("Xen", "none"), HYPERVISOR_NONE, 0);
	assert_says(VENDOR("KVM", "full") "Flags: fpu lm lahf_lm abm\n",
		    "hidden-by-hypervisor", "guest of KVM", NULL);
	assert_says(LINUX("6.8.0") "Virtualization: VT-x\n" LSCPU_HEAD,
		    "hardware-ready", "", NULL);
}

#define KVM_OK_OFF                                                                 \
	"INFO: /dev/kvm does not exist\nHINT:   sudo modprobe kvm_intel\n"         \
	"INFO: Your CPU supports KVM extensions\n"                                 \
	"INFO: KVM (vmx) is disabled by your BIOS\n"                               \
	"HINT: Enter your BIOS setup and enable Virtualization Technology (VT),\n" \
	"      and then hard poweroff/poweron your system\n"                       \
	"KVM acceleration can NOT be used\n"

static void kvm_ok_facts(void **state)
{
	struct host *host = parse_string("$ sudo kvm-ok\n" KVM_OK_OFF);

	(void)state;
	assert_int_equal(host->source, HOST_KVM_OK);
	assert_int_equal(host->ignored, 0);
	assert_keys_once(host->facts);
	assert_fact(host, "device kvm", "missing");
	assert_fact(host, "kvm-ok flag", "vmx");
	assert_fact(host, "kvm-ok disabled",
		    "KVM (vmx) is disabled by your BIOS");
	host_free(host);
	host = parse_string(
		"INFO: /dev/kvm exists\nKVM acceleration can be used\n");
	assert_fact(host, "device kvm", "present");
	host_free(host);
	refuse("INFO: /dev/kvm exists\nINFO: /dev/kvm does not exist\n",
	       "f:2: another value of \"device kvm\" than in a line before");
	refuse("INFO: /dev/kvm exist", unknown_form("f:1"));
}

static void kvm_ok_as_witness(void **state)
{
	struct verdict *verdict = judge(KVM_OK_OFF);

	(void)state;
	assert_string_equal(verdict_name(verdict), "firmware-disabled");
	assert_true(has_evidence(stage_of(verdict, STAGE_FIRMWARE),
				 "kvm-ok: KVM (vmx) is disabled by your BIOS"));
	verdict_free(verdict);
	assert_says("INFO: Your CPU does not support KVM extensions\n",
		    "unknown", "whether the processor has it is not known",
		    "virtinfo capture");
	assert_says("INFO: Your CPU supports KVM extensions\n", "unknown", "",
		    NULL);
	assert_says("INFO: /dev/kvm does not exist\n"
		    "HINT:   sudo modprobe kvm_amd\n",
		    "unknown", "has SVM", NULL);
	/* A register knows better. */
	assert_reason(KERNEL("6.8") INTEL("0-3", VMX) FEATURE_CONTROL("0x5")
			      FACTS
		      "kvm-ok disabled : KVM (vmx) is disabled by your BIOS\n",
		      "hardware-ready");
}

/* One machine of three pieces; a contradiction names both lines. */
static void a_paste_of_words(void **state)
{
	struct host *host = parse_string(
		LINUX("6.8.0") "hello\n```\n$ lscpu\n" LSCPU_HEAD "```\n"
			       "vendor_id : AuthenticAMD\n" VMX_FLAG
			       "$ kvm-ok\nINFO: /dev/kvm exists\n");

	(void)state;
	assert_int_equal(host->source, HOST_SEVERAL);
	assert_int_equal(host->ignored, 1);
	assert_fact(host, "cpuinfo vmx", "all");
	assert_fact(host, "device kvm", "present");
	assert_fact(
		host, "contradiction",
		"\"cpuinfo vendor_id\" is \"GenuineIntel\" in line 6 and \"AuthenticAMD\" in line 8");
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cpuinfo_of_two_cpus),
		cmocka_unit_test(cpuinfo_of_flags_alone),
		cmocka_unit_test(cpuinfo_cut),
		cmocka_unit_test(cpuinfo_damage),
		cmocka_unit_test(flags_of_features),
		cmocka_unit_test(lscpu_in_other_languages),
		cmocka_unit_test(lscpu_text),
		cmocka_unit_test(lscpu_json),
		cmocka_unit_test(kvm_ok_facts),
		cmocka_unit_test(a_paste_of_words),
		cmocka_unit_test(kvm_ok_as_witness),
		cmocka_unit_test(flags_as_witness),
		cmocka_unit_test(lscpu_as_witness),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
