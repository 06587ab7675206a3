/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which pages are held, and by whom they were asked for: a table of fixed size from
 * page frame to call site. Probes add and remove without a lock in any context, NMI
 * included: of a page there is at any time one who may take or give it, so that none
 * is added and removed at once.
 */
#ifndef PFNSCOPE_WATCH_HELD_H
#define PFNSCOPE_WATCH_HELD_H

#include <linux/sched.h>
#include <linux/types.h>

/**
 * struct pfnscope_held_page - what is known of pages that are held
 * @since_ns: when they were taken
 * @caller: place of the call site
 * @pid: of the task
 * @comm: likewise
 * @piecewise: they may come back in pieces, or are one
 */
struct pfnscope_held_page {
	u64 since_ns;
	u32 caller;
	s32 pid;
	char comm[TASK_COMM_LEN];
	bool piecewise;
};

/**
 * struct pfnscope_given - what came back
 * @caller: place of the call site that had taken it
 * @pages: how many
 * @lost: of what is left, pages that found no room
 */
struct pfnscope_given {
	u32 caller;
	unsigned long pages;
	unsigned long lost;
};

struct pfnscope_held;

struct pfnscope_held *pfnscope_held_alloc(size_t bytes);
void pfnscope_held_free(struct pfnscope_held *held);

/* Of the number of a page, for sampling and for what follows. */
u64 pfnscope_held_hash(unsigned long pfn);
/* False without room. @before has pages, or not, as pfnscope_held_remove() says. */
bool pfnscope_held_add(struct pfnscope_held *held, unsigned long pfn,
		       unsigned int order, const struct pfnscope_held_page *entry,
		       struct pfnscope_given *before);
/* False where it is not known to be held. @sampled: it would have been added. */
bool pfnscope_held_remove(struct pfnscope_held *held, unsigned long pfn,
			  unsigned int order, bool sampled,
			  struct pfnscope_given *given);

unsigned int pfnscope_held_size(const struct pfnscope_held *held);
/* What is held at that place, at one moment; false for none. */
bool pfnscope_held_at(const struct pfnscope_held *held, unsigned int place,
		      struct pfnscope_held_page *entry, unsigned int *order);
/* Times that pages came back whose entry was just being divided, and could not wait. */
u64 pfnscope_held_unsure(const struct pfnscope_held *held);

#endif /* PFNSCOPE_WATCH_HELD_H */
