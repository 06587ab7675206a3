// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control: which kernels the module is not for; the build ends with the reason.
 * Only one of them, and no header, which may not compile there for its own reasons.
 */
#if !defined(CONFIG_64BIT)
#error CONFIG_64BIT is off: nothing here was ever run on a 32-bit kernel
#elif !defined(CONFIG_SPARSEMEM)
#error CONFIG_SPARSEMEM is off: the flags of pageblocks are looked up in memory sections
#elif defined(CONFIG_HUGETLB_PAGE_SIZE_VARIABLE)
#error CONFIG_HUGETLB_PAGE_SIZE_VARIABLE is on: pageblock_order is a variable, and not exported
#endif

int probe(void);
int probe(void)
{
	return 0;
}
