/* SPDX-License-Identifier: GPL-2.0-only */
/* Which page frames the kernel's own page tables name for its addresses. */
#ifndef PFNSCOPE_REACH_MAPPED_H
#define PFNSCOPE_REACH_MAPPED_H

#include <linux/types.h>

/**
 * struct pfnscope_mapped - page frames at addresses that follow each other
 * @pfn: the first of them
 * @pages: how many
 */
struct pfnscope_mapped {
	unsigned long pfn;
	unsigned long pages;
};

const char *pfnscope_mapped_unavailable(void);
bool pfnscope_mapped_next(unsigned long *address, unsigned long end,
			  struct pfnscope_mapped *mapped);

#endif /* PFNSCOPE_REACH_MAPPED_H */
