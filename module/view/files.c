// SPDX-License-Identifier: GPL-2.0-only
/* The page cache of each zone by inode. */
#include "view/view.h"
#include "walk/files.h"

static const char *const mark_names[PFNSCOPE_FILE_MARKS] = {
	[PFNSCOPE_FILE_SHMEM] = "shmem",
	[PFNSCOPE_FILE_MEMFD] = "memfd",
	[PFNSCOPE_FILE_DELETED] = "deleted",
	[PFNSCOPE_FILE_INTERNAL] = "internal",
	[PFNSCOPE_FILE_BLOCK] = "block",
};

static int files_begin(void *cursor)
{
	return pfnscope_files_begin(cursor);
}

static int files_fill(void *cursor, void *record)
{
	return pfnscope_files_fill(cursor, record);
}

static void files_end(void *cursor)
{
	pfnscope_files_end(cursor);
}

static struct pfnscope_cost *files_cost(void *cursor)
{
	struct pfnscope_files_cursor *files = cursor;

	return &files->scan.cost;
}

static void files_show(struct seq_file *m, const void *record)
{
	const struct pfnscope_file *file = record;

	seq_printf(m, "%d", file->node);
	pfnscope_put_string(m, file->zone);
	pfnscope_put_device(m, file->device);
	pfnscope_put_number(m, file->inode);
	pfnscope_put_string(m, file->fs_type);
	pfnscope_put_flags(m, file->marks, mark_names, PFNSCOPE_FILE_MARKS);
	pfnscope_put_number(m, file->pages);
	pfnscope_put_number(m, file->dirty);
	pfnscope_put_number(m, file->writeback);
	pfnscope_put_number(m, file->mapped);
	pfnscope_put_string(m, file->path);
	seq_putc(m, '\n');
}

const struct pfnscope_view pfnscope_view_files = {
	.name = "files",
	.major = 1,
	.minor = 0,
	.columns = PFNSCOPE_COLUMNS(node zone device inode fs_type marks pages
				    dirty_pages writeback_pages mapped_pages
				    fs_path),
	.record_size = sizeof(struct pfnscope_file),
	.cursor_size = sizeof(struct pfnscope_files_cursor),
	.begin = files_begin,
	.fill = files_fill,
	.end = files_end,
	.cost = files_cost,
	.show = files_show,
};
