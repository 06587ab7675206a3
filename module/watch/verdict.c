// SPDX-License-Identifier: GPL-2.0-only
/*
 * Counters only, read without a lock in the task that asks, an instant after the
 * allocator read them: another CPU may have taken or given pages in between.
 */
#include <linux/kernel.h>
#include <linux/mmzone.h>
#include <linux/nodemask.h>
#include <linux/string.h>
#include <linux/topology.h>

#include "reach/cpuset.h"
#include "reach/node.h"
#include "reach/policy.h"
#include "reach/wmark.h"
#include "watch/verdict.h"

/* Nodes that cpuset and policy leave; all where that is being changed. */
static void nodes_of(nodemask_t *nodes)
{
	nodemask_t bound;

	if (!pfnscope_mems_allowed(nodes))
		nodes_setall(*nodes);
	if (pfnscope_policy_bound(&bound))
		nodes_and(*nodes, *nodes, bound);
}

/* As for a request for the CPU's own node; each place is read once and names a zone. */
static struct zone *first_zone(gfp_t gfp)
{
	struct pglist_data *pgdat = pfnscope_node(numa_mem_id());
	struct zoneref *ref;
	nodemask_t nodes;
	struct zone *zone;
	unsigned int i;

	/* The node that a CPU is said to be on need not be online. */
	if (!pgdat)
		return NULL;
	ref = pgdat->node_zonelists[ZONELIST_FALLBACK]._zonerefs;
	nodes_of(&nodes);
	for (i = 0; i < MAX_ZONES_PER_ZONELIST; i++) {
		zone = READ_ONCE(ref[i].zone);
		if (!zone)
			break;
		if (zone_idx(zone) <= gfp_zone(gfp) &&
		    node_isset(zone_to_nid(zone), nodes))
			return zone;
	}
	return NULL;
}

static struct zone *zone_named(u64 node, const char *name)
{
	struct pglist_data *pgdat = pfnscope_node(node);
	struct zone *zone;

	for (zone = pgdat ? pgdat->node_zones : NULL;
	     zone && zone < pgdat->node_zones + MAX_NR_ZONES; zone++)
		if (zone->name == name)
			return zone;
	return NULL;
}

static void check(struct zone *zone, const struct pfnscope_event_asked *asked,
		  struct pfnscope_event_verdict *verdict)
{
	const struct pfnscope_wmark_rules rules = pfnscope_wmark_rules();
	gfp_t gfp = (__force gfp_t)(u32)asked->gfp;
	struct pfnscope_wmark_zone state = pfnscope_wmark_zone(zone);
	struct pfnscope_wmark_ask ask = {
		.order = asked->order,
		.alloc_flags = pfnscope_wmark_flags(gfp),
		.mark = min_wmark_pages(zone),
		.reserve = READ_ONCE(zone->lowmem_reserve[gfp_zone(gfp)]),
	};
	struct pfnscope_wmark_terms terms;
	struct pfnscope_free area;

	memset(&area, 0, sizeof(area));
	pfnscope_wmark_area(zone, asked->order, &area);
	state.area = &area;
	pfnscope_wmark_check(&rules, &state, &ask, &terms);
	verdict->term = terms.term;
	verdict->free = state.free;
	verdict->min = terms.min;
	verdict->reserve = ask.reserve;
	verdict->unusable = terms.unusable;
	verdict->blocks = terms.blocks;
}

/**
 * pfnscope_verdict_take - look at the zone that is compacted, or else the first one
 * @asked: what the current task asks for
 * @verdict: filled; zone is NULL where nothing is asked for
 */
void pfnscope_verdict_take(const struct pfnscope_event_asked *asked,
			   struct pfnscope_event_verdict *verdict)
{
	struct zone *zone;

	verdict->zone = NULL;
	if (asked->order == PFNSCOPE_UNKNOWN)
		return;
	zone = asked->zone ? zone_named(asked->node, asked->zone) :
			     first_zone((__force gfp_t)(u32)asked->gfp);
	if (!zone)
		return;
	verdict->node = zone_to_nid(zone);
	verdict->zone = zone->name;
	check(zone, asked, verdict);
}
