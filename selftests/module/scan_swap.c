// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M --disk 64M --kmod zstd --kmod zram
/*
 * Pages in the swap cache, those that zram keeps compressed, and broken ones: most of them cannot be
 * asked for their place, so here numbers have to do.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/swap.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/delta.h"
#include "lib/memory.h"
#include "lib/table.h"
#include "lib/text.h"

#define SIZE		(128 * PAGE)
#define KPF_SWAPCACHE	13

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT	21
#endif

FIXTURE(swap)
{
	struct delta d;
	struct memory m;
};

FIXTURE_SETUP(swap)
{
	self->m = MEMORY_NONE;
	self->d = (struct delta){ .give = memory_give, .settle = drain_lru, .arg = &self->m };
}

FIXTURE_TEARDOWN(swap)
{
	memory_give(&self->d);
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

static bool swap_on(void)
{
	static unsigned char page[65536];
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
	ok = fd >= 0 && write(fd, page, PAGE) == (ssize_t)PAGE && !fsync(fd);
	close(fd);
	return ok && !swapon("/dev/zram0", 0);
}

/* All of @m is read ahead into the swap cache, and nothing maps it yet. */
static bool fill_swapcache(struct memory *m)
{
	if (!memory_map(m, 8 * SIZE))
		return false;
	memory_touch(m);
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
		return delta_fail(d, "the swap cache");
	for (size_t i = 0; i < m->size; i += PAGE)
		byte = m->map[i];
	(void)byte;
	if (!frames_add_memory(frames, m->map, m->size))
		return delta_fail(d, "pagemap");
	for (size_t i = 0; i < frames->n; i++)
		if (frame_flags(frames->at[i].pfn) >> KPF_SWAPCACHE & 1)
			frames->at[kept++] = frames->at[i];
	frames->n = kept;
	errno = 0;
	return kept || delta_fail(d, "no page stayed in the swap cache");
}

TEST_F_TIMEOUT(swap, mapped_pages_of_the_swap_cache, 120)
{
	ASSERT_TRUE(swap_on());
	if (kernel_at_least(6, 19))
		SKIP(return, "this kernel takes pages of zram out of the swap cache when it maps them");
	self->d.take = take_swapcache;
	delta_claim_column(&self->d, 0, "swapcache_pages");
	delta_claim_owner(&self->d, 1, "state", "anon.swapcache");
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

static long long swap_cached(void)
{
	char *text = text_need("/proc/meminfo");
	long long kb = -4;

	text_value(text, "SwapCached:", &kb);
	free(text);
	return kb / page_kb();
}

/* Pages that nothing maps cannot be asked for their place: here the number has to do. */
TEST_F_TIMEOUT(swap, pages_of_the_swap_cache, 120)
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
TEST_F_TIMEOUT(swap, pages_of_zsmalloc, 120)
{
	struct memory *m = &self->m;
	unsigned int random = 1;
	double since = 0;

	ASSERT_TRUE(swap_on());
	ASSERT_TRUE(memory_map(m, 2048 * PAGE));
	for (size_t i = 0; i < m->size; i += sizeof(random)) {
		random = random * 1664525 + 1013904223;
		memcpy(m->map + i, &random, sizeof(random));
	}
	drain_lru();
	madvise(m->map, m->size, MADV_PAGEOUT);
	ASSERT_LT(500, stat("nr_zspages"));
	while (stat("nr_zspages") != owned("class", "movable_ops") && wait_on(&since, 5))
		;
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
TEST_F_TIMEOUT(swap, poisoned_pages, 120)
{
	static struct frames frames;
	long long before = owned("class", "hwpoison"), pfn, pages;
	struct table t;

	ASSERT_TRUE(memory_map(&self->m, 4 * PAGE));
	memory_touch(&self->m);
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
