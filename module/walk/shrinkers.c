// SPDX-License-Identifier: GPL-2.0-only
/*
 * The list is walked from its head for each row: nothing is kept from one row
 * to the next. A shrinker that comes or goes meanwhile shifts the others, and
 * one of them may be missing or come twice.
 */
#include <linux/ktime.h>
#include <linux/nodemask.h>

#include "reach/shrinker.h"
#include "walk/shrinkers.h"

/* What the kernel takes where a shrinker leaves it to it: SHRINK_BATCH. */
#define BATCH_DEFAULT	128

static unsigned long our_flags(unsigned int flags)
{
	unsigned long ours = 0;

	if (flags & SHRINKER_NUMA_AWARE)
		ours |= BIT(PFNSCOPE_SHRINKER_NUMA);
	if (flags & SHRINKER_MEMCG_AWARE)
		ours |= BIT(PFNSCOPE_SHRINKER_MEMCG);
	if (flags & SHRINKER_NONSLAB)
		ours |= BIT(PFNSCOPE_SHRINKER_NONSLAB);
	return ours;
}

static void fill_shrinker(struct shrinker *shrinker, int node,
			  struct pfnscope_shrinker *record)
{
	record->node = shrinker->flags & SHRINKER_NUMA_AWARE ?
		       node : PFNSCOPE_UNKNOWN;
	pfnscope_shrinker_name(shrinker, record->name, sizeof(record->name));
	record->root_objects = pfnscope_shrinker_count(shrinker, node);
	record->deferred = shrinker->nr_deferred ?
			   atomic_long_read(&shrinker->nr_deferred[node]) :
			   PFNSCOPE_UNKNOWN;
	record->batch = shrinker->batch ?: BATCH_DEFAULT;
	record->seeks = shrinker->seeks;
	record->flags = our_flags(shrinker->flags);
}

static void next_row(struct pfnscope_shrinkers_cursor *cursor, bool numa)
{
	cursor->node = numa ? next_online_node(cursor->node) : MAX_NUMNODES;
	if (cursor->node < MAX_NUMNODES)
		return;
	cursor->node = first_online_node;
	cursor->position++;
}

/**
 * pfnscope_shrinkers_fill - the next shrinker and node as a record
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_shrinkers_fill(struct pfnscope_shrinkers_cursor *cursor,
			    struct pfnscope_shrinker *record)
{
	struct shrinker *shrinker;
	bool numa;
	u64 start;
	int ret;

	ret = pfnscope_shrinker_hold(&cursor->position, &shrinker);
	if (ret <= 0)
		return ret;
	if (!node_online(cursor->node))
		cursor->node = first_online_node;
	start = ktime_get_ns();
	numa = shrinker->flags & SHRINKER_NUMA_AWARE;
	record->position = cursor->position;
	fill_shrinker(shrinker, numa ? cursor->node : 0, record);
	cursor->cost.longest_hold_ns = max(cursor->cost.longest_hold_ns,
					   ktime_get_ns() - start);
	pfnscope_shrinker_release(shrinker);
	next_row(cursor, numa);
	return 1;
}
