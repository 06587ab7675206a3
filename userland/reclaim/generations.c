// SPDX-License-Identifier: GPL-2.0-only
/*
 * The multi-gen LRU: get_type_to_scan(), isolate_folios() and what ages the generations,
 * of mm/vmscan.c, for pages that nobody uses meanwhile.
 */
#include <string.h>

#include "reclaim/weigh.h"

struct position {
	__int128 refaulted;
	__int128 total;
	__int128 gain;
};

/* read_ctrl_pos(): of one tier, or of all. */
static struct position tier_position(const struct pfnscope_lru *lru, int first, int last,
				     int64_t gain)
{
	struct position it = { .gain = gain };

	for (int tier = first; tier <= last; tier++) {
		it.refaulted += lru->refaulted[tier];
		it.total += lru->evicted[tier];
	}
	return it;
}

/* positive_ctrl_err(): the second has few refaults, or fewer of what was evicted. */
static bool is_better_position(const struct position *first, const struct position *second)
{
	return second->refaulted < PFNSCOPE_LRU_BATCH ||
	       second->refaulted * (first->total + PFNSCOPE_LRU_BATCH) * first->gain <=
	       (first->refaulted + 1) * second->total * second->gain;
}

enum pfnscope_lru_type pfnscope_lru_type_by_tiers(const struct pfnscope_lruvec *lruvec,
						  const struct pfnscope_lru_rules *rules,
						  int64_t swappiness)
{
	int last = rules->tiers_summed ? PFNSCOPE_TIERS - 1 : 0;
	struct position anon = tier_position(&lruvec->types[PFNSCOPE_ANON], 0, last, swappiness);
	struct position file = tier_position(&lruvec->types[PFNSCOPE_FILE], 0, last,
					     200 - swappiness);

	return is_better_position(&anon, &file) ? PFNSCOPE_FILE : PFNSCOPE_ANON;
}

static int64_t gens_of(const struct pfnscope_lruvec *lruvec, int type)
{
	return lruvec->max_seq - lruvec->types[type].min_seq + 1;
}

/* The oldest generation goes, and its counters go into the averages: reset_ctrl_pos(). */
static void drop_oldest(struct pfnscope_lru *lru)
{
	memmove(lru->gens, lru->gens + 1, sizeof(lru->gens) - sizeof(*lru->gens));
	lru->gens[PFNSCOPE_MAX_GENS - 1] = 0;
	lru->min_seq++;
	for (int tier = 0; tier < PFNSCOPE_TIERS; tier++) {
		lru->refaulted[tier] /= 2;
		lru->evicted[tier] /= 2;
	}
}

/*
 * try_to_inc_min_seq(): generations that are empty go. Where the types go together, files
 * are never older than anonymous pages.
 */
static void drop_empty_gens(struct pfnscope_lruvec *lruvec, const struct pfnscope_lru_rules *rules,
			    int64_t swappiness)
{
	int64_t least[PFNSCOPE_LRU_TYPES];
	struct pfnscope_lru *types = lruvec->types;

	for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++) {
		int64_t gone = 0;

		while ((type == PFNSCOPE_FILE || swappiness) &&
		       gens_of(lruvec, type) - gone > PFNSCOPE_MIN_GENS &&
		       !types[type].gens[gone])
			gone++;
		least[type] = types[type].min_seq + gone;
	}
	if (swappiness && !rules->types_apart) {
		if (least[PFNSCOPE_ANON] > least[PFNSCOPE_FILE])
			least[PFNSCOPE_ANON] = least[PFNSCOPE_FILE];
		least[PFNSCOPE_FILE] = types[PFNSCOPE_FILE].min_seq;
		if (least[PFNSCOPE_FILE] < least[PFNSCOPE_ANON])
			least[PFNSCOPE_FILE] = least[PFNSCOPE_ANON];
	}
	for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
		while (types[type].min_seq < least[type])
			drop_oldest(&types[type]);
}

/* inc_max_seq(): a generation more; where there are four the oldest joins the next. */
static void grow_generation(struct pfnscope_lruvec *lruvec)
{
	for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++) {
		struct pfnscope_lru *lru = &lruvec->types[type];

		if (gens_of(lruvec, type) < PFNSCOPE_MAX_GENS)
			continue;
		lru->gens[1] += lru->gens[0];
		drop_oldest(lru);
	}
	lruvec->max_seq++;
}

static int64_t evictable_pages(const struct pfnscope_lruvec *lruvec, int64_t swappiness)
{
	int64_t pages = 0;

	for (int type = swappiness ? PFNSCOPE_ANON : PFNSCOPE_FILE; type < PFNSCOPE_LRU_TYPES; type++)
		for (int gen = 0; gen < PFNSCOPE_MAX_GENS; gen++)
			pages += lruvec->types[type].gens[gen];
	return pages;
}

static enum pfnscope_lru_type choose_type(const struct pfnscope_lruvec *lruvec,
					  const struct pfnscope_lru_rules *rules,
					  int64_t swappiness)
{
	const struct pfnscope_lru *types = lruvec->types;

	if (!swappiness)
		return PFNSCOPE_FILE;
	if (!rules->types_apart &&
	    types[PFNSCOPE_ANON].min_seq < types[PFNSCOPE_FILE].min_seq)
		return PFNSCOPE_ANON;
	if (swappiness == 1)
		return PFNSCOPE_FILE;
	if (swappiness >= 200)
		return PFNSCOPE_ANON;
	return pfnscope_lru_type_by_tiers(lruvec, rules, swappiness);
}

/* scan_folios(): of the oldest generation, unless it is one of the two youngest. */
static int64_t evict_type(struct pfnscope_reclaim *r, struct pfnscope_scan *scan,
			  enum pfnscope_lru_type type, int64_t most)
{
	struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	struct pfnscope_lru *lru = &lruvec->types[type];
	int64_t pages = lru->gens[0] < PFNSCOPE_LRU_BATCH ? lru->gens[0] : PFNSCOPE_LRU_BATCH;

	if (gens_of(lruvec, type) <= PFNSCOPE_MIN_GENS)
		return 0;
	pages = pages < most ? pages : most;
	pages = pfnscope_lru_take(r, scan, type, pages);
	lru->gens[0] -= pages;
	lru->evicted[0] += pages;
	return pages;
}

/* isolate_folios() and evict_folios(): a batch of one type, or of the other. */
static int64_t evict(struct pfnscope_reclaim *r, struct pfnscope_scan *scan,
		     int64_t swappiness, int64_t most)
{
	struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	const struct pfnscope_lru_rules *rules = &r->weighed->rules;
	enum pfnscope_lru_type type;
	int64_t pages = 0;

	if (rules->types_apart)
		drop_empty_gens(lruvec, rules, swappiness);
	else
		most = PFNSCOPE_LRU_BATCH;
	type = choose_type(lruvec, rules, swappiness);
	for (int i = !swappiness; !pages && i < PFNSCOPE_LRU_TYPES; i++, type = !type)
		pages = evict_type(r, scan, type, most);
	drop_empty_gens(lruvec, rules, swappiness);
	/* Without one that can be evicted the kernel takes what it has for nothing. */
	if (!rules->types_apart && gens_of(lruvec, !swappiness) == PFNSCOPE_MIN_GENS)
		return 0;
	return pages;
}

/* The oldest generation of the types that may be taken. */
static int64_t oldest(const struct pfnscope_lruvec *lruvec,
		      const struct pfnscope_lru_rules *rules, int64_t swappiness)
{
	int64_t anon = lruvec->types[PFNSCOPE_ANON].min_seq;
	int64_t file = lruvec->types[PFNSCOPE_FILE].min_seq;

	if (!swappiness)
		return file;
	return rules->types_apart && file < anon ? file : anon;
}

/* should_run_aging(): are too few generations left, or the pages spread badly? */
static bool wants_aging(const struct pfnscope_reclaim *r, const struct pfnscope_lruvec *lruvec,
			int64_t swappiness)
{
	const struct pfnscope_lru_rules *rules = &r->weighed->rules;
	int64_t left = lruvec->max_seq - oldest(lruvec, rules, swappiness);
	int64_t young = 0, old = 0, total = evictable_pages(lruvec, swappiness);

	if (left < PFNSCOPE_MIN_GENS)
		return true;
	if (left > PFNSCOPE_MIN_GENS)
		return false;
	if (rules->types_apart)
		return r->priority != PFNSCOPE_DEF_PRIORITY;
	for (int type = swappiness ? PFNSCOPE_ANON : PFNSCOPE_FILE; type < PFNSCOPE_LRU_TYPES; type++) {
		const struct pfnscope_lru *lru = &lruvec->types[type];
		int64_t last = gens_of(lruvec, type) - 1;

		young += lru->gens[last];
		old += last >= PFNSCOPE_MIN_GENS ? lru->gens[last - PFNSCOPE_MIN_GENS] : 0;
	}
	return young * PFNSCOPE_MIN_GENS > total || old * (PFNSCOPE_MIN_GENS + 2) < total;
}

/*
 * Up to 6.12: how many pages one look scans, 0 or less to leave the lruvec alone. A
 * generation is added on the way, unless this is the gentlest pass.
 */
static int64_t to_scan(struct pfnscope_reclaim *r, struct pfnscope_lruvec *lruvec,
		       int64_t swappiness)
{
	const struct pfnscope_lru_rules *rules = &r->weighed->rules;
	bool aging = wants_aging(r, lruvec, swappiness);
	bool out = lruvec->max_seq - oldest(lruvec, rules, swappiness) < PFNSCOPE_MIN_GENS;
	int64_t pages = evictable_pages(lruvec, swappiness);

	if (!r->weighed->groups[lruvec->group].online)
		return out && !rules->gen_ages_twice ? 0 : pages;
	if (!aging)
		return pages >> r->priority;
	if (r->priority == PFNSCOPE_DEF_PRIORITY)
		return out ? 0 : pages >> r->priority;
	grow_generation(lruvec);
	return rules->gen_ages_twice ? pages >> r->priority : 0;
}

static void shrink_before(struct pfnscope_reclaim *r, struct pfnscope_scan *scan,
			  int64_t swappiness)
{
	struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	const struct pfnscope_lru_rules *rules = &r->weighed->rules;
	int64_t begun = lruvec->max_seq, scanned = 0;

	for (;;) {
		int64_t pages = to_scan(r, lruvec, swappiness), taken;

		if (pages <= 0)
			return;
		taken = evict(r, scan, swappiness, pages);
		scanned += taken;
		if (!taken || scanned >= pages)
			return;
		if (rules->gen_ages_twice && (lruvec->max_seq - begun > 1 ||
		    (r->done >= r->batch && scan->taken[PFNSCOPE_ANON])))
			return;
	}
}

/* In 7.2 */
static void shrink_since(struct pfnscope_reclaim *r, struct pfnscope_scan *scan,
			 int64_t swappiness)
{
	struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	const struct pfnscope_lru_group *group = &r->weighed->groups[lruvec->group];
	int64_t pages = evictable_pages(lruvec, swappiness);
	bool aged = false;

	if (group->online)
		pages = pfnscope_lru_unprotected(r, group, pages) >> r->priority;
	while (pages > 0) {
		int64_t taken, most = pages < PFNSCOPE_LRU_BATCH ? pages : PFNSCOPE_LRU_BATCH;

		if (wants_aging(r, lruvec, swappiness)) {
			grow_generation(lruvec);
			aged = true;
		}
		taken = evict(r, scan, swappiness, most);
		if (!taken || r->done >= r->batch || (r->host && aged))
			return;
		pages -= taken;
	}
}

void pfnscope_generations_shrink(struct pfnscope_reclaim *r, struct pfnscope_scan *scan)
{
	struct pfnscope_lruvec *lruvec = &r->weighed->lruvecs[scan->lruvec];
	const struct pfnscope_lru_group *group = &r->weighed->groups[lruvec->group];
	int64_t left = pfnscope_lru_swap_left(r->weighed, group);
	int64_t swappiness = left < PFNSCOPE_LRU_BATCH ? 0 : group->swappiness;

	for (int type = 0; type < PFNSCOPE_LRU_TYPES; type++)
		scan->generations[type] = gens_of(lruvec, type) - PFNSCOPE_MIN_GENS;
	scan->tiers = pfnscope_lru_type_by_tiers(lruvec, &r->weighed->rules, group->swappiness);
	scan->reason = !swappiness && group->swappiness ? PFNSCOPE_SCAN_NO_SWAP :
		       !swappiness ? PFNSCOPE_SCAN_SWAPPINESS_0 : PFNSCOPE_SCAN_GENERATIONS;
	if (r->weighed->rules.types_apart)
		shrink_since(r, scan, swappiness);
	else
		shrink_before(r, scan, swappiness);
}
