/* SPDX-License-Identifier: GPL-2.0-only */
/* The per-CPU free lists of a zone; their place and members have changed. */
#ifndef PFNSCOPE_REACH_PCP_H
#define PFNSCOPE_REACH_PCP_H

#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/percpu.h>
#include <linux/uaccess.h>

#include "reach/config.h"
#include "record.h"

static inline struct per_cpu_pages *pfnscope_pcp_of(struct zone *zone,
						    unsigned int cpu)
{
#if defined(HAVE_ZONE_PER_CPU_PAGESET)
	return per_cpu_ptr(zone->per_cpu_pageset, cpu);
#elif defined(HAVE_ZONE_PAGESET)
	return &per_cpu_ptr(zone->pageset, cpu)->pcp;
#else
#error "pfnscope: where the per-CPU lists of a zone are is not known for this kernel"
	return NULL;
#endif
}

/* pcp->high moves between two bounds since v6.7. */
#ifdef HAVE_PCP_HIGH_MIN
static inline int pfnscope_pcp_bounds(struct per_cpu_pages *pcp,
				      struct pfnscope_pcp *record)
{
	int min, max;

	if (get_kernel_nofault(min, &pcp->high_min) ||
	    get_kernel_nofault(max, &pcp->high_max))
		return -EFAULT;
	record->high_min = min;
	record->high_max = max;
	return 0;
}
#else
static inline int pfnscope_pcp_bounds(struct per_cpu_pages *pcp,
				      struct pfnscope_pcp *record)
{
	record->high_min = PFNSCOPE_UNKNOWN;
	record->high_max = PFNSCOPE_UNKNOWN;
	return 0;
}
#endif

/*
 * Huge pages have two lists, of which one is for all that does not move; from
 * v5.19 up to v6.9 and its backports they had one, for all.
 */
static inline u64 pfnscope_pcp_list_bits(unsigned int list)
{
#ifdef NR_LOWORDER_PCP_LISTS
	const u64 moves = PFNSCOPE_PCP_LIST(PFNSCOPE_PCP_ORDERS - 1,
					    MIGRATE_MOVABLE);
	const u64 stays = PFNSCOPE_PCP_LIST(PFNSCOPE_PCP_ORDERS - 1,
					    MIGRATE_UNMOVABLE) |
			  PFNSCOPE_PCP_LIST(PFNSCOPE_PCP_ORDERS - 1,
					    MIGRATE_RECLAIMABLE);

	if (list == NR_LOWORDER_PCP_LISTS)
		return NR_PCP_THP > 1 ? stays : stays | moves;
	if (list > NR_LOWORDER_PCP_LISTS)
		return moves;
#endif
	return BIT_ULL(list);
}

/* Order of the lists for huge pages. */
static inline unsigned int pfnscope_pcp_huge_order(void)
{
#ifdef CONFIG_TRANSPARENT_HUGEPAGE
	return HPAGE_PMD_ORDER;
#else
	return pageblock_order;
#endif
}

/* A list is empty when its head points to itself: nothing else is followed. */
static inline int pfnscope_pcp_lists(struct per_cpu_pages *pcp, u64 *lists)
{
	unsigned int i;

	BUILD_BUG_ON(MIGRATE_PCPTYPES != PFNSCOPE_PCP_TYPES);
	*lists = 0;
	for (i = 0; i < ARRAY_SIZE(pcp->lists); i++) {
		struct list_head *head = &pcp->lists[i], *next;

		if (get_kernel_nofault(next, &head->next))
			return -EFAULT;
		if (next != head)
			*lists |= pfnscope_pcp_list_bits(i);
	}
	return 0;
}

/**
 * pfnscope_pcp_read - counts and limits of one CPU's lists of a zone
 * @zone: the zone
 * @cpu: a possible CPU
 * @record: its numbers are filled
 *
 * The lists are freed when the last page of the zone goes offline, which nothing
 * that is exported can hold off. So they are read without trust, and count only
 * if the zone still had pages afterwards: it loses them before its lists.
 *
 * Return: 0, or -EFAULT when the zone has no lists any more.
 */
static inline int pfnscope_pcp_read(struct zone *zone, unsigned int cpu,
				    struct pfnscope_pcp *record)
{
	struct per_cpu_pages *pcp = pfnscope_pcp_of(zone, cpu);
	int count, high, batch;

	if (get_kernel_nofault(count, &pcp->count) ||
	    get_kernel_nofault(high, &pcp->high) ||
	    get_kernel_nofault(batch, &pcp->batch) ||
	    pfnscope_pcp_bounds(pcp, record) ||
	    pfnscope_pcp_lists(pcp, &record->lists))
		return -EFAULT;
	record->count = count;
	record->high = high;
	record->batch = batch;
	/* Pairs with nothing: orders our own reads before the check. */
	smp_rmb();
	return populated_zone(zone) ? 0 : -EFAULT;
}

#endif /* PFNSCOPE_REACH_PCP_H */
