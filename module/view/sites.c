// SPDX-License-Identifier: GPL-2.0-only
/* Call sites, while control/sites is on. */
#include "reach/pagetrace.h"
#include "uapi/pfnscope.h"
#include "view/view.h"
#include "watch/sites.h"

static int sites_begin(void *cursor)
{
	return pfnscope_sites_begin(cursor);
}

static void sites_end(void *cursor)
{
	pfnscope_sites_end(cursor);
}

static int sites_fill(void *cursor, void *record)
{
	return pfnscope_sites_fill(cursor, record);
}

static void put_stack(struct seq_file *m, const char *stack)
{
	if (*stack)
		pfnscope_put_string(m, stack);
	else
		seq_puts(m, " " PFNSCOPE_CELL_NONE);
}

static void sites_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_site *site = record;

	if (*site->remark) {
		seq_printf(m, "# %s\n", site->remark);
		return;
	}
	seq_printf(m, "%llu", site->site);
	pfnscope_put_number(m, site->node);
	pfnscope_put_string(m, site->zone);
	pfnscope_put_number(m, site->order);
	pfnscope_put_number(m, site->one_in);
	pfnscope_put_number(m, site->samples);
	pfnscope_put_number(m, site->estimated);
	pfnscope_put_number(m, site->error);
	pfnscope_put_number(m, site->oldest_ms);
	pfnscope_put_number(m, site->newest_ms);
	pfnscope_put_number(m, site->taken);
	pfnscope_put_number(m, site->given);
	pfnscope_put_number(m, site->lost);
	pfnscope_put_number(m, site->pid);
	pfnscope_put_string(m, site->comm);
	put_stack(m, site->stack);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_sites = {
	.name = "sites",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(site node zone order one_in samples
				    estimated_pages error_pages oldest_ms
				    newest_ms taken_pages given_pages lost_pages
				    pid comm stack),
	.record_size = sizeof(struct pfnscope_site),
	.cursor_size = sizeof(struct pfnscope_sites_cursor),
	.unavailable = pfnscope_pagetrace_unavailable,
	.begin = sites_begin,
	.fill = sites_fill,
	.end = sites_end,
	.show = sites_show,
};
