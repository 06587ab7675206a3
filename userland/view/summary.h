/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The fields of /proc/pfnscope, the one file of the module that everybody may read:
 * of zones, the little there is.
 */
#ifndef PFNSCOPE_VIEW_SUMMARY_H
#define PFNSCOPE_VIEW_SUMMARY_H

#include "table/fields.h"

#define SUMMARY_ROW "a zone of a node"
#define SUMMARY_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, PAGES, present_pages, SHOWN, NULL, "in the zone, without the holes") \
	F(V, PAGES, managed_pages, SHOWN, NULL, "what the buddy allocator was given") \
	F(V, PAGES, free_pages, SHOWN, NULL, "in the buddy allocator now") \
	F(V, PAGES, min_pages, SHOWN, NULL, "min watermark without the boost") \
	F(V, PAGES, low_pages, SHOWN, NULL, "low watermark without the boost") \
	F(V, PAGES, high_pages, SHOWN, NULL, "high watermark without the boost") \
	MARKS_FIELD(F, V, SHOWN | WIDE)

PFNSCOPE_COLUMNS(SUMMARY);
#define SUMMARY_BOUNDS \
	WATERMARK_BOUNDS(SUMMARY, 0)
extern const struct pfnscope_view pfnscope_view_summary;
PFNSCOPE_TABLE(SUMMARY, pfnscope_view_summary);

#endif
