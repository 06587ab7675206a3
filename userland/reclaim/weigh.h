/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What reclaim weighs, as numbers: cgroups, their LRU lists on each node, and the rules
 * of the kernel. Documentation/design/reclaim-model.rst says which function of which
 * kernel each rule is from.
 */
#ifndef PFNSCOPE_RECLAIM_WEIGH_H
#define PFNSCOPE_RECLAIM_WEIGH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PFNSCOPE_DEF_PRIORITY	12	/* DEF_PRIORITY */
#define PFNSCOPE_CLUSTER	32	/* SWAP_CLUSTER_MAX */
#define PFNSCOPE_LRU_BATCH	64	/* MIN_LRU_BATCH */
#define PFNSCOPE_MIN_GENS	2	/* MIN_NR_GENS */
#define PFNSCOPE_MAX_GENS	4	/* MAX_NR_GENS */
#define PFNSCOPE_TIERS		4	/* MAX_NR_TIERS */
#define PFNSCOPE_NOBODY		SIZE_MAX

enum pfnscope_lru_type { PFNSCOPE_ANON, PFNSCOPE_FILE, PFNSCOPE_LRU_TYPES };

/**
 * struct pfnscope_lru_rules - in what the kernels differ
 * @io_cost: what a page that was written or came back counts for
 * @own_protection: a cgroup that is reclaimed from is kept by its own protection, as the
 *	reclaim before has left it
 * @stops_at_goal: a cgroup that is reached after the goal is not taken from
 * @quarters: memory.reclaim asks for a quarter of what is left, again and again
 * @tiers_summed: the multi-gen LRU compares types by all tiers, not by the first
 * @types_apart: and the generations of the two types go separately
 * @gen_stops: and it stops within a cgroup once the goal is reached
 * @gen_ages_twice: and it goes on after the generation has become the third youngest
 */
struct pfnscope_lru_rules {
	int64_t io_cost;
	bool own_protection;
	bool stops_at_goal;
	bool quarters;
	bool tiers_summed;
	bool types_apart;
	bool gen_stops;
	bool gen_ages_twice;
};

/**
 * struct pfnscope_lru_group - a cgroup; numbers are of pages
 * @name: its path
 * @above: index of the cgroup above, PFNSCOPE_NOBODY of the root
 * @online: it has a directory
 * @first: index of its first lruvec
 * @usage: charged to it and those below it
 * @set: memory.min and memory.low
 * @left: what was left of them when reclaim came by
 * @kept: what is left of them in this reclaim, by the same order
 * @claimed: what those directly below it claim of it
 * @swap_room: how much more its own limit lets it swap out, INT64_MAX without one
 * @swappiness: of it, 0 to 200
 */
struct pfnscope_lru_group {
	const char *name;
	size_t above;
	bool online;
	size_t first;
	int64_t usage;
	int64_t set[2];
	int64_t left[2];
	int64_t kept[2];
	int64_t claimed[2];
	int64_t swap_room;
	int64_t swappiness;
};

enum { PFNSCOPE_KEPT_MIN, PFNSCOPE_KEPT_LOW };

/**
 * struct pfnscope_lru - the lists of a cgroup on a node, of one type of pages
 * @own: inactive and active pages of the cgroup
 * @sum: the same with those below it
 * @cost: what reclaim of the type has cost
 * @refaulting: there were refaults since reclaim last ended
 * @min_seq: oldest generation
 * @gens: pages of each generation, from the oldest on
 * @refaulted: of each tier
 * @evicted: of each tier
 * @taken: what the plan has taken
 */
struct pfnscope_lru {
	int64_t own[2];
	int64_t sum[2];
	int64_t cost;
	bool refaulting;
	int64_t min_seq;
	int64_t gens[PFNSCOPE_MAX_GENS];
	int64_t refaulted[PFNSCOPE_TIERS];
	int64_t evicted[PFNSCOPE_TIERS];
	int64_t taken;
};

enum { PFNSCOPE_INACTIVE, PFNSCOPE_ACTIVE };

/**
 * struct pfnscope_lruvec - both types of a cgroup on a node
 * @group: index of the cgroup
 * @above: index of the lruvec of the cgroup above on that node
 * @node: the node
 * @generations: the multi-gen LRU has them
 * @max_seq: youngest generation
 * @types: by enum pfnscope_lru_type
 */
struct pfnscope_lruvec {
	size_t group;
	size_t above;
	int64_t node;
	bool generations;
	int64_t max_seq;
	struct pfnscope_lru types[PFNSCOPE_LRU_TYPES];
};

/* free pages and high watermarks of a node, for reclaim of the host */
struct pfnscope_lru_node {
	int64_t node;
	int64_t free;
	int64_t high;
};

/**
 * struct pfnscope_weighed - all that is weighed
 * @rules: of the kernel
 * @groups: cgroups, each behind the one above it
 * @nr_groups: how many
 * @lruvecs: of each cgroup, likewise
 * @nr_lruvecs: how many
 * @nodes: the nodes
 * @nr_nodes: how many
 * @recursive: the hierarchy was mounted with memory_recursiveprot
 * @swap_left: what is free of it
 * @swap: there is any
 */
struct pfnscope_weighed {
	struct pfnscope_lru_rules rules;
	struct pfnscope_lru_group *groups;
	size_t nr_groups;
	struct pfnscope_lruvec *lruvecs;
	size_t nr_lruvecs;
	struct pfnscope_lru_node *nodes;
	size_t nr_nodes;
	bool recursive;
	int64_t swap_left;
	bool swap;
};

/* What decides between the types. */
enum pfnscope_scan_reason {
	PFNSCOPE_SCAN_NO_SWAP,		/* files: nothing can be swapped out */
	PFNSCOPE_SCAN_SWAPPINESS_0,	/* files: a cgroup with swappiness 0 */
	PFNSCOPE_SCAN_LAST_RESORT,	/* both, by size: priority 0 */
	PFNSCOPE_SCAN_FILE_TINY,	/* anonymous: almost no page cache is left */
	PFNSCOPE_SCAN_CACHE_TRIM,	/* files: enough inactive page cache */
	PFNSCOPE_SCAN_BY_COST,
	PFNSCOPE_SCAN_GENERATIONS,	/* by age and tiers */
	PFNSCOPE_SCAN_PROTECTED,	/* none: below min or low */
	PFNSCOPE_SCAN_REASONS
};

/**
 * struct pfnscope_scan - one look at one lruvec
 * @lruvec: its index
 * @priority: 12 is the gentlest
 * @reason: what decided
 * @swap_left: what the cgroup may swap out, before
 * @share: of each type in thousandths, where costs decide
 * @cost: of each type, of the cgroup that is reclaimed from
 * @deactivate: the active list of the type is aged
 * @low: protection by memory.low is not heeded any more
 * @generations: of each type that could be evicted, before
 * @tiers: the type that refaults by tier speak for
 * @target: pages to scan, by type, inactive and active
 * @taken: pages taken of each type
 */
struct pfnscope_scan {
	size_t lruvec;
	int priority;
	enum pfnscope_scan_reason reason;
	int64_t swap_left;
	int64_t share[PFNSCOPE_LRU_TYPES];
	int64_t cost[PFNSCOPE_LRU_TYPES];
	bool deactivate[PFNSCOPE_LRU_TYPES];
	bool low;
	int64_t generations[PFNSCOPE_LRU_TYPES];
	enum pfnscope_lru_type tiers;
	int64_t target[PFNSCOPE_LRU_TYPES][2];
	int64_t taken[PFNSCOPE_LRU_TYPES];
};

/* Why there is no more. */
enum pfnscope_reclaim_end {
	PFNSCOPE_END_GOAL,
	PFNSCOPE_END_PROTECTED,
	PFNSCOPE_END_NO_SWAP,
	PFNSCOPE_END_NOTHING,
	PFNSCOPE_ENDS
};

/**
 * struct pfnscope_reclaim - one reclaim as it is foreseen
 * @weighed: changed on the way
 * @target: index of the cgroup that is reclaimed from
 * @host: it is the root, for the whole machine
 * @node: only this node, negative for all
 * @goal: pages that are wanted
 * @batch: pages of one call of the kernel's
 * @done: pages taken in that call
 * @taken: pages taken
 * @priority: of this pass
 * @low: memory.low is not heeded any more
 * @low_skipped: something was left alone for it
 * @force: the active lists are aged anyway
 * @first: this is the first pass
 * @deactivate_skipped: an active list was left alone
 * @trim: there is enough inactive page cache
 * @tiny: almost no page cache is left
 * @deactivate: of each type
 * @cost: of each type
 * @scans: every look at a lruvec that took something, and the first at each
 * @nr_scans: how many
 * @end: why it ended
 */
struct pfnscope_reclaim {
	struct pfnscope_weighed *weighed;
	size_t target;
	bool host;
	int64_t node;
	int64_t goal;
	int64_t batch;
	int64_t done;
	int64_t taken;
	int priority;
	bool low;
	bool low_skipped;
	bool force;
	bool first;
	bool deactivate_skipped;
	bool trim;
	bool tiny;
	bool deactivate[PFNSCOPE_LRU_TYPES];
	int64_t cost[PFNSCOPE_LRU_TYPES];
	struct pfnscope_scan *scans;
	size_t nr_scans;
	enum pfnscope_reclaim_end end;
};

/* By the kernel's version, PFNSCOPE_KERNEL(). */
void pfnscope_lru_rules(unsigned int version, struct pfnscope_lru_rules *rules);
/* Sums and protection, once cgroups and lruvecs are filled in. */
void pfnscope_lru_sum(struct pfnscope_weighed *weighed);
/* Takes @reclaim->goal pages. */
void pfnscope_reclaim_foresee(struct pfnscope_reclaim *reclaim);
void pfnscope_reclaim_clear(struct pfnscope_reclaim *reclaim);

/* --- parts of it --- */

/* inactive_is_low(): is the inactive list too short beside the active one? */
bool pfnscope_inactive_is_low(const struct pfnscope_lru *lru);
/* The pressure on each type by costs and swappiness, in thousandths. */
void pfnscope_lru_pressure(const int64_t *cost, int64_t swappiness, int64_t *fraction);
/* Which type the multi-gen LRU takes first, by tiers. */
enum pfnscope_lru_type pfnscope_lru_type_by_tiers(const struct pfnscope_lruvec *lruvec,
						  const struct pfnscope_lru_rules *rules,
						  int64_t swappiness);
void pfnscope_lru_prepare(struct pfnscope_reclaim *reclaim, size_t target);
/* Takes from a lruvec with lists, and from one with generations. */
void pfnscope_lists_shrink(struct pfnscope_reclaim *reclaim, struct pfnscope_scan *scan);
void pfnscope_generations_shrink(struct pfnscope_reclaim *reclaim,
				 struct pfnscope_scan *scan);
/* mem_cgroup_get_nr_swap_pages(): how much more the cgroup may swap out. */
int64_t pfnscope_lru_swap_left(const struct pfnscope_weighed *weighed,
			       const struct pfnscope_lru_group *group);
/* How much of @pages protection leaves to be scanned. */
int64_t pfnscope_lru_unprotected(struct pfnscope_reclaim *reclaim,
				 const struct pfnscope_lru_group *group, int64_t pages);
/* Pages of @type leave the lruvec for good; fewer where swap is full. Their number. */
int64_t pfnscope_lru_take(struct pfnscope_reclaim *reclaim, struct pfnscope_scan *scan,
			  enum pfnscope_lru_type type, int64_t pages);
/* More, or fewer, pages of a list of the lruvec and in the sums above it. */
void pfnscope_lru_change(struct pfnscope_weighed *weighed, struct pfnscope_lruvec *lruvec,
			 enum pfnscope_lru_type type, int list, int64_t pages);

#endif
