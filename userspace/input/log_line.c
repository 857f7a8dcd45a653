// SPDX-License-Identifier: GPL-2.0-only
#include "input/log_line.h"

#include <string.h>

/* Is there a time as 10:42:07 in it? */
static bool has_clock(const char *at, const char *end)
{
	for (; end - at >= 7; at++)
		if (is_digit(at[0]) && at[1] == ':' && is_digit(at[2]) &&
		    is_digit(at[3]) && at[4] == ':' && is_digit(at[5]) &&
		    is_digit(at[6]))
			return true;
	return false;
}

/* "    1.234567", NetBSD "1.2345678": others write fewer digits behind the point. */
static bool is_seconds(const char *at, const char *end)
{
	const char *point = end - 7;

	at = skip_blanks(at, end);
	if (end - at > 8 && *point != '.')
		point--;
	if (end - at < 8 || *point != '.')
		return false;
	for (; at < end; at++)
		if (!is_digit(*at) && at != point)
			return false;
	return true;
}

/* "Mon Nov 27 10:42:07 2026" of dmesg -T: others have no day of the week. */
static bool is_date(const char *at, const char *end)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	size_t i;

	for (i = 0; i < sizeof(days) - 1 && end - at > 3; i += 3)
		if (!memcmp(at, days + i, 3))
			return at[3] == ' ' && has_clock(at, end);
	return false;
}

/*
 * "    5.123456 <    0.000012>" of dmesg -d, "<    0.000012>" of dmesg -d -t, and
 * what dmesg -H writes: "  +0.000012", "Jan 5 17:05".
 */
static bool is_difference(const char *at, const char *end)
{
	const char *less = memchr(at, '<', (size_t)(end - at));

	at = skip_blanks(at, end);
	if (less && end[-1] == '>') {
		const char *time = less;

		while (time > at && is_blank(time[-1]))
			time--;
		return is_seconds(less + 1, end - 1) &&
		       (less == at || is_seconds(at, time));
	}
	return at < end && *at == '+' && is_seconds(at + 1, end);
}

/* In any language: a day or month, and a clock with the year or without. */
static bool is_other_date(const char *at, const char *end)
{
	const char *clock = end - 5;

	if (end - at < 10)
		return false;
	if (is_digit(end[-1]) && is_digit(end[-4]) && end[-5] == ' ' &&
	    has_clock(at, end))
		return true;
	return is_digit(clock[0]) && is_digit(clock[1]) && clock[2] == ':' &&
	       is_digit(clock[3]) && is_digit(clock[4]) && clock[-1] == ' ' &&
	       is_digit(clock[-2]) && *at >= 'A';
}

/* "T0", "C12": who printed it (CONFIG_PRINTK_CALLER). */
static bool is_caller(const char *at, const char *end)
{
	at = skip_blanks(at, end);
	if (end - at < 2 || (*at != 'T' && *at != 'C'))
		return false;
	for (at++; at < end && is_digit(*at); at++)
		;
	return at == end;
}

/* "[...]" before the message; other brackets are the message's own. */
static bool take_bracket(struct log_line *log)
{
	const char *at = log->text, *close;

	if (at == log->end || *at != '[')
		return false;
	close = memchr(at, ']', (size_t)(log->end - at));
	if (!close)
		return false;
	if (is_seconds(at + 1, close) || is_date(at + 1, close) ||
	    (log->xen && has_clock(at + 1, close)))
		log->certain = true;
	else if (is_difference(at + 1, close) || is_other_date(at + 1, close))
		log->dated = true;
	else if (!is_caller(at + 1, close))
		return false;
	log->text = skip_blanks(close + 1, log->end);
	return true;
}

/* "<6>" of dmesg -r. */
static void take_priority(struct log_line *log)
{
	const char *at = log->text;

	if (at == log->end || *at != '<')
		return;
	for (at++; at < log->end && is_digit(*at); at++)
		;
	if (at < log->end && at > log->text + 1 && *at == '>')
		log->text = at + 1;
}

/* "kern  :info  : " of dmesg -x. */
static void take_facility(struct log_line *log)
{
	const char *at = log->text, *end = log->end;

	if (!BEGINS(at, end, "kern "))
		return;
	at = memchr(at, ':', (size_t)(end - at));
	at = at ? memchr(at + 1, ':', (size_t)(end - at - 1)) : NULL;
	if (at)
		log->text = skip_blanks(at + 1, end);
}

/* "1672934729.123456 " of journalctl -o short-unix. */
static bool has_epoch(const char *at, const char *end)
{
	const char *blank = memchr(at, ' ', (size_t)(end - at));

	return blank && blank - at == 17 && is_seconds(at, blank);
}

/* Does a record of the journal on one line say that another wrote it? */
static bool is_of_kernel(const char *at, const char *end)
{
	static const char name[] = "\"_TRANSPORT\"";
	const char *transport =
		memmem(at, (size_t)(end - at), name, strlen(name));

	return !transport || memmem(transport, (size_t)(end - transport),
				    "\"kernel\"", strlen("\"kernel\""));
}

/*
 * The message in what journalctl -o verbose, -o json and dmesg -J write: in
 * JSON none of those that matter has an escape.
 */
static void take_member(struct log_line *log)
{
	static const char *const names[] = { "\"MESSAGE\"", "\"msg\"" };
	const char *at = log->text, *end = log->end, *value = NULL, *quote;
	size_t i;

	if (BEGINS(at, end, "MESSAGE=")) {
		log->text = at + strlen("MESSAGE=");
		return;
	}
	if (at == end || (*at != '{' && *at != '"'))
		return;
	for (i = 0; i < ARRAY_SIZE(names) && !value; i++)
		value = memmem(at, (size_t)(end - at), names[i],
			       strlen(names[i]));
	if (!value)
		return;
	value = skip_blanks(value + strlen(names[i - 1]), end);
	if (value == end || *value != ':')
		return;
	value = skip_blanks(value + 1, end);
	if (value == end || *value != '"')
		return;
	quote = memchr(value + 1, '"', (size_t)(end - value - 1));
	if (!quote || !is_of_kernel(at, end))
		return;
	log->text = value + 1;
	log->end = quote;
}

/* "Nov 27 10:42:07 host kernel: ", with a date of any kind. */
static void take_syslog(struct log_line *log)
{
	static const char word[] = "kernel: ";
	const char *at = log->text;
	const char *found =
		memmem(at, (size_t)(log->end - at), word, strlen(word));

	if (!found || (found > at && found[-1] != ' '))
		return;
	if (found > at && !has_clock(at, found) && !log->certain &&
	    !has_epoch(at, found))
		return;
	log->syslog = true;
	log->certain |= found > at;
	log->text = skip_blanks(found + strlen(word), log->end);
}

/* "2026-11-27T10:42:07,123456+00:00 " of dmesg --time-format=iso. */
static void take_iso_time(struct log_line *log)
{
	const char *at = log->text, *blank;

	if (log->end - at < 27 || at[4] != '-' || at[10] != 'T' ||
	    at[19] != ',' || !has_clock(at + 11, at + 19))
		return;
	blank = memchr(at, ' ', (size_t)(log->end - at));
	if (!blank)
		return;
	log->certain = true;
	log->text = skip_blanks(blank, log->end);
}

/* "(XEN) ", and a time in brackets if it was asked for. */
static bool take_xen(struct log_line *log)
{
	if (!BEGINS(log->text, log->end, "(XEN) "))
		return false;
	log->text = skip_blanks(log->text + strlen("(XEN) "), log->end);
	log->xen = log->certain = true;
	take_bracket(log);
	return true;
}

struct log_line log_line_of(const struct line *line)
{
	struct log_line log = {
		.text = skip_blanks(line->text, line->end),
		.end = line->end,
	};

	if (take_xen(&log))
		return log;
	take_member(&log);
	take_facility(&log);
	take_syslog(&log);
	take_iso_time(&log);
	take_priority(&log);
	while (take_bracket(&log))
		;
	/* journalctl -o short-monotonic: behind it host and program. */
	if (log.certain && !log.syslog)
		take_syslog(&log);
	return log;
}

/* "Nov 27 10:42:07 " */
static bool begins_with_date(const char *at, const char *end)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	size_t i;

	if (end - at < 16 || at[3] != ' ' || at[6] != ' ' || at[15] != ' ')
		return false;
	for (i = 0; i < sizeof(months) - 1; i += 3)
		if (!memcmp(at, months + i, 3))
			return has_clock(at + 7, at + 15);
	return false;
}

/* "2026-11-27T10:42:07.123456+00:00 " of rsyslog and of journalctl -o short-iso. */
static bool begins_with_iso_date(const char *at, const char *end)
{
	return end - at > 24 && at[4] == '-' && at[7] == '-' && at[10] == 'T' &&
	       has_clock(at + 11, at + 19);
}

bool log_line_of_record(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end), *end = line->end;
	static const char *const members[] = { "\"pri\":", "\"time\":",
					       "\"msg\":", "\"caller\":" };
	const char *name;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(members); i++)
		if (begins_with(at, end, members[i]))
			return true;
	if (BEGINS(at, end, "},{") || IS(at, end, "{") ||
	    BEGINS(at, end, "\"dmesg\":") ||
	    memmem(at, (size_t)(end - at), " [s=", strlen(" [s=")))
		return true;
	if (BEGINS(at, end, "{\"") || BEGINS(at, end, "\""))
		at += *at == '{' ? 2 : 1;
	for (name = at; at < end && ((*at >= 'A' && *at <= 'Z') || *at == '_' ||
				     is_digit(*at));)
		at++;
	return at - name > 2 && *name == '_' && at < end &&
	       (*at == '=' || *at == '"');
}

bool log_line_of_program(const struct line *line)
{
	const char *at = skip_blanks(line->text, line->end), *end = line->end;

	if (BEGINS(at, end, "-- Boot ") || BEGINS(at, end, "-- Logs begin ") ||
	    BEGINS(at, end, "-- Journal begins "))
		return true;
	return (begins_with_date(at, end) || begins_with_iso_date(at, end)) &&
	       memmem(at + 16, (size_t)(end - at - 16), ": ", 2);
}
