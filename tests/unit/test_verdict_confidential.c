// SPDX-License-Identifier: GPL-2.0-only
/* Hosts of TDX and SEV-SNP guests: as people report them. */
#include "reports.h"

#define TDX_HOST(facts)                                                        \
	ON("6.17.0")                                                           \
	FACTS LOADED("kvm_intel") DEVICE_OK                                    \
		"parameter kvm_intel.tdx : N\nparameter kvm_intel.ept : Y\n"   \
		"kvm vm types : 0x1\n" facts
#define TDX_BIOS                                                               \
	"log tdx_firmware : virt/tdx: BIOS enabled: private KeyID range [64, 128)\n"

/* kvm_intel.tdx=1 is no cure for what the kernel's log names. */
static void test_tdx(void **state)
{
	static const struct report reports[] = {
		{ TDX_HOST(TDX_BIOS
			   "log tdx_no_module : virt/tdx: module not loaded\n"),
		  "tdx", "profile-unmet", "did not load the TDX module",
		  "SEAM loader", "tdx=1" },
		{ TDX_HOST(
			  TDX_BIOS
			  "log tdx_hibernation : virt/tdx: initialization failed: Hibernation support is enabled\n"),
		  "tdx", "profile-unmet", "hibernate", "nohibernate",
		  "firmware" },
		{ TDX_HOST(
			  "log tdx_vendor_lacks : tdx: not enabled by BIOS.\n"),
		  "tdx", "profile-unmet", "turned it off", "firmware setup",
		  "tdx=1" },
		{ TDX_HOST(
			  TDX_BIOS
			  "log tdx_seamcall : virt/tdx: SEAMCALL (0x21) failed: 0xc000090000000000\n"),
		  "tdx", "profile-unmet", "could not be initialized",
		  "update the firmware", "tdx=1" },
		/* Asked for already, and no line that says why. */
		{ TDX_HOST(TDX_BIOS
			   "command line : kvm_intel.tdx=1 nohibernate\n"),
		  "tdx", "profile-unmet", "kvm_intel.tdx is N",
		  "firmware setup", "Load kvm_intel" },
		{ TDX_HOST(TDX_BIOS), "tdx", "profile-unmet",
		  "kvm_intel.tdx is N", "Load kvm_intel with tdx=1", NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define SNP_HOST(min_asid, facts)                                              \
	KERNEL("6.12.0")                                                       \
	AMD("0-3", "0x0", "0x5")                                               \
	VM_CR("0x8")                                                           \
	"msr 0xc0010010 SYSCFG : 0x0000000000f40000\n"                         \
	"cpuid 0x8000001f.0x0 : 0x3f 0x16f 0x1fd " min_asid                    \
	"\n" FACTS LOADED("kvm_amd") DEVICE_OK                                 \
		"parameter kvm_amd.sev : Y\nparameter kvm_amd.sev_es : Y\n"    \
		"parameter kvm_amd.sev_snp : N\ndevice sev : present\n"        \
		"device sev access : read write\n" facts

static void test_snp(void **state)
{
	static const struct report reports[] = {
		{ SNP_HOST("0x80", "command line : amd_iommu=off\n"), "sev-snp",
		  "profile-unmet", "the IOMMU is off", "amd_iommu=off",
		  "sev_snp=1" },
		{ SNP_HOST(
			  "0x80",
			  "log amd_vi_snp_pt : AMD-Vi: SNP: IOMMU configured in passthrough mode, SNP cannot be supported.\n"),
		  "sev-snp", "profile-unmet", "passes through", "iommu=pt",
		  "sev_snp=1" },
		{ SNP_HOST(
			  "0x80",
			  "log rmp_missing : SEV-SNP: Memory for the RMP table has not been reserved by BIOS\n"),
		  "sev-snp", "profile-unmet", "did not reserve", "RMP Table",
		  "IOMMU" },
		{ SNP_HOST("0x80", "iommu group types : DMA-FQ\n"), "sev-snp",
		  "profile-unmet", "SYSCFG bit 24", "SEV-SNP support", NULL },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

#define SNP_FAILED                                                             \
	"log ccp_snp_failed : ccp 0000:21:00.5: SEV-SNP: INIT failed rc -5, error 0x3\n"
#define SNP_ON(facts)                                                          \
	KERNEL("6.13.0")                                                       \
	AMD("0-3", "0x0", "0x5")                                               \
	VM_CR("0x8")                                                           \
	"cpuid 0x8000001f.0x0 : 0x3f 0x16f 0x1fd 0x80\n" FACTS LOADED(         \
		"kvm_amd") DEVICE_OK                                           \
		"parameter kvm_amd.sev : Y\nparameter kvm_amd.sev_es : Y\n"    \
		"parameter kvm_amd.sev_snp : Y\n" facts

/* KVM's parameter tells nothing of the firmware behind /dev/sev. */
static void test_snp_firmware(void **state)
{
	static const struct report reports[] = {
		{ SNP_ON(SNP_FAILED "device sev : missing\n"), "sev-snp",
		  "profile-unmet", "firmware could not be initialized",
		  "update the machine's firmware", "Load the module ccp" },
		{ SNP_ON("device sev : missing\n"), "sev-snp", "profile-unmet",
		  "/dev/sev", "Load the module ccp", "refused" },
	};
	struct verdict *verdict =
		judge_for(SNP_ON(SNP_FAILED "device sev : present\n"
					    "device sev access : read write\n"),
			  "sev-snp");

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
	assert_string_equal(verdict_name(verdict), "ready");
	verdict_free(verdict);
}

/* No CPU model of a guest brings SEV or TDX. */
static void test_confidential_in_a_guest(void **state)
{
	static const struct report reports[] = {
		{ KERNEL("6.8.0") AMD("0-3", "0x80000000", "0x5") KVM_ABOVE
		  "cpuid 0x8000001f.0x0 : 0x0 0x0 0x0 0x0\n" FACTS LOADED(
			  "kvm_amd") DEVICE_OK,
		  "sev-snp", "profile-unmet", "SME", "bare metal",
		  "CPU model" },
		{ KERNEL("6.16.0") INTEL("0-3", GUEST_VMX) KVM_ABOVE
		  "cpuid 0x00000007.0x0 : 0x0 0x0 0x0 0x0\n" FACTS LOADED(
			  "kvm_intel") DEVICE_OK,
		  "tdx", "profile-unmet", NULL, "bare metal", "CPU model" },
	};

	(void)state;
	assert_reports(reports, ARRAY_SIZE(reports));
}

/* KVM makes such guests, so nothing that they stand on is missing. */
static void test_kvm_has_it(void **state)
{
	struct verdict *verdict;

	(void)state;
	verdict = judge_for(
		ON("5.14.0-503.el9.x86_64") FACTS LOADED("kvm_intel") DEVICE_OK
		"parameter kvm_intel.tdx : Y\nparameter kvm_intel.ept : Y\n"
		"kvm vm types : 0x21\n"
		"log tdx_seamcall : virt/tdx: SEAMCALL (0x21) failed: 0x1\n",
		"tdx");
	assert_string_equal(verdict_name(verdict), "ready");
	verdict_free(verdict);
	/* A kernel that has the parameter and knows no types. */
	verdict = judge_for(
		KERNEL("5.19.0-rc6-snp-host") AMD("0-3", "0x0", "0x5")
			VM_CR("0x8") FACTS LOADED("kvm_amd") DEVICE_OK
		"parameter kvm_amd.sev : Y\nparameter kvm_amd.sev_es : Y\n"
		"parameter kvm_amd.sev_snp : Y\ndevice sev : present\n"
		"device sev access : read write\n",
		"sev-snp");
	assert_string_equal(verdict_name(verdict), "ready");
	verdict_free(verdict);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tdx),
		cmocka_unit_test(test_snp),
		cmocka_unit_test(test_snp_firmware),
		cmocka_unit_test(test_confidential_in_a_guest),
		cmocka_unit_test(test_kvm_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
