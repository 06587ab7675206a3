/* SPDX-License-Identifier: GPL-2.0-only */
/* The record of `files`. See record.h. */
#ifndef PFNSCOPE_RECORD_FILES_H
#define PFNSCOPE_RECORD_FILES_H

#include "record.h"

/* Bits of pfnscope_file.marks, in the order in which they are printed. */
enum pfnscope_file_mark {
	PFNSCOPE_FILE_SHMEM,	/* its pages lie in memory or swap alone */
	PFNSCOPE_FILE_MEMFD,	/* made by memfd_create() */
	PFNSCOPE_FILE_DELETED,	/* no name leads to it any more */
	PFNSCOPE_FILE_INTERNAL,	/* none ever did: nobody can mount its file system */
	PFNSCOPE_FILE_BLOCK,	/* a block device */
	PFNSCOPE_FILE_MARKS
};

/**
 * struct pfnscope_file - what one inode has in one zone
 * @node: node id
 * @zone: name of the zone
 * @device: PFNSCOPE_UNKNOWN where no inode could be told
 * @inode: its number; likewise
 * @fs_type: type of the file system, NULL where it is not known
 * @marks: bits of enum pfnscope_file_mark
 * @pages: page cache that it has
 * @dirty: of it, dirty
 * @writeback: of it, being written
 * @mapped: of it, mapped by a process
 * @path: inside its file system, in @room; NULL where none is at hand
 */
struct pfnscope_file {
	int node;
	const char *zone;
	u64 device;
	u64 inode;
	const char *fs_type;
	unsigned long marks;
	u64 pages;
	u64 dirty;
	u64 writeback;
	u64 mapped;
	const char *path;
	char room[1024];
};

#endif /* PFNSCOPE_RECORD_FILES_H */
