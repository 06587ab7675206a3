/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of files, and what is made of its rows. */
#ifndef PFNSCOPE_VIEW_FILES_H
#define PFNSCOPE_VIEW_FILES_H

#include "table/fields.h"
#include "table/table.h"

#define FILES_ROW "what one inode has in one zone"
#define FILES_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, device, SHOWN, NULL, \
	  "of the file system, as in /proc/self/mountinfo; the block device itself") \
	F(V, COUNT, inode, SHOWN, NULL, "its number, as ls -i shows it") \
	F(V, STRING, fs_type, SHOWN, "FS", "type of the file system") \
	F(V, WORDS, marks, SHOWN, NULL, "shmem, memfd, deleted, internal, block") \
	F(V, PAGES, pages, SHOWN, NULL, "page cache that it has") \
	F(V, PAGES, dirty_pages, SHOWN, NULL, "of it, not written yet") \
	F(V, PAGES, writeback_pages, 0, NULL, "of it, being written") \
	F(V, PAGES, mapped_pages, SHOWN, NULL, "of it, mapped by a process") \
	F(V, STRING, fs_path, WIDE | PRIVATE, NULL, "one of its paths inside the file system") \
	F(V, STRING, path, SHOWN | WIDE | PRIVATE | PFNSCOPE_COMPUTED, NULL, \
	  "the same where that is mounted, or behind the device where it is not")

PFNSCOPE_COLUMNS(FILES);
PFNSCOPE_BEGINS_WITH_PLACE(FILES);
extern const struct pfnscope_view pfnscope_view_files;
PFNSCOPE_TABLE(FILES, pfnscope_view_files);

/* Inodes, their zones summed up, behind the sum of all. */
struct pfnscope_table *pfnscope_files_brief(const struct pfnscope_table *table);

#endif
