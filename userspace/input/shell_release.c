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

/* "Kernel: Linux 6.1.0-18-amd64", "Kernel Version: 6.1.0-18-amd64" */
static bool of_key(const char *at, const char *end, struct span *release)
{
	static const char *const keys[] = {
		"Kernel:", "Kernel version:", "Kernel Version:", "Linux kernel:"
	};
	const char *behind = NULL;
	size_t i;

	for (i = 0; !behind && i < ARRAY_SIZE(keys); i++)
		behind = behind_text(at, end, keys[i]);
	if (!behind || !next_span(&behind, end, release))
		return false;
	if (IS(release->at, release->end, "Linux") &&
	    !next_span(&behind, end, release))
		return false;
	return is_release(*release);
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
