// SPDX-License-Identifier: GPL-2.0-only
/* The tables of an answer: from the module, else what /proc has of them. */
#include <string.h>
#include <unistd.h>

#include "source/parse.h"
#include "source/snapshot.h"
#include "source/summary.h"
#include "source/zoneinfo.h"
#include "table/bound.h"
#include "view/about.h"
#include "view/pcp.h"
#include "view/zones.h"
#include "base/array.h"

/* What /proc can give of a view when the module cannot be asked, the best first. */
static const struct {
	const struct pfnscope_view *view;
	int (*read)(const struct pfnscope_source *source,
		    struct pfnscope_table *table, struct pfnscope_error *error);
} fallbacks[] = {
	{ &pfnscope_view_zones, pfnscope_zoneinfo_zones },
	{ &pfnscope_view_zones, pfnscope_summary_zones },
	{ &pfnscope_view_pcp, pfnscope_zoneinfo_pcp },
};

static int read_fallback(const struct pfnscope_source *source,
			 struct pfnscope_table *table,
			 struct pfnscope_error *error)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(fallbacks); i++)
		if (fallbacks[i].view == table->view &&
		    table->state == PFNSCOPE_TABLE_ABSENT &&
		    fallbacks[i].read(source, table, error))
			return -1;
	return 0;
}

int pfnscope_view_read(const struct pfnscope_source *source,
		       const struct pfnscope_view *view,
		       struct pfnscope_table **table,
		       struct pfnscope_error *error)
{
	if (pfnscope_view_read_file(source, view, view->name, table, error))
		return -1;
	if ((*table)->state != PFNSCOPE_TABLE_ABSENT)
		return 0;
	if (!read_fallback(source, *table, error)) {
		pfnscope_bound_mark(*table);
		return 0;
	}
	pfnscope_table_free(*table);
	*table = NULL;
	return -1;
}

#define PAGE_SIZE_MAX	(16 * 1024 * 1024)	/* no machine has larger ones */

/* The machine's page size: as the module tells it, else this machine's. */
static uint64_t page_size_of(const struct pfnscope_table *about)
{
	uint64_t size;

	if (pfnscope_about_number(about, "page_size_bytes", &size) &&
	    size >= 512 && size <= PAGE_SIZE_MAX && !(size & (size - 1)))
		return size;
	return (uint64_t)sysconf(_SC_PAGESIZE);
}

int pfnscope_snapshot_read(const struct pfnscope_source *source,
			   const struct pfnscope_view *const *views,
			   struct pfnscope_snapshot *snapshot,
			   struct pfnscope_error *error)
{
	struct pfnscope_table *table;

	if (pfnscope_view_read(source, &pfnscope_view_about, &table, error))
		return -1;
	snapshot->page_size_bytes = page_size_of(table);
	pfnscope_snapshot_add(snapshot, table);
	for (; *views; views++) {
		if (*views == &pfnscope_view_about)
			continue;
		if (pfnscope_view_read(source, *views, &table, error)) {
			pfnscope_snapshot_clear(snapshot);
			return -1;
		}
		pfnscope_snapshot_add(snapshot, table);
	}
	return 0;
}
