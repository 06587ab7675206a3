// SPDX-License-Identifier: GPL-2.0-only
/* How many blocks of each order every zone can give. */
#include "view/view.h"
#include "walk/contiguity.h"

static int contiguity_begin(void *cursor)
{
	return pfnscope_contiguity_begin(cursor);
}

static int contiguity_fill(void *cursor, void *record)
{
	return pfnscope_contiguity_fill(cursor, record);
}

static void contiguity_end(void *cursor)
{
	struct pfnscope_contiguity_cursor *contiguity = cursor;

	pfnscope_scan_end(&contiguity->scan);
}

static struct pfnscope_cost *contiguity_cost(void *cursor)
{
	struct pfnscope_contiguity_cursor *contiguity = cursor;

	return &contiguity->scan.cost;
}

static void contiguity_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_contiguity *row = record;

	seq_printf(m, "%d", row->node);
	pfnscope_put_string(m, row->zone);
	pfnscope_put_number(m, row->order);
	pfnscope_put_number(m, row->whole);
	pfnscope_put_number(m, row->now);
	pfnscope_put_number(m, row->drained);
	pfnscope_put_number(m, row->reclaimed);
	pfnscope_put_number(m, row->compacted);
	pfnscope_put_number(m, row->movable);
	pfnscope_put_number(m, row->held);
	pfnscope_put_number(m, row->never);
	pfnscope_put_number(m, row->obtainable);
	seq_printf(m, " %d %d", row->unusable, row->extfrag);
	pfnscope_put_number(m, row->unsure);
	pfnscope_put_number(m, row->hidden);
	pfnscope_put_number(m, row->written);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_contiguity = {
	.name = "contiguity",
	.major = 1,
	.minor = 2,
	.columns = PFNSCOPE_COLUMNS(node zone order whole_blocks now_blocks
				    drained_blocks reclaimed_blocks
				    compacted_blocks movable_blocks held_blocks
				    never_blocks obtainable_blocks unusable_permille
				    extfrag_permille unsure_blocks
				    hidden_pages written_blocks),
	.record_size = sizeof(struct pfnscope_contiguity),
	.cursor_size = sizeof(struct pfnscope_contiguity_cursor),
	.begin = contiguity_begin,
	.fill = contiguity_fill,
	.end = contiguity_end,
	.cost = contiguity_cost,
	.show = contiguity_show,
};
