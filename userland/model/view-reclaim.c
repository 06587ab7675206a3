// SPDX-License-Identifier: GPL-2.0-only
/* The fields of reclaim. */
#include "model/field.h"

#define PLAIN(name, flags, help) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_NONE, flags, help }
#define PAGES(name, flags, help) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PAGES, flags, help }
#define STRING(name, flags, help) \
	{ name, PFNSCOPE_STRING, PFNSCOPE_UNIT_NONE, flags, help }
#define PFN(name, help) \
	{ name, PFNSCOPE_NUMBER, PFNSCOPE_UNIT_PFN, 0, help }

static const struct pfnscope_field fields[] = {
	STRING("scope", PFNSCOPE_SHOWN, "what the row is of: host, node or zone"),
	PLAIN("node", PFNSCOPE_SHOWN, "NUMA node"),
	STRING("zone", PFNSCOPE_SHOWN, "zone of the node"),
	PLAIN("kswapd_pid", 0, "process id of the node's kswapd"),
	STRING("kswapd_state", PFNSCOPE_SHOWN, "whether kswapd runs or sleeps"),
	PLAIN("kswapd_order", PFNSCOPE_SHOWN,
	      "order it was last woken for"),
	STRING("kswapd_highest_zone", 0, "highest zone it was woken for"),
	PLAIN("kswapd_failures", PFNSCOPE_SHOWN,
	      "runs in a row that reclaimed nothing; at 16 it gives up"),
	PAGES("scanned_kswapd_pages", PFNSCOPE_SHOWN, "scanned by kswapd"),
	PAGES("scanned_direct_pages", PFNSCOPE_SHOWN,
	      "scanned by tasks that had to wait for memory"),
	PAGES("stolen_kswapd_pages", 0, "reclaimed by kswapd"),
	PAGES("stolen_direct_pages", 0,
	      "reclaimed by tasks that had to wait for memory"),
	PAGES("refault_anon_pages", 0,
	      "anonymous memory read back after it was reclaimed"),
	PAGES("refault_file_pages", 0,
	      "file memory read back after it was reclaimed"),
	PFN("compact_migrate_pfn", "where async compaction looks for pages to move"),
	PFN("compact_migrate_sync_pfn",
	    "where sync compaction looks for pages to move"),
	PFN("compact_free_pfn", "where compaction looks for free pages"),
	PLAIN("compact_considered", 0, "requests passed over since it was put off"),
	PLAIN("compact_defer_shift", 0,
	      "log2 of the requests to pass over after a failure"),
	PLAIN("compact_order_failed", PFNSCOPE_SHOWN,
	      "lowest order at which compaction failed"),
};

const struct pfnscope_view pfnscope_view_reclaim = {
	.name = "reclaim",
	.major = 1,
	.row = "the host, a node or a zone of a node",
	PFNSCOPE_FIELDS(fields),
};
