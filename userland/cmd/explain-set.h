/* SPDX-License-Identifier: GPL-2.0-only */
/* The tables of explain --set: the settings that are other ones, and what zones make of them. */
#ifndef PFNSCOPE_CMD_EXPLAIN_SET_H
#define PFNSCOPE_CMD_EXPLAIN_SET_H

#include "cmd/explain.h"
#include "table/fields.h"

#define SET_ROW "a setting"
#define SET_FIELDS(F, V) \
	F(V, STRING, key, SHOWN, NULL, "its name, as sysctl has it") \
	F(V, NUMBERS, now, SHOWN, NULL, "what it is; - where that is no number") \
	F(V, NUMBERS, then, SHOWN, NULL, "what --set says")

PFNSCOPE_COLUMNS(SET);
extern const struct pfnscope_view pfnscope_view_set;
PFNSCOPE_TABLE(SET, pfnscope_view_set);

#define MARKS_ROW "a zone of a node"
#define MARKS_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, PAGES, managed_pages, 0, NULL, "what the buddy allocator was given") \
	F(V, PAGES, free_pages, SHOWN, NULL, "in the buddy allocator now") \
	F(V, PAGES, min_pages, SHOWN, NULL, "min watermark, boost included") \
	F(V, PAGES, min_then_pages, SHOWN, "THEN", "what it would be") \
	F(V, PAGES, low_pages, SHOWN, NULL, "low watermark, boost included") \
	F(V, PAGES, low_then_pages, SHOWN, "THEN", "what it would be") \
	F(V, PAGES, high_pages, SHOWN, NULL, "high watermark, boost included") \
	F(V, PAGES, high_then_pages, SHOWN, "THEN", "what it would be") \
	F(V, PAGES, promo_pages, 0, NULL, "promotion watermark, boost included, since 5.18") \
	F(V, PAGES, promo_then_pages, 0, "THEN", "what it would be") \
	F(V, PAGES, reserve_pages, SHOWN, NULL, "kept from requests of this class") \
	F(V, PAGES, reserve_then_pages, SHOWN, "THEN", "what it would be") \
	F(V, NUMBERS_PAGES, lowmem_reserve_pages, 0, NULL, \
	  "kept from requests that prefer a higher zone, one for each zone class") \
	F(V, NUMBERS_PAGES, lowmem_reserve_then_pages, 0, "THEN", "what it would be")

PFNSCOPE_COLUMNS(MARKS);
PFNSCOPE_TABLE(MARKS, pfnscope_view_what_if);

#endif
