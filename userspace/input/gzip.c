// SPDX-License-Identifier: GPL-2.0-only
#include "input/gzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#define MAGIC "\x1f\x8b"

/* inflateInit2(): the header and trailer are gzip's (zlib.h). */
#define GZIP_WINDOW (MAX_WBITS + 16)

bool gzip_is(const char *data, size_t length)
{
	return length >= strlen(MAGIC) && !memcmp(data, MAGIC, strlen(MAGIC));
}

/* A file may be several, one after the other; each has its own checksum. */
static int next_member(z_stream *stream)
{
	if (!gzip_is((const char *)stream->next_in, stream->avail_in))
		return EBADMSG;
	return inflateReset(stream) == Z_OK ? 0 : EBADMSG;
}

/* 0 while there may be more; -1 at the end of it all; an errno. */
static int inflate_some(z_stream *stream)
{
	switch (inflate(stream, Z_NO_FLUSH)) {
	case Z_OK:
		return 0;
	case Z_STREAM_END:
		return stream->avail_in ? next_member(stream) : -1;
	case Z_BUF_ERROR:
		return stream->avail_in ? 0 : ENODATA;
	case Z_MEM_ERROR:
		return ENOMEM;
	default:
		return EBADMSG;
	}
}

static int inflate_all(z_stream *stream, struct buffer *text)
{
	size_t capacity = 0;
	int error;

	do {
		error = buffer_reserve(text, &capacity);
		if (error)
			return error;
		stream->next_out = (Bytef *)text->data + text->length;
		stream->avail_out = (uInt)(capacity - text->length);
		error = inflate_some(stream);
		text->length = capacity - stream->avail_out;
		if (text->length > INPUT_MAX)
			return EFBIG;
	} while (!error);
	return error < 0 ? 0 : error;
}

int gzip_decode(struct buffer *text, const char *data, size_t length)
{
	z_stream stream = {
		.next_in = (const Bytef *)data,
		.avail_in = (uInt)length,
	};
	int error;

	*text = (struct buffer){ 0 };
	if (length > INPUT_MAX)
		return EFBIG;
	if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK)
		return ENOMEM;
	error = inflate_all(&stream, text);
	inflateEnd(&stream);
	if (error) {
		free(text->data);
		*text = (struct buffer){ 0 };
	}
	return error;
}
