/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Call sites of allocations: a stack, a zone and an order are one. A table of fixed
 * size, to which probes add without a lock in any context and from which nothing is
 * removed before it is freed.
 */
#ifndef PFNSCOPE_WATCH_CALLERS_H
#define PFNSCOPE_WATCH_CALLERS_H

#include <linux/atomic.h>
#include <linux/types.h>

#define PFNSCOPE_CALLER_FRAMES	16

/* Room for the names of a stack; of a longer one the outermost are left out. */
#define PFNSCOPE_STACK_TEXT	1024

/**
 * struct pfnscope_caller - a call site
 * @id: of stack, zone and order: a hash whose equality is taken for theirs, as one
 *	in 2^64 is not; 0 is a free place
 * @ready: what follows it does not change any more, but for @frames of a module that
 *	goes
 * @node: of the pages
 * @zone: likewise, by enum zone_type
 * @order: of the requests
 * @count: of @frames
 * @taken: pages of its samples
 * @given: of these, given back
 * @lost: of these, found no room where held pages are kept
 * @frames: return addresses, or numbers of kept names
 */
struct pfnscope_caller {
	atomic64_t id;
	bool ready;
	u8 zone;
	u8 order;
	u8 count;
	u32 node;
	atomic_long_t taken;
	atomic_long_t given;
	atomic_long_t lost;
	unsigned long frames[PFNSCOPE_CALLER_FRAMES];
};

struct pfnscope_callers;

struct pfnscope_callers *pfnscope_callers_alloc(size_t bytes);
void pfnscope_callers_free(struct pfnscope_callers *callers);

/* Of a request that got @page; NULL without room. In a probe. */
struct pfnscope_caller *pfnscope_caller_of(struct pfnscope_callers *callers,
					   const struct page *page,
					   unsigned int order);

unsigned int pfnscope_callers_size(const struct pfnscope_callers *callers);
/* The one at that place; it has a stack only if it is ready. */
struct pfnscope_caller *pfnscope_caller_at(struct pfnscope_callers *callers,
					   unsigned int place);
unsigned int pfnscope_caller_place(const struct pfnscope_callers *callers,
				   const struct pfnscope_caller *caller);
bool pfnscope_caller_ready(const struct pfnscope_caller *caller);
/* The names of its stack, comma separated. May sleep. */
void pfnscope_caller_print(struct pfnscope_callers *callers,
			   const struct pfnscope_caller *caller,
			   char text[PFNSCOPE_STACK_TEXT]);

#endif /* PFNSCOPE_WATCH_CALLERS_H */
