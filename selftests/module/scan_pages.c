// SPDX-License-Identifier: GPL-2.0-only
// configs: pageblocks
// guest:
// guest: --mem 768M --append hugepages=16
/*
 * `pageblocks` against /proc/kpageflags, block by block: the pages of each class and state that the
 * kernel's own file has a flag for. A block whose flags moved during the round does not count.
 *
 * Where the two mean different things:
 *  - a page on its way to an LRU list, in a CPU's batch, has no LRU flag yet; the module goes by its
 *    mapping. A block with such a page does not count either.
 *  - the flags of a compound page are those of its first page; which of them kpageflags repeats for
 *    the others differs from kernel to kernel (slab is missing there since 6.10, LRU up to 5.10).
 *    Here the others take them all.
 *  - holes of memory have a struct page, which is reserved; the module leaves them out.
 */

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/ledger.h"
#include "lib/ram.h"
#include "lib/table.h"
#include "lib/text.h"

enum {
	KPF_UPTODATE = 3, KPF_DIRTY = 4, KPF_LRU = 5, KPF_ACTIVE = 6, KPF_SLAB = 7, KPF_WRITEBACK = 8, KPF_BUDDY = 10,
	KPF_MMAP = 11, KPF_ANON = 12, KPF_SWAPBACKED = 14, KPF_HEAD = 15, KPF_TAIL = 16, KPF_HUGE = 17,
	KPF_UNEVICTABLE = 18, KPF_HWPOISON = 19, KPF_NOPAGE = 20, KPF_OFFLINE = 23, KPF_PGTABLE = 26,
	KPF_RESERVED = 32, KPF_MLOCKED = 33,
};

/* Pages of a block, by /proc/pagetypeinfo. */
static size_t block;

static bool has(uint64_t flags, int bit)
{
	return flags >> bit & 1;
}

static bool is_lru(uint64_t f)
{
	return has(f, KPF_LRU) && !has(f, KPF_HUGE) && !has(f, KPF_SLAB);
}

static bool is_on_its_way(uint64_t f)
{
	return !has(f, KPF_LRU) && !has(f, KPF_SLAB) && !has(f, KPF_HUGE) && !has(f, KPF_BUDDY) && !has(f, KPF_RESERVED) &&
	       (has(f, KPF_UPTODATE) || has(f, KPF_MMAP) || has(f, KPF_ANON) || has(f, KPF_SWAPBACKED));
}

static bool is_free(uint64_t f) { return has(f, KPF_BUDDY); }
static bool is_hugetlb(uint64_t f) { return has(f, KPF_HUGE); }
static bool is_slab(uint64_t f) { return has(f, KPF_SLAB); }
static bool is_table(uint64_t f) { return has(f, KPF_PGTABLE); }
static bool is_reserved(uint64_t f) { return has(f, KPF_RESERVED) && !has(f, KPF_NOPAGE); }
static bool is_anon(uint64_t f) { return is_lru(f) && has(f, KPF_ANON); }
static bool is_shmem(uint64_t f) { return is_lru(f) && !has(f, KPF_ANON) && has(f, KPF_SWAPBACKED); }
static bool is_file(uint64_t f) { return is_lru(f) && !has(f, KPF_ANON) && !has(f, KPF_SWAPBACKED); }
static bool is_dirty(uint64_t f) { return is_lru(f) && has(f, KPF_DIRTY); }
static bool is_writeback(uint64_t f) { return is_lru(f) && has(f, KPF_WRITEBACK); }
static bool is_active(uint64_t f) { return is_lru(f) && has(f, KPF_ACTIVE); }
static bool is_unevictable(uint64_t f) { return is_lru(f) && has(f, KPF_UNEVICTABLE); }
static bool is_mlocked(uint64_t f) { return is_lru(f) && has(f, KPF_MLOCKED); }

static const struct column {
	const char *name;
	bool (*is)(uint64_t flags);
} columns[] = {
	{ "free_pages", is_free }, { "hugetlb_pages", is_hugetlb }, { "slab_pages", is_slab },
	{ "page_table_pages", is_table }, { "reserved_pages", is_reserved }, { "anon_pages", is_anon },
	{ "shmem_pages", is_shmem }, { "file_pages", is_file }, { "dirty_pages", is_dirty },
	{ "writeback_pages", is_writeback }, { "active_pages", is_active },
	{ "unevictable_pages", is_unevictable }, { "mlocked_pages", is_mlocked },
};

static int flags_fd = -1;
static uint64_t *before, *after;
static size_t nr_pages;
static bool *ram;

/* All of kpageflags, from the first page to the end of memory. */
static void read_flags(uint64_t *flags)
{
	size_t have = 0;
	ssize_t got;

	while (have < nr_pages) {
		got = pread(flags_fd, flags + have, (nr_pages - have) * 8, have * 8);
		if (got <= 0)
			break;
		have += got / 8;
	}
	nr_pages = have;
	for (size_t i = 0; i < nr_pages; i++)
		if (!ram[i] && has(flags[i], KPF_RESERVED))
			flags[i] |= 1ULL << KPF_NOPAGE;
}

/* The flags of the first page of a compound page for all of it. */
static void spread(uint64_t *flags)
{
	const uint64_t shared = 1ULL << KPF_DIRTY | 1ULL << KPF_LRU | 1ULL << KPF_ACTIVE | 1ULL << KPF_SLAB |
				1ULL << KPF_WRITEBACK | 1ULL << KPF_ANON | 1ULL << KPF_SWAPBACKED | 1ULL << KPF_HUGE |
				1ULL << KPF_UNEVICTABLE | 1ULL << KPF_MLOCKED;
	size_t i;

	for (i = 1; i < nr_pages; i++)
		if (has(flags[i], KPF_TAIL))
			flags[i] |= flags[i - 1] & shared;
}

static long long count(const uint64_t *flags, size_t pfn, bool (*is)(uint64_t))
{
	long long pages = 0;
	size_t i;

	/* Page 0 is in no zone. */
	for (i = pfn ? pfn : 1; i < pfn + block && i < nr_pages; i++)
		pages += is(flags[i]);
	return pages;
}

static void compare_block(struct ledger *l, const struct table *t, size_t row)
{
	long long pfn, ours, present;
	char topic[96], where[32];
	size_t i;

	/* Blocks cut by the end of a zone are two rows: whole ones will do. */
	if (!table_number(t, row, "start_pfn", &pfn) || !table_number(t, row, "present_pages", &present) ||
	    (present != (long long)block && pfn))
		return;
	snprintf(where, sizeof(where), "pfn %lld", pfn);
	if (memcmp(before + pfn, after + pfn, block * 8) || count(after, pfn, is_on_its_way))
		return;
	for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		snprintf(topic, sizeof(topic), "%s of each block equal /proc/kpageflags", columns[i].name);
		if (table_number(t, row, columns[i].name, &ours))
			ledger_enter_number(l, topic, where, count(before, pfn, columns[i].is), ours,
					    count(after, pfn, columns[i].is));
	}
}

static long long sum_of(const struct table *t, const char *column)
{
	long long sum = 0, pages;
	size_t row;

	for (row = 0; row < t->rows; row++)
		if (table_number(t, row, column, &pages))
			sum += pages;
	return sum;
}

static void know_blocks(void)
{
	char *pagetypeinfo = text_need("/proc/pagetypeinfo");
	long long pages = 0;

	text_value(pagetypeinfo, "Pages per block", &pages);
	block = (size_t)pages;
	free(pagetypeinfo);
}

static long long nr_free_pages(void)
{
	long long pages = LEDGER_UNKNOWN;
	char *vmstat;

	text_write("/proc/sys/vm/stat_refresh", "1");
	vmstat = text_need("/proc/vmstat");
	text_value(vmstat, "nr_free_pages", &pages);
	free(vmstat);
	return pages;
}

static void round_of_free(struct ledger *l)
{
	long long first = nr_free_pages();
	struct table t;

	table_need(&t, "pageblocks");
	ledger_enter_number(l, "free_pages add up to nr_free_pages", "all zones", first,
			    sum_of(&t, "free_pages"), nr_free_pages());
	table_free(&t);
}

static void round_of(struct ledger *l)
{
	struct table t;
	size_t row;

	nr_pages = 1 << 20;
	read_flags(before);
	table_need(&t, "pageblocks");
	read_flags(after);
	spread(before);
	spread(after);
	for (row = 0; row < t.rows; row++)
		compare_block(l, &t, row);
	table_free(&t);
}

int main(void)
{
	struct ledger l = { 0 };

	know_blocks();
	flags_fd = open("/proc/kpageflags", O_RDONLY);
	ram = ram_need(1 << 20);
	before = calloc(1 << 20, 8);
	after = calloc(1 << 20, 8);
	if (flags_fd < 0 || !before || !after) {
		printf("Bail out! /proc/kpageflags: %s\n", strerror(errno));
		return 1;
	}
	/* Empties the batches on the way to the LRU lists. */
	text_write("/proc/sys/vm/compact_memory", "1");
	ledger_run(&l, round_of, 12);
	ledger_run(&l, round_of_free, 60);
	return ledger_report(&l, "pageblocks");
}
