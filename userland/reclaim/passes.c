// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pass after pass, from the gentlest priority on, over every cgroup of each node: the loops
 * of do_try_to_free_pages(), shrink_node() and shrink_node_memcgs() of mm/vmscan.c.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/checked.h"
#include "base/release.h"
#include "reclaim/weigh.h"

#define CALLS_MAX	4096	/* of the kernel's loop that asks for what is left */

void pfnscope_lru_rules(unsigned int version, struct pfnscope_lru_rules *rules)
{
	/* Between 6.1 and 6.12, and between that and 7.2, by what was changed when. */
	bool since_6_12 = version >= PFNSCOPE_KERNEL(6, 2, 0);
	bool since_7_2 = version >= PFNSCOPE_KERNEL(6, 14, 0);

	*rules = (struct pfnscope_lru_rules){
		.io_cost = since_6_12 ? PFNSCOPE_CLUSTER : 1,
		.own_protection = !since_6_12,
		.stops_at_goal = version >= PFNSCOPE_KERNEL(6, 8, 0),
		.quarters = version >= PFNSCOPE_KERNEL(6, 8, 0),
		.tiers_summed = since_7_2,
		.types_apart = since_7_2,
		.gen_stops = since_7_2,
		.gen_ages_twice = !since_6_12,
	};
}

/* --- protection --- */

/* What all cgroups directly below each claim: of those no more than they use. */
static void claim(struct pfnscope_weighed *w)
{
	for (size_t i = 0; i < w->nr_groups; i++)
		memset(w->groups[i].claimed, 0, sizeof(w->groups[i].claimed));
	for (size_t i = 0; i < w->nr_groups; i++)
		for (int kind = 0; kind < 2 && w->groups[i].above != PFNSCOPE_NOBODY; kind++)
			w->groups[w->groups[i].above].claimed[kind] +=
				pfnscope_least(w->groups[i].usage, w->groups[i].set[kind]);
}

/* effective_protection() */
static int64_t kept_of(const struct pfnscope_weighed *w,
			       const struct pfnscope_lru_group *group, int kind)
{
	const struct pfnscope_lru_group *above = &w->groups[group->above];
	int64_t siblings = above->claimed[kind];
	int64_t own = pfnscope_least(group->usage, group->set[kind]), given = above->kept[kind];

	if (siblings > given)
		return (int64_t)((__int128)own * given / siblings);
	if (!w->recursive || given <= siblings || above->usage <= siblings || group->usage <= own)
		return own;
	return own + (int64_t)((__int128)(given - siblings) * (group->usage - own) /
			       (above->usage - siblings));
}

/* mem_cgroup_calculate_protection() for all below the target; those above have gone by. */
static void protect(struct pfnscope_reclaim *r)
{
	struct pfnscope_weighed *w = r->weighed;

	claim(w);
	for (size_t i = 0; i < w->nr_groups; i++)
		for (int kind = 0; kind < 2; kind++) {
			struct pfnscope_lru_group *group = &w->groups[i];

			if (i == r->target || group->above == PFNSCOPE_NOBODY)
				group->kept[kind] = 0;
			else if (group->above == r->target)
				group->kept[kind] = group->set[kind];
			else
				group->kept[kind] = kept_of(w, group, kind);
		}
}

int64_t pfnscope_lru_unprotected(struct pfnscope_reclaim *r,
				 const struct pfnscope_lru_group *group, int64_t pages)
{
	int64_t min = group->kept[PFNSCOPE_KEPT_MIN], low = group->kept[PFNSCOPE_KEPT_LOW];
	int64_t kept = !r->low && low > min ? low : min, usage = group->usage;

	if (!min && !low)
		return pages;
	if (kept == low && low > min)
		r->low_skipped = true;
	usage = usage > kept ? usage : kept;
	pages -= (int64_t)((__int128)pages * kept / (usage + 1));
	return pages > PFNSCOPE_CLUSTER ? pages : PFNSCOPE_CLUSTER;
}

/* Is the cgroup left alone altogether? */
static bool is_protected(struct pfnscope_reclaim *r, size_t index)
{
	const struct pfnscope_lru_group *group = &r->weighed->groups[index];
	const int64_t *kept = group->kept;

	if (index == r->target) {
		/* What reclaim from above has left still counts. */
		if (!r->weighed->rules.own_protection)
			return false;
		kept = group->left;
	}
	if (group->above == PFNSCOPE_NOBODY)
		return false;
	if (kept[PFNSCOPE_KEPT_MIN] >= group->usage)
		return true;
	if (kept[PFNSCOPE_KEPT_LOW] < group->usage || r->low)
		return false;
	r->low_skipped = true;
	return true;
}

/* --- sums --- */

void pfnscope_lru_change(struct pfnscope_weighed *w, struct pfnscope_lruvec *lruvec,
			 enum pfnscope_lru_type type, int list, int64_t pages)
{
	lruvec->types[type].own[list] += pages;
	for (;; lruvec = &w->lruvecs[lruvec->above]) {
		lruvec->types[type].sum[list] += pages;
		if (lruvec->above == PFNSCOPE_NOBODY)
			break;
	}
}

void pfnscope_lru_sum(struct pfnscope_weighed *w)
{
	for (size_t i = 0; i < w->nr_lruvecs; i++)
		for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
			for (int list = 0; list < 2; list++) {
				struct pfnscope_lru *lru = &w->lruvecs[i].types[type];
				int64_t own = lru->own[list];

				lru->own[list] = 0;
				pfnscope_lru_change(w, &w->lruvecs[i], type, list, own);
			}
}

/* lru_note_cost(), up the tree */
static void note_cost(struct pfnscope_weighed *w, struct pfnscope_lruvec *lruvec,
		      enum pfnscope_lru_type type, int64_t cost)
{
	for (;; lruvec = &w->lruvecs[lruvec->above]) {
		struct pfnscope_lru *types = lruvec->types;
		int64_t pages = 0;

		types[type].cost += cost;
		for (int i = 0; i < PFNSCOPE_LRU_TYPES; i++)
			pages += types[i].sum[PFNSCOPE_INACTIVE] + types[i].sum[PFNSCOPE_ACTIVE];
		if (types[PFNSCOPE_ANON].cost + types[PFNSCOPE_FILE].cost > pages / 4) {
			types[PFNSCOPE_ANON].cost /= 2;
			types[PFNSCOPE_FILE].cost /= 2;
		}
		if (lruvec->above == PFNSCOPE_NOBODY)
			break;
	}
}

int64_t pfnscope_lru_swap_left(const struct pfnscope_weighed *w,
			       const struct pfnscope_lru_group *group)
{
	int64_t left = w->swap_left;

	for (;; group = &w->groups[group->above]) {
		left = pfnscope_least(left, group->swap_room);
		if (group->above == PFNSCOPE_NOBODY)
			return left;
	}
}

static void uncharge(struct pfnscope_weighed *w, size_t group, int64_t pages, bool swapped)
{
	for (; group != PFNSCOPE_NOBODY; group = w->groups[group].above) {
		w->groups[group].usage -= pages;
		if (swapped && w->groups[group].swap_room != INT64_MAX)
			w->groups[group].swap_room -= pages;
	}
	if (swapped)
		w->swap_left -= pages;
}

static void give_back(struct pfnscope_weighed *w, int64_t node, int64_t pages)
{
	for (size_t i = 0; i < w->nr_nodes; i++)
		if (w->nodes[i].node == node)
			w->nodes[i].free += pages;
}

int64_t pfnscope_lru_take(struct pfnscope_reclaim *r, struct pfnscope_scan *scan,
			  enum pfnscope_lru_type type, int64_t pages)
{
	struct pfnscope_weighed *w = r->weighed;
	struct pfnscope_lruvec *lruvec = &w->lruvecs[scan->lruvec];
	int64_t swap = pfnscope_lru_swap_left(w, &w->groups[lruvec->group]);

	if (type == PFNSCOPE_ANON)
		pages = pfnscope_least(pages, swap > 0 ? swap : 0);
	if (lruvec->generations) {
		lruvec->types[type].taken += pages;
	} else {
		pfnscope_lru_change(w, lruvec, type, PFNSCOPE_INACTIVE, -pages);
		lruvec->types[type].taken += pages;
		if (type == PFNSCOPE_ANON && pages)
			note_cost(w, lruvec, type, pages * w->rules.io_cost);
	}
	uncharge(w, lruvec->group, pages, type == PFNSCOPE_ANON);
	give_back(w, lruvec->node, pages);
	scan->taken[type] += pages;
	r->done += pages;
	r->taken += pages;
	return pages;
}

/* --- passes --- */

static bool is_in_target(const struct pfnscope_weighed *w, size_t group, size_t target)
{
	while (group != target && group != PFNSCOPE_NOBODY)
		group = w->groups[group].above;
	return group == target;
}

static void keep_scan(struct pfnscope_reclaim *r, const struct pfnscope_scan *scan)
{
	/* Room is made for twice as many whenever their number is a power of two. */
	if (!(r->nr_scans & (r->nr_scans - 1)))
		r->scans = pfnscope_realloc(r->scans, r->nr_scans ? 2 * r->nr_scans : 1,
					    sizeof(*r->scans));
	r->scans[r->nr_scans++] = *scan;
}

static void look_at_lruvec(struct pfnscope_reclaim *r, size_t index)
{
	struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[index];
	struct pfnscope_scan scan = { .lruvec = index, .priority = r->priority, .low = r->low };

	scan.swap_left = pfnscope_lru_swap_left(r->weighed, &r->weighed->groups[lruvec->group]);
	memcpy(scan.cost, r->cost, sizeof(scan.cost));
	memcpy(scan.deactivate, r->deactivate, sizeof(scan.deactivate));
	if (is_protected(r, lruvec->group))
		scan.reason = PFNSCOPE_SCAN_PROTECTED;
	else if (lruvec->generations)
		pfnscope_generations_shrink(r, &scan);
	else
		pfnscope_lists_shrink(r, &scan);
	if (scan.taken[PFNSCOPE_ANON] || scan.taken[PFNSCOPE_FILE] || r->first)
		keep_scan(r, &scan);
}

/* shrink_node() for the target on one node */
static void pass_over_node(struct pfnscope_reclaim *r, size_t target)
{
	struct pfnscope_weighed *w = r->weighed;
	int64_t node = w->lruvecs[target].node;

	protect(r);
	pfnscope_lru_prepare(r, target);
	for (size_t i = target; i < w->nr_lruvecs; i++) {
		if (w->lruvecs[i].node != node ||
		    !is_in_target(w, w->lruvecs[i].group, r->target))
			continue;
		look_at_lruvec(r, i);
		if (w->rules.stops_at_goal && !r->host && r->done >= r->batch)
			return;
	}
}

static void pass(struct pfnscope_reclaim *r)
{
	const struct pfnscope_weighed *w = r->weighed;

	for (size_t i = 0; i < w->nr_lruvecs; i++)
		if (w->lruvecs[i].group == r->target &&
		    (r->node < 0 || w->lruvecs[i].node == r->node))
			pass_over_node(r, i);
}

/* snapshot_refaults(): what has come back so far is known now. */
static void snapshot(struct pfnscope_reclaim *r)
{
	for (size_t i = 0; i < r->weighed->nr_lruvecs; i++)
		if (r->weighed->lruvecs[i].group == r->target)
			for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
				r->weighed->lruvecs[i].types[type].refaulting = false;
}

/* do_try_to_free_pages() */
static void try_to_free(struct pfnscope_reclaim *r)
{
	r->done = 0;
	r->low = false;
	r->force = false;
	for (;;) {
		r->low_skipped = false;
		r->deactivate_skipped = false;
		for (r->priority = PFNSCOPE_DEF_PRIORITY; r->priority >= 0; r->priority--) {
			pass(r);
			r->first = false;
			if (r->done >= r->batch)
				break;
		}
		snapshot(r);
		if (r->done)
			return;
		if (r->deactivate_skipped && !r->force) {
			r->force = true;
		} else if (r->low_skipped && !r->low) {
			r->low = true;
			r->force = false;
		} else {
			return;
		}
	}
}

static enum pfnscope_reclaim_end why_ended(const struct pfnscope_reclaim *r)
{
	const struct pfnscope_weighed *w = r->weighed;
	bool anon = false, kept = false;

	if (r->taken >= r->goal)
		return PFNSCOPE_END_GOAL;
	for (size_t i = 0; i < w->nr_lruvecs; i++) {
		const struct pfnscope_lru *lru = w->lruvecs[i].types;

		if (!is_in_target(w, w->lruvecs[i].group, r->target))
			continue;
		anon = anon || (lru[PFNSCOPE_ANON].own[0] + lru[PFNSCOPE_ANON].own[1] > 0 &&
				pfnscope_lru_swap_left(w, &w->groups[w->lruvecs[i].group]) <= 0);
		kept = kept || w->groups[w->lruvecs[i].group].kept[PFNSCOPE_KEPT_MIN] > 0 ||
		       w->groups[w->lruvecs[i].group].kept[PFNSCOPE_KEPT_LOW] > 0;
	}
	return kept ? PFNSCOPE_END_PROTECTED : anon ? PFNSCOPE_END_NO_SWAP : PFNSCOPE_END_NOTHING;
}

void pfnscope_reclaim_foresee(struct pfnscope_reclaim *r)
{
	r->first = true;
	for (int call = 0; call < CALLS_MAX && r->taken < r->goal; call++) {
		r->batch = r->goal - r->taken;
		if (r->weighed->rules.quarters && !r->host)
			r->batch /= 4;
		if (r->batch < PFNSCOPE_CLUSTER)
			r->batch = PFNSCOPE_CLUSTER;
		try_to_free(r);
		if (!r->done)
			break;
	}
	r->end = why_ended(r);
}

void pfnscope_reclaim_clear(struct pfnscope_reclaim *r)
{
	free(r->scans);
	r->scans = NULL;
	r->nr_scans = 0;
}
