/* SPDX-License-Identifier: GPL-2.0-only */
/* The page cache of each zone by inode. */
#ifndef PFNSCOPE_WALK_FILES_H
#define PFNSCOPE_WALK_FILES_H

#include "reach/inode.h"
#include "record-files.h"
#include "walk/scan.h"

/* Types of file systems that are told apart; Linux has some 80, machines a dozen. */
#define PFNSCOPE_FS_TYPES	64

/**
 * struct pfnscope_file_slot - what one inode has
 * @mapping: by which its pages name it; not followed
 * @id: what it was when the first one was met
 * @device: of its file system
 * @type: of that, by its place among the types; behind the last for none
 * @marks: bits of enum pfnscope_file_mark
 * @pages: page cache that it has
 * @dirty: of it, dirty
 * @writeback: of it, being written
 * @mapped: of it, mapped by a process
 */
struct pfnscope_file_slot {
	unsigned long mapping;
	struct pfnscope_inode id;
	dev_t device;
	u8 type;
	u8 marks;
	unsigned long pages;
	unsigned long dirty;
	unsigned long writeback;
	unsigned long mapped;
};

/**
 * struct pfnscope_files_cursor - how far the rows have come
 * @zones: the zones
 * @scan: the walk
 * @slots: the inodes of the zone; first those of no inode, see files.c
 * @count: how many
 * @room: for how many there is room
 * @index: where an inode is among @slots, by a hash of its mapping: 0 is free, a power
 *	of two and at least twice @room of them
 * @mask: one less than these
 * @last: the slot that was found last, or NULL
 * @types: names of the file systems' types
 * @nr_types: how many
 * @row: the slot to be told next
 */
struct pfnscope_files_cursor {
	struct pfnscope_zone_cursor zones;
	struct pfnscope_scan scan;
	struct pfnscope_file_slot *slots;
	unsigned int count;
	unsigned int room;
	u32 *index;
	unsigned int mask;
	struct pfnscope_file_slot *last;
	char types[PFNSCOPE_FS_TYPES][PFNSCOPE_FS_TYPE];
	unsigned int nr_types;
	unsigned int row;
};

int pfnscope_files_begin(struct pfnscope_files_cursor *cursor);
void pfnscope_files_end(struct pfnscope_files_cursor *cursor);
int pfnscope_files_fill(struct pfnscope_files_cursor *cursor,
			struct pfnscope_file *record);

#endif /* PFNSCOPE_WALK_FILES_H */
