/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which tables of a moment are taken when. The counters of the zones are some
 * thousand loads on any machine. The lists of the CPUs are zones times CPUs of
 * them, each of another CPU's cache line, the zonelists nodes times zones, and the
 * slab caches are thousands times nodes: milliseconds on a large machine, which is
 * too long with preemption off.
 */
#ifndef PFNSCOPE_WALK_TAKEN_H
#define PFNSCOPE_WALK_TAKEN_H

/* In the order in which they are taken: what changes fastest comes first. */
enum pfnscope_moment_table {
	PFNSCOPE_MOMENT_ZONES,		/* struct pfnscope_zone */
	PFNSCOPE_MOMENT_FREELISTS,	/* struct pfnscope_free_area */
	PFNSCOPE_MOMENT_LRU,		/* struct pfnscope_zone_lru */
	PFNSCOPE_MOMENT_PCP,		/* struct pfnscope_pcp */
	PFNSCOPE_MOMENT_ZONELISTS,	/* struct pfnscope_zoneref */
	PFNSCOPE_MOMENT_SLABS,		/* struct pfnscope_slab */
	PFNSCOPE_MOMENT_TABLES
};

/* What is taken now. */
enum pfnscope_moment_how {
	PFNSCOPE_MOMENT_ALL,		/* a task, and it may be preempted */
	PFNSCOPE_MOMENT_SHORT,		/* preemption or interrupts are off */
	PFNSCOPE_MOMENT_COUNTERS,	/* and a lock is held that others need */
	PFNSCOPE_MOMENT_REST,		/* what one of these has left out */
};

/* The lists of so many CPUs are read in some hundred microseconds. */
#define PFNSCOPE_MOMENT_FEW_CPUS	64

/**
 * pfnscope_moment_takes - is a table taken now?
 * @table: which one
 * @how: what may be
 * @cpus: how many are online
 */
static inline bool pfnscope_moment_takes(enum pfnscope_moment_table table,
					 enum pfnscope_moment_how how,
					 unsigned int cpus)
{
	switch (table) {
	case PFNSCOPE_MOMENT_PCP:
		return how == PFNSCOPE_MOMENT_SHORT ?
		       cpus <= PFNSCOPE_MOMENT_FEW_CPUS :
		       how != PFNSCOPE_MOMENT_COUNTERS;
	case PFNSCOPE_MOMENT_ZONELISTS:
	case PFNSCOPE_MOMENT_SLABS:
		return how == PFNSCOPE_MOMENT_ALL ||
		       how == PFNSCOPE_MOMENT_REST;
	default:
		return how != PFNSCOPE_MOMENT_REST;
	}
}

#endif /* PFNSCOPE_WALK_TAKEN_H */
