/* SPDX-License-Identifier: GPL-2.0-only */
/* What hugetlb_cma= set aside: the only CMA areas that gigantic pages come from. */
#ifndef PFNSCOPE_REACH_CMA_H
#define PFNSCOPE_REACH_CMA_H

#include <linux/types.h>

void pfnscope_cma_init(void);
const char *pfnscope_cma_unavailable(void);
bool pfnscope_cma_gives(int node, unsigned long start_pfn, unsigned long pages);
bool pfnscope_cma_exclusive(void);

#endif /* PFNSCOPE_REACH_CMA_H */
