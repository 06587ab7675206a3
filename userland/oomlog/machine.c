// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a report tells about its machine without saying so: kernel version,
 * page size, and which zone classes that kernel was built with.
 */
#include "base/checked.h"
#include "oomlog/explain.h"

#include <stdlib.h>

/**
 * pfnscope_oom_version - the kernel whose rules hold
 * @report: the report
 *
 * Return: the release where it is printed, else the oldest kernel that prints
 * lines like these, 0 where nothing tells.
 */
unsigned int pfnscope_oom_version(const struct pfnscope_oom_report *report)
{
	const struct pfnscope_oom_era *era = &report->era;

	if (era->version)
		return era->version;
	if (era->not_before)
		return era->not_before;
	return era->not_after;
}

/* Free pages and free kB of the same moment: their quotient is the page. */
static int64_t page_from_totals(const struct pfnscope_oom_report *report)
{
	int64_t pages = report->counters[PFNSCOPE_MEM_FREE];
	int64_t kb = 0;

	for (size_t i = 0; i < report->nr_zones; i++) {
		if (report->zones[i].free_kb < 0)
			return PFNSCOPE_MISSING;
		kb += report->zones[i].free_kb;
	}
	if (pages < 64 || pages > INT64_C(1) << 40)
		return PFNSCOPE_MISSING;
	for (int64_t size = 4; size <= 256; size *= 2)
		if (kb > pages * size * 3 / 4 && kb < pages * size * 5 / 4)
			return size;
	return PFNSCOPE_MISSING;
}

/* Fewer pages change too much between the two lines, or are rounded. */
#define RATIO_PAGES	1024

/* The size of a page by which so many pages are so many kB. */
static int64_t ratio(int64_t pages, int64_t kb)
{
	if (pages < RATIO_PAGES || pages > INT64_C(1) << 40)
		return PFNSCOPE_MISSING;
	for (int64_t size = 4; size <= 256; size *= 2)
		if (kb > pages * size * 15 / 16 && kb < pages * size * 17 / 16)
			return size;
	return PFNSCOPE_MISSING;
}

/* Counters of the machine are pages, those of its nodes kB: the largest tells. */
static int64_t page_from_nodes(const struct pfnscope_oom_report *report)
{
	int64_t most = 0, size = PFNSCOPE_MISSING;

	for (int i = 0; i < PFNSCOPE_MEM_SWAP_FREE_KB; i++) {
		int64_t pages = report->counters[i];
		int64_t kb = ratio(pages, report->node_sums.kb[i]);

		if (kb == PFNSCOPE_MISSING || pages <= most)
			continue;
		most = pages;
		size = kb;
	}
	return size;
}

/* So many counters that agree to the page are no chance. */
#define AGREE		3
#define AGREE_PAGES	256

/* Small counters, none of which is off by a single kB: no time has passed between. */
static int64_t page_from_small(const struct pfnscope_oom_report *report)
{
	for (int64_t size = 4; size <= 256; size *= 2) {
		int64_t agree = 0, sum = 0;

		for (int i = 0; i < PFNSCOPE_MEM_SWAP_FREE_KB; i++) {
			int64_t pages = report->counters[i];

			if (pages <= 0 || pages > RATIO_PAGES ||
			    report->node_sums.kb[i] != pages * size)
				continue;
			agree++;
			sum += pages;
		}
		if (agree >= AGREE && sum >= AGREE_PAGES)
			return size;
	}
	return PFNSCOPE_MISSING;
}

static const struct pfnscope_oom_task *victim_row(const struct pfnscope_oom_report *report)
{
	for (size_t i = 0; i < report->nr_tasks; i++)
		if (report->tasks[i].pid == report->killed.pid)
			return &report->tasks[i];
	return NULL;
}

/* The table of tasks has pages, the line about the victim kB; its address space changes least. */
static int64_t page_from_victim(const struct pfnscope_oom_report *report)
{
	const struct pfnscope_oom_victim *v = &report->killed;
	const struct pfnscope_oom_task *row = report->killed_line ? victim_row(report) : NULL;
	int64_t rss_kb;

	if (!row)
		return PFNSCOPE_MISSING;
	for (int64_t size = 4; size <= 256; size *= 2)
		if (row->total_vm_pages > 0 && pfnscope_times(row->total_vm_pages, size) == v->total_vm_kb)
			return size;
	rss_kb = pfnscope_plus(v->anon_kb, v->file_kb);
	if (v->shmem_kb != PFNSCOPE_MISSING)
		rss_kb = pfnscope_plus(rss_kb, v->shmem_kb);
	return ratio(row->rss_pages, rss_kb);
}

/* ppc64 and ia64 had pages of 256 kB; a larger first column has lost its head. */
#define LARGEST_PAGE_KB	256

/**
 * pfnscope_oom_page_kb - size of a page
 * @report: the report
 *
 * Return: kB; the first column of a free list tells it, or x86, which has one
 * size only. PFNSCOPE_MISSING where nothing does.
 */
int64_t pfnscope_oom_page_kb(const struct pfnscope_oom_report *report)
{
	int64_t kb = PFNSCOPE_MISSING;

	for (size_t i = 0; i < report->nr_zones; i++) {
		int64_t block = report->zones[i].list_block_kb;

		if (block > 0 && block <= LARGEST_PAGE_KB &&
		    (kb == PFNSCOPE_MISSING || block < kb))
			kb = block;
	}
	if (kb == PFNSCOPE_MISSING && report->era.x86)
		kb = 4;
	if (kb == PFNSCOPE_MISSING)
		kb = page_from_totals(report);
	if (kb == PFNSCOPE_MISSING)
		kb = page_from_nodes(report);
	if (kb == PFNSCOPE_MISSING)
		kb = page_from_small(report);
	if (kb == PFNSCOPE_MISSING)
		kb = page_from_victim(report);
	return kb;
}

#define CLASS_BIT(class)	(1U << (class))

struct evidence {
	const struct pfnscope_oom_report *report;
	unsigned int seen;
	unsigned int rows;
	unsigned int version;
	bool wide;			/* a 64-bit kernel */
	bool narrow;			/* a 32-bit kernel */
};

static void gather_evidence(const struct pfnscope_oom_report *report,
			    struct evidence *e)
{
	*e = (struct evidence){ .report = report };
	e->version = pfnscope_oom_version(report);
	e->wide = report->era.pointer_bits == 64;
	e->narrow = report->era.pointer_bits == 32;
	for (size_t i = 0; i < report->nr_zones; i++) {
		const struct pfnscope_oom_zone *z = &report->zones[i];
		enum pfnscope_class class = pfnscope_class_named(z->zone);

		if (class < PFNSCOPE_CLASS_COUNT)
			e->seen |= CLASS_BIT(class);
		if (z->reserves > e->rows)
			e->rows = z->reserves;
		/* 32-bit kernels reach 64 GiB at most. */
		if (z->free_kb > INT64_C(64) << 20 ||
		    z->present_kb > INT64_C(64) << 20)
			e->wide = true;
	}
	if (e->seen & CLASS_BIT(PFNSCOPE_CLASS_DMA32))
		e->wide = true;
	if (e->seen & CLASS_BIT(PFNSCOPE_CLASS_HIGHMEM))
		e->narrow = true;
}

static unsigned int count_bits(unsigned int set)
{
	unsigned int n = 0;

	for (; set; set &= set - 1)
		n++;
	return n;
}

/* Classes below or equal to a zone's own take no reserve from it. */
static bool rows_fit(const struct evidence *e, unsigned int set)
{
	for (size_t i = 0; i < e->report->nr_zones; i++) {
		const struct pfnscope_oom_zone *z = &e->report->zones[i];
		unsigned int own = pfnscope_class_named(z->zone);
		unsigned int index = count_bits(set & ((CLASS_BIT(own) << 1) - 1));

		for (unsigned int j = 0; j < index && j < z->reserves; j++)
			if (z->reserve_pages[j] > 0)
				return false;
	}
	return true;
}

static bool possible(const struct evidence *e, unsigned int set)
{
	bool movable = set & CLASS_BIT(PFNSCOPE_CLASS_MOVABLE);

	if (count_bits(set) != e->rows || (e->seen & ~set) ||
	    !(set & CLASS_BIT(PFNSCOPE_CLASS_NORMAL)))
		return false;
	/* ZONE_MOVABLE is in every kernel since 2.6.23. */
	if (e->version && movable != (e->version >= PFNSCOPE_KERNEL(2, 6, 23)))
		return false;
	if (e->narrow && (set & (CLASS_BIT(PFNSCOPE_CLASS_DMA32) |
				 CLASS_BIT(PFNSCOPE_CLASS_DEVICE))))
		return false;
	if (e->wide && (set & CLASS_BIT(PFNSCOPE_CLASS_HIGHMEM)))
		return false;
	return rows_fit(e, set);
}

/*
 * Low zones hold memory wherever they are configured; the high ones are often
 * configured and empty. So a class without a line is likelier a high one.
 */
static unsigned int unlikely(const struct evidence *e, unsigned int set)
{
	unsigned int unseen = set & ~e->seen;
	unsigned int cost = 0;

	if (unseen & CLASS_BIT(PFNSCOPE_CLASS_DMA))
		cost += 8;
	if (unseen & CLASS_BIT(PFNSCOPE_CLASS_DMA32))
		cost += 8;
	if ((unseen & CLASS_BIT(PFNSCOPE_CLASS_HIGHMEM)) &&
	    e->report->counters[PFNSCOPE_MEM_HIGHMEM] <= 0)
		cost += 3;
	if (unseen & CLASS_BIT(PFNSCOPE_CLASS_DEVICE))
		cost += 2;
	return cost;
}

/**
 * pfnscope_oom_classes - the zone classes of the kernel that printed a report
 * @report: the report
 * @classes: gets them; none where no lowmem_reserve row is there
 *
 * The rows have a number for each class. Which classes these are follows from
 * the zones that are printed, from zeros in the rows, and from the width of
 * pointers.
 */
void pfnscope_oom_classes(const struct pfnscope_oom_report *report,
			  struct pfnscope_classes *classes)
{
	unsigned int best = 0;
	struct evidence e;

	*classes = (struct pfnscope_classes){ 0 };
	gather_evidence(report, &e);
	for (unsigned int set = 1; e.rows && set < 1U << PFNSCOPE_CLASS_COUNT;
	     set++) {
		if (!possible(&e, set))
			continue;
		if (!best || unlikely(&e, set) < unlikely(&e, best))
			best = set;
	}
	for (enum pfnscope_class class = 0; class < PFNSCOPE_CLASS_COUNT;
	     class++)
		if (best & CLASS_BIT(class))
			classes->class[classes->count++] = class;
}
