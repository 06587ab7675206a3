// SPDX-License-Identifier: GPL-2.0-only
/* The fields of swap and of zswap in front of it. */
#include "table/fields.h"

static const struct pfnscope_field swap_fields[] = {
	COUNT("type", SHOWN, NULL,
	      "number of the device, part of a swap entry"),
	STRING("path", SHOWN | WIDE, NULL, "the device or file"),
	STRING("kind", SHOWN, NULL, "partition or file"),
	PAGES("size_pages", SHOWN, NULL, "room on it"),
	PAGES("used_pages", SHOWN, NULL, "room that is taken"),
	FIELD(SIGNED, NONE, "priority", SHOWN, NULL,
	      "the highest is used first"),
	WORDS("flags", 0, NULL, "writable, solid_state, discard, synchronous"),
};

const struct pfnscope_view pfnscope_view_swap = {
	.name = "swap",
	.major = 1,
	.row = "one swap device or file",
	PFNSCOPE_FIELDS(swap_fields),
};

static const struct pfnscope_field zswap_fields[] = {
	STRING("scope", SHOWN, NULL, "always host"),
	PAGES("stored_pages", SHOWN, NULL, "memory in it, before compression"),
	BYTES("pool_bytes", SHOWN, NULL,
	      "memory it takes, where the kernel keeps the sum"),
	PAGES("zsmalloc_pages", SHOWN, NULL,
	      "memory of zsmalloc, zram's included"),
	PAGES("in_pages", SHOWN, NULL, "taken out of it since boot, since 7.0"),
	PAGES("out_pages", SHOWN, NULL, "put into it since boot, since 7.0"),
	PAGES("written_back_pages", SHOWN, "WRITTEN-BACK",
	      "passed on to the swap device, since 7.0"),
};

const struct pfnscope_view pfnscope_view_zswap = {
	.name = "zswap",
	.major = 1,
	.row = "the compressed cache in front of swap",
	PFNSCOPE_FIELDS(zswap_fields),
};
