// SPDX-License-Identifier: GPL-2.0-only
/* The first screen: what each node has, and the zone that is worst off. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "allocator/explain-table.h"
#include "base/checked.h"
#include "source/counters.h"
#include "table/fields.h"
#include "triage/status.h"
#include "triage/worst.h"
#include "view/incidents.h"
#include "view/reclaim.h"

#define NODES	1024	/* MAX_NUMNODES where it is largest */

const struct pfnscope_view pfnscope_view_status_nodes = PFNSCOPE_BOUNDED_VIEW(STATUS_NODES, "nodes");

const struct pfnscope_view pfnscope_view_status_zone = PFNSCOPE_VIEW(STATUS_ZONE, "worst_zone");

/*
 * Pages that such requests may still take of a zone. A zone that they may not use, or
 * that has no memory, has none for them.
 */
static int64_t available(const struct pfnscope_machine *m, uint32_t gfp,
			 const struct pfnscope_explain_zone *zone)
{
	struct pfnscope_verdict v;
	int64_t above;

	pfnscope_zone_ask(m, gfp, PFNSCOPE_MARK_LOW, zone, &v);
	if (v.reason == PFNSCOPE_REASON_CLASS ||
	    v.reason == PFNSCOPE_REASON_NO_MANAGED)
		return 0;
	if (!v.checked || v.reason == PFNSCOPE_REASON_UNKNOWN ||
	    zone->cma == PFNSCOPE_MISSING)
		return PFNSCOPE_MISSING;
	above = pfnscope_minus(v.terms.left, v.terms.right);
	return above < 0 && above != PFNSCOPE_MISSING ? 0 : above;
}

/* --- nodes --- */

static void set_kswapd(const struct RECLAIM_table *reclaim, int64_t node,
		       struct STATUS_NODES_table *table, struct pfnscope_value *row)
{
	for (size_t i = 0; reclaim && i < reclaim->all.nr_rows; i++) {
		const char *scope = pfnscope_table_string(CELL(reclaim, i, RECLAIM_scope));
		const char *state = pfnscope_table_string(CELL(reclaim, i, RECLAIM_kswapd_state));
		uint64_t number, failures = 0;

		if (!scope || strcmp(scope, "node") || !state ||
		    !pfnscope_table_number(CELL(reclaim, i, RECLAIM_node), &number) ||
		    number != (uint64_t)node)
			continue;
		if (pfnscope_table_number(CELL(reclaim, i, RECLAIM_kswapd_failures), &failures))
			pfnscope_table_set_number(CELL(table, row, STATUS_NODES_kswapd_failures),
						  failures);
		pfnscope_table_set_string(CELL(table, row, STATUS_NODES_kswapd),
					  failures >= 16 ? "gave_up" :
					  strcmp(state, "S") ? "runs" : "sleeps");
	}
}

static void set_unmovable(const struct STATUS_NODES_table *unmovable, int64_t node,
			  struct STATUS_NODES_table *table, struct pfnscope_value *row)
{
	uint64_t number, permille;

	for (size_t i = 0; unmovable && i < unmovable->all.nr_rows; i++)
		if (pfnscope_table_number(CELL(unmovable, i, STATUS_NODES_node), &number) &&
		    number == (uint64_t)node &&
		    pfnscope_table_number(CELL(unmovable, i, STATUS_NODES_unmovable_permille),
					  &permille))
			pfnscope_table_set_number(CELL(table, row, STATUS_NODES_unmovable_permille),
						  permille);
}

static void add_node(const struct pfnscope_status_ask *ask, int64_t node,
		     struct STATUS_NODES_table *table)
{
	const struct pfnscope_machine *m = ask->machine;
	int64_t managed = 0, free = 0, kernel = 0, movable = 0;
	struct pfnscope_value *row;

	for (size_t i = 0; i < m->nr_zones; i++) {
		const struct pfnscope_explain_zone *zone = &m->zones[i];

		if (zone->node != node)
			continue;
		managed = pfnscope_plus(managed, zone->managed);
		free = pfnscope_plus(free, zone->free);
		kernel = pfnscope_plus(kernel, available(m, PFNSCOPE_ASK_KERNEL, zone));
		movable = pfnscope_plus(movable, available(m, PFNSCOPE_ASK_MOVABLE, zone));
	}
	row = pfnscope_table_add(&table->all);
	pfnscope_table_set_number(CELL(table, row, STATUS_NODES_node), (uint64_t)node);
	pfnscope_table_set_known(CELL(table, row, STATUS_NODES_managed_pages), managed);
	pfnscope_table_set_known(CELL(table, row, STATUS_NODES_free_pages), free);
	pfnscope_table_set_known(CELL(table, row, STATUS_NODES_kernel_pages), kernel);
	pfnscope_table_set_known(CELL(table, row, STATUS_NODES_movable_pages), movable);
	set_kswapd(RECLAIM_OF(ask->reclaim), node, table, row);
	set_unmovable(STATUS_NODES_OF(ask->unmovable), node, table, row);
}

static void add_nodes(const struct pfnscope_status_ask *ask,
		      struct STATUS_NODES_table *table)
{
	const struct pfnscope_machine *m = ask->machine;
	bool seen[NODES] = { false };

	for (size_t i = 0; i < m->nr_zones; i++) {
		int64_t node = m->zones[i].node;

		if (node < 0 || node >= NODES || seen[node])
			continue;
		seen[node] = true;
		add_node(ask, node, table);
	}
}

/* --- the zone that is worst off --- */

static enum pfnscope_zone_state state_of(const struct pfnscope_machine *m,
					 struct pfnscope_verdict *v)
{
	struct pfnscope_verdict at_min;

	if (v->terms.left > v->terms.min)
		return PFNSCOPE_ZONE_OK;
	pfnscope_zone_ask(m, pfnscope_zone_own(v->zone->class), PFNSCOPE_MARK_MIN,
			  v->zone, &at_min);
	if (!at_min.checked || at_min.terms.left > at_min.terms.min)
		return PFNSCOPE_ZONE_BELOW_LOW;
	*v = at_min;
	return PFNSCOPE_ZONE_BELOW_MIN;
}

static void add_zone(const struct pfnscope_machine *m,
		     struct pfnscope_status_answer *answer)
{
	static const char *const states[] = {
		[PFNSCOPE_ZONE_OK] = "ok",
		[PFNSCOPE_ZONE_BELOW_LOW] = "below_low",
		[PFNSCOPE_ZONE_BELOW_MIN] = "below_min",
	};
	static const char *const texts[] = {
		[PFNSCOPE_ZONE_OK] = "is above its low watermark",
		[PFNSCOPE_ZONE_BELOW_LOW] =
			"is below its low watermark: kswapd reclaims",
		[PFNSCOPE_ZONE_BELOW_MIN] =
			"is below its min watermark: requests have to reclaim themselves",
	};
	char zone[40], comparison[224], inequality[224];
	struct STATUS_ZONE_table *table = STATUS_ZONE_FROM(answer->zone);
	struct pfnscope_verdict v = { 0 };
	struct pfnscope_value *row;

	if (!pfnscope_zone_worst(m, NULL, PFNSCOPE_MARK_LOW, &v))
		return;
	answer->state = state_of(m, &v);
	pfnscope_verdict_zone(&v, zone, sizeof(zone));
	pfnscope_verdict_comparison(&v, m->page_kb, comparison, sizeof(comparison));
	snprintf(answer->words, sizeof(answer->words), "%s %s: %s", zone,
		 texts[answer->state], comparison);
	pfnscope_verdict_inequality(&v, inequality, sizeof(inequality));
	row = pfnscope_table_add(answer->zone);
	pfnscope_table_set_known(CELL(table, row, STATUS_ZONE_node), v.zone->node);
	pfnscope_table_set_string(CELL(table, row, STATUS_ZONE_zone), v.zone->name);
	pfnscope_table_set_string(CELL(table, row, STATUS_ZONE_state), states[answer->state]);
	pfnscope_table_set_known(CELL(table, row, STATUS_ZONE_free_pages), v.zone->free);
	pfnscope_table_set_known(CELL(table, row, STATUS_ZONE_usable_pages), v.terms.left);
	pfnscope_table_set_known(CELL(table, row, STATUS_ZONE_min_pages), v.zone->min);
	pfnscope_table_set_known(CELL(table, row, STATUS_ZONE_low_pages), v.zone->low);
	pfnscope_table_set_string(CELL(table, row, STATUS_ZONE_inequality), inequality);
}

/* --- what to ask next --- */

static bool some_kswapd(const struct STATUS_NODES_table *nodes, const char *state)
{
	for (size_t i = 0; i < nodes->all.nr_rows; i++) {
		const char *word = pfnscope_table_string(CELL(nodes, i, STATUS_NODES_kswapd));

		if (word && !strcmp(word, state))
			return true;
	}
	return false;
}

static bool is_pressed(const struct PRESSURE_table *pressure)
{
	uint64_t share;

	for (size_t i = 0; pressure && i < pressure->all.nr_rows; i++)
		if (pfnscope_table_number(CELL(pressure, i, PRESSURE_avg10_hundredths), &share) &&
		    share)
			return true;
	return false;
}

/* Who holds a zone is told by the module; the request that fails, by /proc too. */
static void next_of_zone(const struct pfnscope_status_ask *ask,
			 struct pfnscope_status_answer *answer)
{
	const struct STATUS_ZONE_table *worst = STATUS_ZONE_OF(answer->zone);
	const char *zone = pfnscope_table_string(CELL(worst, 0, STATUS_ZONE_zone));
	uint64_t node = 0;

	pfnscope_table_number(CELL(worst, 0, STATUS_ZONE_node), &node);
	if (ask->has_module)
		snprintf(answer->next, sizeof(answer->next),
			 "owners --node %" PRIu64 " --zone %s", node, zone);
	else
		snprintf(answer->next, sizeof(answer->next),
			 "explain --gfp GFP_KERNEL --node %" PRIu64, node);
	snprintf(answer->why, sizeof(answer->why), ask->has_module ?
		 "who holds that zone" : "what that means for a request");
}

static void say_next(struct pfnscope_status_answer *answer, const char *next,
		     const char *why)
{
	snprintf(answer->next, sizeof(answer->next), "%s", next);
	snprintf(answer->why, sizeof(answer->why), "%s", why);
}

/* From what is worst to what is only lacking. */
static void choose_next(const struct pfnscope_status_ask *ask,
			struct pfnscope_status_answer *answer)
{
	uint64_t number;
	char next[40];

	if (!answer->nodes->nr_rows) {
		say_next(answer, "doctor", "why there is nothing to show");
	} else if (answer->state != PFNSCOPE_ZONE_OK) {
		next_of_zone(ask, answer);
	} else if (some_kswapd(STATUS_NODES_OF(answer->nodes), "gave_up")) {
		say_next(answer, "reclaim", "kswapd gave up on a node");
	} else if (is_pressed(PRESSURE_OF(ask->pressure))) {
		say_next(answer, "triage", "tasks wait for memory");
	} else if (pfnscope_table_number(CELL(INCIDENTS_OF(ask->incident), 0,
					      INCIDENTS_incident), &number)) {
		snprintf(next, sizeof(next), "incidents %" PRIu64, number);
		say_next(answer, next, "the last incident");
	} else if (!ask->has_module) {
		say_next(answer, "doctor", "the module answers the rest");
	} else {
		say_next(answer, "zones", "nothing looks bad");
	}
}

/**
 * pfnscope_status_make - the first screen
 * @ask: what was read
 * @answer: gets it; pfnscope_status_clear() frees it
 */
void pfnscope_status_make(const struct pfnscope_status_ask *ask,
			  struct pfnscope_status_answer *answer)
{
	*answer = (struct pfnscope_status_answer){
		.nodes = pfnscope_table_new(&pfnscope_view_status_nodes),
		.zone = pfnscope_table_new(&pfnscope_view_status_zone),
	};
	add_nodes(ask, STATUS_NODES_FROM(answer->nodes));
	pfnscope_bound_mark(answer->nodes);
	add_zone(ask->machine, answer);
	choose_next(ask, answer);
}

/**
 * pfnscope_status_clear - free what an answer holds
 * @answer: the answer
 */
void pfnscope_status_clear(struct pfnscope_status_answer *answer)
{
	pfnscope_table_free(answer->nodes);
	pfnscope_table_free(answer->zone);
}
