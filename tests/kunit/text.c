// SPDX-License-Identifier: GPL-2.0-only
/*
 * /proc/virtinfo and sysfs as a reader finds them, over a fake processor: a
 * text of many pages read in pieces, and who sees a sensitive value.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "fake.h"

/* Where the kernel's threads see init's files by themselves. */
#ifndef scoped_with_init_fs
#define scoped_with_init_fs()
#endif

#define GUEST_TSC_FREQ 0xc0010134 /* never changes */
#define VM_CR	       0xc0010114
#define EFER	       0xc0000080
#define TEXT_MAX       (1 << 20)
#define SECRET	       0x5ec2e75ec2e75ULL
#define SECRET_TEXT    "0x0005ec2e75ec2e75"

/* Those that tell an address or a key, by the manuals. */
static const u32 sensitive[] = {
#define SENSITIVE_MSR(address) address,
#include "manuals.def"
};

struct texts {
	struct fake_cpu *fake;
	char *whole;
	char *pieces;
};

static int text_init(struct kunit *test)
{
	struct texts *texts = kunit_kzalloc(test, sizeof(*texts), GFP_KERNEL);
	unsigned int cpu, i;
	int error;

	if (!texts)
		return -ENOMEM;
	texts->whole = kvzalloc(TEXT_MAX, GFP_KERNEL);
	texts->pieces = kvzalloc(TEXT_MAX, GFP_KERNEL);
	texts->fake = fake_full(test, "AuthenticAMD");
	test->priv = texts;
	if (!texts->whole || !texts->pieces)
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(sensitive); i++)
		fake_msr(test, texts->fake, sensitive[i])->value = SECRET;
	error = vi_samples_init(&texts->fake->reader);
	if (error)
		return error;
	/* All odd, so that every CPU has a stanza of its own. */
	for_each_online_cpu(cpu) {
		fake_msr(test, texts->fake, GUEST_TSC_FREQ)->value = cpu;
		vi_sample_online(cpu);
	}
	return vi_proc_init();
}

static void text_exit(struct kunit *test)
{
	struct texts *texts = test->priv;
	unsigned int cpu;

	if (!texts)
		return;
	vi_proc_exit();
	for_each_possible_cpu(cpu)
		vi_sample_offline(cpu);
	vi_samples_exit();
	kvfree(texts->whole);
	kvfree(texts->pieces);
}

/* KUnit runs in a thread of the kernel, which need not see any file. */
static struct file *open_path(const char *path)
{
	struct file *file = NULL;

	scoped_with_init_fs() {
		file = filp_open(path, O_RDONLY, 0);
	}
	return file;
}

static struct file *open_file(struct kunit *test, const char *path)
{
	struct file *file = open_path(path);

	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(file), "%s: %ld", path,
			       IS_ERR(file) ? PTR_ERR(file) : 0L);
	return file;
}

/* Reads to the end, @size bytes at a time. Returns the length. */
static size_t read_by(struct kunit *test, struct file *file, char *buffer,
		      size_t size)
{
	loff_t position = 0;
	ssize_t got;

	memset(buffer, 0, TEXT_MAX);
	do {
		got = kernel_read(file, buffer + position,
				  min_t(size_t, size, TEXT_MAX - 1 - position),
				  &position);
	} while (got > 0);
	KUNIT_EXPECT_EQ(test, got, (ssize_t)0);
	KUNIT_ASSERT_LT(test, position, (loff_t)TEXT_MAX - 1);
	return position;
}

static void text_exceeds_a_page(struct kunit *test)
{
	static const size_t sizes[] = { 1, 7, 64, 4095, 4096, 4097, 65536 };
	struct texts *texts = test->priv;
	struct file *file = open_file(test, "/proc/virtinfo");
	size_t length = read_by(test, file, texts->whole, TEXT_MAX);
	unsigned int i, stanzas = 0;
	const char *at;

	KUNIT_EXPECT_GT(test, length, num_online_cpus() * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, strncmp(texts->whole, "virtinfo\t: 1\n", 13), 0);
	KUNIT_EXPECT_EQ(test, texts->whole[length - 1], '\n');
	for (at = texts->whole; (at = strstr(at, "\ncpus\t\t: ")); at++)
		stanzas++;
	KUNIT_EXPECT_EQ(test, stanzas, num_online_cpus());
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		KUNIT_EXPECT_EQ(test,
				read_by(test, file, texts->pieces, sizes[i]),
				length);
		KUNIT_EXPECT_EQ_MSG(test, strcmp(texts->whole, texts->pieces),
				    0, "%zu bytes at a time", sizes[i]);
	}
	fput(file);
}

static void any_position_reads_the_same(struct kunit *test)
{
	struct texts *texts = test->priv;
	struct file *file = open_file(test, "/proc/virtinfo");
	size_t length = read_by(test, file, texts->whole, TEXT_MAX);
	loff_t at, position;
	char byte;

	for (at = length - 1; at >= 0; at -= 509) {
		position = at;
		KUNIT_ASSERT_EQ(test, kernel_read(file, &byte, 1, &position),
				(ssize_t)1);
		KUNIT_ASSERT_EQ(test, byte, texts->whole[at]);
	}
	KUNIT_EXPECT_EQ(test, vfs_llseek(file, 0, SEEK_END), (loff_t)length);
	position = length;
	KUNIT_EXPECT_EQ(test, kernel_read(file, &byte, 1, &position),
			(ssize_t)0);
	position = length + 12345;
	KUNIT_EXPECT_EQ(test, kernel_read(file, &byte, 1, &position),
			(ssize_t)0);
	fput(file);
}

/* The text is the one of the moment of opening, whatever happens since. */
static void open_file_does_not_change(struct kunit *test)
{
	struct texts *texts = test->priv;
	struct file *file = open_file(test, "/proc/virtinfo");
	size_t length = read_by(test, file, texts->whole, TEXT_MAX);
	unsigned int cpu;

	for_each_online_cpu(cpu)
		vi_sample_offline(cpu);
	KUNIT_EXPECT_EQ(test, read_by(test, file, texts->pieces, 4096), length);
	KUNIT_EXPECT_EQ(test, strcmp(texts->whole, texts->pieces), 0);
	fput(file);

	file = open_file(test, "/proc/virtinfo");
	read_by(test, file, texts->whole, TEXT_MAX);
	KUNIT_EXPECT_NULL(test, strstr(texts->whole, "vendor"));
	fput(file);
}

/* How often the sensitive registers' value, "set" and "clear" are there. */
static void count_sensitive(const char *text, unsigned int *values,
			    unsigned int *words)
{
	unsigned int i;

	*values = 0;
	*words = 0;
	for (i = 0; i < ARRAY_SIZE(sensitive); i++) {
		char key[24];
		const char *at, *end;

		snprintf(key, sizeof(key), "\nmsr 0x%08x ", sensitive[i]);
		at = strstr(text, key);
		if (!at)
			continue;
		end = strchr(at + 1, '\n');
		if (end - at >= 4 && !strncmp(end - 4, " set", 4))
			++*words;
		else if (end - at >= 18 && !strncmp(end - 18, SECRET_TEXT, 18))
			++*values;
	}
}

static const struct cred *without_rawio(struct kunit *test)
{
	struct cred *cred = prepare_creds();

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, cred);
	cap_lower(cred->cap_effective, CAP_SYS_RAWIO);
	return cred;
}

static void sensitive_values_by_capability(struct kunit *test)
{
	struct texts *texts = test->priv;
	const struct cred *low = without_rawio(test), *old;
	unsigned int values, words, all;
	struct file *file;

	file = open_file(test, "/proc/virtinfo");
	read_by(test, file, texts->whole, TEXT_MAX);
	count_sensitive(texts->whole, &all, &words);
	KUNIT_EXPECT_GE(test, all, (unsigned int)ARRAY_SIZE(sensitive));
	KUNIT_EXPECT_EQ(test, words, 0U);
	/* Who opened it counts, not who reads it. */
	old = override_creds(low);
	read_by(test, file, texts->pieces, 100);
	KUNIT_EXPECT_EQ(test, strcmp(texts->whole, texts->pieces), 0);
	fput(file);

	file = open_file(test, "/proc/virtinfo");
	read_by(test, file, texts->whole, TEXT_MAX);
	revert_creds(old);
	count_sensitive(texts->whole, &values, &words);
	KUNIT_EXPECT_EQ(test, values, 0U);
	KUNIT_EXPECT_EQ(test, words, all);
	KUNIT_EXPECT_NULL(test, strstr(texts->whole, SECRET_TEXT));
	read_by(test, file, texts->pieces, 100);
	KUNIT_EXPECT_EQ(test, strcmp(texts->whole, texts->pieces), 0);
	fput(file);
	put_cred(low);
}

/* What the file of the first CPU reads. Returns false where there is none. */
static bool read_file(struct kunit *test, const char *name)
{
	struct texts *texts = test->priv;
	struct file *file;
	char path[128];

	snprintf(path, sizeof(path),
		 "/sys/devices/system/cpu/cpu%u/virtinfo/%s",
		 cpumask_first(cpu_online_mask), name);
	file = open_path(path);
	if (IS_ERR(file))
		return false;
	read_by(test, file, texts->whole, 4096);
	fput(file);
	return true;
}

static void expect_file(struct kunit *test, const char *name, const char *word)
{
	struct texts *texts = test->priv;

	KUNIT_EXPECT_TRUE_MSG(test, read_file(test, name), "no file %s", name);
	KUNIT_EXPECT_STREQ_MSG(test, texts->whole, word, "%s", name);
}

/* Unknown is not 0, and what was not attempted took no fault. */
static void sysfs_words_are_true(struct kunit *test)
{
	struct texts *texts = test->priv;
	unsigned int cpu = cpumask_first(cpu_online_mask);
	u32 *svm = fake_leaf(test, texts->fake, 0x80000001, 0);

	/* AMD's alone: with both, it is an Intel processor. */
	fake_leaf(test, texts->fake, 1, 0)[VI_ECX] &= ~BIT(5);
	vi_samples_reread();
	KUNIT_ASSERT_EQ(test, vi_sysfs_add(cpu), 0);
	expect_file(test, "extension", "svm\n");
	expect_file(test, "svm_on", "1\n");
	expect_file(test, "VM_CR", "0xffffffffffffffff\n");

	fake_msr(test, texts->fake, EFER)->gp = true;
	fake_msr(test, texts->fake, VM_CR)->gp = true;
	vi_samples_reread();
	expect_file(test, "svm_on", "unknown\n");
	expect_file(test, "state", "unknown\n");
	expect_file(test, "VM_CR", "#GP\n");

	/* Gone since: the file that is still there says so, then it goes too. */
	fake_vendor(texts->fake, "NobodyAtAll.");
	svm[VI_ECX] &= ~BIT(2);
	vi_samples_reread();
	expect_file(test, "VM_CR", "not attempted\n");
	vi_sysfs_update();
	KUNIT_EXPECT_FALSE(test, read_file(test, "VM_CR"));
	KUNIT_EXPECT_FALSE(test, read_file(test, "svm_on"));
	expect_file(test, "extension", "none\n");

	/* And comes back. */
	svm[VI_ECX] |= BIT(2);
	vi_samples_reread();
	vi_sysfs_update();
	expect_file(test, "VM_CR", "#GP\n");
	expect_file(test, "svm_on", "unknown\n");
	vi_sysfs_remove(cpu);
}

/* A sysfs file does not know who opened it: nobody gets a sensitive value. */
static void sysfs_tells_no_secret(struct kunit *test)
{
	struct texts *texts = test->priv;
	unsigned int cpu = cpumask_first(cpu_online_mask), i, files = 0;
	char path[128];

	KUNIT_ASSERT_EQ(test, vi_sysfs_add(cpu), 0);
	for (i = 0; i < VI_NR_MSRS; i++) {
		struct file *file;

		snprintf(path, sizeof(path),
			 "/sys/devices/system/cpu/cpu%u/virtinfo/%s", cpu,
			 vi_msrs[i].name);
		file = open_path(path);
		if (IS_ERR(file))
			continue;
		KUNIT_EXPECT_EQ(test, file_inode(file)->i_mode & 0777, 0444);
		read_by(test, file, texts->whole, 4096);
		KUNIT_EXPECT_NULL_MSG(test, strstr(texts->whole, SECRET_TEXT),
				      "%s", path);
		if (vi_msrs[i].flags & VI_SENSITIVE)
			KUNIT_EXPECT_STREQ(test, texts->whole, "set\n");
		fput(file);
		files++;
	}
	KUNIT_EXPECT_GT(test, files, 0U);
	vi_sysfs_remove(cpu);
}

static struct kunit_case cases[] = { KUNIT_CASE(text_exceeds_a_page),
				     KUNIT_CASE(any_position_reads_the_same),
				     KUNIT_CASE(open_file_does_not_change),
				     KUNIT_CASE(sensitive_values_by_capability),
				     KUNIT_CASE(sysfs_tells_no_secret),
				     KUNIT_CASE(sysfs_words_are_true),
				     {} };

struct kunit_suite vi_text_suite = {
	.name = "virtinfo-text",
	.init = text_init,
	.exit = text_exit,
	.test_cases = cases,
};
