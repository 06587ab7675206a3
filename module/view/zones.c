// SPDX-License-Identifier: GPL-2.0-only
/* Sizes, watermarks and reserves of every zone. */
#include "view/view.h"
#include "walk/zones.h"

static const char *const flag_names[PFNSCOPE_ZONE_FLAGS] = {
	[PFNSCOPE_ZONE_BOOSTED_WATERMARK] = "boosted_watermark",
	[PFNSCOPE_ZONE_RECLAIM_ACTIVE] = "reclaim_active",
	[PFNSCOPE_ZONE_BELOW_HIGH] = "below_high",
};

static int zones_fill(void *cursor, void *record)
{
	return pfnscope_zones_fill(cursor, record);
}

static void zones_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_zone *zone = record;

	seq_printf(m, "%d", zone->node);
	pfnscope_put_string(m, zone->name);
	pfnscope_put_number(m, zone->spanned);
	pfnscope_put_number(m, zone->present);
	pfnscope_put_number(m, zone->managed);
	pfnscope_put_number(m, zone->free);
	pfnscope_put_number(m, zone->min);
	pfnscope_put_number(m, zone->low);
	pfnscope_put_number(m, zone->high);
	pfnscope_put_number(m, zone->promo);
	pfnscope_put_number(m, zone->boost);
	pfnscope_put_numbers(m, zone->lowmem_reserve, MAX_NR_ZONES);
	pfnscope_put_number(m, zone->highatomic);
	pfnscope_put_number(m, zone->cma);
	pfnscope_put_flags(m, zone->flags, flag_names, PFNSCOPE_ZONE_FLAGS);
	pfnscope_put_number(m, zone->start_pfn);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_zones = {
	.name = "zones",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone spanned_pages present_pages
				    managed_pages free_pages min_pages
				    low_pages high_pages promo_pages
				    boost_pages lowmem_reserve_pages
				    highatomic_pages cma_pages flags start_pfn),
	.record_size = sizeof(struct pfnscope_zone),
	.cursor_size = sizeof(struct pfnscope_zone_cursor),
	.fill = zones_fill,
	.show = zones_show,
};
