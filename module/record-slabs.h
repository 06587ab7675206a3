/* SPDX-License-Identifier: GPL-2.0-only */
/* The record of `slabs`. */
#ifndef PFNSCOPE_RECORD_SLABS_H
#define PFNSCOPE_RECORD_SLABS_H

#include "record.h"

/* Bits of pfnscope_slab.flags: ours, in the order in which they are printed. */
enum pfnscope_slab_flag {
	PFNSCOPE_SLAB_RECLAIMABLE,
	PFNSCOPE_SLAB_DMA,
	PFNSCOPE_SLAB_DMA32,
	PFNSCOPE_SLAB_ACCOUNTED,
	PFNSCOPE_SLAB_RCU,
	PFNSCOPE_SLAB_DEBUG,
	PFNSCOPE_SLAB_FLAGS
};

/**
 * struct pfnscope_slab - one slab cache on one node
 * @node: node id
 * @name: of the cache, cut where it is longer
 * @objects: in all slabs, free ones included
 * @active: @objects less the free ones of partial slabs; includes what CPUs and
 *	barns keep
 * @free: free objects of the partial slabs; extrapolated where @walked is less
 *	than @partial
 * @sheaf: of @active, free objects kept in sheaves and barns; unknown before 7.0
 * @cpu_partial: slabs on the partial lists of the node's CPUs; unknown since 7.0
 * @object_size: bytes a user gets
 * @size: bytes an object takes
 * @objects_per_slab: in a slab of the full order
 * @order: of a slab, unless memory was short
 * @slabs: of all kinds
 * @partial: on the node's list of slabs with free objects
 * @walked: of @partial, slabs whose free objects were counted
 * @held: bytes of all slabs
 * @wasted: @held less the payload of @active
 * @aliases: other caches that were merged into this one
 * @flags: bits of enum pfnscope_slab_flag
 */
struct pfnscope_slab {
	int node;
	char name[96];
	u64 objects;
	u64 active;
	u64 free;
	u64 sheaf;
	u64 cpu_partial;
	u64 object_size;
	u64 size;
	u64 objects_per_slab;
	u64 order;
	u64 slabs;
	u64 partial;
	u64 walked;
	u64 held;
	u64 wasted;
	u64 aliases;
	unsigned long flags;
};

#endif /* PFNSCOPE_RECORD_SLABS_H */
