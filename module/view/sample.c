// SPDX-License-Identifier: GPL-2.0-only
/* What each zone holds, told from a random part of it. */
#include "view/view.h"
#include "walk/sample.h"

static int sample_begin(void *cursor)
{
	pfnscope_sample_begin(cursor);
	return 0;
}

static int sample_fill(void *cursor, void *record)
{
	return pfnscope_sample_fill(cursor, record);
}

static void sample_end(void *cursor)
{
	struct pfnscope_sample_cursor *sample = cursor;

	pfnscope_scan_end(&sample->scan);
}

static struct pfnscope_cost *sample_cost(void *cursor)
{
	struct pfnscope_sample_cursor *sample = cursor;

	return &sample->scan.cost;
}

static void sample_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_sample *sample = record;

	seq_printf(m, "%d", sample->node);
	pfnscope_put_string(m, sample->zone);
	pfnscope_put_string(m, pfnscope_class_name(sample->class));
	pfnscope_put_number(m, sample->pages);
	pfnscope_put_number(m, sample->error);
	pfnscope_put_number(m, sample->regions);
	pfnscope_put_number(m, sample->looked);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_sample = {
	.name = "sample",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone class pages error_pages regions
				    sampled_regions),
	.record_size = sizeof(struct pfnscope_sample),
	.cursor_size = sizeof(struct pfnscope_sample_cursor),
	.begin = sample_begin,
	.fill = sample_fill,
	.end = sample_end,
	.cost = sample_cost,
	.show = sample_show,
};
