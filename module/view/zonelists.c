// SPDX-License-Identifier: GPL-2.0-only
/* The order in which each node's allocations try zones. */
#include "view/view.h"
#include "walk/zonelists.h"

static int zonelists_fill(void *cursor, void *record)
{
	return pfnscope_zonelists_fill(cursor, record);
}

static void zonelists_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_zoneref *ref = record;

	seq_printf(m, "%d %s %u %d", ref->node,
		   ref->nofallback ? "nofallback" : "fallback",
		   ref->position, ref->zone_node);
	pfnscope_put_string(m, ref->zone);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_zonelists = {
	.name = "zonelists",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node list position zone_node zone),
	.record_size = sizeof(struct pfnscope_zoneref),
	.cursor_size = sizeof(struct pfnscope_zonelist_cursor),
	.fill = zonelists_fill,
	.show = zonelists_show,
};
