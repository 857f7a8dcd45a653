// SPDX-License-Identifier: GPL-2.0-only
/* The XML of virsh capabilities and virsh domcapabilities. */
#include "words.h"

#include "input/xml_walk.h"

/* The events of a line, as text: +name, -, 'text'. */
static const char *events(struct xml_walk *walk, const char *line)
{
	static char text[512];
	const char *at = line, *end = line + strlen(line);
	struct xml_event event;
	size_t used = 0;

	*text = '\0';
	while (xml_next(walk, &at, end, &event)) {
		const struct xml_name *name =
			walk->depth ? &walk->path[walk->depth - 1] : NULL;

		if (event.kind == XML_OPEN)
			used += (size_t)snprintf(
				text + used, sizeof(text) - used, "+%.*s",
				(int)(name->end - name->at), name->at);
		else if (event.kind == XML_CLOSE)
			used += (size_t)snprintf(text + used,
						 sizeof(text) - used, "-");
		else
			used += (size_t)snprintf(
				text + used, sizeof(text) - used, "'%.*s'",
				(int)(event.end - event.at), event.at);
	}
	return text;
}

static void walk_lines(void **state)
{
	struct xml_walk walk = { 0 };

	(void)state;
	assert_string_equal(events(&walk, "<a><b c='d'/> e </a>"), "+a+b'e'-");
	assert_int_equal(walk.depth, 0);
	assert_string_equal(events(&walk, "<?xml v?><!-- x --><a>"), "+a");
	assert_string_equal(events(&walk, "  text <b>  "), "'text'+b");
	assert_true(xml_in(&walk, "a/b"));
	assert_true(xml_in(&walk, "b"));
	assert_false(xml_in(&walk, "a"));
	assert_false(xml_in(&walk, "x/b"));
	assert_false(xml_in(&walk, "x/a/b"));
	/* What was not opened does not close; what was ends what is in it. */
	assert_string_equal(events(&walk, "</x>"), "");
	assert_string_equal(events(&walk, "</a>"), "-");
	assert_int_equal(walk.depth, 0);
}

static void walk_damage(void **state)
{
	static const char *const lines[] = { "<",   "</", "<>",	 "< >",
					     "</>", "<a", "<a/", "<a b='" };
	struct xml_walk walk = { 0 };
	const char *value, *value_end;
	struct xml_event event;
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(lines); i++)
		events(&walk, lines[i]);
	memset(&walk, 0, sizeof(walk));
	for (i = 0; i < 3 * XML_DEPTH; i++)
		events(&walk, "<a>");
	assert_int_equal(walk.depth, XML_DEPTH);
	for (i = 0; i < 3 * XML_DEPTH; i++)
		events(&walk, "</a>");
	assert_int_equal(walk.depth, 0);
	for (i = 0; i < 4; i++) {
		static const char *const attributes[] = { " a", " a=", " a='",
							  " a=b" };

		event.at = attributes[i];
		event.end = event.at + strlen(event.at);
		assert_false(xml_attribute(&event, "a", &value, &value_end));
	}
	event.at = " b='' a=\"x y\"";
	event.end = event.at + strlen(event.at);
	assert_true(xml_attribute(&event, "a", &value, &value_end));
	assert_int_equal(value_end - value, 3);
	assert_true(xml_attribute(&event, "b", &value, &value_end));
	assert_ptr_equal(value, value_end);
	assert_false(xml_attribute(&event, "c", &value, &value_end));
}

#define CAPABILITIES(host, guest)                                              \
	"<capabilities>\n\n  <host>\n    <cpu>\n      <arch>x86_64</arch>\n"   \
	"      <vendor>Intel</vendor>\n" host "    </cpu>\n  </host>\n" guest  \
	"</capabilities>\n"
#define GUEST_OF(type, arch, domains)                                          \
	"  <guest>\n    <os_type>" type "</os_type>\n    <arch name='" arch    \
	"'>\n      <wordsize>64</wordsize>\n" domains                          \
	"    </arch>\n  </guest>\n"
#define QEMU "      <domain type='qemu'/>\n"
#define KVM                                                                    \
	"      <domain type='kvm'>\n        <machine>pc</machine>\n      </domain>\n"

static void capabilities_host(void **state)
{
	struct host *host = parse_words(
		"$ virsh capabilities\n" CAPABILITIES(
			"      <model>Skylake-Client-IBRS</model>\n"
			"      <signature family='6' model='94' stepping='3'/>\n"
			"      <feature name='vmx'/>\n"
			"      <feature name='vmxx'/>\n",
			"") "\n",
		HOST_VIRSH_CAPABILITIES);
	struct verdict *verdict;

	(void)state;
	assert_fact(host, "libvirt cpu model", "Skylake-Client-IBRS");
	assert_fact(host, "cpuinfo vendor_id", "GenuineIntel");
	assert_fact(host, "cpuinfo family", "6");
	assert_fact(host, "cpuinfo model", "94");
	assert_fact(host, "cpuinfo stepping", "3");
	assert_fact(host, "libvirt host feature vmx", "yes");
	assert_no_fact(host, "libvirt host feature hypervisor");
	assert_no_fact(host, "libvirt domain kvm");
	verdict = verdict_of(host, NULL);
	assert_string_equal(verdict_name(verdict), "unknown");
	assert_has(verdict->summary, "the processor has VMX");
	verdict_free(verdict);
	host_free(host);
	assert_tells("<capabilities>\n<host>\n<iommu support='yes'/>\n",
		     HOST_VIRSH_CAPABILITIES, "iommu groups", "some");
	assert_tells("<capabilities>\n<host>\n<iommu support='no'/>\n",
		     HOST_VIRSH_CAPABILITIES, "iommu groups", "0");
	/* The model may have svm in itself. */
	assert_tells(CAPABILITIES("<model>EPYC</model>\n", ""),
		     HOST_VIRSH_CAPABILITIES, "libvirt host feature svm", NULL);
}

/* A feature of a guest's hypervisor bit is what libvirt runs under. */
static void capabilities_under(void **state)
{
	struct verdict *verdict = judge(CAPABILITIES(
		"<feature name='hypervisor'/>\n<feature name='vmx'/>\n", ""));

	(void)state;
	assert_int_equal(verdict->hypervisor.product, HYPERVISOR_UNNAMED);
	verdict_free(verdict);
}

static void capabilities_guests(void **state)
{
	(void)state;
	assert_tells(CAPABILITIES("", GUEST_OF("hvm", "aarch64", QEMU) GUEST_OF(
					      "hvm", "x86_64", QEMU KVM)),
		     HOST_VIRSH_CAPABILITIES, "libvirt domain kvm", "yes");
	assert_reason(CAPABILITIES("", GUEST_OF("hvm", "x86_64", QEMU KVM)),
		      "ready");
	assert_tells(CAPABILITIES("", GUEST_OF("hvm", "x86_64", QEMU)),
		     HOST_VIRSH_CAPABILITIES, "libvirt domain kvm", "no");
	/* Of another architecture, or of paravirtual guests, it is no word. */
	assert_tells(CAPABILITIES("", GUEST_OF("hvm", "aarch64", QEMU KVM)),
		     HOST_VIRSH_CAPABILITIES, "libvirt domain kvm", NULL);
	assert_tells(CAPABILITIES("", GUEST_OF("xen", "x86_64", KVM)),
		     HOST_VIRSH_CAPABILITIES, "libvirt domain kvm", NULL);
	/* Another hypervisor's libvirt has nothing to do with KVM. */
	assert_tells(
		CAPABILITIES("", GUEST_OF("hvm", "x86_64",
					  "      <domain type='test'/>\n")),
		HOST_VIRSH_CAPABILITIES, "libvirt domain kvm", NULL);
	/* What is cut off may have had it. */
	assert_tells("<capabilities>\n<host><cpu><arch>x86_64</arch>\n"
		     "<vendor>Intel</vendor></cpu></host>\n" GUEST_OF(
			     "hvm", "x86_64", QEMU),
		     HOST_VIRSH_CAPABILITIES, "libvirt domain kvm", NULL);
	/* The definition of a guest is another XML. */
	refuse("<domain type='kvm'>\n<cpu mode='custom'>\n"
	       "<feature policy='require' name='vmx'/>\n",
	       unknown_form("f:1"));
}

#define DOMAIN(kind, rest)                                                     \
	"<domainCapabilities>\n  <domain>" kind "</domain>\n"                  \
	"  <arch>x86_64</arch>\n" rest "</domainCapabilities>\n"
#define HOST_MODEL(features)                                                   \
	"  <cpu>\n    <mode name='host-passthrough' supported='yes'/>\n"       \
	"    <mode name='host-model' supported='yes'>\n"                       \
	"      <model fallback='forbid'>EPYC</model>\n"                        \
	"      <vendor>AMD</vendor>\n" features                                \
	"    </mode>\n    <mode name='custom' supported='yes'>\n"              \
	"      <model usable='no' vendor='Intel'>Broadwell</model>\n"          \
	"    </mode>\n  </cpu>\n"

static void domain_cpu(void **state)
{
	struct host *host = parse_words(
		DOMAIN("kvm",
		       HOST_MODEL(
			       "<feature policy='require' name='hypervisor'/>\n"
			       "<feature policy='require' name='svm'/>\n")),
		HOST_VIRSH_DOMCAPABILITIES);
	struct verdict *verdict = verdict_of(host, NULL);

	(void)state;
	assert_fact(host, "libvirt domain kvm", "yes");
	assert_fact(host, "libvirt guest model", "EPYC");
	assert_fact(host, "cpuinfo vendor_id", "AuthenticAMD");
	assert_fact(host, "libvirt guest feature svm", "yes");
	/* Every guest has that bit: it says nothing of the host. */
	assert_no_fact(host, "libvirt host feature hypervisor");
	assert_int_equal(verdict->hypervisor.product, HYPERVISOR_NONE);
	assert_string_equal(verdict_name(verdict), "ready");
	assert_has(verdict->summary, "on SVM");
	verdict_free(verdict);
	host_free(host);
	assert_tells(
		DOMAIN("kvm",
		       HOST_MODEL("<feature policy='disable' name='svm'/>\n")),
		HOST_VIRSH_DOMCAPABILITIES, "libvirt guest feature svm", "no");
	/* The emulator without KVM has features of its own. */
	host = parse_words(
		DOMAIN("qemu",
		       HOST_MODEL("<feature policy='require' name='svm'/>\n")),
		HOST_VIRSH_DOMCAPABILITIES);
	assert_fact(host, "libvirt domain qemu", "yes");
	assert_no_fact(host, "libvirt guest feature svm");
	assert_no_fact(host, "cpuinfo vendor_id");
	host_free(host);
	assert_reason(DOMAIN("qemu", ""), "unknown");
}

#define FEATURES(text) "  <features>\n" text "  </features>\n"

static void domain_features(void **state)
{
	struct host *host = parse_words(
		DOMAIN("kvm",
		       FEATURES(
			       "<tdx supported='no'/>\n<sev supported='yes'>\n"
			       "<cbitpos>51</cbitpos>\n<cpu0Id>secret</cpu0Id>\n"
			       "</sev>\n<launchSecurity supported='yes'>\n"
			       "<enum name='sectype'>\n<value>sev</value>\n"
			       "<value>odd</value>\n<value>sev-snp</value>\n"
			       "</enum>\n</launchSecurity>\n")),
		HOST_VIRSH_DOMCAPABILITIES);
	size_t i;

	(void)state;
	assert_fact(host, "libvirt sev", "yes");
	assert_fact(host, "libvirt tdx", "no");
	assert_fact(host, "libvirt launch security", "sev sev-snp");
	/* The processor's number is nobody's business. */
	for (i = 0; i < facts_count(host->facts); i++)
		assert_null(strstr(facts_at(host->facts, i).value, "secret"));
	host_free(host);
	assert_tells(DOMAIN("qemu", FEATURES("<sev supported='no'/>\n")),
		     HOST_VIRSH_DOMCAPABILITIES, "libvirt sev", NULL);
	refuse(DOMAIN("kvm", FEATURES("<sev supported='no'/>\n"
				      "<sev supported='yes'/>\n")),
	       "f:6: another value of \"libvirt sev\" than in a line before");
}

/* Both in one paste are one machine, quoted and within a fence. */
static void both(void **state)
{
	struct host *host = parse_string(
		"> ```\n> " DOMAIN("kvm", "") "```\nand\n" CAPABILITIES(
			"<feature name='vmx'/>\n", "") DOMAIN("kvm", ""));

	(void)state;
	assert_int_equal(host->source, HOST_SEVERAL);
	assert_int_equal(host->ignored, 1);
	assert_fact(host, "libvirt domain kvm", "yes");
	assert_fact(host, "libvirt host feature vmx", "yes");
	assert_no_fact(host, "contradiction");
	host_free(host);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walk_lines),
		cmocka_unit_test(walk_damage),
		cmocka_unit_test(capabilities_host),
		cmocka_unit_test(capabilities_under),
		cmocka_unit_test(capabilities_guests),
		cmocka_unit_test(domain_cpu),
		cmocka_unit_test(domain_features),
		cmocka_unit_test(both),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
