/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What makes a walk along the zonelist pass over a whole node, or stop to
 * reclaim there: its dirty limit, and vm.zone_reclaim_mode.
 */
#ifndef PFNSCOPE_ALLOCATOR_NODE_LIMITS_H
#define PFNSCOPE_ALLOCATOR_NODE_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pfnscope_explain_zone;
struct pfnscope_machine;
struct pfnscope_request;

/**
 * struct pfnscope_settings - sysctls of vm, PFNSCOPE_MISSING where not known
 * @dirty_ratio: percent of the dirtyable memory that may be dirty
 * @dirty_bytes: bytes instead, where it is not 0
 * @zone_reclaim_mode: 0, or how to reclaim on a node before leaving it
 * @min_unmapped_ratio: percent of a node's pages it must have unmapped
 * @min_slab_ratio: or in reclaimable slabs
 * @extfrag_threshold: fragmentation index up to which compaction does not begin
 * @tiering: kernel.numa_balancing moves pages between tiers of memory
 * @swaps: whether there is any swap
 * @defrag_mode: types are mixed only when reclaim and compaction failed (6.15)
 */
struct pfnscope_settings {
	int64_t dirty_ratio;
	int64_t dirty_bytes;
	int64_t zone_reclaim_mode;
	int64_t min_unmapped_ratio;
	int64_t min_slab_ratio;
	int64_t defrag_mode;
	int64_t extfrag_threshold;
	int64_t tiering;
	int64_t swaps;
};

/* Counters of a node, in pages; PFNSCOPE_MISSING where not known. */
enum pfnscope_node_counter {
	PFNSCOPE_NODE_INACTIVE_FILE,
	PFNSCOPE_NODE_ACTIVE_FILE,
	PFNSCOPE_NODE_MAPPED,
	PFNSCOPE_NODE_FILE,
	PFNSCOPE_NODE_DIRTY,
	PFNSCOPE_NODE_WRITEBACK,
	PFNSCOPE_NODE_SLAB_RECLAIMABLE,
	PFNSCOPE_NODE_COUNTERS
};

struct pfnscope_node {
	int64_t node;
	int64_t counter[PFNSCOPE_NODE_COUNTERS];
};

/**
 * struct pfnscope_limits - settings, and the nodes' counters
 * @settings: the settings
 * @nodes: a row for each node that is known
 * @nr_nodes: how many
 */
struct pfnscope_limits {
	struct pfnscope_settings settings;
	struct pfnscope_node *nodes;
	size_t nr_nodes;
};

enum pfnscope_answer {
	PFNSCOPE_NO,
	PFNSCOPE_YES,
	PFNSCOPE_NOT_KNOWN,
};

void pfnscope_limits_init(struct pfnscope_limits *limits);
void pfnscope_limits_clear(struct pfnscope_limits *limits);
struct pfnscope_node *pfnscope_limits_node(struct pfnscope_limits *limits,
					   int64_t node);

int64_t pfnscope_zone_reserve(const struct pfnscope_explain_zone *zone);

enum pfnscope_answer
pfnscope_node_over_dirty(const struct pfnscope_machine *machine,
			 const struct pfnscope_request *request, int64_t node,
			 int64_t *pages, int64_t *limit);
enum pfnscope_answer
pfnscope_node_reclaims(const struct pfnscope_machine *machine,
		       const struct pfnscope_request *request, int64_t node);

#endif
