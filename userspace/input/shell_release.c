// SPDX-License-Identifier: GPL-2.0-only
#include "input/shell_release.h"

#include <string.h>

/* "6.1.0-18-amd64": two numbers, each with a dot behind it, and more. */
static bool is_release(struct span word)
{
	const char *at = word.at;
	u32 number;
	int i;

	for (i = 0; i < 2; i++) {
		at = scan_decimal(at, word.end, 0xffff, &number);
		if (!at || at == word.end || *at++ != '.')
			return false;
	}
	return at < word.end && is_digit(*at);
}

/* "Linux HOST 6.1.0-18-amd64 #1 SMP ... x86_64 GNU/Linux" */
static bool of_uname(const char *at, const char *end, struct span *release)
{
	struct span word;

	return next_span(&at, end, &word) && IS(word.at, word.end, "Linux") &&
	       next_span(&at, end, &word) && next_span(&at, end, release) &&
	       is_digit(*release->at) && next_span(&at, end, &word) &&
	       *word.at == '#';
}

/* Behind the key, which begins the line or is behind a blank. */
static const char *behind_key(const char *at, const char *end)
{
	static const char *const keys[] = { "Kernel:", "Kernel version:",
					    "Kernel Version:" };
	const char *begin = at, *behind;
	size_t i;

	for (; (at = memchr(at, 'K', (size_t)(end - at))); at++) {
		if (at > begin && !is_blank(at[-1]))
			continue;
		for (i = 0; i < ARRAY_SIZE(keys); i++) {
			behind = behind_text(at, end, keys[i]);
			if (behind)
				return behind;
		}
	}
	return NULL;
}

/*
 * "Kernel: Linux 6.1.0-18-amd64" of hostnamectl, "Kernel: x86_64 Linux 6.1.0"
 * of screenfetch, "System:    Host: pc Kernel: 6.1.0-18-amd64" of inxi.
 */
static bool of_key(const char *at, const char *end, struct span *release)
{
	int words = 3;

	at = behind_key(at, end);
	while (at && words-- && next_span(&at, end, release))
		if (is_release(*release))
			return true;
	return false;
}

/* "5.15.90.1-microsoft-standard-WSL2", also in a sentence */
static bool of_wsl(const char *at, const char *end, struct span *release)
{
	static const char mark[] = "-microsoft-standard";
	const char *found = memmem(at, (size_t)(end - at), mark, strlen(mark));

	if (!found)
		return false;
	while (next_span(&at, end, release))
		if (release->at < found && found < release->end)
			return is_release(*release);
	return false;
}

bool shell_release(const char *at, const char *end, struct span *release)
{
	return of_uname(at, end, release) || of_key(at, end, release) ||
	       of_wsl(at, end, release);
}
