// SPDX-License-Identifier: GPL-2.0-only
/* Free pages that the CPUs keep for themselves. */
#include "view/view.h"
#include "walk/pcp.h"

static int pcp_fill(void *cursor, void *record)
{
	return pfnscope_pcp_fill(cursor, record);
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
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_pcp = {
	.name = "pcp",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone cpu count_pages high_pages
				    batch_pages high_min_pages high_max_pages),
	.record_size = sizeof(struct pfnscope_pcp),
	.cursor_size = sizeof(struct pfnscope_pcp_cursor),
	.fill = pcp_fill,
	.show = pcp_show,
};
