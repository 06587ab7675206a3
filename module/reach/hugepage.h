/* SPDX-License-Identifier: GPL-2.0-only */
/* The hugetlb pools: struct hstate is public, the array of them is not. */
#ifndef PFNSCOPE_REACH_HUGEPAGE_H
#define PFNSCOPE_REACH_HUGEPAGE_H

#include <linux/hugetlb.h>

const char *pfnscope_hugepage_unavailable(void);
const struct hstate *pfnscope_hugepage_pool(unsigned int n);
unsigned int pfnscope_hugepage_largest(void);

#endif /* PFNSCOPE_REACH_HUGEPAGE_H */
