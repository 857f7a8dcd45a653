// SPDX-License-Identifier: GPL-2.0-only
/*
 * virsh capabilities (libvirt, docs/formatcaps.rst and src/conf/capabilities.c).
 * The host's CPU is a model and the features of CPUID beyond it, so a feature
 * that is not listed may be in the model. A domain of type kvm is there where
 * QEMU could start on KVM when libvirt asked it (src/qemu/qemu_capabilities.c).
 */
#include <stdio.h>

#include "input/forms.h"
#include "input/libvirt_xml.h"

#define ROOT "<capabilities>"

/* A guest of x86: hvm, and its emulator's kinds of domains. */
struct capabilities {
	struct libvirt libvirt; /* first: what its functions get */
	bool hvm, x86;		/* the guest that is read */
	bool qemu;		/* QEMU makes some of x86 */
	bool kvm;
	bool x86_host;
	bool whole; /* its end was seen */
};

enum form_match input_is_virsh_capabilities(const struct line *line, bool first)
{
	(void)first;
	return BEGINS(line->text, line->end, ROOT) ? FORM_CERTAIN : FORM_NO;
}

enum form_match input_takes_virsh_capabilities(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end);

	if (BEGINS(at, line->end, "<domainCapabilities>"))
		return FORM_NO;
	return at < line->end && *at == '<' ? FORM_CERTAIN : FORM_NO;
}

static int feature(struct libvirt *l)
{
	static const char *const names[] = { "vmx", "svm", "hypervisor" };
	char key[48];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!libvirt_attribute_is(l, "name", names[i]))
			continue;
		snprintf(key, sizeof(key), "libvirt host feature %s", names[i]);
		return libvirt_tell(l, key, "yes");
	}
	return 0;
}

/* <signature family='6' model='94' stepping='3'/> */
static int signature(struct libvirt *l)
{
	static const struct {
		const char *name;
		const char *fact;
	} numbers[] = {
		{ "family", "cpuinfo family" },
		{ "model", "cpuinfo model" },
		{ "stepping", "cpuinfo stepping" },
	};
	const char *value, *end;
	size_t i;
	u32 number;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (!xml_attribute(&l->event, numbers[i].name, &value, &end) ||
		    scan_decimal(value, end, 0xffff, &number) != end)
			continue;
		if (libvirt_tell_span(l, numbers[i].fact, value, end))
			return -1;
	}
	return 0;
}

static int host_element(struct libvirt *l)
{
	if (libvirt_begins(l, "host/cpu/feature"))
		return feature(l);
	if (libvirt_begins(l, "host/cpu/signature"))
		return signature(l);
	if (libvirt_text_of(l, "host/cpu/vendor"))
		return libvirt_vendor(l);
	if (libvirt_text_of(l, "host/cpu/model"))
		return libvirt_tell_span(l, "libvirt cpu model", l->event.at,
					 l->event.end);
	/* It looks for groups (virHostHasIOMMU). */
	if (libvirt_begins(l, "host/iommu") &&
	    libvirt_attribute_is(l, "support", "yes"))
		return libvirt_tell(l, "iommu groups", "some");
	if (libvirt_begins(l, "host/iommu") &&
	    libvirt_attribute_is(l, "support", "no"))
		return libvirt_tell(l, "iommu groups", "0");
	return 0;
}

static int guest_element(struct capabilities *c)
{
	struct libvirt *l = &c->libvirt;
	const char *value, *end;

	if (libvirt_begins(l, "capabilities/guest"))
		c->hvm = c->x86 = false;
	else if (libvirt_text_of(l, "guest/os_type"))
		c->hvm = IS(l->event.at, l->event.end, "hvm");
	else if (libvirt_begins(l, "guest/arch"))
		c->x86 = xml_attribute(&l->event, "name", &value, &end) &&
			 libvirt_is_x86(value, end);
	if (!c->hvm || !c->x86 || !libvirt_begins(l, "guest/arch/domain"))
		return 0;
	c->qemu |= libvirt_attribute_is(l, "type", "qemu");
	if (!libvirt_attribute_is(l, "type", "kvm"))
		return 0;
	c->kvm = true;
	return libvirt_tell(l, "libvirt domain kvm", "yes");
}

static int take(struct libvirt *l)
{
	struct capabilities *c = (struct capabilities *)l;

	if (libvirt_text_of(l, "host/cpu/arch"))
		c->x86_host = libvirt_is_x86(l->event.at, l->event.end);
	if (l->event.kind == XML_CLOSE && !l->walk.depth)
		c->whole = true;
	return host_element(l) || guest_element(c);
}

/* Whole, with QEMU for x86 and without KVM: it could not use it. */
static int finish(struct libvirt *l)
{
	const struct capabilities *c = (struct capabilities *)l;

	if (!c->whole || !c->x86_host || !c->qemu || c->kvm)
		return 0;
	return libvirt_tell(l, "libvirt domain kvm", "no");
}

struct host *input_virsh_capabilities(const struct input_piece *piece,
				      enum host_source source,
				      struct input_error *error)
{
	struct capabilities c = { 0 };

	return libvirt_parse(&c.libvirt, piece, source, error, take, finish);
}
