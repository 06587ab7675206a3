// SPDX-License-Identifier: GPL-2.0-only
/*
 * The only walk that takes lru_lock: at most 32 struct pages are looked at in one
 * hold, as many as reclaim isolates in one, and at most 1,024 entries in all. On
 * kernels that count the mappings of each page of a large one, up to v6.9, a large
 * page ends the hold, and its pages are looked at after it.
 *
 * Between two holds a reference keeps the page where the walk stopped from being
 * freed, as idle page tracking does, but it may leave the list or be rotated to
 * its head. The walk goes on only if the page is on a list of this lruvec and
 * still has the same neighbour towards the tail; else it says that it lost its
 * place. Nothing is moved, and no reference is kept from one row to the next.
 */
#include <linux/sched/signal.h>
#include <linux/swap.h>

#include "reach/clock.h"
#include "reach/lruvec.h"
#include "reach/memcg.h"
#include "reach/node.h"
#include "reach/page_lru.h"
#include "walk/lrutail.h"

#define ENTRIES_A_HOLD	SWAP_CLUSTER_MAX
#define ENTRIES_A_LIST	1024

/* The classic lists, then a list for each type and zone. */
#define SLOTS		(LRU_UNEVICTABLE + PFNSCOPE_LRU_TYPES * MAX_NR_ZONES)

/**
 * struct tail - one list and the place in it
 * @css: whose list, NULL where there are no cgroups
 * @root: the root of all cgroups
 * @pgdat: the node
 * @lruvec: the lists of both
 * @lru: the classic list, if @classic
 * @classic: not a list of the multi-gen LRU
 * @type: of the multi-gen list
 * @zone: likewise
 * @seq: likewise, the oldest generation that has pages of this type
 * @head: the list
 * @mark: page where the last hold ended, with a reference
 * @uncounted: the mark is not part of the record yet
 * @neighbour: what stood behind @mark then; to compare, not to follow
 */
struct tail {
	struct cgroup_subsys_state *css;
	struct cgroup_subsys_state *root;
	struct pglist_data *pgdat;
	struct lruvec *lruvec;
	enum lru_list lru;
	bool classic;
	unsigned int type;
	unsigned int zone;
	unsigned long seq;
	struct list_head *head;
	struct page *mark;
	bool uncounted;
	const struct list_head *neighbour;
};

static unsigned long page_classes(struct page *page, bool mapped)
{
	unsigned long flags = pfnscope_page_flags(page);
	unsigned long classes = 0;

	if (flags & PFNSCOPE_PG_DIRTY)
		classes |= BIT(PFNSCOPE_LRUTAIL_DIRTY);
	if (flags & PFNSCOPE_PG_WRITEBACK)
		classes |= BIT(PFNSCOPE_LRUTAIL_WRITEBACK);
	if (flags & PFNSCOPE_PG_REFERENCED)
		classes |= BIT(PFNSCOPE_LRUTAIL_REFERENCED);
	if (flags & (PFNSCOPE_PG_UNEVICTABLE | PFNSCOPE_PG_MLOCKED))
		classes |= BIT(PFNSCOPE_LRUTAIL_UNEVICTABLE);
	if (mapped)
		classes |= BIT(PFNSCOPE_LRUTAIL_MAPPED);
	if (pfnscope_large_pinned(page))
		classes |= BIT(PFNSCOPE_LRUTAIL_PINNED);
	return classes ? classes : BIT(PFNSCOPE_LRUTAIL_CLEAN);
}

static void count(struct page *page, bool mapped,
		  struct pfnscope_lrutail *record)
{
	unsigned long classes = page_classes(page, mapped);
	u64 pages = pfnscope_page_pages(page);
	unsigned int class;

	record->entries++;
	record->sampled += pages;
	for_each_set_bit(class, &classes, PFNSCOPE_LRUTAIL_CLASSES)
		record->classes[class] += pages;
}

/* Exact for the classic lists of a cgroup while the lock is held. */
static u64 list_pages(const struct tail *tail)
{
	u64 pages = 0;
	unsigned int i;

	if (!tail->classic)
		return pfnscope_lru_gen_pages(tail->lruvec, tail->seq,
					      tail->type, tail->zone);
	for (i = 0; i < MAX_NR_ZONES; i++)
		pages += pfnscope_lruvec_classic(tail->css, tail->lruvec,
						 &tail->pgdat->node_zones[i],
						 tail->lru);
	return pages;
}

static bool in_place(const struct tail *tail)
{
	if (!tail->classic &&
	    pfnscope_lru_gen_min(tail->lruvec, tail->type) > tail->seq)
		return false;
	return pfnscope_lruvec_has(tail->css, tail->root,
				   tail->pgdat->node_id, tail->mark) &&
	       pfnscope_page_link(tail->mark)->next == tail->neighbour;
}

/*
 * At the head of the list. A page and its neighbour that were rotated together
 * look as if they had stayed, and stand next to the head: the size tells.
 */
static enum pfnscope_lrutail_stop ended(const struct tail *tail,
					const struct pfnscope_lrutail *record)
{
	if (tail->mark && record->sampled < record->pages)
		return PFNSCOPE_LRUTAIL_LOST;
	return PFNSCOPE_LRUTAIL_END;
}

/* A page that is just being freed cannot be the mark. */
static bool set_mark(struct tail *tail, struct list_head *link)
{
	struct page *page = pfnscope_page_linked(link);

	if (!get_page_unless_zero(page))
		return false;
	tail->mark = page;
	tail->neighbour = link->next;
	return true;
}

/*
 * With the lock held. Returns true if the walk is to go on after a pause, before
 * which the page is to be counted. Nobody maps one that cannot be the mark.
 */
static bool put_off(struct tail *tail, struct list_head *link)
{
	struct page *page = pfnscope_page_linked(link);

	return PFNSCOPE_LARGE_MAPPED_IS_A_WALK && pfnscope_page_large(page) &&
	       set_mark(tail, link);
}

/* The same, as it is: the walk over its pages is too long for the lock. */
static void count_entry(struct list_head *link, struct pfnscope_lrutail *record)
{
	struct page *page = pfnscope_page_linked(link);
	bool walk = PFNSCOPE_LARGE_MAPPED_IS_A_WALK && pfnscope_page_large(page);

	count(page, !walk && pfnscope_page_mapped(page), record);
}

static bool full(const struct pfnscope_lrutail *record)
{
	return record->entries >= ENTRIES_A_LIST;
}

/* With the lock held. Returns true if the walk is to go on after a pause. */
static bool look(struct tail *tail, struct pfnscope_lrutail *record)
{
	struct list_head *link = tail->mark ? pfnscope_page_link(tail->mark) :
					      tail->head;
	unsigned int i;

	record->stop = PFNSCOPE_LRUTAIL_LOST;
	record->pages = list_pages(tail);
	if (tail->mark && !in_place(tail))
		return false;
	for (i = 0; i < ENTRIES_A_HOLD && !full(record); i++) {
		link = link->prev;
		if (pfnscope_lruvec_head(tail->lruvec, link)) {
			record->stop = ended(tail, record);
			return false;
		}
		tail->uncounted = put_off(tail, link);
		if (tail->uncounted)
			return true;
		count_entry(link, record);
	}
	if (full(record)) {
		record->stop = PFNSCOPE_LRUTAIL_CAP;
		return false;
	}
	return set_mark(tail, link);
}

/* One hold of the lock. The last mark may be freed with its reference. */
static bool hold(struct tail *tail, struct pfnscope_lrutail *record,
		 struct pfnscope_cost *cost)
{
	spinlock_t *lock = pfnscope_lruvec_lock(tail->lruvec, tail->pgdat);
	struct page *last = tail->mark;
	u64 start, held;
	bool more;

	spin_lock_irq(lock);
	start = pfnscope_clock_now();
	more = look(tail, record);
	held = pfnscope_clock_since(start);
	spin_unlock_irq(lock);
	if (last)
		put_page(last);
	if (more && tail->uncounted)
		count(tail->mark, pfnscope_page_mapped(tail->mark), record);
	cost->longest_hold_ns = max(cost->longest_hold_ns, held);
	return more;
}

static void sample(struct tail *tail, struct pfnscope_lrutail *record,
		   struct pfnscope_cost *cost)
{
	record->entries = 0;
	record->sampled = 0;
	memset(record->classes, 0, sizeof(record->classes));
	tail->mark = NULL;
	while (hold(tail, record, cost))
		cond_resched();
	cost->visited_pages += record->entries;
}

static bool generation_empty(struct lruvec *lruvec, unsigned long seq,
			     unsigned int type)
{
	unsigned int zone;

	for (zone = 0; zone < MAX_NR_ZONES; zone++)
		if (!list_empty(pfnscope_lru_gen_list(lruvec, seq, type, zone)))
			return false;
	return true;
}

/* Reclaim passes over generations that are empty, and so does this. */
static unsigned long oldest(struct lruvec *lruvec, unsigned int type)
{
	unsigned long seq = pfnscope_lru_gen_min(lruvec, type);

	while (seq < pfnscope_lru_gen_max(lruvec) &&
	       generation_empty(lruvec, seq, type))
		seq++;
	return seq;
}

static bool open_generation(struct tail *tail, unsigned int slot,
			    struct pfnscope_lrutail *record)
{
	struct lruvec *lruvec = tail->lruvec;

	if (!PFNSCOPE_LRU_GEN)
		return false;
	tail->type = slot / MAX_NR_ZONES;
	tail->zone = slot % MAX_NR_ZONES;
	tail->seq = oldest(lruvec, tail->type);
	tail->head = pfnscope_lru_gen_list(lruvec, tail->seq, tail->type,
					   tail->zone);
	record->list = PFNSCOPE_LRUTAIL_OLDEST_ANON + tail->type;
	record->zone = tail->pgdat->node_zones[tail->zone].name;
	record->seq = tail->seq;
	return true;
}

static void open_classic(struct tail *tail, unsigned int slot,
			 struct pfnscope_lrutail *record)
{
	tail->classic = true;
	tail->lru = slot;
	tail->head = pfnscope_lruvec_list(tail->lruvec, tail->lru);
	record->list = slot;
	record->zone = NULL;
	record->seq = PFNSCOPE_UNKNOWN;
}

/* Whether the list has anything is asked without the lock. */
static bool visit(struct pfnscope_lrutail_cursor *cursor,
		  struct pglist_data *pgdat, struct pfnscope_lrutail *record)
{
	struct tail tail = {
		.css = cursor->cgroups.css,
		.root = pfnscope_memcg_root(),
		.pgdat = pgdat,
		.lruvec = pfnscope_lruvec(cursor->cgroups.css, pgdat),
	};
	unsigned int slot = cursor->slot;

	if (slot < LRU_UNEVICTABLE)
		open_classic(&tail, slot, record);
	else if (!open_generation(&tail, slot - LRU_UNEVICTABLE, record))
		return false;
	if (list_empty(tail.head))
		return false;
	record->node = pgdat->node_id;
	sample(&tail, record, &cursor->cost);
	return record->entries;
}

/* To the next list of the cgroup, or of the next one. */
static bool next_list(struct pfnscope_lrutail_cursor *cursor,
		      struct pfnscope_cgroup *cgroup)
{
	if (cursor->cgroups.begun && ++cursor->slot < SLOTS)
		return true;
	cursor->slot = 0;
	if (cursor->cgroups.begun && ++cursor->node < nr_node_ids)
		return true;
	cursor->node = 0;
	return pfnscope_cgroups_next(&cursor->cgroups, cgroup);
}

/**
 * pfnscope_lrutail_fill - sample the next list that has pages
 * @cursor: zeroed for the first one
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_lrutail_fill(struct pfnscope_lrutail_cursor *cursor,
			  struct pfnscope_lrutail *record)
{
	struct pglist_data *pgdat;

	while (next_list(cursor, &record->cgroup)) {
		cond_resched();
		if (fatal_signal_pending(current))
			return -EINTR;
		pgdat = pfnscope_node(cursor->node);
		if (pgdat && visit(cursor, pgdat, record))
			return 1;
	}
	return 0;
}
