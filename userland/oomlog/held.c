// SPDX-License-Identifier: GPL-2.0-only
/*
 * What held the machine's memory. The counters at the head of a report come
 * first; where they are cut off, the lines of all nodes or of all zones stand
 * in. What no line tells stays unknown, and so does what depends on it.
 */
#include "base/checked.h"
#include "oomlog/held.h"

#include <stdio.h>
#include <string.h>

#define NAME(more, upper, lower, help)	[PFNSCOPE_HOLD_##upper] = #lower,

static const char *const holder_names[PFNSCOPE_HOLDERS] = {
	PFNSCOPE_HOLDER_LIST(NAME, )
};

/**
 * pfnscope_oom_holder_name - the key of a holder
 * @holder: the holder
 *
 * Return: its name.
 */
const char *pfnscope_oom_holder_name(enum pfnscope_oom_holder holder)
{
	return holder_names[holder];
}

/* Figures are read one after the other while pages move: they never add up. */
#define DRIFT_PERCENT	2

struct sizes {
	const struct pfnscope_oom_report *report;
	int64_t page_kb;		/* PFNSCOPE_MISSING: only lines in kB */
	bool zones_complete;		/* each zone of the machine has its line */
	bool nodes_complete;
};

static int64_t counter_kb(const struct sizes *s,
			  enum pfnscope_oom_counter counter)
{
	int64_t pages = s->report->counters[counter];

	return pages < 0 ? PFNSCOPE_MISSING : pfnscope_times(pages, s->page_kb);
}

static int64_t kb(const struct sizes *s, enum pfnscope_oom_counter counter)
{
	int64_t size = counter_kb(s, counter);

	if (size == PFNSCOPE_MISSING && s->nodes_complete)
		size = s->report->node_sums.kb[counter];
	if (size == PFNSCOPE_MISSING && s->zones_complete)
		size = s->report->zone_sums.kb[counter];
	return size;
}

static int64_t sum_managed(const struct pfnscope_oom_report *report)
{
	int64_t sum = report->nr_zones ? 0 : PFNSCOPE_MISSING;

	for (size_t i = 0; i < report->nr_zones; i++)
		sum = report->zones[i].managed_kb < 0 ? PFNSCOPE_MISSING :
		      pfnscope_plus(sum, report->zones[i].managed_kb);
	return sum;
}

static bool is_near(int64_t a, int64_t b, int percent)
{
	int64_t apart = pfnscope_minus(a, b);

	if (apart == PFNSCOPE_MISSING)
		return false;
	return (apart < 0 ? -apart : apart) / percent <= b / 100;
}

/* The highest zone of a node keeps nothing for higher ones: only zeros. */
static bool is_highest(const struct pfnscope_oom_zone *zone)
{
	for (unsigned int i = 0; i < zone->reserves; i++)
		if (zone->reserve_pages[i])
			return false;
	return zone->reserves;
}

static bool each_node_ends(const struct pfnscope_oom_report *report)
{
	const struct pfnscope_oom_zone *last = NULL;

	for (size_t i = 0; i < report->nr_zones; i++) {
		const struct pfnscope_oom_zone *zone = &report->zones[i];

		if (!zone->has_line)
			continue;
		if (last && last->node != zone->node && !is_highest(last))
			return false;
		last = zone;
	}
	return last && is_highest(last);
}

/* Is the line of each zone there? Totals of the machine tell, if there are any. */
static bool zones_complete(const struct sizes *s)
{
	int64_t ram = counter_kb(s, PFNSCOPE_MEM_RAM);
	int64_t usable = pfnscope_minus(ram,
					counter_kb(s, PFNSCOPE_MEM_RESERVED));
	int64_t free = counter_kb(s, PFNSCOPE_MEM_FREE);
	int64_t managed = sum_managed(s->report);

	if (usable != PFNSCOPE_MISSING && managed != PFNSCOPE_MISSING)
		return is_near(managed, usable, 10);
	if (free > 4096)
		return is_near(pfnscope_or_zero(s->report->zone_sums.kb[PFNSCOPE_MEM_FREE]),
			       free, 25);
	return each_node_ends(s->report);
}

static bool nodes_complete(const struct sizes *s)
{
	const struct pfnscope_oom_report *report = s->report;
	size_t nodes = 0;

	for (size_t i = 0; i < report->nr_zones; i++)
		nodes += !i || report->zones[i].node !=
			 report->zones[i - 1].node;
	/* Nodes are told before zones: from the first to a zone none is missing. */
	if (!s->zones_complete)
		return report->node_sums.from_first && report->nr_zones &&
		       report->node_sums.lines >= nodes;
	return report->node_sums.lines >= nodes;
}

static int64_t sum3(const struct sizes *s, enum pfnscope_oom_counter first,
		    enum pfnscope_oom_counter second,
		    enum pfnscope_oom_counter third)
{
	int64_t a = kb(s, first), b = kb(s, second);

	if (a == PFNSCOPE_MISSING || b == PFNSCOPE_MISSING)
		return PFNSCOPE_MISSING;
	return pfnscope_plus_known(pfnscope_plus(a, b), kb(s, third));
}

/* Printed since 2.6.32, by 4b02108ac1b3; of what is on the lists, none is told before. */
static bool shmem_known(const struct sizes *s, const struct pfnscope_oom_dominant *d)
{
	return d->hold[PFNSCOPE_HOLD_SHMEM] != PFNSCOPE_MISSING ||
	       pfnscope_oom_version(s->report) < PFNSCOPE_KERNEL(2, 6, 32);
}

/* The anon lists hold shmem too: what is left is the tasks' own memory. */
static void split_lists(const struct sizes *s, struct pfnscope_oom_dominant *d)
{
	int64_t *hold = d->hold;

	d->anon_lru_kb = sum3(s, PFNSCOPE_MEM_ACTIVE_ANON,
			      PFNSCOPE_MEM_INACTIVE_ANON,
			      PFNSCOPE_MEM_ISOLATED_ANON);
	hold[PFNSCOPE_HOLD_FILE] = sum3(s, PFNSCOPE_MEM_ACTIVE_FILE,
					PFNSCOPE_MEM_INACTIVE_FILE,
					PFNSCOPE_MEM_ISOLATED_FILE);
	hold[PFNSCOPE_HOLD_SHMEM] = kb(s, PFNSCOPE_MEM_SHMEM);
	hold[PFNSCOPE_HOLD_ANON] = PFNSCOPE_MISSING;
	if (d->anon_lru_kb != PFNSCOPE_MISSING && shmem_known(s, d)) {
		int64_t own = pfnscope_minus(d->anon_lru_kb,
					     pfnscope_or_zero(hold[PFNSCOPE_HOLD_SHMEM]));

		hold[PFNSCOPE_HOLD_ANON] = own > 0 ? own : 0;
	}
	hold[PFNSCOPE_HOLD_LRU] = PFNSCOPE_MISSING;
	if (d->anon_lru_kb == PFNSCOPE_MISSING)
		hold[PFNSCOPE_HOLD_LRU] = sum3(s, PFNSCOPE_MEM_ACTIVE,
					       PFNSCOPE_MEM_INACTIVE,
					       PFNSCOPE_MEM_ISOLATED_ANON);
}

static void usable(const struct sizes *s, struct pfnscope_oom_dominant *d)
{
	d->usable_kb = pfnscope_minus(counter_kb(s, PFNSCOPE_MEM_RAM),
				      counter_kb(s, PFNSCOPE_MEM_RESERVED));
	if (d->usable_kb != PFNSCOPE_MISSING || !s->zones_complete)
		return;
	d->usable_kb = sum_managed(s->report);
	d->from_managed = d->usable_kb != PFNSCOPE_MISSING;
}

/* Their lines stand between the free lists and the totals, if there are any. */
static int64_t huge_pools(const struct pfnscope_oom_report *report)
{
	int64_t pools = report->counters[PFNSCOPE_MEM_HUGEPAGES_KB];

	if (pools == PFNSCOPE_MISSING && !report->pool_lines &&
	    (report->counters[PFNSCOPE_MEM_RAM] != PFNSCOPE_MISSING ||
	     report->counters[PFNSCOPE_MEM_PAGECACHE] != PFNSCOPE_MISSING))
		return 0;
	return pools;
}

static int64_t per_cpu(const struct sizes *s)
{
	int64_t lists = kb(s, PFNSCOPE_MEM_FREE_PCP);

	if (lists == PFNSCOPE_MISSING && s->report->pcp_used >= 0)
		lists = pfnscope_times(s->report->pcp_used, s->page_kb);
	return lists;
}

static void take_holders(const struct sizes *s, struct pfnscope_oom_dominant *d)
{
	int64_t *hold = d->hold;

	split_lists(s, d);
	usable(s, d);
	d->free_kb = kb(s, PFNSCOPE_MEM_FREE);
	d->pcp_kb = per_cpu(s);
	d->mlocked_kb = s->report->zone_sums.kb[PFNSCOPE_MEM_MLOCKED_KB];
	d->cma_kb = counter_kb(s, PFNSCOPE_MEM_CMA_RESERVED);
	d->free_cma_kb = kb(s, PFNSCOPE_MEM_FREE_CMA);
	hold[PFNSCOPE_HOLD_UNEVICTABLE] = kb(s, PFNSCOPE_MEM_UNEVICTABLE);
	hold[PFNSCOPE_HOLD_SLAB_UNRECLAIMABLE] =
		kb(s, PFNSCOPE_MEM_SLAB_UNRECLAIMABLE);
	hold[PFNSCOPE_HOLD_SLAB_RECLAIMABLE] =
		kb(s, PFNSCOPE_MEM_SLAB_RECLAIMABLE);
	hold[PFNSCOPE_HOLD_SLAB] = kb(s, PFNSCOPE_MEM_SLAB);
	hold[PFNSCOPE_HOLD_PAGETABLES] = kb(s, PFNSCOPE_MEM_PAGETABLES);
	hold[PFNSCOPE_HOLD_KERNEL_STACK] =
		s->report->counters[PFNSCOPE_MEM_KERNEL_STACK_KB];
	hold[PFNSCOPE_HOLD_HUGEPAGES] = huge_pools(s->report);
	hold[PFNSCOPE_HOLD_BALLOON] = s->report->counters[PFNSCOPE_MEM_BALLOON_KB];
	hold[PFNSCOPE_HOLD_GPU] = pfnscope_plus_known(s->report->counters[PFNSCOPE_MEM_GPU_ACTIVE_KB],
						      s->report->counters[PFNSCOPE_MEM_GPU_RECLAIM_KB]);
}

/* What the total leaves when everything that is known is taken off. */
static int64_t rest_of(const struct pfnscope_oom_dominant *d)
{
	int64_t named = pfnscope_plus(pfnscope_or_zero(d->free_kb), pfnscope_or_zero(d->pcp_kb));

	named = pfnscope_plus(named, pfnscope_or_zero(d->anon_lru_kb));
	for (int i = 0; i < PFNSCOPE_HOLD_UNACCOUNTED; i++)
		if (i != PFNSCOPE_HOLD_ANON && i != PFNSCOPE_HOLD_SHMEM)
			named = pfnscope_plus(named, pfnscope_or_zero(d->hold[i]));
	return pfnscope_minus(d->usable_kb, named);
}

/* Kernel stacks alone may be cut off: they are what threads are, no more. */
static bool lists_known(const struct pfnscope_oom_dominant *d)
{
	const int64_t *hold = d->hold;
	bool split = hold[PFNSCOPE_HOLD_SLAB_RECLAIMABLE] != PFNSCOPE_MISSING &&
		     hold[PFNSCOPE_HOLD_SLAB_UNRECLAIMABLE] != PFNSCOPE_MISSING;
	bool lru = d->anon_lru_kb != PFNSCOPE_MISSING &&
		   hold[PFNSCOPE_HOLD_FILE] != PFNSCOPE_MISSING &&
		   hold[PFNSCOPE_HOLD_UNEVICTABLE] != PFNSCOPE_MISSING;

	return (lru || hold[PFNSCOPE_HOLD_LRU] != PFNSCOPE_MISSING) &&
	       (split || hold[PFNSCOPE_HOLD_SLAB] != PFNSCOPE_MISSING) &&
	       hold[PFNSCOPE_HOLD_PAGETABLES] != PFNSCOPE_MISSING &&
	       hold[PFNSCOPE_HOLD_HUGEPAGES] != PFNSCOPE_MISSING &&
	       d->free_kb != PFNSCOPE_MISSING;
}

/* Some below zero is drift, much below it is a log whose parts do not fit. */
static int64_t not_negative(const struct pfnscope_oom_dominant *d, int64_t rest)
{
	if (rest >= 0 || rest == PFNSCOPE_MISSING)
		return rest;
	return -rest <= d->usable_kb / (100 / DRIFT_PERCENT) ? 0 :
							       PFNSCOPE_MISSING;
}

/*
 * "dominant" knows the counters at the head alone. Pools of huge pages and the
 * per-CPU lists of old kernels have lines of their own: "most" looks there too.
 */
static int64_t without_lines_apart(const struct sizes *s,
				   const struct pfnscope_oom_dominant *d,
				   int64_t rest)
{
	rest = pfnscope_plus(rest, pfnscope_or_zero(d->hold[PFNSCOPE_HOLD_HUGEPAGES]));
	if (kb(s, PFNSCOPE_MEM_FREE_PCP) == PFNSCOPE_MISSING)
		rest = pfnscope_plus(rest, pfnscope_or_zero(d->pcp_kb));
	return rest;
}

static void find_largest_named(struct pfnscope_oom_dominant *d)
{
	for (int i = 0; i < PFNSCOPE_HOLDERS; i++) {
		if (d->hold[i] <= 0 || d->hold[i] <= d->kb ||
		    i == PFNSCOPE_HOLD_HUGEPAGES ||
		    (i == PFNSCOPE_HOLD_UNACCOUNTED && !lists_known(d)))
			continue;
		d->kb = d->hold[i];
		snprintf(d->category, sizeof(d->category), "%s",
			 pfnscope_oom_holder_name(i));
	}
	if (!d->category[0])
		d->kb = PFNSCOPE_MISSING;
}

/* A counter that is not there may be larger. */
static void forget_named(struct pfnscope_oom_dominant *d)
{
	d->category[0] = '\0';
	d->kb = PFNSCOPE_MISSING;
}

/* Shmem that is locked leaves the anon lists for the unevictable one. */
static int64_t locked_shmem(const struct pfnscope_oom_dominant *d)
{
	int64_t locked = pfnscope_minus(d->hold[PFNSCOPE_HOLD_SHMEM],
					d->anon_lru_kb);

	return locked > 0 ? locked : 0;
}

static void offer_most(struct pfnscope_oom_dominant *d, const char *category,
		       int64_t size)
{
	if (size <= 0 || size <= d->most_kb)
		return;
	d->most_kb = size;
	snprintf(d->most, sizeof(d->most), "%s", category);
}

/* Is what no counter names known too, or may one that is not there name it? */
static bool rest_known(const struct pfnscope_oom_dominant *d)
{
	return lists_known(d) && d->pcp_kb != PFNSCOPE_MISSING;
}

static void forget_most(struct pfnscope_oom_dominant *d)
{
	d->most[0] = '\0';
	d->most_kb = PFNSCOPE_MISSING;
}

/*
 * The largest of all there is, free memory among it. Where the log lacks a
 * figure, the largest stands only if what is left over cannot exceed it.
 */
static void find_most(const struct sizes *s, struct pfnscope_oom_dominant *d)
{
	int64_t rest = not_negative(d, rest_of(d));

	forget_most(d);
	for (int i = 0; i < PFNSCOPE_HOLD_UNACCOUNTED; i++)
		offer_most(d, pfnscope_oom_holder_name(i), d->hold[i]);
	offer_most(d, "free", d->free_kb);
	if (d->free_kb == PFNSCOPE_MISSING)
		offer_most(d, "free", s->report->zone_sums.kb[PFNSCOPE_MEM_FREE]);
	snprintf(d->largest_named, sizeof(d->largest_named), "%s", d->most);
	d->largest_named_kb = d->most_kb;
	if (rest == PFNSCOPE_MISSING || (!shmem_known(s, d) && d->anon_lru_kb > d->most_kb))
		forget_most(d);
	else if (rest_known(d))
		offer_most(d, "unaccounted", rest);
	else if (rest > d->most_kb)
		forget_most(d);
}

/**
 * pfnscope_oom_held - what held the machine's memory
 * @report: the report
 * @page_kb: page size, PFNSCOPE_MISSING where it is not known
 * @d: gets the answer
 */
void pfnscope_oom_held(const struct pfnscope_oom_report *report,
		       int64_t page_kb, struct pfnscope_oom_dominant *d)
{
	struct sizes s = { .report = report, .page_kb = page_kb };
	int64_t rest;

	s.zones_complete = zones_complete(&s);
	s.nodes_complete = nodes_complete(&s);
	d->zones_complete = s.zones_complete;
	take_holders(&s, d);
	rest = rest_of(d);
	d->hold[PFNSCOPE_HOLD_UNACCOUNTED] = without_lines_apart(&s, d, rest);
	if (rest_known(d))
		d->unaccounted_kb = not_negative(d, rest);
	d->locked_shmem_kb = locked_shmem(d);
	d->known = true;
	find_largest_named(d);
	if ((!shmem_known(&s, d) && d->anon_lru_kb > d->kb) ||
	    (!lists_known(d) && not_negative(d, rest) > d->kb))
		forget_named(d);
	find_most(&s, d);
}
