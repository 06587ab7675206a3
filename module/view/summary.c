// SPDX-License-Identifier: GPL-2.0-only
/* /proc/pfnscope: of zones, what /proc/zoneinfo shows to everybody as well. */
#include "view/view.h"
#include "walk/zones.h"

static int summary_fill(void *cursor, void *record)
{
	return pfnscope_zones_fill(cursor, record);
}

static void summary_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_zone *zone = record;

	seq_printf(m, "%d", zone->node);
	pfnscope_put_string(m, zone->name);
	pfnscope_put_number(m, zone->present);
	pfnscope_put_number(m, zone->managed);
	pfnscope_put_number(m, zone->free);
	pfnscope_put_number(m, zone->min);
	pfnscope_put_number(m, zone->low);
	pfnscope_put_number(m, zone->high);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_summary = {
	.name = "summary",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone present_pages managed_pages
				    free_pages min_pages low_pages high_pages),
	.record_size = sizeof(struct pfnscope_zone),
	.cursor_size = sizeof(struct pfnscope_zone_cursor),
	.world = true,
	.fill = summary_fill,
	.show = summary_show,
};
