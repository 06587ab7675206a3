// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M --disk 64M --kmod zstd --kmod zram
/*
 * Pages of this process, by /proc/self/pagemap: `pageblocks` and `owners` find each in its class, its
 * states, its zone and its block.
 */

#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "kselftest_harness.h"
#include "lib/delta.h"
#include "lib/table.h"
#include "lib/text.h"

#define PAGE		4096UL
#define HUGE		(2UL << 20)
#define SIZE		(128 * PAGE)
#define DISK		"/dev/nvme0n1"
#define THP		"/sys/kernel/mm/transparent_hugepage/"
#define KPF_SWAPCACHE	13
#define KPF_THP		22

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT	21
#endif

/* What this process has taken. */
struct memory {
	char *map;
	size_t size;
	int fd, ring, pipe[2];
};

FIXTURE(user)
{
	struct delta d;
	struct memory m;
};

static void give(struct delta *d)
{
	struct memory *m = d->arg;
	int *fds[] = { &m->fd, &m->ring, &m->pipe[0], &m->pipe[1] };

	for (size_t i = 0; i < 4; i++) {
		if (*fds[i] >= 0)
			close(*fds[i]);
		*fds[i] = -1;
	}
	if (m->map != MAP_FAILED)
		munmap(m->map, m->size);
	m->map = MAP_FAILED;
}

FIXTURE_SETUP(user)
{
	self->m = (struct memory){ .map = MAP_FAILED, .size = SIZE, .fd = -1, .ring = -1, .pipe = { -1, -1 } };
	self->d = (struct delta){ .give = give, .settle = drain_lru, .arg = &self->m };
}

FIXTURE_TEARDOWN(user)
{
	give(&self->d);
}

static bool fail(struct delta *d, const char *what)
{
	snprintf(d->why, sizeof(d->why), "%s: %s", what, strerror(errno));
	return false;
}

static void claim_column(struct delta *d, size_t i, const char *column)
{
	d->claim[i] = (struct delta_claim){ .column = column };
}

static void claim_owner(struct delta *d, size_t i, const char *kind, const char *owner)
{
	d->claim[i] = (struct delta_claim){ .kind = kind, .owner = owner };
}

/* --- anonymous memory --- */

static bool map_anon(struct memory *m, size_t size)
{
	m->size = size;
	m->map = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (m->map != MAP_FAILED)
		madvise(m->map, size, MADV_NOHUGEPAGE);
	return m->map != MAP_FAILED;
}

static void touch(struct memory *m)
{
	for (size_t i = 0; i < m->size; i += PAGE)
		m->map[i] = (char)(i / PAGE + 1);
}

static bool take_anon(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	if (!map_anon(m, SIZE))
		return fail(d, "mmap");
	touch(m);
	return frames_add_memory(frames, m->map, m->size) || fail(d, "pagemap");
}

TEST_F_TIMEOUT(user, anonymous_pages, 120)
{
	self->d.take = take_anon;
	claim_column(&self->d, 0, "anon_pages");
	claim_column(&self->d, 1, "mapped_pages");
	claim_owner(&self->d, 2, "state", "anon.mapped");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

static bool take_locked(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	if (!take_anon(d, frames))
		return false;
	return !mlock(m->map, m->size) || fail(d, "mlock");
}

TEST_F_TIMEOUT(user, locked_pages, 120)
{
	self->d.take = take_locked;
	claim_column(&self->d, 0, "anon_pages");
	claim_column(&self->d, 1, "mlocked_pages");
	claim_column(&self->d, 2, "unevictable_pages");
	claim_owner(&self->d, 3, "state", "anon.mlocked");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* --- pinned memory --- */

/* The buffers of an io_uring are pinned for as long as it is there: FOLL_PIN. */
static bool take_ring(struct delta *d, struct frames *frames)
{
	struct io_uring_params params = { 0 };
	struct memory *m = d->arg;
	struct iovec buffer;

	if (!map_anon(m, SIZE))
		return fail(d, "mmap");
	touch(m);
	buffer = (struct iovec){ m->map, m->size };
	m->ring = (int)syscall(SYS_io_uring_setup, 4, &params);
	if (m->ring < 0)
		return fail(d, "io_uring_setup");
	if (syscall(SYS_io_uring_register, m->ring, IORING_REGISTER_BUFFERS, &buffer, 1))
		return fail(d, "io_uring_register");
	/* It may have moved them to where they can stay. */
	return frames_add_memory(frames, m->map, m->size) || fail(d, "pagemap");
}

static void claim_pinned(struct delta *d)
{
	claim_column(d, 0, "anon_pages");
	claim_column(d, 1, "pinned_pages");
	claim_owner(d, 2, "state", "anon.pinned");
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

	if (!map_anon(m, 16 * PAGE))
		return fail(d, "mmap");
	touch(m);
	iov = (struct iovec){ m->map, m->size };
	if (pipe(m->pipe) || vmsplice(m->pipe[1], &iov, 1, 0) != (ssize_t)m->size)
		return fail(d, "vmsplice");
	return frames_add_memory(frames, m->map, m->size) || fail(d, "pagemap");
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
		return fail(d, "memfd_create");
	m->map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, m->fd, 0);
	if (m->map == MAP_FAILED)
		return fail(d, "mmap");
	touch(m);
	return frames_add_memory(frames, m->map, m->size) || fail(d, "pagemap");
}

TEST_F_TIMEOUT(user, mapped_shmem_pages, 120)
{
	self->d.take = take_tmpfs;
	claim_column(&self->d, 0, "shmem_pages");
	claim_column(&self->d, 1, "mapped_pages");
	claim_owner(&self->d, 2, "state", "shmem.mapped");
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
	claim_column(&self->d, 0, "shmem_pages");
	claim_column(&self->d, 1, "movable_pages");
	claim_owner(&self->d, 2, "class", "shmem");
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
		return fail(d, DISK);
	m->map = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, m->fd, 0);
	if (m->map == MAP_FAILED)
		return fail(d, "mmap");
	madvise(m->map, SIZE, MADV_RANDOM);
	for (size_t i = 0; i < SIZE; i += PAGE) {
		at = m->map + i;
		if (write)
			*at = 1;
		else
			(void)*at;
	}
	return frames_add_memory(frames, m->map, m->size) || fail(d, "pagemap");
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
	give(d);
}

static bool take_file(struct delta *d, struct frames *frames)
{
	return map_disk(d, frames, false);
}

TEST_F_TIMEOUT(user, mapped_file_pages, 120)
{
	self->d.take = take_file;
	self->d.give = give_disk;
	claim_column(&self->d, 0, "file_pages");
	claim_column(&self->d, 1, "mapped_pages");
	claim_owner(&self->d, 2, "state", "file.mapped");
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
	claim_column(&self->d, 0, "file_pages");
	claim_column(&self->d, 1, "clean_pages");
	claim_owner(&self->d, 2, "class", "file");
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
	claim_column(&self->d, 0, "file_pages");
	claim_column(&self->d, 1, "dirty_pages");
	claim_owner(&self->d, 2, "state", "file.dirty");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* --- huge pages --- */

static bool take_hugetlb(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;

	m->size = 4 * HUGE;
	text_write("/proc/sys/vm/nr_hugepages", "4");
	m->map = mmap(NULL, m->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
	if (m->map == MAP_FAILED)
		return fail(d, "mmap of huge pages");
	touch(m);
	return frames_add_memory(frames, m->map, m->size) || fail(d, "pagemap");
}

static void give_hugetlb(struct delta *d)
{
	give(d);
	text_write("/proc/sys/vm/nr_hugepages", "0");
}

TEST_F_TIMEOUT(user, hugetlb_pages, 120)
{
	self->d.take = take_hugetlb;
	self->d.give = give_hugetlb;
	claim_column(&self->d, 0, "hugetlb_pages");
	claim_owner(&self->d, 1, "class", "hugetlb");
	claim_owner(&self->d, 2, "order", "hugetlb-9");
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
		return fail(d, "mmap");
	start = (char *)(((unsigned long)m->map + HUGE - 1) & ~(HUGE - 1));
	madvise(start, 4 * HUGE, MADV_HUGEPAGE);
	for (size_t i = 0; i < 4 * HUGE; i += size)
		start[i] = 1;
	if (!frames_add_memory(frames, start, 4 * HUGE))
		return fail(d, "pagemap");
	for (size_t i = 0; i < frames->n; i++) {
		errno = 0;
		if (!(frame_flags(frames->at[i].pfn) >> KPF_THP & 1))
			return fail(d, "the kernel gave small pages");
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
	claim_column(&self->d, 0, "anon_pages");
	claim_column(&self->d, 1, "large_pages");
	claim_column(&self->d, 2, "mapped_pages");
	claim_owner(&self->d, 3, "order", "anon-9");
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
	claim_column(&self->d, 0, "anon_pages");
	claim_column(&self->d, 1, "large_pages");
	for (unsigned int order = 2; order < 9; order++) {
		folio_kb = 4UL << order;
		snprintf(path, sizeof(path), THP "hugepages-%zukB/enabled", folio_kb);
		snprintf(owner, sizeof(owner), "anon-%u", order);
		claim_owner(&self->d, 2, "order", owner);
		text_write(THP "hugepages-2048kB/enabled", "never");
		ASSERT_EQ(0, text_write(path, "madvise"));
		EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s: %s", owner, self->d.why);
		text_write(path, "never");
	}
	text_write(THP "hugepages-2048kB/enabled", "inherit");
}

static long long stat(const char *name)
{
	char *text;
	long long value = -1;

	text_write("/proc/sys/vm/stat_refresh", "1");
	text = text_need("/proc/vmstat");
	text_value(text, name, &value);
	free(text);
	return value;
}

static long long owned(const char *kind, const char *owner)
{
	long long sum = 0, pages;
	struct table t;

	table_need(&t, "owners");
	for (size_t row = 0; row < t.rows; row++)
		if (!strcmp(table_cell(&t, row, "kind"), kind) && !strcmp(table_cell(&t, row, "owner"), owner) &&
		    table_number(&t, row, "pages", &pages))
			sum += pages;
	table_free(&t);
	return sum;
}

/* --- swap --- */

static bool swap_on(void)
{
	static unsigned char page[PAGE];
	unsigned int version = 1, last = (64 << 20) / PAGE - 1;
	bool ok;
	int fd;

	if (!access("/sys/block/zram0/disksize", F_OK) && swapon("/dev/zram0", 0) && errno == EBUSY)
		return true;
	text_write("/sys/block/zram0/comp_algorithm", "zstd");
	text_write("/sys/block/zram0/disksize", "64M");
	memcpy(page + 1024, &version, sizeof(version));
	memcpy(page + 1028, &last, sizeof(last));
	memcpy(page + PAGE - 10, "SWAPSPACE2", 10);
	fd = open("/dev/zram0", O_WRONLY);
	ok = fd >= 0 && write(fd, page, PAGE) == PAGE && !fsync(fd);
	close(fd);
	return ok && !swapon("/dev/zram0", 0);
}

/* All of @m is read ahead into the swap cache, and nothing maps it yet. */
static bool fill_swapcache(struct memory *m)
{
	if (!map_anon(m, 8 * SIZE))
		return false;
	touch(m);
	drain_lru();
	return !madvise(m->map, m->size, MADV_PAGEOUT) && !madvise(m->map, m->size, MADV_WILLNEED);
}

/* Then mapped by reading; pages which the kernel has let go since do not count. */
static bool take_swapcache(struct delta *d, struct frames *frames)
{
	struct memory *m = d->arg;
	size_t kept = 0;
	volatile char byte;

	if (!fill_swapcache(m))
		return fail(d, "the swap cache");
	for (size_t i = 0; i < m->size; i += PAGE)
		byte = m->map[i];
	(void)byte;
	if (!frames_add_memory(frames, m->map, m->size))
		return fail(d, "pagemap");
	for (size_t i = 0; i < frames->n; i++)
		if (frame_flags(frames->at[i].pfn) >> KPF_SWAPCACHE & 1)
			frames->at[kept++] = frames->at[i];
	frames->n = kept;
	errno = 0;
	return kept || fail(d, "no page stayed in the swap cache");
}

TEST_F_TIMEOUT(user, mapped_pages_of_the_swap_cache, 120)
{
	ASSERT_TRUE(swap_on());
	if (kernel_at_least(6, 19))
		SKIP(return, "this kernel takes pages of zram out of the swap cache when it maps them");
	self->d.take = take_swapcache;
	claim_column(&self->d, 0, "swapcache_pages");
	claim_owner(&self->d, 1, "state", "anon.swapcache");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

static long long swap_cached(void)
{
	char *text = text_need("/proc/meminfo");
	long long kb = -4;

	text_value(text, "SwapCached:", &kb);
	free(text);
	return kb / 4;
}

/* Pages that nothing maps cannot be asked for their place: here the number has to do. */
TEST_F_TIMEOUT(user, pages_of_the_swap_cache, 120)
{
	long long shmem = owned("class", "shmem"), before, ours, after;
	int i = 0;

	ASSERT_TRUE(swap_on());
	ASSERT_TRUE(fill_swapcache(&self->m));
	do {
		stat("nr_free_pages");
		before = swap_cached();
		ours = owned("state", "anon.swapcache") + owned("state", "shmem.swapcache");
		after = swap_cached();
	} while ((ours != before || before != after) && i++ < 40);
	EXPECT_LT(100, before);
	EXPECT_EQ(before, ours);
	EXPECT_EQ(after, ours);
	EXPECT_EQ(shmem, owned("class", "shmem"));
}

/* What zram keeps cannot be asked for its place: here the number has to do. */
TEST_F_TIMEOUT(user, pages_of_zsmalloc, 120)
{
	struct memory *m = &self->m;
	unsigned int random = 1;

	ASSERT_TRUE(swap_on());
	ASSERT_TRUE(map_anon(m, 2048 * PAGE));
	for (size_t i = 0; i < m->size; i += sizeof(random)) {
		random = random * 1664525 + 1013904223;
		memcpy(m->map + i, &random, sizeof(random));
	}
	drain_lru();
	madvise(m->map, m->size, MADV_PAGEOUT);
	ASSERT_LT(500, stat("nr_zspages"));
	for (int i = 0; i < 20 && stat("nr_zspages") != owned("class", "movable_ops"); i++)
		usleep(10000);
	EXPECT_EQ(stat("nr_zspages"), owned("class", "movable_ops"));
}

/* --- broken memory --- */

#ifndef MADV_HWPOISON
#define MADV_HWPOISON 100
#endif

/* The owner of a dirty page is told at once, although he has not touched it. */
static void ignore(int signal)
{
}

/* The pages are lost for good, so there is but one round. */
TEST_F_TIMEOUT(user, poisoned_pages, 120)
{
	static struct frames frames;
	long long before = owned("class", "hwpoison"), pfn, pages;
	struct table t;

	ASSERT_TRUE(map_anon(&self->m, 4 * PAGE));
	touch(&self->m);
	drain_lru();
	ASSERT_TRUE(frames_add_memory(&frames, self->m.map, self->m.size));
	signal(SIGBUS, ignore);
	if (madvise(self->m.map, self->m.size, MADV_HWPOISON))
		SKIP(return, "this kernel has no CONFIG_MEMORY_FAILURE (MADV_HWPOISON: %s)", strerror(errno));
	EXPECT_EQ(before + 4, owned("class", "hwpoison"));
	table_need(&t, "pageblocks");
	for (size_t i = 0; i < frames.n; i++)
		for (size_t row = 0; row < t.rows; row++) {
			table_number(&t, row, "start_pfn", &pfn);
			if (frames.at[i].pfn / 512 != (unsigned long)pfn / 512)
				continue;
			table_number(&t, row, "hwpoison_pages", &pages);
			EXPECT_LE(1, pages);
		}
	table_free(&t);
}

TEST_HARNESS_MAIN
