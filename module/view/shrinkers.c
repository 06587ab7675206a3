// SPDX-License-Identifier: GPL-2.0-only
/* Shrinkers in the order in which reclaim calls them. */
#include "reach/shrinker.h"
#include "view/view.h"
#include "walk/shrinkers.h"

static const char *const flag_names[PFNSCOPE_SHRINKER_FLAGS] = {
	[PFNSCOPE_SHRINKER_NUMA]	= "numa",
	[PFNSCOPE_SHRINKER_MEMCG]	= "memcg",
	[PFNSCOPE_SHRINKER_NONSLAB]	= "nonslab",
};

static int shrinkers_begin(void *cursor)
{
	return pfnscope_shrinkers_begin(cursor);
}

static void shrinkers_end(void *cursor)
{
	pfnscope_shrinkers_end(cursor);
}

static int shrinkers_fill(void *cursor, void *record)
{
	return pfnscope_shrinkers_fill(cursor, record);
}

static struct pfnscope_cost *shrinkers_cost(void *cursor)
{
	return &((struct pfnscope_shrinkers_cursor *)cursor)->cost;
}

static void shrinkers_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_shrinker *shrinker = record;

	seq_printf(m, "%u", shrinker->position);
	pfnscope_put_number(m, shrinker->node);
	pfnscope_put_string(m, shrinker->name);
	pfnscope_put_number(m, shrinker->root_objects);
	pfnscope_put_number(m, shrinker->deferred);
	pfnscope_put_number(m, shrinker->batch);
	pfnscope_put_number(m, shrinker->seeks);
	pfnscope_put_flags(m, shrinker->flags, flag_names,
			   PFNSCOPE_SHRINKER_FLAGS);
	pfnscope_put_string(m, shrinker->fs_type);
	pfnscope_put_device(m, shrinker->device);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_shrinkers = {
	.name = "shrinkers",
	.major = 1,
	.minor = 1,
	.columns = PFNSCOPE_COLUMNS(position node name root_objects
				    deferred_objects batch_objects seeks flags
				    fs_type device),
	.record_size = sizeof(struct pfnscope_shrinker),
	.cursor_size = sizeof(struct pfnscope_shrinkers_cursor),
	.unavailable = pfnscope_shrinker_unavailable,
	.begin = shrinkers_begin,
	.fill = shrinkers_fill,
	.end = shrinkers_end,
	.cost = shrinkers_cost,
	.show = shrinkers_show,
};
