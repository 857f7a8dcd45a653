// SPDX-License-Identifier: GPL-2.0-only
/* Inputs that went through Windows: UTF-16 of either order. */
#include "input.h"

#include <errno.h>

#include "input/utf16.h"

#define CAPTURE                                                                \
	"virtinfo\t: 1\r\nkernel\t: 6.1\r\n\r\ncpus\t: 0\r\n"                  \
	"cpuid 0x0.0x0\t: 0x1 0x2 0x3 0x4\r\n"                                 \
	"cpuid 0x1.0x0\t: 0x1 0x2 0x3 0x4\r\n"

/* ASCII as UTF-16 with its mark. Returns how many bytes. */
static size_t wide(char *to, const char *text, bool little)
{
	size_t i, length = strlen(text);

	memcpy(to, little ? "\xff\xfe" : "\xfe\xff", 2);
	for (i = 0; i < length; i++) {
		to[2 + 2 * i + !little] = text[i];
		to[2 + 2 * i + little] = '\0';
	}
	return 2 + 2 * length;
}

static struct host *parse_wide(const char *text, bool little)
{
	char data[4096];

	assert_true(2 + 2 * strlen(text) <= sizeof(data));
	return parse_bytes(data, wide(data, text, little));
}

static void both_orders(void **state)
{
	struct host *host;
	int little;

	(void)state;
	for (little = 0; little < 2; little++) {
		host = parse_wide(CAPTURE, little);
		assert_fact(host, "kernel", "6.1");
		assert_int_equal(host->groups[0]->sample.leaf[VI_L1][VI_EDX],
				 4);
		host_free(host);
		host = parse_wide(
			"CPU 0:\r\n"
			"   0x00000000 0x00: eax=0x00000001 ebx=0x756e6547 ecx=0x6c65746e edx=0x49656e69\r\n"
			"   0x00000001 0x00: eax=0x000506e3 ebx=0x00000800 ecx=0x00000020 edx=0x00000000\r\n",
			little);
		assert_int_equal(host->source, HOST_CPUID_DUMP);
		host_free(host);
	}
}

static void decodes(const char *data, size_t length, const char *expected)
{
	struct buffer text;

	assert_int_equal(
		utf16_decode(&text, utf16_order_of(data, length), data, length),
		0);
	assert_int_equal(text.length, strlen(expected));
	assert_memory_equal(text.data, expected, text.length);
	free(text.data);
}

static void characters_of_every_size(void **state)
{
	struct buffer text;

	(void)state;
	decodes("\xff\xfe", 2, "");
	decodes("\xff\xfe\x7f\0\x80\0\xff\x07\0\x08\xff\xff", 12,
		"\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf");
	decodes("\xfe\xff\0A\xd8\x3d\xde\0\0Z", 10, "A??Z");
	assert_int_equal(utf16_decode(&text, UTF16_LITTLE, "\xff\xfe\x41", 3),
			 EILSEQ);
	assert_null(text.data);
	assert_int_equal(utf16_order_of("\xff", 1), UTF16_NOT);
	assert_int_equal(utf16_order_of("", 0), UTF16_NOT);
}

/* Each character of the first ones has its zero byte on the same side. */
static void without_a_mark(void **state)
{
	char data[4096];
	struct host *host;
	int little;

	(void)state;
	for (little = 0; little < 2; little++) {
		size_t length = wide(data, CAPTURE, little);

		host = parse_bytes(data + 2, length - 2);
		assert_fact(host, "kernel", "6.1");
		host_free(host);
	}
	assert_int_equal(utf16_order_of("a\0b", 3), UTF16_LITTLE);
	assert_int_equal(utf16_order_of("\0a\0b", 4), UTF16_BIG);
	assert_int_equal(utf16_order_of("a\0b\1", 4), UTF16_NOT);
	assert_int_equal(utf16_order_of("a\0\0b", 4), UTF16_NOT);
	assert_int_equal(utf16_order_of("\0\0\0\0", 4), UTF16_NOT);
	refuse_bytes("a\0b", 3,
		     "f: truncated: UTF-16 that ends amid a character");
}

static void what_is_no_text(void **state)
{
	char data[256];

	(void)state;
	refuse_bytes("\xff\xfe", 2, "f:1: empty");
	refuse_bytes("\xfe\xff\0A\0", 5,
		     "f: truncated: UTF-16 that ends amid a character");
	refuse_bytes("\xff\xfe\x41\0\n\0\0\0", 8, "f:2: binary data, not text");
	refuse_bytes(
		data, wide(data, "virtinfo : 2\r\n", true),
		"f:1: format \"2\" is not known to this program, only format 1 is");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_orders),
		cmocka_unit_test(characters_of_every_size),
		cmocka_unit_test(without_a_mark),
		cmocka_unit_test(what_is_no_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
