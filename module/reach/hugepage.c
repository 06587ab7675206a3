// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pools are set up at boot and never go away. Their sizes were compared with
 * the BTF at load; the array is bounded by the size of its symbol as well.
 */
#include "hugepage.h"
#include "symbol.h"

#ifdef CONFIG_HUGETLB_PAGE
/**
 * pfnscope_hugepage_unavailable - why there are no pools to read
 *
 * Return: the reason, NULL if there are.
 */
const char *pfnscope_hugepage_unavailable(void)
{
	const char *missing =
		pfnscope_symbol_missing(PFNSCOPE_SYMBOL_HSTATES) ?:
		pfnscope_symbol_missing(PFNSCOPE_SYMBOL_HUGETLB_MAX_HSTATE);

	if (missing)
		return missing;
	if (pfnscope_symbol_size(PFNSCOPE_SYMBOL_HSTATES) <
	    HUGE_MAX_HSTATE * sizeof(struct hstate))
		return "hstates is smaller than it must be";
	return NULL;
}

/**
 * pfnscope_hugepage_pool - the pools one by one
 * @n: from 0
 *
 * Only where pfnscope_hugepage_unavailable() has no reason.
 *
 * Return: the pool, NULL behind the last one.
 */
const struct hstate *pfnscope_hugepage_pool(unsigned int n)
{
	const struct hstate *pools =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_HSTATES);
	const int *count =
		pfnscope_symbol_address(PFNSCOPE_SYMBOL_HUGETLB_MAX_HSTATE);

	if (n >= HUGE_MAX_HSTATE || (int)n >= READ_ONCE(*count))
		return NULL;
	return &pools[n];
}

/**
 * pfnscope_hugepage_largest - the order of the largest pages that there is a pool of
 *
 * Return: 0 if that is not known.
 */
unsigned int pfnscope_hugepage_largest(void)
{
	unsigned int order = 0, n;
	const struct hstate *h;

	if (pfnscope_hugepage_unavailable())
		return 0;
	for (n = 0; (h = pfnscope_hugepage_pool(n)); n++)
		order = max_t(unsigned int, order, h->order);
	return order;
}
#else
const char *pfnscope_hugepage_unavailable(void)
{
	return "this kernel has no hugetlb pages: CONFIG_HUGETLBFS is off";
}

const struct hstate *pfnscope_hugepage_pool(unsigned int n)
{
	return NULL;
}

unsigned int pfnscope_hugepage_largest(void)
{
	return 0;
}
#endif
