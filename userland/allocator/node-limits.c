// SPDX-License-Identifier: GPL-2.0-only
/* Follows node_dirty_ok() of mm/page-writeback.c, and node_reclaim() of mm/vmscan.c. */
#include <stdlib.h>

#include "allocator/gfp.h"
#include "allocator/node-limits.h"
#include "allocator/plan.h"
#include "base/alloc.h"

/* Bits of vm.zone_reclaim_mode. */
#define RECLAIM_WRITE	2
#define RECLAIM_UNMAP	4

/**
 * pfnscope_limits_init - nothing is known yet
 * @limits: the limits
 */
void pfnscope_limits_init(struct pfnscope_limits *limits)
{
	*limits = (struct pfnscope_limits){ .settings = {
		.dirty_ratio = PFNSCOPE_MISSING,
		.dirty_bytes = PFNSCOPE_MISSING,
		.zone_reclaim_mode = PFNSCOPE_MISSING,
		.min_unmapped_ratio = PFNSCOPE_MISSING,
		.min_slab_ratio = PFNSCOPE_MISSING,
		.defrag_mode = PFNSCOPE_MISSING,
		.extfrag_threshold = PFNSCOPE_MISSING,
		.tiering = PFNSCOPE_MISSING,
		.swaps = PFNSCOPE_MISSING,
	} };
}

/**
 * pfnscope_limits_clear - free the counters
 * @limits: the limits
 */
void pfnscope_limits_clear(struct pfnscope_limits *limits)
{
	free(limits->nodes);
	pfnscope_limits_init(limits);
}

/**
 * pfnscope_limits_node - the counters of a node, made where it is new
 * @limits: the limits
 * @node: its number
 *
 * Return: the row, valid until the next is made.
 */
struct pfnscope_node *pfnscope_limits_node(struct pfnscope_limits *limits,
					   int64_t node)
{
	size_t n = limits->nr_nodes;
	struct pfnscope_node *nodes;

	for (size_t i = 0; i < n; i++)
		if (limits->nodes[i].node == node)
			return &limits->nodes[i];
	nodes = pfnscope_calloc(n + 1, sizeof(*nodes));
	for (size_t i = 0; i < n; i++)
		nodes[i] = limits->nodes[i];
	free(limits->nodes);
	limits->nodes = nodes;
	nodes[n].node = node;
	pfnscope_forget(nodes[n].counter, PFNSCOPE_NODE_COUNTERS);
	limits->nr_nodes++;
	return &nodes[n];
}

static const struct pfnscope_node *known_node(const struct pfnscope_machine *m,
					      int64_t node)
{
	for (size_t i = 0; i < m->limits.nr_nodes; i++)
		if (m->limits.nodes[i].node == node)
			return &m->limits.nodes[i];
	return NULL;
}

static bool has_all(const struct pfnscope_node *n)
{
	for (int i = 0; n && i < PFNSCOPE_NODE_COUNTERS; i++)
		if (n->counter[i] < 0)
			return false;
	return n;
}

/* --- dirty limits --- */

/**
 * pfnscope_zone_reserve - what is kept in a zone from the users of memory
 * @zone: the zone; its high watermark and its size are known
 *
 * Mirrors calculate_totalreserve_pages(), which runs with no boost.
 *
 * Return: pages.
 */
int64_t pfnscope_zone_reserve(const struct pfnscope_explain_zone *zone)
{
	int64_t high = zone->high - (zone->boost > 0 ? zone->boost : 0);
	int64_t most = 0;

	for (unsigned int i = 0; i < zone->reserves; i++)
		if (zone->reserve[i] > most)
			most = zone->reserve[i];
	most += high;
	return most > zone->managed ? zone->managed : most;
}

/*
 * Free pages beyond the reserves and the page cache, of a node, or of all
 * where @node is PFNSCOPE_MISSING. Return: PFNSCOPE_MISSING if not known.
 */
static int64_t dirtyable(const struct pfnscope_machine *m, int64_t node)
{
	int64_t pages = 0, reserve = 0;

	for (size_t i = 0; i < m->nr_zones; i++) {
		const struct pfnscope_explain_zone *zone = &m->zones[i];

		if ((node != PFNSCOPE_MISSING && zone->node != node) ||
		    !zone->managed)
			continue;
		if (zone->managed < 0 || zone->free < 0 || zone->high < 0 ||
		    zone->class == PFNSCOPE_CLASS_HIGHMEM)
			return PFNSCOPE_MISSING;
		pages += zone->free;
		reserve += pfnscope_zone_reserve(zone);
	}
	pages -= pages < reserve ? pages : reserve;
	for (size_t i = 0; i < m->limits.nr_nodes; i++) {
		const struct pfnscope_node *n = &m->limits.nodes[i];

		if (node != PFNSCOPE_MISSING && n->node != node)
			continue;
		if (!has_all(n))
			return PFNSCOPE_MISSING;
		pages += n->counter[PFNSCOPE_NODE_INACTIVE_FILE] +
			 n->counter[PFNSCOPE_NODE_ACTIVE_FILE];
	}
	return pages;
}

/* Mirrors node_dirty_limit(). Return: pages, PFNSCOPE_MISSING if not known. */
static int64_t dirty_limit(const struct pfnscope_machine *m,
			   const struct pfnscope_request *request, int64_t node)
{
	const struct pfnscope_settings *s = &m->limits.settings;
	int64_t memory = dirtyable(m, node);
	int64_t all = dirtyable(m, PFNSCOPE_MISSING);
	int64_t page = m->page_kb * 1024, limit;

	if (memory < 0 || all < 0 || s->dirty_bytes < 0 ||
	    s->dirty_ratio < 0 || page <= 0)
		return PFNSCOPE_MISSING;
	if (s->dirty_bytes)
		limit = (int64_t)((double)((s->dirty_bytes + page - 1) / page) *
				  (double)memory / (double)(all + 1));
	else
		limit = s->dirty_ratio * memory / 100;
	return request->realtime ? limit + limit / 4 : limit;
}

/**
 * pfnscope_node_over_dirty - does the fast path of a write pass over a node?
 * @machine: the snapshot
 * @request: the request; only __GFP_WRITE asks for it
 * @node: the node
 * @pages: gets its dirty and writeback pages, where the answer is known
 * @limit: gets what they must not exceed
 *
 * Mirrors node_dirty_ok(): dirty and writeback pages against the node's share.
 *
 * Return: PFNSCOPE_NOT_KNOWN where the snapshot lacks a figure.
 */
enum pfnscope_answer
pfnscope_node_over_dirty(const struct pfnscope_machine *machine,
			 const struct pfnscope_request *request, int64_t node,
			 int64_t *pages, int64_t *limit)
{
	const struct pfnscope_node *n = known_node(machine, node);

	if (!(request->gfp & PFNSCOPE_GFP_WRITE))
		return PFNSCOPE_NO;
	*limit = has_all(n) ? dirty_limit(machine, request, node) :
			      PFNSCOPE_MISSING;
	if (*limit < 0)
		return PFNSCOPE_NOT_KNOWN;
	*pages = n->counter[PFNSCOPE_NODE_DIRTY] +
		 n->counter[PFNSCOPE_NODE_WRITEBACK];
	return *pages > *limit ? PFNSCOPE_YES : PFNSCOPE_NO;
}

/* --- vm.zone_reclaim_mode --- */

/* Mirrors node_pagecache_reclaimable(). */
static int64_t reclaimable_cache(const struct pfnscope_node *n, int64_t mode)
{
	int64_t pages = n->counter[PFNSCOPE_NODE_FILE];

	if (!(mode & RECLAIM_UNMAP))
		pages = n->counter[PFNSCOPE_NODE_INACTIVE_FILE] +
			n->counter[PFNSCOPE_NODE_ACTIVE_FILE] -
			n->counter[PFNSCOPE_NODE_MAPPED];
	if (!(mode & RECLAIM_WRITE))
		pages -= n->counter[PFNSCOPE_NODE_DIRTY];
	return pages < 0 ? 0 : pages;
}

/* A percentage of each zone's pages, rounded down zone by zone. */
static int64_t share_of_node(const struct pfnscope_machine *m, int64_t node,
			     int64_t percent)
{
	int64_t pages = 0;

	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].node == node && m->zones[i].managed > 0)
			pages += m->zones[i].managed * percent / 100;
	return pages;
}

/**
 * pfnscope_node_reclaims - is a node reclaimed before a walk leaves its zone?
 * @machine: the snapshot
 * @request: the request
 * @node: node of a zone whose watermark check failed
 *
 * Mirrors the questions that node_reclaim() asks before it scans. The node the
 * request prefers stands for the one its CPU is on where that is not known.
 *
 * Return: PFNSCOPE_NOT_KNOWN where the mode is on and a figure is missing, and
 * where the mode itself is not known on a machine of several nodes.
 */
enum pfnscope_answer
pfnscope_node_reclaims(const struct pfnscope_machine *machine,
		       const struct pfnscope_request *request, int64_t node)
{
	const struct pfnscope_settings *s = &machine->limits.settings;
	const struct pfnscope_node *n = known_node(machine, node);

	if (!s->zone_reclaim_mode || !(request->gfp & PFNSCOPE_GFP_DIRECT_RECLAIM) ||
	    request->memalloc || node != request->node)
		return PFNSCOPE_NO;
	if (s->zone_reclaim_mode < 0 && machine->nr_nodes < 2)
		return PFNSCOPE_NO;
	if (s->zone_reclaim_mode < 0 || s->min_unmapped_ratio < 0 ||
	    s->min_slab_ratio < 0 || !has_all(n))
		return PFNSCOPE_NOT_KNOWN;
	return reclaimable_cache(n, s->zone_reclaim_mode) >
	       share_of_node(machine, node, s->min_unmapped_ratio) ||
	       n->counter[PFNSCOPE_NODE_SLAB_RECLAIMABLE] >
	       share_of_node(machine, node, s->min_slab_ratio) ? PFNSCOPE_YES :
							 PFNSCOPE_NO;
}
