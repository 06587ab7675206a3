/* SPDX-License-Identifier: GPL-2.0-only */
/* A memory cgroup, of version 1 or 2, as its checks want it. */
#ifndef PFNSCOPE_TRIAGE_MEMCG_H
#define PFNSCOPE_TRIAGE_MEMCG_H

#include "base/error.h"
#include "source/numbers.h"
#include "source/source.h"
#include "table/table.h"

/**
 * struct pfnscope_memcg_reading - its counters at one moment
 * @stat: memory.stat; of version 1 the figures with all below it
 * @events: memory.events.local, which are its own; memory.events where there is none
 * @local: they are its own
 * @pressure: memory.pressure
 */
struct pfnscope_memcg_reading {
	struct pfnscope_numbers stat;
	struct pfnscope_numbers events;
	bool local;
	struct pfnscope_table *pressure;
};

/**
 * struct pfnscope_memcg - a cgroup
 * @source: where it is
 * @version: 1 or 2
 * @name: from the root of the hierarchy, such as "/system.slice"
 * @top: folder of that root: "sys/fs/cgroup", "sys/fs/cgroup/memory"
 * @now: the later reading
 * @before: the earlier one, where there are two
 */
struct pfnscope_memcg {
	const struct pfnscope_source *source;
	int version;
	char *name;
	const char *top;
	struct pfnscope_memcg_reading now;
	struct pfnscope_memcg_reading before;
};

/* Finds it by its name or by its folder. Return: 0, or -1 where there is no such cgroup. */
int pfnscope_memcg_find(const struct pfnscope_source *source, const char *name,
			struct pfnscope_memcg *group, struct pfnscope_error *error);
void pfnscope_memcg_read(const struct pfnscope_source *source,
			 const struct pfnscope_memcg *group,
			 struct pfnscope_memcg_reading *reading);
void pfnscope_memcg_clear(struct pfnscope_memcg *group);

/*
 * A number of a file of the cgroup @name of the same hierarchy; PFNSCOPE_UNLIMITED where
 * it is "max", or of version 1 more than any machine has.
 */
int64_t pfnscope_memcg_number(const struct pfnscope_memcg *group, const char *name,
			      const char *file);
/* The one above, to be freed; NULL of the root. */
char *pfnscope_memcg_above(const char *name);

/* What it uses, and the limit of that, by the names of its version. */
int64_t pfnscope_memcg_usage(const struct pfnscope_memcg *group, const char *name);
int64_t pfnscope_memcg_limit(const struct pfnscope_memcg *group, const char *name);

/**
 * struct pfnscope_protection - what reclaim leaves a cgroup
 * @set: memory.low or memory.min
 * @claimed: as far as it is used
 * @effective: what of that the cgroups above have to give
 * @by: which of them has too little, NULL where none; to be freed
 */
struct pfnscope_protection {
	int64_t set;
	int64_t claimed;
	int64_t effective;
	char *by;
};

/* Up the tree, as effective_protection() of the kernel; @file is memory.low or memory.min. */
void pfnscope_memcg_protection(const struct pfnscope_memcg *group, const char *file,
			       struct pfnscope_protection *protection);

#endif
