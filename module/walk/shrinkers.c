// SPDX-License-Identifier: GPL-2.0-only
/*
 * Nothing may be kept while a reader pauses, so rows are made by the batch, and
 * the list is walked from its head for each batch. A shrinker that comes or goes
 * between two batches shifts the others, and one of them may be missing or come
 * twice.
 */
#include <linux/ktime.h>
#include <linux/mm.h>
#include <linux/nodemask.h>

#include "reach/shrinker.h"
#include "reach/super.h"
#include "walk/memory.h"
#include "walk/shrinkers.h"

/* What the kernel takes where a shrinker leaves it to it: SHRINK_BATCH. */
#define BATCH_DEFAULT	128

/* Made at once, in about a millisecond. */
#define ROWS		512

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

static void fill_super(const struct shrinker *shrinker,
		       struct pfnscope_shrinker *record)
{
	dev_t device;

	if (pfnscope_super_read(shrinker, record->fs_type,
				sizeof(record->fs_type), &device)) {
		record->device = device;
		return;
	}
	record->fs_type[0] = '\0';
	record->device = PFNSCOPE_UNKNOWN;
}

static void fill_shrinker(struct shrinker *shrinker, int node,
			  struct pfnscope_shrinker *record)
{
	record->node = shrinker->flags & SHRINKER_NUMA_AWARE ?
		       node : PFNSCOPE_UNKNOWN;
	pfnscope_shrinker_name(shrinker, record->name, sizeof(record->name));
	fill_super(shrinker, record);
	record->root_objects = pfnscope_shrinker_count(shrinker, node);
	record->deferred = shrinker->nr_deferred ?
			   atomic_long_read(&shrinker->nr_deferred[node]) :
			   PFNSCOPE_UNKNOWN;
	record->batch = shrinker->batch ?: BATCH_DEFAULT;
	record->seeks = shrinker->seeks;
	record->flags = our_flags(shrinker->flags);
}

/* The rows of a shrinker from the cursor's node on. False where not all have room. */
static bool add_rows(struct pfnscope_shrinkers_cursor *cursor,
		     struct shrinker *shrinker)
{
	bool numa = shrinker->flags & SHRINKER_NUMA_AWARE;
	struct pfnscope_shrinker *row;

	if (!node_online(cursor->node))
		cursor->node = first_online_node;
	while (cursor->node < MAX_NUMNODES) {
		if (cursor->count == ROWS)
			return false;
		row = &cursor->rows[cursor->count++];
		row->position = cursor->position;
		fill_shrinker(shrinker, numa ? cursor->node : 0, row);
		cursor->node = numa ? next_online_node(cursor->node) :
				      MAX_NUMNODES;
	}
	cursor->node = first_online_node;
	return true;
}

static int make_rows(struct pfnscope_shrinkers_cursor *cursor)
{
	struct shrinker *shrinker;
	u64 start;
	int ret;

	cursor->next = 0;
	cursor->count = 0;
	ret = pfnscope_shrinker_first(&cursor->position, &shrinker);
	if (ret <= 0)
		return ret;
	start = ktime_get_ns();
	while (shrinker && add_rows(cursor, shrinker))
		shrinker = pfnscope_shrinker_next(shrinker, &cursor->position);
	if (shrinker)
		pfnscope_shrinker_stop(shrinker);
	cursor->cost.longest_hold_ns = max(cursor->cost.longest_hold_ns,
					   ktime_get_ns() - start);
	return cursor->count > 0;
}

/**
 * pfnscope_shrinkers_begin - make room for rows
 * @cursor: zeroed
 *
 * Return: 0 or -ENOMEM.
 */
int pfnscope_shrinkers_begin(struct pfnscope_shrinkers_cursor *cursor)
{
	cursor->rows = kvmalloc_array(ROWS, sizeof(*cursor->rows), PFNSCOPE_GFP);
	return cursor->rows ? 0 : -ENOMEM;
}

/**
 * pfnscope_shrinkers_end - give it back
 * @cursor: from pfnscope_shrinkers_begin()
 */
void pfnscope_shrinkers_end(struct pfnscope_shrinkers_cursor *cursor)
{
	kvfree(cursor->rows);
}

/**
 * pfnscope_shrinkers_fill - the next shrinker and node as a record
 * @cursor: from pfnscope_shrinkers_begin()
 * @record: filled
 *
 * Return: 1, 0 after the last one, or a negative errno: -EINTR when the task is
 * being killed, -E2BIG where the list does not end.
 */
int pfnscope_shrinkers_fill(struct pfnscope_shrinkers_cursor *cursor,
			    struct pfnscope_shrinker *record)
{
	int ret = 1;

	if (cursor->next == cursor->count)
		ret = make_rows(cursor);
	if (ret > 0)
		*record = cursor->rows[cursor->next++];
	return ret;
}
