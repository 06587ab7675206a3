// SPDX-License-Identifier: GPL-2.0-only
/* The machine of a snapshot: its tables as what the allocator looks at. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "allocator/gfp.h"
#include "allocator/plan.h"
#include "base/alloc.h"
#include "base/checked.h"
#include "view/about.h"
#include "view/freelists.h"
#include "view/pcp.h"
#include "view/reclaim.h"
#include "view/zonelists.h"
#include "view/zones.h"

/* More is no number of pages, and thousands of these may be summed. */
static int64_t bounded(uint64_t value)
{
	return value > PFNSCOPE_PAGES_MAX ? PFNSCOPE_MISSING : (int64_t)value;
}

static int64_t machine_number(const struct pfnscope_table *table, size_t row,
			      unsigned int column)
{
	uint64_t value;

	if (!pfnscope_table_number(table, row, column, &value))
		return PFNSCOPE_MISSING;
	return bounded(value);
}

static int64_t with_boost(int64_t mark, int64_t boost)
{
	if (mark == PFNSCOPE_MISSING || boost == PFNSCOPE_MISSING)
		return mark;
	return mark + boost;
}

static void take_reserve(const struct ZONES_table *table, size_t row,
			 struct pfnscope_explain_zone *zone)
{
	const struct pfnscope_value *value =
		pfnscope_table_cell(CELL(table, row, ZONES_lowmem_reserve_pages));

	for (uint32_t i = 0; value && i < value->count && i < PFNSCOPE_CLASSES; i++)
		zone->reserve[zone->reserves++] = bounded(value->numbers[i]);
}

static void machine_take_zone(const struct ZONES_table *table, size_t row,
			      struct pfnscope_explain_zone *zone)
{
	const char *name = pfnscope_table_string(CELL(table, row, ZONES_zone));

	pfnscope_explain_zone_init(zone);
	zone->node = machine_number(CELL(table, row, ZONES_node));
	if (name)
		strncpy(zone->name, name, sizeof(zone->name) - 1);
	zone->class = pfnscope_class_named(zone->name);
	zone->managed = machine_number(CELL(table, row, ZONES_managed_pages));
	zone->free = machine_number(CELL(table, row, ZONES_free_pages));
	zone->boost = machine_number(CELL(table, row, ZONES_boost_pages));
	zone->min = with_boost(machine_number(CELL(table, row, ZONES_min_pages)), zone->boost);
	zone->low = with_boost(machine_number(CELL(table, row, ZONES_low_pages)), zone->boost);
	zone->high = with_boost(machine_number(CELL(table, row, ZONES_high_pages)), zone->boost);
	zone->promo = with_boost(machine_number(CELL(table, row, ZONES_promo_pages)), zone->boost);
	zone->highatomic = machine_number(CELL(table, row, ZONES_highatomic_pages));
	take_reserve(table, row, zone);
}

/* Every node has a row for each class, in their order, populated or not. */
static void take_classes(struct pfnscope_machine *m)
{
	bool seen[PFNSCOPE_CLASS_COUNT] = { false };

	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].class < PFNSCOPE_CLASS_COUNT)
			seen[m->zones[i].class] = true;
	for (enum pfnscope_class c = 0; c < PFNSCOPE_CLASS_COUNT; c++)
		if (seen[c])
			m->classes.class[m->classes.count++] = c;
}

static struct pfnscope_explain_zone *machine_zone(struct pfnscope_machine *m,
						  int64_t node, const char *name)
{
	for (size_t i = 0; name && i < m->nr_zones; i++)
		if (m->zones[i].node == node && !strcmp(m->zones[i].name, name))
			return &m->zones[i];
	return NULL;
}

static uint32_t type_named(const char *name, size_t length)
{
	for (int i = 0; name && i < PFNSCOPE_TYPES; i++) {
		const char *type = pfnscope_type_name(i);

		if (strlen(type) == length && !strncasecmp(name, type, length))
			return PFNSCOPE_TYPE_BIT(i);
	}
	return 0;
}

static void add_pages(int64_t *pages, int64_t more)
{
	*pages = pfnscope_plus_known(*pages, more);
}

/* Free CMA and free highatomic pages are what lies on their lists. */
static void machine_take_blocks(struct pfnscope_machine *m,
				const struct FREELISTS_table *table)
{
	for (size_t row = 0; row < table->all.nr_rows; row++) {
		struct pfnscope_explain_zone *zone =
			machine_zone(m, machine_number(CELL(table, row, FREELISTS_node)),
				     pfnscope_table_string(CELL(table, row, FREELISTS_zone)));
		int64_t order = machine_number(CELL(table, row, FREELISTS_order));
		int64_t blocks = machine_number(CELL(table, row, FREELISTS_blocks));
		const char *name = pfnscope_table_string(CELL(table, row, FREELISTS_migratetype));
		uint32_t type = type_named(name, name ? strlen(name) : 0);

		if (!zone || order < 0 || order >= PFNSCOPE_ORDERS ||
		    blocks > INT64_C(1) << 40)
			continue;
		/* There are some; how many is in the row of all types. */
		if (blocks < 0) {
			zone->area.types[order] |= type;
			continue;
		}
		zone->area_known = true;
		if (type == PFNSCOPE_TYPE_BIT(PFNSCOPE_CMA))
			add_pages(&zone->cma, blocks << order);
		if (type == PFNSCOPE_TYPE_BIT(PFNSCOPE_HIGHATOMIC))
			add_pages(&zone->free_highatomic, blocks << order);
		zone->area.blocks[order] += (uint64_t)blocks;
		if (blocks)
			zone->area.types[order] |= type;
	}
}

/* "0:movable,3:unmovable": orders and types of lists that hold pages. */
static void take_pcp_lists(const char *lists, struct pfnscope_explain_zone *zone)
{
	zone->pcp_known = true;
	while (*lists >= '0' && *lists <= '9') {
		unsigned long order = strtoul(lists, (char **)&lists, 10);
		size_t length;

		lists += *lists == ':';
		length = strcspn(lists, ",");
		if (order < PFNSCOPE_ORDERS)
			zone->pcp_lists[order] |= type_named(lists, length);
		lists += length + (lists[length] == ',');
	}
}

static void take_pcp(struct pfnscope_machine *m,
		     const struct PCP_table *table, int64_t cpu)
{
	for (size_t row = 0; row < table->all.nr_rows; row++) {
		struct pfnscope_explain_zone *zone =
			machine_zone(m, machine_number(CELL(table, row, PCP_node)),
				     pfnscope_table_string(CELL(table, row, PCP_zone)));
		int64_t pages = machine_number(CELL(table, row, PCP_count_pages));

		if (zone && pages >= 0)
			add_pages(&zone->pcp, pages);
		if (zone && cpu >= 0 && machine_number(CELL(table, row, PCP_cpu)) == cpu &&
		    pfnscope_table_string(CELL(table, row, PCP_lists)))
			take_pcp_lists(pfnscope_table_string(CELL(table, row, PCP_lists)), zone);
	}
}

static void take_compaction(const struct RECLAIM_table *table, size_t row,
			    struct pfnscope_explain_zone *zone)
{
	if (!zone)
		return;
	zone->compact_considered = machine_number(CELL(table, row, RECLAIM_compact_considered));
	zone->compact_defer_shift = machine_number(CELL(table, row, RECLAIM_compact_defer_shift));
	zone->compact_order_failed = machine_number(CELL(table, row, RECLAIM_compact_order_failed));
}

/* Sleeping is "S"; anything else, it runs or waits for I/O. */
static void take_reclaim(struct pfnscope_machine *m,
			 const struct RECLAIM_table *table)
{
	for (size_t row = 0; row < table->all.nr_rows; row++) {
		const char *state = pfnscope_table_string(CELL(table, row, RECLAIM_kswapd_state));
		int64_t node = machine_number(CELL(table, row, RECLAIM_node));

		take_compaction(table, row, machine_zone(m, node,
				pfnscope_table_string(CELL(table, row, RECLAIM_zone))));
		if (!state)
			continue;
		for (size_t i = 0; i < m->nr_zones; i++) {
			if (m->zones[i].node != node)
				continue;
			m->zones[i].kswapd_awake = strcmp(state, "S");
			m->zones[i].kswapd_hopeless =
				machine_number(CELL(table, row, RECLAIM_kswapd_failures)) >= 16;
		}
	}
}

static void add_to_list(struct pfnscope_machine *m,
			const struct pfnscope_explain_zone *zone)
{
	if (zone && m->nr_list < m->nr_zones)
		m->list[m->nr_list++] = (size_t)(zone - m->zones);
}

static void take_list(struct pfnscope_machine *m,
		      const struct ZONELISTS_table *table, int64_t node,
		      const char *wanted)
{
	for (size_t row = 0; row < table->all.nr_rows; row++) {
		const char *list = pfnscope_table_string(CELL(table, row, ZONELISTS_list));

		if (machine_number(CELL(table, row, ZONELISTS_node)) != node || !list ||
		    strcmp(list, wanted))
			continue;
		add_to_list(m, machine_zone(m, machine_number(CELL(table, row,
								   ZONELISTS_zone_node)),
					    pfnscope_table_string(CELL(table, row,
								       ZONELISTS_zone))));
	}
}

/*
 * Mirrors find_next_best_node() as far as it follows distances: nodes equally far
 * begin behind the own one. What it makes of CPUs and of nodes that others take
 * already, the order of equals, is left out.
 */
static int64_t rank_of(const struct pfnscope_machine *m,
		       const struct pfnscope_distances *distances, int64_t node,
		       int64_t other)
{
	int64_t distance = 0;

	if (other == node)
		return -1;
	if (distances && other >= 0 && other < PFNSCOPE_DISTANCES)
		distance = distances->to[other];
	return distance * 2 * (int64_t)(m->nr_nodes + PFNSCOPE_DISTANCES) +
	       (other < node ? PFNSCOPE_DISTANCES : 0) + other;
}

/* The zones of the node that comes next behind @rank, from above. */
static int64_t add_next_node(struct pfnscope_machine *m,
			     const struct pfnscope_distances *distances,
			     int64_t node, int64_t rank)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < m->nr_zones; i++) {
		int64_t other = rank_of(m, distances, node, m->zones[i].node);

		if (other > rank && other < next)
			next = other;
	}
	for (size_t i = m->nr_zones; i-- > 0;)
		if (rank_of(m, distances, node, m->zones[i].node) == next)
			add_to_list(m, &m->zones[i]);
	return next;
}

/* Without the module: certain for one node, else by what the nodes' distances say. */
static void guess_list(struct pfnscope_machine *m,
		       const struct pfnscope_distances *distances, int64_t node,
		       bool only)
{
	int64_t rank = INT64_MIN;

	do {
		rank = add_next_node(m, distances, node, rank);
	} while (!only && rank != INT64_MAX && m->nr_list < m->nr_zones);
	m->list_from = only || m->nr_nodes < 2 ? PFNSCOPE_LIST_CERTAIN :
		       distances && distances->known ? PFNSCOPE_LIST_DISTANCES :
		       PFNSCOPE_LIST_GUESSED;
}

static size_t count_nodes(const struct pfnscope_machine *m)
{
	uint64_t nodes = 0;
	size_t count = 0;

	for (size_t i = 0; i < m->nr_zones; i++)
		if (m->zones[i].node >= 0 && m->zones[i].node < 64)
			nodes |= UINT64_C(1) << m->zones[i].node;
	for (; nodes; nodes &= nodes - 1)
		count++;
	return count;
}

static unsigned int order_of(const struct pfnscope_snapshot *snapshot,
			     const char *key, unsigned int usual)
{
	uint64_t order;

	return pfnscope_about_number(pfnscope_snapshot_table(snapshot,
						&pfnscope_view_about), key, &order) &&
	       order < PFNSCOPE_ORDERS ? (unsigned int)order : usual;
}

static void take_order_of_trial(const struct pfnscope_snapshot *snapshot,
				const struct pfnscope_distances *distances,
				const struct pfnscope_request *request,
				struct pfnscope_machine *m)
{
	const struct ZONELISTS_table *lists = ZONELISTS_IN(snapshot);
	bool only = request->gfp & PFNSCOPE_GFP_THISNODE;

	if (lists)
		take_list(m, lists, request->node,
			  only ? "nofallback" : "fallback");
	if (!m->nr_list)
		guess_list(m, distances, request->node, only);
}

/**
 * pfnscope_machine_make - the machine of a snapshot
 * @snapshot: with zones; zonelists, pcp and about where they are there
 * @blocks: free blocks, with the fields of freelists, or NULL
 * @release: of the kernel
 * @distances: from the request's node, for where there are no zonelists; or NULL
 * @request: its node and __GFP_THISNODE choose the zonelist
 * @machine: gets it; pfnscope_machine_clear() frees it
 *
 * Return: 0, or -ENODATA without zones.
 */
int pfnscope_machine_make(const struct pfnscope_snapshot *snapshot,
			  const struct pfnscope_table *blocks,
			  unsigned int version,
			  const struct pfnscope_distances *distances,
			  const struct pfnscope_request *request,
			  struct pfnscope_machine *machine)
{
	const struct ZONES_table *zones = ZONES_IN(snapshot);
	const struct PCP_table *pcp = PCP_IN(snapshot);
	const struct RECLAIM_table *kswapd = RECLAIM_IN(snapshot);
	struct pfnscope_machine *m = machine;

	*m = (struct pfnscope_machine){ 0 };
	pfnscope_limits_init(&m->limits);
	if (!zones || !zones->all.nr_rows)
		return -ENODATA;
	m->page_kb = (int64_t)(snapshot->page_size_bytes / 1024);
	pfnscope_rules_for(version, &m->rules);
	m->nr_zones = zones->all.nr_rows;
	m->zones = pfnscope_calloc(m->nr_zones, sizeof(*m->zones));
	m->list = pfnscope_calloc(m->nr_zones, sizeof(*m->list));
	for (size_t i = 0; i < m->nr_zones; i++)
		machine_take_zone(zones, i, &m->zones[i]);
	take_classes(m);
	if (blocks)
		machine_take_blocks(m, FREELISTS_OF(blocks));
	if (pcp)
		take_pcp(m, pcp, request->cpu);
	if (kswapd)
		take_reclaim(m, kswapd);
	m->nr_nodes = count_nodes(m);
	m->rules.pageblock_order = order_of(snapshot, "pageblock_order", 9);
	m->rules.max_order = order_of(snapshot, "max_order", 10);
	take_order_of_trial(snapshot, distances, request, m);
	return 0;
}

/**
 * pfnscope_machine_clear - free what a machine holds
 * @machine: the machine
 */
void pfnscope_machine_clear(struct pfnscope_machine *machine)
{
	free(machine->zones);
	free(machine->list);
	free(machine->limits.nodes);
	*machine = (struct pfnscope_machine){ 0 };
}

void pfnscope_machine_copy(const struct pfnscope_machine *machine,
			   struct pfnscope_machine *copy)
{
	struct pfnscope_limits *limits = &copy->limits;

	*copy = *machine;
	copy->zones = pfnscope_calloc(machine->nr_zones, sizeof(*copy->zones));
	copy->list = pfnscope_calloc(machine->nr_zones, sizeof(*copy->list));
	limits->nodes = pfnscope_calloc(limits->nr_nodes, sizeof(*limits->nodes));
	for (size_t i = 0; i < machine->nr_zones; i++) {
		copy->zones[i] = machine->zones[i];
		copy->list[i] = machine->list[i];
	}
	for (size_t i = 0; i < limits->nr_nodes; i++)
		limits->nodes[i] = machine->limits.nodes[i];
}
