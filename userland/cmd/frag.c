// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope frag: every measure of fragmentation, of every zone. */
#include "allocator/frag.h"
#include "base/units.h"
#include "cmd/scan.h"
#include "source/limits.h"
#include "table/select.h"
#include "view/contiguity.h"
#include "view/freelists.h"
#include "view/zones.h"

static const struct pfnscope_option options[] = {
	PFNSCOPE_SCAN_ORDER,
	{ NULL, NULL, NULL },
};

/* What the kernel's own score is of: a pageblock, 2 MiB on most machines. */
static bool is_huge(const struct pfnscope_table *any, size_t row,
		    const void *context)
{
	const struct FRAG_table *table = FRAG_OF(any);
	uint64_t order;

	return pfnscope_table_number(CELL(table, row, FRAG_order), &order) &&
	       order == *(const uint64_t *)context;
}

static int run_frag(struct pfnscope_run *run)
{
	const struct pfnscope_view *const views[] = {
		&pfnscope_view_freelists, &pfnscope_view_zones,
		&pfnscope_view_contiguity, NULL
	};
	struct pfnscope_snapshot snapshot = { 0 };
	struct pfnscope_table *table;
	uint64_t order;
	int status = -1;

	if (pfnscope_scan_conditions(run) ||
	    pfnscope_snapshot_read(run->source, views, &snapshot, &run->error))
		return -1;
	order = pfnscope_units_order(2 * 1024 * 1024,
				     snapshot.page_size_bytes);
	run->format.page_size_bytes = snapshot.page_size_bytes;
	table = pfnscope_frag(&snapshot, pfnscope_extfrag_threshold(run->source));
	if (!run->all && !pfnscope_run_value(run, "order"))
		pfnscope_table_filter(table, is_huge, &order);
	status = pfnscope_run_show(run, table);
	pfnscope_table_free(table);
	pfnscope_snapshot_clear(&snapshot);
	return status;
}

const struct pfnscope_command pfnscope_cmd_frag = {
	.name = "frag",
	.group = PFNSCOPE_GROUP_MUCH,
	.summary = "every measure of fragmentation, of every zone",
	.description =
		"There is no agreed single figure: the columns below say what each measures. The\n"
		"kernel itself shows only some of them, and for some zones only.",
	.view = &pfnscope_view_frag,
	.options = options,
	.weighs = { "unusable" },
	.scans = true,
	.examples = { "frag", "frag --order 4 --zone DMA32" },
	.run = run_frag,
};
