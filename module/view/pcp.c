// SPDX-License-Identifier: GPL-2.0-only
/* Free pages that the CPUs keep for themselves. */
#include "reach/pageblock.h"
#include "reach/pcp.h"
#include "uapi/pfnscope.h"
#include "view/view.h"
#include "walk/pcp.h"

static int pcp_fill(void *cursor, void *record)
{
	return pfnscope_pcp_fill(cursor, record);
}

/* "0:movable,3:unmovable" */
static void put_lists(struct seq_file *m, u64 lists)
{
	const char *before = " ";
	unsigned int order, type;

	for (order = 0; order < PFNSCOPE_PCP_ORDERS; order++) {
		for (type = 0; type < PFNSCOPE_PCP_TYPES; type++) {
			if (!(lists & PFNSCOPE_PCP_LIST(order, type)))
				continue;
			seq_printf(m, "%s%u:%s", before,
				   order < PFNSCOPE_PCP_ORDERS - 1 ? order :
				   pfnscope_pcp_huge_order(),
				   pfnscope_migratetype_name(type));
			before = ",";
		}
	}
	if (!lists)
		seq_puts(m, " " PFNSCOPE_CELL_NONE);
}

static void pcp_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_pcp *pcp = record;

	seq_printf(m, "%d", pcp->node);
	pfnscope_put_string(m, pcp->zone);
	pfnscope_put_number(m, pcp->cpu);
	pfnscope_put_number(m, pcp->count);
	pfnscope_put_number(m, pcp->high);
	pfnscope_put_number(m, pcp->batch);
	pfnscope_put_number(m, pcp->high_min);
	pfnscope_put_number(m, pcp->high_max);
	put_lists(m, pcp->lists);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_pcp = {
	.name = "pcp",
	.major = 1,
	.minor = 1,
	.columns = PFNSCOPE_COLUMNS(node zone cpu count_pages high_pages
				    batch_pages high_min_pages high_max_pages
				    lists),
	.record_size = sizeof(struct pfnscope_pcp),
	.cursor_size = sizeof(struct pfnscope_pcp_cursor),
	.fill = pcp_fill,
	.show = pcp_show,
};
