/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of pageblocks. */
#ifndef PFNSCOPE_VIEW_PAGEBLOCKS_H
#define PFNSCOPE_VIEW_PAGEBLOCKS_H

#include "table/fields.h"

#define PAGEBLOCKS_ROW "a pageblock"
#define PAGEBLOCKS_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, PFN, start_pfn, SHOWN, "PFN", "first page frame of the block") \
	F(V, STRING, migratetype, SHOWN, "TYPE", "what the allocator uses it for") \
	F(V, COUNT, skip, 0, NULL, "1: compaction skips it for now, having isolated nothing there") \
	F(V, PAGES, present_pages, 0, NULL, "online and in the zone") \
	F(V, PAGES, free_pages, SHOWN, "FREE", "in the buddy allocator") \
	F(V, PAGES, anon_pages, SHOWN, "ANON", "anonymous memory of processes") \
	F(V, PAGES, file_pages, SHOWN, "FILE", "page cache, without shmem") \
	F(V, PAGES, shmem_pages, 0, NULL, "tmpfs and shared anonymous memory") \
	F(V, PAGES, hugetlb_pages, 0, NULL, "huge pages, in use or in the pool") \
	F(V, PAGES, slab_pages, SHOWN, "SLAB", "slab caches") \
	F(V, PAGES, large_kmalloc_pages, 0, NULL, \
	  "kmalloc() above the largest cache; known since 6.15") \
	F(V, PAGES, page_table_pages, 0, NULL, "page tables") \
	F(V, PAGES, kernel_stack_pages, 0, NULL, "kernel stacks of processes") \
	F(V, PAGES, page_pool_pages, 0, NULL, "receive buffers of the network (page_pool)") \
	F(V, PAGES, movable_ops_pages, 0, NULL, \
	  "zsmalloc, and balloon pages that can move") \
	F(V, PAGES, offline_pages, 0, NULL, "taken out by a balloon or the hypervisor") \
	F(V, PAGES, guard_pages, 0, NULL, "guards of debug_pagealloc") \
	F(V, PAGES, unaccepted_pages, 0, NULL, "not yet accepted from the hypervisor") \
	F(V, PAGES, reserved_pages, 0, NULL, "never given to the allocator") \
	F(V, PAGES, hwpoison_pages, 0, NULL, "taken out because the hardware failed") \
	F(V, PAGES, unreferenced_pages, 0, NULL, \
	  "on per-CPU lists, or tail pages of an allocation without __GFP_COMP") \
	F(V, PAGES, kernel_pages, SHOWN, "KERNEL", "any other page in use") \
	F(V, PAGES, dirty_pages, 0, NULL, "of anon, file and shmem: dirty") \
	F(V, PAGES, writeback_pages, 0, NULL, "of these: under writeback") \
	F(V, PAGES, mapped_pages, 0, NULL, "of these: mapped by a process") \
	F(V, PAGES, active_pages, 0, NULL, \
	  "of these: marked active (not by the multi-gen LRU)") \
	F(V, PAGES, unevictable_pages, 0, NULL, "of these: on the unevictable list") \
	F(V, PAGES, mlocked_pages, 0, NULL, "of these: locked by mlock()") \
	F(V, PAGES, swapcache_pages, 0, NULL, "of these: in the swap cache") \
	F(V, PAGES, pinned_pages, 0, NULL, \
	  "of these: more references than mappings and cache explain") \
	F(V, PAGES, large_pages, 0, NULL, "of these: part of a compound page") \
	F(V, PAGES, slab_reclaimable_pages, 0, NULL, "slabs of reclaimable caches") \
	F(V, PAGES, drainable_pages, 0, NULL, "perhaps on a per-CPU list") \
	F(V, PAGES, clean_pages, 0, NULL, "clean, unmapped file cache") \
	F(V, PAGES, movable_pages, 0, NULL, "others that can move") \
	F(V, PAGES, unmovable_pages, SHOWN, "UNMOV", "cannot move") \
	F(V, NUMBERS, free_blocks, 0, NULL, "free blocks of each order that start here") \
	F(V, PFN, blocker_pfn, 0, NULL, "first page that cannot move") \
	F(V, STRING, blocker_class, SHOWN | WIDE, "BLOCKER", "what that is") \
	F(V, STRING, blocker, SHOWN | WIDE, "NAME", "the slab cache, where it is one")

PFNSCOPE_COLUMNS(PAGEBLOCKS);
extern const struct pfnscope_view pfnscope_view_pageblocks;
PFNSCOPE_TABLE(PAGEBLOCKS, pfnscope_view_pageblocks);

#endif
