// SPDX-License-Identifier: GPL-2.0-only
// guest: --mem 1G --append movablecore=256M
// ko: known
/*
 * Pages that a test module takes from the kernel: `pageblocks` and `owners` find each in its class,
 * zone and block.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/pace.h"
#include "kselftest_harness.h"
#include "lib/delta.h"
#include "lib/ko.h"
#include "lib/table.h"
#include "lib/text.h"

#define KNOWN "/sys/kernel/debug/known"

static void give(struct delta *d)
{
	text_write(KNOWN, "none");
}

/* Lines "pfn order node zone". */
static bool take(struct delta *d, struct frames *frames)
{
	char *text, *at, *line;
	unsigned int order;
	struct frame *f;

	if (text_write(KNOWN, d->arg)) {
		snprintf(d->why, sizeof(d->why), "cannot be taken: %s", (char *)d->arg);
		return false;
	}
	text = at = text_need(KNOWN);
	while ((line = text_line(&at)) && frames->n < DELTA_FRAMES) {
		f = &frames->at[frames->n];
		frames->n += sscanf(line, "%lu %u %7s %15s", &f->pfn, &order, f->node, f->zone) == 4;
		f->pages = 1UL << order;
	}
	free(text);
	return frames->n;
}

FIXTURE(known)
{
	struct delta d;
};

FIXTURE_SETUP(known)
{
	if (access(KNOWN, F_OK))
		ko_load("/tests/known.ko", "");
	ASSERT_EQ(0, access(KNOWN, F_OK)) TH_LOG("known.ko could not be loaded");
	self->d = (struct delta){ .take = take, .give = give };
}

FIXTURE_TEARDOWN(known)
{
	text_write(KNOWN, "none");
}

/* Not compound: only the first page has a reference, and the others must not count as free to have. */
TEST_F_TIMEOUT(known, pages_of_every_order, 250)
{
	static char what[32];

	self->d.arg = what;
	self->d.claim[0] = (struct delta_claim){ .column = "kernel_pages", .of = DELTA_FIRST };
	self->d.claim[1] = (struct delta_claim){ .column = "unmovable_pages", .at_least = true };
	for (unsigned int order = 0; order <= 10; order++) {
		snprintf(what, sizeof(what), "pages %u", order);
		EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s: %s", what, self->d.why);
	}
}

TEST_F_TIMEOUT(known, compound_pages_of_every_order, 250)
{
	static char what[32], owner[32];

	self->d.arg = what;
	for (unsigned int order = 0; order <= 10; order++) {
		snprintf(what, sizeof(what), "compound %u", order);
		snprintf(owner, sizeof(owner), "kernel-%u", order);
		self->d.claim[0] = (struct delta_claim){ .column = "kernel_pages" };
		self->d.claim[1] = (struct delta_claim){ .kind = "class", .owner = "kernel" };
		self->d.claim[2] = (struct delta_claim){ .column = "unmovable_pages", .at_least = true };
		if (order)
			self->d.claim[3] = (struct delta_claim){ .kind = "order", .owner = owner };
		EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s: %s", what, self->d.why);
	}
}

static void expect_zone(struct __test_metadata *_metadata, struct delta *d, char *what, const char *zone)
{
	static struct frames frames;

	d->arg = what;
	d->claim[0] = (struct delta_claim){ .column = "kernel_pages" };
	d->claim[1] = (struct delta_claim){ .kind = "class", .owner = "kernel" };
	EXPECT_TRUE(delta_holds(d)) TH_LOG("%s: %s", what, d->why);
	frames.n = 0;
	ASSERT_TRUE(take(d, &frames));
	for (size_t i = 0; i < frames.n; i++)
		EXPECT_STREQ(zone, frames.at[i].zone);
}

TEST_F_TIMEOUT(known, pages_of_every_zone, 120)
{
	expect_zone(_metadata, &self->d, "dma 0", "DMA");
	expect_zone(_metadata, &self->d, "dma 3", "DMA");
	expect_zone(_metadata, &self->d, "dma32 2", "DMA32");
	expect_zone(_metadata, &self->d, "movable 0", "Movable");
}

/* The slabs may have been there before, so here is only a bound; scan_owners compares each cache with slabinfo. */
TEST_F_TIMEOUT(known, kmalloc_for_dma_is_slab_in_zone_dma, 120)
{
	static struct frames frames;
	struct table t;
	long long pages = 0, known = 0;
	long row;

	self->d.arg = "kmalloc_dma 0";
	ASSERT_TRUE(take(&self->d, &frames));
	for (size_t i = 0; i < frames.n; i++) {
		EXPECT_STREQ("DMA", frames.at[i].zone);
		known += frames.at[i].pages;
	}
	table_need(&t, "owners");
	row = table_find(&t, "zone", "DMA", "kind", "slab", "owner", "dma-kmalloc-4k", NULL);
	ASSERT_LE(0, row);
	ASSERT_TRUE(table_number(&t, (size_t)row, "pages", &pages));
	EXPECT_LE(known, pages);
	table_free(&t);
	table_need(&t, "pageblocks");
	for (size_t i = 0; i < t.rows; i++) {
		long long pfn, here = 0;

		if (strcmp(table_cell(&t, i, "zone"), "DMA"))
			continue;
		table_number(&t, i, "start_pfn", &pfn);
		table_number(&t, i, "slab_pages", &pages);
		for (size_t k = 0; k < frames.n; k++)
			if (frames.at[k].pfn >= pfn && frames.at[k].pfn < pfn + 512)
				here += frames.at[k].pages;
		known -= here;
		EXPECT_LE(here, pages);
	}
	EXPECT_EQ(0, known);
	table_free(&t);
}

/* A cache of its own, for ZONE_DMA: its slabs are all new. */
TEST_F_TIMEOUT(known, a_slab_cache, 120)
{
	self->d.arg = "cache";
	self->d.claim[0] = (struct delta_claim){ .column = "slab_pages" };
	self->d.claim[1] = (struct delta_claim){ .column = "unmovable_pages", .at_least = true };
	self->d.claim[2] = (struct delta_claim){ .kind = "slab", .owner = "pfnscope_known" };
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* Above two pages kmalloc() takes them from the page allocator. Since 6.15 they have a type. */
TEST_F_TIMEOUT(known, large_kmalloc, 120)
{
	const char *column = kernel_at_least(6, 15) ? "large_kmalloc_pages" : "kernel_pages";

	self->d.arg = "kmalloc_dma 4";
	self->d.claim[0] = (struct delta_claim){ .column = column };
	self->d.claim[1] = (struct delta_claim){ .column = "unmovable_pages", .at_least = true };
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* Their struct pages have no mark, but the function that took them is known. */
TEST_F_TIMEOUT(known, vmalloc_pages, 120)
{
	self->d.arg = "vmalloc";
	self->d.claim[0] = (struct delta_claim){ .column = "kernel_pages" };
	self->d.claim[1] = (struct delta_claim){ .kind = "class", .owner = "kernel" };
	self->d.claim[2] = (struct delta_claim){ .kind = "vmalloc", .owner = "take_vmalloc\\040[known]" };
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* Likewise the one that mapped them. */
TEST_F_TIMEOUT(known, vmapped_pages, 120)
{
	self->d.arg = "vmap";
	self->d.claim[0] = (struct delta_claim){ .kind = "class", .owner = "kernel" };
	self->d.claim[1] = (struct delta_claim){ .kind = "vmalloc", .owner = "take_vmap\\040[known]" };
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* Buffers of a device: those that it is to give back when it goes, and those of its pools, are known. */
TEST_F_TIMEOUT(known, buffers_of_a_device, 250)
{
	static char *const of[][2] = {
		{ "managed 0", "pfnscope_known\\040managed" },
		{ "managed 2", "pfnscope_known\\040managed" },
		{ "dma_pool", "pfnscope_known\\040pool\\040buffers" },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++) {
		static struct frames frames;

		self->d.arg = of[i][0];
		self->d.claim[0] = (struct delta_claim){ .kind = "holder", .owner = of[i][1] };
		self->d.claim[1] = (struct delta_claim){ .column = "kernel_pages", .of = DELTA_FIRST };
		EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s: %s", of[i][0], self->d.why);
		frames.n = 0;
		ASSERT_TRUE(take(&self->d, &frames));
		for (size_t k = 0; k < frames.n; k++)
			EXPECT_STREQ("DMA", frames.at[k].zone);
	}
}

/* What it asked for without being managed is the kernel's, and nobody's. */
TEST_F_TIMEOUT(known, unmanaged_buffers_of_a_device, 120)
{
	self->d.arg = "coherent 0";
	self->d.claim[0] = (struct delta_claim){ .column = "kernel_pages" };
	self->d.claim[1] = (struct delta_claim){ .kind = "class", .owner = "kernel" };
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

/* A chunk may have had the page before, and it has pages that were not asked for. */
TEST_F_TIMEOUT(known, percpu_chunks_are_areas, 120)
{
	static struct frames frames;
	long long pages = 0, known = 0;
	struct table t;

	self->d.arg = "percpu";
	ASSERT_TRUE(take(&self->d, &frames));
	known = (long long)frames.n * sysconf(_SC_NPROCESSORS_ONLN);
	table_need(&t, "owners");
	for (size_t row = 0; row < t.rows; row++) {
		long long part;

		if (!strcmp(table_cell(&t, row, "kind"), "vmalloc") &&
		    !strcmp(table_cell(&t, row, "owner"), "pcpu_get_vm_areas") && table_number(&t, row, "pages", &part))
			pages += part;
	}
	EXPECT_LE(64, frames.n);
	EXPECT_LE(known, pages);
	table_free(&t);
}

/* Without a mark before 5.14. */
TEST_F_TIMEOUT(known, page_pool_pages, 120)
{
	bool marked = kernel_at_least(5, 14);

	self->d.arg = "page_pool";
	self->d.claim[0] = (struct delta_claim){ .column = marked ? "page_pool_pages" : "kernel_pages" };
	self->d.claim[1] = (struct delta_claim){ .kind = "class", .owner = marked ? "page_pool" : "kernel" };
	EXPECT_TRUE(delta_holds(&self->d)) TH_LOG("%s", self->d.why);
}

static bool has_frame(const struct frames *frames, unsigned long pfn)
{
	for (size_t i = 0; i < frames->n; i++)
		if (frames->at[i].pfn == pfn)
			return true;
	return false;
}

static void list_taken(struct frames *frames)
{
	char *text = text_need(KNOWN), *at = text, *line;

	frames->n = 0;
	while ((line = text_line(&at)))
		frames->n += sscanf(line, "%lu", &frames->at[frames->n].pfn) == 1;
	free(text);
}

/* Of the blocks given back, how many lie on a CPU's list; those that count as unmovable are added up in @wrong. */
static size_t on_cpu_lists(const struct frames *before, const struct frames *after, size_t *wrong)
{
	long long pfn, unreferenced, unmovable;
	struct table t;
	size_t n = 0;

	table_need(&t, "pageblocks");
	for (size_t i = 0; i < t.rows; i++) {
		if (!table_number(&t, i, "start_pfn", &pfn) || !has_frame(before, (unsigned long)pfn) ||
		    has_frame(after, (unsigned long)pfn) || !table_number(&t, i, "unreferenced_pages", &unreferenced) ||
		    !table_number(&t, i, "unmovable_pages", &unmovable) || unreferenced < 512)
			continue;
		n++;
		*wrong += unmovable > 0;
	}
	table_free(&t);
	return n;
}

/*
 * Behind the first half of 1,024 pages, which is not compound, so that nothing but the lists tells
 * that the other half is none of its. CPUs keep such blocks since 5.13, as long as there is room.
 */
TEST_F_TIMEOUT(known, huge_pages_on_a_cpu_list_can_be_had, 120)
{
	static struct frames before, after;
	size_t seen = 0, wrong = 0;

	for (int round = 0; round < 20 && seen < 3; round++) {
		ASSERT_EQ(0, text_write(KNOWN, "pages 9"));
		list_taken(&before);
		text_write(KNOWN, "half");
		list_taken(&after);
		seen += on_cpu_lists(&before, &after, &wrong);
	}
	EXPECT_EQ(0, wrong);
	if (!seen)
		SKIP(return, "no CPU kept a block of that size");
}

/* --- a zone that is being changed --- */

/* Blocks of ZONE_DMA; -1 with errno where the file cannot be read. */
static long long dma_blocks(void)
{
	char *text = text_read(PFNSCOPE_DIR "/pageblocks", NULL);
	long long blocks = 0;
	struct table t;

	if (!text || !table_parse(&t, text))
		return -1;
	for (size_t row = 0; row < t.rows; row++)
		blocks += !strcmp(table_cell(&t, row, "zone"), "DMA");
	table_free(&t);
	return blocks;
}

/*
 * Whoever changes the extent of a zone may be interrupted by the reader: he is waited for, and where he
 * does not come to his end the reader is told. That the zone has no rows is no answer.
 */
TEST_F_TIMEOUT(known, a_zone_is_never_left_out, 250)
{
	long long blocks = dma_blocks();
	int odd = text_write(KNOWN, "odd");
	pid_t pid;

	if (odd == -EOPNOTSUPP)
		SKIP(return, "this kernel would wait for it when it allocates");
	ASSERT_EQ(0, odd);
	EXPECT_LT(0, blocks);
	pid = fork();
	if (!pid) {
		usleep(200000);
		_exit(text_write(KNOWN, "even") != 0);
	}
	EXPECT_EQ(blocks, dma_blocks());
	waitpid(pid, NULL, 0);
	ASSERT_EQ(0, text_write(KNOWN, "odd"));
	EXPECT_EQ(-1, dma_blocks());
	EXPECT_EQ(EAGAIN, errno);
	EXPECT_EQ(0, text_write(KNOWN, "even"));
	EXPECT_EQ(blocks, dma_blocks());
}

TEST_HARNESS_MAIN
