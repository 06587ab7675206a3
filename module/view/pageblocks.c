// SPDX-License-Identifier: GPL-2.0-only
/* What every pageblock holds, and the first page that keeps it from being freed. */
#include "reach/pageblock.h"
#include "reach/slab.h"
#include "view/view.h"
#include "walk/pageblocks.h"

static int pageblocks_begin(void *cursor)
{
	return pfnscope_pageblocks_begin(cursor);
}

static int pageblocks_fill(void *cursor, void *record)
{
	return pfnscope_pageblocks_fill(cursor, record);
}

static void pageblocks_end(void *cursor)
{
	struct pfnscope_pageblock_cursor *pageblocks = cursor;

	pfnscope_scan_end(&pageblocks->scan);
}

static struct pfnscope_cost *pageblocks_cost(void *cursor)
{
	struct pfnscope_pageblock_cursor *pageblocks = cursor;

	return &pageblocks->scan.cost;
}

static void put_states(struct seq_file *m, const struct pfnscope_block *block)
{
	unsigned int i;

	for (i = 0; i < PFNSCOPE_STATES; i++)
		if (i == PFNSCOPE_STATE_RECLAIMABLE &&
		    pfnscope_slab_unavailable())
			pfnscope_put_number(m, PFNSCOPE_UNKNOWN);
		else
			pfnscope_put_number(m, block->state[i]);
}

static void put_blocker(struct seq_file *m, const struct pfnscope_block *block)
{
	pfnscope_put_number(m, block->blocker_pfn);
	if (block->blocker_pfn == PFNSCOPE_UNKNOWN)
		pfnscope_put_string(m, "none");
	else
		pfnscope_put_string(m,
				    pfnscope_class_name(block->blocker_class));
	pfnscope_put_string(m, block->blocker);
}

static void pageblocks_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_block *block = record;
	unsigned int i;

	seq_printf(m, "%d", block->node);
	pfnscope_put_string(m, block->zone);
	pfnscope_put_number(m, block->start_pfn);
	pfnscope_put_string(m, pfnscope_migratetype_name(block->migratetype));
	pfnscope_put_number(m, block->skip);
	pfnscope_put_number(m, block->present);
	for (i = 0; i < PFNSCOPE_CLASSES; i++)
		pfnscope_put_number(m, block->class[i]);
	put_states(m, block);
	for (i = PFNSCOPE_FATE_DRAINABLE; i < PFNSCOPE_FATES; i++)
		pfnscope_put_number(m, block->fate[i]);
	pfnscope_put_numbers(m, block->free, PFNSCOPE_NR_ORDERS);
	put_blocker(m, block);
	seq_putc(m, '\n');
}

/* The pages in the order of enum pfnscope_class, _state and _fate. */
const struct pfnscope_view pfnscope_view_pageblocks = {
	.name = "pageblocks",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone start_pfn migratetype skip
				    present_pages free_pages anon_pages
				    file_pages shmem_pages hugetlb_pages
				    slab_pages large_kmalloc_pages
				    page_table_pages kernel_stack_pages
				    page_pool_pages movable_ops_pages
				    offline_pages guard_pages unaccepted_pages
				    reserved_pages hwpoison_pages
				    unreferenced_pages kernel_pages dirty_pages
				    writeback_pages mapped_pages active_pages
				    unevictable_pages mlocked_pages
				    swapcache_pages pinned_pages large_pages
				    slab_reclaimable_pages drainable_pages
				    clean_pages movable_pages unmovable_pages
				    free_blocks blocker_pfn blocker_class
				    blocker),
	.record_size = sizeof(struct pfnscope_block),
	.cursor_size = sizeof(struct pfnscope_pageblock_cursor),
	.begin = pageblocks_begin,
	.fill = pageblocks_fill,
	.end = pageblocks_end,
	.cost = pageblocks_cost,
	.show = pageblocks_show,
};
