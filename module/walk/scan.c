// SPDX-License-Identifier: GPL-2.0-only
/*
 * The walk. It takes no lock of the kernel's: a block that is being split or
 * merged while it is looked at is counted as it was or as it becomes. Only our
 * own lock against memory going offline is held, for CHUNK blocks at a time.
 *
 * A free block is skipped by its order and a compound page by its size. Either
 * may span several pageblocks; each of these is credited with its part when the
 * walk comes to it, and the unit is looked at again then, because any time may
 * have passed.
 */
#include <linux/cpumask.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>

#include "reach/hotplug.h"
#include "reach/pageblock.h"
#include "reach/pcp.h"
#include "reach/slab_page.h"
#include "reach/zone.h"
#include "walk/scan.h"

/* 128 MiB on most machines: some 200 microseconds of other people's waiting. */
#define CHUNK	64

/**
 * pfnscope_scan_begin - prepare a walk that tells kernel stacks apart
 * @scan: zeroed but for the visitor; to be given to pfnscope_scan_end() if this
 *	returns 0
 *
 * A walk that need not tell them apart needs no preparation.
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_scan_begin(struct pfnscope_scan *scan)
{
	int ret = pfnscope_stacks_collect(&scan->stacks);

	if (ret)
		pfnscope_stacks_free(&scan->stacks);
	return ret;
}

/**
 * pfnscope_scan_end - give back what a walk took
 * @scan: the walk
 */
void pfnscope_scan_end(struct pfnscope_scan *scan)
{
	pfnscope_scan_pause(scan);
	pfnscope_stacks_free(&scan->stacks);
}

static void start_zone(struct pfnscope_scan *scan, struct zone *zone)
{
	u64 start, spanned;

	pfnscope_zone_span(zone, &start, &spanned);
	scan->zone = zone;
	scan->pfn = start;
	scan->end_pfn = start + spanned;
	scan->zone_bits = pfnscope_zone_bits(zone);
	scan->carry_end = 0;
	scan->kernel_pfn = 0;
}

/**
 * pfnscope_scan_next_zone - go to the first block of the next zone
 * @scan: the walk
 * @zones: the zones; those without a page are passed over
 *
 * Return: false after the last one.
 */
bool pfnscope_scan_next_zone(struct pfnscope_scan *scan,
			     struct pfnscope_zone_cursor *zones)
{
	struct zone *zone;

	do {
		zone = pfnscope_zone_next(zones);
		if (!zone)
			return false;
	} while (!READ_ONCE(zone->present_pages));
	start_zone(scan, zone);
	return true;
}

/**
 * pfnscope_scan_pause - let memory go offline, until the next block
 * @scan: the walk
 */
void pfnscope_scan_pause(struct pfnscope_scan *scan)
{
	if (scan->locked)
		pfnscope_hotplug_read_unlock();
	scan->locked = 0;
}

/* Once for each block. */
static int scan_hold(struct pfnscope_scan *scan)
{
	int ret;

	cond_resched();
	if (fatal_signal_pending(current))
		return -EINTR;
	if (scan->locked >= CHUNK)
		pfnscope_scan_pause(scan);
	if (!scan->locked) {
		ret = pfnscope_hotplug_read_lock();
		if (ret)
			return ret;
	}
	scan->locked++;
	return 0;
}

static void start_block(struct pfnscope_scan *scan, unsigned long start)
{
	struct pfnscope_block *block = &scan->block;
	unsigned long flags = pfnscope_pageblock_flags(start);

	memset(block, 0, sizeof(*block));
	block->node = zone_to_nid(scan->zone);
	block->zone = scan->zone->name;
	block->start_pfn = start;
	block->migratetype = pfnscope_pageblock_migratetype(flags);
	block->skip = pfnscope_pageblock_skip(flags);
	block->blocker_pfn = PFNSCOPE_UNKNOWN;
	if (!scan->maps)
		return;
	bitmap_zero(scan->absent, pageblock_nr_pages);
	bitmap_zero(scan->unmovable, pageblock_nr_pages);
	bitmap_zero(scan->busy, pageblock_nr_pages);
	bitmap_zero(scan->drain, pageblock_nr_pages);
}

static void set_bits(unsigned long *map, unsigned int first, unsigned int pages)
{
	if (pages == 1)
		__set_bit(first, map);
	else
		bitmap_set(map, first, pages);
}

/* Each page in one map: the wider ones get it from the narrower at the end. */
static void map_pages(struct pfnscope_scan *scan, enum pfnscope_fate fate,
		      unsigned int first, unsigned int pages)
{
	if (fate == PFNSCOPE_FATE_UNMOVABLE)
		set_bits(scan->unmovable, first, pages);
	else if (fate == PFNSCOPE_FATE_MOVABLE)
		set_bits(scan->busy, first, pages);
	else if (fate == PFNSCOPE_FATE_CLEAN)
		set_bits(scan->drain, first, pages);
}

static void map_absent(struct pfnscope_scan *scan, unsigned long pfn,
		       unsigned long end)
{
	if (scan->maps && pfn < end)
		set_bits(scan->absent, pfn - scan->block.start_pfn, end - pfn);
}

static void finish_maps(struct pfnscope_scan *scan)
{
	unsigned int i;

	if (!scan->maps)
		return;
	for (i = 0; i < BITS_TO_LONGS(pageblock_nr_pages); i++) {
		scan->unmovable[i] |= scan->absent[i];
		scan->busy[i] |= scan->unmovable[i];
		scan->drain[i] |= scan->busy[i];
	}
}

static void note_blocker(struct pfnscope_block *block,
			 const struct pfnscope_unit *unit, unsigned long pfn)
{
	if (block->blocker_pfn != PFNSCOPE_UNKNOWN)
		return;
	block->blocker_pfn = pfn;
	block->blocker_class = unit->class;
	if (unit->class == PFNSCOPE_CLASS_SLAB &&
	    !pfnscope_slab_page_name(unit->page, block->blocker,
				     sizeof(block->blocker)))
		block->blocker[0] = '\0';
}

/*
 * An allocation of several pages that is not compound has its only reference on
 * the first one. The pages without any that follow a single page of the kernel's
 * up to the boundary which an allocation starting there could reach may be the
 * rest of it: they are not counted on when a block is to be freed.
 */
static unsigned long suspect_end(const struct pfnscope_scan *scan)
{
	unsigned long first = scan->kernel_pfn;

	return first + min_t(unsigned long, first & -first,
			     PFNSCOPE_BLOCK_PAGES);
}

static void suspect_rest(struct pfnscope_scan *scan, struct pfnscope_unit *unit)
{
	if (unit->class == PFNSCOPE_CLASS_KERNEL && !unit->order)
		scan->kernel_pfn = unit->end - 1;
	else if (unit->class != PFNSCOPE_CLASS_UNREFERENCED)
		scan->kernel_pfn = 0;
	else if (unit->start < suspect_end(scan))
		unit->fate = PFNSCOPE_FATE_UNMOVABLE;
}

/* Whether all that look like a page of order 0 of this class are of it too. */
static bool class_repeats(const struct pfnscope_scan *scan,
			  enum pfnscope_class class)
{
	switch (class) {
	case PFNSCOPE_CLASS_FREE:	/* may be of another order */
	case PFNSCOPE_CLASS_SLAB:	/* may be of another cache */
		return false;
	case PFNSCOPE_CLASS_KERNEL:	/* may be a stack */
	case PFNSCOPE_CLASS_KERNEL_STACK:
		return !scan->stacks.count;
	default:
		return true;
	}
}

/* How many pages from @page on look alike, @most of them or fewer. */
static unsigned long alike(const struct page *page, unsigned long most,
			   const struct pfnscope_look *look)
{
	unsigned long count = 0;

	while (count < most && pfnscope_page_looks(page + count, look))
		count++;
	return count;
}

/* Of these, how many are none of page_pool's: those may look like others. */
static unsigned long not_pool(struct page *page, unsigned long count)
{
	unsigned long i = 0;

	while (i < count && !pfnscope_page_pool(page + i))
		i++;
	return i;
}

/*
 * Takes the pages into @unit that follow it and look alike: most pages of a
 * block do, and this takes a tenth of the time that telling each from anew does.
 * What the first one looked like was read before it was classified, and it has
 * to look like that still.
 */
static void extend(struct pfnscope_scan *scan, struct pfnscope_unit *unit,
		   const struct pfnscope_look *look, unsigned long end)
{
	unsigned long count;

	if (unit->class == PFNSCOPE_CLASS_UNREFERENCED &&
	    unit->start < suspect_end(scan))
		end = min(end, suspect_end(scan));
	count = alike(unit->page, end - unit->start, look);
	if (!pfnscope_look_lru(look))
		count = not_pool(unit->page, count);
	unit->end = max(unit->start + count, unit->end);
}

/* File cache that reclaim takes as soon as it has unmapped it. */
static bool is_unmappable(const struct pfnscope_unit *unit)
{
	const unsigned int kept = BIT(PFNSCOPE_STATE_DIRTY) |
				  BIT(PFNSCOPE_STATE_WRITEBACK) |
				  BIT(PFNSCOPE_STATE_UNEVICTABLE) |
				  BIT(PFNSCOPE_STATE_MLOCKED) |
				  BIT(PFNSCOPE_STATE_PINNED);

	return unit->class == PFNSCOPE_CLASS_FILE &&
	       unit->states & BIT(PFNSCOPE_STATE_MAPPED) &&
	       !(unit->states & kept);
}

/* Adds the pages from @pfn on that @unit has in the block. */
static void credit(struct pfnscope_scan *scan, const struct pfnscope_unit *unit,
		   unsigned long pfn, unsigned int pages)
{
	struct pfnscope_block *block = &scan->block;
	unsigned int states;

	block->present += pages;
	block->class[unit->class] += pages;
	block->fate[unit->fate] += pages;
	if (is_unmappable(unit))
		block->unmappable += pages;
	for (states = unit->states; states; states &= states - 1)
		block->state[__ffs(states)] += pages;
	if (unit->class == PFNSCOPE_CLASS_FREE && unit->start == pfn)
		block->free[unit->order]++;
	if (unit->fate == PFNSCOPE_FATE_UNMOVABLE)
		note_blocker(block, unit, pfn);
	if (scan->maps)
		map_pages(scan, unit->fate, pfn - block->start_pfn, pages);
	if (scan->visitor.visit && (scan->visitor.small || unit->order))
		scan->visitor.visit(scan->visitor.data, unit, pages);
}

/* A unit that began in an earlier block, if it is still there. */
static bool take_carry(struct pfnscope_scan *scan, unsigned long pfn,
		       struct pfnscope_unit *unit)
{
	struct page *page;

	if (scan->carry_end <= pfn)
		return false;
	page = pfnscope_online_page(scan->carry_pfn);
	if (!page)
		return false;
	pfnscope_classify(page, scan->carry_pfn, scan->zone_bits,
			  &scan->stacks, unit);
	return !unit->absent && unit->end > pfn;
}

static void take(struct pfnscope_scan *scan, struct pfnscope_unit *unit,
		 unsigned long pfn, unsigned int pages)
{
	scan->cost.visited_pages += unit->order ? 1 : pages;
	suspect_rest(scan, unit);
	credit(scan, unit, pfn, pages);
}

static void classify(struct pfnscope_scan *scan, struct page *page,
		     unsigned long pfn, unsigned long end,
		     struct pfnscope_unit *unit)
{
	struct pfnscope_look look;

	pfnscope_page_look(page, &look);
	pfnscope_classify(page, pfn, scan->zone_bits, &scan->stacks, unit);
	if (!unit->absent && !unit->order && class_repeats(scan, unit->class))
		extend(scan, unit, &look, end);
}

/* Under RCU, for the visitor. */
static void scan_pages(struct pfnscope_scan *scan, struct page *first,
		       unsigned long pfn, unsigned long end)
{
	struct pfnscope_unit unit;
	bool carried = take_carry(scan, pfn, &unit);
	unsigned long start = pfn, next;

	scan->carry_end = 0;
	while (pfn < end) {
		if (!carried)
			classify(scan, first + (pfn - start), pfn, end, &unit);
		carried = false;
		next = min(unit.end, end);
		if (unit.absent)
			map_absent(scan, pfn, next);
		else
			take(scan, &unit, pfn, next - pfn);
		pfn = next;
	}
	if (unit.end > end && !unit.absent) {
		scan->carry_pfn = unit.start;
		scan->carry_end = unit.end;
	}
}

/**
 * pfnscope_scan_block - look at the next block of the zone that has a page in it
 * @scan: the walk; memory cannot go offline until pfnscope_scan_pause()
 *
 * Return: 1, 0 at the end of the zone, -EINTR when the task is being killed.
 */
int pfnscope_scan_block(struct pfnscope_scan *scan)
{
	unsigned long start, pfn, end;
	struct page *page;
	int ret;

	while (scan->pfn < scan->end_pfn) {
		ret = scan_hold(scan);
		if (ret)
			return ret;
		pfn = scan->pfn;
		start = pfn & ~(pageblock_nr_pages - 1);
		end = min(start + pageblock_nr_pages, scan->end_pfn);
		scan->pfn = end;
		page = pfnscope_online_page(pfn);
		if (!page)
			continue;
		start_block(scan, start);
		map_absent(scan, start, pfn);
		rcu_read_lock();
		scan_pages(scan, page, pfn, end);
		rcu_read_unlock();
		map_absent(scan, end, start + pageblock_nr_pages);
		finish_maps(scan);
		if (scan->block.present)
			return 1;
	}
	return 0;
}

/**
 * pfnscope_scan_pcp_pages - pages on the per-CPU lists of the zone
 * @scan: the walk
 *
 * Return: their number, 0 when the zone has lost its lists.
 */
u64 pfnscope_scan_pcp_pages(const struct pfnscope_scan *scan)
{
	struct pfnscope_pcp pcp;
	u64 pages = 0;
	int cpu;

	for_each_online_cpu(cpu)
		if (!pfnscope_pcp_read(scan->zone, cpu, &pcp))
			pages += pcp.count;
	return pages;
}
