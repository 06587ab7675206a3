/* SPDX-License-Identifier: GPL-2.0-only */
/* Which page frames are kernel stacks: vmalloc pages that nothing else marks. */
#ifndef PFNSCOPE_WALK_STACKS_H
#define PFNSCOPE_WALK_STACKS_H

#include <linux/types.h>

/**
 * struct pfnscope_stacks - the page frames of the kernel stacks of all tasks
 * @pfns: in ascending order
 * @count: how many
 */
struct pfnscope_stacks {
	unsigned long *pfns;
	unsigned int count;
};

int pfnscope_stacks_collect(struct pfnscope_stacks *stacks);
void pfnscope_stacks_free(struct pfnscope_stacks *stacks);
bool pfnscope_stacks_contain(const struct pfnscope_stacks *stacks,
			     unsigned long pfn);

#endif /* PFNSCOPE_WALK_STACKS_H */
