/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of forecast. */
#ifndef PFNSCOPE_VIEW_FORECAST_H
#define PFNSCOPE_VIEW_FORECAST_H

#include "table/fields.h"

#define FORECAST_ROW "a zone"
#define FORECAST_ORDER_FIELD(F, V) \
	F(V, COUNT, order, SHOWN | WHICH, NULL, "blocks of two to this power pages")
#define FORECAST_BLOCKERS	"who alone blocks how many pageblocks: OWNER:BLOCKS"
#define FORECAST_FIELDS(F, V) \
	PLACE_FIELDS(F, V) \
	FORECAST_ORDER_FIELD(F, V) \
	LADDER_FIELDS(F, V) \
	WRITTEN_FIELD(F, V) \
	F(V, COUNT, obtainable_blocks, SHOWN, "OBTAINABLE", \
	  "of COMPACTED, with cache dropped and memory compacted") \
	UNSURE_FIELD(F, V, SHOWN) \
	F(V, COUNT, held_blocks, SHOWN, "COMPOUND", "already one compound page of that size or above, which can move") \
	NEVER_FIELD(F, V) \
	F(V, WORDS, blockers, SHOWN | BELOW, NULL, FORECAST_BLOCKERS)

PFNSCOPE_COLUMNS(FORECAST);
extern const struct pfnscope_view pfnscope_view_forecast;
PFNSCOPE_TABLE(FORECAST, pfnscope_view_forecast);

#endif
