// SPDX-License-Identifier: GPL-2.0-only
/* What the classes are called, and their ink. */
#include "map/map.h"
#include "view/pageblocks.h"

/*
 * Free is a shade of the paper, all else is ink: dark on white, light on black.
 * hwpoison has the strongest: one such block is worth more than all others.
 */
const struct pfnscope_map_legend pfnscope_map_legend[PFNSCOPE_MAP_CLASSES] = {
	{ PAGEBLOCKS_free_pages, "free", '.', 245, 0, { 0xe8eaed, 0x20242b } },
	{ PAGEBLOCKS_anon_pages, "anonymous memory", 'A', 33, 94, { 0x2563eb, 0x60a5fa } },
	{ PAGEBLOCKS_file_pages, "page cache", 'C', 41, 32, { 0x15803d, 0x4ade80 } },
	{ PAGEBLOCKS_shmem_pages, "shmem, tmpfs", 'M', 43, 36, { 0x0f766e, 0x2dd4bf } },
	{ PAGEBLOCKS_hugetlb_pages, "hugetlb", 'H', 27, 34, { 0x1e3a8a, 0x93c5fd } },
	{ PAGEBLOCKS_movable_ops_pages, "zsmalloc, movable", 'Z', 80, 96,
	  { 0x0891b2, 0x67e8f9 } },
	{ PAGEBLOCKS_slab_pages, "slab", 'S', 208, 33, { 0xea580c, 0xfb923c } },
	{ PAGEBLOCKS_page_table_pages, "page tables", 'T', 220, 93,
	  { 0xa16207, 0xfacc15 } },
	{ PAGEBLOCKS_kernel_stack_pages, "kernel stacks", 'K', 201, 95,
	  { 0xa21caf, 0xe879f9 } },
	{ PAGEBLOCKS_kernel_pages, "other kernel memory", 'X', 196, 91,
	  { 0xdc2626, 0xf87171 } },
	{ PAGEBLOCKS_reserved_pages, "reserved", 'R', 244, 90, { 0x6b7280, 0x7d8694 } },
	{ PAGEBLOCKS_unreferenced_pages, "unreferenced", 'U', 65, 92,
	  { 0x4d7c5f, 0x86b89b } },
	{ PAGEBLOCKS_large_kmalloc_pages, "large kmalloc", 'L', 203, 31,
	  { 0xb91c1c, 0xfca5a5 } },
	{ PAGEBLOCKS_page_pool_pages, "network page pool", 'N', 141, 35,
	  { 0x6d28d9, 0xa78bfa } },
	{ PAGEBLOCKS_offline_pages, "balloon, offline", 'B', 110, 37,
	  { 0x475569, 0x94a3b8 } },
	{ PAGEBLOCKS_guard_pages, "guard", 'G', 180, 33, { 0x92703f, 0xd6b48c } },
	{ PAGEBLOCKS_unaccepted_pages, "unaccepted", 'V', 152, 36,
	  { 0x5b8a8a, 0xb6d7d7 } },
	{ PAGEBLOCKS_hwpoison_pages, "hardware poison", 'W', 160, 31,
	  { 0x000000, 0xffffff } },
	{ PAGEBLOCKS_COLUMNS, "anything else", 'O', 130, 33, { 0x713f12, 0xd6a15f } },
};
