/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The LRU lists of one memory cgroup on one node. Whoever uses a lruvec has a
 * reference to the cgroup, or no cgroup at all (NULL), and then it is the node's.
 */
#ifndef PFNSCOPE_REACH_LRUVEC_H
#define PFNSCOPE_REACH_LRUVEC_H

#include <linux/jiffies.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/mmzone.h>
#include <linux/spinlock.h>
#include <linux/vmstat.h>

#include "reach/config.h"
#include "reach/page_cgroup.h"
#include "reach/page_lru.h"

/* mem_cgroup_lruvec() refers to root_mem_cgroup, which is not exported. */
static inline struct lruvec *pfnscope_lruvec(struct cgroup_subsys_state *css,
					     struct pglist_data *pgdat)
{
#ifdef CONFIG_MEMCG
	if (css)
		return &mem_cgroup_from_css(css)->nodeinfo[pgdat->node_id]->lruvec;
#endif
	return &pgdat->__lruvec;
}

/*
 * Pages that the classic lists hold, and the unevictable ones. Without cgroups
 * only the zone counts, and includes the multi-gen lists.
 */
static inline u64 pfnscope_lruvec_classic(struct cgroup_subsys_state *css,
					  struct lruvec *lruvec,
					  struct zone *zone, enum lru_list lru)
{
	long pages;

	if (css)
		pages = mem_cgroup_get_zone_lru_size(lruvec, lru,
						     zone_idx(zone));
	else
		pages = zone_page_state(zone, NR_ZONE_LRU_BASE + lru);
	return max(pages, 0L);
}

/* What reclaim of a type cost, a floating average that is written under a lock. */
static inline u64 pfnscope_lruvec_cost(const struct lruvec *lruvec, int type)
{
#ifdef HAVE_LRUVEC_COST_ARRAY
	return READ_ONCE(lruvec->cost[type].count);
#else
	return READ_ONCE(*(type ? &lruvec->file_cost : &lruvec->anon_cost));
#endif
}

/* Refaults that became active, as they were when reclaim last looked at the lruvec. */
static inline u64 pfnscope_lruvec_refaults(const struct lruvec *lruvec, int type)
{
	return READ_ONCE(lruvec->refaults[type]);
}

#ifdef CONFIG_LRU_GEN

#define PFNSCOPE_LRU_GEN true

static inline bool pfnscope_lru_gen_enabled(const struct lruvec *lruvec)
{
	return READ_ONCE(lruvec->lrugen.enabled);
}

static inline unsigned long pfnscope_lru_gen_max(const struct lruvec *lruvec)
{
	return READ_ONCE(lruvec->lrugen.max_seq);
}

/* The oldest generation of a type; at most MAX_NR_GENS - 1 before the youngest. */
static inline unsigned long pfnscope_lru_gen_min(const struct lruvec *lruvec,
						 int type)
{
	return READ_ONCE(lruvec->lrugen.min_seq[type]);
}

static inline u64 pfnscope_lru_gen_age_ms(const struct lruvec *lruvec,
					  unsigned long seq)
{
	unsigned long birth;

	birth = READ_ONCE(lruvec->lrugen.timestamps[seq % MAX_NR_GENS]);
	return jiffies_to_msecs(jiffies - birth);
}

/*
 * What read_ctrl_pos() makes of one tier: the average of the generations that
 * have gone and what was counted in the oldest one. Up to 6.12 the first tier has
 * no count of protected pages, in 7.2 it has: the array tells.
 */
static inline void pfnscope_lru_gen_tier(const struct lruvec *lruvec, int type,
					 unsigned int tier, u64 *refaulted,
					 u64 *evicted)
{
	const unsigned int first =
		MAX_NR_TIERS - ARRAY_SIZE(lruvec->lrugen.protected[0][0]);
	unsigned int hist =
		pfnscope_lru_gen_min(lruvec, type) % NR_HIST_GENS;

	*refaulted = READ_ONCE(lruvec->lrugen.avg_refaulted[type][tier]) +
		     atomic_long_read(&lruvec->lrugen.refaulted[hist][type][tier]);
	*evicted = READ_ONCE(lruvec->lrugen.avg_total[type][tier]) +
		   atomic_long_read(&lruvec->lrugen.evicted[hist][type][tier]);
	if (tier >= first)
		*evicted += READ_ONCE(lruvec->lrugen.protected[hist][type][tier - first]);
}

/* The kernel's own count may be below zero for a moment. */
static inline u64 pfnscope_lru_gen_pages(const struct lruvec *lruvec,
					 unsigned long seq, int type, int zone)
{
	long pages;

	pages = READ_ONCE(lruvec->lrugen.nr_pages[seq % MAX_NR_GENS][type][zone]);
	return max(pages, 0L);
}

/* The list was called lists before v6.2 and its stable backports. */
static inline struct list_head *
pfnscope_lru_gen_list(struct lruvec *lruvec, unsigned long seq, int type,
		      int zone)
{
#ifdef HAVE_LRU_GEN_FOLIOS
	return &lruvec->lrugen.folios[seq % MAX_NR_GENS][type][zone];
#else
	return &lruvec->lrugen.lists[seq % MAX_NR_GENS][type][zone];
#endif
}

#else /* !CONFIG_LRU_GEN */

#define PFNSCOPE_LRU_GEN false
#ifndef MAX_NR_GENS /* since v7.1 without CONFIG_LRU_GEN as well */
#define MAX_NR_GENS 1
#endif

static inline bool pfnscope_lru_gen_enabled(const struct lruvec *lruvec)
{
	return false;
}

static inline unsigned long pfnscope_lru_gen_max(const struct lruvec *lruvec)
{
	return 0;
}

static inline unsigned long pfnscope_lru_gen_min(const struct lruvec *lruvec,
						 int type)
{
	return 0;
}

static inline u64 pfnscope_lru_gen_age_ms(const struct lruvec *lruvec,
					  unsigned long seq)
{
	return 0;
}

static inline void pfnscope_lru_gen_tier(const struct lruvec *lruvec, int type,
					 unsigned int tier, u64 *refaulted,
					 u64 *evicted)
{
	*refaulted = 0;
	*evicted = 0;
}

static inline u64 pfnscope_lru_gen_pages(const struct lruvec *lruvec,
					 unsigned long seq, int type, int zone)
{
	return 0;
}

static inline struct list_head *
pfnscope_lru_gen_list(struct lruvec *lruvec, unsigned long seq, int type,
		      int zone)
{
	return NULL;
}

#endif /* CONFIG_LRU_GEN */

/**
 * pfnscope_lruvec_list - a classic list
 * @lruvec: its lruvec
 * @lru: any but LRU_UNEVICTABLE, which is no list since v5.18
 */
static inline struct list_head *pfnscope_lruvec_list(struct lruvec *lruvec,
						     enum lru_list lru)
{
	return &lruvec->lists[lru];
}

/* Is this link the head of any list of the lruvec, not a page? */
static inline bool pfnscope_lruvec_head(const struct lruvec *lruvec,
					const struct list_head *link)
{
	return (void *)link >= (void *)lruvec &&
	       (void *)link < (void *)(lruvec + 1);
}

/* The lock of all LRU lists was the node's up to v5.10. */
static inline spinlock_t *pfnscope_lruvec_lock(struct lruvec *lruvec,
					       struct pglist_data *pgdat)
{
#ifdef HAVE_LRUVEC_LRU_LOCK
	return &lruvec->lru_lock;
#else
	return &pgdat->lru_lock;
#endif
}

/**
 * pfnscope_lruvec_has - is the page on one of these lists now?
 * @css: the lruvec's cgroup
 * @root: the root of all cgroups, which has the pages that are not charged
 * @node: the lruvec's node
 * @page: with a reference
 *
 * With the lock held: PageLRU is set and the page linked in under this lock, and
 * who clears it must take this lock before unlinking the page.
 */
static inline bool pfnscope_lruvec_has(struct cgroup_subsys_state *css,
				       struct cgroup_subsys_state *root,
				       int node, struct page *page)
{
	struct cgroup_subsys_state *owner;

	if (!pfnscope_page_on_lru(page, node))
		return false;
	rcu_read_lock();
	owner = pfnscope_page_css(page);
	rcu_read_unlock();
	return !css || css == (owner ? owner : root);
}

#endif /* PFNSCOPE_REACH_LRUVEC_H */
