/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of sample. */
#ifndef PFNSCOPE_VIEW_SAMPLE_H
#define PFNSCOPE_VIEW_SAMPLE_H

#include "table/fields.h"

#define SAMPLE_ROW "what a class of pages has in one zone, told from a random part of it"
#define SAMPLE_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	F(V, STRING, class, SHOWN | WHICH, NULL, "class of the pages, as of owners") \
	F(V, PAGES, pages, SHOWN, NULL, "what it has, as far as that can be told") \
	F(V, PAGES, error_pages, SHOWN, NULL, \
	  "by how much that may be off, in 19 of 20 readings") \
	F(V, COUNT, regions, 0, NULL, "parts of the zone, 4 MiB each on most machines") \
	F(V, COUNT, sampled_regions, SHOWN, "SAMPLED", "how many of them were looked at")

PFNSCOPE_COLUMNS(SAMPLE);
extern const struct pfnscope_view pfnscope_view_sample;
PFNSCOPE_TABLE(SAMPLE, pfnscope_view_sample);
/* Of which something was seen. */
bool pfnscope_sample_shown(const struct pfnscope_table *table, size_t row,
			   const void *nothing);

#endif
