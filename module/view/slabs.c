// SPDX-License-Identifier: GPL-2.0-only
/* Slab caches: what they hold, what of it is free, and what it wastes. */
#include "reach/slab.h"
#include "view/view.h"
#include "walk/slabs.h"

static const char *const flag_names[PFNSCOPE_SLAB_FLAGS] = {
	[PFNSCOPE_SLAB_RECLAIMABLE]	= "reclaimable",
	[PFNSCOPE_SLAB_DMA]		= "dma",
	[PFNSCOPE_SLAB_DMA32]		= "dma32",
	[PFNSCOPE_SLAB_ACCOUNTED]	= "accounted",
	[PFNSCOPE_SLAB_RCU]		= "rcu",
	[PFNSCOPE_SLAB_DEBUG]		= "debug",
};

static int slabs_begin(void *cursor)
{
	return pfnscope_slabs_begin(cursor);
}

static int slabs_fill(void *cursor, void *record)
{
	return pfnscope_slabs_fill(cursor, record);
}

static void slabs_end(void *cursor)
{
	pfnscope_slabs_end(cursor);
}

static struct pfnscope_cost *slabs_cost(void *cursor)
{
	return &((struct pfnscope_slabs_cursor *)cursor)->cost;
}

static void slabs_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_slab *slab = record;
	const u64 cells[] = {
		slab->objects, slab->active, slab->free, slab->sheaf,
		slab->cpu_partial, slab->object_size, slab->size,
		slab->objects_per_slab, slab->order, slab->slabs,
		slab->partial, slab->walked, slab->held, slab->wasted,
		slab->aliases,
	};

	BUILD_BUG_ON(ARRAY_SIZE(cells) > PFNSCOPE_CELLS_MAX);
	seq_put_decimal_ull(m, "", slab->node);
	pfnscope_put_string(m, slab->name);
	pfnscope_put_cells(m, cells, ARRAY_SIZE(cells));
	pfnscope_put_flags(m, slab->flags, flag_names, PFNSCOPE_SLAB_FLAGS);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_slabs = {
	.name = "slabs",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node name objects active_objects
				    free_objects sheaf_objects
				    cpu_partial_slabs object_size_bytes
				    size_bytes objects_per_slab order slabs
				    partial_slabs walked_slabs held_bytes
				    wasted_bytes aliases flags),
	.record_size = sizeof(struct pfnscope_slab),
	.cursor_size = sizeof(struct pfnscope_slabs_cursor),
	.unavailable = pfnscope_slab_unavailable,
	.begin = slabs_begin,
	.fill = slabs_fill,
	.end = slabs_end,
	.cost = slabs_cost,
	.show = slabs_show,
};
