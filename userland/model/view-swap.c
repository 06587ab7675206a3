// SPDX-License-Identifier: GPL-2.0-only
/* The fields of swap and of zswap in front of it. */
#include "model/field.h"

#define SHOWN PFNSCOPE_SHOWN
#define PAGES(name, help, heading) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, SHOWN, help, heading }

static const struct pfnscope_field swap_fields[] = {
	{ "type", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, SHOWN,
	  "number of the device, part of a swap entry", NULL },
	{ "path", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, SHOWN | PFNSCOPE_WIDE,
	  "the device or file", NULL },
	{ "kind", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, SHOWN,
	  "partition or file", NULL },
	PAGES("size_pages", "room on it", NULL),
	PAGES("used_pages", "room that is taken", NULL),
	{ "priority", PFNSCOPE_SIGNED, PFNSCOPE_UNIT_NONE, SHOWN,
	  "the highest is used first", NULL },
	{ "flags", PFNSCOPE_WORDS, PFNSCOPE_UNIT_NONE, 0,
	  "writable, solid_state, discard, synchronous", NULL },
};

const struct pfnscope_view pfnscope_view_swap = {
	.name = "swap",
	.major = 1,
	.row = "one swap device or file",
	PFNSCOPE_FIELDS(swap_fields),
};

static const struct pfnscope_field zswap_fields[] = {
	{ "scope", PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, SHOWN,
	  "always host", NULL },
	PAGES("stored_pages", "memory in it, before compression", NULL),
	{ "pool_bytes", PFNSCOPE_NUMBER, PFNSCOPE_UNIT_BYTES, SHOWN,
	  "memory it takes, where the kernel keeps the sum", NULL },
	PAGES("zsmalloc_pages", "memory of zsmalloc, zram's included", NULL),
	PAGES("in_pages", "taken out of it since boot, since 7.0", NULL),
	PAGES("out_pages", "put into it since boot, since 7.0", NULL),
	PAGES("written_back_pages", "passed on to the swap device, since 7.0",
	      "WRITTEN-BACK"),
};

const struct pfnscope_view pfnscope_view_zswap = {
	.name = "zswap",
	.major = 1,
	.row = "the compressed cache in front of swap",
	PFNSCOPE_FIELDS(zswap_fields),
};
