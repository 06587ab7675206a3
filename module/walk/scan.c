// SPDX-License-Identifier: GPL-2.0-only
/*
 * The walk. It takes no lock of the kernel's: a block that is being split or
 * merged while it is looked at is counted as it was or as it becomes. Only our
 * own lock against memory going offline is held, for CHUNK_PAGES at a time.
 *
 * A free block is skipped by its order and a compound page by its size. Either
 * may span several pageblocks; each of these is credited with its part when the
 * walk comes to it, and the unit is looked at again then, because any time may
 * have passed.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>

#include "reach/hotplug.h"
#include "reach/page.h"
#include "reach/pcp.h"
#include "reach/zone.h"
#include "walk/cancel.h"
#include "walk/scan.h"
#include "walk/unit.h"

/* Some 200 microseconds of the waiting of whoever takes memory offline. */
#define CHUNK_PAGES	32768UL

#define VMAP_STACK	IS_ENABLED(CONFIG_VMAP_STACK)

/* Of a millisecond each. A zone's extent changes for one. */
#define SPAN_TRIES	1000

/**
 * pfnscope_scan_begin - prepare a walk that tells stacks and slabs apart
 * @scan: zeroed but for the visitor; to be given to pfnscope_scan_end() if this
 *	returns 0
 * @owners: it tells apart whose pages they are too
 *
 * A walk that need not tell them apart needs no preparation.
 *
 * Return: 0 or a negative errno.
 */
int pfnscope_scan_begin(struct pfnscope_scan *scan, bool owners)
{
	int ret = pfnscope_names_collect(&scan->names, owners, &scan->cost);

	if (ret)
		pfnscope_names_free(&scan->names);
	return ret;
}

/**
 * pfnscope_scan_end - give back what a walk took
 * @scan: the walk
 */
void pfnscope_scan_end(struct pfnscope_scan *scan)
{
	pfnscope_scan_pause(scan);
	pfnscope_names_free(&scan->names);
}

/**
 * pfnscope_scan_range - go to a part of the zone
 * @scan: the walk; what it knew of the pages before is forgotten
 * @start: its first page frame
 * @end: first page frame after it
 */
void pfnscope_scan_range(struct pfnscope_scan *scan, unsigned long start,
			 unsigned long end)
{
	scan->pfn = start;
	scan->end_pfn = end;
	scan->carry.end = 0;
	scan->lone_pfn = 0;
	scan->ram.end = 0;
}

/*
 * Where somebody of lower priority was interrupted while he changed the extent, no
 * spinning helps: he has to be let run.
 */
static int read_span(struct pfnscope_scan *scan, struct zone *zone)
{
	u64 start, spanned;
	unsigned int tries;

	for (tries = 0; tries < SPAN_TRIES; tries++) {
		pfnscope_zone_span(zone, &start, &spanned);
		if (start != PFNSCOPE_UNKNOWN) {
			pfnscope_scan_range(scan, start, start + spanned);
			return 0;
		}
		if (pfnscope_walk_cancelled())
			return -EINTR;
		usleep_range(500, 1000);
	}
	return -EAGAIN;
}

static void start_zone(struct pfnscope_scan *scan, struct zone *zone)
{
	scan->zone = zone;
	scan->failed = read_span(scan, zone);
	scan->zone_bits = pfnscope_zone_bits(zone);
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
	struct zone *zone = pfnscope_zone_next_populated(zones);

	if (zone)
		start_zone(scan, zone);
	return zone;
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
	if (pfnscope_walk_cancelled())
		return -EINTR;
	if (scan->locked >= CHUNK_PAGES)
		pfnscope_scan_pause(scan);
	if (!scan->locked) {
		ret = pfnscope_hotplug_read_lock();
		if (ret)
			return ret;
		scan->ram.end = 0;
	}
	scan->locked += pageblock_nr_pages;
	return 0;
}

static void map_absent(struct pfnscope_scan *scan, unsigned long pfn,
		       unsigned long end)
{
	if (scan->map_pages && pfn < end)
		pfnscope_maps_absent(&scan->maps, pfn - scan->block.start_pfn,
				     end - pfn);
}

/*
 * An allocation of several pages that is not compound has its only reference on
 * the first one. The pages without any that follow a single page of the kernel's
 * up to the boundary which an allocation starting there could reach may be the
 * rest of it: they are not counted on when a block is to be freed. The first one
 * that hangs in a list ends that: it begins a block of a per-CPU list.
 */
static unsigned long rest_end(const struct pfnscope_scan *scan)
{
	unsigned long first = scan->lone_pfn;

	return first + min_t(unsigned long, first & -first,
			     BIT(PFNSCOPE_NR_ORDERS - 1));
}

static bool is_rest(const struct pfnscope_scan *scan,
		    const struct pfnscope_unit *unit)
{
	return unit->class == PFNSCOPE_CLASS_UNREFERENCED &&
	       unit->start < rest_end(scan) &&
	       !pfnscope_page_listed(unit->page);
}

/*
 * Whether all that look like this page are of its class and fate too, but for
 * those that may be the rest of an allocation.
 */
static bool unit_repeats(const struct pfnscope_scan *scan,
			 const struct pfnscope_unit *unit,
			 const struct pfnscope_look *look)
{
	if (unit->order)
		return false;
	switch (unit->class) {
	case PFNSCOPE_CLASS_FREE:	/* may be of another order */
	case PFNSCOPE_CLASS_GUARD:
	case PFNSCOPE_CLASS_SLAB:	/* may be of another cache */
		return false;
	case PFNSCOPE_CLASS_KERNEL:	/* may be a stack */
	case PFNSCOPE_CLASS_KERNEL_STACK:
		return !scan->names.stacks.count;
	case PFNSCOPE_CLASS_FILE:	/* may be of a mapping that is fixed */
		return pfnscope_look_lru(look) &&
		       !(unit->states & BIT(PFNSCOPE_STATE_UNEVICTABLE));
	case PFNSCOPE_CLASS_UNREFERENCED:	/* may be the rest of a stack */
		return unit->fate == PFNSCOPE_FATE_DRAINABLE &&
		       (!pfnscope_may_be_stack(unit->class, VMAP_STACK) ||
			!scan->names.stacks.count);
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
static void extend(struct pfnscope_unit *unit, const struct pfnscope_look *look,
		   unsigned long end)
{
	unsigned long count = alike(unit->page, end - unit->start, look);

	if (!pfnscope_look_lru(look))
		count = not_pool(unit->page, count);
	unit->end = max(unit->start + count, unit->end);
}

/* Likewise, as far as they may be the rest of the same allocation. */
static void extend_rest(struct pfnscope_scan *scan, struct pfnscope_unit *unit,
			const struct pfnscope_look *look, unsigned long end)
{
	const struct page *page = unit->page + 1;

	end = min(end, rest_end(scan));
	while (unit->end < end && pfnscope_page_looks(page, look) &&
	       !pfnscope_page_listed(page)) {
		unit->end++;
		page++;
	}
}

/* Adds the pages from @pfn on that @unit has in the block. */
static void take(struct pfnscope_scan *scan, struct pfnscope_unit *unit,
		 unsigned long pfn, unsigned int pages)
{
	scan->cost.visited_pages += unit->order ? 1 : pages;
	pfnscope_block_add(&scan->block, unit, &scan->names, pfn, pages);
	if (scan->map_pages)
		pfnscope_maps_add(&scan->maps, unit->fate,
				  pfn - scan->block.start_pfn, pages);
	if (scan->visitor.visit && (scan->visitor.small || unit->order))
		scan->visitor.visit(scan->visitor.data, unit, pfn, pages);
}

/* A unit that began in an earlier block, if it is still there. */
static bool take_carry(struct pfnscope_scan *scan, unsigned long pfn,
		       struct pfnscope_unit *unit)
{
	struct page *page;

	if (scan->carry.end <= pfn)
		return false;
	page = pfnscope_online_page(scan->carry.pfn);
	if (!page)
		return false;
	pfnscope_unit_at(page, scan->carry.pfn, scan->zone_bits, &scan->names,
			 unit);
	return !unit->absent && unit->end > pfn;
}

/* Where to go on: the pages before are memory, or none, as @unit then says. */
static unsigned long end_of_ram(struct pfnscope_scan *scan,
				struct pfnscope_unit *unit, unsigned long pfn)
{
	if (pfn >= scan->ram.end)
		pfnscope_ram_find(pfn, scan->end_pfn, &scan->ram);
	unit->absent = pfn < scan->ram.start;
	return unit->absent ? scan->ram.start : scan->ram.end;
}

static void look_at(struct pfnscope_scan *scan, struct page *page,
		    unsigned long pfn, unsigned long end,
		    struct pfnscope_unit *unit)
{
	struct pfnscope_look look __uninitialized;
	bool repeats;

	pfnscope_page_look(page, &look);
	pfnscope_unit_at(page, pfn, scan->zone_bits, &scan->names, unit);
	if (unit->absent)
		return;
	repeats = unit_repeats(scan, unit, &look);
	if (is_rest(scan, unit)) {
		unit->fate = PFNSCOPE_FATE_UNMOVABLE;
		if (repeats)
			extend_rest(scan, unit, &look, end);
		return;
	}
	if (repeats)
		extend(unit, &look, end);
	if (unit->class == PFNSCOPE_CLASS_RESERVED)
		unit->end = min(unit->end, end_of_ram(scan, unit, pfn));
	scan->lone_pfn = pfnscope_may_have_rest(unit, VMAP_STACK) ?
			 unit->end - 1 : 0;
}

/* Under RCU, for the visitor. */
static void scan_pages(struct pfnscope_scan *scan, struct page *first,
		       unsigned long pfn, unsigned long end)
{
	struct pfnscope_unit unit;
	bool carried = take_carry(scan, pfn, &unit);
	unsigned long start = pfn, next;

	if (carried)
		scan->lone_pfn = 0;
	scan->carry.end = 0;
	while (pfn < end) {
		if (!carried)
			look_at(scan, first + (pfn - start), pfn, end, &unit);
		carried = false;
		next = min(unit.end, end);
		if (unit.absent)
			map_absent(scan, pfn, next);
		else
			take(scan, &unit, pfn, next - pfn);
		pfn = next;
	}
	if (unit.end > end && !unit.absent) {
		scan->carry.pfn = unit.start;
		scan->carry.end = unit.end;
	}
}

/* The block that begins at @start, of which the zone has the pages to @end. */
static void scan_block(struct pfnscope_scan *scan, struct page *page,
		       unsigned long pfn, unsigned long start,
		       unsigned long end)
{
	pfnscope_block_begin(&scan->block, scan->zone, start);
	if (scan->map_pages)
		pfnscope_maps_begin(&scan->maps);
	map_absent(scan, start, pfn);
	scan_pages(scan, page, pfn, end);
	map_absent(scan, end, start + pageblock_nr_pages);
	if (scan->map_pages)
		pfnscope_maps_end(&scan->maps);
}

/**
 * pfnscope_scan_block - look at the next block of the zone that has a page in it
 * @scan: the walk; memory cannot go offline until pfnscope_scan_pause()
 *
 * Return: 1, 0 at the end of the zone, -EINTR when the walk is cancelled,
 * -EAGAIN when the zone's extent could not be read.
 */
int pfnscope_scan_block(struct pfnscope_scan *scan)
{
	unsigned long start, pfn, end;
	struct page *page;
	int ret;

	if (scan->failed)
		return scan->failed;
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
		scan_block(scan, page, pfn, start, end);
		if (scan->block.present)
			return 1;
	}
	return 0;
}

/*
 * Since v6.7 a limit moves, and comes down to its lower bound while the zone is
 * short of free pages.
 */
static u64 least_high(const struct pfnscope_pcp *list)
{
	return list->high_min == PFNSCOPE_UNKNOWN ? list->high : list->high_min;
}

/**
 * pfnscope_scan_pcp - the per-CPU lists of the zone, added up
 * @scan: the walk
 * @pcp: filled; zeros when the zone has lost its lists
 */
void pfnscope_scan_pcp(const struct pfnscope_scan *scan,
		       struct pfnscope_scan_pcp *pcp)
{
	struct pfnscope_pcp list;
	int cpu;

	memset(pcp, 0, sizeof(*pcp));
	for_each_online_cpu(cpu) {
		if (pfnscope_pcp_read(scan->zone, cpu, &list))
			continue;
		pcp->pages += list.count;
		pcp->most = max(pcp->most, list.count);
		pcp->high = max(pcp->high, least_high(&list));
	}
}
