// SPDX-License-Identifier: GPL-2.0-only
#include "input/command_line.h"

#include <string.h>

#include "input/gather.h"
#include "types.h"

/* How they begin. */
static const char *const words[] = {
	"amd_iommu=",
	"clearcpuid=",
	"disablevmx=",
	"hibernate=",
	"intel_iommu=",
	"intremap=",
	"iommu.",
	"iommu=",
	"kvm-amd.",
	"kvm-intel.",
	"kvm.",
	"kvm_amd.",
	"kvm_intel.",
	"lockdown=",
	"mem_encrypt=",
	"module.sig_enforce",
	"modprobe.blacklist=",
	"module_blacklist=",
	"nohibernate",
};

static bool matters(const char *word, size_t length)
{
	size_t i, begin;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		begin = strlen(words[i]);
		if (length >= begin && !memcmp(word, words[i], begin))
			return true;
	}
	return false;
}

size_t command_line_words(char *out, size_t size, const char *text,
			  size_t length)
{
	const char *end = text + length, *word = text;
	size_t count = 0, used = 0;

	for (; word < end; word += length + 1) {
		const char *blank = memchr(word, ' ', (size_t)(end - word));

		length = (size_t)((blank ? blank : end) - word);
		if (!matters(word, length) || used + length + 2 > size)
			continue;
		if (count++)
			out[used++] = ' ';
		memcpy(out + used, word, length);
		used += length;
	}
	out[used] = '\0';
	return count;
}

void gather_command_line(struct gather *gather)
{
	char line[4096], kept[GATHER_LINE];
	FILE *file = gather_open(gather, "/proc/cmdline");

	if (!file)
		return;
	if (fgets(line, sizeof(line), file) &&
	    command_line_words(kept, sizeof(kept), line, strcspn(line, "\n")))
		gather_fact(gather, "command line", "%s", kept);
	fclose(file);
}
