// SPDX-License-Identifier: GPL-2.0-only
/* The generations of the multi-gen LRU, their pages and their ages. */
#include "view/cgroup.h"
#include "view/view.h"
#include "walk/generations.h"

static int generations_fill(void *cursor, void *record)
{
	return pfnscope_generations_fill(cursor, record);
}

static void generations_end(void *cursor)
{
	struct pfnscope_generations_cursor *generations = cursor;

	pfnscope_cgroups_end(&generations->cgroups);
}

static void generations_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_generation *generation = record;
	unsigned int type;

	seq_printf(m, "%d %s", generation->node, generation->zone);
	pfnscope_put_cgroup(m, &generation->cgroup);
	pfnscope_put_number(m, generation->seq);
	pfnscope_put_number(m, generation->age_ms);
	for (type = 0; type < PFNSCOPE_LRU_TYPES; type++)
		pfnscope_put_number(m, generation->pages[type]);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_generations = {
	.name = "generations",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone cgroup cgroup_id state generation
				    age_ms anon_pages file_pages),
	.record_size = sizeof(struct pfnscope_generation),
	.cursor_size = sizeof(struct pfnscope_generations_cursor),
	.unavailable = pfnscope_generations_unavailable,
	.fill = generations_fill,
	.end = generations_end,
	.show = generations_show,
};
