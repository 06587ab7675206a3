// SPDX-License-Identifier: GPL-2.0-only
/*
 * The classic LRU: prepare_scan_control(), get_scan_count() and shrink_lruvec() of
 * mm/vmscan.c, for pages that nobody uses meanwhile.
 */
#include <string.h>

#include "reclaim/weigh.h"

/* int_sqrt(): the largest number whose square is not above it. */
static int64_t square_root(int64_t number)
{
	int64_t root = 0;

	while ((root + 1) * (root + 1) <= number)
		root++;
	return root;
}

bool pfnscope_inactive_is_low(const struct pfnscope_lru *lru)
{
	/* The kernel counts in GiB of pages of 4 KiB; with larger ones they are larger. */
	int64_t gib = (lru->sum[PFNSCOPE_INACTIVE] + lru->sum[PFNSCOPE_ACTIVE]) >> 18;
	int64_t ratio = gib > 0 ? square_root(10 * gib) : 1;

	return lru->sum[PFNSCOPE_INACTIVE] * ratio < lru->sum[PFNSCOPE_ACTIVE];
}

void pfnscope_lru_pressure(const int64_t *cost, int64_t swappiness, int64_t *fraction)
{
	int64_t both = cost[PFNSCOPE_ANON] + cost[PFNSCOPE_FILE];
	int64_t anon = both + cost[PFNSCOPE_ANON], file = both + cost[PFNSCOPE_FILE];

	fraction[PFNSCOPE_ANON] = swappiness * (anon + file + 1) / (anon + 1);
	fraction[PFNSCOPE_FILE] = (200 - swappiness) * (anon + file + 1) / (file + 1);
}

/* Of the host alone: is there less page cache and free memory than the high watermarks? */
static bool is_tiny(const struct pfnscope_reclaim *r, const struct pfnscope_lruvec *root)
{
	const struct pfnscope_weighed *w = r->weighed;
	const struct pfnscope_lru *anon = &root->types[PFNSCOPE_ANON];
	const struct pfnscope_lru *file = &root->types[PFNSCOPE_FILE];

	for (size_t i = 0; r->host && i < w->nr_nodes; i++)
		if (w->nodes[i].node == root->node)
			return file->sum[0] + file->sum[1] + w->nodes[i].free <=
				       w->nodes[i].high &&
			       !r->deactivate[PFNSCOPE_ANON] &&
			       anon->sum[PFNSCOPE_INACTIVE] >> r->priority;
	return false;
}

/* What one pass over a node finds of the cgroup that is reclaimed from. */
void pfnscope_lru_prepare(struct pfnscope_reclaim *r, size_t target)
{
	const struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[target];
	const struct pfnscope_lru *file = &lruvec->types[PFNSCOPE_FILE];

	for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++) {
		const struct pfnscope_lru *lru = &lruvec->types[type];

		r->cost[type] = lru->cost;
		r->deactivate[type] = r->force || lru->refaulting ||
				      pfnscope_inactive_is_low(lru);
	}
	r->trim = file->sum[PFNSCOPE_INACTIVE] >> r->priority &&
		  !r->deactivate[PFNSCOPE_FILE];
	r->tiny = is_tiny(r, lruvec);
}

static enum pfnscope_scan_reason reason_of_scan(const struct pfnscope_reclaim *r,
						const struct pfnscope_lru_group *group)
{
	if (pfnscope_lru_swap_left(r->weighed, group) <= 0)
		return PFNSCOPE_SCAN_NO_SWAP;
	if (!r->host && !group->swappiness)
		return PFNSCOPE_SCAN_SWAPPINESS_0;
	if (!r->priority && group->swappiness)
		return PFNSCOPE_SCAN_LAST_RESORT;
	if (r->tiny)
		return PFNSCOPE_SCAN_FILE_TINY;
	if (r->trim)
		return PFNSCOPE_SCAN_CACHE_TRIM;
	return PFNSCOPE_SCAN_BY_COST;
}

/* Of @pages to be scanned, those that the reason leaves to a type. */
static int64_t portion(const struct pfnscope_scan *scan, const int64_t *fraction,
		       enum pfnscope_lru_type type, int64_t pages, bool online)
{
	int64_t whole = fraction[PFNSCOPE_ANON] + fraction[PFNSCOPE_FILE];

	switch (scan->reason) {
	case PFNSCOPE_SCAN_BY_COST:
		if (!whole)
			return 0;
		return (pages * fraction[type] + (online ? 0 : whole - 1)) / whole;
	case PFNSCOPE_SCAN_LAST_RESORT:
		return pages;
	case PFNSCOPE_SCAN_FILE_TINY:
		return type == PFNSCOPE_ANON ? pages : 0;
	default:
		return type == PFNSCOPE_FILE ? pages : 0;
	}
}

static void set_shares(struct pfnscope_scan *scan, const int64_t *fraction)
{
	int64_t of_one[PFNSCOPE_LRU_TYPES];

	for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
		of_one[type] = portion(scan, fraction, type, 1000, true);
	memcpy(scan->share, of_one, sizeof(of_one));
}

/* get_scan_count() */
static void count(struct pfnscope_reclaim *r, struct pfnscope_scan *scan)
{
	const struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	const struct pfnscope_lru_group *group = &r->weighed->groups[lruvec->group];
	int64_t fraction[PFNSCOPE_LRU_TYPES];

	scan->reason = reason_of_scan(r, group);
	pfnscope_lru_pressure(r->cost, group->swappiness, fraction);
	set_shares(scan, fraction);
	for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
		for (int list = 0; list < 2; list++) {
			int64_t size = lruvec->types[type].own[list];
			int64_t pages = pfnscope_lru_unprotected(r, group, size) >> r->priority;

			if (!pages && !group->online)
				pages = size < PFNSCOPE_CLUSTER ? size : PFNSCOPE_CLUSTER;
			scan->target[type][list] =
				portion(scan, fraction, type, pages, group->online);
		}
}

/* An active list is aged: its oldest pages become inactive. */
static void age(struct pfnscope_reclaim *r, struct pfnscope_lruvec *lruvec,
		enum pfnscope_lru_type type, int64_t pages)
{
	int64_t most = lruvec->types[type].own[PFNSCOPE_ACTIVE];

	pages = pages < most ? pages : most;
	pfnscope_lru_change(r->weighed, lruvec, type, PFNSCOPE_ACTIVE, -pages);
	pfnscope_lru_change(r->weighed, lruvec, type, PFNSCOPE_INACTIVE, pages);
}

/* shrink_list(): at most 32 pages of one list. */
static int64_t shrink(struct pfnscope_reclaim *r, struct pfnscope_scan *scan,
		      enum pfnscope_lru_type type, int list, int64_t *left)
{
	struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	int64_t pages = *left < PFNSCOPE_CLUSTER ? *left : PFNSCOPE_CLUSTER;
	int64_t most = lruvec->types[type].own[PFNSCOPE_INACTIVE];

	*left -= pages;
	if (list == PFNSCOPE_INACTIVE)
		return pfnscope_lru_take(r, scan, type, pages < most ? pages : most);
	if (r->deactivate[type])
		age(r, lruvec, type, pages);
	else if (pages)
		r->deactivate_skipped = true;
	return 0;
}

/* The goal is reached: the type with less left to scan is done, the other one catches up. */
static bool balance(const struct pfnscope_scan *scan, int64_t left[2][2])
{
	int64_t anon = left[PFNSCOPE_ANON][0] + left[PFNSCOPE_ANON][1];
	int64_t file = left[PFNSCOPE_FILE][0] + left[PFNSCOPE_FILE][1];
	int less = file > anon ? PFNSCOPE_ANON : PFNSCOPE_FILE, more = !less;
	int64_t percent;

	if (!anon || !file)
		return false;
	percent = (less == PFNSCOPE_ANON ? anon : file) * 100 /
		  (scan->target[less][0] + scan->target[less][1] + 1);
	for (int list = 0; list < 2; list++) {
		int64_t scanned = scan->target[more][list] - left[more][list];
		int64_t rest = scan->target[more][list] * (100 - percent) / 100;

		left[less][list] = 0;
		left[more][list] = rest > scanned ? rest - scanned : 0;
	}
	return true;
}

/* shrink_lruvec() */
void pfnscope_lists_shrink(struct pfnscope_reclaim *r, struct pfnscope_scan *scan)
{
	struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	int64_t left[2][2], taken = 0;

	count(r, scan);
	memcpy(left, scan->target, sizeof(left));
	while (left[PFNSCOPE_ANON][0] || left[PFNSCOPE_FILE][0] || left[PFNSCOPE_FILE][1]) {
		for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
			for (int list = 0; list < 2; list++)
				taken += shrink(r, scan, type, list, &left[type][list]);
		if (taken >= r->batch && !balance(scan, left))
			break;
	}
	if (r->weighed->swap && pfnscope_inactive_is_low(&lruvec->types[PFNSCOPE_ANON]))
		age(r, lruvec, PFNSCOPE_ANON, PFNSCOPE_CLUSTER);
}
