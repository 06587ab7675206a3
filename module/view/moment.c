// SPDX-License-Identifier: GPL-2.0-only
/* The tables of a moment, as the files they are otherwise read from. */
#include <linux/bitops.h>
#include <linux/kernel.h>

#include "reach/pageblock.h"
#include "record-slabs.h"
#include "uapi/pfnscope.h"
#include "view/incidents.h"
#include "view/view.h"

/* The total of an order, and where it is known what part of it is of each type. */
static void show_order(struct seq_file *m,
		       const struct pfnscope_free_area *free,
		       unsigned int order)
{
	bool one = hweight_long(free->types[order]) == 1;
	u64 blocks = free->blocks[order];
	unsigned int type;
	u64 part;

	for (type = 0; type < MIGRATE_TYPES; type++) {
		part = 0;
		if (blocks && free->types[order] & BIT(type))
			part = one ? blocks : PFNSCOPE_UNKNOWN;
		seq_printf(m, "%d %s %u %s", free->node, free->zone, order,
			   pfnscope_migratetype_name(type));
		pfnscope_put_number(m, part);
		seq_putc(m, '\n');
	}
	if (blocks && !one)
		seq_printf(m, "%d %s %u " PFNSCOPE_CELL_UNKNOWN " %llu\n",
			   free->node, free->zone, order, blocks);
}

static void show_free_area(struct seq_file *m, const void *record)
{
	unsigned int order;

	for (order = 0; order < PFNSCOPE_NR_ORDERS; order++)
		show_order(m, record, order);
}

/* Of all cgroups together: their columns are not known here. */
static void show_lru(struct seq_file *m, const void *record)
{
	const struct pfnscope_zone_lru *lru = record;
	enum lru_list i;

	seq_printf(m, "%d %s - - -", lru->node, lru->zone);
	for_each_lru(i)
		pfnscope_put_number(m, lru->pages[i]);
	seq_putc(m, '\n');
}

/* What differs from the view: how a row is printed, where it is not its way. */
static const struct {
	const struct pfnscope_view *view;
	void (*show)(struct seq_file *m, const void *record);
} tables[PFNSCOPE_MOMENT_TABLES] = {
	[PFNSCOPE_MOMENT_ZONES] = { &pfnscope_view_zones },
	[PFNSCOPE_MOMENT_ZONELISTS] = { &pfnscope_view_zonelists },
	[PFNSCOPE_MOMENT_FREELISTS] = { &pfnscope_view_freelists,
					show_free_area },
	[PFNSCOPE_MOMENT_PCP] = { &pfnscope_view_pcp },
	[PFNSCOPE_MOMENT_LRU] = { &pfnscope_view_lru, show_lru },
	[PFNSCOPE_MOMENT_SLABS] = { &pfnscope_view_slabs },
};

/**
 * pfnscope_moment_name - the file of a table
 * @table: which one
 */
const char *pfnscope_moment_name(enum pfnscope_moment_table table)
{
	return tables[table].view->name;
}

/**
 * pfnscope_moment_show - a table as its file
 * @m: the file
 * @moment: whose
 * @table: which one
 */
void pfnscope_moment_show(struct seq_file *m,
			  const struct pfnscope_moment *moment,
			  enum pfnscope_moment_table table)
{
	const struct pfnscope_rows *rows = &moment->tables[table];
	const char *unavailable = pfnscope_moment_why_none(moment, table);
	const struct pfnscope_view *view = tables[table].view;
	void (*show)(struct seq_file *m, const void *record);
	const char *cut = rows->cut ? PFNSCOPE_CUT : NULL;
	char largest[48];
	unsigned int row;

	show = tables[table].show ? tables[table].show : view->show;
	pfnscope_view_show_header(m, view, unavailable);
	if (unavailable)
		return;
	for (row = 0; row < rows->count; row++)
		show(m, pfnscope_moment_row(moment, table, row));
	if (table == PFNSCOPE_MOMENT_SLABS && rows->count == rows->room) {
		snprintf(largest, sizeof(largest),
			 "only the %u largest were kept", rows->room);
		cut = largest;
	}
	pfnscope_incidents_show_remark(m, rows->later_ns ?
				       rows->later_ns - moment->boot_ns : 0,
				       cut);
}
