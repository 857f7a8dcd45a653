// SPDX-License-Identifier: GPL-2.0-only
#include "input/plain.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "input/scan.h"
#include "input/wrap.h"

/* No sequence of a terminal is longer, but for the titles that it sets. */
#define ESCAPE_MAX 256

struct change {
	const char *from;
	const char *to; /* shorter, or as long */
};

/* What programs for typing make of blanks, quotes and dashes, in UTF-8. */
static const struct change characters[] = {
	{ "\xc2\xa0", " " },	  /* no-break space */
	{ "\xc2\xad", "" },	  /* soft hyphen */
	{ "\xe2\x80\x82", " " },  /* en space */
	{ "\xe2\x80\x83", " " },  /* em space */
	{ "\xe2\x80\x87", " " },  /* figure space */
	{ "\xe2\x80\x89", " " },  /* thin space */
	{ "\xe2\x80\xaf", " " },  /* narrow no-break space */
	{ "\xe2\x80\x8b", "" },	  /* zero width space */
	{ "\xe2\x80\x8c", "" },	  /* zero width non-joiner */
	{ "\xe2\x80\x8d", "" },	  /* zero width joiner */
	{ "\xe2\x80\x8e", "" },	  /* left-to-right mark */
	{ "\xe2\x80\x8f", "" },	  /* right-to-left mark */
	{ "\xe2\x81\xa0", "" },	  /* word joiner */
	{ "\xef\xbb\xbf", "" },	  /* byte order mark */
	{ "\xe2\x80\x90", "-" },  /* hyphen */
	{ "\xe2\x80\x91", "-" },  /* no-break hyphen */
	{ "\xe2\x80\x93", "-" },  /* en dash */
	{ "\xe2\x88\x92", "-" },  /* minus */
	{ "\xe2\x80\x94", "--" }, /* em dash */
	{ "\xe2\x80\x98", "'" },  { "\xe2\x80\x99", "'" },
	{ "\xe2\x80\x9c", "\"" }, { "\xe2\x80\x9d", "\"" },
	{ "\xef\xbc\x9a", ":" }, /* full width colon */
};

/* HTML's, in the text that a web page shows or its source has. */
static const struct change entities[] = {
	{ "&gt;", ">" },   { "&lt;", "<" },   { "&quot;", "\"" },
	{ "&apos;", "'" }, { "&#39;", "'" },  { "&#039;", "'" },
	{ "&#x27;", "'" }, { "&#34;", "\"" }, { "&#160;", " " },
	{ "&nbsp;", " " }, { "&#x2F;", "/" }, { "&#47;", "/" },
	{ "&amp;", "&" },  { "&#xA0;", " " },
};

/*
 * What the source of a web page or a forum's post has around lines: a line's
 * end, and the marks of text that is quoted.
 */
static const struct change tags[] = {
	{ "<br>", "" },	      { "<br/>", "" },	  { "<br />", "" },
	{ "<pre>", "" },      { "</pre>", "" },	  { "<code>", "" },
	{ "</code>", "" },    { "<tt>", "" },	  { "</tt>", "" },
	{ "<p>", "" },	      { "</p>", "" },	  { "<li>", "" },
	{ "</li>", "" },      { "<td>", "" },	  { "</td>", "" },
	{ "[code]", "" },     { "[/code]", "" },  { "[CODE]", "" },
	{ "[/CODE]", "" },    { "[quote]", "" },  { "[/quote]", "" },
	{ "[QUOTE]", "" },    { "[/QUOTE]", "" }, { "{code}", "" },
	{ "{noformat}", "" },
};

/* Markdown's, for characters that mean something to it. */
static const struct change escaped[] = {
	{ "\\_", "_" },
	{ "\\*", "*" },
	{ "\\[", "[" },
	{ "\\]", "]" },
};

/* How programs show the character ESC. */
static const char *const shown_escapes[] = { "\033[", "^[[", "ESC[" };

struct text {
	const char *at, *end;
	char *begin, *out;
	bool entities; /* it is no XML, of which they are a part */
};

/* Behind "[0;32m", "[K" and the like, or NULL. */
static const char *behind_sequence(const char *at, const char *end)
{
	const char *last = end - at > ESCAPE_MAX ? at + ESCAPE_MAX : end;

	while (at < last && *at >= 0x20 && *at <= 0x3f)
		at++;
	return at < last && *at >= 0x40 && *at <= 0x7e ? at + 1 : NULL;
}

/* Behind a title of the terminal, to BEL or ESC \ in the same line. */
static const char *behind_title(const char *at, const char *end)
{
	const char *last = end - at > ESCAPE_MAX ? at + ESCAPE_MAX : end;

	for (; at < last && *at != '\n'; at++)
		if (*at == '\a')
			return at + 1;
		else if (*at == '\033')
			return at + 1 < end && at[1] == '\\' ? at + 2 : at;
	return NULL;
}

static const char *behind_escape(const char *at, const char *end)
{
	const char *behind;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(shown_escapes); i++) {
		behind = behind_text(at, end, shown_escapes[i]);
		if (behind)
			return behind_sequence(behind, end);
	}
	if (BEGINS(at, end, "\033]"))
		return behind_title(at + strlen("\033]"), end);
	/* Of one character, or of two where a set of characters is chosen. */
	if (BEGINS(at, end, "\033(") && end - at > 2)
		return at + 3;
	if (*at == '\033' && end - at > 1 && at[1] != '\n')
		return at + 2;
	return NULL;
}

static bool change(struct text *text, const struct change *rows, size_t count)
{
	const char *behind;
	size_t i, length;

	for (i = 0; i < count; i++) {
		behind = behind_text(text->at, text->end, rows[i].from);
		if (!behind)
			continue;
		length = strlen(rows[i].to);
		memcpy(text->out, rows[i].to, length);
		text->out += length;
		text->at = behind;
		return true;
	}
	return false;
}

#define CHANGE(text, rows) change(text, rows, ARRAY_SIZE(rows))

static bool take_escape(struct text *text)
{
	const char *behind = behind_escape(text->at, text->end);

	if (behind)
		text->at = behind;
	return behind;
}

/* A tag that is a line of its own is a fence (input/wrap.h), and kept. */
static bool take_tag(struct text *text)
{
	const char *end =
		memchr(text->at, '\n', (size_t)(text->end - text->at));

	if (text->out == text->begin || text->out[-1] == '\n') {
		struct line line = { .text = text->at,
				     .end = end ? end : text->end };

		if (line_is_fence(&line))
			return false;
	}
	return CHANGE(text, tags);
}

/* What begins with this character is changed; false: it is kept. */
static bool take_change(struct text *text)
{
	switch (*text->at) {
	case '\033':
	case '^':
	case 'E':
		return take_escape(text);
	case '&':
		return text->entities && CHANGE(text, entities);
	case '<':
	case '[':
	case '{':
		return take_tag(text);
	case '\\':
		return CHANGE(text, escaped);
	case '\xc2':
	case '\xe2':
	case '\xef':
		return CHANGE(text, characters);
	/* Of more than one the last belongs to the line's end. */
	case '\r':
		if (!BEGINS(text->at, text->end, "\r\r"))
			return false;
		text->at++;
		return true;
	}
	return false;
}

/* As memmem(), which takes ten times as long where the first byte is rare. */
static bool has(const char *data, size_t length, const char *text)
{
	const char *at = data, *end = data + length;

	while (at < end && (at = memchr(at, *text, (size_t)(end - at)))) {
		if (behind_text(at, end, text))
			return true;
		at++;
	}
	return false;
}

/* Most texts have none of it: the bytes are only looked for. */
static bool has_change(const char *data, size_t length)
{
	static const unsigned char bytes[] = "\033^&\xc2\xe2\xef";
	static const char *const texts[] = {
		"<br",	  "\\_",	"\\[",	  "ESC[",    "\r\r",
		"</",	  "<code>",	"<pre>",  "<p>",     "<li>",
		"<td>",	  "[code]",	"[CODE]", "[quote]", "[QUOTE]",
		"{code}", "{noformat}",
	};
	size_t i;

	for (i = 0; i < sizeof(bytes) - 1; i++)
		if (memchr(data, bytes[i], length))
			return true;
	for (i = 0; i < ARRAY_SIZE(texts); i++)
		if (has(data, length, texts[i]))
			return true;
	return false;
}

/* Libvirt's XML has entities of its own. */
static bool is_xml(const char *data, size_t length)
{
	static const char *const roots[] = { "<capabilities", "<domainCapa",
					     "<host>",	      "<cpu",
					     "<feature",      "<?xml" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(roots); i++)
		if (has(data, length, roots[i]))
			return true;
	return false;
}

int plain_text(struct buffer *text, const char *data, size_t length)
{
	struct text t = { .at = data, .end = data + length };

	*text = (struct buffer){ 0 };
	if (!has_change(data, length))
		return 0;
	text->data = malloc(length ? length : 1);
	if (!text->data)
		return ENOMEM;
	t.begin = t.out = text->data;
	t.entities = memchr(data, '&', length) && !is_xml(data, length);
	while (t.at < t.end)
		if (!take_change(&t))
			*t.out++ = *t.at++;
	text->length = (size_t)(t.out - text->data);
	return 0;
}
