// SPDX-License-Identifier: GPL-2.0-only
/*
 * virsh domcapabilities (libvirt, docs/formatdomaincaps.rst and
 * src/conf/domain_capabilities.c): what guests of one kind can have. Those of
 * domain kvm are there where libvirt found KVM usable. The features of the
 * host's model are what KVM offers: "hypervisor" is of every guest, and "vmx" or
 * "svm" there means that the processor has it and nested virtualization is on.
 */
#include <stdio.h>

#include "input/forms.h"
#include "input/libvirt_xml.h"

#define ROOT "<domainCapabilities>"

#define TYPES_MAX 64

struct domcapabilities {
	struct libvirt libvirt; /* first: what its functions get */
	bool kvm, x86;
	bool host_model;       /* the mode that is read */
	bool sectype;	       /* the list that is read */
	char types[TYPES_MAX]; /* of protected guests */
	unsigned long types_line;
};

enum form_match input_is_virsh_domcapabilities(const struct line *line,
					       bool first)
{
	(void)first;
	return BEGINS(line->text, line->end, ROOT) ? FORM_CERTAIN : FORM_NO;
}

enum form_match input_takes_virsh_domcapabilities(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end);

	if (BEGINS(at, line->end, "<capabilities>"))
		return FORM_NO;
	return at < line->end && *at == '<' ? FORM_CERTAIN : FORM_NO;
}

/* The domain's kind comes before its architecture. */
static int domain(struct domcapabilities *d)
{
	struct libvirt *l = &d->libvirt;

	if (libvirt_text_of(l, "domainCapabilities/domain")) {
		d->kvm = IS(l->event.at, l->event.end, "kvm");
		/* It may have been asked for, with --virttype. */
		if (IS(l->event.at, l->event.end, "qemu"))
			return libvirt_tell(l, "libvirt domain qemu", "yes");
	}
	if (!libvirt_text_of(l, "domainCapabilities/arch"))
		return 0;
	d->x86 = libvirt_is_x86(l->event.at, l->event.end);
	return d->kvm && d->x86 ? libvirt_tell(l, "libvirt domain kvm", "yes") :
				  0;
}

static int feature(struct libvirt *l)
{
	static const char *const names[] = { "vmx", "svm" };
	bool required = libvirt_attribute_is(l, "policy", "require");
	char key[48];
	size_t i;

	if (!required && !libvirt_attribute_is(l, "policy", "disable"))
		return 0;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		if (!libvirt_attribute_is(l, "name", names[i]))
			continue;
		snprintf(key, sizeof(key), "libvirt guest feature %s",
			 names[i]);
		return libvirt_tell(l, key, required ? "yes" : "no");
	}
	return 0;
}

static int cpu(struct domcapabilities *d)
{
	struct libvirt *l = &d->libvirt;

	if (libvirt_begins(l, "cpu/mode"))
		d->host_model = libvirt_attribute_is(l, "name", "host-model") &&
				libvirt_attribute_is(l, "supported", "yes");
	if (!d->host_model || !d->kvm || !d->x86)
		return 0;
	if (libvirt_begins(l, "cpu/mode/feature"))
		return feature(l);
	if (libvirt_text_of(l, "cpu/mode/vendor"))
		return libvirt_vendor(l);
	/* Not the model that virsh capabilities has: QEMU has more of them. */
	if (libvirt_text_of(l, "cpu/mode/model"))
		return libvirt_tell_span(l, "libvirt guest model", l->event.at,
					 l->event.end);
	return 0;
}

static int supported(struct libvirt *l, const char *fact)
{
	if (libvirt_attribute_is(l, "supported", "yes"))
		return libvirt_tell(l, fact, "yes");
	return libvirt_attribute_is(l, "supported", "no") ?
		       libvirt_tell(l, fact, "no") :
		       0;
}

/* Names of its own, so no other bytes get into the fact. */
static void add_type(struct domcapabilities *d)
{
	static const char *const types[] = { "sev", "sev-snp", "tdx" };
	const struct xml_event *event = &d->libvirt.event;
	size_t i, used = strlen(d->types);

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		if ((size_t)(event->end - event->at) != strlen(types[i]) ||
		    memcmp(event->at, types[i], strlen(types[i])))
			continue;
		snprintf(d->types + used, sizeof(d->types) - used, "%s%s",
			 used ? " " : "", types[i]);
		d->types_line = d->libvirt.dump.lines.number;
	}
}

static int features(struct domcapabilities *d)
{
	struct libvirt *l = &d->libvirt;

	if (!d->kvm || !d->x86)
		return 0;
	if (libvirt_begins(l, "features/sev"))
		return supported(l, "libvirt sev");
	if (libvirt_begins(l, "features/tdx"))
		return supported(l, "libvirt tdx");
	if (libvirt_begins(l, "features/sgx"))
		return supported(l, "libvirt sgx");
	if (libvirt_begins(l, "features/launchSecurity/enum"))
		d->sectype = libvirt_attribute_is(l, "name", "sectype");
	if (d->sectype &&
	    libvirt_text_of(l, "features/launchSecurity/enum/value"))
		add_type(d);
	return 0;
}

static int take(struct libvirt *l)
{
	struct domcapabilities *d = (struct domcapabilities *)l;

	return domain(d) || cpu(d) || features(d);
}

static int finish(struct libvirt *l)
{
	static const char key[] = "libvirt launch security";
	const struct domcapabilities *d = (struct domcapabilities *)l;

	if (!*d->types)
		return 0;
	if (facts_add_line(l->host->facts, d->types_line, key, strlen(key),
			   d->types, strlen(d->types)))
		return input_no_memory(l->dump.error, l->dump.name);
	return 0;
}

struct host *input_virsh_domcapabilities(const struct input_piece *piece,
					 enum host_source source,
					 struct input_error *error)
{
	struct domcapabilities d = { 0 };

	return libvirt_parse(&d.libvirt, piece, source, error, take, finish);
}
