// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counters, read without a lock. A page is counted either by the classic lists
 * or by a generation of the multi-gen LRU; while that is being switched on or
 * off both have pages, and their sum is right but for the pages on the way.
 */
#include "reach/lruvec.h"
#include "walk/lru.h"

/* The two youngest generations are what the kernel calls active. */
static void add_generations(const struct lruvec *lruvec, int zone, u64 *pages)
{
	unsigned long youngest = pfnscope_lru_gen_max(lruvec);
	unsigned int type, back;
	enum lru_list lru;

	for (type = 0; type < PFNSCOPE_LRU_TYPES; type++)
		for (back = 0; back < MAX_NR_GENS; back++) {
			lru = type * LRU_FILE;
			if (back < 2)
				lru += LRU_ACTIVE;
			pages[lru] += pfnscope_lru_gen_pages(lruvec,
							     youngest - back,
							     type, zone);
		}
}

/**
 * pfnscope_lru_count - the pages of one cgroup in one zone
 * @css: the cgroup, with a reference; NULL where there are none
 * @zone: which
 * @pages: of NR_LRU_LISTS, filled
 */
void pfnscope_lru_count(struct cgroup_subsys_state *css, struct zone *zone,
			u64 *pages)
{
	struct lruvec *lruvec = pfnscope_lruvec(css, zone->zone_pgdat);
	enum lru_list lru;

	for_each_lru(lru)
		pages[lru] = pfnscope_lruvec_classic(css, lruvec, zone, lru);
	/* Without cgroups the zone has counted the generations already. */
	if (css)
		add_generations(lruvec, zone_idx(zone), pages);
}

/**
 * pfnscope_lru_fill - the next cgroup and zone as a record
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, or 0 after the last one.
 */
int pfnscope_lru_fill(struct pfnscope_cgroups *cursor,
		      struct pfnscope_lru *record)
{
	struct zone *zone = pfnscope_cgroups_next_zone(cursor, &record->cgroup);

	if (!zone)
		return 0;
	record->node = zone_to_nid(zone);
	record->zone = zone->name;
	pfnscope_lru_count(cursor->css, zone, record->pages);
	return 1;
}
