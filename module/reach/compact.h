/* SPDX-License-Identifier: GPL-2.0-only */
/* Where the compaction of a zone stands; kernels can be built without it. */
#ifndef PFNSCOPE_REACH_COMPACT_H
#define PFNSCOPE_REACH_COMPACT_H

#include <linux/mmzone.h>
#include <linux/pageblock-flags.h>
#include <linux/sched.h>
#include <linux/version.h>

#include "reach/symbol.h"
#include "record.h"

/* Index 0 is async, 1 is sync compaction. */
static inline void pfnscope_compact_read(const struct zone *zone,
					 struct pfnscope_reclaim *record)
{
#ifdef CONFIG_COMPACTION
	record->compact_migrate_pfn =
		READ_ONCE(zone->compact_cached_migrate_pfn[0]);
	record->compact_migrate_sync_pfn =
		READ_ONCE(zone->compact_cached_migrate_pfn[1]);
	record->compact_free_pfn = READ_ONCE(zone->compact_cached_free_pfn);
	record->compact_considered = READ_ONCE(zone->compact_considered);
	record->compact_defer_shift = READ_ONCE(zone->compact_defer_shift);
	record->compact_order_failed = READ_ONCE(zone->compact_order_failed);
#endif
}

/*
 * Compaction leaves such compound pages where they are: all of them, until commit
 * 733aea0b3a7b ("mm/compaction: add support for >0 order folio memory compaction."),
 * v6.9, let it move those that are smaller than a pageblock.
 */
static inline bool pfnscope_compact_keeps(unsigned int order)
{
	return order >= (LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0) ?
			 pageblock_order : 1);
}

/*
 * Does the current task, which compacts, do so for a request of its own? Then it has a
 * capture_control, in which the page is put that fits.
 */
static inline bool pfnscope_compacts_for_itself(void)
{
#ifdef CONFIG_COMPACTION
	return READ_ONCE(current->capture_control);
#else
	return false;
#endif
}

/*
 * Does compaction move pages that are unevictable, as locked ones are? What
 * vm.compact_unevictable_allowed says; where it is out of reach, its default, by
 * which PREEMPT_RT spares tasks the fault. alloc_contig_range() moves them anyway.
 */
static inline bool pfnscope_compacts_unevictable(void)
{
	const int *allowed =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_COMPACT_UNEVICTABLE);

	return allowed ? READ_ONCE(*allowed) : !IS_ENABLED(CONFIG_PREEMPT_RT);
}

#endif /* PFNSCOPE_REACH_COMPACT_H */
