/* SPDX-License-Identifier: GPL-2.0-only */
/* The records of `hugepages`, `shrinkers`, `swap` and `zswap`. */
#ifndef PFNSCOPE_RECORD_POOLS_H
#define PFNSCOPE_RECORD_POOLS_H

#include "record.h"

/**
 * struct pfnscope_hugepage_chances - huge pages of one size that zones can give
 *
 * Each is PFNSCOPE_UNKNOWN where a zone's part is.
 *
 * @now: free
 * @drained: free if the per-CPU lists were given back, at best
 * @reclaimed: free if clean, unmapped file cache were dropped as well
 * @compacted: free if all that can move were moved, as far as the free pages go
 * @written: what one write to nr_hugepages brings at least
 * @obtainable: of @compacted, what the zones' watermarks and reserves let go
 * @never: with an unmovable page, or where the kernel takes none
 */
struct pfnscope_hugepage_chances {
	u64 now;
	u64 drained;
	u64 reclaimed;
	u64 compacted;
	u64 written;
	u64 obtainable;
	u64 never;
};

/**
 * struct pfnscope_hugepage - a hugetlb pool, of the host or of one node
 * @host: of the host; else of @node
 * @node: node id
 * @size: of one huge page in bytes
 * @total: huge pages in the pool, surplus included
 * @free: not in use
 * @reserved: promised to mappings and not yet used; of the host only
 * @surplus: beyond what was configured
 * @overcommit: how many may be surplus; of the host only
 * @chances: what the zones could give beside the pool, see struct
 *	pfnscope_contiguity; unknown where they count no blocks of that size
 */
struct pfnscope_hugepage {
	bool host;
	int node;
	u64 size;
	u64 total;
	u64 free;
	u64 reserved;
	u64 surplus;
	u64 overcommit;
	struct pfnscope_hugepage_chances chances;
};

/* Bits of pfnscope_shrinker.flags: ours, in the order they are printed in. */
enum pfnscope_shrinker_flag {
	PFNSCOPE_SHRINKER_NUMA,
	PFNSCOPE_SHRINKER_MEMCG,
	PFNSCOPE_SHRINKER_NONSLAB,
	PFNSCOPE_SHRINKER_FLAGS
};

/**
 * struct pfnscope_shrinker - one shrinker on one node
 * @position: in the order in which reclaim calls them
 * @node: node id; unknown where the shrinker does not tell nodes apart
 * @name: its name, or that of the function that counts its objects
 * @fs_type: of the mounted file system that it belongs to, empty for others
 * @device: of that, unknown for others
 * @root_objects: what it says it could free in the root memory cgroup
 * @deferred: objects that earlier calls left for later; unknown where that is
 *	kept for each memory cgroup
 * @batch: objects asked for at once
 * @seeks: cost of making an object again
 * @flags: bits of enum pfnscope_shrinker_flag
 */
struct pfnscope_shrinker {
	unsigned int position;
	u64 node;
	char name[64];
	char fs_type[32];
	u64 device;
	u64 root_objects;
	u64 deferred;
	u64 batch;
	u64 seeks;
	unsigned long flags;
};

/* Bits of pfnscope_swap.flags: ours, in the order they are printed in. */
enum pfnscope_swap_flag {
	PFNSCOPE_SWAP_WRITABLE,
	PFNSCOPE_SWAP_SOLID_STATE,
	PFNSCOPE_SWAP_DISCARD,
	PFNSCOPE_SWAP_SYNCHRONOUS,
	PFNSCOPE_SWAP_FLAGS
};

/**
 * struct pfnscope_swap - one swap device or file
 * @type: its number, part of every swap entry
 * @path: as it was given to swapon; empty where it is too long
 * @partition: a block device; else a file
 * @size: in pages, without the header and bad ones
 * @used: of @size
 * @priority: the highest is used first
 * @flags: bits of enum pfnscope_swap_flag
 */
struct pfnscope_swap {
	unsigned int type;
	char path[256];
	bool partition;
	u64 size;
	u64 used;
	int priority;
	unsigned long flags;
};

/**
 * struct pfnscope_zswap - the compressed cache of swap
 * @stored: pages in it, before compression
 * @pool_bytes: what they take; unknown where the kernel keeps no sum
 * @zsmalloc: pages of zsmalloc, zram's included
 * @in: pages taken out of it since boot; unknown before 7.0
 * @out: pages put into it since boot; likewise
 * @written_back: pages passed on to the swap device since boot; likewise
 */
struct pfnscope_zswap {
	u64 stored;
	u64 pool_bytes;
	u64 zsmalloc;
	u64 in;
	u64 out;
	u64 written_back;
};

#endif /* PFNSCOPE_RECORD_POOLS_H */
