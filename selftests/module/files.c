// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M --append secretmem.enable=1 --disk 64M --kmod zstd --kmod zram
// guest: --nodes 2 --append slab_nomerge --kmod xfs --kmod loop --kmod vfat --kmod nls_cp437 --kmod nls_ascii
/*
 * `files`: pages of files of this process against mincore(), /proc/self/pagemap and stat(), of tmpfs, of a file system on
 * a disk and of the disk itself, of files that are deleted and of those that never had a name; all of them against the
 * classes of `owners`; and one file while others come and go.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/delta.h"
#include "lib/table.h"
#include "lib/text.h"

#define PAGE	((size_t)page_bytes())
#define PAGES	96
#define DIR	"/tmp/files of mine"
#define DISK	"/dev/nvme0n1"
#define IMAGE	"/tmp/image"
#define MOUNT	"/tmp/mounted"
#define ROUNDS	20

FIXTURE(files)
{
	int fd;
	bool loop;
};

FIXTURE_SETUP(files)
{
	self->fd = -1;
	ASSERT_TRUE(!mkdir(DIR, 0700) || errno == EEXIST);
}

FIXTURE_TEARDOWN(files)
{
	if (self->fd >= 0)
		close(self->fd);
	if (self->loop) {
		umount(MOUNT);
		EXPECT_EQ(0, system("losetup -d /dev/loop0"));
		unlink(IMAGE);
	}
	unlink(DIR "/file");
	unlink(DIR "/moved");
	rmdir(DIR);
}

/* Writes to every second page, or to every one. */
static void write_pages(int fd, int step)
{
	static char page[1 << 16] = { 1 };

	for (int i = 0; i < PAGES; i += step)
		if (pwrite(fd, page, PAGE, (off_t)(i * PAGE)) != (ssize_t)PAGE)
			_exit(3);
}

/* Pages of the file that are in the page cache: nothing is read for it. */
static int resident(int fd, unsigned char *in)
{
	char *map = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	int count = 0;

	if (map == MAP_FAILED || mincore(map, PAGES * PAGE, in))
		return -1;
	for (int i = 0; i < PAGES; i++)
		count += in[i] &= 1;
	munmap(map, PAGES * PAGE);
	return count;
}

/* The zones of those pages, which this process maps then. */
static bool find_frames(int fd, const unsigned char *in, char **map, struct frames *frames)
{
	*map = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_SHARED, fd, 0);
	if (*map == MAP_FAILED)
		return false;
	madvise(*map, PAGES * PAGE, MADV_RANDOM);
	frames->n = 0;
	for (int i = 0; i < PAGES; i++) {
		(void)*(volatile char *)(*map + (in[i] ? i * PAGE : 0));
		if (in[i] && !frames_add_memory(frames, *map + i * PAGE, PAGE))
			return false;
	}
	return true;
}

static void name_device(char *name, size_t size, dev_t device)
{
	snprintf(name, size, "%u:%u", major(device), minor(device));
}

/* How much of @column the inode has, in one zone or in all; of a block device by its number alone. */
static long long sum(const struct table *t, const struct stat *st, const char *column, const struct frame *zone)
{
	long long count = 0, number;
	char device[32], inode[32];
	bool block = S_ISBLK(st->st_mode);

	name_device(device, sizeof(device), block ? st->st_rdev : st->st_dev);
	snprintf(inode, sizeof(inode), "%llu", (unsigned long long)st->st_ino);
	for (size_t row = 0; row < t->rows; row++) {
		if (strcmp(table_cell(t, row, "device"), device) ||
		    (block ? !strstr(table_cell(t, row, "marks"), "block") : strcmp(table_cell(t, row, "inode"), inode)))
			continue;
		if (zone && (strcmp(table_cell(t, row, "node"), zone->node) || strcmp(table_cell(t, row, "zone"), zone->zone)))
			continue;
		if (table_number(t, row, column, &number))
			count += number;
	}
	return count;
}

static const char *word(const struct table *t, const struct stat *st, const char *column)
{
	char device[32], inode[32];
	long row;

	name_device(device, sizeof(device), st->st_dev);
	snprintf(inode, sizeof(inode), "%llu", (unsigned long long)st->st_ino);
	row = table_find(t, "device", device, "inode", inode, NULL);
	return row < 0 ? "no row" : table_cell(t, (size_t)row, column);
}

/* Page by page: as many as mincore() says, in the zones that pagemap says, mapped where this process maps them. */
static void expect_pages(struct __test_metadata *_metadata, int fd, int wanted)
{
	static unsigned char in[PAGES];
	static struct frames frames;
	struct table t;
	struct stat st;
	char *map;

	ASSERT_EQ(0, fstat(fd, &st));
	drain_lru();
	ASSERT_EQ(wanted, resident(fd, in));
	table_need(&t, "files");
	EXPECT_EQ(wanted, sum(&t, &st, "pages", NULL));
	EXPECT_EQ(0, sum(&t, &st, "mapped_pages", NULL));
	table_free(&t);
	ASSERT_TRUE(find_frames(fd, in, &map, &frames));
	frames_find_zones(&frames);
	EXPECT_EQ(wanted, frames.n);
	table_need(&t, "files");
	EXPECT_EQ(wanted, sum(&t, &st, "pages", NULL));
	EXPECT_EQ(wanted, sum(&t, &st, "mapped_pages", NULL));
	for (size_t i = 0; i < frames.n; i++) {
		long long there = 0;

		for (size_t j = 0; j < frames.n; j++)
			there += !strcmp(frames.at[i].zone, frames.at[j].zone) && !strcmp(frames.at[i].node, frames.at[j].node);
		ASSERT_EQ(there, sum(&t, &st, "pages", &frames.at[i])) TH_LOG("%s", frames.at[i].zone);
	}
	table_free(&t);
	munmap(map, PAGES * PAGE);
}

static void expect_words(struct __test_metadata *_metadata, int fd, const char *type, const char *marks, const char *path)
{
	struct table t;
	struct stat st;

	ASSERT_EQ(0, fstat(fd, &st));
	table_need(&t, "files");
	EXPECT_STREQ(type, word(&t, &st, "fs_type"));
	EXPECT_STREQ(marks, word(&t, &st, "marks"));
	EXPECT_STREQ(path, word(&t, &st, "fs_path"));
	table_free(&t);
}

static int new_file(const char *path)
{
	int fd = open(path, O_CREAT | O_RDWR | O_TRUNC, 0600);

	if (fd < 0 || ftruncate(fd, (off_t)(PAGES * PAGE)))
		_exit(3);
	return fd;
}

TEST_F_TIMEOUT(files, of_tmpfs_with_holes, 120)
{
	self->fd = new_file(DIR "/file");
	write_pages(self->fd, 2);
	expect_pages(_metadata, self->fd, PAGES / 2);
	expect_words(_metadata, self->fd, "tmpfs", "shmem", "/files\\040of\\040mine/file");
}

TEST_F_TIMEOUT(files, that_were_renamed_and_deleted, 120)
{
	self->fd = new_file(DIR "/file");
	write_pages(self->fd, 1);
	ASSERT_EQ(0, rename(DIR "/file", DIR "/moved"));
	expect_words(_metadata, self->fd, "tmpfs", "shmem", "/files\\040of\\040mine/moved");
	ASSERT_EQ(0, unlink(DIR "/moved"));
	expect_pages(_metadata, self->fd, PAGES);
	expect_words(_metadata, self->fd, "tmpfs", "shmem,deleted", "/files\\040of\\040mine/moved");
}

TEST_F_TIMEOUT(files, of_memfd_create, 120)
{
	self->fd = memfd_create("of mine", 0);
	ASSERT_LE(0, self->fd);
	ASSERT_EQ(0, ftruncate(self->fd, (off_t)(PAGES * PAGE)));
	write_pages(self->fd, 1);
	expect_pages(_metadata, self->fd, PAGES);
	expect_words(_metadata, self->fd, "tmpfs", "shmem,memfd,internal", "memfd:of\\040mine");
}

static long long disk_pages(const struct stat *st)
{
	struct table t;
	long long pages;

	table_need(&t, "files");
	pages = sum(&t, st, "pages", NULL);
	table_free(&t);
	return pages;
}

/* No inode of the block device's can be had: what its cache grew by. */
TEST_F_TIMEOUT(files, of_a_disk, 120)
{
	unsigned char in[PAGES];
	long long before;
	struct stat st;
	char byte;

	if (access(DISK, F_OK))
		SKIP(return, "this guest has no disk");
	self->fd = open(DISK, O_RDWR);
	ASSERT_LE(0, self->fd);
	ASSERT_EQ(0, fstat(self->fd, &st));
	posix_fadvise(self->fd, 0, 0, POSIX_FADV_RANDOM);
	fsync(self->fd);
	posix_fadvise(self->fd, 0, 0, POSIX_FADV_DONTNEED);
	before = disk_pages(&st);
	ASSERT_EQ(0, resident(self->fd, in));
	for (int i = 0; i < PAGES; i += 2)
		ASSERT_EQ(1, pread(self->fd, &byte, 1, (off_t)(i * PAGE)));
	ASSERT_EQ(PAGES / 2, resident(self->fd, in));
	drain_lru();
	EXPECT_EQ(before + PAGES / 2, disk_pages(&st));
}

static bool mount_disk(void)
{
	return !system("dd if=/dev/zero of=" IMAGE " bs=1M count=8 2>/dev/null && mkdosfs " IMAGE
		       " >/dev/null && losetup /dev/loop0 " IMAGE) &&
	       (!mkdir(MOUNT, 0700) || errno == EEXIST) && !mount("/dev/loop0", MOUNT, "vfat", 0, NULL);
}

static long long dirty_pages(int fd)
{
	long long pages = -1;
	struct table t;
	struct stat st;

	table_need(&t, "files");
	if (!fstat(fd, &st))
		pages = sum(&t, &st, "dirty_pages", NULL);
	table_free(&t);
	return pages;
}

/* A device that has written little has no share of the limit yet: a worker writes the first pages as they come, once. */
static void dirty_all(int fd)
{
	for (int tries = 0; tries < 20; tries++) {
		write_pages(fd, 1);
		if (dirty_pages(fd) == PAGES)
			return;
		usleep(100000);
	}
}

TEST_F_TIMEOUT(files, of_a_file_system_on_a_disk, 120)
{
	char *interval = text_need("/proc/sys/vm/dirty_writeback_centisecs");
	char *filesystems = text_need("/proc/filesystems");
	bool there = strstr(filesystems, "vfat");

	free(filesystems);
	if (!there) {
		free(interval);
		SKIP(return, "this guest has no vfat");
	}
	ASSERT_EQ(0, text_write("/proc/sys/vm/dirty_writeback_centisecs", "0"));
	self->loop = true;
	ASSERT_TRUE(mount_disk()) TH_LOG("%s", strerror(errno));
	/* To be made longer by truncation would bring a page beyond its end, which mincore() is not asked of. */
	self->fd = open(MOUNT "/file", O_CREAT | O_RDWR, 0600);
	ASSERT_LE(0, self->fd);
	dirty_all(self->fd);
	EXPECT_EQ(PAGES, dirty_pages(self->fd));
	fsync(self->fd);
	EXPECT_EQ(0, dirty_pages(self->fd));
	expect_pages(_metadata, self->fd, PAGES);
	expect_words(_metadata, self->fd, "vfat", "none", "/file");
	posix_fadvise(self->fd, (off_t)(PAGES * PAGE / 2), 0, POSIX_FADV_DONTNEED);
	expect_pages(_metadata, self->fd, PAGES / 2);
	close(self->fd);
	self->fd = -1;
	EXPECT_EQ(0, text_write("/proc/sys/vm/dirty_writeback_centisecs", interval));
	free(interval);
}

/* --- against owners --- */

static long long class_pages(const struct table *owners, const char *node, const char *zone, const char *class)
{
	long row = table_find(owners, "node", node, "zone", zone, "kind", "class", "owner", class, NULL);
	long long pages = 0;

	if (row >= 0)
		table_number(owners, (size_t)row, "pages", &pages);
	return pages;
}

static long long zone_pages(const struct table *files, const char *node, const char *zone, bool shmem)
{
	long long count = 0, pages;

	for (size_t row = 0; row < files->rows; row++)
		if (!strcmp(table_cell(files, row, "node"), node) && !strcmp(table_cell(files, row, "zone"), zone) &&
		    !strstr(table_cell(files, row, "marks"), "shmem") == !shmem && table_number(files, row, "pages", &pages))
			count += pages;
	return count;
}

static bool sums_are_equal(char *what, size_t size)
{
	static const char *const classes[] = { "file", "shmem" };
	struct table owners, files;
	bool equal = true;

	table_need(&owners, "owners");
	table_need(&files, "files");
	for (size_t row = 0; row < owners.rows; row++) {
		const char *node = table_cell(&owners, row, "node"), *zone = table_cell(&owners, row, "zone");

		for (int i = 0; i < 2 && !strcmp(table_cell(&owners, row, "owner"), "pcp"); i++) {
			long long have = zone_pages(&files, node, zone, i), want = class_pages(&owners, node, zone, classes[i]);

			if (have == want)
				continue;
			snprintf(what, size, "%s/%s %s: %lld, owners %lld", node, zone, classes[i], have, want);
			equal = false;
		}
	}
	table_free(&owners);
	table_free(&files);
	return equal;
}

/* Somebody may take a page between the two scans, but not each time. */
TEST_F_TIMEOUT(files, add_up_to_what_owners_counts, 120)
{
	char what[160] = "";
	bool equal = false;

	self->fd = new_file(DIR "/file");
	write_pages(self->fd, 1);
	for (int i = 0; i < ROUNDS && !equal; i++)
		equal = sums_are_equal(what, sizeof(what));
	EXPECT_TRUE(equal) TH_LOG("%s", what);
}

/* --- while others come and go --- */

static void churn(void)
{
	char path[64];

	for (unsigned int i = 0;; i++) {
		snprintf(path, sizeof(path), DIR "/%u", i % 8);
		int fd = new_file(path);

		write_pages(fd, 1);
		close(fd);
		unlink(path);
	}
}

/* What others leave, their inodes too, is taken by the next ones at once: none of it is ever counted to this file. */
TEST_F_TIMEOUT(files, of_others_are_not_counted_here, 250)
{
	unsigned int rounds = paced(30);
	struct table t;
	struct stat st;
	pid_t child;

	self->fd = new_file(DIR "/file");
	write_pages(self->fd, 1);
	ASSERT_EQ(0, fstat(self->fd, &st));
	drain_lru();
	child = fork();
	ASSERT_LE(0, child);
	if (!child)
		churn();
	for (unsigned int i = 0; i < rounds; i++) {
		table_need(&t, "files");
		EXPECT_EQ(PAGES, sum(&t, &st, "pages", NULL));
		for (size_t row = 0; row < t.rows; row++)
			if (!strcmp(table_cell(&t, row, "inode"), "-"))
				EXPECT_STREQ("-", table_cell(&t, row, "device"));
		table_free(&t);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	for (int i = 0; i < 8; i++) {
		char path[64];

		snprintf(path, sizeof(path), DIR "/%d", i);
		unlink(path);
	}
}

TEST_HARNESS_MAIN
