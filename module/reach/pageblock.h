/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The flags of a pageblock. The kernel's readers of them are not exported, and
 * their layout changed; the bitmap itself is within reach.
 */
#ifndef PFNSCOPE_REACH_PAGEBLOCK_H
#define PFNSCOPE_REACH_PAGEBLOCK_H

#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/pageblock-flags.h>

#include "reach/config.h"

#ifdef HAVE_PAGEBLOCK_COMPACT_SKIP
#define PFNSCOPE_PB_SKIP	PB_compact_skip
#else
#define PFNSCOPE_PB_SKIP	PB_migrate_skip
#endif

/**
 * pfnscope_pageblock_flags - the flags of the block that holds @pfn
 * @pfn: in a section that is online
 *
 * Return: NR_PAGEBLOCK_BITS bits, to be read by the functions below.
 */
static inline unsigned long pfnscope_pageblock_flags(unsigned long pfn)
{
	/* A plain pointer: the array is declared with no elements. */
	const unsigned long *map = section_to_usemap(__pfn_to_section(pfn));
	unsigned long bit = (pfn & (PAGES_PER_SECTION - 1)) >> pageblock_order;

	bit *= NR_PAGEBLOCK_BITS;
	return (READ_ONCE(map[bit / BITS_PER_LONG]) >> (bit % BITS_PER_LONG)) &
	       (BIT(NR_PAGEBLOCK_BITS) - 1);
}

static inline unsigned int pfnscope_pageblock_migratetype(unsigned long flags)
{
	unsigned int type;

#ifdef HAVE_PAGEBLOCK_MIGRATETYPE_MASK
#ifdef CONFIG_MEMORY_ISOLATION
	if (flags & BIT(PB_migrate_isolate))
		return MIGRATE_ISOLATE;
#endif
	type = flags & PAGEBLOCK_MIGRATETYPE_MASK;
#else
	type = flags & (BIT(PB_migratetype_bits) - 1);
#endif
	return type < MIGRATE_TYPES ? type : MIGRATE_UNMOVABLE;
}

/* Has compaction given the block up for now? */
static inline bool pfnscope_pageblock_skip(unsigned long flags)
{
	return flags & BIT(PFNSCOPE_PB_SKIP);
}

const char *pfnscope_migratetype_name(unsigned int migratetype);

#endif /* PFNSCOPE_REACH_PAGEBLOCK_H */
