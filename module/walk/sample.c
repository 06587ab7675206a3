// SPDX-License-Identifier: GPL-2.0-only
/*
 * A zone is parted into as many strata as regions of it may be looked at, and in each
 * one region is chosen at random. How many that are follows from what a region took
 * before, so that a reading takes the same time whatever the memory.
 *
 * A region is as large as the largest block of the buddy allocator and begins at its
 * boundary: no free block reaches into it from before, and of a compound page each
 * page says which one it is of.
 */
#include <linux/ktime.h>
#include <linux/random.h>

#include "reach/zone.h"
#include "walk/sample.h"

#define REGION_PAGES	max_t(u64, pageblock_nr_pages, BIT(PFNSCOPE_NR_ORDERS - 1))

/* Of a second, somewhat less than a hundredth. */
#define BUDGET_NS	(8 * NSEC_PER_MSEC)
/* Before it is known: of a machine that is slow. */
#define FIRST_NS	(100 * NSEC_PER_USEC)
#define LEAST		64	/* regions: fewer say nothing */
#define MOST		512	/* more say little more */

/* What a region takes, on the average of the last readings. Readers need not agree. */
static u64 region_ns = FIRST_NS;

static u64 first_region(u64 start)
{
	return start & ~(REGION_PAGES - 1);
}

/* Of the pages from @start to @end. */
static u64 regions_of(u64 start, u64 end)
{
	return end > start ? div64_u64(end - first_region(start) + REGION_PAGES - 1,
				       REGION_PAGES) : 0;
}

/**
 * pfnscope_sample_begin - tell how much may be looked at
 * @cursor: zeroed
 */
void pfnscope_sample_begin(struct pfnscope_sample_cursor *cursor)
{
	struct pfnscope_zone_cursor zones = { 0 };
	u64 took = max_t(u64, READ_ONCE(region_ns), 1);
	struct zone *zone;
	u64 start, spanned;

	while ((zone = pfnscope_zone_next_populated(&zones))) {
		pfnscope_zone_span(zone, &start, &spanned);
		if (start != PFNSCOPE_UNKNOWN)
			cursor->regions += regions_of(start, start + spanned);
	}
	cursor->budget = clamp_t(u64, div64_u64(BUDGET_NS, took), LEAST, MOST);
}

/* A zone's part of the budget, by its size; every zone is worth a few. */
static u64 regions_wanted(const struct pfnscope_sample_cursor *cursor, u64 regions)
{
	u64 share = cursor->regions > regions ?
		    div64_u64(cursor->budget * regions, cursor->regions) :
		    cursor->budget;

	return min_t(u64, max_t(u64, share, LEAST / 8), regions);
}

/* Adds up the classes of the pages of the zone that lie in one region. */
static int look_at(struct pfnscope_scan *scan, u64 start, u64 end,
		   unsigned int *pages)
{
	unsigned int class;
	int ret;

	memset(pages, 0, PFNSCOPE_CLASSES * sizeof(*pages));
	pfnscope_scan_range(scan, start, end);
	while ((ret = pfnscope_scan_block(scan)) > 0)
		for (class = 0; class < PFNSCOPE_CLASSES; class++)
			pages[class] += scan->block.class[class];
	return ret;
}

/* The stratum from region @from up to @to, told from one of it. */
static int sample_stratum(struct pfnscope_sample_cursor *cursor, u64 from, u64 to,
			  u64 start, u64 end)
{
	u64 chosen = from + (((u64)get_random_u32() * (to - from)) >> 32);
	u64 first = first_region(start) + chosen * REGION_PAGES;
	unsigned int pages[PFNSCOPE_CLASSES], class;
	int ret;

	ret = look_at(&cursor->scan, max(first, start),
		      min(first + REGION_PAGES, end), pages);
	for (class = 0; !ret && class < PFNSCOPE_CLASSES; class++)
		pfnscope_sampled_add(&cursor->sampled[class], pages[class], to - from);
	return ret;
}

static void learn(u64 ns, u64 regions)
{
	u64 before = READ_ONCE(region_ns);

	if (regions)
		WRITE_ONCE(region_ns, (7 * before + div64_u64(ns, regions)) / 8);
}

static int sample_zone(struct pfnscope_sample_cursor *cursor)
{
	u64 start = cursor->scan.pfn, end = cursor->scan.end_pfn;
	u64 regions = regions_of(start, end), i;
	u64 wanted = regions_wanted(cursor, regions), began = ktime_get_ns();
	int ret = cursor->scan.failed;

	memset(cursor->sampled, 0, sizeof(cursor->sampled));
	for (i = 0; i < wanted && !ret; i++)
		ret = sample_stratum(cursor, div64_u64(i * regions, wanted),
				     div64_u64((i + 1) * regions, wanted), start, end);
	pfnscope_scan_pause(&cursor->scan);
	learn(ktime_get_ns() - began, i);
	return ret;
}

/**
 * pfnscope_sample_fill - the next class of a zone as a record
 * @cursor: from pfnscope_sample_begin()
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the walk is cancelled, -EAGAIN when a
 * zone's extent could not be read.
 */
int pfnscope_sample_fill(struct pfnscope_sample_cursor *cursor,
			 struct pfnscope_sample *record)
{
	const u64 size = REGION_PAGES;
	struct pfnscope_sampled *sampled;
	int ret;

	if (!cursor->class) {
		if (!pfnscope_scan_next_zone(&cursor->scan, &cursor->zones))
			return 0;
		ret = sample_zone(cursor);
		if (ret)
			return ret;
	}
	sampled = &cursor->sampled[cursor->class];
	record->node = zone_to_nid(cursor->scan.zone);
	record->zone = cursor->scan.zone->name;
	record->class = cursor->class;
	record->pages = sampled->total;
	record->error = pfnscope_sampled_error(sampled, size);
	record->regions = sampled->units;
	record->looked = sampled->count;
	cursor->class = (cursor->class + 1) % PFNSCOPE_CLASSES;
	return 1;
}
