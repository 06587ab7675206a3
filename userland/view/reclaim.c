// SPDX-License-Identifier: GPL-2.0-only
/* The fields of reclaim. */
#include "table/fields.h"

static const struct pfnscope_field fields[] = {
	STRING("scope", SHOWN, NULL, "what the row is of: host, node or zone"),
	NODE_FIELD,
	ZONE_FIELD,
	COUNT("kswapd_pid", 0, NULL, "process id of the node's kswapd"),
	STRING("kswapd_state", SHOWN, "KSWAPD",
	       "state of kswapd as ps shows it: R runs, S sleeps, D waits"),
	COUNT("kswapd_order", SHOWN, "ORDER", "order it was last woken for"),
	STRING("kswapd_highest_zone", 0, NULL, "highest zone it was woken for"),
	COUNT("kswapd_failures", SHOWN, "FAILURES",
	      "runs in a row that reclaimed nothing; at 16 it gives up"),
	PAGES("scanned_kswapd_pages", SHOWN, "SCAN_KSWAPD",
	      "scanned by kswapd"),
	PAGES("scanned_direct_pages", SHOWN, "SCAN_DIRECT",
	      "scanned by tasks that had to wait for memory"),
	PAGES("stolen_kswapd_pages", 0, "STEAL_KSWAPD", "reclaimed by kswapd"),
	PAGES("stolen_direct_pages", 0, "STEAL_DIRECT",
	      "reclaimed by tasks that had to wait for memory"),
	PAGES("refault_anon_pages", 0, NULL,
	      "anonymous memory read back after it was reclaimed"),
	PAGES("refault_file_pages", 0, NULL,
	      "file memory read back after it was reclaimed"),
	PFN("compact_migrate_pfn", 0, NULL,
	    "where async compaction looks for pages to move"),
	PFN("compact_migrate_sync_pfn", 0, NULL,
	    "where sync compaction looks for pages to move"),
	PFN("compact_free_pfn", 0, NULL,
	    "where compaction looks for free pages"),
	COUNT("compact_considered", 0, NULL,
	      "requests passed over since it was put off"),
	COUNT("compact_defer_shift", 0, NULL,
	      "log2 of the requests to pass over after a failure"),
	COUNT("compact_order_failed", SHOWN, "COMPACT_FAILED",
	      "lowest order at which compaction failed"),
};

const struct pfnscope_view pfnscope_view_reclaim = {
	.name = "reclaim",
	.major = 1,
	.row = "the host, a node or a zone of a node",
	PFNSCOPE_FIELDS(fields),
};
