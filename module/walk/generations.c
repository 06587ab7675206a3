// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counters, read without a lock. A generation that is born or dies meanwhile
 * may be missing, or be there with no pages.
 */
#include "reach/lruvec.h"
#include "reach/memcg.h"
#include "reach/node.h"
#include "walk/generations.h"

/**
 * pfnscope_generations_unavailable - why there are no generations, or NULL
 *
 * The switch is thrown for every lruvec, so the root's on any node tells.
 */
const char *pfnscope_generations_unavailable(void)
{
	struct pglist_data *pgdat = pfnscope_node(first_memory_node);
	struct lruvec *lruvec;

	if (!PFNSCOPE_LRU_GEN)
		return "no multi-gen LRU in this kernel (CONFIG_LRU_GEN, since 6.1)";
	if (!pgdat)
		return "no node with memory";
	lruvec = pfnscope_lruvec(pfnscope_memcg_root(), pgdat);
	if (!pfnscope_lru_gen_enabled(lruvec))
		return "multi-gen LRU is off: /sys/kernel/mm/lru_gen/enabled";
	return NULL;
}

/* From the oldest generation of either type to the youngest. */
static void enter_zone(struct pfnscope_generations_cursor *cursor)
{
	struct lruvec *lruvec = pfnscope_lruvec(cursor->cgroups.css,
						cursor->zone->zone_pgdat);
	unsigned long last = pfnscope_lru_gen_max(lruvec);
	unsigned long back;

	back = max(last - pfnscope_lru_gen_min(lruvec, PFNSCOPE_LRU_ANON),
		   last - pfnscope_lru_gen_min(lruvec, PFNSCOPE_LRU_FILE));
	/* Read apart from each other, they can be too far apart. */
	back = min(back, (unsigned long)MAX_NR_GENS - 1);
	cursor->seq = last - min(back, last);
	cursor->last = last;
}

static void fill(const struct lruvec *lruvec, int zone,
		 struct pfnscope_generation *record)
{
	unsigned int type;

	record->age_ms = pfnscope_lru_gen_age_ms(lruvec, record->seq);
	for (type = 0; type < PFNSCOPE_LRU_TYPES; type++) {
		record->pages[type] = PFNSCOPE_UNKNOWN;
		if (record->seq >= pfnscope_lru_gen_min(lruvec, type))
			record->pages[type] =
				pfnscope_lru_gen_pages(lruvec, record->seq,
						       type, zone);
	}
}

/**
 * pfnscope_generations_fill - the next cgroup, zone and generation as a record
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, or 0 after the last one.
 */
int pfnscope_generations_fill(struct pfnscope_generations_cursor *cursor,
			      struct pfnscope_generation *record)
{
	if (!cursor->zone || cursor->seq > cursor->last) {
		cursor->zone = pfnscope_cgroups_next_zone(&cursor->cgroups,
							  &record->cgroup);
		if (!cursor->zone)
			return 0;
		enter_zone(cursor);
	}
	record->node = zone_to_nid(cursor->zone);
	record->zone = cursor->zone->name;
	record->seq = cursor->seq++;
	fill(pfnscope_lruvec(cursor->cgroups.css, cursor->zone->zone_pgdat),
	     zone_idx(cursor->zone), record);
	return 1;
}
