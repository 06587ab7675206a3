// SPDX-License-Identifier: GPL-2.0-only
/* The compressed cache of swap, one row. */
#include "reach/zswap.h"
#include "view/view.h"
#include "walk/zswap.h"

static int zswap_fill(void *cursor, void *record)
{
	return pfnscope_zswap_fill(cursor, record);
}

static void zswap_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_zswap *zswap = record;

	seq_puts(m, "host");
	pfnscope_put_number(m, zswap->stored);
	pfnscope_put_number(m, zswap->pool_bytes);
	pfnscope_put_number(m, zswap->zsmalloc);
	pfnscope_put_number(m, zswap->in);
	pfnscope_put_number(m, zswap->out);
	pfnscope_put_number(m, zswap->written_back);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_zswap = {
	.name = "zswap",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(scope stored_pages pool_bytes zsmalloc_pages
				    in_pages out_pages written_back_pages),
	.record_size = sizeof(struct pfnscope_zswap),
	.cursor_size = sizeof(struct pfnscope_zswap_cursor),
	.unavailable = pfnscope_zswap_unavailable,
	.fill = zswap_fill,
	.show = zswap_show,
};
