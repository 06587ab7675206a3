/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of latency, and what its buckets tell. */
#ifndef PFNSCOPE_VIEW_LATENCY_H
#define PFNSCOPE_VIEW_LATENCY_H

#include "table/fields.h"
#include "table/table.h"

struct pfnscope_text;

#define LATENCY_ROW "events of one kind, for requests of some orders"
#define LATENCY_FIELDS(F, V) \
	F(V, STRING, event, SHOWN, NULL, \
	  "direct_reclaim, memcg_reclaim, node_reclaim, throttle, compaction, kswapd or kcompactd") \
	F(V, STRING, orders, SHOWN, NULL, "of the requests it was for; - where there was none") \
	F(V, COUNT, count, SHOWN, NULL, "events since the kind was switched on") \
	F(V, NS, total_ns, SHOWN, "TOTAL", "how long they took together") \
	F(V, NS, p50_ns, SHOWN | PFNSCOPE_COMPUTED, "P50", \
	  "half of them took no longer: the end of the bucket, or LONGEST") \
	F(V, NS, p90_ns, PFNSCOPE_COMPUTED, "P90", "likewise nine in ten") \
	F(V, NS, p99_ns, SHOWN | PFNSCOPE_COMPUTED, "P99", "likewise 99 in a hundred") \
	F(V, NS, longest_ns, SHOWN, "LONGEST", "how long the longest took") \
	F(V, NS, boot_ns, 0, "AFTER_BOOT", "when the longest ended, since boot") \
	F(V, COUNT, order, 0, NULL, "of the request the longest was for") \
	F(V, MASK, gfp_mask, 0, NULL, "flags of that request") \
	F(V, COUNT, pid, SHOWN, NULL, "task that waited longest") \
	F(V, STRING, comm, SHOWN | WIDE | PRIVATE, NULL, "its name") \
	F(V, NUMBERS, buckets, 0, NULL, \
	  "how many took less than 1024 ns, less than twice that, and so on")

PFNSCOPE_COLUMNS(LATENCY);
extern const struct pfnscope_view pfnscope_view_latency;
PFNSCOPE_TABLE(LATENCY, pfnscope_view_latency);

/* Fills the percentiles in. */
void pfnscope_latency_tell(struct pfnscope_table *table);
/* Where a bucket ends. */
uint64_t pfnscope_latency_end(size_t bucket);
/* A line for each bucket of a row from the first that has any to the last, with a bar. */
void pfnscope_latency_bars(const struct pfnscope_table *table, size_t row,
			   struct pfnscope_text *out);

#endif
