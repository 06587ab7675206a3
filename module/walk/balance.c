// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counters, read without a lock: what get_scan_count() and get_type_to_scan()
 * read, before they have read it. Each is right for itself; reclaim that runs
 * meanwhile changes some of them between two reads.
 */
#include "reach/lruvec.h"
#include "reach/memcg.h"
#include "reach/node.h"
#include "walk/balance.h"
#include "walk/lru.h"

static void fill_limits(struct cgroup_subsys_state *css,
			struct pfnscope_balance *record)
{
	struct pfnscope_memcg_limits limits = { .swappiness = -1 };

	record->swap = PFNSCOPE_UNKNOWN;
	record->swap_max = PFNSCOPE_UNKNOWN;
	record->swappiness = PFNSCOPE_UNKNOWN;
	if (!css) {
		record->usage = PFNSCOPE_UNKNOWN;
		record->min = PFNSCOPE_UNKNOWN;
		record->low = PFNSCOPE_UNKNOWN;
		record->emin = PFNSCOPE_UNKNOWN;
		record->elow = PFNSCOPE_UNKNOWN;
		return;
	}
	pfnscope_memcg_limits(css, &limits);
	record->usage = limits.usage;
	record->min = limits.min;
	record->low = limits.low;
	record->emin = limits.emin;
	record->elow = limits.elow;
	if (limits.unified)
		record->swap = limits.swap;
	if (limits.unified && limits.swap_max < PAGE_COUNTER_MAX)
		record->swap_max = limits.swap_max;
	if (limits.swappiness >= 0)
		record->swappiness = limits.swappiness;
}

static void fill_sizes(struct cgroup_subsys_state *css,
		       struct pglist_data *pgdat,
		       struct pfnscope_balance *record)
{
	u64 pages[NR_LRU_LISTS];
	unsigned int i, type;

	for (type = 0; type < PFNSCOPE_LRU_TYPES; type++) {
		record->types[type].inactive = 0;
		record->types[type].active = 0;
	}
	for (i = 0; i < MAX_NR_ZONES; i++) {
		if (!populated_zone(&pgdat->node_zones[i]))
			continue;
		pfnscope_lru_count(css, &pgdat->node_zones[i], pages);
		for (type = 0; type < PFNSCOPE_LRU_TYPES; type++) {
			record->types[type].inactive += pages[type * LRU_FILE];
			record->types[type].active +=
				pages[type * LRU_FILE + LRU_ACTIVE];
		}
	}
}

static u64 generation_pages(const struct lruvec *lruvec, unsigned long seq,
			    int type)
{
	u64 pages = 0;
	int zone;

	for (zone = 0; zone < MAX_NR_ZONES; zone++)
		pages += pfnscope_lru_gen_pages(lruvec, seq, type, zone);
	return pages;
}

static void fill_generations(const struct lruvec *lruvec, int type, u64 max_seq,
			     struct pfnscope_balance_type *record)
{
	unsigned int i;

	record->min_seq = pfnscope_lru_gen_min(lruvec, type);
	for (i = 0; i < PFNSCOPE_LRU_GENERATIONS; i++)
		record->generations[i] =
			i < MAX_NR_GENS && record->min_seq + i <= max_seq ?
			generation_pages(lruvec, record->min_seq + i, type) :
			PFNSCOPE_UNKNOWN;
	for (i = 0; i < PFNSCOPE_LRU_TIERS; i++)
		pfnscope_lru_gen_tier(lruvec, type, i, &record->refaulted[i],
				      &record->evicted[i]);
}

static void fill_lruvec(const struct lruvec *lruvec,
			struct pfnscope_balance *record)
{
	unsigned int type;

	record->gen = pfnscope_lru_gen_enabled(lruvec);
	record->max_seq = record->gen ? pfnscope_lru_gen_max(lruvec) :
					PFNSCOPE_UNKNOWN;
	for (type = 0; type < PFNSCOPE_LRU_TYPES; type++) {
		struct pfnscope_balance_type *it = &record->types[type];

		it->cost = pfnscope_lruvec_cost(lruvec, type);
		it->refault_snapshot = pfnscope_lruvec_refaults(lruvec, type);
		it->min_seq = PFNSCOPE_UNKNOWN;
		if (record->gen)
			fill_generations(lruvec, type, record->max_seq, it);
	}
}

/* The next node of the cgroup that has memory, NULL behind the last. */
static struct pglist_data *node_of(struct pfnscope_balance_cursor *cursor)
{
	struct pglist_data *pgdat;

	while (cursor->node < nr_node_ids) {
		pgdat = pfnscope_node(cursor->node++);
		if (pgdat && pgdat->node_present_pages)
			return pgdat;
	}
	return NULL;
}

/**
 * pfnscope_balance_fill - the next cgroup and node as a record
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, or 0 after the last one.
 */
int pfnscope_balance_fill(struct pfnscope_balance_cursor *cursor,
			  struct pfnscope_balance *record)
{
	struct pglist_data *pgdat;

	for (;;) {
		pgdat = cursor->cgroups.begun ? node_of(cursor) : NULL;
		if (pgdat)
			break;
		if (!pfnscope_cgroups_next(&cursor->cgroups, &record->cgroup))
			return 0;
		cursor->node = 0;
	}
	record->node = pgdat->node_id;
	fill_limits(cursor->cgroups.css, record);
	fill_sizes(cursor->cgroups.css, pgdat, record);
	fill_lruvec(pfnscope_lruvec(cursor->cgroups.css, pgdat), record);
	return 1;
}
