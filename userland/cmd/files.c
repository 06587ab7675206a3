// SPDX-License-Identifier: GPL-2.0-only
/* pfnscope files: which files the page cache is of. */
#include <stdlib.h>

#include "cmd/cmd.h"
#include "source/mounts.h"
#include "view/files.h"
#include "view/fold.h"

static const struct pfnscope_option options[] = {
	{ "fs", "TYPE", "only files of this type of file system, such as tmpfs" },
	{ "deleted", NULL, "only files that no name leads to any more" },
	{ NULL, NULL, NULL },
};

static int add_conditions(struct pfnscope_run *run)
{
	const char *type = pfnscope_run_value(run, "fs");

	if (type && pfnscope_where_equal(&run->where, PFNSCOPE_NAME(FILES, fs_type), type,
					 &run->error))
		return -1;
	if (pfnscope_run_value(run, "deleted") &&
	    pfnscope_where_equal(&run->where, PFNSCOPE_NAME(FILES, marks), "deleted",
				 &run->error))
		return -1;
	return pfnscope_where_check(&run->where, &pfnscope_view_files, &run->error);
}

static void name_files(struct FILES_table *table, const struct pfnscope_mounts *mounts)
{
	const char *path, *device;
	char *place;
	size_t row;

	for (row = 0; row < table->all.nr_rows; row++) {
		path = pfnscope_table_string(CELL(table, row, FILES_fs_path));
		device = pfnscope_table_string(CELL(table, row, FILES_device));
		if (!path || !device)
			continue;
		place = pfnscope_mounts_place(mounts, device, path);
		pfnscope_table_set_string(CELL(table, pfnscope_table_row(&table->all, row),
					       FILES_path),
					  place);
		free(place);
	}
}

static int show_files(struct pfnscope_run *run)
{
	struct pfnscope_mounts mounts;
	struct pfnscope_table *table;
	int status;

	if (pfnscope_view_read(run->source, &pfnscope_view_files, &table, &run->error))
		return -1;
	pfnscope_mounts_read(run->source, &mounts);
	name_files(FILES_FROM(table), &mounts);
	pfnscope_mounts_free(&mounts);
	status = pfnscope_run_show(run, table);
	pfnscope_table_free(table);
	return status;
}

static int run_files(struct pfnscope_run *run)
{
	const struct pfnscope_view *const none[] = { NULL };
	struct pfnscope_snapshot snapshot = { 0 };

	if (add_conditions(run) ||
	    pfnscope_snapshot_read(run->source, none, &snapshot, &run->error))
		return -1;
	run->format.page_size_bytes = snapshot.page_size_bytes;
	pfnscope_snapshot_clear(&snapshot);
	return show_files(run);
}

const struct pfnscope_command pfnscope_cmd_files = {
	.name = "files",
	.group = PFNSCOPE_GROUP_WHO,
	.summary = "which files the page cache is of: files --zone DMA32",
	.description =
		"Inodes by the page cache they have, files in memory among them: tmpfs, shared\n"
		"memory, memfd. A file that is deleted keeps its pages as long as a process\n"
		"has it open or maps it.",
	.view = &pfnscope_view_files,
	.options = options,
	.sort = PFNSCOPE_NAME(FILES, pages),
	.brief = pfnscope_files_brief,
	.fold = pfnscope_files_fold,
	.empty = "there is no page cache",
	.scans = true,
	.examples = { "files --zone DMA32", "files --deleted --fs tmpfs" },
	.run = run_files,
};
