// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M --append secretmem.enable=1 --disk 64M --kmod zstd --kmod zram
/*
 * Pages of this process, by /proc/self/pagemap: `pageblocks` and `owners` find each in its class, its
 * states, its zone and its block.
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/delta.h"
#include "lib/memory.h"
#include "lib/text.h"

#define HUGE		(2UL << 20)
#define SIZE		(128 * PAGE)
#define DISK		"/dev/nvme0n1"
#define THP		"/sys/kernel/mm/transparent_hugepage/"
#define KPF_THP		22

FIXTURE(user)
{
	struct delta d;
	struct memory m;
};

FIXTURE_SETUP(user)
{
	self->m = MEMORY_NONE;
	self->d = (struct delta){ .give = memory_give, .settle = drain_lru, .arg = &self->m };
}

FIXTURE_TEARDOWN(user)
{
	memory_give(&self->d);
}

/* --- anonymous memory --- */

static bool take_anon(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	if (!memory_map(m, SIZE))
		return delta_fail(d, "mmap");
	memory_touch(m);
	return frames_add_memory(frames, m->map, m->size) || delta_fail(d, "pagemap");
}

TEST_F_TIMEOUT(user, anonymous_pages, 120)
{
	self->d.take = take_anon;
	delta_claim_column(&self->d, 0, "anon_pages");
	delta_claim_column(&self->d, 1, "mapped_pages");
	delta_claim_owner(&self->d, 2, "state", "anon.mapped");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

static bool take_locked(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	if (!take_anon(d, frames))
		return false;
	return !mlock(m->map, m->size) || delta_fail(d, "mlock");
}

static void claim_locked(struct delta *d, const char *fate)
{
	d->take = take_locked;
	delta_claim_column(d, 0, "anon_pages");
	delta_claim_column(d, 1, "mlocked_pages");
	delta_claim_column(d, 2, "unevictable_pages");
	delta_claim_owner(d, 3, "state", "anon.mlocked");
	delta_claim_column(d, 4, fate);
}

/* Whether compaction moves them is a setting, which PREEMPT_RT has off. */
#define COMPACTS_LOCKED	"/proc/sys/vm/compact_unevictable_allowed"

TEST_F_TIMEOUT(user, locked_pages, 120)
{
	ASSERT_EQ(0, text_write(COMPACTS_LOCKED, "1"));
	claim_locked(&self->d, "movable_pages");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

TEST_F_TIMEOUT(user, locked_pages_that_compaction_leaves, 120)
{
	ASSERT_EQ(0, text_write(COMPACTS_LOCKED, "0"));
	claim_locked(&self->d, "unmovable_pages");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
	text_write(COMPACTS_LOCKED, "1");
}

/* --- pinned memory --- */

/* The buffers of an io_uring are pinned for as long as it is there: FOLL_PIN. */
static bool take_ring(struct delta *d, struct frames *frames)
{
	struct io_uring_params params = { 0 };
	struct memory *m = d->arg;
	struct iovec buffer;

	if (!memory_map(m, SIZE))
		return delta_fail(d, "mmap");
	memory_touch(m);
	buffer = (struct iovec){ m->map, m->size };
	m->ring = (int)syscall(SYS_io_uring_setup, 4, &params);
	if (m->ring < 0)
		return delta_fail(d, "io_uring_setup");
	if (syscall(SYS_io_uring_register, m->ring, IORING_REGISTER_BUFFERS, &buffer, 1))
		return delta_fail(d, "io_uring_register");
	/* It may have moved them to where they can stay. */
	return frames_add_memory(frames, m->map, m->size) || delta_fail(d, "pagemap");
}

static void claim_pinned(struct delta *d)
{
	delta_claim_column(d, 0, "anon_pages");
	delta_claim_column(d, 1, "pinned_pages");
	delta_claim_owner(d, 2, "state", "anon.pinned");
	d->claim[3] = (struct delta_claim){ .column = "unmovable_pages", .at_least = true };
}

TEST_F_TIMEOUT(user, pages_pinned_by_io_uring, 120)
{
	self->d.take = take_ring;
	claim_pinned(&self->d);
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* A pipe holds a reference of its own on each page: FOLL_GET. */
static bool take_pipe(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;
	struct iovec iov;

	if (!memory_map(m, 16 * PAGE))
		return delta_fail(d, "mmap");
	memory_touch(m);
	iov = (struct iovec){ m->map, m->size };
	if (pipe(m->pipe) || vmsplice(m->pipe[1], &iov, 1, 0) != (ssize_t)m->size)
		return delta_fail(d, "vmsplice");
	return frames_add_memory(frames, m->map, m->size) || delta_fail(d, "pagemap");
}

TEST_F_TIMEOUT(user, pages_held_by_a_pipe, 120)
{
	self->d.take = take_pipe;
	claim_pinned(&self->d);
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* --- files --- */

static bool take_tmpfs(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	m->size = SIZE;
	m->fd = memfd_create("known", 0);
	if (m->fd < 0 || ftruncate(m->fd, SIZE))
		return delta_fail(d, "memfd_create");
	m->map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, m->fd, 0);
	if (m->map == MAP_FAILED)
		return delta_fail(d, "mmap");
	memory_touch(m);
	return frames_add_memory(frames, m->map, m->size) || delta_fail(d, "pagemap");
}

TEST_F_TIMEOUT(user, mapped_shmem_pages, 120)
{
	self->d.take = take_tmpfs;
	delta_claim_column(&self->d, 0, "shmem_pages");
	delta_claim_column(&self->d, 1, "mapped_pages");
	delta_claim_owner(&self->d, 2, "state", "shmem.mapped");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

static bool take_unmapped_tmpfs(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	if (!take_tmpfs(d, frames))
		return false;
	munmap(m->map, m->size);
	m->map = MAP_FAILED;
	return true;
}

TEST_F_TIMEOUT(user, shmem_pages_that_nobody_maps, 120)
{
	self->d.take = take_unmapped_tmpfs;
	delta_claim_column(&self->d, 0, "shmem_pages");
	delta_claim_column(&self->d, 1, "movable_pages");
	delta_claim_owner(&self->d, 2, "class", "shmem");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* The cache of a disk, read or written by way of a mapping. */
static bool map_disk(struct delta *d, struct frames *frames, bool write)
{
	struct memory *m = d->arg;
	volatile char *at;

	m->size = SIZE;
	m->fd = open(DISK, O_RDWR);
	if (m->fd < 0)
		return delta_fail(d, DISK);
	m->map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, m->fd, 0);
	if (m->map == MAP_FAILED)
		return delta_fail(d, "mmap");
	madvise(m->map, SIZE, MADV_RANDOM);
	for (size_t i = 0; i < SIZE; i += PAGE) {
		at = m->map + i;
		if (write)
			*at = 1;
		else
			(void)*at;
	}
	return frames_add_memory(frames, m->map, m->size) || delta_fail(d, "pagemap");
}

static void give_disk(struct delta *d)
{
	struct memory *m = d->arg;

	if (m->map != MAP_FAILED)
		munmap(m->map, m->size);
	m->map = MAP_FAILED;
	if (m->fd >= 0) {
		fsync(m->fd);
		posix_fadvise(m->fd, 0, 0, POSIX_FADV_DONTNEED);
	}
	memory_give(d);
}

static bool take_file(struct delta *d, struct frames *frames)
{
	return map_disk(d, frames, false);
}

TEST_F_TIMEOUT(user, mapped_file_pages, 120)
{
	self->d.take = take_file;
	self->d.give = give_disk;
	delta_claim_column(&self->d, 0, "file_pages");
	delta_claim_column(&self->d, 1, "mapped_pages");
	delta_claim_owner(&self->d, 2, "state", "file.mapped");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

static bool take_clean_file(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	if (!map_disk(d, frames, false))
		return false;
	munmap(m->map, m->size);
	m->map = MAP_FAILED;
	return true;
}

TEST_F_TIMEOUT(user, clean_file_pages, 120)
{
	self->d.take = take_clean_file;
	self->d.give = give_disk;
	delta_claim_column(&self->d, 0, "file_pages");
	delta_claim_column(&self->d, 1, "clean_pages");
	delta_claim_owner(&self->d, 2, "class", "file");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* Dirty by way of the page tables, which the struct page learns when they are gone. */
static bool take_dirty_file(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	if (!map_disk(d, frames, true))
		return false;
	munmap(m->map, m->size);
	m->map = MAP_FAILED;
	return true;
}

TEST_F_TIMEOUT(user, dirty_file_pages, 120)
{
	self->d.take = take_dirty_file;
	self->d.give = give_disk;
	delta_claim_column(&self->d, 0, "file_pages");
	delta_claim_column(&self->d, 1, "dirty_pages");
	delta_claim_owner(&self->d, 2, "state", "file.dirty");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* mlock() keeps pages in memory, but not where they are. */
static bool take_locked_file(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	if (!map_disk(d, frames, false))
		return false;
	return !mlock(m->map, m->size) || delta_fail(d, "mlock");
}

TEST_F_TIMEOUT(user, locked_file_pages, 120)
{
	self->d.take = take_locked_file;
	self->d.give = give_disk;
	delta_claim_column(&self->d, 0, "file_pages");
	delta_claim_column(&self->d, 1, "mlocked_pages");
	delta_claim_column(&self->d, 2, "unevictable_pages");
	self->d.claim[3] = (struct delta_claim){ .column = "movable_pages", .at_least = true };
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* --- files whose pages stay where they are --- */

static bool map_fixed(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	m->size = SIZE;
	if (m->fd < 0 || ftruncate(m->fd, SIZE))
		return delta_fail(d, "a file");
	m->map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, m->fd, 0);
	if (m->map == MAP_FAILED)
		return delta_fail(d, "mmap");
	memory_touch(m);
	return frames_add_memory(frames, m->map, m->size) || delta_fail(d, "pagemap");
}

static void claim_fixed(struct delta *d)
{
	delta_claim_column(d, 0, "file_pages");
	delta_claim_column(d, 1, "unevictable_pages");
	delta_claim_owner(d, 2, "class", "file");
	d->claim[3] = (struct delta_claim){ .column = "unmovable_pages", .at_least = true };
}

static int memfd_secret(void)
{
	return (int)syscall(447, 0);
}

static bool take_secret(struct delta *d, struct frames *frames)
{
	((struct memory *)d->arg)->fd = memfd_secret();
	return map_fixed(d, frames);
}

TEST_F_TIMEOUT(user, secret_pages, 120)
{
	if (!kernel_at_least(5, 14))
		SKIP(return, "memfd_secret() came with 5.14");
	self->d.take = take_secret;
	claim_fixed(&self->d);
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* Unlinked at once: the file is gone with its descriptor. */
static bool take_ramfs(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	m->fd = open("/tmp/ramfs/file", O_CREAT | O_RDWR | O_TRUNC, 0600);
	unlink("/tmp/ramfs/file");
	return map_fixed(d, frames);
}

TEST_F_TIMEOUT(user, ramfs_pages, 120)
{
	mkdir("/tmp/ramfs", 0700);
	ASSERT_EQ(0, mount("none", "/tmp/ramfs", "ramfs", 0, NULL));
	self->d.take = take_ramfs;
	claim_fixed(&self->d);
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
	memory_give(&self->d);
	umount("/tmp/ramfs");
}

/* --- huge pages --- */

static bool take_hugetlb(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	m->size = 4 * HUGE;
	text_write("/proc/sys/vm/nr_hugepages", "4");
	m->map = mmap(NULL, m->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	if (m->map == MAP_FAILED)
		return delta_fail(d, "mmap of huge pages");
	memory_touch(m);
	return frames_add_memory(frames, m->map, m->size) || delta_fail(d, "pagemap");
}

static void give_hugetlb(struct delta *d)
{
	memory_give(d);
	text_write("/proc/sys/vm/nr_hugepages", "0");
}

TEST_F_TIMEOUT(user, hugetlb_pages, 120)
{
	self->d.take = take_hugetlb;
	self->d.give = give_hugetlb;
	delta_claim_column(&self->d, 0, "hugetlb_pages");
	delta_claim_owner(&self->d, 1, "class", "hugetlb");
	delta_claim_owner(&self->d, 2, "order", "hugetlb-9");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* Room for @size at a multiple of it, all of which are large pages by the kernel's word. */
static bool take_large(struct delta *d, struct frames *frames, size_t size)
{
	struct memory *m = d->arg;
	char *start;

	m->size = 8 * HUGE;
	m->map = mmap(NULL, m->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (m->map == MAP_FAILED)
		return delta_fail(d, "mmap");
	start = (char *)(((unsigned long)m->map + HUGE - 1) & ~(HUGE - 1));
	madvise(start, 4 * HUGE, MADV_HUGEPAGE);
	for (size_t i = 0; i < 4 * HUGE; i += size)
		start[i] = 1;
	if (!frames_add_memory(frames, start, 4 * HUGE))
		return delta_fail(d, "pagemap");
	for (size_t i = 0; i < frames->n; i++) {
		errno = 0;
		if (!(frame_flags(frames->at[i].pfn) >> KPF_THP & 1))
			return delta_fail(d, "the kernel gave small pages");
	}
	return true;
}

static bool take_thp(struct delta *d, struct frames *frames)
{
	return take_large(d, frames, HUGE);
}

TEST_F_TIMEOUT(user, transparent_huge_pages, 120)
{
	text_write(THP "enabled", "madvise");
	self->d.take = take_thp;
	delta_claim_column(&self->d, 0, "anon_pages");
	delta_claim_column(&self->d, 1, "large_pages");
	delta_claim_column(&self->d, 2, "mapped_pages");
	delta_claim_owner(&self->d, 3, "order", "anon-9");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

static size_t folio_kb;

static bool take_mthp(struct delta *d, struct frames *frames)
{
	return take_large(d, frames, folio_kb << 10);
}

/* Since 6.8 anonymous memory comes in other orders too. */
TEST_F_TIMEOUT(user, transparent_pages_of_other_orders, 250)
{
	char path[128], owner[16];

	if (access(THP "hugepages-64kB/enabled", F_OK))
		SKIP(return, "this kernel has no large folios of anonymous memory but huge pages");
	self->d.take = take_mthp;
	delta_claim_column(&self->d, 0, "anon_pages");
	delta_claim_column(&self->d, 1, "large_pages");
	for (unsigned int order = 2; order < 9; order++) {
		folio_kb = 4UL << order;
		snprintf(path, sizeof(path), THP "hugepages-%zukB/enabled", folio_kb);
		snprintf(owner, sizeof(owner), "anon-%u", order);
		delta_claim_owner(&self->d, 2, "order", owner);
		text_write(THP "hugepages-2048kB/enabled", "never");
		ASSERT_EQ(0, text_write(path, "madvise"));
		EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s: %s", owner, self->d.why);
		text_write(path, "never");
	}
	text_write(THP "hugepages-2048kB/enabled", "inherit");
}

TEST_HARNESS_MAIN
