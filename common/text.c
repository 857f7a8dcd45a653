// SPDX-License-Identifier: GPL-2.0-only
#include "text.h"

static bool is_plain(u8 byte)
{
	return byte >= 0x20 && byte <= 0x7e && byte != '\\';
}

void vi_text_bytes(vi_text *text, const char *bytes, unsigned int count)
{
	unsigned int i, run;

	while (count && (!bytes[count - 1] || bytes[count - 1] == ' '))
		count--;
	for (i = 0; i < count && bytes[i] == ' '; i++)
		;
	while (i < count) {
		for (run = 0; i + run < count && is_plain(bytes[i + run]);)
			run++;
		if (run)
			vi_print(text, "%.*s", (int)run, bytes + i);
		else
			vi_print(text, "\\x%02x", (u8)bytes[i]);
		i += run ? run : 1;
	}
}

static void text_signature(vi_text *text, const struct vi_sample *sample)
{
	u32 eax = sample->leaf[VI_L1][VI_EAX];
	struct vi_signature signature = vi_signature(eax);

	if (sample->leaf_status[VI_L1] != VI_READ)
		return;
	vi_print(text, "signature\t: 0x%08x ", eax);
	vi_print(text, "(family 0x%x, model 0x%x, stepping 0x%x)\n",
		 signature.family, signature.model, signature.stepping);
}

unsigned int vi_text_signatures(vi_text *text, const struct vi_hv *hv)
{
	unsigned int i, found = 0;
	char signature[12];

	for (i = 0; i < hv->count; i++) {
		if (hv->leaves[i].leaf & 0xff)
			continue;
		if (found++)
			vi_print(text, ", ");
		vi_hv_signature(&hv->leaves[i], signature);
		vi_text_bytes(text, signature, sizeof(signature));
	}
	return found;
}

static void text_hypervisors(vi_text *text, const struct vi_sample *sample,
			     const struct vi_hv *hv)
{
	vi_print(text, "hypervisor\t: ");
	if (!vi_text_signatures(text, hv))
		vi_print(text, "%s",
			 vi_leaf_bit(sample, VI_L1, VI_ECX, 31) ? "unknown" :
								  "none");
	vi_print(text, "\n");
}

void vi_text_summary(vi_text *text, const struct vi_sample *sample,
		     const struct vi_hv *hv)
{
	char name[48];

	vi_vendor(sample, name);
	vi_print(text, "vendor\t\t: ");
	vi_text_bytes(text, name, 12);
	vi_print(text, "\n");
	text_signature(text, sample);
	if (sample->leaf_status[VI_L80000004] == VI_READ) {
		vi_model_name(sample, name);
		vi_print(text, "model name\t: ");
		vi_text_bytes(text, name, sizeof(name));
		vi_print(text, "\n");
	}
	vi_print(text, "extension\t: %s\n",
		 vi_extension_name(vi_extension(sample)));
	vi_print(text, "state\t\t: %s\n", vi_state_name(vi_state(sample)));
	vi_print(text, "paging\t\t: %s\n", vi_paging_name(vi_paging(sample)));
	text_hypervisors(text, sample, hv);
}

void vi_text_leaf(vi_text *text, u32 leaf, u32 subleaf, const u32 reg[4])
{
	vi_print(text, "cpuid 0x%08x.0x%x\t: 0x%08x 0x%08x 0x%08x 0x%08x\n",
		 leaf, subleaf, reg[VI_EAX], reg[VI_EBX], reg[VI_ECX],
		 reg[VI_EDX]);
}

static const char tabs[] = "\t\t\t\t\t\t";

#define CONTROL_REGISTER(id, number, flags, varies, source)                    \
	static_assert(sizeof(#id) <= 8 * sizeof(tabs),                         \
		      #id " is longer than the tabs");
#define MSR(id, address, vendor, flags, varies, gate, source)                  \
	static_assert(sizeof("msr 0x00000000 " #id) <= 8 * sizeof(tabs),       \
		      #id " is longer than the tabs");
#include "registers.def"

void vi_text_value(vi_text *text, enum vi_msr msr,
		   const struct vi_sample *sample, bool addresses)
{
	switch (sample->msr_status[msr]) {
	case VI_READ:
		if (vi_msrs[msr].flags & VI_SENSITIVE && !addresses)
			vi_print(text, "%s\n",
				 sample->msr[msr] ? "set" : "clear");
		else
			vi_print(text, "0x%016llx\n", sample->msr[msr]);
		break;
	case VI_SET:
		vi_print(text, "set\n");
		break;
	case VI_CLEAR:
		vi_print(text, "clear\n");
		break;
	case VI_GP:
		vi_print(text, "#GP\n");
		break;
	default:
		vi_print(text, "not attempted\n");
		break;
	}
}

static void text_msr(vi_text *text, enum vi_msr msr,
		     const struct vi_sample *sample, bool addresses)
{
	const struct vi_msr_info *info = &vi_msrs[msr];
	unsigned int length = strlen(info->name);

	if (sample->msr_status[msr] == VI_ABSENT)
		return;
	if (info->flags & VI_CONTROL_REGISTER) {
		vi_print(text, "%s", info->name);
	} else {
		vi_print(text, "msr 0x%08x %s", info->address, info->name);
		length += strlen("msr 0x00000000 ");
	}
	vi_print(text, "%s: ", tabs + length / 8);
	vi_text_value(text, msr, sample, addresses);
}

void vi_text_registers(vi_text *text, const struct vi_sample *sample,
		       const struct vi_hv *hv, bool addresses)
{
	unsigned int i;

	for (i = 0; i < VI_NR_LEAVES; i++) {
		const struct vi_leaf_info *info = &vi_leaves[i];

		if (sample->leaf_status[i] == VI_READ)
			vi_text_leaf(text, info->leaf, info->subleaf,
				     sample->leaf[i]);
		else if (sample->leaf_status[i] == VI_NOT_ATTEMPTED)
			vi_print(text, "cpuid 0x%08x.0x%x\t: not attempted\n",
				 info->leaf, info->subleaf);
	}
	for (i = 0; i < hv->count; i++)
		vi_text_leaf(text, hv->leaves[i].leaf, hv->leaves[i].subleaf,
			     hv->leaves[i].reg);
	if (hv->truncated)
		vi_print(text, "hypervisor leaves\t: truncated\n");
	for (i = 0; i < VI_NR_MSRS; i++)
		text_msr(text, i, sample, addresses);
}
