// SPDX-License-Identifier: GPL-2.0-only
/* Inputs compressed by gzip, whole and broken. */
#include "input.h"

#include <errno.h>
#include <zlib.h>

#include "input/gzip.h"

#define CAPTURE                                                                \
	"virtinfo\t: 1\nkernel\t: 6.4\n\ncpus\t: 0-1\n"                        \
	"cpuid 0x0.0x0\t: 0x1 0x5 0x6 0x7\n"                                   \
	"cpuid 0x1.0x0\t: 0x8 0x9 0xa 0xb\n"

/* Behind the compressed data: its checksum and length. */
#define TRAILER 8

/* What gzip makes of repeat times text. Returns how many bytes. */
static size_t pack(unsigned char *to, size_t size, const void *text,
		   size_t length, unsigned int repeat)
{
	z_stream stream = { .next_out = to, .avail_out = (uInt)size };

	assert_int_equal(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED,
				      MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY),
			 Z_OK);
	for (; repeat; repeat--) {
		stream.next_in = (Bytef *)(uintptr_t)text;
		stream.avail_in = (uInt)length;
		assert_int_equal(
			deflate(&stream, repeat > 1 ? Z_NO_FLUSH : Z_FINISH),
			repeat > 1 ? Z_OK : Z_STREAM_END);
	}
	deflateEnd(&stream);
	return size - stream.avail_out;
}

static size_t pack_string(unsigned char *to, size_t size, const char *text)
{
	return pack(to, size, text, strlen(text), 1);
}

static void assert_capture(const unsigned char *data, size_t length)
{
	struct host *host = parse_bytes((const char *)data, length);

	assert_fact(host, "kernel", "6.4");
	assert_int_equal(host->groups[0]->sample.leaf[VI_L1][VI_EDX], 0xb);
	host_free(host);
}

static void a_capture(void **state)
{
	unsigned char data[1024];
	size_t length = pack_string(data, sizeof(data), CAPTURE);

	(void)state;
	assert_capture(data, length);
}

/* As cat makes of two files; the cut is amid a word. */
static void several_members(void **state)
{
	unsigned char data[1024];
	size_t cut = 17, length;

	(void)state;
	length = pack(data, sizeof(data), CAPTURE, cut, 1);
	length += pack_string(data + length, sizeof(data) - length,
			      &CAPTURE[cut]);
	assert_capture(data, length);
}

static void utf16_within(void **state)
{
	unsigned char data[2048];
	char wide[1024] = "\xff\xfe";
	size_t i, length = strlen(CAPTURE);

	(void)state;
	for (i = 0; i < length; i++)
		wide[2 + 2 * i] = CAPTURE[i];
	length = pack(data, sizeof(data), wide, 2 + 2 * length, 1);
	assert_capture(data, length);
}

/* Cut off at each byte: never a machine, never a read behind the end. */
static void truncated(void **state)
{
	unsigned char data[1024];
	size_t length = pack_string(data, sizeof(data), CAPTURE), cut;

	(void)state;
	for (cut = 2; cut < length; cut++)
		refuse_bytes(
			(const char *)data, cut,
			"f: truncated: the end of the gzip data is missing");
}

static void damaged(void **state)
{
	unsigned char data[1024];
	size_t length = pack_string(data, sizeof(data), CAPTURE);

	(void)state;
	data[length - TRAILER] ^= 1;
	refuse_bytes((const char *)data, length, "f: damaged gzip data");
	data[length - TRAILER] ^= 1;
	data[length] = 'x';
	refuse_bytes((const char *)data, length + 1, "f: damaged gzip data");
	refuse_bytes("\x1f\x8b\x07\0\0\0\0\0\0\0", 10, "f: damaged gzip data");
}

static void what_is_no_text(void **state)
{
	unsigned char data[1024], twice[1024];
	size_t length = pack_string(data, sizeof(data), "");

	(void)state;
	refuse_bytes((const char *)data, length, "f:1: empty");
	length = pack_string(data, sizeof(data), CAPTURE);
	length = pack(twice, sizeof(twice), data, length, 1);
	refuse_bytes((const char *)twice, length, "f:1: binary data, not text");
}

/* As much text as may be is read, a byte more is not, from 270 kB of data. */
static void a_bomb(void **state)
{
	static unsigned char data[1 << 19];
	static char line[1 << 16];
	struct buffer text;
	size_t length;

	(void)state;
	memset(line, '#', sizeof(line));
	length = pack(data, sizeof(data), line, sizeof(line),
		      INPUT_MAX / sizeof(line));
	assert_int_equal(gzip_decode(&text, (char *)data, length), 0);
	assert_int_equal(text.length, INPUT_MAX);
	free(text.data);
	length += pack_string(data + length, sizeof(data) - length, "#");
	assert_int_equal(gzip_decode(&text, (char *)data, length), EFBIG);
	assert_null(text.data);
	refuse_bytes((const char *)data, length,
		     "f: larger than 256 MiB, which no capture or dump is");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_capture),
		cmocka_unit_test(several_members),
		cmocka_unit_test(utf16_within),
		cmocka_unit_test(truncated),
		cmocka_unit_test(damaged),
		cmocka_unit_test(what_is_no_text),
		cmocka_unit_test(a_bomb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
