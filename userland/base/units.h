/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sizes and times for people, in one style everywhere: "1.5G", "2.3ms". Cut, not
 * rounded: 1023.99K must not become 1024K, and what is free must not look more than
 * it is.
 */
#ifndef PFNSCOPE_BASE_UNITS_H
#define PFNSCOPE_BASE_UNITS_H

#include "base/text.h"

/* 128 bits hold any pages times any size. */
void pfnscope_units_bytes(struct pfnscope_text *out, unsigned __int128 bytes);
void pfnscope_units_ns(struct pfnscope_text *out, uint64_t ns);
void pfnscope_units_ms(struct pfnscope_text *out, uint64_t ms);
/* "2026-11-21 11:12:12" in UTC, empty where there is no such date; since 1970. */
void pfnscope_units_date(char *out, size_t size, uint64_t ns);
/*
 * "3776 (14.7M)", for sentences; without the size where @page_kb, or what it would
 * be, is not known, that is not above 0.
 */
void pfnscope_units_pages(char *out, size_t size, int64_t pages, int64_t page_kb);
/* Of the smallest block that holds @bytes; 0 where the size of a page is not known. */
uint64_t pfnscope_units_order(uint64_t bytes, uint64_t page_size);

#endif
