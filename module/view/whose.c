// SPDX-License-Identifier: GPL-2.0-only
/* Everything known of the page frames that control/whose names. */
#include "reach/pageblock.h"
#include "view/view.h"
#include "walk/owner_table.h"
#include "walk/whose.h"

static const char *const fate_names[PFNSCOPE_FATES] = {
	[PFNSCOPE_FATE_FREE] = "free",
	[PFNSCOPE_FATE_DRAINABLE] = "drainable",
	[PFNSCOPE_FATE_CLEAN] = "clean",
	[PFNSCOPE_FATE_MOVABLE] = "movable",
	[PFNSCOPE_FATE_UNMOVABLE] = "unmovable",
};

static int whose_begin(void *cursor)
{
	return pfnscope_whose_begin(cursor);
}

static int whose_fill(void *cursor, void *record)
{
	return pfnscope_whose_fill(cursor, record);
}

static void whose_end(void *cursor)
{
	pfnscope_whose_end(cursor);
}

static struct pfnscope_cost *whose_cost(void *cursor)
{
	struct pfnscope_whose_cursor *whose = cursor;

	return &whose->scan.cost;
}

static void put_states(struct seq_file *m, unsigned int states)
{
	const char *names[PFNSCOPE_STATES];
	unsigned int i;

	for (i = 0; i < PFNSCOPE_STATES; i++)
		names[i] = pfnscope_state_name(i);
	pfnscope_put_flags(m, states, names, PFNSCOPE_STATES);
}

static void whose_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_whose *whose = record;

	seq_printf(m, "%d", whose->node);
	pfnscope_put_string(m, whose->zone);
	pfnscope_put_number(m, whose->start_pfn);
	pfnscope_put_number(m, whose->pages);
	pfnscope_put_string(m, pfnscope_migratetype_name(whose->migratetype));
	pfnscope_put_string(m, pfnscope_class_name(whose->class));
	put_states(m, whose->states);
	pfnscope_put_number(m, whose->order);
	pfnscope_put_string(m, fate_names[whose->fate]);
	pfnscope_put_number(m, whose->refs);
	pfnscope_put_number(m, whose->maps);
	pfnscope_put_string(m, whose->owner ?
			    pfnscope_owner_kind_name(whose->kind) : NULL);
	pfnscope_put_string(m, whose->owner);
	pfnscope_put_string(m, whose->cgroup);
	pfnscope_put_device(m, whose->device);
	pfnscope_put_number(m, whose->inode);
	pfnscope_put_string(m, whose->fs_type);
	pfnscope_put_string(m, whose->path);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_whose = {
	.name = "whose",
	.major = 1,
	.minor = 1,
	.columns = PFNSCOPE_COLUMNS(node zone start_pfn pages migratetype class
				    states order fate refs maps owner_kind
				    owner cgroup device inode fs_type fs_path),
	.record_size = sizeof(struct pfnscope_whose),
	.cursor_size = sizeof(struct pfnscope_whose_cursor),
	.begin = whose_begin,
	.fill = whose_fill,
	.end = whose_end,
	.cost = whose_cost,
	.show = whose_show,
};
