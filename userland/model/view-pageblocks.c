// SPDX-License-Identifier: GPL-2.0-only
/* The fields of pageblocks. */
#include "model/field.h"

#define FIELD(type, unit, name, flags, heading, help) \
	{ name, PFNSCOPE_##type, PFNSCOPE_UNIT_##unit, flags, help, heading }
#define COUNT(...)	FIELD(NUMBER, NONE, __VA_ARGS__)
#define PAGES(...)	FIELD(NUMBER, PAGES, __VA_ARGS__)
#define PFN(...)	FIELD(NUMBER, PFN, __VA_ARGS__)
#define STRING(...)	FIELD(STRING, NONE, __VA_ARGS__)
#define SHOWN		PFNSCOPE_SHOWN

static const struct pfnscope_field fields[] = {
	COUNT("node", SHOWN, NULL, "NUMA node"),
	STRING("zone", SHOWN, NULL, "zone of the node"),
	PFN("start_pfn", SHOWN, "PFN", "first page frame of the block"),
	STRING("migratetype", SHOWN, "TYPE", "what the allocator uses it for"),
	COUNT("skip", 0, NULL, "1: compaction has given it up for now"),
	PAGES("present_pages", 0, NULL, "online and in the zone"),
	PAGES("free_pages", SHOWN, "FREE", "in the buddy allocator"),
	PAGES("anon_pages", SHOWN, "ANON", "anonymous memory of processes"),
	PAGES("file_pages", SHOWN, "FILE", "page cache, without shmem"),
	PAGES("shmem_pages", 0, NULL, "tmpfs and shared anonymous memory"),
	PAGES("hugetlb_pages", 0, NULL, "huge pages, in use or in the pool"),
	PAGES("slab_pages", SHOWN, "SLAB", "slab caches"),
	PAGES("large_kmalloc_pages", 0, NULL,
	      "kmalloc() above the largest cache; known since 6.15"),
	PAGES("page_table_pages", 0, NULL, "page tables"),
	PAGES("kernel_stack_pages", 0, NULL, "kernel stacks of processes"),
	PAGES("page_pool_pages", 0, NULL, "receive buffers of the network"),
	PAGES("movable_ops_pages", 0, NULL,
	      "zsmalloc, and balloon pages that can move"),
	PAGES("offline_pages", 0, NULL, "taken out by a balloon or the hypervisor"),
	PAGES("guard_pages", 0, NULL, "guards of debug_pagealloc"),
	PAGES("unaccepted_pages", 0, NULL, "not yet accepted from the hypervisor"),
	PAGES("reserved_pages", 0, NULL, "never given to the allocator"),
	PAGES("hwpoison_pages", 0, NULL, "taken out because the hardware failed"),
	PAGES("unreferenced_pages", 0, NULL,
	      "on per-CPU lists, or the rest of a larger allocation"),
	PAGES("kernel_pages", SHOWN, "KERNEL", "any other page in use"),
	PAGES("dirty_pages", 0, NULL, "of anon, file and shmem: dirty"),
	PAGES("writeback_pages", 0, NULL, "of these: being written"),
	PAGES("mapped_pages", 0, NULL, "of these: mapped by a process"),
	PAGES("active_pages", 0, NULL,
	      "of these: marked active (not by the multi-gen LRU)"),
	PAGES("unevictable_pages", 0, NULL, "of these: cannot be reclaimed"),
	PAGES("mlocked_pages", 0, NULL, "of these: locked by a process"),
	PAGES("swapcache_pages", 0, NULL, "of these: in the swap cache"),
	PAGES("pinned_pages", 0, NULL,
	      "of these: held by more than their mappings and cache"),
	PAGES("large_pages", 0, NULL, "of these: part of a larger page"),
	PAGES("slab_reclaimable_pages", 0, NULL, "slabs of reclaimable caches"),
	PAGES("drainable_pages", 0, NULL, "perhaps on a per-CPU list"),
	PAGES("clean_pages", 0, NULL, "clean, unmapped file cache"),
	PAGES("movable_pages", 0, NULL, "others that can move"),
	PAGES("unmovable_pages", SHOWN, "UNMOV", "cannot move"),
	{ "free_blocks", PFNSCOPE_NUMBERS, PFNSCOPE_UNIT_NONE, 0,
	  "free blocks of each order that start here", NULL },
	PFN("blocker_pfn", 0, NULL, "first page that cannot move"),
	STRING("blocker_class", SHOWN | PFNSCOPE_WIDE, "BLOCKER", "what that is"),
	STRING("blocker", SHOWN | PFNSCOPE_WIDE, "NAME",
	       "the slab cache, where it is one"),
};

const struct pfnscope_view pfnscope_view_pageblocks = {
	.name = "pageblocks",
	.major = 1,
	.row = "a pageblock",
	PFNSCOPE_FIELDS(fields),
};
