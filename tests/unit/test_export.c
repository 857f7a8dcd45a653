// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is exported of a host, and every engine's file of it: for each capture,
 * and for machines whose names were made to break out of a line.
 */
#include <json-c/json.h>
#include <regex.h>

#include "captures.h"
#include "verdict.h"

#include "export/engine.h"
#include "model/features.h"
#include "model/parameters.h"
#include "output/escape.h"

#define NOW 1795366527

static char *exported(const struct engine *engine,
		      const struct export_input *input)
{
	struct export_list list = { 0 };
	char *text = NULL;
	size_t length;
	FILE *file = open_memstream(&text, &length);

	assert_non_null(file);
	assert_int_equal(export_list_of(&list, input), 0);
	assert_int_equal(engine->write(file, &list), 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(strlen(text), length);
	export_list_free(&list);
	return text;
}

static char *export_text(const char *engine, const char *capture)
{
	struct host *host = parse_string(capture);
	char *text =
		exported(engine_find(engine),
			 &(struct export_input){ .host = host, .now = NOW });

	host_free(host);
	return text;
}

static void has(const char *engine, const char *capture, const char *part)
{
	char *text = export_text(engine, capture);

	assert_has(text, part);
	free(text);
}

static void has_not(const char *engine, const char *capture, const char *part)
{
	char *text = export_text(engine, capture);

	assert_has_not(text, part);
	free(text);
}

/* Every line of text is one of those that the expression has. */
static void assert_lines(const char *text, const char *expression,
			 const char *name)
{
	char *copy = strdup(text), *line = copy, *end;
	regex_t regex;

	assert_non_null(copy);
	assert_int_equal(regcomp(&regex, expression, REG_EXTENDED | REG_NOSUB),
			 0);
	for (; *line; line = end + 1) {
		end = strchr(line, '\n');
		if (!end)
			fail_msg("%s: no line break at the end", name);
		*end = '\0';
		if (regexec(&regex, line, 0, NULL, 0))
			fail_msg("%s: %s", name, line);
	}
	regfree(&regex);
	free(copy);
}

#define METRIC "virtinfo_[a-z_]+"
#define LABEL  "[a-z_]+=\"([^\"\\]|\\\\[\"\\n])*\""
#define NAME                                                                   \
	"feature\\.node\\.kubernetes\\.io/[A-Za-z0-9]"                         \
	"([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?"

/* The grammar of each engine's file; NULL where it is JSON. */
static const char *grammar(const struct engine *engine)
{
	if (!strcmp(engine->name, "prometheus"))
		return "^(# HELP " METRIC " [A-Z][^\\]+\\.|# TYPE " METRIC
		       " gauge|" METRIC "(\\{" LABEL "(," LABEL
		       ")*\\})? [0-9][0-9.e+-]*)$";
	if (!strcmp(engine->name, "nfd"))
		return "^(# \\+no-label|# \\+expiry-time=[0-9TZ:-]+|" NAME
		       "=[^[:cntrl:]]+)$";
	if (!strcmp(engine->name, "placement"))
		return "^(meta:|  schema_version: '1\\.0'|providers:|"
		       "  - identification:|      uuid: '\\$COMPUTE_NODE'|"
		       "    traits:|      additional:( \\[\\])?|"
		       "        - CUSTOM_VIRTINFO_[A-Z0-9_]{1,239})$";
	return NULL;
}

static void assert_json(const char *text, const char *name)
{
	enum json_tokener_error error;
	struct json_object *object = json_tokener_parse_verbose(text, &error);

	if (!object)
		fail_msg("%s: %s", name, json_tokener_error_desc(error));
	assert_true(json_object_is_type(object, json_type_object));
	json_object_put(object);
	/* What is not known is left out: nothing is null, nothing "unknown". */
	assert_has_not(text, "null");
}

static void see(const struct host *host, const char *name, void *data)
{
	const struct profile *profile = data;
	const struct engine *engine;
	char *text, *again;
	size_t i;

	for (i = 0; (engine = engine_at(i)); i++) {
		const struct export_input input = { .host = host,
						    .profile = profile,
						    .now = NOW };

		text = exported(engine, &input);
		if (grammar(engine))
			assert_lines(text, grammar(engine), name);
		else
			assert_json(text, name);
		assert_true(!engine->limit || strlen(text) <= engine->limit);
		/* Of a file the same at any time. */
		again = exported(engine,
				 &(struct export_input){ .host = host,
							 .profile = profile,
							 .now = NOW + 1000 });
		assert_string_equal(text, again);
		free(again);
		free(text);
	}
}

static void every_capture_through_every_engine(void **state)
{
	(void)state;
	assert_true(each_capture(see, (void *)profile_find("qemu")) > 40);
}

/*
 * The model name is in leaves 0x80000002 to 4, 16 bytes each; the vendor is the
 * first 12 bytes of the name.
 */
static struct host *host_named(const char *name)
{
	char bytes[48] = { 0 };
	unsigned int word[15];
	char text[1024];
	int length;
	size_t i;

	memcpy(bytes, name, strnlen(name, sizeof(bytes)));
	memcpy(word, bytes, 12);
	memcpy(word + 3, bytes, sizeof(bytes));
	length = snprintf(text, sizeof(text),
			  "virtinfo : 1\nsampled : 2026-11-22T16:55:27Z\n"
			  "\ncpus : 0-1\n"
			  "cpuid 0x0.0x0 : 0xd 0x%x 0x%x 0x%x\n"
			  "cpuid 0x1.0x0 : 0x306c3 0x100800 0x20 0xbfebfbff\n"
			  "cpuid 0x80000000.0x0 : 0x80000008 0x0 0x0 0x0\n",
			  word[0], word[2], word[1]);
	for (i = 0; i < 3; i++)
		length += snprintf(
			text + length, sizeof(text) - (size_t)length,
			"cpuid 0x8000000%zu.0x0 : 0x%x 0x%x 0x%x 0x%x\n", i + 2,
			word[3 + 4 * i], word[4 + 4 * i], word[5 + 4 * i],
			word[6 + 4 * i]);
	return parse_bytes(text, (size_t)length);
}

static void hostile_names_stay_in_their_place(void **state)
{
	static const char *const names[] = {
		"\"} 1\nvirtinfo_ready 1\n# HELP virtinfo_ready x\n#",
		"\\\\\\\"\\n\\\"},x=\"1\"} 0\\",
		"\n# +expiry-time=2099-01-01T00:00:00Z\nroot=true\n",
		"\r\nfeature.node.kubernetes.io/virtinfo-ready=true\r\n",
		"\n        - CUSTOM_ADMIN\n'\"{}[]:,&*#?|->!%@`",
		"\xff\xfe\xc0\x80\xed\xa0\x80\x1b[2J\x7f\302\23331m\xe2\x80\xae",
		"{{ lookup('pipe','id') }}{% x %}$(id)`id`${IFS}",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct host *host = host_named(names[i]);

		see(host, names[i], NULL);
		host_free(host);
	}
}

/* Text in every place of a list that is text: what a form cannot write is none. */
static void see_text(const struct engine *engine, const char *text)
{
	char *copy = strdup(text), *written = NULL;
	int id;

	assert_non_null(copy);
	for (id = 0; id < NR_EXPORTS; id++) {
		const struct export_info *info =
			export_info((enum export_id)id);
		struct export_item item = { .id = (enum export_id)id,
					    .yes = true,
					    .number = 1,
					    .seconds = 1 };
		const struct export_list list = { .items = &item, .count = 1 };
		size_t length;
		FILE *file = open_memstream(&written, &length);

		if (info->kind == EXPORT_TEXT)
			item.text = copy;
		if (info->label) {
			item.labels[0].name =
				*info->label ? info->label : "cpus";
			item.labels[0].value = copy;
			item.nr_labels = 1;
		}
		assert_non_null(file);
		assert_int_equal(engine->write(file, &list), 0);
		assert_int_equal(fclose(file), 0);
		assert_int_equal(strlen(written), length);
		if (grammar(engine))
			assert_lines(written, grammar(engine), info->name);
		else
			assert_json(written, info->name);
		/* One line of its own in each form, whatever it says. */
		assert_null(strpbrk(written, "\x1b\x07\r"));
		assert_has_not(written, "\xe2\x80\xae");
		free(written);
	}
	free(copy);
}

static void hostile_texts_in_every_value(void **state)
{
	static const char *const texts[] = {
		"\n",
		"a\nb",
		"\r\n",
		"\"",
		"\\",
		"\\\"",
		"\\n",
		"{",
		"}",
		"{}",
		"[]",
		"\"}\nx{y=\"",
		"a=b",
		"# +no-label",
		"# TYPE",
		"- x",
		"'",
		"`id`",
		"$(id)",
		"{{ x }}",
		"{% x %}",
		"\x1b[2J",
		"\x01\x02\x07\x7f",
		"\xff",
		"\xc2\x9b",
		"\xd8\x9c",
		("\xe2\x80\xae"
		 "drowssap"),
		"\xe2\x81\xa6x\xe2\x81\xa9",
		"\xe2\x80\x8f",
		" ",
		"-",
		"..",
	};
	char long_text[301];
	const struct engine *engine;
	size_t i, j;

	(void)state;
	for (i = 0; (engine = engine_at(i)); i++) {
		for (j = 0; j < ARRAY_SIZE(texts); j++)
			see_text(engine, texts[j]);
		memset(long_text, 'x', sizeof(long_text) - 1);
		long_text[sizeof(long_text) - 1] = '\0';
		see_text(engine, long_text);
		memset(long_text, '"', sizeof(long_text) - 1);
		see_text(engine, long_text);
		memset(long_text, '\n', sizeof(long_text) - 1);
		see_text(engine, long_text);
	}
}

static void a_label_of_that_name_is_quoted(void **state)
{
	struct host *host = host_named("a\"b\\c\nd");
	const struct export_input input = { .host = host, .now = NOW };
	char *text = exported(engine_find("prometheus"), &input);

	(void)state;
	assert_has(text, "model_name=\"a\\\"b\\\\x5cc\\\\x0ad\"");
	free(text);
	text = exported(engine_find("nfd"), &input);
	assert_has(text, "# +no-label\nfeature.node.kubernetes.io/"
			 "virtinfo-model_name=a\"b\\x5cc\\x0ad\n");
	free(text);
	host_free(host);
}

#define READY                                                                  \
	KERNEL("6.1.0")                                                        \
	INTEL("0-3", VMX)                                                      \
	FEATURE_CONTROL("0x5")                                                 \
	FACTS LOADED("kvm_intel") DEVICE_OK                                    \
		"parameter kvm_intel.nested : Y\n"                             \
		"parameter kvm_intel.ept : 0\n"                                \
		"parameter kvm_intel.vpid : perhaps\n"

static void what_is_known_is_there(void **state)
{
	(void)state;
	has("prometheus", READY "proof : ran\nproof time us : 1500\n",
	    "\nvirtinfo_ready 1\n");
	has("prometheus", READY "proof : ran\nproof time us : 1500\n",
	    "\nvirtinfo_proof_seconds 0.0015\n");
	has("prometheus", READY,
	    "\nvirtinfo_parameter{parameter=\"kvm_intel.nested\"} 1\n");
	has("prometheus", READY,
	    "\nvirtinfo_parameter{parameter=\"kvm_intel.ept\"} 0\n");
	has("nfd", READY,
	    "\nfeature.node.kubernetes.io/virtinfo-parameter.kvm_intel.nested=true\n");
	has("placement", READY,
	    "- CUSTOM_VIRTINFO_PARAMETER_KVM_INTEL_NESTED\n");
	has("zabbix", READY, "\"ready\": 1,");
	has("ansible", READY, "\"ready\": true,");
	has("ansible", READY, "\"kvm_intel.nested\": true");
	has("prometheus",
	    KERNEL("6.1.0") "sampled : 2026-11-22T16:55:27Z\n" INTEL("0", VMX),
	    "\nvirtinfo_last_run_timestamp_seconds 1795366527\n");
}

static void what_is_not_known_is_left_out(void **state)
{
	static const char nothing[] =
		KERNEL("6.1.0") FACTS "module kvm : loaded\n";

	(void)state;
	has_not("prometheus", READY, "kvm_intel.vpid");
	has_not("prometheus", READY, "virtinfo_feature");
	has_not("prometheus", READY, "proof_seconds");
	has_not("prometheus", READY, "last_run");
	has_not("prometheus", READY "proof : ran\n", "proof_seconds");
	has_not("prometheus", READY, "profile_ready");
	/* The number is there, as it is one of its own; ready is not. */
	has("prometheus", nothing, "\nvirtinfo_exit_status 60\n");
	has("prometheus", nothing, "reason=\"unknown\"");
	has_not("prometheus", nothing, "virtinfo_ready");
	has_not("prometheus", nothing, "virtinfo_cpu");
	has_not("prometheus", nothing, "virtinfo_guest");
	has_not("prometheus", nothing, "extension=");
	has_not("nfd", nothing, "virtinfo-ready");
	has_not("ansible", nothing, "\"ready\"");
	has_not("zabbix", nothing, "\"ready\"");
	has("placement", nothing, "additional: []\n");
}

static void no_is_no_trait_but_a_label(void **state)
{
	static const char off[] =
		KERNEL("6.1.0") INTEL("0", VMX) FEATURE_CONTROL("0x1") FACTS;

	(void)state;
	has("nfd", off, "virtinfo-ready=false\n");
	has("prometheus", off, "\nvirtinfo_ready 0\n");
	has("prometheus", off,
	    "\nvirtinfo_stage_passed{stage=\"firmware\"} 0\n");
	has("prometheus", off, "reason=\"firmware-disabled\"");
	has_not("placement", off, "VIRTINFO_READY");
}

static void a_profile_is_judged(void **state)
{
	struct host *host = parse_string(READY "proof : ran\n");
	char *text = exported(
		engine_find("prometheus"),
		&(struct export_input){ .host = host,
					.profile = profile_find("qemu"),
					.now = NOW });

	(void)state;
	assert_has(text, "\nvirtinfo_profile_ready{profile=\"qemu\"} 0\n");
	/* Of the host itself it is another question. */
	assert_has(text, "\nvirtinfo_ready 1\n");
	free(text);
	host_free(host);
}

static void the_cost_of_exits(void **state)
{
	static struct kvm_exits exits;
	struct host *host = parse_string(READY);
	char *text;

	(void)state;
	exits.results[KVM_EXITS_CPUID] = (struct kvm_exit_result){
		.status = KVM_EXITS_MEASURED,
		.timed = true,
		.median_ns = 1234,
	};
	/* Of these there is no time. */
	exits.results[KVM_EXITS_HLT].status = KVM_EXITS_FAILED;
	exits.results[KVM_EXITS_PORT].status = KVM_EXITS_MEASURED;
	text = exported(engine_find("prometheus"),
			&(struct export_input){
				.host = host, .exits = &exits, .now = NOW });
	assert_has(text,
		   "\nvirtinfo_vm_exit_seconds{cause=\"cpuid\"} 1.234e-06\n");
	assert_has_not(text, "cause=\"hlt\"");
	assert_has_not(text, "cause=\"port\"");
	free(text);
	host_free(host);
}

static void of_this_system_it_is_now(void **state)
{
	struct host *host = parse_string(READY);
	const struct export_input input = { .host = host, .now = NOW };
	char *text;

	(void)state;
	host->source = HOST_MODULE;
	text = exported(engine_find("prometheus"), &input);
	assert_has(text, "\nvirtinfo_last_run_timestamp_seconds 1795366527\n");
	free(text);
	text = exported(engine_find("nfd"), &input);
	assert_ptr_equal(strstr(text, "# +expiry-time=2026-11-23T16:55:27Z\n"),
			 text);
	assert_has_not(text, "last_run");
	free(text);
	host_free(host);
}

/* A name of 63 characters would be cut: two of them could be one. */
static void assert_name_fits(enum export_id id, const char *label)
{
	char name[256], safe[KUBERNETES_SIZE];

	snprintf(name, sizeof(name), "virtinfo-%s.%s", export_info(id)->name,
		 label);
	if (strcmp(escape_kubernetes(safe, name), name) != 0)
		fail_msg("%s is no name of Kubernetes", name);
}

static void all_names_fit(void **state)
{
	static const enum vi_extension extensions[] = { VI_VMX, VI_SVM };
	char name[64];
	size_t i;
	int id;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(extensions); i++) {
		struct host *host = parse_string(
			i ? KERNEL("6.1.0") AMD("0", "0x0", "0x4") :
			    KERNEL("6.1.0") INTEL("0", VMX));
		const struct feature *feature = NULL;
		unsigned int count = 0;

		while ((feature = feature_next(host, feature))) {
			assert_int_equal(feature->extension, extensions[i]);
			assert_name_fits(EXPORT_FEATURE, feature->name);
			count++;
		}
		assert_true(count > 10);
		host_free(host);
	}
	ARRAY_EACH(parameter, kvm_parameters, kvm_parameter_count) {
		snprintf(name, sizeof(name), "%s.%s", parameter->module,
			 parameter->name);
		assert_name_fits(EXPORT_PARAMETER, name);
	}
	for (id = 0; id < NR_PROFILES; id++)
		assert_name_fits(EXPORT_PROFILE_READY,
				 profile_at((enum profile_id)id)->name);
	for (id = 0; id < STAGE_PROFILE_PROCESSOR; id++)
		assert_name_fits(EXPORT_STAGE_PASSED,
				 stage_name((enum stage_id)id));
}

/* promtool's rules: no type in a name, _total for counters, a unit at its end. */
static void rows_of_the_table(void **state)
{
	int id, other;

	(void)state;
	for (id = 0; id < NR_EXPORTS; id++) {
		const struct export_info *info =
			export_info((enum export_id)id);
		const char *seconds = strstr(info->name, "_seconds");

		assert_true(*info->help);
		assert_true(info->help[strlen(info->help) - 1] != '.');
		assert_null(strstr(info->name, "total"));
		assert_null(strstr(info->name, "gauge"));
		if (info->kind == EXPORT_SECONDS)
			assert_true(seconds && !seconds[strlen("_seconds")]);
		for (other = 0; other < id; other++)
			assert_string_not_equal(
				info->name,
				export_info((enum export_id)other)->name);
	}
}

static void files_that_an_engine_reads(void **state)
{
	const struct engine *engine;
	size_t i;

	(void)state;
	for (i = 0; (engine = engine_at(i)); i++) {
		assert_ptr_equal(engine_find(engine->name), engine);
		assert_true(engine_reads(engine, engine->place));
		assert_false(engine_reads(engine, "/x/.virtinfo.prom"));
		assert_false(engine_reads(engine, "/x/"));
		assert_false(engine_reads(engine, ""));
		assert_int_equal(engine->mode, 0644);
	}
	assert_null(engine_find("prom"));
	assert_true(engine_reads(engine_find("prometheus"), "a.prom"));
	assert_false(engine_reads(engine_find("prometheus"), "/x/a.prom.new"));
	assert_false(engine_reads(engine_find("prometheus"), "/a.prom/b"));
	assert_false(engine_reads(engine_find("prometheus"), ".prom"));
	assert_true(engine_reads(engine_find("nfd"), "virtinfo"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_capture_through_every_engine),
		cmocka_unit_test(hostile_names_stay_in_their_place),
		cmocka_unit_test(hostile_texts_in_every_value),
		cmocka_unit_test(a_label_of_that_name_is_quoted),
		cmocka_unit_test(what_is_known_is_there),
		cmocka_unit_test(what_is_not_known_is_left_out),
		cmocka_unit_test(no_is_no_trait_but_a_label),
		cmocka_unit_test(a_profile_is_judged),
		cmocka_unit_test(the_cost_of_exits),
		cmocka_unit_test(of_this_system_it_is_now),
		cmocka_unit_test(all_names_fit),
		cmocka_unit_test(rows_of_the_table),
		cmocka_unit_test(files_that_an_engine_reads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
