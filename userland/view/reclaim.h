/* SPDX-License-Identifier: GPL-2.0-only */
/* The fields of reclaim. */
#ifndef PFNSCOPE_VIEW_RECLAIM_H
#define PFNSCOPE_VIEW_RECLAIM_H

#include "table/fields.h"

#define RECLAIM_ROW "the host, a node or a zone of a node"
#define RECLAIM_FIELDS(F, V) \
	F(V, STRING, scope, SHOWN | WHICH, NULL, "what the row is of: host, node or zone") \
	PLACE_FIELDS(F, V) \
	F(V, COUNT, kswapd_pid, 0, NULL, "process id of the node's kswapd") \
	F(V, STRING, kswapd_state, SHOWN, "KSWAPD", \
	  "state of kswapd as ps shows it: R runs, S sleeps, D waits") \
	F(V, COUNT, kswapd_order, SHOWN, "ORDER", "order it was last woken for") \
	F(V, STRING, kswapd_highest_zone, 0, NULL, "highest zone it was woken for") \
	F(V, COUNT, kswapd_failures, SHOWN, "FAILURES", \
	  "runs in a row that reclaimed nothing; at 16 it gives up") \
	F(V, PAGES, scanned_kswapd_pages, SHOWN, "SCAN_KSWAPD", "scanned by kswapd") \
	F(V, PAGES, scanned_direct_pages, SHOWN, "SCAN_DIRECT", \
	  "scanned by direct reclaim, in the tasks that ask") \
	F(V, PAGES, stolen_kswapd_pages, 0, "STEAL_KSWAPD", "reclaimed by kswapd") \
	F(V, PAGES, stolen_direct_pages, 0, "STEAL_DIRECT", \
	  "reclaimed by direct reclaim") \
	F(V, PAGES, refault_anon_pages, 0, NULL, \
	  "anonymous memory read back after it was reclaimed") \
	F(V, PAGES, refault_file_pages, 0, NULL, \
	  "file memory read back after it was reclaimed") \
	F(V, PFN, compact_migrate_pfn, 0, NULL, \
	  "where async compaction isolates the next pages to move") \
	F(V, PFN, compact_migrate_sync_pfn, 0, NULL, \
	  "where sync compaction isolates the next pages to move") \
	F(V, PFN, compact_free_pfn, 0, NULL, "where compaction isolates the next free pages") \
	F(V, COUNT, compact_considered, 0, NULL, \
	  "requests skipped since compaction was deferred") \
	F(V, COUNT, compact_defer_shift, 0, NULL, \
	  "log2 of the requests to skip after a failure") \
	F(V, COUNT, compact_order_failed, SHOWN, "COMPACT", \
	  "lowest order at which compaction failed") \
	MARKS_FIELD(F, V, SHOWN | WIDE)

PFNSCOPE_COLUMNS(RECLAIM);
#define RECLAIM_BOUNDS \
	{ .field = RECLAIM_kswapd_failures, .side = PFNSCOPE_AT_LEAST, .constant = 16, \
	  .severity = PFNSCOPE_SEVERITY_CRITICAL, .word = "gave_up", \
	  .help = "kswapd is not woken any more, until others have reclaimed for the node" }, \
	{ .field = RECLAIM_compact_order_failed, .value = RECLAIM_compact_defer_shift, \
	  .side = PFNSCOPE_ABOVE, .severity = PFNSCOPE_SEVERITY_WARNING, \
	  .word = "deferred", \
	  .help = "compaction is skipped for that order and above, for a while" }
extern const struct pfnscope_view pfnscope_view_reclaim;
PFNSCOPE_TABLE(RECLAIM, pfnscope_view_reclaim);

#endif
