// SPDX-License-Identifier: GPL-2.0-only
/*
 * A place belongs to a task and a kind from cmpxchg() of its key to the end, and only
 * the task looks into it. One that never ended anything, as it was killed inside by an
 * oops, loses its place after a minute to whoever needs it.
 */
#include <linux/atomic.h>
#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/cache.h>
#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/time64.h>

#include "walk/memory.h"
#include "watch/begun.h"

#define BEGUN_BITS	12
#define BEGUN_PLACES	BIT(BEGUN_BITS)
#define BEGUN_TRIES	16
#define BEGUN_MAX_NS	(60ULL * NSEC_PER_SEC)

#define ASKED_BITS	10

/**
 * struct begun_place - a task and a kind
 * @key: the task's address, never followed, and the kind; 0 is free
 * @thing: what it has begun
 */
struct begun_place {
	unsigned long key;
	struct pfnscope_begun_thing thing;
};

/**
 * struct pfnscope_begun - all of them
 * @lost: what found no place, or lost it
 * @asked: by pid. One word each, as another task may put its own there: the pid, the
 *	order and the gfp
 * @places: open addressed
 */
struct pfnscope_begun {
	atomic64_t lost;
	u64 asked[BIT(ASKED_BITS)];
	struct begun_place places[BEGUN_PLACES];
};

/**
 * pfnscope_begun_alloc - an empty table
 *
 * Return: NULL without memory.
 */
struct pfnscope_begun *pfnscope_begun_alloc(void)
{
	return __vmalloc(sizeof(struct pfnscope_begun),
			 PFNSCOPE_GFP | __GFP_ZERO);
}

/**
 * pfnscope_begun_free - give it back
 * @begun: or NULL
 */
void pfnscope_begun_free(struct pfnscope_begun *begun)
{
	vfree(begun);
}

/* Tasks are as far apart as cache lines, at least. */
static unsigned long key_of(enum pfnscope_event_kind kind)
{
	BUILD_BUG_ON(PFNSCOPE_EVENT_KINDS > L1_CACHE_BYTES);
	return (unsigned long)current + kind;
}

static struct begun_place *place_at(struct pfnscope_begun *begun,
				    unsigned long key, unsigned int try)
{
	unsigned long at = hash_long(key, BEGUN_BITS) + try;

	return &begun->places[at % BEGUN_PLACES];
}

static struct begun_place *find(struct pfnscope_begun *begun, unsigned long key)
{
	struct begun_place *place;
	unsigned int try;

	for (try = 0; try < BEGUN_TRIES; try++) {
		place = place_at(begun, key, try);
		if (READ_ONCE(place->key) == key)
			return place;
	}
	return NULL;
}

/* Free, or so old that nobody will ask for it. */
static bool claim(struct pfnscope_begun *begun, struct begun_place *place,
		  unsigned long key, u64 now_ns)
{
	unsigned long old = READ_ONCE(place->key);
	u64 since_ns = READ_ONCE(place->thing.since_ns);

	/* 0: it is claimed, and the time comes next. */
	if (old && (!since_ns || now_ns < since_ns + BEGUN_MAX_NS))
		return false;
	if (cmpxchg(&place->key, old, key) != old)
		return false;
	if (old)
		atomic64_inc(&begun->lost);
	return true;
}

static struct begun_place *find_room(struct pfnscope_begun *begun,
				     unsigned long key, u64 now_ns)
{
	struct begun_place *place;
	unsigned int try;

	for (try = 0; try < BEGUN_TRIES; try++) {
		place = place_at(begun, key, try);
		if (claim(begun, place, key, now_ns))
			return place;
	}
	return NULL;
}

/**
 * pfnscope_begun_add - the current task begins something
 * @begun: the table
 * @kind: of what
 * @thing: the rest; since_ns is now
 *
 * What it had begun before, without an end, is over.
 */
void pfnscope_begun_add(struct pfnscope_begun *begun,
			enum pfnscope_event_kind kind,
			const struct pfnscope_begun_thing *thing)
{
	unsigned long key = key_of(kind);
	struct begun_place *place = find(begun, key);

	if (place)
		atomic64_inc(&begun->lost);
	else
		place = find_room(begun, key, thing->since_ns);
	if (place)
		place->thing = *thing;
	else
		atomic64_inc(&begun->lost);
}

/**
 * pfnscope_begun_take - the current task ends something
 * @begun: the table
 * @kind: of what
 * @thing: filled
 *
 * Return: false where nobody knows when it began.
 */
bool pfnscope_begun_take(struct pfnscope_begun *begun,
			 enum pfnscope_event_kind kind,
			 struct pfnscope_begun_thing *thing)
{
	struct begun_place *place = find(begun, key_of(kind));

	if (!place)
		return false;
	*thing = place->thing;
	WRITE_ONCE(place->thing.since_ns, 0);
	/* What was read belongs to the next one from here on. */
	smp_store_release(&place->key, 0);
	return true;
}

/**
 * pfnscope_begun_since - since when the current task is at something
 * @begun: the table
 * @kind: of what
 *
 * Return: the time, 0 where it has not begun.
 */
u64 pfnscope_begun_since(struct pfnscope_begun *begun,
			 enum pfnscope_event_kind kind)
{
	struct begun_place *place = find(begun, key_of(kind));

	return place ? place->thing.since_ns : 0;
}

/* What throttles a task while it is at it. */
static const enum pfnscope_event_kind throttled[] = {
	PFNSCOPE_EVENT_DIRECT_RECLAIM,
	PFNSCOPE_EVENT_MEMCG_RECLAIM,
	PFNSCOPE_EVENT_NODE_RECLAIM,
	PFNSCOPE_EVENT_COMPACTION,
};

/**
 * pfnscope_begun_slept - the current task had to sleep in what it has begun
 * @begun: the table
 * @ns: how long
 *
 * It reclaims or compacts, and not several at a time: what it has begun last, should
 * one have lost its end.
 */
void pfnscope_begun_slept(struct pfnscope_begun *begun, u64 ns)
{
	struct begun_place *place, *last = NULL;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(throttled); i++) {
		place = find(begun, key_of(throttled[i]));
		if (place && (!last || place->thing.since_ns >
				       last->thing.since_ns))
			last = place;
	}
	if (last)
		last->thing.slept_ns += ns;
}

/**
 * pfnscope_begun_lost - of how much nobody will know how long it took
 * @begun: the table
 */
u64 pfnscope_begun_lost(struct pfnscope_begun *begun)
{
	return atomic64_read(&begun->lost);
}

#define GFP_WIDTH	32
#define ORDER_WIDTH	8

static u64 *asked_of(struct pfnscope_begun *begun)
{
	return &begun->asked[hash_32(current->pid, ASKED_BITS)];
}

/**
 * pfnscope_begun_ask - the current task will compact for a request
 * @begun: the table
 * @gfp: of the request
 * @order: of the request
 */
void pfnscope_begun_ask(struct pfnscope_begun *begun, gfp_t gfp,
			unsigned int order)
{
	u64 word = (u64)current->pid << (GFP_WIDTH + ORDER_WIDTH) |
		   (u64)order << GFP_WIDTH | (__force u32)gfp;

	WRITE_ONCE(*asked_of(begun), word);
}

/**
 * pfnscope_begun_asked - for what it compacts
 * @begun: the table
 * @asked: gets gfp and order, where it is known
 */
void pfnscope_begun_asked(struct pfnscope_begun *begun,
			  struct pfnscope_event_asked *asked)
{
	u64 word = READ_ONCE(*asked_of(begun));

	if (word >> (GFP_WIDTH + ORDER_WIDTH) != current->pid)
		return;
	asked->gfp = (u32)word;
	asked->order = (u8)(word >> GFP_WIDTH);
}

/**
 * pfnscope_begun_forget - what tasks compact for; while none of them tells
 * @begun: the table
 */
void pfnscope_begun_forget(struct pfnscope_begun *begun)
{
	memset(begun->asked, 0, sizeof(begun->asked));
}
