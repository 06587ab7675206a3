// SPDX-License-Identifier: GPL-2.0-only
/*
 * An entry is found by page frame and order, in one of the few places that its hash
 * allows; so nothing is left behind where one was removed. Blocks that are not
 * compound may come back in pieces, of which no tracepoint tells: an entry that a
 * piece lies in is divided, as the buddy allocator divides blocks, and what remains
 * is held on.
 */
#include <linux/atomic.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/irqflags.h>
#include <linux/log2.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "reach/order.h"
#include "walk/memory.h"
#include "watch/held.h"

/* Places for one hash: two cache lines of keys. */
#define WINDOW		16

/* Blocks of the highest order are told apart so far when pieces are looked for. */
#define REGIONS		4096

/* Looks before somebody gives up who meets an entry that is being divided. */
#define PATIENCE	256

/* Keys: 0 is a free place, odd ones are entries. */
#define BEING_FILLED	2

/**
 * struct pfnscope_held - all of them
 * @mask: windows less one
 * @dividing: entries that are being divided
 * @unsure: pages that came back meanwhile
 * @piecewise: entries of a region that may come back in pieces
 * @keys: of the places, window after window
 * @pages: what is known of them
 */
struct pfnscope_held {
	unsigned int mask;
	atomic_t dividing;
	atomic64_t unsure;
	atomic_t piecewise[REGIONS];
	atomic64_t *keys;
	struct pfnscope_held_page *pages;
};

/**
 * pfnscope_held_alloc - an empty table
 * @bytes: at most so large
 *
 * Return: NULL without memory.
 */
struct pfnscope_held *pfnscope_held_alloc(size_t bytes)
{
	size_t window = WINDOW * (sizeof(atomic64_t) +
				  sizeof(struct pfnscope_held_page));
	size_t windows = rounddown_pow_of_two(max_t(size_t, bytes / window, 1));
	struct pfnscope_held *held = __vmalloc(sizeof(*held),
					       PFNSCOPE_GFP | __GFP_ZERO);

	if (!held)
		return NULL;
	held->mask = windows - 1;
	held->keys = __vmalloc(windows * WINDOW * sizeof(*held->keys),
			       PFNSCOPE_GFP | __GFP_ZERO);
	held->pages = __vmalloc(windows * WINDOW * sizeof(*held->pages),
				PFNSCOPE_GFP | __GFP_ZERO);
	if (held->keys && held->pages)
		return held;
	pfnscope_held_free(held);
	return NULL;
}

void pfnscope_held_free(struct pfnscope_held *held)
{
	if (!held)
		return;
	vfree(held->pages);
	vfree(held->keys);
	vfree(held);
}

u64 pfnscope_held_hash(unsigned long pfn)
{
	u64 hash = pfn;

	hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdULL;
	hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53ULL;
	return hash ^ hash >> 33;
}

static u64 key_of(unsigned long pfn, unsigned int order)
{
	BUILD_BUG_ON(PFNSCOPE_NR_ORDERS > 16);
	return (u64)pfn << 5 | order << 1 | 1;
}

/* The low bits: sampling looks at the high ones. */
static unsigned int window_of(const struct pfnscope_held *held,
			      unsigned long pfn)
{
	return (pfnscope_held_hash(pfn) & held->mask) * WINDOW;
}

static atomic_t *region_of(struct pfnscope_held *held, unsigned long pfn)
{
	return &held->piecewise[(pfn >> (PFNSCOPE_NR_ORDERS - 1)) % REGIONS];
}

/* The place of an entry, -1 where it has none. */
static int find(const struct pfnscope_held *held, unsigned long pfn,
		unsigned int order)
{
	unsigned int place = window_of(held, pfn), end = place + WINDOW;
	u64 key = key_of(pfn, order);

	for (; place < end; place++)
		if (atomic64_read_acquire(&held->keys[place]) == key)
			return place;
	return -1;
}

static bool add(struct pfnscope_held *held, unsigned long pfn,
		unsigned int order, const struct pfnscope_held_page *entry)
{
	unsigned int place = window_of(held, pfn), end = place + WINDOW;

	for (; place < end; place++)
		if (!atomic64_read(&held->keys[place]) &&
		    !atomic64_cmpxchg(&held->keys[place], 0, BEING_FILLED))
			break;
	if (place == end)
		return false;
	held->pages[place] = *entry;
	if (entry->piecewise)
		atomic_inc(region_of(held, pfn));
	/* Pairs with find() and pfnscope_held_at(). */
	atomic64_set_release(&held->keys[place], key_of(pfn, order));
	return true;
}

static void remove(struct pfnscope_held *held, int place, unsigned long pfn)
{
	if (held->pages[place].piecewise)
		atomic_dec(region_of(held, pfn));
	atomic64_set_release(&held->keys[place], 0);
}

static bool remove_whole(struct pfnscope_held *held, unsigned long pfn,
			 unsigned int order, struct pfnscope_given *given)
{
	int place = find(held, pfn, order);

	if (place < 0)
		return false;
	given->caller = held->pages[place].caller;
	given->pages = BIT(order);
	remove(held, place, pfn);
	return true;
}

/**
 * pfnscope_held_add - pages were taken
 * @held: where to
 * @pfn: the first of them
 * @order: of all
 * @entry: what is known of them
 * @before: filled where they are known to be held already: they have come back by a
 *	way that no tracepoint tells of
 *
 * Return: false without room.
 */
bool pfnscope_held_add(struct pfnscope_held *held, unsigned long pfn,
		       unsigned int order, const struct pfnscope_held_page *entry,
		       struct pfnscope_given *before)
{
	before->pages = 0;
	before->lost = 0;
	remove_whole(held, pfn, order, before);
	return add(held, pfn, order, entry);
}

/* The half that @pfn does not lie in is held on, the other one divided further. */
static void keep_rest(struct pfnscope_held *held,
		      const struct pfnscope_held_page *entry, unsigned int above,
		      unsigned long pfn, unsigned int order,
		      struct pfnscope_given *given)
{
	while (above-- > order)
		if (!add(held, (pfn & ~(BIT(above) - 1)) ^ BIT(above), above,
			 entry))
			given->lost += BIT(above);
	given->caller = entry->caller;
	given->pages = BIT(order);
}

/* Others may be about to divide it too: one of them does. */
static bool divide(struct pfnscope_held *held, int place, unsigned int above,
		   unsigned long pfn, unsigned int order,
		   struct pfnscope_given *given)
{
	struct pfnscope_held_page entry = held->pages[place];
	unsigned long head = pfn & ~(BIT(above) - 1);
	u64 key = key_of(head, above);
	bool mine;

	atomic_inc(&held->dividing);
	mine = atomic64_cmpxchg(&held->keys[place], key, BEING_FILLED) == key;
	if (mine) {
		remove(held, place, head);
		keep_rest(held, &entry, above, pfn, order, given);
	}
	/* Whoever sees no division sees what came of it. */
	smp_mb__before_atomic();
	atomic_dec(&held->dividing);
	return mine;
}

/* 1 removed, 0 it is not there, -EAGAIN somebody else was faster with its neighbour. */
static int remove_piece(struct pfnscope_held *held, unsigned long pfn,
			unsigned int order, struct pfnscope_given *given)
{
	unsigned int above;
	int place;

	if (remove_whole(held, pfn, order, given))
		return 1;
	for (above = order + 1; above < PFNSCOPE_NR_ORDERS; above++) {
		place = find(held, pfn & ~(BIT(above) - 1), above);
		if (place >= 0 && held->pages[place].piecewise)
			return divide(held, place, above, pfn, order, given) ?
			       1 : -EAGAIN;
	}
	return 0;
}

/*
 * Two CPUs may give back pieces of one entry at once: who does not find it while
 * another divides it looks again, but not forever. Interrupts are off, so that a
 * division is short and whoever waits for it has not interrupted it.
 */
static bool remove_near(struct pfnscope_held *held, unsigned long pfn,
			unsigned int order, struct pfnscope_given *given)
{
	unsigned int looks;
	unsigned long flags;
	bool dividing;
	int removed = 0;

	local_irq_save(flags);
	for (looks = 0; looks < PATIENCE; looks++) {
		dividing = atomic_read(&held->dividing);
		smp_rmb(); /* pairs with divide() */
		removed = remove_piece(held, pfn, order, given);
		if (removed > 0 || (!removed && !dividing))
			break;
		cpu_relax();
	}
	local_irq_restore(flags);
	if (looks == PATIENCE)
		atomic64_inc(&held->unsure);
	return removed > 0;
}

/**
 * pfnscope_held_remove - pages come back
 * @held: where from
 * @pfn: the first of them
 * @order: of all
 * @sampled: pfnscope_held_add() would have been called for them
 * @given: filled
 *
 * Return: false where they are not known to be held.
 */
bool pfnscope_held_remove(struct pfnscope_held *held, unsigned long pfn,
			  unsigned int order, bool sampled,
			  struct pfnscope_given *given)
{
	given->lost = 0;
	if (unlikely(atomic_read(region_of(held, pfn)) ||
		     atomic_read(&held->dividing)))
		return remove_near(held, pfn, order, given);
	return sampled && remove_whole(held, pfn, order, given);
}

unsigned int pfnscope_held_size(const struct pfnscope_held *held)
{
	return (held->mask + 1) * WINDOW;
}

bool pfnscope_held_at(const struct pfnscope_held *held, unsigned int place,
		      struct pfnscope_held_page *entry, unsigned int *order)
{
	u64 key = atomic64_read_acquire(&held->keys[place]);

	if (!(key & 1))
		return false;
	*entry = held->pages[place];
	*order = key >> 1 & 0xf;
	smp_rmb(); /* pairs with whoever fills the place anew */
	return atomic64_read(&held->keys[place]) == key;
}

u64 pfnscope_held_unsure(const struct pfnscope_held *held)
{
	return atomic64_read(&held->unsure);
}
