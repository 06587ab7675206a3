/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of swap and of zswap in front of it. */
#ifndef PFNSCOPE_VIEW_SWAP_H
#define PFNSCOPE_VIEW_SWAP_H

#include "table/fields.h"

#define SWAP_ROW "one swap device or file"
#define SWAP_FIELDS(F, V) \
	F(V, COUNT, type, SHOWN, NULL, "number of the device, part of a swap entry") \
	F(V, STRING, path, SHOWN | WIDE | PRIVATE | WHICH, NULL, "the device or file") \
	F(V, STRING, kind, SHOWN, NULL, "partition or file") \
	F(V, PAGES, size_pages, SHOWN, NULL, "size of its swap area") \
	F(V, PAGES, used_pages, SHOWN, NULL, "used of that") \
	F(V, SIGNED, priority, SHOWN, NULL, "the highest is used first") \
	F(V, WORDS, flags, 0, NULL, "writable, solid_state, discard, synchronous") \
	MARKS_FIELD(F, V, SHOWN | WIDE)

PFNSCOPE_COLUMNS(SWAP);
#define SWAP_BOUNDS \
	{ .field = SWAP_used_pages, .side = PFNSCOPE_AT_LEAST, .limit = SWAP_size_pages, \
	  .severity = PFNSCOPE_SEVERITY_CRITICAL, .word = "full", \
	  .help = "nothing more can be swapped out to it" }
extern const struct pfnscope_view pfnscope_view_swap;
PFNSCOPE_TABLE(SWAP, pfnscope_view_swap);

#define ZSWAP_ROW "the compressed cache in front of swap"
#define ZSWAP_FIELDS(F, V) \
	F(V, STRING, scope, SHOWN | WHICH, NULL, "always host") \
	F(V, PAGES, stored_pages, SHOWN, NULL, "memory in it, before compression") \
	F(V, BYTES, pool_bytes, SHOWN, NULL, \
	  "memory it takes, where the kernel keeps the sum") \
	F(V, PAGES, zsmalloc_pages, SHOWN, NULL, "memory of zsmalloc, zram's included") \
	F(V, PAGES, in_pages, SHOWN, "ZSWPIN", \
	  "loaded from it since boot, as vmstat's zswpin; since 5.19") \
	F(V, PAGES, out_pages, SHOWN, "ZSWPOUT", \
	  "stored into it since boot, as vmstat's zswpout; since 5.19") \
	F(V, PAGES, written_back_pages, SHOWN, "ZSWPWB", \
	  "written back to the swap device, as vmstat's zswpwb; since 6.8")

PFNSCOPE_COLUMNS(ZSWAP);
extern const struct pfnscope_view pfnscope_view_zswap;
PFNSCOPE_TABLE(ZSWAP, pfnscope_view_zswap);

#endif
