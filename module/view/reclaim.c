// SPDX-License-Identifier: GPL-2.0-only
/* What kswapd, direct reclaim and compaction have done and stand at. */
#include "view/view.h"
#include "walk/reclaim.h"

static const char *const scope_names[] = {
	[PFNSCOPE_RECLAIM_HOST] = "host",
	[PFNSCOPE_RECLAIM_NODE] = "node",
	[PFNSCOPE_RECLAIM_ZONE] = "zone",
};

static int reclaim_fill(void *cursor, void *record)
{
	return pfnscope_reclaim_fill(cursor, record);
}

static void show_kswapd(struct seq_file *m, const struct pfnscope_reclaim *r)
{
	const char state[] = { r->kswapd_state, '\0' };

	pfnscope_put_number(m, r->kswapd_pid);
	pfnscope_put_string(m, state);
	pfnscope_put_number(m, r->kswapd_order);
	pfnscope_put_string(m, r->kswapd_highest_zone);
	pfnscope_put_number(m, r->kswapd_failures);
}

static void show_counters(struct seq_file *m, const struct pfnscope_reclaim *r)
{
	pfnscope_put_number(m, r->scanned_kswapd);
	pfnscope_put_number(m, r->scanned_direct);
	pfnscope_put_number(m, r->stolen_kswapd);
	pfnscope_put_number(m, r->stolen_direct);
	pfnscope_put_number(m, r->refault_anon);
	pfnscope_put_number(m, r->refault_file);
}

static void show_compact(struct seq_file *m, const struct pfnscope_reclaim *r)
{
	pfnscope_put_number(m, r->compact_migrate_pfn);
	pfnscope_put_number(m, r->compact_migrate_sync_pfn);
	pfnscope_put_number(m, r->compact_free_pfn);
	pfnscope_put_number(m, r->compact_considered);
	pfnscope_put_number(m, r->compact_defer_shift);
	pfnscope_put_number(m, r->compact_order_failed);
}

static void reclaim_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_reclaim *reclaim = record;

	seq_puts(m, scope_names[reclaim->scope]);
	pfnscope_put_number(m, reclaim->node);
	pfnscope_put_string(m, reclaim->zone);
	show_kswapd(m, reclaim);
	show_counters(m, reclaim);
	show_compact(m, reclaim);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_reclaim = {
	.name = "reclaim",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(scope node zone kswapd_pid kswapd_state
				    kswapd_order kswapd_highest_zone
				    kswapd_failures scanned_kswapd_pages
				    scanned_direct_pages stolen_kswapd_pages
				    stolen_direct_pages refault_anon_pages
				    refault_file_pages compact_migrate_pfn
				    compact_migrate_sync_pfn compact_free_pfn
				    compact_considered compact_defer_shift
				    compact_order_failed),
	.record_size = sizeof(struct pfnscope_reclaim),
	.cursor_size = sizeof(struct pfnscope_reclaim_cursor),
	.fill = reclaim_fill,
	.show = reclaim_show,
};
