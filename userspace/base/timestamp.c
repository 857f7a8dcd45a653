// SPDX-License-Identifier: GPL-2.0-only
#include "base/timestamp.h"

#include <string.h>
#include <time.h>

#define FORMAT "%Y-%m-%dT%H:%M:%SZ"
#define LENGTH 20

char *timestamp_format(char text[TIMESTAMP_SIZE], int64_t seconds)
{
	time_t moment = (time_t)seconds;
	struct tm tm;

	if (!gmtime_r(&moment, &tm) ||
	    strftime(text, TIMESTAMP_SIZE, FORMAT, &tm) != LENGTH)
		*text = '\0';
	return text;
}

bool timestamp_parse(const char *text, int64_t *seconds)
{
	struct tm tm = { 0 };
	char again[TIMESTAMP_SIZE];
	time_t moment;

	if (strlen(text) != LENGTH || !strptime(text, FORMAT, &tm))
		return false;
	/* strptime() takes blanks, and timegm() the 30th of February. */
	moment = timegm(&tm);
	if (strcmp(timestamp_format(again, moment), text) != 0)
		return false;
	*seconds = moment;
	return true;
}
