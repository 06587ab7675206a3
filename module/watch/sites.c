// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether a page is followed depends on its number and order alone, so that whoever
 * gives it back decides alike and those not followed cost a hash. Of blocks of one
 * size as large a share is followed as makes each page of memory as likely as any
 * other: of those as large as the rate, and larger, all.
 */
#include <linux/hardirq.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/ktime.h>
#include <linux/log2.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "reach/pagetrace.h"
#include "uapi/pfnscope.h"
#include "walk/cancel.h"
#include "walk/memory.h"
#include "watch/callers.h"
#include "watch/held.h"
#include "watch/sites.h"

/**
 * struct pfnscope_sites - all that there is while it is on
 * @kref: it is on, or somebody reads
 * @setting: as it was switched on
 * @shift: binary logarithm of the rate
 * @left_out: requests with one of these flags are not followed
 * @callers: who asked
 * @held: for what
 * @homeless: pages of samples whose call site found no room, or is not known
 */
struct pfnscope_sites {
	struct kref kref;
	struct pfnscope_sites_setting setting;
	unsigned int shift;
	gfp_t left_out;
	struct pfnscope_callers *callers;
	struct pfnscope_held *held;
	atomic64_t homeless;
};

/**
 * struct pfnscope_site_sum - what a call site holds
 * @samples: entries
 * @pages: in them
 * @oldest_ns: when the oldest was taken
 * @newest_ns: likewise the newest
 * @pid: of the task that took that
 * @comm: likewise
 */
struct pfnscope_site_sum {
	u64 samples;
	u64 pages;
	u64 oldest_ns;
	u64 newest_ns;
	s32 pid;
	char comm[TASK_COMM_LEN];
};

/* Places looked at before others are let run. */
#define BATCH	1024

/* Guards the switch. Never taken where pages are taken or given. */
static DEFINE_MUTEX(switch_mutex);
static struct pfnscope_sites *sites;

/* --- the probes --- */

/* How many bits of the hash have to be 0: one block in two to this power is followed. */
static unsigned int bits_of(const struct pfnscope_sites *s, unsigned int order)
{
	return s->shift > order ? s->shift - order : 0;
}

static __always_inline bool is_sampled(const struct pfnscope_sites *s,
				       unsigned long pfn, unsigned int order)
{
	unsigned int bits = bits_of(s, order);

	return !bits || !(pfnscope_held_hash(pfn) >> (64 - bits));
}

static void note_given(struct pfnscope_sites *s,
		       const struct pfnscope_given *given)
{
	struct pfnscope_caller *caller =
		pfnscope_caller_at(s->callers, given->caller);

	atomic_long_add(given->pages, &caller->given);
	if (unlikely(given->lost))
		atomic_long_add(given->lost, &caller->lost);
}

static void hold(struct pfnscope_sites *s, struct pfnscope_caller *caller,
		 unsigned long pfn, unsigned int order, gfp_t gfp)
{
	struct pfnscope_held_page entry = {
		.since_ns = ktime_get_mono_fast_ns(),
		.caller = pfnscope_caller_place(s->callers, caller),
		.pid = current->pid,
		/* Huge pages are split, but no compound page of the kernel's. */
		.piecewise = order && (gfp & __GFP_MOVABLE ||
				       !(gfp & __GFP_COMP)),
	};
	struct pfnscope_given before;

	memcpy(entry.comm, current->comm, sizeof(entry.comm));
	atomic_long_add(BIT(order), &caller->taken);
	if (!pfnscope_held_add(s->held, pfn, order, &entry, &before))
		atomic_long_add(BIT(order), &caller->lost);
	if (unlikely(before.pages))
		note_given(s, &before);
}

static noinline void follow(struct pfnscope_sites *s, struct page *page,
			    unsigned long pfn, unsigned int order, gfp_t gfp)
{
	struct pfnscope_caller *caller = NULL;

	/* Stacks are not walked there; requests come since 6.15, and are few. */
	if (!in_nmi())
		caller = pfnscope_caller_of(s->callers, page, order);
	if (caller)
		hold(s, caller, pfn, order, gfp);
	else
		atomic64_add(BIT(order), &s->homeless);
}

static void page_taken(void *data, struct page *page, unsigned int order,
		       gfp_t gfp, int migratetype)
{
	struct pfnscope_sites *s = data;
	unsigned long pfn;

	if (gfp & s->left_out || unlikely(!page))
		return;
	pfn = page_to_pfn(page);
	if (is_sampled(s, pfn, order))
		follow(s, page, pfn, order, gfp);
}

static void page_given(void *data, struct page *page, unsigned int order)
{
	struct pfnscope_sites *s = data;
	unsigned long pfn = page_to_pfn(page);
	struct pfnscope_given given;

	if (pfnscope_held_remove(s->held, pfn, order, is_sampled(s, pfn, order),
				 &given))
		note_given(s, &given);
}

/* --- the switch --- */

static void sites_release(struct kref *kref)
{
	struct pfnscope_sites *s = container_of(kref, struct pfnscope_sites,
						kref);

	pfnscope_held_free(s->held);
	pfnscope_callers_free(s->callers);
	kfree(s);
}

/* A quarter for the call sites, the rest for the pages. */
static struct pfnscope_sites *
sites_alloc(const struct pfnscope_sites_setting *setting)
{
	struct pfnscope_sites *s = kzalloc(sizeof(*s), PFNSCOPE_GFP);
	size_t bytes = (size_t)setting->mib << 20;

	if (!s)
		return NULL;
	kref_init(&s->kref);
	s->setting = *setting;
	s->shift = ilog2(setting->rate);
	s->left_out = setting->movable ? 0 : __GFP_MOVABLE;
	s->callers = pfnscope_callers_alloc(bytes / 4);
	s->held = pfnscope_held_alloc(bytes - bytes / 4);
	if (s->callers && s->held)
		return s;
	kref_put(&s->kref, sites_release);
	return NULL;
}

static void sites_off(void)
{
	if (!sites)
		return;
	pfnscope_pagetrace_off();
	kref_put(&sites->kref, sites_release);
	sites = NULL;
}

static int sites_on(struct pfnscope_sites *s)
{
	int ret;

	sites = s;
	ret = pfnscope_pagetrace_on(page_taken, page_given, s);
	if (ret)
		sites_off();
	return ret;
}

static int switch_to(const struct pfnscope_sites_setting *setting)
{
	struct pfnscope_sites *s = NULL;

	if (setting->rate) {
		if (pfnscope_pagetrace_unavailable())
			return -ENODEV;
		s = sites_alloc(setting);
		if (!s)
			return -ENOMEM;
	}
	sites_off();
	return s ? sites_on(s) : 0;
}

static bool is_set(const struct pfnscope_sites_setting *setting)
{
	if (!sites || !setting->rate)
		return !sites && !setting->rate;
	return sites->setting.rate == setting->rate &&
	       sites->setting.mib == setting->mib &&
	       sites->setting.movable == setting->movable;
}

/**
 * pfnscope_sites_set - what is followed from now on
 * @setting: a new one gives up what was known
 *
 * Return: 0, -EINVAL beyond the bounds, or another negative errno, and then nothing
 * has changed unless the probes could not be registered.
 */
int pfnscope_sites_set(const struct pfnscope_sites_setting *setting)
{
	int ret = 0;

	if (setting->rate &&
	    (setting->rate > PFNSCOPE_SITES_RATE_MAX ||
	     !is_power_of_2(setting->rate) || !setting->mib ||
	     setting->mib > PFNSCOPE_SITES_MIB_MAX))
		return -EINVAL;
	mutex_lock(&switch_mutex);
	if (!is_set(setting))
		ret = switch_to(setting);
	mutex_unlock(&switch_mutex);
	return ret;
}

/**
 * pfnscope_sites_get - what is followed
 * @setting: filled
 */
void pfnscope_sites_get(struct pfnscope_sites_setting *setting)
{
	mutex_lock(&switch_mutex);
	if (sites)
		*setting = sites->setting;
	else
		*setting = (struct pfnscope_sites_setting){ 0 };
	mutex_unlock(&switch_mutex);
}

/**
 * pfnscope_sites_exit - off, for good
 */
void pfnscope_sites_exit(void)
{
	mutex_lock(&switch_mutex);
	sites_off();
	mutex_unlock(&switch_mutex);
}

/* --- for the file --- */

static void add_to(struct pfnscope_site_sum *sum,
		   const struct pfnscope_held_page *entry, unsigned int order)
{
	if (!sum->samples || entry->since_ns < sum->oldest_ns)
		sum->oldest_ns = entry->since_ns;
	if (!sum->samples || entry->since_ns >= sum->newest_ns) {
		sum->newest_ns = entry->since_ns;
		sum->pid = entry->pid;
		memcpy(sum->comm, entry->comm, sizeof(sum->comm));
	}
	sum->samples++;
	sum->pages += BIT(order);
}

/* Of a table that may have millions of places, most of which have nothing to tell. */
static int rest(unsigned int place)
{
	if (place % BATCH)
		return 0;
	cond_resched();
	return pfnscope_walk_cancelled() ? -EINTR : 0;
}

static int add_up(struct pfnscope_sites_cursor *cursor)
{
	struct pfnscope_held *held = cursor->sites->held;
	unsigned int place, order, size = pfnscope_held_size(held);
	struct pfnscope_held_page entry;
	int ret = 0;

	for (place = 0; place < size && !ret; place++) {
		if (pfnscope_held_at(held, place, &entry, &order))
			add_to(&cursor->sums[entry.caller], &entry, order);
		ret = rest(place);
	}
	return ret;
}

/**
 * pfnscope_sites_begin - add up what is held now
 * @cursor: zeroed
 *
 * Return: 0, -ENOMEM, or -EINTR when the task is being killed.
 */
int pfnscope_sites_begin(struct pfnscope_sites_cursor *cursor)
{
	unsigned int size;
	int ret;

	mutex_lock(&switch_mutex);
	cursor->sites = sites;
	if (sites)
		kref_get(&sites->kref);
	mutex_unlock(&switch_mutex);
	if (!cursor->sites)
		return 0;
	size = pfnscope_callers_size(cursor->sites->callers);
	cursor->sums = __vmalloc(array_size(size, sizeof(*cursor->sums)),
				 PFNSCOPE_GFP | __GFP_ZERO);
	ret = cursor->sums ? add_up(cursor) : -ENOMEM;
	if (ret)
		pfnscope_sites_end(cursor);
	cursor->now_ns = ktime_get_mono_fast_ns();
	return ret;
}

/**
 * pfnscope_sites_end - give back what begin took
 * @cursor: the walk
 */
void pfnscope_sites_end(struct pfnscope_sites_cursor *cursor)
{
	if (!cursor->sites)
		return;
	vfree(cursor->sums);
	kref_put(&cursor->sites->kref, sites_release);
}

/* Of so many that were met where one in @one_in is. */
static u64 error_of(u64 met, u64 one_in)
{
	return int_sqrt(met * one_in * (one_in - 1));
}

static u64 age_ms(const struct pfnscope_sites_cursor *cursor, u64 since_ns)
{
	return div_u64(cursor->now_ns - min(cursor->now_ns, since_ns),
		       NSEC_PER_MSEC);
}

static void fill_held(const struct pfnscope_sites_cursor *cursor,
		      const struct pfnscope_site_sum *sum,
		      struct pfnscope_site *record)
{
	record->samples = sum->samples;
	record->estimated = sum->pages * record->one_in;
	record->error = error_of(DIV_ROUND_UP_ULL(sum->pages, BIT(record->order)),
				 record->one_in) << record->order;
	record->oldest_ms = PFNSCOPE_UNKNOWN;
	record->newest_ms = PFNSCOPE_UNKNOWN;
	record->pid = PFNSCOPE_UNKNOWN;
	record->comm[0] = '\0';
	if (!sum->samples)
		return;
	record->oldest_ms = age_ms(cursor, sum->oldest_ns);
	record->newest_ms = age_ms(cursor, sum->newest_ns);
	record->pid = sum->pid;
	strscpy(record->comm, sum->comm, sizeof(record->comm));
}

static void fill_site(const struct pfnscope_sites_cursor *cursor,
		      const struct pfnscope_caller *caller,
		      struct pfnscope_site *record)
{
	struct pfnscope_sites *s = cursor->sites;
	const struct zone *zones = NODE_DATA(caller->node)->node_zones;

	record->site = cursor->place + 1;
	record->node = caller->node;
	record->zone = zones[caller->zone].name;
	record->order = caller->order;
	record->one_in = BIT(bits_of(s, caller->order));
	record->taken = atomic_long_read(&caller->taken);
	record->given = atomic_long_read(&caller->given);
	record->lost = atomic_long_read(&caller->lost);
	fill_held(cursor, &cursor->sums[cursor->place], record);
	pfnscope_caller_print(s->callers, caller, record->stack);
}

/* What is not in the rows is said below them. */
static bool fill_remark(struct pfnscope_sites_cursor *cursor,
			struct pfnscope_site *record)
{
	u64 unsure = pfnscope_held_unsure(cursor->sites->held);

	cursor->lost += atomic64_read(&cursor->sites->homeless);
	if (cursor->lost)
		snprintf(record->remark, sizeof(record->remark),
			 "%llu sampled pages found no room since it was switched on: more mib= holds more",
			 cursor->lost);
	else if (unsure)
		snprintf(record->remark, sizeof(record->remark),
			 "%llu times pages came back unnoticed, and count as held",
			 unsure);
	return cursor->lost || unsure;
}

/**
 * pfnscope_sites_fill - the next call site that holds, or has lost, something
 * @cursor: the walk
 * @record: filled
 *
 * Return: 1, 0 after the last one, -EINTR when the task is being killed.
 */
int pfnscope_sites_fill(struct pfnscope_sites_cursor *cursor,
			struct pfnscope_site *record)
{
	struct pfnscope_sites *s = cursor->sites;
	struct pfnscope_caller *caller;
	unsigned long lost;

	record->remark[0] = '\0';
	for (; s && cursor->place < pfnscope_callers_size(s->callers);
	     cursor->place++) {
		if (rest(cursor->place))
			return -EINTR;
		caller = pfnscope_caller_at(s->callers, cursor->place);
		if (!pfnscope_caller_ready(caller))
			continue;
		lost = atomic_long_read(&caller->lost);
		cursor->lost += lost;
		if (!lost && !cursor->sums[cursor->place].samples)
			continue;
		fill_site(cursor, caller, record);
		cursor->place++;
		return 1;
	}
	if (cursor->said)
		return 0;
	cursor->said = true;
	if (s)
		return fill_remark(cursor, record);
	strscpy(record->remark, PFNSCOPE_SWITCHED_OFF ": control/sites",
		sizeof(record->remark));
	return 1;
}
