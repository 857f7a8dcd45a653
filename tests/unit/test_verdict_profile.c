// SPDX-License-Identifier: GPL-2.0-only
/* Profiles: what they ask for, met, unmet and not known. */
#include "verdict.h"

#include "kvm/caps.h"

static void test_the_profiles(void **state)
{
	static const char *const names[] = {
		"qemu",
		"firecracker",
		"cloud-hypervisor",
		"crosvm",
		"kata",
		"kubevirt",
		"virtualbox",
		"nested",
		"sev",
		"sev-es",
		"sev-snp",
		"tdx",
		"virtualbox-kvm",
		"vmware-nested",
		"haxm",
		"xen",
		"hyper-v",
		"jailhouse",
		"bareflank",
	};
	bool has[NR_PROFILES] = { false };
	size_t i, j;

	(void)state;
	assert_int_equal(NR_PROFILES, ARRAY_SIZE(names));
	for (i = 0; i < ARRAY_SIZE(names); i++)
		assert_non_null(profile_find(names[i]));
	assert_null(profile_find("nonsense"));
	REQUIREMENT_EACH(requirement) {
		has[requirement->profile] = true;
		assert_true(*requirement->source);
		assert_true(requirement->stage <= STAGE_KVM);
		if (requirement->kind != REQUIRE_CAP)
			continue;
		for (j = 0; j < kvm_cap_row_count; j++)
			if (!strcmp(kvm_cap_rows[j].name, requirement->key))
				break;
		if (j == kvm_cap_row_count)
			fail_msg("KVM has no %s", requirement->key);
	}
	for (i = 0; i < NR_PROFILES; i++)
		assert_true(has[i]);
}

#define READY(extra)                                                           \
	KERNEL("6.12.0")                                                       \
	AMD("0", "0x0", "0x5")                                                 \
	VM_CR("0x0") extra FACTS LOADED("kvm_amd") DEVICE_OK "proof : ran\n"

static void test_nested(void **state)
{
	struct verdict *verdict;

	(void)state;
	verdict = judge_for(READY("") "parameter kvm_amd.nested : 1\n"
				      "kvm cap 157 KVM_CAP_NESTED_STATE : 1\n",
			    "nested");
	assert_has(verdict->summary,
		   "ready for hypervisors inside guests: KVM works here");
	verdict_free(verdict);
	assert_for(READY("") "parameter kvm_amd.nested : 1\n"
			     "kvm cap 157 KVM_CAP_NESTED_STATE : 4096\n",
		   "nested", "ready");
	verdict =
		judge_for(READY("") "parameter kvm_amd.nested : 0\n"
				    "kvm cap 157 KVM_CAP_NESTED_STATE : 4096\n",
			  "nested");
	assert_string_equal(verdict_name(verdict), "profile-unmet");
	assert_has(verdict->summary, "kvm_amd.nested");
	assert_has(verdict->remedy, "modprobe kvm_amd nested=1");
	assert_int_equal(stage_of(verdict, STAGE_PROFILE_KERNEL)->status,
			 STAGE_FAIL);
	verdict_free(verdict);
	/* Only the answer of KVM itself is missing. */
	assert_for(READY("") "parameter kvm_amd.nested : 1\n", "nested",
		   "unknown");
}

static void assert_lacks(const char *machine, const char *profile,
			 const char *lack, const char *advice)
{
	assert_report(&(struct report){ machine, profile, "profile-unmet", lack,
					advice, NULL });
}

/* What is there and off is not missing, and no newer kernel makes up for VMX. */
static void test_what_is_lacking_in_words(void **state)
{
#define SOFTWARE                                                               \
	KERNEL("6.12.0")                                                       \
	AMD("0", GUEST, "0x1")                                                 \
	FACTS LOADED("kvm_pvm") DEVICE_OK "proof : ran\n"
	(void)state;
	assert_lacks(READY("") "parameter kvm_amd.nested : N\n", "nested",
		     ": parameter kvm_amd.nested is N", "nested=1");
	assert_lacks(READY("") "parameter kvm_amd.npt : Y\n", "nested",
		     ": parameter kvm_amd.nested is missing", "nested=1");
	/* Of which none is known: perhaps nobody looked. */
	assert_for(READY(""), "nested", "unknown");
	assert_lacks(SOFTWARE "kvm cap 157 KVM_CAP_NESTED_STATE : 0\n",
		     "nested", ": KVM_CAP_NESTED_STATE is missing",
		     "works in software");
	assert_lacks(SOFTWARE "module kvm_amd : absent\n", "sev",
		     ": module kvm_amd is not loaded", "works in software");
	assert_lacks(READY("") "device net/tun : present\n"
			       "device net/tun access : none\n",
		     "kubevirt", ": /dev/net/tun is not open to this user",
		     "let this user read");
	assert_lacks(READY("") "device net/tun : missing\n", "kubevirt",
		     ": /dev/net/tun is missing", "modprobe tun");
}

#define NESTED_VMX(msrs)                                                       \
	KERNEL("6.12.0")                                                       \
	INTEL("0", VMX)                                                        \
	FEATURE_CONTROL("0x5")                                                 \
	FACTS LOADED("kvm_intel") DEVICE_OK                                    \
		"proof : ran\nparameter kvm_intel.nested : Y\n"                \
		"kvm cap 157 KVM_CAP_NESTED_STATE : 4096\n" msrs

/* What KVM lists is an answer; that it could not be asked is none. */
static void test_what_kvm_offers(void **state)
{
	(void)state;
	assert_for(NESTED_VMX("kvm msrs : 0x480\n"
			      "kvm msr 0x480 : 0x00d8100011e57ed0\n"),
		   "nested", "ready");
	assert_for(NESTED_VMX("kvm msrs : 0x10a\nkvm msr 0x10a : 0x1\n"),
		   "nested", "profile-unmet");
	assert_for(NESTED_VMX("kvm msrs : none\n"), "nested", "profile-unmet");
	assert_for(NESTED_VMX("kvm msrs : EINVAL\n"), "nested", "unknown");
	assert_for(NESTED_VMX("kvm msrs : errno 524\n"), "nested", "unknown");
	assert_for(NESTED_VMX("kvm msrs : 0x480\nkvm msr 0x480 : unreadable\n"),
		   "nested", "unknown");
	assert_for(NESTED_VMX(""), "nested", "unknown");
}

/* What breaks the verdict comes before what the profile asks for. */
static void test_the_checks_come_first(void **state)
{
	(void)state;
	assert_for(KERNEL("6.12.0") AMD("0", "0x0", "0x5") VM_CR("0x18") FACTS,
		   "qemu", "firmware-disabled");
}

static void test_a_vm_answers_for_itself(void **state)
{
	(void)state;
	assert_for(READY("") "parameter kvm_amd.nested : 1\n"
			     "kvm cap 157 KVM_CAP_NESTED_STATE : 0 vm 4096\n",
		   "nested", "ready");
}

#define SNP_LEAF(eax) "cpuid 0x8000001f.0x0 : " eax " 0x16f 0x1fd 0x80\n"
#define SNP_MSRS(syscfg, end)                                                  \
	"msr 0xc0010010 SYSCFG : " syscfg "\nmsr 0xc0010132 RMP_BASE : set\n"  \
	"msr 0xc0010133 RMP_END : " end "\n"
#define SNP_SYSTEM                                                             \
	"parameter kvm_amd.sev : Y\nparameter kvm_amd.sev_es : Y\n"            \
	"parameter kvm_amd.sev_snp : Y\ndevice sev : present\n"                \
	"device sev access : read write\nkvm vm types : 0x1d\n"

/* Confidential guests have stages of their own, from CPUID to the device. */
static void test_sev_snp(void **state)
{
	struct verdict *verdict;

	(void)state;
	assert_for(READY(SNP_LEAF("0x3f") SNP_MSRS("0x3f40000", "set"))
			   SNP_SYSTEM,
		   "sev-snp", "ready");
	/* The CPUID bit alone proves nothing: SNP is off in SYSCFG. */
	verdict = judge_for(READY(SNP_LEAF("0x3f") SNP_MSRS("0x2f40000", "set"))
				    SNP_SYSTEM,
			    "sev-snp");
	assert_string_equal(verdict_name(verdict), "profile-unmet");
	assert_int_equal(stage_of(verdict, STAGE_PROFILE_PROCESSOR)->status,
			 STAGE_PASS);
	assert_int_equal(stage_of(verdict, STAGE_PROFILE_FIRMWARE)->status,
			 STAGE_PASS);
	assert_int_equal(stage_of(verdict, STAGE_PROFILE_KERNEL)->status,
			 STAGE_FAIL);
	assert_has(verdict->summary, "SYSCFG bit 24");
	verdict_free(verdict);
	assert_for(READY(SNP_LEAF("0x3f") SNP_MSRS("0x3f40000", "clear"))
			   SNP_SYSTEM,
		   "sev-snp", "profile-unmet");
	assert_for(READY(SNP_LEAF("0x2f") SNP_MSRS("0x3f40000", "set"))
			   SNP_SYSTEM,
		   "sev-snp", "profile-unmet");
	/* A register that could not be read is not no, */
	assert_for(READY(SNP_LEAF("0x3f") SNP_MSRS("#GP", "set")), "sev-snp",
		   "unknown");
	/* and KVM, which has SNP on, knows what it says. */
	assert_for(READY(SNP_LEAF("0x3f") SNP_MSRS("#GP", "set")) SNP_SYSTEM,
		   "sev-snp", "ready");
}

/* Of every CPU, not of the first. */
static void test_every_cpu(void **state)
{
	(void)state;
	assert_for(KERNEL("6.12.0") AMD("0", "0x0", "0x5") SNP_LEAF(
			   "0x3f") VM_CR("0x0") SNP_MSRS("0x3f40000", "set")
			   AMD("1", "0x0", "0x5") SNP_LEAF("0x3f") VM_CR("0x0")
				   SNP_MSRS("0x2f40000", "set")
					   FACTS LOADED("kvm_amd") DEVICE_OK
		   "proof : ran\n" SNP_SYSTEM,
		   "sev-snp", "profile-unmet");
	/* No on one CPU is no, whatever is not known of another. */
	assert_for(KERNEL("6.12.0") AMD("0", "0x0", "0x5") SNP_LEAF(
			   "0x3f") VM_CR("0x0") SNP_MSRS("#GP", "set")
			   AMD("1", "0x0", "0x5") SNP_LEAF("0x3f") VM_CR("0x0")
				   SNP_MSRS("0x2f40000", "set")
					   FACTS LOADED("kvm_amd") DEVICE_OK
		   "proof : ran\n" SNP_SYSTEM,
		   "sev-snp", "profile-unmet");
}

#define VBOX                                                                   \
	"module vboxdrv : loaded\ndevice vboxdrv : present\n"                  \
	"device vboxdrv access : read write\n"
#define HELD	      "vmx on : 0\n"
#define FREE	      "vmx on : none\n"
#define VMX_READY(on) INTEL("0", VMX) FEATURE_CONTROL("0x5") on FACTS

/* It needs the hardware to itself, and no KVM. */
static void test_virtualbox(void **state)
{
	(void)state;
	assert_for(KERNEL("6.1.0") VMX_READY(FREE) "module kvm : absent\n" VBOX,
		   "virtualbox", "ready");
	assert_for(KERNEL("6.11.0") VMX_READY(FREE) LOADED("kvm_intel") VBOX,
		   "virtualbox", "ready");
	assert_for(KERNEL("6.12.0") VMX_READY(HELD) LOADED("kvm_intel") VBOX,
		   "virtualbox", "profile-unmet");
	assert_for(
		KERNEL("6.12.0") VMX_READY(FREE) LOADED(
			"kvm_intel") "parameter kvm.enable_virt_at_load : N\n" VBOX,
		"virtualbox", "ready");
	assert_for(KERNEL("6.11.0") VMX_READY(HELD) LOADED("kvm_intel") VBOX,
		   "virtualbox", "profile-unmet");
	assert_for(KERNEL("6.1.0") VMX_READY(FREE) "module kvm : absent\n",
		   "virtualbox", "unknown");
}

static void test_recommended_only_warns(void **state)
{
	struct verdict *verdict = judge_for(
		READY("") "kvm cap 3 KVM_CAP_USER_MEMORY : 1\n"
			  "kvm cap 0 KVM_CAP_IRQCHIP : 1\nkvm cap 44 KVM_CAP_HYPERV : 0\n"
			  "device net/tun : present\ndevice net/tun access : read write\n"
			  "device vhost-net : present\ndevice vhost-net access : read write\n",
		"kubevirt");

	(void)state;
	assert_string_equal(verdict_name(verdict), "ready");
	assert_int_equal(stage_of(verdict, STAGE_PROFILE_KVM)->status,
			 STAGE_WARN);
	verdict_free(verdict);
}

/* The kernel's own come with its package, others are built. */
static void test_absent_modules(void **state)
{
	struct verdict *verdict = judge_for(
		KERNEL("6.8.0") FACTS "module vhost : absent\n", "kata");

	(void)state;
	assert_has(verdict->remedy, "linux-modules-extra");
	assert_has_not(verdict->remedy, "DKMS");
	verdict_free(verdict);
	verdict = judge_for(KERNEL("6.8.0") FACTS "module vboxdrv : absent\n",
			    "virtualbox");
	assert_has(verdict->remedy, "DKMS");
	verdict_free(verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_profiles),
		cmocka_unit_test(test_absent_modules),
		cmocka_unit_test(test_nested),
		cmocka_unit_test(test_what_is_lacking_in_words),
		cmocka_unit_test(test_what_kvm_offers),
		cmocka_unit_test(test_the_checks_come_first),
		cmocka_unit_test(test_a_vm_answers_for_itself),
		cmocka_unit_test(test_sev_snp),
		cmocka_unit_test(test_every_cpu),
		cmocka_unit_test(test_virtualbox),
		cmocka_unit_test(test_recommended_only_warns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
