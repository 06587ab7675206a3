/* SPDX-License-Identifier: GPL-2.0-only */
/* The record of `whose`. See record.h. */
#ifndef PFNSCOPE_RECORD_WHOSE_H
#define PFNSCOPE_RECORD_WHOSE_H

#include "record-scan.h"

/**
 * struct pfnscope_whose - page frames side by side that are alike
 * @node: node id
 * @zone: name of the zone
 * @start_pfn: the first of them
 * @pages: how many
 * @migratetype: of their pageblock
 * @class: what they are
 * @fate: what can become of them
 * @states: bits of enum pfnscope_state
 * @order: of the free block or compound page that they are part of
 * @refs: references to it
 * @maps: mappings by processes; PFNSCOPE_UNKNOWN where there is no single count
 * @kind: how @owner is named; PFNSCOPE_OWNER_CLASS where nobody is known
 * @owner: slab cache, function, part of the kernel; or NULL. Stays as long as the
 *	walk
 * @cgroup: memory cgroup that they are charged to, or NULL. Likewise
 * @device: of the file that they are page cache of; PFNSCOPE_UNKNOWN where there is
 *	none, or no inode could be told
 * @inode: its number; likewise
 * @fs_type: type of its file system, or NULL. Until the next row
 * @path: inside its file system, or NULL where none is at hand. Likewise
 */
struct pfnscope_whose {
	int node;
	const char *zone;
	u64 start_pfn;
	unsigned int pages;
	unsigned int migratetype;
	enum pfnscope_class class;
	enum pfnscope_fate fate;
	unsigned int states;
	unsigned int order;
	u64 refs;
	u64 maps;
	enum pfnscope_owner_kind kind;
	const char *owner;
	const char *cgroup;
	u64 device;
	u64 inode;
	const char *fs_type;
	const char *path;
};

#endif /* PFNSCOPE_RECORD_WHOSE_H */
