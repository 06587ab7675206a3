/* SPDX-License-Identifier: GPL-2.0-only */
/* The per-CPU free lists of a zone; their place and members have changed. */
#ifndef PFNSCOPE_REACH_PCP_H
#define PFNSCOPE_REACH_PCP_H

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
	    pfnscope_pcp_bounds(pcp, record))
		return -EFAULT;
	record->count = count;
	record->high = high;
	record->batch = batch;
	/* Pairs with nothing: orders our own reads before the check. */
	smp_rmb();
	return populated_zone(zone) ? 0 : -EFAULT;
}

#endif /* PFNSCOPE_REACH_PCP_H */
