// SPDX-License-Identifier: GPL-2.0-only
/* Nodes: one that is full beside one that is not, and memory from where it was not wanted. */
#include <inttypes.h>
#include <stdio.h>

#include "source/asking.h"
#include "triage/check.h"

#define NODES	1024

/**
 * struct nodes - zones summed up
 * @free: pages, by node
 * @managed: pages; 0 where there is no such node
 * @movable: of these, in ZONE_MOVABLE
 * @count: nodes with memory
 */
struct nodes {
	int64_t free[NODES];
	int64_t managed[NODES];
	int64_t movable[NODES];
	size_t count;
};

static void sum_nodes(const struct pfnscope_machine *m, struct nodes *nodes)
{
	*nodes = (struct nodes){ 0 };
	for (size_t i = 0; i < m->nr_zones; i++) {
		const struct pfnscope_explain_zone *zone = &m->zones[i];

		if (zone->node < 0 || zone->node >= NODES || zone->managed <= 0)
			continue;
		nodes->count += !nodes->managed[zone->node];
		nodes->managed[zone->node] += zone->managed;
		nodes->free[zone->node] += pfnscope_or_zero(zone->free);
		if (zone->class == PFNSCOPE_CLASS_MOVABLE)
			nodes->movable[zone->node] += zone->managed;
	}
}

static bool is_alone(const struct pfnscope_facts *facts, struct pfnscope_findings *f,
		     struct nodes *nodes)
{
	sum_nodes(&facts->now.machine, nodes);
	if (!nodes->count)
		pfnscope_found_unknown(f, "no zones: neither the module nor /proc/zoneinfo can be read");
	else if (nodes->count == 1)
		pfnscope_found_none(f, "there is one node");
	return f->found;
}

static void look_free(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	int64_t least = INT64_MAX, most = -1, fullest = 0;
	struct pfnscope_finding finding = {
		.cure = "numastat -m; who is bound to it: grep -l bind /proc/[0-9]*/numa_maps",
	};
	struct nodes nodes;

	if (is_alone(facts, f, &nodes))
		return;
	for (int64_t node = 0; node < NODES; node++) {
		int64_t share = pfnscope_permille(nodes.free[node], nodes.managed[node]);

		if (share == PFNSCOPE_MISSING)
			continue;
		if (share < least) {
			least = share;
			fullest = node;
		}
		most = share > most ? share : most;
	}
	finding.number = least;
	finding.where = pfnscope_said(f, "Node %" PRId64, fullest);
	finding.judged = true;
	finding.level = least <= 100 && most > 2 * least ? PFNSCOPE_LEVEL_NOTE :
			PFNSCOPE_LEVEL_OK;
	pfnscope_found(f, &finding, "of that node so much is free, of another %" PRId64 ".%" PRId64 "%%; page cache may be what fills it",
		       most / 10, most % 10);
}

/* numa_miss is of pages that came here though another node was asked for. */
static void look_miss(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_rate miss = pfnscope_facts_rate(facts, "numa_miss");
	struct pfnscope_rate hit = pfnscope_facts_rate(facts, "numa_hit");
	const struct pfnscope_finding finding = {
		.number = pfnscope_permille(miss.count, pfnscope_plus(miss.count, hit.count)),
		.cure = "which node had too little: numastat, pfnscope zones",
	};
	struct nodes nodes;

	if (is_alone(facts, f, &nodes))
		return;
	if (miss.over == PFNSCOPE_OVER_NOTHING || hit.over == PFNSCOPE_OVER_NOTHING)
		pfnscope_found_unknown(f, "%s", pfnscope_said_lack(f, &facts->now.vmstat,
			"/proc/vmstat", "numa_miss"));
	else if (miss.count + hit.count == 0)
		pfnscope_found_none(f, "no page was handed out %s",
				    pfnscope_said_over(f, &hit));
	else
		pfnscope_found(f, &finding, "%" PRId64 " pages came from another node than asked for, %" PRId64 " from the right one %s",
			       miss.count, hit.count, pfnscope_said_over(f, &hit));
}

static void look_movable(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct nodes nodes;
	int64_t count = 0;
	const char *names = "";
	struct pfnscope_finding finding = {
		.cure = "do not bind tasks to these alone: what the kernel needs is elsewhere",
	};

	if (is_alone(facts, f, &nodes))
		return;
	for (int node = 0; node < NODES; node++)
		if (nodes.managed[node] && nodes.movable[node] == nodes.managed[node]) {
			names = pfnscope_said(f, "%s%s%d", names, count ? "," : "", node);
			count++;
		}
	finding.number = count;
	pfnscope_found(f, &finding, count ? "nodes with movable memory alone: %s" :
		       "every node has memory for the kernel%s", names);
}

#define RECLAIM_DISTANCE	30

static void look_distance(const struct pfnscope_facts *facts, struct pfnscope_findings *f)
{
	struct pfnscope_distances distances;
	int64_t farthest = 0;
	struct pfnscope_finding finding = {
		.cure = "numactl --hardware; numactl --cpunodebind=N --preferred=N COMMAND",
	};
	struct nodes nodes;

	if (is_alone(facts, f, &nodes))
		return;
	for (int node = 0; node < PFNSCOPE_DISTANCES; node++) {
		if (!nodes.managed[node])
			continue;
		pfnscope_distances_read(facts->source, node, &distances);
		for (int to = 0; distances.known && to < PFNSCOPE_DISTANCES; to++)
			if (distances.to[to] > farthest)
				farthest = distances.to[to];
	}
	finding.number = farthest;
	if (!farthest)
		pfnscope_found_unknown(f, "/sys/devices/system/node/node*/distance: cannot be read");
	else
		pfnscope_found(f, &finding, "the farthest two nodes, 10 being the same node");
}

#define NO PFNSCOPE_NO_LIMIT

const struct pfnscope_check pfnscope_checks_numa[] = {
	PFNSCOPE_CHECK_WORDS("numa.free", look_free, PERMILLE, "<= 10%", NULL, NULL, P,
			     "oled-tools: at most 10 % free, and less than half of what another node has",
			     "zones of the module, or /proc/zoneinfo",
			     "free memory of the node that has least, of what it has"),
	PFNSCOPE_CHECK("numa.miss", look_miss, PERMILLE, FROM, 100, NO, NO, R,
		       "one page in ten is not where it was wanted; no peer has a limit",
		       "/proc/vmstat", "numa_miss, of numa_miss and numa_hit"),
	PFNSCOPE_CHECK("numa.movable", look_movable, COUNT, FROM, 1, NO, NO, K,
		       "no request of the kernel is served from ZONE_MOVABLE (pmem/ndctl#110)",
		       "zones of the module, or /proc/zoneinfo", "nodes with ZONE_MOVABLE alone"),
	PFNSCOPE_CHECK("numa.distance", look_distance, COUNT, FROM, RECLAIM_DISTANCE + 1, NO, NO, K,
		       "RECLAIM_DISTANCE: beyond 30 nodes are not reclaimed for one another, and tasks are not balanced at will",
		       "/sys/devices/system/node/node*/distance", "largest distance between two nodes"),
	PFNSCOPE_CHECKS_END
};
